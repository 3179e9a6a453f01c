"""The browse screen: finding, reading and shortlisting tools."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from catalogue.completion import Names
from catalogue.errors import NotFoundError
from catalogue.rows import Totals, Verdict
from tui.actions import bindings
from tui.modals.confirm import ConfirmWindow
from tui.modals.read import ReadWindow
from tui.screens.desk import Desk
from tui.screens.finder import Finder
from tui.screens.panes import PanesScreen
from tui.screens.reader import Reader
from tui.screens.reviewer import Reviewer
from tui.state.browse import MANY_MARKS
from tui.state.columns import COLUMNS
from tui.state.dossier import page_lines, provenance_lines
from tui.state.entries import Entry
from tui.state.layout import NORMAL
from tui.state.wording import number, plural, totals_line
from tui.text import line
from tui.widgets.detail_pane import TabLine
from tui.widgets.facet_pane import FacetPane
from tui.widgets.pages_pane import PagesPane
from tui.widgets.search_bar import SearchInput
from tui.widgets.virtual_table import Cells, VirtualTable


class BrowseScreen(PanesScreen):
    """Finds, reads and shortlists tools."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("browse")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._finder = Finder(desk, self.state, self)
        self._reader: Reader | None = None
        self._reviewer = Reviewer(desk, self.state, self, self.open_tool)
        self._reviewer_name = ""
        self._warmed = False

    @property
    def reader(self) -> Reader:
        """What keeps the detail pane on the tool under the cursor."""
        if self._reader is None:
            self._reader = Reader(self._desk, self.state, self.detail)
        return self._reader

    # Beginning

    def on_mount(self) -> None:
        """Say that the catalogue is being opened."""
        self.table.empty = "Opening the catalogue..."
        self.detail.show_nothing("")
        self._status(0)

    def start(self, reviewer: str) -> None:
        """The services are open: list everything."""
        self.table.empty = "Nothing matches. Esc clears the search, F the filters."
        self.table.refresh()
        self._finder.again(keep=False)
        self._ask_totals(reviewer)
        self._ask_names()

    def cannot_start(self, sentence: str) -> None:
        """The services cannot be opened: say why."""
        self.table.empty = f"{line(sentence)} ctrl+q leaves."
        self.table.refresh()

    def wrote(self) -> None:
        """Something was written: rows and detail are read again."""
        self.table.forget()
        self.reader.again()
        self._ask_names()
        self._status(self.table.cursor)

    def _ask_totals(self, reviewer: str) -> None:
        def show(totals: Totals) -> None:
            self.state.totals = totals
            self._show_totals()
            self._status(self.table.cursor)

        self._reviewer_name = line(reviewer)
        self._desk.ask("totals", lambda services: services.totals(), show)

    def _ask_names(self) -> None:
        def know(names: Names) -> None:
            self.search_bar.input.names = names

        self._desk.ask("names", lambda services: services.names(), know)

    def _show_totals(self) -> None:
        if self.state.totals is not None:
            short = self.app.size.width < NORMAL
            text = f"{totals_line(self.state.totals, short=short)} · {self._reviewer_name}"
            self.query_one("#title-totals", Static).update(Content(text), layout=False)

    def on_resize(self) -> None:
        """Say as much in the title as fits."""
        super().on_resize()
        self._show_totals()

    # The list

    def show_list(self, *, keep: bool) -> None:
        """The list changed."""
        self.table.set_ids(self.state.ids, keep=keep)
        if not self._warmed:
            self._warmed = True
            self._finder.warm()

    def show_found(self) -> None:
        """Labels, pages that match or counts changed."""
        state = self.state
        self.search_bar.say(state.phase_label, calls=state.waiting is not None)
        self._tell_of_question()
        self.facets.show(state.facets, state.asked.filters, stale=state.facets_stale)
        self.pages.show(state.pages)
        self.lay_out_pages()
        if self.panes.detail:
            self.reader.refresh_reason()
        self._status(self.table.cursor)

    def load_rows(self, ids: Sequence[int], then: Callable[[Mapping[int, Cells]], None]) -> None:
        """Get rows of the list, as the cells of its columns."""
        self._desk.ask(
            "rows",
            lambda services: {
                number: tuple(line(column.text(row)) for column in COLUMNS)
                for number, row in services.rows(ids).items()
            },
            then,
            newest=False,
        )

    def cursor_moved(self, place: int, by_reader: bool) -> None:
        """Say where the cursor is and read its tool when it rests."""
        self.state.moved = self.state.moved or by_reader
        self._status(place)
        if self.panes.detail:
            self.reader.rest_on(self.table.cursor_id)

    def mark_toggled(self, tool_id: int) -> None:
        """Mark a tool, or unmark it."""
        self.state.moved = True
        self.state.toggle_mark(tool_id)

    def _status(self, place: int) -> None:
        self.query_one("#status", Static).update(Content(self.state.status(place)), layout=False)

    def detail_shown(self) -> None:
        """Read the tool under the cursor when it rests."""
        self.reader.rest_on(self.table.cursor_id)

    @on(VirtualTable.Opened)
    def _opened(self, event: VirtualTable.Opened) -> None:
        self.open_tool(event.tool_id)

    def open_tool(self, tool_id: int) -> None:
        """Read a tool in the detail pane, wherever it was named."""
        self.state.moved = True
        if not self.panes.detail:
            self.raise_detail()
        self.reader.read(tool_id)
        self.detail.entries.focus()

    # Search and filters

    @on(Input.Changed, "#search")
    def _typed(self, event: Input.Changed) -> None:
        self._finder.typed(event.value)

    @on(SearchInput.Left)
    def _left_search(self) -> None:
        self._to_list()

    @on(SearchInput.Offers)
    def _offers(self, event: SearchInput.Offers) -> None:
        self.completions.show(event.offered)
        self._tell_of_question()

    def _tell_of_question(self) -> None:
        """What is still being completed is not called wrong."""
        if self.completions.display:
            self.say_of_question("", wrong=False)
        else:
            self.say_of_question(self.state.notice, wrong=bool(self.state.wrong))

    @on(FacetPane.Chosen)
    def _chosen(self, event: FacetPane.Chosen) -> None:
        self.state.narrow(event.facet, event.code, excluded=event.excluded)
        self._narrowed()

    def _narrowed(self) -> None:
        if self.state.query != " ".join(self.search_bar.input.value.split()):
            self.search_bar.input.say_again(self.state.query)
        self._finder.again(keep=True)

    def action_search(self) -> None:
        """Go to the search line."""
        if not self.panes.table:
            self._to_list()
        self.search_bar.input.focus()

    def action_refine(self) -> None:
        """Put the order by words and meaning in place; the cursor stays on its tool."""
        if self.state.apply():
            self.show_list(keep=True)
        self.show_found()

    def action_clear_filters(self) -> None:
        """Switch all filters off."""
        if self.state.widen():
            self._narrowed()

    def action_next_order(self) -> None:
        """Change the order of the list."""
        self.state.next_sort()
        self._finder.again(keep=True)

    def action_toggle_facets(self) -> None:
        """Show or hide the filters."""
        self.toggle("facets")
        if self.panes.facets:
            self.facets.choices.focus()
        else:
            self.table.focus()

    def action_toggle_detail(self) -> None:
        """Show or hide the detail pane."""
        self.toggle("detail")
        (self.table if self.panes.table else self.detail.entries).focus()

    def action_pages(self) -> None:
        """Go to the pages that match."""
        if self.state.pages:
            self.pages.choices.focus()
        else:
            self._desk.say("No page matches; search first.")

    def action_back(self) -> None:
        """Back to the list; in the list, clear the search."""
        if self.focused is not self.table:
            self._to_list()
        elif self.state.query:
            self.search_bar.input.value = ""
        self._desk.hush()

    def _to_list(self) -> None:
        self.lower()
        if self.panes.detail:
            self.reader.return_to(self.table.cursor_id)
        self.table.focus()

    # Reading

    def action_show_tab(self, tab: int) -> None:
        """Open a tab of the detail pane."""
        if not self.panes.detail:
            self.raise_detail()
            self.reader.read(self.table.cursor_id)
        self.reader.show_tab(tab)
        self.detail.entries.focus()

    @on(TabLine.Picked)
    def _picked(self, event: TabLine.Picked) -> None:
        self.action_show_tab(event.tab)

    @on(OptionList.OptionSelected, "#detail-entries")
    def _enter(self) -> None:
        entry = self.detail.entries.current
        if entry is None:
            return
        if entry.tool_id is not None:
            self.reader.tab = 1
            self.reader.read(entry.tool_id)
        elif entry.subject is not None:
            self.app.push_screen(
                ReadWindow(
                    self._desk,
                    entry.subject.title,
                    provenance_lines(entry.subject),
                    url=entry.url,
                    copied=entry.subject.as_text(),
                )
            )
        elif entry.url:
            self._desk.visit(entry.url)

    @on(PagesPane.Opened)
    def _open_page(self, event: PagesPane.Opened) -> None:
        hit = event.hit
        self.app.push_screen(
            ReadWindow(
                self._desk,
                "Page that matches",
                page_lines(hit),
                url=hit.url,
                copied=f"{hit.title}\n{hit.passage}\n{hit.url}",
            )
        )

    def _entry(self) -> Entry | None:
        entries = self.detail.entries
        return entries.current if self.focused is entries else None

    def action_open_source(self) -> None:
        """Open the page behind what is under the cursor."""
        entry, page = self._entry(), self.pages.current
        if self.focused is self.pages.choices and page is not None:
            self._desk.visit(page.url)
        elif entry is not None and entry.url:
            self._desk.visit(entry.url)
        elif self.reader.detail is not None and self.reader.detail.homepage:
            self._desk.visit(self.reader.detail.homepage)
        else:
            self._desk.complain(NotFoundError("No page is known for this."))

    def action_copy(self) -> None:
        """Copy what is under the cursor, with its source."""
        entry, page, cells = self._entry(), self.pages.current, self.table.cursor_cells
        if self.focused is self.pages.choices and page is not None:
            self._desk.copy(f"{page.title}\n{page.passage}\n{page.url}")
        elif entry is not None and entry.subject is not None:
            self._desk.copy(entry.subject.as_text())
        elif entry is not None and entry.url:
            self._desk.copy(entry.url)
        elif cells is not None:
            self._desk.copy("\t".join(cells))

    def action_show_copy(self) -> None:
        """Show what was copied."""
        self._desk.show_copied()

    # Reviewing

    def action_mark_all(self) -> None:
        """Mark every tool of the list, after a question when they are many."""

        def mark(yes: bool | None) -> None:
            if yes:
                self.state.marks.update(self.state.ids)
                self._marks_changed()

        count = len(self.state.ids)
        if count > MANY_MARKS:
            question = f"Mark all {number(count)} tools of the list?"
            self.app.push_screen(ConfirmWindow([question], f"Mark {plural(count, 'tool')}"), mark)
        else:
            mark(yes=True)

    def action_mark_none(self) -> None:
        """Take all marks away."""
        self.state.marks.clear()
        self._marks_changed()

    def _marks_changed(self) -> None:
        self.table.refresh()
        self._status(self.table.cursor)

    def action_shortlist(self) -> None:
        """Put the marked tools, or the one being read, on a shortlist."""
        reading = self.reader.detail if self.focused is self.detail.entries else None
        cells = self.table.cursor_cells
        under = reading.row.id if reading else self.table.cursor_id
        name = reading.row.name if reading else (cells[0] if cells else "")
        self._reviewer.add(self.state.targets(under), name)

    def action_shortlists(self) -> None:
        """Show the shortlists."""
        self._reviewer.show()

    def action_export(self) -> None:
        """Write a shortlist to a file."""
        self._reviewer.export()

    def action_tag(self, verdict: Verdict) -> None:
        """Accept or reject the tag under the cursor."""
        entry, detail = self._entry(), self.reader.detail
        if detail is None or entry is None or entry.tag is None:
            self._desk.say("Go to a tag in the detail pane first.")
        else:
            self._reviewer.correct(detail.row.id, entry.tag, verdict)

    def action_undo(self) -> None:
        """Take back the last step."""
        self._reviewer.undo()

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._reviewer.redo()

    def action_reload(self) -> None:
        """Read everything again."""
        self.table.forget()
        self.state.facets_stale = True
        self._finder.again(keep=True)
        self.reader.again()
