"""Places: organisations that begin to try or to use a tool, or use it no more, as signals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from catalogue.changes import Change, Said
from catalogue.models import Deployment, Document, Organisation, Tool
from catalogue.vocabularies import load

TRIED: Final = frozenset({"PH_FREE_TRIAL", "PH_BETA_PILOT", "PH_PRIVATE_BETA", "PH_PUBLIC_BETA"})
"""Phases of a pilot."""

USED: Final = "PH_PRODUCTION"
OVER: Final = "PH_RETIRED"

Place = tuple[int, str, str]
"""The tool, the organisation's name, and the PH_ code."""


def between_places(known: frozenset[Place], after: Said) -> Iterator[Change]:
    """Organisations that newly try, newly use or no longer use a tool, each told once.

    Args:
        known: What this document said before, and what others say or said.
        after: What this document says now.
    """
    before: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for tool_id, buyer, phase in known:
        before[tool_id, buyer].add(phase)
    new: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for tool_id, buyer, phase in after.deployments - known:
        new[tool_id, buyer].add(phase)
    for (tool_id, buyer), phases in sorted(new.items()):
        phase = max(phases, key=_how_far)
        kind, was = _of_place(before[tool_id, buyer], phase, buyer)
        if kind:
            told = f"{buyer}: {load().label(OVER)}" if phase == OVER else buyer
            yield Change(kind, tool_id, was, told, after.quotes.get((tool_id, buyer, phase), ""))


def _how_far(phase: str) -> tuple[bool, bool, bool, str]:
    """Orders phases by how far a use has come."""
    return phase == OVER, phase == USED, phase not in TRIED, phase


def _of_place(before: set[str], phase: str, buyer: str) -> tuple[str, str]:
    """The signal of a place of use, and what was known of it; "" where it tells nothing new."""
    if phase == OVER:
        ended = before and OVER not in before
        return ("SIG_DEPLOYMENT_ENDED", f"{buyer}: {_phases(before)}") if ended else ("", "")
    if not before:
        return ("SIG_PILOT_ANNOUNCED" if phase in TRIED else "SIG_DEPLOYMENT_ADDED"), ""
    taken_up = phase == USED and before <= TRIED
    return ("SIG_DEPLOYMENT_ADDED", f"{buyer}: {_phases(before)}") if taken_up else ("", "")


def _phases(phases: set[str]) -> str:
    return ", ".join(load().label(phase) for phase in sorted(phases))


def elsewhere(session: Session, tools: Iterable[int], document: Document) -> frozenset[Place]:
    """Where other documents say, or said, that these tools are used."""
    wanted = list(tools)
    rows = session.execute(
        select(func.coalesce(Tool.canonical_id, Tool.id), Organisation.name, Deployment.phase)
        .join_from(Deployment, Tool, Tool.id == Deployment.tool_id)
        .join(Organisation, Organisation.id == Deployment.buyer_id)
        .where(
            or_(Tool.id.in_(wanted), Tool.canonical_id.in_(wanted)),
            Deployment.document_id != document.id,
        )
    )
    return frozenset((tool_id, buyer, phase) for tool_id, buyer, phase in rows)
