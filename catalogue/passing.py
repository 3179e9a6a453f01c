"""Passing: what the calendar alone tells, at the end of a sound run, of what its source says.

Each is told once for its subject and day. What had come about before it was first seen is no news:
a first crawl of old pages tells of no lapse, of no certificate that ends soon, and of no pilot that
fell silent. That a framework ends is told whenever it is read, because a buyer must act on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue import assurance, horizons
from catalogue.assurance import Stated
from catalogue.changes import Change
from catalogue.models import (
    CrawlRun,
    Deployment,
    Displayed,
    Document,
    Notice,
    Organisation,
    Signal,
    Statement,
    Tool,
)
from catalogue.places import TRIED
from catalogue.properties import ASSURANCE
from catalogue.stated import stated
from catalogue.text import name_key
from catalogue.vocabularies import load

SOON: Final = timedelta(days=60)
"""How long before its last day a certificate counts as expiring."""

SILENT: Final = timedelta(days=365)
"""How long nobody has told anything of a pilot until it counts as silent."""

ENDING: Final = timedelta(days=182)
"""How long before its last day a framework counts as ending: time for another procurement."""

_SHOWN_AS = func.coalesce(Tool.canonical_id, Tool.id)


class Certificate(NamedTuple):
    """What is shown of one artefact of a tool."""

    tool_id: int
    document_id: int
    stated: Stated
    first_seen: date
    quote: str


class Pilot(NamedTuple):
    """One document's word on a tool at an organisation."""

    tool_id: int
    buyer: str
    document_id: int
    phase: str
    told_on: date
    """The day that the page gives, else the one on which it was first seen to say so."""
    first_seen: date
    quote: str


class Framework(NamedTuple):
    """A framework as a notice gives it."""

    document_id: int
    title: str
    ends_on: date
    quote: str


@dataclass(frozen=True, slots=True)
class Due:
    """A change that a day brought, with the document that tells of it."""

    change: Change
    document_id: int


def ageing(certificates: Iterable[Certificate], today: date) -> Iterator[Due]:
    """Certificates that have come to end within `SOON`, or have lapsed, since they were seen."""
    for one in certificates:
        what = assurance.held(one.stated, today)
        if what.until is None or one.stated.state == assurance.LAPSED:
            continue
        label = load().label(one.stated.artefact)
        was = f"{label}: {load().label(one.stated.state)}"
        if today > what.until >= one.first_seen:
            told = f"{label}: lapsed on {assurance.named(what.until, whole=True)}"
            change = Change("SIG_ASSURANCE_LAPSED", one.tool_id, was, told, one.quote)
            yield Due(change, one.document_id)
        elif one.first_seen < what.until - SOON <= today <= what.until:
            told = f"{label}: ends on {assurance.named(what.until, whole=True)}"
            change = Change("SIG_ASSURANCE_EXPIRING", one.tool_id, was, told, one.quote)
            yield Due(change, one.document_id)


def silent(pilots: Iterable[Pilot], today: date) -> Iterator[Due]:
    """Pilots of which nobody has told anything for `SILENT`, and which have not become a use."""
    places: dict[tuple[int, str], list[Pilot]] = {}
    for one in pilots:
        places.setdefault((one.tool_id, one.buyer), []).append(one)
    for (tool_id, buyer), told in sorted(places.items()):
        last = max(told, key=lambda one: (one.told_on, one.document_id))
        ends = last.told_on + SILENT
        if all(one.phase in TRIED for one in told) and last.first_seen <= ends < today:
            since = f"{buyer}: nothing told since {assurance.named(last.told_on, whole=True)}"
            was = f"{buyer}: {load().label(last.phase)}"
            change = Change("SIG_PILOT_SILENT", tool_id, was, since, last.quote)
            yield Due(change, last.document_id)


def ending(
    frameworks: Iterable[Framework], listed: Iterable[tuple[int, str]], today: date
) -> Iterator[Due]:
    """Frameworks that list a tool and end within `ENDING`.

    Args:
        frameworks: Frameworks by their notices.
        listed: Tools, each with the name of a framework on which a marketplace lists it.
        today: The day.
    """
    names = sorted({(tool_id, name_key(name), name) for tool_id, name in listed})
    for one in frameworks:
        if not today <= one.ends_on <= today + ENDING:
            continue
        title = name_key(one.title)
        for tool_id, key, name in names:
            if key and key in title:
                told = f"{name}: ends on {assurance.named(one.ends_on, whole=True)}"
                change = Change(
                    "SIG_FRAMEWORK_ENDING", tool_id, f"listed on {name}", told, one.quote
                )
                yield Due(change, one.document_id)


