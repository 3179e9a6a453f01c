"""Costly patterns are tried only where one of their words stands: the words miss nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.clinical_acts import ACTS
from crawler.extractors import autonomy, claim_words, relations, studies

PATTERNS = {
    **{f"act {number}": (words, act) for number, (_, words, act) in enumerate(ACTS)},
    **{f"level {level}": (words, phrase) for level, words, phrase in autonomy._PHRASES},
    **{code: (words, cue) for code, words, cue in studies._MEASUREMENTS},
    "study": (studies._STUDYING, studies._STUDY),
    "funded": (relations._PAYING, relations._FUNDED),
    "pays": (relations._PAYING, relations._PAYS),
    "asserts": (claim_words.ASSERTING, claim_words.ASSERTS),
}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_text_without_the_words_does_not_match(name: str) -> None:
    words, pattern = PATTERNS[name]
    told = sorted(set(re.findall(r"[A-Za-z][A-Za-z-]+", pattern.pattern)))
    alone = [*told, *(f"{one}s" for one in told), "the", "a", "study", "by", "it", "Trust"]

    @given(st.lists(st.sampled_from(alone), min_size=1, max_size=6))
    def missed(parts: list[str]) -> None:
        text = " ".join(parts)
        stands = any(one in text.lower() for one in words)
        assert stands or pattern.search(text) is None

    missed()
