"""A tokenizer for papers: names such as `CIFAR-10`, `pass@1` and `GPT-3.5` stay whole.

It takes time in proportion to the text, whatever that holds; spaCy's own takes the square of it on
a long run of signs.
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

_TOKEN = re.compile(r"[^\W_]+(?:(?:[-@+_]|(?<=\d)[.,](?=\d))[^\W_]+)*\+?|\s+|.", re.DOTALL)


def token_bounds(text: str) -> list[tuple[int, int]]:
    """[start, stop) of each token, white space included: together they are the text."""
    return [match.span() for match in _TOKEN.finditer(text)]


class WordTokenizer:
    """Splits text into words, single signs and white space; loses nothing."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for token in _TOKEN.findall(text):
            if token[0] == " " and spaces and not spaces[-1]:
                spaces[-1] = True
                token = token[1:]  # noqa: PLW2901 - the first space belongs to the word before it
            if token:
                words.append(token)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    # spaCy stores a pipeline's parts by these four; this one has nothing to store.
    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "WordTokenizer":
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        pass

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "WordTokenizer":
        return self


@registry.tokenizers("kg.WordTokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], WordTokenizer]:
    """The factory by which a pipeline's configuration names the tokenizer."""
    return lambda nlp: WordTokenizer(nlp.vocab)
