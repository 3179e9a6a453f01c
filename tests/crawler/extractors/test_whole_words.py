"""Patterns of whole words."""

from __future__ import annotations

from crawler.extractors.whole_words import in_any_case, in_small


def test_only_whole_words_are_found() -> None:
    assert in_any_case("audit|trial").search("A Trial was run")
    assert not in_any_case("audit|trial").search("Auditors ran trials")


def test_small_letters_are_looked_for_in_small_letters_only() -> None:
    assert in_small("audit|trial").search("a trial was run")
    assert not in_small("audit|trial").search("A Trial was run")
