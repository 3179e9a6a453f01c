"""Saved searches over the live services: what each finds now, and what of it is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from catalogue.query import Query, read
from catalogue.review.saved_searches import SavedSearches
from catalogue.rows import Hit
from catalogue.saved_rows import News, SavedSearchRow

FIRST = 50
"""Tools that count as the answer to a question in free words: the best so many, since by meaning
everything is an answer to some degree."""


class Saved:
    """Asks saved searches again."""

    def __init__(
        self, searches: SavedSearches, ask: Callable[[Query, int], Sequence[Hit]], all_tools: int
    ) -> None:
        """`ask` answers a query with at most so many hits; `all_tools` is more than there are."""
        self._searches = searches
        self._ask = ask
        self._all = all_tools

    def add(self, name: str, query: Query) -> SavedSearchRow:
        """Keep a query under a name; what it finds now counts as seen."""
        return self._searches.save(name, query, self._found(query))

    def all(self) -> list[News]:
        """Every saved search with what is new in it, by name."""
        return [self._news(row) for row in self._searches.all()]

    def news(self, name: str) -> News:
        """What is new in one search, without counting as a look. Raises NotFoundError."""
        return self._news(self._searches.get(name))

    def seen(self, news: News) -> None:
        """Keep that its reader has seen what a search found."""
        self._searches.look(news.search.name, news.found)

    def remove(self, name: str) -> None:
        """Take a search away. Raises NotFoundError."""
        self._searches.remove(name)

    def undo(self) -> str:
        """Take back this reviewer's last step; "" when there is nothing. Raises StaleWriteError."""
        return self._searches.undo()

    def _news(self, row: SavedSearchRow) -> News:
        query = read(row.query)
        return self._searches.news(row, self._found(query), whole=not query.text)

    def _found(self, query: Query) -> list[int]:
        """The tools that a query finds: all that pass where it only narrows, else the first."""
        hits = self._ask(query, 2 * FIRST if query.text else self._all)
        tools = [hit.id for hit in hits if hit.kind == "tool"]
        return tools[:FIRST] if query.text else tools
