"""Rereading: what hangs on a document, brought in step with another reading of the same bytes.

Nothing of the market has changed, so nothing is told: no signal is raised, no tool counts as
changed. What a document says and since when is a function of its kept states alone:

- A state is said from when it was first seen (`Snapshot.first_seen`) until it was last seen
  (`Snapshot.last_seen`; the newest lasts as long as its document is seen).
- A value is first seen with the first state in which it is read today, in the words of that state,
  and last seen with the last one. What is read in the newest state is current.
- A state that cannot be read any more counts as saying what was read in it before.
- What is read in no state was a misreading: it is taken away. Tools, organisations and their names
  stay known, because a person's word may hang on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalogue import beginnings, listings, stories
from catalogue.drafts import Reading
from catalogue.inventory import Reread, Said, differences, inventory, said, tools
from catalogue.join import Joined, join
from catalogue.members import all_shown_as
from catalogue.models import Displayed, Document, Listing, Snapshot, Statement, Tool
from catalogue.projection import project
from catalogue.renewing import describe, rejoin

NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""In place of a time that is yet to be found."""


def reread(
    session: Session, document: Document, readings: Sequence[tuple[Snapshot, Reading | None]]
) -> Reread:
    """Let a document say what today's readings of its states give. All of it is to be rolled
    back when nothing differs: rows have then been written for nothing.

    Args:
        session: A session that writes.
        document: The document.
        readings: All its states, oldest first, each with its reading; None where it cannot be
            read any more. The newest must have one.
    """
    return _Rereading(session, document).run(readings)


class _Rereading:
    def __init__(self, session: Session, document: Document) -> None:
        self.session = session
        self.document = document
        self.before = inventory(session, document)
        self.beginnings = beginnings.beginnings(document)
        self.seen, self.changed_at = document.last_seen, document.changed_at
        self.spans = {row: (row.first_seen, row.last_seen) for row in said(session, document)}
        self.found: dict[Said, tuple[datetime, datetime]] = {}
        """Since when and until when each row is said, as far as the states were gone through."""
        self.joined = Joined()

    def run(self, readings: Sequence[tuple[Snapshot, Reading | None]]) -> Reread:
        for row in self.spans:
            row.first_seen = row.last_seen = NEVER
        for snapshot, reading in readings:
            self._take_up(snapshot, reading)
        self.document.last_seen, self.document.changed_at = self.seen, self.changed_at
        unsaid = self._date()
        self.session.flush()
        return self._settle(unsaid)

    def _take_up(self, snapshot: Snapshot, reading: Reading | None) -> None:
        """Add what one state says: what is read in it now, or was when it could be read."""
        first, last = snapshot.first_seen, snapshot.last_seen or self.seen
        if reading is None:
            rows = [row for row, span in self.spans.items() if span[0] <= first <= span[1]]
        else:
            self._join(snapshot, reading, first, last)
            rows = [row for row in said(self.session, self.document) if row.last_seen == last]
        for row in rows:
            known = self.found.get(row)
            if known is None and isinstance(row, Statement) and reading is not None:
                row.snapshot_id = snapshot.id
            since = first if known is None else known[0]
            self.found[row] = since, last
            row.first_seen, row.last_seen = since, NEVER

    def _join(self, snapshot: Snapshot, reading: Reading, first: datetime, last: datetime) -> None:
        """Join the document as it was in one state."""
        describe(self.document, reading, self.document.source)
        self.document.changed_at, self.document.last_seen = first, last
        snapshot.text_sha = reading.text_sha
        self.session.flush()
        joined = join(self.session, self.document)
        self.session.flush()
        self.joined.add(joined)

    def _date(self) -> list[Said]:
        """Date the rows that some state says; returns those that none does."""
        unsaid = []
        for row in said(self.session, self.document):
            if row in self.found:
                row.first_seen, row.last_seen = self.found[row]
                was_current = row in self.spans and self.spans[row][1] == self.seen
                if isinstance(row, Listing) and was_current and row.last_seen != self.seen:
                    row.listed = False  # it never stood there, and so has not left
            else:
                unsaid.append(row)
        return unsaid

    def _settle(self, unsaid: list[Said]) -> Reread:
        """Bring in step what hangs on the document, and take away what no state says."""
        stories.settle(self.session, self.document)
        after = inventory(self.session, self.document, unsaid)
        found = tuple(differences(self.before, after))
        if not found and not self.joined.new_names:
            return Reread()
        spoken_of = tools(self.before) | self.joined.tools
        late = rejoin(self.session, self.document, self.joined)
        self._take_away(unsaid)
        beginnings.keep(self.session, self.document, self.beginnings)
        for tool_id in sorted(set(all_shown_as(self.session, spoken_of | late).values())):
            project(self.session, self.session.get_one(Tool, tool_id))
        if any(one.kind == "listing" for one in found):
            listings.believe(self.session, self.document.source_id)
        return Reread(
            changed=True,
            differences=found,
            new_tools=self._names(self.joined.new_tools),
            silent_tools=self._names(self._silent(tools(self.before) - tools(after))),
        )

    def _take_away(self, unsaid: list[Said]) -> None:
        """Delete rows, and what is shown of them until the next projection."""
        shown = [row.id for row in unsaid if isinstance(row, Statement)]
        self.session.execute(delete(Displayed).where(Displayed.statement_id.in_(shown)))
        for row in unsaid:
            self.session.delete(row)
        self.session.flush()

    def _silent(self, tool_ids: set[int]) -> set[int]:
        """Those of the tools of which no document says anything now."""
        speaks = (
            select(Statement.subject_id)
            .join(Document, Document.id == Statement.document_id)
            .where(
                Statement.subject_type == "tool",
                Statement.subject_id.in_(tool_ids),
                Statement.last_seen == Document.last_seen,
            )
        )
        return tool_ids - set(self.session.scalars(speaks))

    def _names(self, tool_ids: set[int]) -> tuple[str, ...]:
        names = select(Tool.name).where(Tool.id.in_(tool_ids)).order_by(Tool.name)
        return tuple(self.session.scalars(names))
