"""What differs between two texts, line by line and, within a line, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

Sign = Literal[" ", "-", "+"]
"""` `: in both texts; `-`: in the first alone; `+`: in the second alone."""

CONTEXT = 1
"""Lines that are the same shown before and after those that differ."""

ALIKE = 0.3
"""Share of words in common from which two lines are two states of one line."""

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a line that belong together."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one text, or of both."""

    sign: Sign
    parts: tuple[Part, ...]

    @property
    def plain(self) -> str:
        """The line as it stands in its text."""
        return "".join(part.text for part in self.parts)

    @property
    def marked(self) -> str:
        """The line with its changed words between `[-` and `-]`, or `{+` and `+}`."""
        left, right = ("[-", "-]") if self.sign == "-" else ("{+", "+}")
        return "".join(
            f"{left}{part.text}{right}" if part.changed else part.text for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """What stands side by side: a line of the first text and one of the second."""

    before: Line | None
    after: Line | None


def compare(before: str, after: str) -> list[list[Pair]]:
    """The places where two texts differ, each with the lines around it; none when they do not."""
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if before == after:
        return []
    return [
        [
            pair
            for tag, first, last, start, end in group
            for pair in _pairs(tag, old[first:last], new[start:end])
        ]
        for group in matcher.get_grouped_opcodes(CONTEXT)
    ]


def unified(hunk: Iterable[Pair]) -> Iterator[Line]:
    """The lines of one place below each other: what is gone, then what came."""
    came: list[Line] = []
    for pair in hunk:
        if pair.before is not None and pair.before.sign == " ":
            yield from came
            came = []
            yield pair.before
            continue
        if pair.before is not None:
            yield pair.before
        if pair.after is not None:
            came.append(pair.after)
    yield from came


def _pairs(tag: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    if tag == "equal":
        for text in old:
            line = Line(" ", (Part(text),))
            yield Pair(line, line)
        return
    for first, second in zip_longest(old, new):
        if first is None or second is None:
            yield Pair(_whole("-", first), _whole("+", second))
        else:
            yield _by_words(first, second)


def _whole(sign: Sign, text: str | None) -> Line | None:
    return None if text is None else Line(sign, (Part(text, changed=True),))


def _by_words(first: str, second: str) -> Pair:
    """Two lines in each other's place, what differs in them marked."""
    old, new = _WORDS.findall(first), _WORDS.findall(second)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return Pair(_whole("-", first), _whole("+", second))
    gone, came = [], []
    for tag, a, b, c, d in matcher.get_opcodes():
        if a < b:
            gone.append(Part("".join(old[a:b]), tag != "equal"))
        if c < d:
            came.append(Part("".join(new[c:d]), tag != "equal"))
    return Pair(Line("-", tuple(gone)), Line("+", tuple(came)))
