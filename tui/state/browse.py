"""What is being browsed: the question, its answers, the marks and the place of the cursor."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from catalogue.completion import finished
from catalogue.errors import QueryError, UnknownNameError
from catalogue.query import Query, attempt
from catalogue.rows import FacetCount, Filters, Hit, Totals
from tui.services import SORTS
from tui.state.wording import number, plural, searched

Phase = Literal["all", "words", "meaning"]

MANY_MARKS = 50
"""Marks set at once above which the reader is asked."""


@dataclass(slots=True)
class Browse:
    """The browse screen's memory. Methods change it and say what the screen must do next."""

    filters: Filters = field(default_factory=Filters)
    """Those chosen in the pane; the line may choose others."""
    sort: str = SORTS[0][0]
    query: str = ""
    """As typed."""
    phase: Phase = "all"
    ids: array[int] = field(default_factory=lambda: array("q"))
    waiting: array[int] | None = None
    """Results by words and meaning that wait for the reader to ask for them."""
    moved: bool = False
    """Whether the reader moved since the question was put."""
    hits: dict[int, Hit] = field(default_factory=dict)
    """Why a tool was found."""
    pages: tuple[Hit, ...] = ()
    """Documents that match."""
    marks: set[int] = field(default_factory=set)
    facets: tuple[FacetCount, ...] = ()
    facets_stale: bool = True
    totals: Totals | None = None
    shortlist: str = ""
    """The shortlist used last."""
    no_meaning: str = ""
    """Why only words are searched; "" when meaning is ready or on its way."""
    meant: tuple[tuple[str, str], ...] = ()
    """Words that no page has, and those searched for instead."""
    asked: Query = field(default_factory=Query)
    """What is asked: what was typed, as far as it can be understood, and the filters."""
    _typed: Query = field(default_factory=Query)
    _faults: tuple[QueryError | UnknownNameError, ...] = ()

    def ask(self, query: str) -> bool:
        """Put another question; False when it is the same."""
        query = " ".join(query.split())
        if query == self.query:
            return False
        self._read(query)
        self._unsettle()
        return True

    def narrow(self, facet: str, code: str, *, excluded: bool = False) -> None:
        """Switch one filter; one that the line asks for is taken out of the line."""
        typed = self._typed
        if excluded or code in typed.filters.of(facet):
            self._say(replace(typed, filters=typed.filters.less(facet, code)))
        else:
            self.filters = self.filters.toggled(facet, code)
        self._unsettle()

    def widen(self) -> bool:
        """Switch all filters off, also those that the line asks for; False when there were none."""
        if not self.asked.filters.count():
            return False
        self.filters = Filters()
        self._say(replace(self._typed, filters=Filters()))
        self._unsettle()
        return True

    def leave_out(self, unknown: UnknownNameError) -> None:
        """Ask for the rest, where a name is unknown."""
        self._typed = replace(
            self._typed, filters=self._typed.filters.less(unknown.field, unknown.name)
        )
        self._faults = (*self._faults, unknown)
        self._unsettle()

    @property
    def wrong(self) -> str:
        """The first thing in the line that cannot be understood, with what may be meant; "" when
        all can.
        """
        if not self._faults:
            return ""
        count = len(self._faults)
        return f"{f'1 of {count}: ' if count > 1 else ''}{self._faults[0]}"

    @property
    def notice(self) -> str:
        """What the reader should know of the question: what is wrong with it, and what was
        searched for instead.
        """
        return " ".join(filter(None, (self.wrong, searched(self.meant))))

    def _say(self, query: Query) -> None:
        """Put another query into the line, where it differs."""
        if query != self._typed:
            self._read(str(query))

    def _read(self, query: str) -> None:
        self.query = query
        self._typed, self._faults = attempt(finished(query))

    def next_sort(self) -> str:
        """Take the next order; returns its label."""
        names = [name for name, _ in SORTS]
        self.sort = names[(names.index(self.sort) + 1) % len(names)]
        self._unsettle()
        return self.sort_label

    def listed(self, ids: array[int]) -> None:
        """Take the list that words, or no question at all, gave."""
        self.ids = ids
        self.waiting = None
        self.phase = "words" if self.asked.text else "all"

    def refined(self, hits: Sequence[Hit]) -> bool:
        """Take the answers by words and meaning; True when the list may change now.

        What is under the reader's cursor does not move once the reader moved: the new order then
        waits for `apply`.
        """
        self.pages = tuple(hit for hit in hits if hit.kind == "document")
        self.hits = {hit.id: hit for hit in hits if hit.kind == "tool"}
        best = array("q", self.hits)
        best.extend(number for number in self.ids if number not in self.hits)
        if best == self.ids:
            self.phase = "meaning"
            return False
        if self.moved:
            self.waiting = best
            return False
        self.ids, self.phase = best, "meaning"
        return True

    def apply(self) -> bool:
        """Put the waiting order in place; False when none waits."""
        if self.waiting is None:
            return False
        self.ids, self.waiting, self.phase = self.waiting, None, "meaning"
        return True

    def toggle_mark(self, tool_id: int) -> None:
        """Mark a tool, or unmark it."""
        self.marks ^= {tool_id}

    def targets(self, under_cursor: int | None) -> list[int]:
        """The tools an action is about: the marked ones, else the one under the cursor."""
        if self.marks:
            order = {tool: place for place, tool in enumerate(self.ids)}
            return sorted(self.marks, key=lambda tool: (order.get(tool, len(order)), tool))
        return [] if under_cursor is None else [under_cursor]

    @property
    def sort_label(self) -> str:
        """The order in force, as words."""
        return "best match" if self.asked.text else dict(SORTS)[self.sort].lower()

    @property
    def phase_label(self) -> str:
        """How the list was found: "words", "words + meaning"."""
        if not self.asked.text:
            return ""
        if self.waiting is not None:
            return "words · R for words + meaning"
        if self.phase == "meaning":
            return "words + meaning"
        return "words only" if self.no_meaning else "words"

    def status(self, row: int) -> str:
        """The line below the list; `row` counts from 0."""
        total = self.totals.tools if self.totals else len(self.ids)
        parts = [f"{number(len(self.ids))} of {plural(max(total, len(self.ids)), 'tool')}"]
        if filters := self.asked.filters.count():
            parts.append(plural(filters, "filter"))
        if self.marks:
            parts.append(f"{number(len(self.marks))} marked")
        if len(self.ids):
            parts.append(f"row {number(row + 1)}")
        parts.append("best match first" if self.asked.text else f"by {self.sort_label}")
        return " · ".join(parts)

    def _unsettle(self) -> None:
        self.asked = self._typed.narrowed(self.filters)
        self.moved = False
        self.waiting = None
        self.facets_stale = True
        self.hits = {}
        self.pages = ()
        self.meant = ()
