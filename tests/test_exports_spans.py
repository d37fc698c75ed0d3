"""The words that are marked in a paper's text, and the list of what is found in it."""

from kg.exports.spans import Span, pieces, spans
from kg.exports.summary import Line, summary
from kg.records import Extraction, Kind, Mention, Result, Term

TEXT = "S4 beats the LSTM by 9.5 F1."


def term(kind: Kind, text: str, role: str = "mentioned", salient: bool = True) -> Term:
    start = TEXT.index(text)
    return Term(kind, text, role, salient, (Mention(start, start + len(text), text, 0.9),))


def extraction(*terms: Term) -> Extraction:
    found = Result(21, 24, "9.5", 9.5, "", "gain", 0.5, method=0, metric=1, baseline=2)
    return Extraction("p", terms, (found,))


FOUND = extraction(
    term("Method", "S4", "proposed"),
    term("Metric", "F1", "reported"),
    term("Method", "LSTM", "compared"),
    term("Method", "beats", "used", salient=False),
)


def test_mentions_and_values_are_marked_in_order_of_the_text() -> None:
    marked = [(TEXT[one.start : one.stop], one.label) for one in spans(FOUND)]

    assert marked == [("S4", "Method"), ("LSTM", "Method"), ("9.5", "Result"), ("F1", "Metric")]


def test_what_is_not_salient_is_marked_on_demand_alone() -> None:
    assert Span(3, 8, "Method", False) not in spans(FOUND)
    assert Span(3, 8, "Method", False) in spans(FOUND, doubtful=True)


def test_of_words_that_overlap_the_salient_then_the_longer_then_the_first_are_marked() -> None:
    doubtful = term("Method", "S4 beats the LSTM", salient=False)
    terms = (term("Task", "beats the"), term("Method", "beats"), term("Dataset", "the LSTM"))

    marked = spans(extraction(doubtful, term("Metric", "F1"), *terms), doubtful=True)

    assert [TEXT[one.start : one.stop] for one in marked] == ["beats the", "9.5", "F1"]


def test_words_of_two_kinds_are_marked_once() -> None:
    found = extraction(term("Dataset", "S4"), term("Metric", "F1"), term("Method", "S4"))

    assert [one.label for one in spans(found)] == ["Dataset", "Result", "Metric"]


def test_a_text_is_cut_at_the_bounds_of_its_spans() -> None:
    marked = spans(FOUND)

    cut = list(pieces(TEXT, marked))

    assert "".join(piece for piece, _ in cut) == TEXT
    assert [span for _, span in cut if span] == marked


def test_the_summary_names_terms_by_kind_and_role_and_tells_results_in_words() -> None:
    assert list(summary(FOUND)) == [
        Line("Method", "proposed", "S4"),
        Line("Method", "compared", "LSTM"),
        Line("Metric", "reported", "F1"),
        Line("Result", "gain", "9.5 F1 by S4 against LSTM"),
    ]


def test_the_summary_puts_what_is_not_salient_in_brackets() -> None:
    assert Line("Method", "used", "(beats)") in summary(FOUND, doubtful=True)
