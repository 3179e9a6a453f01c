"""Listings: who stands on a registry, who has joined it, and who has left.

To be listed is a fact about the registry and no approval, so nothing here says more than
"listed on". Joining and leaving are told at the end of a sound run, over all pages of the
registry at once: an entry that has moved to another page has done neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import issues
from catalogue.drafts import ListingDraft
from catalogue.models import CrawlRun, Document, Listing, Organisation, Signal
from catalogue.text import name_key

HELD_BACK = "listings"
"""Kind of issue: a registry that lost more than `BELIEVED` of its entries at once."""

BELIEVED = 0.5
"""Largest share of a registry's entries that may leave at once: more looks like a page that was
not all there."""

_Key = tuple[str, int, str]


def keep(
    session: Session, document: Document, listed: Iterable[tuple[ListingDraft, Organisation]]
) -> None:
    """Bring the listings of a document in step with what it says: one for each organisation and
    tool, added or extended.
    """
    rows = {
        (row.organisation_id, row.tool_key): row
        for row in session.scalars(select(Listing).where(Listing.document_id == document.id))
    }
    wanted: set[tuple[int, str]] = set()
    for draft, organisation in listed:
        key = (organisation.id, name_key(draft.tool))
        wanted.add(key)
        row = rows.get(key)
        if row is None:
            row = rows[key] = Listing(
                organisation_id=organisation.id,
                document_id=document.id,
                tool_key=key[1],
                voice=document.voice,
                first_seen=document.changed_at,
            )
            session.add(row)
        row.listed_on, row.self_certified = draft.registry, draft.self_certified
        row.tool, row.extractor = draft.tool, draft.extractor
        row.quote, row.place = draft.name.text, draft.name.place
        row.last_seen = document.last_seen
    for key, row in rows.items():
        if key not in wanted and row.last_seen == document.last_seen:
            session.delete(row)  # the same words were joined to another organisation before
    session.flush()


def place_of(registry: str, *, self_certified: bool) -> str:
    """Where somebody is listed, and by whose word: never more than that."""
    return f"{registry}, self-certified" if self_certified else registry


def settle(session: Session, run: CrawlRun, now: datetime) -> int:
    """Tell who joined and who left the registry that a sound run has walked; a source's first
    run tells nothing. Returns the number of signals.

    Where more than `BELIEVED` of the entries are gone, nobody counts as gone: an issue is opened.
    """
    rows = session.execute(
        select(Listing, Document)
        .join(Document, Document.id == Listing.document_id)
        .where(Document.source_id == run.source_id)
        .order_by(Listing.id)
    ).all()
    before = {_key(row): row for row, _ in rows if row.listed}
    after = {
        _key(row): row
        for row, page in rows
        if row.last_seen == page.last_seen and page.gone_at is None
    }
    lost = before.keys() - after.keys()
    held = len(lost) > BELIEVED * len(before)
    _tell_issue(session, run, len(lost) if held else 0, len(before), now)
    for row, _ in rows:
        key = _key(row)
        row.listed = after.get(key) is row or (held and key in lost and row.listed)
    if run.baseline:
        return 0
    joined = [_signal("SIG_REGISTRY_JOINED", after[key]) for key in after.keys() - before.keys()]
    left = [] if held else [_signal("SIG_REGISTRY_LEFT", before[key]) for key in lost]
    told = sorted([*joined, *left], key=lambda one: (one.type, one.subject, one.before, one.after))
    for signal in told:
        signal.run_id, signal.detected_at = run.id, now
    session.add_all(told)
    session.flush()
    return len(told)


def believe(session: Session, source_id: int) -> None:
    """Take what is read of a registry now for what stood there before: it is read otherwise, and
    has not changed, so its next run must not tell of anybody who joined.
    """
    settled = select(CrawlRun.id).where(
        CrawlRun.source_id == source_id, CrawlRun.state == "finished"
    )
    if session.scalar(settled.limit(1)) is None:
        return
    rows = session.execute(
        select(Listing, Document)
        .join(Document, Document.id == Listing.document_id)
        .where(Document.source_id == source_id)
        .order_by(Listing.id)
    ).all()
    believed = {_key(row) for row, _ in rows if row.listed}
    for row, page in rows:
        if row.last_seen == page.last_seen and page.gone_at is None and _key(row) not in believed:
            row.listed = True
            believed.add(_key(row))


def _key(row: Listing) -> _Key:
    return row.listed_on, row.organisation_id, row.tool_key


def _signal(kind: str, row: Listing) -> Signal:
    said = f"listed on {place_of(row.listed_on, self_certified=row.self_certified)}"
    said = f"{row.tool}: {said}" if row.tool else said
    joined = kind == "SIG_REGISTRY_JOINED"
    return Signal(
        type=kind,
        subject=row.organisation.name,
        document_id=row.document_id,
        before="" if joined else said,
        after=said if joined else "",
    )


def _tell_issue(session: Session, run: CrawlRun, lost: int, known: int, now: datetime) -> None:
    subject = f"{run.source.name}: entries"
    if lost:
        note = f"{lost} of {known} entries are gone, more than half: nobody counts as gone."
        issues.meet(session, run.source_id, HELD_BACK, subject, note, now)
    elif known:
        issues.passed(session, run.source_id, subject)
