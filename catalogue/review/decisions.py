"""What reviewers decided in a project, and what holds of it: pure functions of the log.

A decision is about a subject: one tool, as one reviewer sees it, or the project itself. Reviewers
never overwrite each other: where a tool stands in the project is derived from what each of them
says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from catalogue.errors import CatalogueError
from catalogue.models import Decision
from catalogue.review.chain import replay
from catalogue.screening_rows import OUTCOMES, DecisionRow, Outcome, State
from catalogue.text import clean
from catalogue.vocabularies import load

REMOVED: Final = "removed"
"""Of no tool: the project is taken away, which undoing that gives back."""

OTHER: Final = "XR_OTHER"
"""The exclusion reason that says nothing without words."""

DONE: Final[Mapping[str, str]] = {
    "include": "included",
    "maybe": "left at maybe",
    "exclude": "excluded",
    "": "cleared",
}
"""What a decision does to a tool, as words."""

Subject = tuple[str, int | None]
"""A reviewer and a tool."""

PROJECT: Final[Subject] = ("", None)
"""The project itself: nobody's, and no tool."""


def subject(decision: Decision) -> Subject:
    """What a decision is about."""
    return PROJECT if decision.tool_id is None else (decision.actor, decision.tool_id)


def states(decisions: Iterable[Decision]) -> list[tuple[Decision, Decision | None]]:
    """Each decision of one project, in the order of their numbers, with the one that holds of
    its subject after it.
    """
    return list(replay(decisions, subject, lambda decision: bool(decision.outcome)))


def present(decisions: Iterable[Decision]) -> dict[Subject, Decision]:
    """The decisions that hold, by what they are about."""
    last = {subject(one): held for one, held in states(decisions)}
    return {about: held for about, held in last.items() if held is not None}


def by_tool(
    decisions: Iterable[Decision], shown: Mapping[int, int]
) -> dict[int, tuple[DecisionRow, ...]]:
    """What holds of each tool, one decision of each reviewer by name.

    Args:
        decisions: All decisions of one project, in the order of their numbers.
        shown: The tool that each record is shown as: of decisions that one reviewer took on
            records judged to be the same since, the newest counts.
    """
    held: dict[int, dict[str, Decision]] = {}
    for one in sorted(present(decisions).values(), key=lambda decision: decision.id):
        if one.tool_id is not None:
            held.setdefault(shown[one.tool_id], {})[one.actor] = one
    return {
        tool: tuple(row(of_each[reviewer], tool) for reviewer in sorted(of_each))
        for tool, of_each in held.items()
    }


def state(decisions: Sequence[DecisionRow]) -> State:
    """Where a tool stands, of which these decisions hold."""
    outcomes = {one.outcome for one in decisions}
    if not outcomes:
        return "open"
    return outcomes.pop() if len(outcomes) == 1 else "disagreed"


def row(decision: Decision, tool_id: int) -> DecisionRow:
    """A decision that holds, as a row of the tool that it is shown with."""
    label = load().label(decision.reason) if decision.reason else ""
    return DecisionRow(
        number=decision.id,
        tool_id=tool_id,
        reviewer=decision.actor,
        outcome=next(one for one in OUTCOMES if one == decision.outcome),
        reason=decision.reason,
        label=label,
        note=decision.note,
        at=decision.at,
    )


def reasoned(outcome: Outcome | str, reason: str) -> tuple[str, str]:
    """The code of the exclusion reason that a person names, and what else is said in own words:
    "Not AI", "Not AI: a rule engine" or just "a rule engine".

    Raises:
        CatalogueError: it is an exclusion and no reason is given, or another one without a word.
        VocabularyError: it looks like a code, and there is none such.
    """
    words = clean(reason).strip()
    if outcome != "exclude":
        return "", words
    reasons = load()["exclusion_reasons"]
    if not words:
        labels = ", ".join(f"'{term.label}'" for term in reasons)
        raise CatalogueError("An exclusion needs a reason.", f"Give {labels}, or your own words.")
    term, note = reasons.match(words), ""
    if term is None:
        head, _, rest = words.partition(":")
        term, note = reasons.match(head), rest.strip()
    if term is not None:
        if term.code == OTHER and not note:
            raise CatalogueError(f"Say which: '{term.label}: ...'.", "Your own words will do, too.")
        return term.code, note
    if words.startswith(reasons.prefix):
        reasons.get(words)
    return "", words


def told(decisions: Sequence[Decision], names: Mapping[int, str]) -> str:
    """Say what one step of a reviewer did: "Rotaflow Pro excluded (Not AI)".

    Args:
        decisions: The decisions of the step, at least one, none of which undoes another.
        names: Names of the tools.
    """
    first = decisions[0]
    if first.tool_id is None:
        return "project removed"
    what = names[first.tool_id] if len(decisions) == 1 else f"{len(decisions)} tools"
    why = load().label(first.reason) if first.reason else first.note
    return f"{what} {DONE[first.outcome]}{f' ({why})' if why else ''}"
