"""Passages hold whole sentences and lose no word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catalogue.passages import passages

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=6), max_size=12)


def test_sentences_stay_whole() -> None:
    text = "One two three. Four five. Six seven eight nine."
    assert list(passages(text, 5)) == ["One two three. Four five.", "Six seven eight nine."]


def test_a_sentence_too_long_is_cut_at_a_word() -> None:
    assert list(passages("a b c d e", 2)) == ["a b", "c d", "e"]


@given(sentences=st.lists(WORDS), size=st.integers(1, 9))
def test_no_word_is_lost_and_no_passage_is_too_long(sentences: list[list[str]], size: int) -> None:
    text = " ".join(" ".join(words).capitalize() + "." for words in sentences if words)
    made = list(passages(text, size))
    assert " ".join(made).split() == text.split()
    assert all(len(passage.split()) <= size for passage in made)
