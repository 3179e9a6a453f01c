"""The services over the real catalogue and the real search engine."""

from __future__ import annotations

import sys
import threading
from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from catalogue.clock import clock_at
from catalogue.database import open_database
from catalogue.documents import Aspect
from catalogue.errors import CatalogueError, ModelError
from catalogue.hint_shelf import HintShelf
from catalogue.match_rows import MatchReport
from catalogue.queries import detail, names, signals, sources, speakers, stories, tools, totals
from catalogue.query import NOTHING, Query
from catalogue.resemblance import Resemblance
from catalogue.review.corrections import correction, term_named, told
from catalogue.review.rulings import Rulings
from catalogue.review.shortlists import Shortlists
from catalogue.rows import (
    FacetCount,
    Filters,
    Hit,
    ShortlistRow,
    SignalRow,
    SourceRow,
    ToolDetail,
    ToolRow,
    Totals,
    Verdict,
)
from catalogue.settings import Settings
from catalogue.shelf import Shelf
from search import fusion, model, needs
from search.embedder import Embedder
from search.engine import SearchEngine
from search.hinter import Hinter
from search.indexer import Indexer
from search.tagger import Tagger
from tui import likenesses, matching
from tui.steps import Log, Steps

if TYPE_CHECKING:
    from catalogue.frontier import Frontier
    from catalogue.ingest import Ingestor
    from catalogue.review.bearings import Bearings
    from tui.saved import Saved
    from tui.screening import Screening

MENDING = 90.0
"""Seconds that a search waits for another process that is refreshing the index."""

WORDS_LIMIT = 1000
"""Most tools that a search by words gives while somebody types."""


