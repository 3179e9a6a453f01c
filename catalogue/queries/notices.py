"""Procurements: the notices of one process by one buyer, compiled into what holds now.

What a later notice says takes the place of what an earlier one said; what it leaves out still
holds. Suppliers are kept by award, so that a second award of one process does not hide the first.
This is the merging of the OCDS, on the fields that are kept.
https://standard.open-contracting.org/1.1/en/schema/merging/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Final, TypeVar

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from catalogue.members import members
from catalogue.models import (
    Document,
    Identifier,
    Notice,
    NoticeSupplier,
    NoticeTool,
    Organisation,
    Source,
    Tool,
)
from catalogue.notices import money
from catalogue.rows import NoticeBasis, NoticeRow, Provenance, ReleaseRow
from catalogue.text import organisation_key
from catalogue.vocabularies import load

_Value = TypeVar("_Value")

_OLDEST: Final = datetime(1, 1, 1, tzinfo=UTC)


def of_tool(session: Session, tool_id: int) -> list[NoticeRow]:
    """The procurements that name a tool, or whose contracts its supplier got; newest first.

    The basis of each says which: NAME_IN_TEXT where a notice names the tool; IDENTIFIER where a
    registered number of the supplier stands in it, NAME where only its name does.
    """
    records = members(session, tool_id)
    named = set(
        session.scalars(select(NoticeTool.notice_id).where(NoticeTool.tool_id.in_(records)))
    )
    supplier = session.get_one(Tool, tool_id).canonical_supplier_id
    suppliers = members(session, supplier, Organisation)
    numbers = select(Identifier.scheme, Identifier.value).where(
        Identifier.organisation_id.in_(suppliers)
    )
    by_number = set(
        session.scalars(
            select(NoticeSupplier.notice_id).where(
                tuple_(NoticeSupplier.scheme, NoticeSupplier.value).in_(
                    [(row.scheme, row.value) for row in session.execute(numbers)]
                )
            )
        )
    )
    names = session.scalars(select(Organisation.name).where(Organisation.id.in_(suppliers)))
    keys = {organisation_key(name) for name in names}
    by_name = set(
        session.scalars(select(NoticeSupplier.notice_id).where(NoticeSupplier.key.in_(keys)))
    )
    return _procurements(session, named, by_number, by_name)


def procurements(session: Session, ocid: str) -> list[NoticeRow]:
    """The procurements under one ocid: one for each buyer."""
    found = set(session.scalars(select(Notice.id).where(Notice.ocid == ocid)))
    return _procurements(session, found, set(), set())


def _procurements(
    session: Session, named: set[int], by_number: set[int], by_name: set[int]
) -> list[NoticeRow]:
    seeds = named | by_number | by_name
    keys = {
        (ocid, buyer)
        for some in _chunks(sorted(seeds))
        for ocid, buyer in session.execute(
            select(Notice.ocid, Notice.buyer_id).where(Notice.id.in_(some))
        )
    }
    rows: list[NoticeRow] = []
    for ocid, group in groupby(sorted(keys, key=lambda key: (key[0], key[1] or 0)), lambda k: k[0]):
        notices = session.scalars(_whole().where(Notice.ocid == ocid)).all()
        for _, buyer in group:
            releases = sorted((n for n in notices if n.buyer_id == buyer), key=_when)
            ids = {one.id for one in releases}
            basis: NoticeBasis = (
                "NAME_IN_TEXT" if ids & named else "IDENTIFIER" if ids & by_number else "NAME"
            )
            rows.append(_procurement(releases, basis))
    return sorted(rows, key=lambda row: (row.published_on or date.min, row.ocid), reverse=True)


def _whole() -> Select[Notice]:
    return (
        select(Notice)
        .join(Document, Document.id == Notice.document_id)
        .options(
            joinedload(Notice.document).joinedload(Document.source).joinedload(Source.publisher),
            joinedload(Notice.buyer),
            selectinload(Notice.suppliers),
        )
        .where(Document.gone_at.is_(None))
    )


def _when(row: Notice) -> tuple[datetime, str]:
    return row.published_at or _OLDEST, row.release_id


def _procurement(releases: Sequence[Notice], basis: NoticeBasis) -> NoticeRow:
    last = releases[-1]
    types = load()["notice_types"]
    latest = types.get(last.notice_type)
    value = _latest(
        (one.value_low, one.value_high, one.currency)
        for one in releases
        if one.value_high is not None
    )
    words = money(*value) if value is not None else ""
    framework = any(one.framework for one in releases)
    page = next((one for one in reversed(releases) if one.url), last)
    return NoticeRow(
        ocid=last.ocid,
        title=last.title,
        buyer=last.buyer.name if last.buyer is not None else "",
        stage=latest.attribute("stage"),
        type=latest.label,
        suppliers=tuple(_suppliers(releases)),
        value="" if framework else words,
        ceiling=words if framework else "",
        published_on=_latest(one.published_at.date() for one in releases if one.published_at),
        deadline=_latest(one.deadline for one in releases if one.deadline),
        starts_on=_latest(one.starts_on for one in releases if one.starts_on),
        ends_on=_latest(one.ends_on for one in releases if one.ends_on),
        url=page.url or page.document.url,
        basis=basis,
        releases=tuple(_release(one) for one in releases),
    )


def _latest(values: Iterable[_Value]) -> _Value | None:
    """The last of the values; None where there is none."""
    return next(iter(reversed(list(values))), None)


def _suppliers(releases: Sequence[Notice]) -> Iterator[str]:
    """Who holds the awards, each name once, in the order of the awards."""
    awards: dict[str, list[str]] = {}
    for release in releases:
        told: dict[str, list[str]] = {}
        for one in release.suppliers:
            told.setdefault(one.award, []).append(one.name)
        awards |= told
    yield from dict.fromkeys(name for names in awards.values() for name in names)


def _release(row: Notice) -> ReleaseRow:
    document = row.document
    kind = load()["notice_types"].get(row.notice_type)
    return ReleaseRow(
        release_id=row.release_id,
        type=kind.label,
        stage=kind.attribute("stage"),
        changes=row.changes,
        title=row.title,
        published_on=row.published_at.date() if row.published_at else None,
        url=row.url or document.url,
        provenance=Provenance(
            said_by=document.source.publisher.name,
            voice=load()["voices"].get(document.voice).label,
            quote=row.quote,
            place=row.place,
            url=row.url or document.url,
            document=document.title,
            first_seen=document.first_seen.date(),
            last_seen=document.last_seen.date(),
            extractor=row.extractor,
        ),
    )


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + 500] for start in range(0, len(ids), 500))
