"""Plain ASCII for terminals with old fonts: every painted line passes through here last."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_PAIRS = {
    "─━═▔▁▀▄▂▃": "-",
    "│┃║▌▐▎▏▊▕": "|",
    "┌┐└┘╭╮╰╯├┤┬┴┼┏┓┗┛╔╗╚╝▗▖▝▘▛▜▙▟": "+",
    "█▇▆▅": "#",
    "●•▪": "*",
    "○·": ".",
    "…": "~",
    "\N{EN DASH}\N{EM DASH}": "-",
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "▼▾": "v",
    "▲▴": "^",
    "▶▸": ">",
    "╸╺╶╴": "-",
}
TABLE = str.maketrans({char: plain for chars, plain in _PAIRS.items() for char in chars})


class PlainAscii(LineFilter):
    """Paints boxes, bullets and dashes with ASCII; words are left as they are."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """One line, with its drawing characters replaced by plain ones of the same width."""
        return [
            segment
            if segment.text.isascii()
            else segment._replace(text=segment.text.translate(TABLE))
            for segment in segments
        ]
