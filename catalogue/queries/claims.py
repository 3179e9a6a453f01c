"""Claims and evidence of a tool, and how the one bears on the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.changes import claim_figure
from catalogue.members import members
from catalogue.models import Bearing, Claim, Evidence
from catalogue.queries.said import current, provenance
from catalogue.rows import BearingRow, ClaimRow, EvidenceRow, TellingRow
from catalogue.standing import EvidenceFacts, Relation, Standing, independent, strength
from catalogue.vocabularies import load

_WEIGHT: dict[str, int] = {
    relation: place
    for place, relation in enumerate(("contradicts", "supports", "partly", "unrelated", "context"))
}
"""In which order the evidence on a claim is told."""


def claims(session: Session, tool_id: int) -> list[ClaimRow]:
    """The current claims on a tool; what is told again follows what it repeats."""
    rows = current(session, Claim, tool_id)
    bearing = _bearings(session, tool_id)
    tellings = {row.id: _telling(row) for row in rows}
    paths: defaultdict[int, list[TellingRow]] = defaultdict(list)
    for row in rows:
        if row.head_id in tellings:
            paths[row.head_id].append(tellings[row.id])
    for head, path in paths.items():
        path.sort(key=lambda telling: (telling.on, telling.url, telling.claim))
        path.insert(0, tellings[head])
    place = {row.id: number for number, row in enumerate(rows)}
    rows.sort(
        key=lambda row: (
            place.get(row.head_id or row.id, 0),
            row.head_id is not None,
            place[row.id],
        )
    )
    return [
        _claim(
            row,
            bearing[row.id],
            tellings.get(row.head_id) if row.head_id else None,
            paths.get(row.head_id or row.id, []),
        )
        for row in rows
    ]


def evidence(session: Session, tool_id: int) -> list[EvidenceRow]:
    """The current evidence on a tool."""
    return [_evidence(row) for row in current(session, Evidence, tool_id)]


def _bearings(session: Session, tool_id: int) -> defaultdict[int, list[BearingRow]]:
    query = (
        select(Bearing, Evidence.key, Evidence.title)
        .join(Evidence, Evidence.id == Bearing.evidence_id)
        .join(Claim, Claim.id == Bearing.claim_id)
        .where(Claim.tool_id.in_(members(session, tool_id)))
        .order_by(Bearing.claim_id, Evidence.title, Evidence.id)
    )
    found: defaultdict[int, list[BearingRow]] = defaultdict(list)
    for row, key, title in session.execute(query):
        relation = cast("Relation", row.relation)
        found[row.claim_id].append(
            BearingRow(row.evidence_id, key, title, relation, row.by, row.why)
        )
    for rows in found.values():
        rows.sort(key=lambda one: _WEIGHT[one.relation])
    return found


def _telling(row: Claim) -> TellingRow:
    said = provenance(row)
    return TellingRow(
        claim=row.id,
        figure=claim_figure(row),
        said_by=said.said_by,
        voice=said.voice,
        on=row.document.published_on or row.first_seen.date(),
        dated=row.document.published_on is not None,
        url=said.url,
    )


def _claim(
    row: Claim,
    bearing: Sequence[BearingRow],
    repeats: TellingRow | None,
    path: Sequence[TellingRow],
) -> ClaimRow:
    terms = load()
    rung = terms["rungs"].get(row.rung)
    return ClaimRow(
        id=row.id,
        dimension=terms["benefits"].get(row.dimension).label,
        figure=claim_figure(row) if row.high is not None or row.low is not None else "",
        hedge=row.hedge,
        rung=rung.label,
        standing=cast("Standing", row.standing),
        provenance=provenance(row),
        key=row.key,
        stops=rung.attribute("stops"),
        bearings=tuple(bearing),
        repeats=repeats,
        path=tuple(path),
        flags=tuple((terms["assumptions"].get(code).label, said) for code, said in row.flags),
        counter_effects=tuple(
            terms["counter_effects"].get(code).label for code in row.counter_effects
        ),
    )


def _evidence(row: Evidence) -> EvidenceRow:
    terms = load()
    facts = EvidenceFacts(row.document_id, row.strength, row.funder, row.measurer, row.author)
    return EvidenceRow(
        id=row.id,
        title=row.title,
        kind=terms["evidence_types"].get(row.evidence_type).label,
        strength=strength(row.strength),
        funder=terms["relations"].get(row.funder).label,
        measurer=terms["relations"].get(row.measurer).label,
        author=terms["relations"].get(row.author).label,
        independent=independent(facts),
        provenance=provenance(row),
        key=row.key,
        measurement=""
        if row.measurement == "EVM_NOT_STATED"
        else terms["measurements"].get(row.measurement).label,
        peer_reviewed=row.peer_reviewed,
        published_on=row.published_on or row.document.published_on,
        against=tuple((terms["benefits"].get(code).label, said) for code, said in row.against),
    )
