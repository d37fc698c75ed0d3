"""Doubts: what a curator should look at, with the command that settles it."""

import shlex

import pytest
from papers import extract_marks, paper

from kg.ledger import Ledger
from kg.records import Extraction, Mention, Term
from kg.resolve import resolve
from kg.resolve.correcting import correct
from kg.resolve.doubts import doubts
from kg.rows import write_paper


def keep(ledger: Ledger, *abstracts: str) -> None:
    papers = [paper(str(number), abstract) for number, abstract in enumerate(abstracts)]
    for one, extraction in zip(papers, extract_marks(papers), strict=True):
        write_paper(ledger, one, extraction, "rules")
    resolve(ledger)


def said(ledger: Ledger) -> list[tuple[str, str, str, str]]:
    return [(one.what, one.first, one.second, one.why) for one in doubts(ledger)]


@pytest.mark.parametrize(
    ("usual", "rare", "why"),
    [
        ("Method:pseudo-label", "Method:pseudo-labeling", "differ in endings or order only"),
        ("Task:physical-simulation", "Task:physics-simulation", "differ in endings or order only"),
        ("Method:flow-model", "Method:flow-based-model", "differ in endings or order only"),
        (
            "Task:text-to-motion",
            "Task:text-to-motion-generation",
            "one has a general word more",
        ),
        ("Metric:task-success-rate", "Metric:task-success", "one has a general word more"),
        (
            "Task:video-temporal-grounding",
            "Task:temporal-video-grounding",
            "differ in endings or order only",
        ),
    ],
)
def test_names_that_are_probably_one_are_doubted(
    ledger: Ledger, usual: str, rare: str, why: str
) -> None:
    keep(ledger, *[usual] * 3, *[rare] * 2)

    first, second = (name.replace(name.split(":")[0], name.split(":")[0].lower(), 1)
                     for name in (usual, rare))  # fmt: skip
    (doubt,) = doubts(ledger)
    assert (doubt.what, doubt.first, doubt.second) == ("duplicate", first, second)
    assert (doubt.why, doubt.papers) == (why, 2)
    assert doubt.correction == f"kg entity merge {first} {second}"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Method:Zorb-7B", "Method:Zorb-13B"),
        ("Method:Zorb", "Method:Zorb-7B"),
        ("Method:Zorb-2", "Method:Zorb-3"),
        ("Dataset:CIFAR-10", "Dataset:CIFAR-100"),
        ("Dataset:ImageNet-C", "Dataset:ImageNet-R"),
        ("Dataset:ImageNet", "Dataset:ImageNet-1K"),
        ("Metric:pass-at-1", "Metric:pass-at-10"),
        ("Task:text-to-image-generation", "Task:image-to-text-generation"),
        ("Method:BERT", "Method:RoBERTa"),
        ("Method:convolutional-encoder", "Method:convolutional-decoder"),
        ("Task:face-verification", "Task:fact-verification"),
        ("Dataset:MATH", "Task:MATH"),
        ("Task:zorbiness", "Metric:zorbiness"),
        ("Method:transformer-x", "Method:transformer-y"),
    ],
)
def test_versions_and_other_things_are_no_duplicates(ledger: Ledger, one: str, other: str) -> None:
    keep(ledger, *[one] * 4, *[other] * 4)

    assert said(ledger) == []


def test_a_doer_is_less_surely_what_it_does(ledger: Ledger) -> None:
    keep(ledger, *["Method:zorbing Method:yarn-retrieval Method:yarn-retriever"] * 3,
         *["Method:frob-pruning Method:frob-pruned"] * 3)  # fmt: skip

    assert [doubt.second for doubt in doubts(ledger)] == [
        "method:frob-pruning",
        "method:yarn-retriever",
    ]


def test_a_name_that_one_paper_uses_is_not_worth_a_look(ledger: Ledger) -> None:
    keep(ledger, *["Method:pseudo-label"] * 5, "Method:pseudo-labeling")

    assert said(ledger) == []


def test_what_more_papers_name_comes_first(ledger: Ledger) -> None:
    keep(ledger, *["Method:pseudo-label Method:pseudo-labeling"] * 3,
         *["Method:frob-pruning Method:frob-pruned"] * 5)  # fmt: skip

    assert [doubt.papers for doubt in doubts(ledger)] == [5, 3]


