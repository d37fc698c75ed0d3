"""Sentences: where a text is cut, and which words show a fact."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import evidence
from kg.evidence import LONGEST, sentence, sentence_bounds, sentences

PIECES = st.sampled_from(
    [
        "We test it.",
        "e.g.",
        "et al.",
        "3.5",
        "\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "Why?",
        "word",
        "(A)",
        "",
    ]
)
TEXTS = st.text() | st.lists(PIECES).map("".join) | st.lists(PIECES).map(" ".join)


def cut(text: str) -> list[str]:
    return [text[start:stop] for start, stop in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We train a model. It works.", ["We train a model.", "It works."]),
        ("Does it work? Yes! It does.", ["Does it work?", "Yes!", "It does."]),
        ("On hard inputs, e.g. Latin, it fails.", ["On hard inputs, e.g. Latin, it fails."]),
        ("A small net, i.e. Foo, is best.", ["A small net, i.e. Foo, is best."]),
        ("As Smith et al. Show, it helps.", ["As Smith et al. Show, it helps."]),
        ("We test Foo vs. Bar on it.", ["We test Foo vs. Bar on it."]),
        ("See Fig. 3 and Sec. 4 for it.", ["See Fig. 3 and Sec. 4 for it."]),
        ("It was made by J. Doe in May.", ["It was made by J. Doe in May."]),
        ("It has a loss of 3.5 on Foo.", ["It has a loss of 3.5 on Foo."]),
        ("Version 2.0 Beats 1.0 at last.", ["Version 2.0 Beats 1.0 at last."]),
        ("A title\nAn abstract.", ["A title", "An abstract."]),
        ("A title by Doe et al.\nAn abstract.", ["A title by Doe et al.", "An abstract."]),
        ('He said "stop." Then we went.', ['He said "stop."', "Then we went."]),
        ("It is open (see below.) We like it.", ["It is open (see below.)", "We like it."]),
        ("It ends.  $k$ is two.", ["It ends.", "$k$ is two."]),
        ("no capital. after the dot", ["no capital. after the dot"]),
        ("", []),
    ],
)
def test_a_text_is_cut_into_its_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_an_overlong_sentence_is_cut_at_a_space() -> None:
    text = "word " * 500

    pieces = cut(text.strip())

    assert max(map(len, pieces)) <= LONGEST
    assert " ".join(pieces) == text.strip()


def test_an_overlong_word_is_cut_where_it_must_be() -> None:
    pieces = cut("x" * (2 * LONGEST + 7))

    assert [len(piece) for piece in pieces] == [LONGEST, LONGEST, 7]


@given(TEXTS)
def test_sentences_stand_in_order_apart_and_leave_only_white_space_out(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence, "LONGEST", 12)

        bounds = list(sentences(text))

    assert all(start < stop for start, stop in bounds)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(bounds))
    covered = {place for start, stop in bounds for place in range(start, stop)}
    assert all(text[place].isspace() for place in set(range(len(text))) - covered)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Foo", "We use Foo here."),
        ("Bar", "It beats Bar."),
        ("here. It", "We use Foo here. It beats Bar."),
        ("A title", "A title"),
        ("𝔽-Net", "The 𝔽-Net is new 😀."),
    ],
)
def test_the_sentence_of_words_is_the_one_that_holds_them(words: str, expected: str) -> None:
    text = "A title\nWe use Foo here. It beats Bar. The 𝔽-Net is new 😀. End."
    start = text.index(words)

    assert sentence(text, start, start + len(words)) == expected


@given(TEXTS, st.data())
def test_the_bounds_always_hold_the_mention(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))

    first, last = sentence_bounds(text, start, stop)

    assert 0 <= first <= start
    assert stop <= last <= len(text)
