"""Lone figures and the labels beside them, read as one: "43 min" over "Saved per day"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from crawler.extractors.amounts import amounts
from crawler.extractors.claim_words import PER

Sentence = tuple[int, int, str]
"""Start, end and words of a sentence."""

_LONGEST_FIGURE, _LONGEST_LABEL = 40, 80
_ENDS = re.compile(r"[.!?;:]$")


def with_labels(said: Sequence[Sentence], tells: Callable[[str], bool]) -> Iterator[Sentence]:
    """The sentences, each lone figure made one with its label where the two together tell more.

    The label stands below its figure; above it where a run of the two ends with a figure.
    """
    alone = [_is_figure(words) for _, _, words in said]
    at = 0
    while at < len(said):
        paired = at + 1 < len(said) and alone[at] != alone[at + 1]
        if paired and alone[at] != _label_first(said, alone, at):
            between = " " if alone[at] else " \u2013 "
            joined = (said[at][0], said[at + 1][1], f"{said[at][2]}{between}{said[at + 1][2]}")
            other = said[at + 1 if alone[at] else at][2]
            if _is_label(other) and tells(joined[2]):
                yield joined
                at += 2
                continue
        yield said[at]
        at += 1


def _label_first(said: Sequence[Sentence], alone: Sequence[bool], at: int) -> bool:
    """Whether the run of figures and labels from here on ends with a figure."""
    while at + 1 < len(said) and alone[at] != alone[at + 1]:
        if not _is_label(said[at + 1 if alone[at] else at][2]):
            break
        at += 1
    return alone[at]


def _is_label(words: str) -> bool:
    return len(words) <= _LONGEST_LABEL and not _ENDS.search(words)


def _is_figure(words: str) -> bool:
    """Whether a line is an amount and nothing else, save what it is per."""
    if len(words) > _LONGEST_FIGURE:
        return False
    found = list(amounts(words))
    if len(found) != 1 or words[: found[0].start].strip():
        return False
    return not PER.sub("", words[found[0].end :]).strip(" +*")
