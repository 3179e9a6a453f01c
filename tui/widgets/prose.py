"""Entries painted at a width: the only place where roles of text get their styles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from tui.state.entries import Line, Role
from tui.text import safe

STYLES: dict[Role, str] = {
    "plain": "",
    "strong": "bold",
    "heading": "bold $text-primary",
    "label": "$text-muted",
    "quote": "italic",
    "match": "bold italic underline",
    "muted": "$text-muted",
    "good": "$text-success",
    "warning": "$text-warning",
    "bad": "bold $text-error",
}


def paint(lines: Sequence[Line], width: int) -> Content:
    """The lines wrapped to `width` cells, further lines hanging, as literal content."""
    return Content("\n").join(row for one in lines for row in _wrapped(one, max(10, width)))


def _wrapped(one: Line, width: int) -> Iterable[Content]:
    if not one.pieces:
        return [Content("")]
    whole = Content.assemble(
        *((safe(text).replace("\n", " "), STYLES[role]) for text, role in one.pieces)
    )
    first, *rest = whole.wrap(width)
    if not rest or not one.hang:
        return [first, *rest]
    # What follows the first line is wrapped again, to what is left beside the indent.
    following = whole[len(first.plain.rstrip()) :]
    start = len(following.plain) - len(following.plain.lstrip())
    pad = Content(" " * one.hang)
    return [first.rstrip(), *(pad + row for row in following[start:].wrap(width - one.hang))]
