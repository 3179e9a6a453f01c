"""The window that writes a shortlist to a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, ProgressBar, Select, Static

from catalogue.errors import HorizonError
from catalogue.rows import ShortlistRow
from tui.modals.confirm import ConfirmWindow
from tui.modals.window import Window, button, caption
from tui.screens.desk import Desk
from tui.state.handover import file_name
from tui.state.wording import plural
from tui.text import line

Format = tuple[str, str, str]


class ExportWindow(Window[None]):
    """Asks what, how and where; shows how far it is; says where the file lies."""

    title_text = "Export a shortlist"

    def __init__(
        self,
        desk: Desk,
        shortlists: Sequence[ShortlistRow],
        formats: Sequence[Format],
        folder: Path,
        chosen: str,
    ) -> None:
        """Offer `shortlists`, `chosen` first, in `formats`, in `folder` unless told otherwise."""
        super().__init__()
        self._desk = desk
        self._shortlists = tuple(shortlists)
        self._formats = tuple(formats)
        self._folder = folder
        names = [row.name for row in shortlists]
        self._first = names.index(chosen) if chosen in names else 0
        self._suggested = ""
        self._busy = False

    def body(self) -> Iterable[Widget]:
        """Shortlist, format, path, progress."""
        yield caption("Shortlist")
        yield Select(
            [
                (Content(f"{line(row.name)}  ({plural(len(row.items), 'tool')})"), place)
                for place, row in enumerate(self._shortlists)
            ],
            value=self._first,
            allow_blank=False,
            compact=True,
            id="which",
        )
        yield caption("Format")
        yield Select(
            [(Content(line(title)), place) for place, (_, title, _) in enumerate(self._formats)],
            allow_blank=False,
            compact=True,
            id="format",
        )
        yield caption("File")
        path = Input(compact=True, id="path")
        path.cursor_blink = False
        yield path
        yield ProgressBar(id="export-bar", show_eta=False)
        yield Static(id="export-result", markup=False)

    def buttons(self) -> Iterable[Widget]:
        """Write, or not."""
        yield button("Export", "export", wanted=True)
        yield button("Close", "close")

    def on_mount(self) -> None:
        """Suggest a file; nothing is under way yet."""
        self.query_one(ProgressBar).display = False
        self._suggest()
        self.query_one("#format").focus()

    @on(Select.Changed)
    def _changed(self) -> None:
        self._suggest()

    @on(Input.Submitted, "#path")
    def _submitted(self) -> None:
        self.pressed("export")

    def pressed(self, name: str) -> None:
        """Write, after asking when a file would be replaced."""
        if name != "export":
            self.action_close()
            return
        given = self.query_one("#path", Input).value.strip()
        if self._busy or not given:
            return
        try:
            path = Path(given).expanduser()
            obstacle, exists = _obstacle(path), path.exists()
        except (OSError, RuntimeError, ValueError) as error:
            # Too long a name, a home of nobody, a character that no name may have.
            self._report(f"No file can be written there: {error}.", "bold $text-error")
            return
        if obstacle:
            self._report(obstacle, "bold $text-error")
        elif exists:
            self.app.push_screen(
                ConfirmWindow(["This file exists. Replace it?", str(path)], "Replace"),
                lambda yes: self._write(path) if yes else None,
            )
        else:
            self._write(path)

    def _suggest(self) -> None:
        """Name a file after shortlist and format, as long as the reader has not named one."""
        entry = self.query_one("#path", Input)
        if entry.value != self._suggested:
            return
        name = file_name(self._shortlists[self._place("which")].name, self._format[2])
        self._suggested = str(self._folder / name)
        entry.value = self._suggested

    @property
    def _format(self) -> Format:
        return self._formats[self._place("format")]

    def _place(self, name: str) -> int:
        value = self.query_one(f"#{name}", Select).value
        return value if isinstance(value, int) else 0

    def _write(self, path: Path) -> None:
        shortlist = self._shortlists[self._place("which")].name
        format_name = self._format[0]
        self._busy = True
        self._report("Writing...", "$text-muted")
        self.query_one(ProgressBar).display = True

        def progress(done: int, total: int) -> None:
            self._desk.later(lambda: self._show_progress(done, total))

        self._desk.ask(
            "export",
            lambda services: services.export(shortlist, format_name, path, progress),
            lambda count: self._written(count, path),
            otherwise=self._failed,
        )

    def _show_progress(self, done: int, total: int) -> None:
        if self.is_mounted:
            self.query_one(ProgressBar).update(total=max(total, 1), progress=done)

    def _written(self, count: int, path: Path) -> None:
        sentence = f"{plural(count, 'tool')} written to {path}"
        self._desk.say(sentence)
        if self.is_mounted:
            self._busy = False
            self.query_one(ProgressBar).update(total=max(count, 1), progress=max(count, 1))
            self._report(sentence, "bold $text-success")

    def _failed(self, error: HorizonError) -> None:
        self._desk.complain(error)
        if self.is_mounted:
            self._busy = False
            self.query_one(ProgressBar).display = False
            self._report(str(error), "bold $text-error")

    def _report(self, sentence: str, style: str) -> None:
        self.query_one("#export-result", Static).update(Content.styled(line(sentence), style))


def _obstacle(path: Path) -> str:
    """Why a file cannot be written at `path`; empty where nothing is in the way."""
    if path.is_dir():
        return f"{path} is a folder: name a file in it."
    return "" if path.parent.is_dir() else f"There is no folder {path.parent}."
