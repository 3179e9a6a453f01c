"""Names that a query may narrow to: what only the catalogue knows of the query language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Organisation, Tool
from catalogue.review.present import shortlists_present


def names(session: Session) -> Mapping[str, Sequence[str]]:
    """For each field of names, those that there are, by letter: suppliers that sell a tool, and
    shortlists.
    """
    sells = select(Tool.canonical_supplier_id).where(Tool.canonical_id.is_(None))
    suppliers = select(Organisation.name).where(Organisation.id.in_(sells))
    shortlists = (found.name for found in shortlists_present(session))
    return {
        "supplier": session.scalars(suppliers.order_by(Organisation.key, Organisation.id)).all(),
        "shortlisted": sorted(shortlists, key=str.casefold),
    }
