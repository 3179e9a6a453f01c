"""Replay: what was kept of pages, read again with today's extractors and without the network."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from catalogue.drafts import Reading
from catalogue.errors import CatalogueError, NotFoundError
from catalogue.inventory import DRAFTS, Difference
from catalogue.listed_document import ListedDocument
from catalogue.replay import KeptDocument, KeptState, Reread
from catalogue.settings import Settings
from crawler.archetypes import Listing, ListingError
from crawler.crawl import PageReader
from crawler.page import Page
from crawler.reader import Reader, ReadFault
from crawler.snapshots import Snapshots
from crawler.source import Source

WORKERS: Final = 2
"""Child processes that read, and documents that are read at a time."""

EXAMPLES: Final = 3
"""Differences of one kind that are told in words."""

HELD_LISTINGS: Final = 4
"""Listings that are kept read: their documents come one after the other."""


class ReplayDoor(Protocol):
    """What a replay asks of `catalogue.replay.Replay`."""

    def documents(self, source: str, *, url: str = "", reader: str = "") -> list[int]:
        """Ids of the documents of a source, or of those that something else has read."""

    def kept(self, document_id: int) -> KeptDocument:
        """A document and its states."""

    def store(
        self, kept: KeptDocument, readings: Sequence[Reading | None], *, dry: bool = False
    ) -> Reread | None:
        """Let a document say what its states are read to say now."""


@dataclass(frozen=True, slots=True)
class Example:
    """One difference, and where it is."""

    url: str
    difference: Difference


@dataclass(eq=False)
class Replayed:
    """What a replay came to, so far."""

    unchanged: int = 0
    changed: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)
    """Documents that were left as they are, each with the reason."""
    lost_states: int = 0
    """Older states that cannot be read any more: what was read in them is kept."""
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """How many differences there are, by kind, extractor, and what became of it."""
    examples: list[Example] = field(default_factory=list)
    new_tools: set[str] = field(default_factory=set)
    silent_tools: set[str] = field(default_factory=set)
    """Tools of which nothing is said any more."""

    def count(self, url: str, outcome: Reread) -> None:
        """Take up what reading one document again changed."""
        self.unchanged += not outcome.changed
        self.changed += outcome.changed
        self.new_tools.update(outcome.new_tools)
        self.silent_tools.update(outcome.silent_tools)
        for one in outcome.differences:
            if one.kind == DRAFTS:  # told by what came of them
                continue
            key = one.kind, one.extractor, one.what
            self.counts[key] += 1
            if self.counts[key] <= EXAMPLES:
                self.examples.append(Example(url, one))


def catch_up(sources: Sequence[Source], door: ReplayDoor, settings: Settings) -> Replayed:
    """Read again what of these sources something else has read than reads them now.

    A crawl begins with it: what it compares has then been read alike, before and after, and what
    differs is the market's doing.
    """
    work = [(source, door.documents(source.name, reader=source.reader)) for source in sources]
    return replay([one for one in work if one[1]], door, settings)


def replay(
    work: Sequence[tuple[Source, Sequence[int]]],
    door: ReplayDoor,
    settings: Settings,
    *,
    dry: bool = False,
    progress: Callable[[int, int], None] | None = None,
    reader: PageReader | None = None,
) -> Replayed:
    """Read documents again, all their states, and store what they say now.

    Each document is a transaction: what is broken off can be done again, and nothing is lost.

    Args:
        work: Sources, each with the ids of its documents.
        door: The catalogue.
        settings: The settings in force.
        dry: Whether nothing is to be kept.
        progress: Told how many documents are done, and how many there are.
        reader: Reads the pages; without one, child processes do, as in a crawl.
    """
    replaying = _Replaying(door, settings, dry=dry, progress=progress)
    return asyncio.run(replaying.run(work, reader)) if work else Replayed()


class _Replaying:
    """One replay under way."""

    def __init__(
        self,
        door: ReplayDoor,
        settings: Settings,
        *,
        dry: bool,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self._door = door
        self._settings = settings
        self._dry = dry
        self._progress = progress
        self._came_to = Replayed()

    async def run(
        self, work: Sequence[tuple[Source, Sequence[int]]], reader: PageReader | None
    ) -> Replayed:
        """Read all of it, a few documents at a time."""
        crawl = self._settings.crawl
        total = sum(len(documents) for _, documents in work)
        own = Reader(crawl.read_timeout, crawl.read_memory, WORKERS, crawl.max_html)
        done = 0
        async with own:
            for source, documents in work:
                states = _States(source, reader or own, Snapshots(self._settings.snapshots))
                for some in _few(documents):
                    await self._read(states, some)
                    done += len(some)
                    if self._progress is not None:
                        self._progress(done, total)
        return self._came_to

    async def _read(self, states: _States, documents: Sequence[int]) -> None:
        """Read some documents together, and store them one after the other."""
        kept = [self._door.kept(one) for one in documents]
        read = await asyncio.gather(*map(states.read, kept))
        for document, readings in zip(kept, read, strict=True):
            self._store(document, readings)

    def _store(self, document: KeptDocument, read: Sequence[Reading | str]) -> None:
        """Store one document, unless its newest state cannot be read."""
        if isinstance(read[-1], str):
            self._came_to.left.append((document.url, read[-1]))
            return
        readings = [None if isinstance(one, str) else one for one in read]
        outcome = self._door.store(document, readings, dry=self._dry)
        if outcome is None:
            self._came_to.left.append((document.url, "It was visited meanwhile."))
            return
        self._came_to.lost_states += readings.count(None)
        self._came_to.count(document.url, outcome)


class _States:
    """Reads the states of the documents of one source."""

    def __init__(self, source: Source, reader: PageReader, snapshots: Snapshots) -> None:
        self._source = source
        self._reader = reader
        self._snapshots = snapshots
        self._listings: OrderedDict[tuple[str, str], Mapping[str, ListedDocument]] = OrderedDict()

    async def read(self, document: KeptDocument) -> list[Reading | str]:
        """A reading for each state, or why there is none."""
        return [await self._state(document, state) for state in document.states]

    async def _state(self, document: KeptDocument, state: KeptState) -> Reading | str:
        try:
            body = self._snapshots.get(state.raw_sha)
        except (NotFoundError, CatalogueError) as error:
            return error.message
        if state.listed:
            return await self._in_listing(document, state, body)
        page = Page(state.url, body, state.content_type, state.fetched_at)
        reading = await self._reader.read(page, self._source.read_request())
        if isinstance(reading, ReadFault):
            return f"It cannot be read any more: {reading.note}"
        return self._source.signed(reading, state.url)

    async def _in_listing(
        self, document: KeptDocument, state: KeptState, body: bytes
    ) -> Reading | str:
        """A document that stands in a listing: its archetype reads it."""
        key = state.raw_sha, state.url
        if key not in self._listings:
            listing = Listing(state.url, body, state.content_type)
            try:
                # On a thread, as a crawl does: a package of notices takes a second.
                listed = await asyncio.to_thread(self._source.walk.listed, listing)
            except ListingError as error:
                return f"Its listing cannot be read any more: {error.message}"
            self._listings[key] = {one.url: one for one in listed.documents}
            if len(self._listings) > HELD_LISTINGS:
                self._listings.popitem(last=False)
        found = self._listings[key].get(document.url)
        if found is None:
            return "Its listing is not read to hold it any more."
        return self._source.signed(found.reading, state.url, listed=True)


def _few(documents: Sequence[int]) -> Iterator[Sequence[int]]:
    """The documents that are read at a time."""
    return (documents[start : start + WORKERS] for start in range(0, len(documents), WORKERS))
