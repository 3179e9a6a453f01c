"""Weighing: what a person's word on a claim and an item of evidence changes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.books import CLAIM
from catalogue.members import all_shown_as
from catalogue.models import Claim, Ruling, Tool
from catalogue.projection import project


def weigh(session: Session, rulings: Sequence[Ruling]) -> None:
    """Show the tools anew whose claims these rulings are about."""
    keys = {ruling.subject.removeprefix(CLAIM) for ruling in rulings}
    ruled = select(Claim.tool_id).where(Claim.key.in_(keys), Claim.tool_id.is_not(None))
    shown = all_shown_as(session, {one for one in session.scalars(ruled) if one is not None})
    for tool_id in sorted(set(shown.values())):
        project(session, session.get_one(Tool, tool_id))
