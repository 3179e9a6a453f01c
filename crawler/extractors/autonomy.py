"""How far a tool acts by itself, as its page says it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.text import sentences
from crawler.extractors.terms import cued

_PHRASES = tuple(
    (level, begins, re.compile(pattern, re.IGNORECASE))
    for level, begins, pattern in (
        (
            5,
            ("its own", "itself", "without ", "stop it"),
            (
                r"(?<!nothing )(?<!not act )(?<!never )\b(?:on its own|by itself"
                r"|without (?:human|staff)"
                r" (?:intervention|involvement|input))\b|\b(?:watch(?:es)?|monitor"
                r"|override)\b[^.]{0,60}\bstop it\b"
            ),
        ),
        (
            4,
            ("nothing is", "wait", "every", "each", "all"),
            (
                r"\bnothing is \w+ (?:until|before|without|unless)\b"
                r"|\bwaits? for\b[^.]{0,40}\bapprov\w+"
                r"|\b(?:every|each|all)\b[^.]{0,60}\b(?:approve[sd]?|signed? off|signs? off"
                r"|confirm(?:s|ed)?)\b"
            ),
        ),
        (
            3,
            ("ask",),
            (
                r"\basks?\b[^.]{0,30}\bwhen (?:it is |it's )?(?:unsure|in doubt)\b"
                r"|\bleads? the\b[^.]{0,40}\basks?\b"
            ),
        ),
        (
            2,
            ("side", "parallel", "work"),
            r"\b(?:side by side|in parallel with|works? (?:alongside|beside))\b",
        ),
        (
            1,
            ("demand", "user", "only when", "itself"),
            (
                r"\bon demand\b|\bwhen (?:a|the) user asks\b|\bonly when\b[^.]{0,30}\b(?:press"
                r"|click|start|ask)\w*"
                r"|\buser starts and stops\b|\bdoes nothing by itself\b"
            ),
        ),
    )
)
"""Whole phrases that tell a level, beyond the cues of the vocabulary, with what one of must stand
in a sentence that has one: most have none."""

_WEAK = frozenset({"1", "2"})
"""Levels whose single cues ("suggests", "prompt") mean nothing outside a label."""

_CODES = {
    0: "AUT_0_RULES",
    1: "AUT_1_OPERATOR",
    2: "AUT_2_COLLABORATOR",
    3: "AUT_3_CONSULTANT",
    4: "AUT_4_APPROVER",
    5: "AUT_5_OBSERVER",
}


@dataclass(frozen=True, slots=True)
class Level:
    """A level of autonomy and the sentence that tells it."""

    code: str
    start: int
    end: int


def autonomy(text: str, *, labelled: bool) -> Level | None:
    """The highest level that the text tells; None when it tells none.

    In running text whole phrases count, and the cues of the levels that cannot be meant
    otherwise; under a label such as "Human oversight" every cue does.
    """
    return highest(sentences(text), labelled=labelled)


def highest(said: Iterable[tuple[int, int, str]], *, labelled: bool) -> Level | None:
    """The same of sentences, each as (start, end, sentence)."""
    best: tuple[int, Level] | None = None
    for start, end, words in said:
        level = _level(words, labelled=labelled)
        if level is not None and (best is None or level > best[0]):
            best = (level, Level(_CODES[level], start, end))
    return best[1] if best else None


def _level(words: str, *, labelled: bool) -> int | None:
    small = words.lower()
    told = [
        level
        for level, begins, pattern in _PHRASES
        if any(one in small for one in begins) and pattern.search(words)
    ]
    if not told:
        levels = [cue.term.attribute("level") for cue in cued("autonomy", words)]
        told = [int(level) for level in levels if level and (labelled or level not in _WEAK)]
    return max(told, default=None)
