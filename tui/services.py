"""What the screens and the commands may ask for: the one place where the parts are put together.

`Services` is the protocol that screens, widgets and commands are written against; every answer
is a frozen row. `Live` (opened by `open_services`) puts catalogue and search together and imports
them only when they are first needed; tests use a fake of their own. All methods are safe to call
from a worker thread and none touches a widget.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from catalogue.query import NOTHING, Query
from catalogue.rows import (
    FacetCount,
    Filters,
    Hit,
    ShortlistRow,
    SignalRow,
    ToolDetail,
    ToolRow,
    Totals,
    Verdict,
)

if TYPE_CHECKING:
    from catalogue.match_rows import MatchReport
    from catalogue.resemblance import Resemblance
    from catalogue.settings import Settings
    from tui.live import Live


class Services(Protocol):
    """Everything the app may ask."""

    def totals(self) -> Totals:
        """How much the catalogue holds."""

    def names(self) -> Mapping[str, Sequence[str]]:
        """By field of the query language whose values only the catalogue knows: its values."""

    def browse(self, query: Query, sort: str) -> array[int]:
        """Ids of all tools that pass the filters of a query without free words and hold no word
        that must not stand, in order; `sort` is one of SORTS.

        This and all that take filters or a query raise UnknownNameError where a supplier or
        shortlist is named that there is not.
        """

    def words(self, query: Query) -> array[int]:
        """Ids of tools whose words match, best first: answers at once, never needs the model. The
        last word may be unfinished.
        """

    def meant(self, query: Query, *, unfinished: bool = False) -> Sequence[tuple[str, str]]:
        """Pairs of a word that no page has and the one that is searched for instead;
        `unfinished` where the last word may yet go on.
        """

    def search(self, query: Query, limit: int) -> Sequence[Hit]:
        """Tools and documents by words and meaning, fused, each with the passage that matched;
        where nothing is asked but filters, the tools that pass them, strongest evidence first.
        """

    def match(self, title: str, text: str, query: Query, limit: int) -> MatchReport:
        """Which tools' pages say what a page of requirements asks for; `title` names the page.
        The query narrows the tools, its free words are not asked. At most `limit` tools.
        """

    def rows(self, ids: Sequence[int]) -> dict[int, ToolRow]:
        """The lines of the list for some tools; unknown ids are left out."""

    def facets(self, filters: Filters, ids: Sequence[int] | None) -> Sequence[FacetCount]:
        """Counts per facet and code, over the filtered list or over `ids` where given. A facet's
        own choices do not narrow its own counts.
        """

    def detail(self, tool_id: int) -> ToolDetail:
        """Everything known of one tool. Raises NotFoundError."""

    def similar(self, tool_id: int, limit: int) -> Sequence[tuple[ToolRow, Resemblance]]:
        """Tools that are likest to one by what they do, whom they serve and what is claimed, with
        what is alike and what differs.
        """

    def signals(self, limit: int) -> Sequence[SignalRow]:
        """Newest signals first."""

    def shortlists(self) -> Sequence[ShortlistRow]:
        """All shortlists, by name, with their items."""

    def new_shortlist(self, name: str, purpose: str, query: Query = NOTHING) -> ShortlistRow:
        """Make an empty shortlist that remembers the query it is made from; raises CatalogueError
        when the name is taken.
        """

    def add(self, shortlist: str, tool_ids: Sequence[int], reason: str) -> int:
        """Put tools on a shortlist as one step; returns how many were new on it."""

    def remove(self, shortlist: str, tool_ids: Sequence[int], reason: str) -> int:
        """Take tools off a shortlist as one step; returns how many were on it."""

    def correct(self, tool_id: int, terms: Sequence[str], verdict: Verdict, why: str = "") -> str:
        """Accept or reject terms on a tool by code or name, or take back what was decided, as one
        step; returns what was done as a sentence. Raises NotFoundError and VocabularyError.
        """

    def undo(self) -> str:
        """Take back this reviewer's last step with a compensating event; returns what was undone
        as a sentence, "" when there is nothing to undo. Raises StaleWriteError when somebody
        else changed the same thing since.
        """

    def redo(self) -> str:
        """Do again what was last undone; "" when there is nothing."""

    def formats(self) -> Sequence[tuple[str, str, str]]:
        """Export formats: name, title, file suffix."""

    def export(
        self, shortlist: str, format_name: str, path: Path, progress: Callable[[int, int], None]
    ) -> int:
        """Write a shortlist to `path` (atomically); returns the number of tools written.
        `progress` is called with (done, total).
        """

    def reviewer(self) -> str:
        """Name the events of this session are written under."""

    def warm(self) -> str:
        """Load the search engine and its model; returns "" when meaning is ready, else a
        sentence that says why only words are searched.
        """

    def notices(self) -> Sequence[str]:
        """What the reader should know of the search index, each sentence once."""

    def close(self) -> None:
        """Let go of connections."""


SORTS: tuple[tuple[str, str], ...] = (
    ("name", "Name"),
    ("evidence", "Evidence, strongest first"),
    ("changed", "Changed, newest first"),
    ("supplier", "Supplier"),
)
"""Orders of the list: name, label."""


def open_services(settings: Settings) -> Live:
    """The services over the catalogue of these settings; brings SQLAlchemy and search with it.

    Raises:
        CatalogueError: the catalogue cannot be opened.
    """
    from tui.live import Live

    return Live(settings)
