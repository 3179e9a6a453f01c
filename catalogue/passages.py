"""Passages: stretches of a text, of a length that a sentence encoder reads whole."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.text import one_line, sentences

WORDS = 160
"""Most words in a passage: some 210 word pieces, below the 256 that the default model reads."""


def passages(text: str, words: int = WORDS) -> Iterator[str]:
    """Cut a text into passages of whole sentences; a sentence too long is cut at a word."""
    held: list[str] = []
    for _start, _end, sentence in sentences(text):
        said = one_line(sentence).split()
        if held and len(held) + len(said) > words:
            yield " ".join(held)
            held = []
        held += said
        while len(held) > words:
            yield " ".join(held[:words])
            held = held[words:]
    if held:
        yield " ".join(held)
