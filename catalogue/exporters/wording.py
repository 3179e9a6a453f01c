"""What an export says in its own words, the same in every format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from catalogue.rows import (
    ClaimRow,
    DeploymentRow,
    EvidenceRow,
    ToolDetail,
    ToolRow,
    Totals,
    ValueRow,
)
from catalogue.vocabularies import load

NOTES: Mapping[str, str] = MappingProxyType(
    {
        "The list": "Tools that reviewers chose for a closer look, each with their reason. It is "
        "not a recommendation, and Horizonscan has tested none of them.",
        "Claims": "A claim is a benefit as somebody states it, most often the supplier. A claim "
        "is not evidence; beside each stands what the evidence in the catalogue makes of it.",
        "Evidence": "Studies, evaluations and accounts that public pages report, with who funded, "
        "measured and wrote them. Independent means that the supplier did none of the three.",
        "Values": "Each value is what the named source says, in the words quoted, on the days "
        "given. Horizonscan has not checked it any further.",
        "Assurance": "A place on a register or framework is an administrative fact or the "
        "supplier's own declaration. It is no judgement of a tool's quality or safety.",
        "Not stated": "No page that was read says it. It does not mean 'no'.",
        "Suggested": "A use case marked so was proposed by a rule; no person has confirmed it.",
    }
)
"""How to read an export: topic and sentence."""

STANDINGS: Mapping[str, str] = MappingProxyType(
    {
        "unsupported": "No evidence found for it",
        "supported": "Supported, not independently",
        "independent": "Supported by independent evidence",
        "contradicted": "Contradicted by evidence",
    }
)
"""What the evidence makes of a claim, by `ClaimRow.standing`."""

ABSENCES: Mapping[str, str] = MappingProxyType(
    {
        "no": "No, says the source",
        "not_stated": "Not stated",
        "looked_not_found": "Looked for, not found",
    }
)
"""A value that is not there, by `ValueRow.absence`."""


def moment(at: datetime) -> str:
    """A point in time for a person: "2026-11-05 09:00 UTC"."""
    return f"{at:%Y-%m-%d %H:%M} {at.tzname() or ''}".rstrip()


def holdings(totals: Totals) -> str:
    """How much the catalogue holds, in words."""
    return (
        f"{totals.documents:,} pages, {totals.tools:,} tools of {totals.suppliers:,} suppliers, "
        f"{totals.claims:,} claims, {totals.evidence:,} items of evidence, "
        f"{totals.deployments:,} places of use"
    )


def value(row: ValueRow) -> str:
    """A value for a person, or the kind of its absence."""
    return ABSENCES.get(row.absence, row.value)


def use_case(row: ToolRow) -> str:
    """The first use case of a tool; what is only suggested says so."""
    if row.use_case.endswith("?"):
        return f"{row.use_case.removesuffix('?').rstrip()} (suggested)"
    return row.use_case or "Not stated"


def scope(row: ToolRow) -> str:
    """The scope class of a tool."""
    return load().label(row.scope) or "Not stated"


def strength(number: int) -> str:
    """A strength of evidence with its number: "2 Change observed"."""
    return f"{number} {load().label(f'EVS_{number}')}"


def standing(row: ClaimRow) -> str:
    """What the evidence makes of a claim."""
    return STANDINGS[row.standing]


def assumptions(row: ClaimRow) -> list[str]:
    """What a claim takes for granted, with the words that do, and what it costs elsewhere."""
    taken = [f"Assumes that {label}: \u201c{said}\u201d" for label, said in row.flags]
    return taken + [f"Costs elsewhere: {label}" for label in row.counter_effects]


def independence(row: EvidenceRow) -> str:
    """Whether evidence is independent of the supplier."""
    return "Yes" if row.independent else "No, or not known"


def place(row: DeploymentRow) -> str:
    """Where a tool is used, and what the supplier bore of it: no free trial looks like a sale."""
    return f"{row.buyer} ({row.supplier_paid})" if row.supplier_paid else row.buyer


def gaps(detail: ToolDetail) -> list[str]:
    """What nobody states about a tool: what to ask its supplier."""
    missing = [
        row.label if row.absence == "not_stated" else f"{row.label} (looked for, not found)"
        for row in detail.values
        if row.absence in ("not_stated", "looked_not_found")
    ]
    if not any(row.property.startswith("assurance.") for row in detail.values):
        missing.append("Assurance of any kind")
    if not detail.evidence:
        missing.append("Evidence of any kind")
    elif not any(row.independent for row in detail.evidence):
        missing.append("Independent evidence")
    if not detail.deployments:
        missing.append("Where it is in use")
    return missing
