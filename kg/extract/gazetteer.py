"""Names from lists in a text, well-known ones and the user's own, found by spaCy's phrase matcher.

A form with a capital or a digit is matched as written (`MATH` is a dataset, `math` is not), one in
lower case in any case; both with a plural `s`.
"""

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from kg.extract.candidates import Name
from kg.known import KNOWN, KnownName

_CONFIDENCE = 0.8


class Gazetteer:
    """Finds the names of `known.tsv` and the user's own; used without change of state.

    The user's are sure: they have confidence 1, which nothing else has.
    """

    def __init__(self, nlp: Language) -> None:
        self._known = {f"known {row}": entry for row, entry in enumerate(KNOWN)}
        self._own: dict[str, KnownName] = {}
        self._exact = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._folded = PhraseMatcher(nlp.vocab, attr="LOWER")
        for row, entry in self._known.items():
            self._add(nlp, row, entry)

    def take_in(self, nlp: Language, own: Sequence[KnownName]) -> None:
        """Makes `own` the user's names; once, before anything is looked up."""
        self._own = {f"own {row}": entry for row, entry in enumerate(own)}
        for row, entry in self._own.items():
            self._add(nlp, row, entry)

    def find(self, doc: Doc) -> Iterator[Name]:
        """Every listed name in `doc`, overlaps included, in no particular order."""
        for matcher in (self._exact, self._folded):
            for match, first, stop in matcher(doc):
                span = doc[first:stop]
                if "\n" not in span.text:
                    row = doc.vocab.strings[match]
                    yield self._name(row, span.start_char, span.end_char)

    def _name(self, row: str, start: int, stop: int) -> Name:
        if entry := self._known.get(row):
            return Name(start, stop, entry.kind, _CONFIDENCE, by="known")
        own = self._own[row]
        called, doubtful = own.names[0], not own.salient
        return Name(start, stop, own.kind, 1.0, by="user", called=called, doubtful=doubtful)

    def _add(self, nlp: Language, row: str, entry: KnownName) -> None:
        forms = {form for name in entry.names for form in (name, f"{name}s")}
        exact = sorted(form for form in forms if form != form.lower() or _has_digit(form))
        folded = sorted(form for form in forms if form == form.lower() and not _has_digit(form))
        self._exact.add(row, [nlp.make_doc(form) for form in exact])
        self._folded.add(row, [nlp.make_doc(form) for form in folded])


def _has_digit(form: str) -> bool:
    return any(sign.isdigit() for sign in form)
