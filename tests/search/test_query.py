from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import LONGEST, read


@pytest.mark.parametrize(
    "typed", ["", "   ", "\t\n", "???", '"" ()', "\x00\x07", "\u200b", "\ud800"]
)
def test_what_no_word_can_be_made_of_is_empty(typed: str) -> None:
    assert read(typed).text == ""


def test_control_characters_part_words_and_invisible_ones_do_not() -> None:
    assert read("dis\u00adcharge\x00letters\u202e").text == "discharge letters"


def test_accents_are_composed() -> None:
    assert read("cafe\u0301").text == "caf\u00e9"


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1, 1_000_000])
def test_a_long_query_is_cut_and_says_so(length: int) -> None:
    asked = read("x" * length)
    assert len(asked.text) == LONGEST
    assert asked.cut == (length > LONGEST)


@given(st.text(st.characters(), max_size=50))
def test_any_text_is_a_query_and_reading_it_again_changes_nothing(typed: str) -> None:
    once = read(typed)
    assert read(once.text) == once
    once.text.encode()
