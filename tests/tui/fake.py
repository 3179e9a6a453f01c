"""Services over the invented market, in memory: what the app is tested and measured with."""

from __future__ import annotations

import threading
from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from catalogue.errors import CatalogueError, NotFoundError, StaleWriteError, UnknownNameError
from catalogue.match_rows import CoverRow, MatchedToolRow, MatchReport, NeedRow, SaidRow
from catalogue.query import NOTHING, Query
from catalogue.resemblance import Resemblance
from catalogue.rows import (
    FACETS,
    FacetCount,
    Filters,
    Hit,
    ShortlistItemRow,
    ShortlistRow,
    SignalRow,
    Speaker,
    TagRow,
    ToolDetail,
    ToolRow,
    Totals,
    Verdict,
)
from tests.tui import market

SEEN = date(2026, 11, 5)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
REVIEWER = "J. Smith"
Step = tuple[str, str, tuple[int, ...], int]
"""What was done: "add" or "remove", the shortlist, the tools, its version afterwards."""


class FakeServices:
    """Implements `tui.services.Services` over `count` invented tools."""

    def __init__(self, count: int = 40) -> None:
        self.count = count
        self.lists: dict[str, ShortlistRow] = {}
        self.exported: list[tuple[str, str, Path]] = []
        self.tags: dict[tuple[int, str], TagRow] = {}
        """Tags that were accepted or rejected, by tool and code."""
        self.closed = False
        self.noticed: list[str] = []
        """What `notices` gives next."""
        self.asked: list[str] = []
        """Names of the methods called, in order."""
        self.slow: dict[str, threading.Event] = {}
        """Methods that wait for an event before they answer."""
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._words: list[str] | None = None
        self._lock = threading.RLock()

    @classmethod
    def generated(cls, count: int = 100_000) -> FakeServices:
        """A market of any size; rows are made when they are asked for."""
        return cls(count)

    def _asked(self, method: str) -> None:
        self.asked.append(method)
        if method in self.slow:
            assert self.slow[method].wait(10)

    @property
    def _ids(self) -> range:
        return range(1, self.count + 1)

    def totals(self) -> Totals:
        return Totals(self.count * 3, self.count, max(1, self.count // 3), self.count * 3,
                      self.count, self.count // 2, self.count * 2)  # fmt: skip

    def names(self) -> Mapping[str, Sequence[str]]:
        houses = sorted({market.supplier_of(n) for n in self._ids[:200]})
        return {"supplier": houses, "shortlisted": sorted(self.lists)}

    def _passes(self, number: int, filters: Filters) -> bool:
        """As the filters say; a supplier may be named, and fields there are not let all pass."""
        codes = _codes(number)
        for name in filters.of("supplier"):
            if not name.isdigit() and name not in self.names()["supplier"]:
                raise UnknownNameError(f"There is no supplier '{name}'.", "", "supplier", name)
        held = {market.supplier_of(number), *codes.values()}
        return all(held & asked for facet, asked in filters.chosen if facet in codes) and not any(
            held & asked for _, asked in filters.excluded
        )

    def browse(self, query: Query, sort: str) -> array[int]:
        self._asked("browse")
        filters = query.filters
        ids = [n for n in self._ids if not filters.count() or self._passes(n, filters)]
        keys: dict[str, Callable[[int], object]] = {
            "name": market.name_of,
            "evidence": lambda n: (-market.strength_of(n), market.name_of(n)),
            "changed": lambda n: n % 40,
            "supplier": market.supplier_of,
        }
        return array("q", sorted(ids, key=keys[sort]))  # type: ignore[arg-type]  # they compare

    def words(self, query: Query) -> array[int]:
        self._asked("words")
        wanted = query.text.casefold().replace("roat", "rota").split()
        with self._lock:
            if self._words is None:
                self._words = [_haystack(n) for n in self._ids]
        found = (n for n, hay in zip(self._ids, self._words, strict=True)
                 if all(word in hay for word in wanted))  # fmt: skip
        return array("q", (n for n in found if self._passes(n, query.filters)))

    def meant(self, query: Query, *, unfinished: bool = False) -> Sequence[tuple[str, str]]:
        del unfinished
        return [(word, "rota") for word in query.text.split() if word == "roat"]

    def search(self, query: Query, limit: int) -> Sequence[Hit]:
        self._asked("search")
        text = query.text
        near = list(self.words(query))[-limit:][::-1]
        tools = [
            Hit("tool", n, market.name_of(n), f"http://{market.host_of(n)}/", 1 / (60 + place),
                f"{market.name_of(n)} plans shifts and writes letters.",
                f"http://{market.host_of(n)}/product", (("words", 0.016), ("meaning", 0.015)),
                0.61, ("plans",), Speaker("Product", market.supplier_of(n), "Supplier", SEEN))
            for place, n in enumerate(near)
        ]  # fmt: skip
        pages = [
            Hit("document", 900 + n, title, f"http://www.bulletin.example/{n}", 0.01, passage,
                f"http://www.bulletin.example/{n}", matched=tuple(text.split()),
                speaker=Speaker(title, "The Bulletin", "Press", SEEN))
            for n, (title, passage) in enumerate(
                (
                    ("Board paper: e-rostering options", f"The board heard about {text}."),
                    ("Trust news, October", f"A team has begun to look at {text} tools."),
                )
            )
        ]  # fmt: skip
        return [*tools, *pages]

    def rows(self, ids: Sequence[int]) -> dict[int, ToolRow]:
        self._asked("rows")
        return {n: market.row(n, self._on(n)) for n in ids if n in self._ids}

    def facets(self, filters: Filters, ids: Sequence[int] | None) -> Sequence[FacetCount]:
        self._asked("facets")
        answer: list[FacetCount] = []
        pool = self._ids if ids is None else ids
        for facet, _ in FACETS:
            others = Filters(tuple(pair for pair in filters.chosen if pair[0] != facet))
            counts = Counter(_codes(n)[facet] for n in pool if self._passes(n, others))
            answer += [FacetCount(facet, code, _label(facet, code), counts[code])
                       for code in sorted(counts)]  # fmt: skip
        return answer

    def detail(self, tool_id: int) -> ToolDetail:
        self._asked("detail")
        if tool_id not in self._ids:
            raise NotFoundError(f"There is no tool {tool_id}.")
        found = market.detail(tool_id, self._on(tool_id))
        tags = tuple(self.tags.get((tool_id, tag.code), tag) for tag in found.tags)
        return replace(found, tags=tags)

    def similar(self, tool_id: int, limit: int) -> Sequence[tuple[ToolRow, Resemblance]]:
        near = [n for n in self._ids if n % 8 == tool_id % 8 and n != tool_id][:limit]
        return [
            (
                market.row(n, self._on(n)),
                market.resemblance(0.93 - place / 50),
            )
            for place, n in enumerate(near)
        ]

    def match(self, title: str, text: str, query: Query, limit: int) -> MatchReport:
        self._asked("match")
        needs = tuple(
            NeedRow(at, line.lstrip("- "), "must", "", at)
            for at, line in enumerate(filter(None, text.splitlines()), 1)
        )
        words = SaidRow(
            "Drafts rotas.", "Rotaflow Systems Ltd", "Supplier", False,
            "http://www.rotaflow.example/", "Rotaflow", None, NOW.date(),
        )  # fmt: skip
        found = tuple(
            MatchedToolRow(
                market.row(n, self._on(n)),
                "http://www.rotaflow.example/",
                (CoverRow(1, "covered", 0.9, words, ""),),
            )
            for n in self._ids[:limit]
        )
        covered = tuple(len(found) if need.number == 1 else 0 for need in needs)
        return MatchReport(
            title, NOW, str(query), self.count, needs, (), found, covered, (0,) * len(needs)
        )

    def signals(self, limit: int) -> Sequence[SignalRow]:
        return [market.detail(n).signals[0] for n in self._ids[:limit]]

    def _on(self, number: int) -> tuple[str, ...]:
        return tuple(name for name, held in sorted(self.lists.items())
                     if any(item.tool_id == number for item in held.items))  # fmt: skip

    def shortlists(self) -> Sequence[ShortlistRow]:
        return [self.lists[name] for name in sorted(self.lists)]

    def new_shortlist(self, name: str, purpose: str, query: Query = NOTHING) -> ShortlistRow:
        with self._lock:
            if name in self.lists:
                raise CatalogueError(f"There is already a shortlist '{name}'.")
            made = ShortlistRow(len(self.lists) + 1, name, purpose, REVIEWER, NOW, 1, str(query))
            self.lists[name] = made
            return made

    def add(self, shortlist: str, tool_ids: Sequence[int], reason: str) -> int:
        with self._lock:
            new = self._put(shortlist, tool_ids, reason)
            self._remember("add", shortlist, new)
            return len(new)

    def remove(self, shortlist: str, tool_ids: Sequence[int], reason: str) -> int:
        del reason
        with self._lock:
            gone = self._take(shortlist, tool_ids)
            self._remember("remove", shortlist, gone)
            return len(gone)

    def correct(self, tool_id: int, terms: Sequence[str], verdict: Verdict, why: str = "") -> str:
        for tag in market.detail(tool_id, ()).tags:
            if tag.code in terms:
                self.tags.pop((tool_id, tag.code), None)
                if verdict:
                    ruled = replace(tag, state=verdict, by=REVIEWER, why=why)
                    self.tags[tool_id, tag.code] = ruled
        return f"{', '.join(terms)} {verdict or 'left to the rules'}."

    def undo(self) -> str:
        return self._step(self._done, self._undone, "Undone")

    def redo(self) -> str:
        return self._step(self._undone, self._done, "Done again")

    def changed_by_another(self, shortlist: str) -> None:
        """Somebody else writes: what this reviewer did can no longer be taken back."""
        held = self.lists[shortlist]
        self.lists[shortlist] = replace(held, version=held.version + 1)

    def _remember(self, kind: str, shortlist: str, tools: Sequence[int]) -> None:
        self._done.append((kind, shortlist, tuple(tools), self.lists[shortlist].version))
        self._undone.clear()

    def _step(self, source: list[Step], target: list[Step], word: str) -> str:
        with self._lock:
            if not source:
                return ""
            kind, shortlist, tools, version = source[-1]
            if self.lists[shortlist].version != version:
                raise StaleWriteError(f"Somebody else changed '{shortlist}' since.")
            source.pop()
            back = kind == "add"
            if back:
                self._take(shortlist, tools)
            else:
                self._put(shortlist, tools, "")
            now = self.lists[shortlist].version
            target.append(("remove" if back else "add", shortlist, tools, now))
            verb = "taken off" if back else "put on"
            return f"{word}: {len(tools)} tools {verb} {shortlist}."

    def _held(self, shortlist: str) -> ShortlistRow:
        if shortlist not in self.lists:
            raise NotFoundError(f"There is no shortlist '{shortlist}'.")
        return self.lists[shortlist]

    def _put(self, shortlist: str, tools: Sequence[int], reason: str) -> list[int]:
        held = self._held(shortlist)
        there = {item.tool_id for item in held.items}
        new = [n for n in tools if n not in there]
        items = list(held.items)
        for n in new:
            items.append(
                ShortlistItemRow(
                    len(items) + 1,
                    n,
                    market.name_of(n),
                    market.supplier_of(n),
                    reason,
                    REVIEWER,
                    NOW,
                )
            )
        self.lists[shortlist] = replace(held, items=tuple(items), version=held.version + 1)
        return new

    def _take(self, shortlist: str, tools: Sequence[int]) -> list[int]:
        held = self._held(shortlist)
        gone = [item.tool_id for item in held.items if item.tool_id in set(tools)]
        kept = [item for item in held.items if item.tool_id not in set(tools)]
        items = tuple(replace(item, position=place) for place, item in enumerate(kept, 1))
        self.lists[shortlist] = replace(held, items=items, version=held.version + 1)
        return gone

    def formats(self) -> Sequence[tuple[str, str, str]]:
        return [("csv", "Comma-separated values", "csv"), ("xlsx", "Excel workbook", "xlsx")]

    def export(
        self, shortlist: str, format_name: str, path: Path, progress: Callable[[int, int], None]
    ) -> int:
        held = self._held(shortlist)
        for done in range(len(held.items) + 1):
            progress(done, len(held.items))
        path.write_text("\n".join(item.name for item in held.items), encoding="utf-8")
        self.exported.append((shortlist, format_name, path))
        return len(held.items)

    def reviewer(self) -> str:
        return REVIEWER

    def warm(self) -> str:
        self._asked("warm")
        return ""

    def notices(self) -> Sequence[str]:
        said, self.noticed = self.noticed, []
        return said

    def close(self) -> None:
        self.closed = True


def _codes(number: int) -> dict[str, str]:
    autonomy = market.autonomy_of(number)
    return {
        "use_case": market.USE_CASES[number % 8][0],
        "setting": market.SETTINGS[number % 5][0],
        "evidence": f"EVS_{market.strength_of(number)}",
        "autonomy": "AUT_NOT_STATED" if autonomy is None else f"AUT_{autonomy}",
        "scope": market.SCOPES[number % 6 == 5][0],
        "supplier": f"{market.supplier_number(number):05}",
    }


def _label(facet: str, code: str) -> str:
    labels = dict((*market.USE_CASES, *market.SETTINGS, *market.SCOPES))
    if facet == "evidence":
        return ("None", "Account", "Some data", "Comparison", "Independent", "At scale")[
            int(code[-1])
        ]
    if facet == "autonomy":
        return "Not stated" if code.endswith("STATED") else market.AUTONOMY[int(code[-1])].title()
    if facet == "supplier":
        house = int(code)
        words = f"{market.SECOND[house % 8].title()}{market.FIRST[house * 3 % 8].lower()}"
        return f"{words} {market.HOUSES[house % 5]}"
    return labels[code]


def _haystack(number: int) -> str:
    row = market.row(number)
    return f"{row.name} {row.supplier} {row.use_case}".casefold()
