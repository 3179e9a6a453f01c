"""Stated: what a statement of the catalogue says of a certificate or assessment."""

from __future__ import annotations

from catalogue.assurance import Stated
from catalogue.models import Statement
from catalogue.properties import ASSURANCE


def stated(row: Statement) -> Stated:
    """What a statement says of the artefact that its property names."""
    return Stated(
        artefact=row.property.removeprefix(ASSURANCE),
        state=row.value,
        seen_on=row.last_seen.date(),
        words=row.original,
        stated_on=row.stated_on,
        valid_until=row.valid_until,
    )
