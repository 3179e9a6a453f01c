"""Strings that a hostile web page might hold, put in every field of a row and looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import Any, TypeVar

from tests.tui.frames import Driver, press, segments
from tui.app import HorizonApp

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What must never reach a terminal inside a line."""

HOSTILE: tuple[str, ...] = (
    "\x1b[31mred\x1b[0m",
    "\x1b]52;c;aGFjaw==\x07clip",
    "\x1b]0;title\x07",
    "\x1b[2Jcleared",
    "\x1b]8;;http://evil.example\x07link\x1b]8;;\x07",
    "\x9b31m one byte",
    "\x9d0;t\x9c one byte",
    "\x1bPq#0;2;0\x1b\\sixel",
    "\x1b]52;c;no end",
    "\x1bc reset",
    "\x1b[?1049h other screen",
    "nul\x00 bell\x07 back\x08 del\x7f",
    "carriage\rreturn",
    "line\nfeed\n\n\nmany",
    "tab\tstop",
    "[/",
    "[/nope]",
    "[bold]open",
    "[@click=app.quit]Quit[/]",
    "[@click='app.bell']x",
    "[link=file:///etc/passwd]x[/link]",
    "a [/#888888] b",
    "[[[]]]",
    "\\[red]",
    "[$primary]x",
    "$primary ${x} {0} %s %(x)s",
    "rtl \u202eevil\u202c",
    "isolate \u2066x\u2069",
    "zero\u200bwidth",
    "\ufeffmark",
    "tag \U000e0041\U000e007f",
    "marks e" + "\u0301" * 80,
    "emoji \U0001f469\u200d\u2695\ufe0f\U0001f3e5",
    "wide 全角文字" * 4,
    "lone \ud800 surrogate",
    "\u2028line\u2029para",
    "\ufdfa" * 20,
    "=HYPERLINK(1)",
    "a" * 3000,
    "word " * 400,
    " ",
    "",
    "javascript:alert(1)",
    "http://[::bad/\x1b[2J",
)

KEPT = {"facet", "standing", "state", "absence", "kind", "voice"}
"""Fields with a fixed set of values (a voice and a kind are poisoned where they are free text)."""

Row = TypeVar("Row")


def poisoned(row: Row, poison: Iterator[str]) -> Row:
    """`row` with the next hostile string in every text field, at every depth."""
    if isinstance(row, str):
        return next(poison)  # type: ignore[return-value]  # a str for a str
    if isinstance(row, tuple):
        return tuple(poisoned(item, poison) for item in row)  # type: ignore[return-value]
    if is_dataclass(row) and not isinstance(row, type):
        free = {"SourceRow", "DocumentRow", "EvidenceRow", "Provenance"}
        changes: dict[str, Any] = {
            field.name: poisoned(getattr(row, field.name), poison)
            for field in fields(row)
            if field.name not in KEPT or type(row).__name__ in free
        }
        return replace(row, **changes)
    return row


def poison_from(start: int) -> Iterator[str]:
    """The hostile strings, round and round, beginning at one of them."""
    endless = cycle(HOSTILE)
    for _ in range(start % len(HOSTILE)):
        next(endless)
    return endless


def check(app: HorizonApp) -> None:
    """Nothing on the screen is a command, to the terminal or to the app."""
    for segment in segments(app):
        assert not CONTROL.search(segment.text), repr(segment.text)
        assert "@click" not in (segment.style.meta if segment.style else {}), segment
        assert not (segment.style and segment.style.link), segment


async def visit_everything(app: HorizonApp, pilot: Driver) -> None:
    """Go through all panes and windows of the browse screen, looking at each."""
    app.guard.enabled = False  # nothing may depend on it
    app.screen.refresh(layout=True)
    check(app)
    for keys in (
        ("pagedown",), ("end",), ("home",), ("enter",), ("1",), ("down",), ("2",), ("end",),
        ("3",), ("4",), ("5",), ("escape",), ("f",), ("end",), ("f",), ("y",), ("Y",), ("escape",),
        ("u",), ("U",), ("f8",), ("escape",), ("question_mark",), ("escape",),
        ("slash", "=rota"), ("enter",), ("p",), ("enter",), ("escape",), ("escape",),
        ("s",), ("escape",), ("S",), ("down",), ("d",), ("escape",), ("escape",),
        ("e",), ("enter",), ("escape",), ("escape",), ("o",), ("escape",),
        ("ctrl+p", "=co"), ("escape",),
    ):  # fmt: skip
        await press(pilot, *keys)
        check(app)
