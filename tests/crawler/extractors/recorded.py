"""Recorded pages: each `pages/NAME.html` or `.json` with what a careful reader finds in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from catalogue.drafts import (
    AnyDraft,
    ClaimDraft,
    DeploymentDraft,
    EvidenceDraft,
    LeadDraft,
    ListingDraft,
    NoticeDraft,
    Reading,
    SupplierDraft,
    ToolDraft,
)
from crawler.page import Page, ReadRequest

PAGES = Path(__file__).parent / "pages"
FETCHED_AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Recorded:
    """One recorded page, how it is read, and what is expected."""

    page: Page
    request: ReadRequest
    expected: dict[str, Any]


def recorded(name: str) -> Recorded:
    """The recorded page of that name."""
    expected = yaml.safe_load((PAGES / f"{name}.yml").read_text(encoding="utf-8"))
    file = next(path for path in PAGES.glob(f"{name}.*") if path.suffix != ".yml")
    content_type = "application/json" if file.suffix == ".json" else "text/html"
    url = expected.pop("url")
    request = ReadRequest(
        extractors=tuple(expected.pop("extractors")),
        publisher="Fennimore Ltd",
        voice=expected.pop("voice"),
        site="/".join(url.split("/")[:3]) + "/",
    )
    return Recorded(Page(url, file.read_bytes(), content_type, FETCHED_AT), request, expected)


def summary(reading: Reading) -> dict[str, Any]:
    """A reading as plain data, in the shape of the expectations."""
    return {
        "title": reading.title,
        "kind": reading.kind,
        "published_on": reading.published_on.isoformat() if reading.published_on else None,
        "links": list(reading.links),
        "notes": list(reading.notes),
        "drafts": [_draft(draft) for draft in reading.drafts],
    }


def _draft(draft: AnyDraft) -> list[Any]:
    match draft:
        case LeadDraft() | ListingDraft() | NoticeDraft():
            return [draft.type, draft.model_dump(mode="json", exclude={"type", "extractor"})]
        case SupplierDraft():
            return ["supplier", draft.name.text, [list(pair) for pair in draft.identifiers]]
        case ToolDraft():
            values = [
                [value.property, value.value, value.quote.text, value.quote.place]
                for value in draft.values
            ]
            former = list(draft.former_names)
            return ["tool", draft.name.text, draft.homepage, former, values]
        case ClaimDraft():
            figures = [draft.low, draft.high, draft.unit, draft.per, draft.hedge, draft.baseline]
            return ["claim", draft.dimension, draft.direction, *figures, draft.rung, draft.method]
        case EvidenceDraft():
            who = [draft.funder, draft.measurer, draft.author]
            return ["evidence", draft.evidence_type, draft.strength, draft.measurement, *who]
        case DeploymentDraft():
            return [
                "deployment",
                draft.buyer,
                draft.phase,
                draft.setting,
                draft.funding,
                draft.about,
            ]
