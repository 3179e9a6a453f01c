"""What is measured: one app in a terminal. Started by `benchmarks.app.latency`.

python -m benchmarks.app.subject horizon --tools 100000
python -m benchmarks.app.subject horizon --home DIR
python -m benchmarks.app.subject datatable --tools 100000
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.services import Services


def main() -> None:
    """Run the app that was asked for until it is ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=("horizon", "datatable"))
    parser.add_argument("--tools", type=int, default=100_000)
    parser.add_argument("--home", type=Path)
    chosen = parser.parse_args()
    if chosen.kind == "horizon":
        _horizon(chosen.tools, chosen.home)
    else:
        _datatable(chosen.tools)


def _horizon(tools: int, home: Path | None) -> None:
    """The app, over the real services of a home or over an invented market in memory."""
    from tui.app import HorizonApp  # noqa: PLC0415 - the peer must not pay for it

    def opening() -> Services:
        if home is None:
            from tests.tui.fake import FakeServices  # noqa: PLC0415 - after the first paint

            return FakeServices.generated(tools)
        from catalogue.settings import load  # noqa: PLC0415 - after the first paint
        from tui.services import open_services  # noqa: PLC0415 - after the first paint

        return open_services(load(home))

    HorizonApp(opening).run()


def _datatable(tools: int) -> None:
    """The peer: Textual's own table with the same rows and a line that says where the cursor is."""
    from textual.app import App, ComposeResult  # noqa: PLC0415 - paid for by the subject itself
    from textual.widgets import DataTable, Static  # noqa: PLC0415

    from tests.tui import market  # noqa: PLC0415
    from tui.state.columns import COLUMNS  # noqa: PLC0415

    shown = [column for column in COLUMNS if column.title not in {"Setting", "Claims"}]

    class Peer(App[None]):
        """A table and a status line."""

        CSS = "DataTable { height: 1fr }"

        def compose(self) -> ComposeResult:
            """The table and a line below it."""
            yield DataTable(cursor_type="row", zebra_stripes=True)
            yield Static("Horizonscan peer", markup=False, id="status")

        def on_mount(self) -> None:
            """Fill the table once the screen is painted."""
            self.animation_level = "none"
            self.call_after_refresh(self._fill)

        def _fill(self) -> None:
            table = self.query_one(DataTable)
            table.add_columns(*(column.title for column in shown))
            numbers = sorted(range(1, tools + 1), key=market.name_of)
            rows = (market.row(number) for number in numbers)
            table.add_rows(tuple(column.text(row) for column in shown) for row in rows)
            table.focus()

        def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
            """Say where the cursor is."""
            status = self.query_one("#status", Static)
            status.update(f"row {event.cursor_row + 1} of {tools}", layout=False)

    Peer().run()


if __name__ == "__main__":
    main()
