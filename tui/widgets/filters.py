"""What every painted line passes through last: a guard, and plain ASCII where it is wished for."""

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


_CONTROLS: dict[int, str | None] = {
    **dict.fromkeys(
        (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
    ),
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
}
"""Characters that a terminal may obey, and those that turn letters round: they take no cell, so
nothing moves without them. Half of a surrogate pair, which cannot be sent, is replaced.
"""


class Guard(LineFilter):
    """Takes out control characters that came past `tui.text.safe`: what the reader pastes."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """One line without control characters."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            segment
            if segment.text.isprintable()
            else segment._replace(text=segment.text.translate(_CONTROLS))
            for segment in segments
        ]


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
