"""Analysis: words of a text as the index of words takes them. tantivy cuts and stems them."""

from __future__ import annotations

import re
from typing import Final

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

_LONGEST_WORD: Final = 100
_WORD: Final = re.compile(r"[^\W_]+")
"""A word as the tokenizer takes it."""


def _analyser(*last: Filter) -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (
        Filter.remove_long(_LONGEST_WORD),
        Filter.lowercase(),
        Filter.ascii_fold(),
        *last,
    ):
        builder = builder.filter(step)
    return builder.build()


FORM: Final = _analyser()
"""Words as they are written: what the beginning of a word is compared with."""
STEM: Final = _analyser(Filter.stemmer("english"))
"""Stems of words: what is ranked."""
TELLING: Final = _analyser(Filter.stopword("english"), Filter.stemmer("english"))
"""Stems without stop words. They are left out of queries and not of the index, because a product
may be called by one."""


def stems(text: str) -> list[str]:
    """Stems of the words of a text, in order, repeated as they are; without stop words, unless
    there is nothing else.
    """
    return TELLING.analyze(text) or STEM.analyze(text)


def matching(passage: str, text: str) -> tuple[str, ...]:
    """Words of a passage that are forms of a word of the text, as they stand there, each once."""
    asked = set(stems(text)) if text else set()
    found = dict.fromkeys(_WORD.findall(passage)) if asked else {}
    return tuple(word for word in found if not asked.isdisjoint(STEM.analyze(word)))