def settle(session: Session, run: CrawlRun, now: datetime) -> int:
    """Tell what has come about by the passing of time in what the source of a sound run says; a
    source's first run tells nothing. Returns the number of signals.
    """
    if run.baseline:
        return 0
    today, source = now.date(), run.source_id
    due = [
        *ageing(_certificates(session, source), today),
        *silent(_pilots(session, source), today),
        *ending(_frameworks(session, source), _listed(session), today),
    ]
    return sum(_told(session, run, one, now) for one in due)


def _told(session: Session, run: CrawlRun, due: Due, now: datetime) -> bool:
    change = due.change
    known = select(Signal.id).where(
        Signal.type == change.type,
        Signal.tool_id == change.tool_id,
        Signal.after == change.after,
    )
    if change.tool_id is None or session.scalar(known.limit(1)) is not None:
        return False
    tool = session.get_one(Tool, change.tool_id)
    tool.changed_at = now
    session.add(
        Signal(
            type=change.type,
            subject=tool.name,
            tool_id=change.tool_id,
            document_id=due.document_id,
            run_id=run.id,
            before=change.before,
            after=change.after,
            quote=change.quote,
            horizon=horizons.horizon(change.type, horizons.facts(session, change.tool_id)),
            detected_at=now,
        )
    )
    session.flush()
    return True


def _certificates(session: Session, source_id: int) -> Iterator[Certificate]:
    rows = session.execute(
        select(Displayed.subject_id, Statement)
        .join(Statement, Statement.id == Displayed.statement_id)
        .join(Document, Document.id == Statement.document_id)
        .where(
            Displayed.subject_type == "tool",
            Displayed.property.startswith(ASSURANCE),
            Document.source_id == source_id,
            Statement.absence == "yes",
        )
        .order_by(Displayed.subject_id, Displayed.property)
    )
    for tool_id, row in rows:
        yield Certificate(tool_id, row.document_id, stated(row), row.first_seen.date(), row.quote)


def _pilots(session: Session, source_id: int) -> Iterator[Pilot]:
    """All that is told of the places that documents of this source name."""
    here = (
        select(Deployment.tool_id, Deployment.buyer_id)
        .join(Document, Document.id == Deployment.document_id)
        .where(
            Document.source_id == source_id,
            Document.gone_at.is_(None),
            Deployment.phase.in_(TRIED),
            Deployment.tool_id.is_not(None),
        )
    )
    named = set(session.execute(here).all())
    if not named:
        return
    rows = session.execute(
        select(Deployment, _SHOWN_AS, Organisation.name, Document.published_on)
        .join(Tool, Tool.id == Deployment.tool_id)
        .join(Document, Document.id == Deployment.document_id)
        .join(Organisation, Organisation.id == Deployment.buyer_id)
        .where(Deployment.buyer_id.in_({buyer for _, buyer in named}))
    )
    for row, tool_id, buyer, published in rows:
        if (row.tool_id, row.buyer_id) in named or (tool_id, row.buyer_id) in named:
            seen = row.first_seen.date()
            told_on = min(published or seen, seen)
            yield Pilot(tool_id, buyer, row.document_id, row.phase, told_on, seen, row.quote)


def _frameworks(session: Session, source_id: int) -> Iterator[Framework]:
    rows = session.scalars(
        select(Notice)
        .join(Document, Document.id == Notice.document_id)
        .where(
            Document.source_id == source_id,
            Document.gone_at.is_(None),
            Notice.framework,
            Notice.ends_on.is_not(None),
        )
        .order_by(Notice.id)
    )
    for row in rows:
        if row.ends_on is not None:
            yield Framework(row.document_id, row.title, row.ends_on, row.quote)


def _listed(session: Session) -> Iterator[tuple[int, str]]:
    rows = session.execute(
        select(Displayed.subject_id, Statement.value)
        .join(Statement, Statement.id == Displayed.statement_id)
        .where(
            Displayed.subject_type == "tool",
            Displayed.property == "listing",
            Statement.absence == "yes",
        )
    )
    for tool_id, value in rows:
        yield tool_id, value.partition(", service ")[0]
