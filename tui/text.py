"""Text on its way to the terminal: whatever a web page said, only plain characters are painted.

Every string of the catalogue passes `safe` or `line` before a widget sees it, and widgets get it
as literal `Content`, never as markup.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from catalogue.text import clean, one_line

ELLIPSIS = "…"


def safe(text: str) -> str:
    """`text` without terminal sequences, control or direction characters; newlines are kept."""
    return clean(text).expandtabs(4)


def line(text: str) -> str:
    """`text` made safe, on one line, runs of white space collapsed."""
    return one_line(text)


def cell(text: str, width: int) -> str:
    """`text` made safe and exactly `width` terminal cells wide; cut with an ellipsis."""
    return fit(line(text), width)


def fit(text: str, width: int) -> str:
    """Safe, one-line `text` padded or cut to exactly `width` terminal cells."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + ELLIPSIS, width)