class Live:
    """Everything the app and the commands may ask, over one catalogue (`tui.services.Services`).

    Raises:
        CatalogueError: the catalogue cannot be opened.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = open_database(settings)
        self.clock = clock_at(settings.today)
        self._shortlists = Shortlists(self.database, settings.reviewer, self.clock)
        self._rulings = Rulings(self.database, settings.reviewer, self.clock)
        self._of_shortlists = Log(self._shortlists.undo, self._shortlists.redo)
        self._of_tags = Log(self.undo_tags, self._redo_tags)
        self._steps = Steps(self._of_shortlists)
        self._mending = threading.Lock()
        self._notices: list[str] = []
        self._noted: set[str] = set()

    @cached_property
    def shelf(self) -> Shelf:
        """The search documents of the catalogue."""
        return Shelf(self.database, self.clock)

    @cached_property
    def engine(self) -> SearchEngine:
        """The search engine over the indexes."""
        search = self.settings.search
        combine = fusion.chosen(search.fusion, search.meaning_weight, search.rrf_k)
        return SearchEngine(
            self.shelf, self.settings.indexes, self.embedder, combine, search.floor, self.earlier
        )

    @cached_property
    def screening(self) -> Screening:
        """Projects, as this reviewer screens them."""
        from tui.screening import Screening

        return Screening(self, self._mend)

    def embedder(self) -> Embedder:
        """The encoder that the settings name, prepared if it is the first time.

        Raises:
            ModelError: it is missing or is not what it claims to be.
        """
        search = self.settings.search
        return model.load(
            search.model, self._models, search.engine, search.threads, self._notices.append
        )

    def earlier(self, key: str) -> Embedder:
        """The encoder with this key, by which an index still answers after the settings named
        another. Raises ModelError.
        """
        return model.earlier(key, self._models, self.settings.search.threads)

    @property
    def _models(self) -> Path:
        return self.settings.indexes / "models"

    def indexer(self, *, meaning: bool = True) -> Indexer:
        """The indexer; without `meaning` it needs no model and embeds nothing."""
        indexes, limit = self.settings.indexes, self.settings.search.exact_up_to
        if not meaning:
            return Indexer(self.shelf, None, indexes, None, limit, self.model_key())
        embedder = self.embedder()
        hinter = Hinter(HintShelf(self.database), embedder)
        return Indexer(self.shelf, embedder, indexes, hinter, limit)

    def model_key(self) -> str:
        """Key of the model that the settings name; "" where it is missing."""
        try:
            return model.find(self.settings.search.model).key
        except ModelError:
            return ""

    def tagger(self) -> Tagger:
        """What suggests terms by words and meaning, taught by people's corrections.

        Raises:
            ModelError: as `embedder`.
        """
        return Hinter(HintShelf(self.database), self.embedder()).tagger()

    def frontier(self) -> Frontier:
        """The frontier of this catalogue."""
        from catalogue.frontier import Frontier

        return Frontier(self.database, self.clock, self.settings.crawl.lease)

    def ingestor(self) -> Ingestor:
        """The ingestor of this catalogue."""
        from catalogue.ingest import Ingestor

        return Ingestor(self.database, self.clock)

    def totals(self) -> Totals:
        """How much the catalogue holds."""
        with self.database.read() as session:
            return totals.totals(session)

    def sources(self) -> Sequence[SourceRow]:
        """The registered sources and how their last run went."""
        with self.database.read() as session:
            return sources.sources(session)

    def find_tool(self, text: str) -> int:
        """Id of the tool a person means. Raises NotFoundError."""
        with self.database.read() as session:
            return tools.find_tool(session, text)

    def names(self) -> Mapping[str, Sequence[str]]:
        """Suppliers and shortlists, by the field that narrows to them."""
        with self.database.read() as session:
            return names.names(session)

    def browse(self, query: Query, sort: str) -> array[int]:
        """Ids of all tools that pass the filters and hold no word that must not stand."""
        with self.database.read() as session:
            ids = tools.browse(session, query.filters, sort, self._today())
        if not query.without:
            return ids
        self._mend()
        passing = self.engine.without(query.without)
        if passing is None:
            return ids
        passes = set(passing.tolist())
        return array("q", [one for one in ids if one in passes])

    def words(self, query: Query) -> array[int]:
        """Ids of tools whose words match, best first."""
        self._mend()
        return self.engine.words(query, WORDS_LIMIT)

    def meant(self, query: Query, *, unfinished: bool = False) -> Sequence[tuple[str, str]]:
        """Pairs of a word that no page has and the one that is searched for instead."""
        return self.engine.meant(query, unfinished=unfinished)

    def search(self, query: Query, limit: int) -> Sequence[Hit]:
        """Tools and documents by words and meaning, fused; the tools that pass the filters where
        nothing else is asked.
        """
        self._mend()
        hits = self.engine.search(query, limit) if query.text else self._listed(query, limit)
        with self.database.read() as session:
            return speakers.spoken(session, stories.marked(session, hits))

    def _listed(self, query: Query, limit: int) -> list[Hit]:
        """What passes a query that only narrows, strongest evidence first."""
        ids = self.browse(query, "evidence")
        with self.database.read() as session:
            return tools.listed(session, ids[:limit])

    @cached_property
    def saved(self) -> Saved:
        """The saved searches."""
        from catalogue.review.saved_searches import SavedSearches
        from tui.saved import Saved

        searches = SavedSearches(self.database, self.settings.reviewer, self.clock)
        return Saved(searches, self.search, sys.maxsize)

    def match(self, title: str, text: str, query: Query, limit: int) -> MatchReport:
        """Which tools' pages say what a page of requirements asks for."""
        self._mend()
        asked = needs.read(text)
        found = self.engine.match(asked.needs, query, self.use_cases)
        with self.database.read() as session:
            return matching.report(session, title, asked, found, query, limit, self.clock())

    def use_cases(self, ids: Sequence[int]) -> dict[int, frozenset[str]]:
        """The use cases of some tools, accepted or suggested."""
        with self.database.read() as session:
            return tools.use_cases(session, ids)

    def rows(self, ids: Sequence[int]) -> dict[int, ToolRow]:
        """The lines of the list for some tools."""
        with self.database.read() as session:
            return tools.rows(session, ids)

    def facets(self, filters: Filters, ids: Sequence[int] | None) -> Sequence[FacetCount]:
        """Counts per facet and code."""
        with self.database.read() as session:
            return tools.facets(session, filters, ids, self._today())

    def detail(self, tool_id: int) -> ToolDetail:
        """Everything known of one tool. Raises NotFoundError."""
        with self.database.read() as session:
            return detail.detail(session, tool_id, self._today())

    def similar(
        self, tool_id: int, limit: int, by: Aspect | None = None
    ) -> Sequence[tuple[ToolRow, Resemblance]]:
        """Tools that are likest to one, with what is alike and what differs."""
        self._mend()
        found = self.engine.similar("tool", tool_id, limit, by=by)
        with self.database.read() as session:
            return likenesses.told(session, tool_id, found, self._today())

    def signals(self, limit: int) -> Sequence[SignalRow]:
        """Newest signals first."""
        with self.database.read() as session:
            return signals.signals(session, limit)

    def shortlists(self) -> Sequence[ShortlistRow]:
        """All shortlists, by name, with their items."""
        return self._shortlists.all()

    def shortlist(self, name: str) -> ShortlistRow:
        """The shortlist of that name; capitals do not count. Raises NotFoundError."""
        return self._shortlists.get(name)

    def new_shortlist(self, name: str, purpose: str, query: Query = NOTHING) -> ShortlistRow:
        """Make an empty shortlist that remembers the query it is made from."""
        made = self._shortlists.create(name, purpose, query)
        self._steps.did(self._of_shortlists)
        return made

    def add(self, shortlist: str, tool_ids: Sequence[int], reason: str) -> int:
        """Put tools on a shortlist as one step."""
        new = self._shortlists.add(shortlist, tool_ids, reason)
        if new:
            self._steps.did(self._of_shortlists)
        return new

    def remove(self, shortlist: str, tool_ids: Sequence[int], reason: str) -> int:
        """Take tools off a shortlist as one step."""
        gone = self._shortlists.remove(shortlist, tool_ids, reason)
        if gone:
            self._steps.did(self._of_shortlists)
        return gone

    def correct(self, tool_id: int, terms: Sequence[str], verdict: Verdict, why: str = "") -> str:
        """Accept or reject terms on a tool, or take back what was decided, as one step."""
        decisions = [correction(tool_id, term_named(term), verdict, why) for term in terms]
        self._rulings.decide("tag", decisions)
        self._steps.did(self._of_tags)
        return f"{told(decisions)}."

    def undo_tags(self) -> str:
        """Take back this reviewer's last step on tags; says what, "" when there is nothing."""
        undone = self._rulings.undo("tag")
        return f"Undone: {told(undone)}." if undone else ""

    def _redo_tags(self) -> str:
        return "Done again." if self._rulings.redo("tag") else ""

    def undo(self) -> str:
        """Take back this reviewer's last step."""
        return self._steps.undo()

    def redo(self) -> str:
        """Do again what was last undone."""
        return self._steps.redo()

    def bear(self, claim: str, evidence: str, relation: str, why: str) -> tuple[str, str]:
        """Say how evidence bears on a claim; gives the words of both. See `Bearings.bear`."""
        return self._bearings().bear(claim, evidence, relation, why)

    def undo_bearing(self) -> bool:
        """Take back this reviewer's last word on a claim; False when there is none."""
        return bool(self._bearings().undo())

    def _bearings(self) -> Bearings:
        from catalogue.review.bearings import Bearings

        return Bearings(self.database, self.settings.reviewer, self.clock)

    def formats(self) -> Sequence[tuple[str, str, str]]:
        """Export formats: name, title, file suffix."""
        from catalogue import exporters

        return [(one.NAME, one.TITLE, one.SUFFIX) for one in exporters.EXPORTERS.values()]

    def export(
        self, shortlist: str, format_name: str, path: Path, progress: Callable[[int, int], None]
    ) -> int:
        """Write a shortlist to `path`; returns the number of tools written."""
        from catalogue import exporters

        row = self.shortlist(shortlist)
        details = (self.detail(item.tool_id) for item in row.items)
        edition = exporters.Edition(
            at=self.clock(),
            by=self.settings.reviewer,
            totals=self.totals(),
            sources=tuple(self.sources()),
        )
        return exporters.export(row, details, format_name, path, progress, edition=edition)

    def reviewer(self) -> str:
        """Name the events of this session are written under."""
        return self.settings.reviewer

    def warm(self) -> str:
        """Load the search engine and its model."""
        self._mend()
        return self.engine.warm()

    def notices(self) -> Sequence[str]:
        """What the reader should know of the search index, each sentence once: that it was
        damaged and made anew, or that another model is on its way.
        """
        said, self._notices = self._notices, []
        if (note := self.engine.note()) and note not in self._noted:
            self._noted.add(note)
            said.append(note)
        return said

    def close(self) -> None:
        """Let go of connections."""
        self.database.close()

    def _today(self) -> date:
        return self.clock().date()

    def _mend(self) -> None:
        """Make a missing or damaged index again from the catalogue: it is only a cache. Vectors
        are kept in the catalogue, so that no model is needed.
        """
        if not self.engine.broken():
            return
        with self._mending:
            if self.engine.broken():
                try:
                    done = self.indexer(meaning=False).refresh(patience=MENDING, trusting=False)
                except CatalogueError as error:
                    # Another process is making it; answers come by what there is.
                    self._notices.append(str(error))
                else:
                    self._notices += done.rebuilt
