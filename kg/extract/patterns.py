"""The patterns by which a sentence or a title gives names, made of the words of `vocabulary`.

Every repetition is bounded, so that no text makes the search slow.
"""

import re

from kg.extract import vocabulary as words

_CAPITAL = r"(?<!\w)(?:[A-Z][\w@+./'-]{0,60}[\w@+]|[A-Z])"
PHRASE = rf"{_CAPITAL}(?: (?:(?:of|for|the|in) )?(?:{_CAPITAL}|\d[\w.]{{0,20}})){{0,6}}"
_LIST = rf"{PHRASE}(?:,? (?:and|or) (?:the )?{PHRASE}|, (?:the )?{PHRASE}){{0,6}}"
LIST_BREAK = re.compile(r"(?:(?!,? and |, | or ).)+")
_TEX = r"(?:\$?\\(?:text(?:bf|it|sc|tt|sf)|emph)\{)?"
_OWN_NAME = rf"{_TEX}(?P<name>{PHRASE}|[a-z]{{0,20}}[A-Z][\w-]{{1,60}})(?![\w-])"

PLAIN_WORD = re.compile(r"[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*")
NO_SHAPED_NAME = re.compile(
    rf"[A-Z][a-z]+(?:-[A-Z][a-z]+)+|[A-Z]+s?-(?!{words.SIZES}$)[a-z]+|[Vv]\d|[A-Z]{{2}}[a-z]{{4,}}"
)  # Spatio-Temporal, LLM-generated, V2, SAmple
SHAPED = re.compile(  # GPT-4o, ParaRNN, S4, RoBERTa; not a plain capitalised word
    r"(?<![\w$\\/.@+-])(?:[A-Z][a-z]{0,20}[A-Z][\w+-]{0,60}|[a-z]{1,4}[A-Z][\w+-]{1,60}"
    r"|[A-Z][A-Za-z]{0,30}-?\d[\w.+-]{0,60}|[A-Z][A-Za-z]{1,30}-[A-Z0-9][\w.+-]{0,60})"
    r"(?:/\d{1,3})?(?<![.-])(?![\w@])"
)
DATA_SHAPED = re.compile(r"\w[\w-]*(?:[Bb]ench|Eval|Arena|Gym|QA|MNIST|Corpus|-\d+[KM])")
VERSION = re.compile(
    rf"\b{words.FAMILIES}[ -]?v?\d\w{{0,8}}(?:\.\d\w{{0,6}})?(?:[ -]{words.VARIANTS}\b){{0,4}}"
)

TITLE = re.compile(rf"(?P<name>{PHRASE}|[\w+@-]{{1,60}})(?:\s?:|,(?= an? ))\s")
TITLE_DATA = re.compile(rf"(?:(?!{words.PREPOSITION}\s)[\w'-]{{1,40}}\s){{0,7}}{words.OWN_DATA}\b")

WE_MAKE = re.compile(
    rf"\b(?:we|this (?:paper|work|article|study)|(?:here|therefore),? we)\b[^.]{{0,80}}?"
    rf"\b(?:{words.MAKE}|{words.CALLED}|call|name|dub|term)\b",
    re.IGNORECASE,
)
INTRODUCED = re.compile(
    rf"\b{words.MAKE}\s+(?P<article>(?:(?:the|a|an|our|own|both|first|new|novel|simple)\s+)*)"
    + _OWN_NAME
)
INTRODUCING = re.compile(  # right before the long form of an acronym
    rf"\b{words.MAKE}\s+(?P<article>(?:an?|the|our)?)\s?"
    rf"(?:(?!{words.PREPOSITION}\s)[\w-]{{1,30}}\s){{0,5}}{_TEX}$"
)
CALLED = re.compile(rf"\b{words.CALLED}\s+(?:the\s+|as\s+)?[\"“'‘]?{_OWN_NAME}")
APPOSED = re.compile(
    rf"\b{words.MAKE}\s+(?:an?|the|our|two|three)\s[^.;:]{{3,120}}?(?:,|--|—|:|\s{words.WORK})\s"
    rf"{_OWN_NAME}(?=[,.;:}}]|\s\(|$|\sthat\s|\swhich\s|\sto\s)"
)
OUR = re.compile(
    rf"\b[Oo]ur\s(?:[a-z-]{{1,20}}\s)?{_OWN_NAME}(?!\s(?:code|implementation|experiments?|results?)\b)"
)
IS_MADE = re.compile(
    rf"{_OWN_NAME}}}?\$?(?:\s\([^()]{{1,60}}\))?\s(?:is|are)\s(?:then\s|further\s)?{words.MADE}\b"
)
DATA_BEHIND = re.compile(rf"(?P<name>{PHRASE})(?=,? (?:\w+ )?{words.DATA_BEHIND}\b)")
DATA_LISTED = re.compile(
    rf"\b{words.DATA_LISTED}(?:,? (?:such as|including|like|e\.g\.,?|namely)|:| \(|,)\s?"
    rf"(?:the )?(?P<list>{_LIST})"
)
EVALUATED = re.compile(
    rf"\b{words.EVALUATE}\b[^.;]{{0,60}}?\b(?:on|in|across)\s(?:the\s)?(?:\w+\s(?=[A-Z]))?"
    rf"(?P<list>{_LIST})"
)
COMPARED = re.compile(rf"\b{words.COMPARE}\s(?:(?:the|strong|existing)\s)?(?P<list>{_LIST})")
METRIC = re.compile(
    r"\b(?:in terms of|measured by)\s(?P<name>[a-z][\w-]{0,40}(?: [a-z][\w-]{0,40}){0,2}?)"
    r"(?=[,.;]| and | on | for | compared| by )"
)
VALUE_METRIC = re.compile(  # `99.9% execution rate`
    r"\d(?:\\?%)?\s(?P<name>(?:[a-z][\w-]{1,20}\s){0,2}?" + words.METRIC_HEADS + r")\b"
)
METRIC_VALUE = re.compile(  # `a keypoint AP of 63.1`, `error rate by 12%`
    r"\b(?P<name>(?!(?:score|rate|error)s?\b)(?:[\w-]{2,20}\s){0,2}?" + words.METRIC_HEADS + r")"
    r"(?=\s(?:of|by|from|to)\s(?:up to |about |over |only )?[\d$~])"
)
TASK = re.compile(
    rf"\b{words.BEFORE_TASK}\s(?P<name>(?!{words.NO_TASK_START}\b)"
    rf"(?:[A-Za-z0-9][\w-]{{0,40}}\s){{1,3}}?{words.TASK_HEADS})"
    rf"\b(?!-)(?! {words.NO_TASK_BEHIND}\b)",
    re.IGNORECASE,
)
TASK_BEHIND = re.compile(
    rf"\b(?P<name>(?:[a-z][\w-]{{0,40}}\s){{1,2}}?{words.TASK_HEADS})"
    r"(?= (?:task|benchmark|dataset|model)s?\b)"
)
NOT_IN_TASK = re.compile(rf"\b{words.NOT_IN_TASK}\b", re.IGNORECASE)
NOT_IN_METRIC = re.compile(rf"\b{words.NOT_IN_METRIC}\b", re.IGNORECASE)
