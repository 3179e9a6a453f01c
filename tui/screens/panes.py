"""The panes of the browse screen, and where they stand at every size of the terminal."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from tui.state.browse import Browse
from tui.state.columns import COLUMNS
from tui.state.layout import SMALLEST, Layout, Panes, Side
from tui.text import line
from tui.widgets.completions import Completions
from tui.widgets.detail_pane import DetailPane
from tui.widgets.facet_pane import FacetPane
from tui.widgets.pages_pane import HEAD, PagesPane
from tui.widgets.search_bar import SearchBar
from tui.widgets.virtual_table import Cells, VirtualTable


class PanesScreen(Screen[None]):
    """Holds the parts and shows those that fit; what they do is the heir's business."""

    AUTO_FOCUS = "VirtualTable"

    def __init__(self) -> None:
        super().__init__(id="browse")
        self.state = Browse()
        self.panes = Panes()
        """What is shown at the present size."""
        self._opened_panes = Layout()

    @abstractmethod
    def load_rows(self, ids: Sequence[int], then: Callable[[Mapping[int, Cells]], None]) -> None:
        """Get rows of the list."""

    @abstractmethod
    def cursor_moved(self, place: int, by_reader: bool) -> None:
        """The cursor of the list is at another place."""

    @abstractmethod
    def mark_toggled(self, tool_id: int) -> None:
        """A tool is to be marked, or unmarked."""

    @abstractmethod
    def detail_shown(self) -> None:
        """The detail pane can be seen."""

    def compose(self) -> ComposeResult:
        """All panes; `lay_out` shows those that fit."""
        with Horizontal(id="title"):
            yield Static(Content.styled("Horizonscan", "bold"), id="title-name", markup=False)
            yield Static(id="title-totals", markup=False)
        yield SearchBar(id="search-bar")
        with Horizontal(id="body"):
            yield FacetPane(id="facets")
            with Vertical(id="middle"):
                yield VirtualTable(
                    COLUMNS,
                    self.load_rows,
                    self.state.marks,
                    on_cursor=self.cursor_moved,
                    on_mark=self.mark_toggled,
                    id="table",
                )
                yield PagesPane(id="pages")
                yield Static(id="status", markup=False)
            yield DetailPane(id="detail")
        yield Completions(id="completions")
        yield Footer(compact=True, show_command_palette=False)
        yield Static(id="too-small", markup=False)

    @property
    def table(self) -> VirtualTable:
        """The list of tools."""
        return self.query_one(VirtualTable)

    @property
    def detail(self) -> DetailPane:
        """The detail pane."""
        return self.query_one(DetailPane)

    @property
    def facets(self) -> FacetPane:
        """The filter pane."""
        return self.query_one(FacetPane)

    @property
    def pages(self) -> PagesPane:
        """The pages that match."""
        return self.query_one(PagesPane)

    @property
    def search_bar(self) -> SearchBar:
        """Where the question is typed."""
        return self.query_one(SearchBar)

    @property
    def completions(self) -> Completions:
        """What may stand in the search line."""
        return self.query_one(Completions)

    def say_of_question(self, notice: str, *, wrong: bool) -> None:
        """Tell something of the question on the rule below it; `wrong` where it needs mending."""
        rule = self.query_one("#body")
        style = "bold $text-warning" if wrong else "$text-muted"
        told = f" {'! ' if wrong else ''}{line(notice)} " if notice else ""
        rule.border_title = Content.styled(told, style)

    def on_resize(self) -> None:
        """Show the panes that fit."""
        self.lay_out()

    def lay_out(self) -> None:
        """Show the panes that fit and were opened."""
        width, height = self.app.size
        panes = self.panes = self._opened_panes.arrange(width, height)
        small = self.query_one("#too-small", Static)
        small.display = panes.too_small
        if panes.too_small:
            least = f"{SMALLEST[0]}x{SMALLEST[1]}"
            small.update(Content(f"Please enlarge to {least} (now {width}x{height})"))
        for part in ("#title", "#search-bar", "#body", "Footer"):
            self.query_one(part).display = not panes.too_small
        for pane, cells in ((self.facets, panes.facets), (self.detail, panes.detail)):
            pane.display = bool(cells)
            pane.styles.width = cells or 1
        self.query_one("#middle").display = panes.table
        self.detail.set_class(panes.table, "beside")
        self.lay_out_pages()
        if panes.detail:
            self.detail_shown()

    def lay_out_pages(self) -> None:
        """Show the pages that match, as high as they need."""
        hits = self.state.pages
        self.pages.display = bool(hits)
        self.pages.styles.height = min(len(hits), self.panes.pages) + HEAD + 1

    def toggle(self, side: Side) -> None:
        """Open a pane, or close it where it can be seen."""
        self._opened_panes = self._opened_panes.toggled(side, self.app.size.width)
        self.lay_out()

    def raise_detail(self) -> None:
        """Show the detail pane."""
        self._opened_panes = self._opened_panes.raised("detail")
        self.lay_out()

    def lower(self) -> None:
        """Put nothing in front of the list."""
        self._opened_panes = self._opened_panes.lowered(self.app.size.width)
        self.lay_out()
