"""What an export says in its own words, the same in every format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
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

BY_HAND = "None: the tools were chosen by hand"
"""Search definition of a shortlist that was made from no query."""

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
        "supplier's own declaration. It is no judgement of a tool's quality or safety. 'Supplier "
        "says' is a claim; 'Document seen', that its page gives the certificate itself; 'Checked "
        "on the register', that the register showed it on that day. What has lapsed says when.",
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

RELATIONS: Mapping[str, str] = MappingProxyType(
    {
        "supports": "Supported by",
        "partly": "Supported in part by",
        "contradicts": "Contradicted by",
        "context": "Beside it:",
        "unrelated": "Nothing to do with it:",
    }
)
"""How evidence bears on a claim, by `BearingRow.relation`."""

ABSENCES: Mapping[str, str] = MappingProxyType(
    {
        "no": "No, says the source",
        "not_stated": "Not stated",
        "looked_not_found": "Looked for, not found",
    }
)
"""A value that is not there, by `ValueRow.absence`."""


ARROW = " \N{RIGHTWARDS ARROW} "
"""Between the figures of one result as it is told again."""


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


def bearings(row: ClaimRow) -> list[str]:
    """How evidence bears on a claim, by which rule or whose word: a line for each."""
    return [
        f"{RELATIONS[one.relation]} {one.title} "
        f"({one.why if one.by == 'rule' else f'{one.by}: {one.why}'.rstrip(': ')})"
        for one in row.bearings
    ]


def lineage(row: ClaimRow) -> str:
    """Whom a claim repeats, or how its figure changed as it was told again; empty for neither."""
    if row.repeats is not None:
        first = row.repeats
        when = f"on {first.on}" if first.dated else "on a page without a date"
        return f"Repeats {first.figure}, first said by {first.said_by} {when}"
    if not row.path:
        return ""
    figures = [figure for figure, _ in groupby(telling.figure for telling in row.path)]
    return f"Told {len(row.path)} times: {ARROW.join(figures)}"


def reviewed(row: EvidenceRow) -> str:
    """Whether peers reviewed evidence."""
    if row.peer_reviewed is None:
        return "Not stated"
    return "Yes" if row.peer_reviewed else "No"


def denials(row: EvidenceRow) -> list[str]:
    """The benefits that evidence did not find, each in its words: a line for each."""
    return [f"{label} not found: \u201c{said}\u201d" for label, said in row.against]


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