def test_an_acronym_that_most_papers_spell_out_alike_is_doubted(ledger: Ledger) -> None:
    keep(ledger, *["Method:ZNT=zorb-network-tuning"] * 4, "Method:ZNT=zero-noise-transfer",
         "Method:ZNT", "Method:ZNT")  # fmt: skip

    (doubt,) = doubts(ledger)

    assert (doubt.first, doubt.second) == ("method:zorb-network-tuning", "method:znt")
    assert doubt.why == "4 of 5 papers that spell it out say so"


def test_two_long_forms_of_one_acronym_that_are_alike_are_doubted(ledger: Ledger) -> None:
    keep(ledger, *["Method:VLN=vision-language-net"] * 30, *["Method:VLN=visual-language-net"] * 2,
         *["Method:VLN=varied-lasso-norm"] * 2)  # fmt: skip

    assert ("duplicate", "method:vision-language-net", "method:visual-language-net",
            "both are spelled out for vln") in said(ledger)  # fmt: skip
    assert not any("varied-lasso-norm" in doubt.second for doubt in doubts(ledger)
                   if doubt.what == "duplicate")  # fmt: skip


def test_a_joined_acronym_that_some_papers_spell_out_otherwise_is_doubted(ledger: Ledger) -> None:
    keep(ledger, *["Method:ZNT=zorb-network-tuning"] * 38, *["Method:ZNT=zero-noise-transfer"] * 2,
         *["Method:ZNT"] * 9)  # fmt: skip

    (doubt,) = doubts(ledger)

    assert (doubt.what, doubt.first) == ("wrong merge", "method:zorb-network-tuning")
    assert (doubt.second, doubt.papers) == ("ZNT", 9)
    assert doubt.why == "2 of 40 papers spell it out as zero-noise-transfer"
    assert doubt.correction == "kg entity split method:zorb-network-tuning Method:ZNT"


def test_short_names_that_differ_in_capitals_are_doubted_but_no_plurals(ledger: Ledger) -> None:
    keep(ledger, *["Method:ZoRA"] * 4, *["Method:ZoRa"] * 2, *["Method:ZoRAs"] * 2)

    assert said(ledger) == [("wrong merge", "method:zora", "ZoRa", "ZoRA with other capitals")]


@pytest.mark.parametrize(
    "abstracts",
    [
        ["Method:pseudo-label"] * 3 + ["Method:pseudo-labeling"] * 2,
        ["Method:ZoRA"] * 4 + ["Method:ZoRa"] * 2,
        ["Method:ZNT=zorb-network-tuning"] * 4 + ["Method:ZNT=zero-noise-transfer", "Method:ZNT"],
        ["Method:ZNT=zorb-network-tuning"] * 38 + ["Method:ZNT=zero-noise-transfer"] * 2
        + ["Method:ZNT"] * 9,
    ],
    ids=["ending", "capitals", "meaning", "rival"],
)  # fmt: skip
def test_the_command_of_a_doubt_settles_it(ledger: Ledger, abstracts: list[str]) -> None:
    keep(ledger, *abstracts)
    (doubt,) = doubts(ledger)
    program, group, what, *names = shlex.split(doubt.correction)
    assert (program, group) == ("kg", "entity")

    correct(ledger, "merge" if what == "merge" else "split", *names)

    assert said(ledger) == []


def test_a_command_is_safe_to_paste_whatever_papers_write(ledger: Ledger) -> None:
    for number, text in enumerate(["Z`id`Q"] * 3 + ["Z`iD`Q", "Z`iD`Q"] + ["-z$RA'", "-z$Ra'"] * 2):
        one = paper(str(number), f"We use {text}.")
        start = one.text.index(text)
        term = Term("Method", text, "used", True, (Mention(start, start + len(text), text, 0.5),))
        write_paper(ledger, one, Extraction(one.id, (term,), ()), "rules")
    resolve(ledger)

    commands = [doubt.correction for doubt in doubts(ledger)]

    assert sorted(shlex.split(command)[4] for command in commands) == [
        "Method:-z$Ra'",
        "Method:Z`iD`Q",
    ]
    assert all("'Method:" in command for command in commands)


def test_a_key_at_which_many_names_meet_says_nothing(ledger: Ledger) -> None:
    endings = ("", "s", "ing", "ed", "er", "or", "ion", "ings", "ers")
    keep(ledger, *[" ".join(f"Method:frobnicat{one}-unit" for one in endings)] * 3)

    assert said(ledger) == []
