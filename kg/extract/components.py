"""The finders as spaCy components: each reads and writes one attribute of `Doc._`.

    nlp = spacy.blank("en")
    nlp.add_pipe("kg_links")
    nlp("Code: https://github.com/pytorch/pytorch.")._.kg_links

`nlp.analyze_pipes()` says which component needs which other one before it.
"""

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

import kg.extract.packing  # noqa: F401 - so that a Doc can be stored with what was found
from kg.extract.acronyms import find_acronyms
from kg.extract.entities import names_of_entities
from kg.extract.gazetteer import Gazetteer
from kg.extract.links import find_links
from kg.extract.names import find_names
from kg.extract.results import find_results
from kg.extract.roles import find_role, repository_role
from kg.extract.terms import group_terms, make_term, repository_groups
from kg.records import Mention, Term

Component = Callable[[Doc], Doc]

COMPONENTS = ("kg_links", "kg_acronyms", "kg_names", "kg_roles", "kg_results")  # in their order

for attribute in ("kg_links", "kg_acronyms", "kg_names", "kg_terms", "kg_results"):
    Doc.set_extension(attribute, default=(), force=True)


@Language.factory("kg_links", assigns=["doc._.kg_links"])
def make_links(nlp: Language, name: str) -> Component:
    """Component that finds URLs and repositories: `doc._.kg_links`, a tuple of `Link`."""

    def links(doc: Doc) -> Doc:
        doc._.kg_links = tuple(find_links(doc.text))
        return doc

    return links


@Language.factory("kg_acronyms", assigns=["doc._.kg_acronyms"])
def make_acronyms(nlp: Language, name: str) -> Component:
    """Component that finds defined acronyms: `doc._.kg_acronyms`, a tuple of `Acronym`."""

    def acronyms(doc: Doc) -> Doc:
        doc._.kg_acronyms = tuple(find_acronyms(doc.text))
        return doc

    return acronyms


@Language.factory(
    "kg_names",
    requires=["doc._.kg_links", "doc._.kg_acronyms"],
    assigns=["doc._.kg_names"],
)
def make_names(nlp: Language, name: str) -> Component:
    """Component that finds names by rules, lists and entities: `doc._.kg_names`, `Name`s."""
    return NameFinder(Gazetteer(nlp))


class NameFinder:
    """The component `kg_names`; the lists that it looks names up in may be others."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __call__(self, doc: Doc) -> Doc:
        given = [*self.gazetteer.find(doc), *names_of_entities(doc)]
        doc._.kg_names = tuple(find_names(doc.text, doc._.kg_links, doc._.kg_acronyms, given))
        return doc


@Language.factory(
    "kg_roles",
    requires=["doc._.kg_links", "doc._.kg_acronyms", "doc._.kg_names"],
    assigns=["doc._.kg_terms"],
)
def make_roles(nlp: Language, name: str) -> Component:
    """Component that groups names into terms with roles: `doc._.kg_terms`, a tuple of `Term`."""

    def roles(doc: Doc) -> Doc:
        doc._.kg_terms = tuple(_terms(doc))
        return doc

    return roles


@Language.factory("kg_results", requires=["doc._.kg_terms"], assigns=["doc._.kg_results"])
def make_results(nlp: Language, name: str) -> Component:
    """Component that finds measured outcomes: `doc._.kg_results`, a tuple of `Result`."""

    def results(doc: Doc) -> Doc:
        doc._.kg_results = tuple(find_results(doc.text, doc._.kg_terms))
        return doc

    return results


def _terms(doc: Doc) -> list[Term]:
    text = doc.text
    terms: list[Term] = []
    for group in group_terms(text, doc._.kg_names, doc._.kg_acronyms):
        role, evidence = find_role(text, group)
        terms.append(make_term(text, group, role, evidence))
    for links in repository_groups(doc._.kg_links):
        mentions = tuple(Mention(x.start, x.stop, text[x.start : x.stop], 1.0) for x in links)
        role = repository_role(text, links[0].start)
        terms.append(Term("Repository", links[0].repository, role, True, mentions))
    return terms
