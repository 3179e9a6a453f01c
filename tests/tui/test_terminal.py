"""The app in a real terminal: it starts, obeys keys, and leaves the terminal as it was."""

from __future__ import annotations

import sys

import pytest

pytest.importorskip("pty", reason="pseudo-terminals exist on Unix only")

from benchmarks.app.terminal import Terminal

CODE = "from tests.tui.fake import FakeServices; from tui.app import HorizonApp; HorizonApp(FakeServices).run()"  # noqa: E501


@pytest.mark.slow
def test_the_app_starts_searches_and_leaves_the_terminal_as_it_was() -> None:
    with Terminal([sys.executable, "-c", CODE], 100, 30) as terminal:
        terminal.until("Codadesk")
        terminal.rest()
        for key in b"/rotawise":
            terminal.press(bytes([key]))
        terminal.until("1 of 40 tools")
        terminal.rest()
        terminal.send(b"\r\x11")
        terminal.until(r"\x1b\[\?1049l")
        assert terminal.ended() == 0
