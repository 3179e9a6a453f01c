"""Tags of a tool by the written rules, beside those that a person has decided.

T1 and T3 are rules of the text (`catalogue.tagging`). Of the tool as a whole:

* T2: a page gives the term outright as the value of a property.
* T4: where a tool has no accepted term, a suggestion of its words is accepted that is SURE and well
  AHEAD.

What words and meaning together suggest (`search.tagger`) stays a suggestion.

What a person accepted or rejected stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from catalogue import tagging
from catalogue.precedence import Spoken
from catalogue.tagging import TAGGED, Suggestion
from catalogue.vocabularies import load

SURE = 0.85
AHEAD = 0.1
"""Rule T4: least confidence, and least distance to the next suggestion."""

RULE = "rule"
"""Who a tag is by when no person has decided it."""


class TagFacts(NamedTuple):
    """What a tag says, apart from whose it is and when it was set."""

    state: str
    by: str
    why: str
    quote: str
    confidence: float


Tags = Mapping[tuple[str, str], TagFacts]
"""Tags of one tool by (vocabulary, code)."""

Hints = Mapping[tuple[str, str], Suggestion]
"""Suggestions for one tool by (vocabulary, code)."""


def tags(
    title: str,
    text: str,
    shown: Mapping[str, Sequence[Spoken]],
    decided: Tags,
    hints: Hints | None = None,
) -> dict[tuple[str, str], TagFacts]:
    """All tags of a tool.

    Args:
        title: Name and summary of the tool.
        text: The words of its own pages.
        shown: What is shown of it, by property.
        decided: The tags that a person has decided: they stay.
        hints: What words and meaning together suggest of these very words; None while nobody has
            worked it out, and words alone suggest.
    """
    found: dict[tuple[str, str], TagFacts] = {}
    for vocabulary, name in TAGGED:
        terms = load()[vocabulary]
        proposed = {one.code: one for one in tagging.suggest(terms, title, text)}
        for row in shown.get(name, ()):
            if row.absence == "yes":
                said = row.original or terms.get(row.value).label
                why = f"The page gives '{said}' (rule T2)."
                proposed[row.value] = Suggestion(row.value, "accepted", why, row.quote, 1.0)
        taken = any(
            key[0] == vocabulary and row.state == "accepted" for key, row in decided.items()
        )
        if not taken:
            _accept_leading(proposed)
        if hints is not None:
            proposed = {
                **{code: one for (name, code), one in hints.items() if name == vocabulary},
                **{code: one for code, one in proposed.items() if one.state == "accepted"},
            }
        for code, one in proposed.items():
            found[vocabulary, code] = TagFacts(one.state, RULE, one.why, one.quote, one.confidence)
    return {**found, **decided}


def leading(tags: Tags, vocabulary: str) -> tuple[str, bool]:
    """The tag that the list shows, and whether it is accepted: accepted before suggested, then by
    confidence and code. ("", False) where there is none.
    """
    ranked = sorted(
        (row.state != "accepted", -row.confidence, code)
        for (name, code), row in tags.items()
        if name == vocabulary and row.state != "rejected"
    )
    return (ranked[0][2], not ranked[0][0]) if ranked else ("", False)


def accepted(tags: Tags, vocabulary: str) -> list[str]:
    """Codes of the accepted tags of a vocabulary, in order."""
    return sorted(
        code for (name, code), row in tags.items() if name == vocabulary and row.state == "accepted"
    )


def _accept_leading(proposed: dict[str, Suggestion]) -> None:
    """Rule T4."""
    if not proposed or any(one.state == "accepted" for one in proposed.values()):
        return
    ranked = sorted(proposed.values(), key=lambda one: (-one.confidence, one.code))
    second = ranked[1].confidence if len(ranked) > 1 else 0.0
    ahead = round(ranked[0].confidence - second, 2)
    if ranked[0].confidence >= SURE and ahead >= AHEAD:
        said = ranked[0].why.split(";")[0]
        why = f"{said}, and of nothing else so much (rule T4)."
        proposed[ranked[0].code] = replace(ranked[0], state="accepted", why=why)
