"""The app and the command in a real terminal: the market adds no sequence to what they send."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("pty", reason="pseudo-terminals exist on Unix only")

from tests.hostile.conftest import ROOT, Market, environment, launched
from tests.hostile.terminal import Terminal, obeyed

pytestmark = pytest.mark.slow

DOWN, ESCAPE, QUIT = "\x1b[B", "\x1b", "\x11"


def test_sequences_are_told_apart() -> None:
    sent = (
        "\x1b[2J\x1b[1;31mred\x1b[3;4H\x1b]52;c;AA\x07\x1b]2;t\x1b\\\x1b[?25l\x1bc\x9bm\x07\tend\n"
    )
    assert obeyed(sent) == {
        *("CSI 2J", "CSI *m", "CSI *H", "ESC ]52;c;AA", "ESC ]2;t", "CSI ?25l", "ESC c"),
        *("\x9b", "\x07", "\t"),
    }


def walk(home: Path, *, ready: str) -> str:
    """Go through the app on a home; what it sent to the terminal."""
    with Terminal(launched(home), ROOT, environment()) as terminal:
        terminal.until(ready)
        terminal.press(*[DOWN] * 12, "\r", *"12345", ESCAPE, *[DOWN] * 5, "f", ESCAPE)
        terminal.press("/", *"ward ", "\r", "p", ESCAPE, ESCAPE, "s", ESCAPE, "S", ESCAPE)
        terminal.press("e", ESCAPE, "o", ESCAPE, "?", ESCAPE, QUIT)
        assert terminal.ended() == 0
        return terminal.sent


def test_the_app_sends_no_sequence_that_it_does_not_send_anyhow(
    market: Market, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    plain = obeyed(walk(tmp_path / "empty", ready="Nothing matches"))
    sent = walk(market.home, ready=" tools")
    assert "Harm" in sent  # the supplier, who would set the title and a colour
    assert obeyed(sent) <= plain


@pytest.mark.parametrize("arguments", [("search", "wiped ward"), ("show", "1"), ("show", "20")])
def test_a_command_sends_colours_and_nothing_else(
    market: Market, arguments: tuple[str, ...]
) -> None:
    with Terminal(launched(market.home, *arguments), ROOT, environment()) as terminal:
        assert terminal.ended() == 0
        assert len(terminal.sent) > 100
        assert obeyed(terminal.sent) <= {"CSI *m"}
