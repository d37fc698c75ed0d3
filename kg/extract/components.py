"""The finders as spaCy components: each reads and writes one attribute of `Doc._`.

    nlp = spacy.blank("en")
    nlp.add_pipe("kg_links")
    nlp("Code: https://github.com/pytorch/pytorch.")._.kg_links

`nlp.analyze_pipes()` says which component needs which other one before it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

import kg.extract.packing
import kg.extract.tagger  # noqa: F401 - the component kg_ner
from kg.extract.acronyms import find_acronyms
from kg.extract.candidates import Name, without_overlaps
from kg.extract.entities import is_ours, names_of_entities
from kg.extract.features import name_features, term_features
from kg.extract.gazetteer import Gazetteer
from kg.extract.joining import joined
from kg.extract.layout import Layout
from kg.extract.links import Link, find_links
from kg.extract.names import find_names
from kg.extract.relations import Relations
from kg.extract.results import find_results, numbers_outside
from kg.extract.roles import repository_role, with_roles
from kg.extract.scorer import Decision, Scorer
from kg.extract.terms import (
    apart,
    given_decision,
    group_names,
    make_term,
    plain_decision,
    repository_groups,
)
from kg.extract.weights import Weighted
from kg.records import Mention, Term

Component = Callable[[Doc], Doc]

COMPONENTS = ("kg_links", "kg_acronyms", "kg_names", "kg_terms", "kg_relations")  # in their order

for attribute in ("kg_links", "kg_acronyms", "kg_names", "kg_terms", "kg_results"):
    Doc.set_extension(attribute, default=(), force=True)
Doc.set_extension("kg_text", default="", force=True)


def text_of(doc: Doc) -> str:
    """The text of `doc`, kept until the last component, as spaCy puts it together for each call."""
    if not doc._.kg_text:
        doc._.kg_text = doc.text
    text: str = doc._.kg_text
    return text


@Language.factory("kg_links", assigns=["doc._.kg_links"])
def make_links(nlp: Language, name: str) -> Component:
    """Component that finds URLs and repositories: `doc._.kg_links`, a tuple of `Link`."""

    def links(doc: Doc) -> Doc:
        doc._.kg_links = tuple(find_links(text_of(doc)))
        return doc

    return links


@Language.factory("kg_acronyms", assigns=["doc._.kg_acronyms"])
def make_acronyms(nlp: Language, name: str) -> Component:
    """Component that finds defined acronyms: `doc._.kg_acronyms`, a tuple of `Acronym`."""

    def acronyms(doc: Doc) -> Doc:
        doc._.kg_acronyms = tuple(find_acronyms(text_of(doc)))
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
        text = text_of(doc)
        given = [*self.gazetteer.find(doc), *names_of_entities(doc, text)]
        names = find_names(text, doc._.kg_links, doc._.kg_acronyms, given)
        is_scored = doc._.kg_scores is not None  # then it is decided later which of them stand
        doc._.kg_names = tuple(names if is_scored else without_overlaps(names))
        return doc


@Language.factory(
    "kg_terms",
    requires=["doc._.kg_links", "doc._.kg_acronyms", "doc._.kg_names"],
    assigns=["doc._.kg_terms", "doc.ents"],
)
def make_terms(nlp: Language, name: str) -> "TermFinder":
    """Component that makes terms of names: `doc._.kg_terms`, a tuple of `Term`, and `doc.ents`."""
    return TermFinder()


class TermFinder(Weighted[Scorer]):
    """The component `kg_terms`: names that denote one thing become a term, or nothing."""

    name, kind = "kg_terms", Scorer

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        groups = group_names(text, doc._.kg_names, doc._.kg_acronyms)
        if doc._.kg_scores is None:  # by a pipeline of the user's, which the scorer does not know
            decisions: Sequence[Decision | None] = [plain_decision(text, one) for one in groups]
        else:
            groups, decisions = self._weighed(doc, text, groups)
        terms = terms_of(text, groups, decisions)
        doc._.kg_terms = (*terms, *_repositories(text, doc._.kg_links))
        _set_entities(doc, terms)
        doc._.kg_scores = None  # nobody needs it any more, and it is large
        return doc

    def _weighed(
        self, doc: Doc, text: str, groups: list[list[Name]]
    ) -> tuple[list[list[Name]], list[Decision | None]]:
        """`groups` without names that surer ones overlap, and what each is."""
        rows = name_features(doc, text, groups)
        of_names = self.network.names(rows)
        features = term_features(text, groups, rows, of_names, links=len(doc._.kg_links))
        of_terms = self.network.terms(features)
        return apart(groups, of_names, of_terms), self.network.decisions(of_terms)


@Language.factory(
    "kg_relations",
    requires=["doc._.kg_terms"],
    assigns=["doc._.kg_terms", "doc._.kg_results"],
)
def make_relations(nlp: Language, name: str) -> "RelationFinder":
    """Component that finds what is said of terms: their roles in `doc._.kg_terms`, and measured
    outcomes, `doc._.kg_results`, a tuple of `Result`."""
    return RelationFinder()


class RelationFinder(Weighted[Relations]):
    """The component `kg_relations`: each term gets its role, and numbers become results."""

    name, kind, half = "kg_relations", Relations, True

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        terms = [term for term in doc._.kg_terms if term.kind != "Repository"]
        numbers = numbers_outside(text, doc._.kg_terms)
        said = self.network(Layout.of(doc, text, terms, numbers))
        doc._.kg_results = tuple(find_results(text, terms, numbers, said))
        doc._.kg_terms = (*with_roles(text, terms, said), *doc._.kg_terms[len(terms) :])
        doc._.kg_text = ""
        return doc


def terms_of(
    text: str, groups: Sequence[Sequence[Name]], decisions: Sequence[Decision | None]
) -> list[Term]:
    """The terms of the groups that are something, in order; the user's list decides first.

    A group may be empty: others have taken all of its names.
    """
    decided = (
        (group, given_decision(group) or decision)
        for group, decision in zip(groups, decisions, strict=True)
        if group
    )
    things = joined(text, [(group, decision) for group, decision in decided if decision])
    return [make_term(text, names, decision) for names, decision in things]


def _repositories(text: str, found: Iterable[Link]) -> Iterator[Term]:
    for links in repository_groups(found):
        mentions = tuple(Mention(x.start, x.stop, text[x.start : x.stop], 1.0) for x in links)
        role = repository_role(text, links[0].start)
        yield Term("Repository", links[0].repository, role, True, mentions)


def _set_entities(doc: Doc, terms: Iterable[Term]) -> None:
    """Makes the mentions of `terms` the entities of `doc`; those with foreign labels stay."""
    spans = [entity for entity in doc.ents if not is_ours(entity.label_)]
    for term in terms:
        label = term.kind if term.salient else f"{term.kind}?"
        for one in term.mentions:
            if span := doc.char_span(one.start, one.stop, label, alignment_mode="expand"):
                span._.kg_confidence = one.confidence
                spans.append(span)
    doc.set_ents(filter_spans(spans))
