"""How what the components find travels with a `Doc`: through `nlp.pipe(n_process=2)`, `DocBin` and
`doc.to_bytes()`. spaCy packs with srsly, which asks these two functions about what it does not
know."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from srsly import msgpack_decoders, msgpack_encoders

from kg.extract.acronyms import Acronym
from kg.extract.candidates import Name
from kg.extract.links import Link
from kg.records import Mention, Result, Term

_RECORDS: dict[str, Any] = {
    record.__name__: record for record in (Acronym, Link, Mention, Name, Result, Term)
}
_MARK = "kg"


def pack_record(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """One of our records as a dict; any other value is left to the next in the chain."""
    if type(value) in _RECORDS.values():
        name = type(value).__name__
        return {_MARK: name, "values": [getattr(value, field.name) for field in fields(value)]}
    return chain(value) if chain else value


def unpack_record(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """The record of such a dict; any other value is left to the next in the chain."""
    if isinstance(value, dict) and value.get(_MARK) in _RECORDS:
        values = [tuple(one) if isinstance(one, list) else one for one in value["values"]]
        return _RECORDS[value[_MARK]](*values)
    return chain(value) if chain else value


msgpack_encoders.register("kg", func=pack_record)
msgpack_decoders.register("kg", func=unpack_record)
