from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import tui.app
from tests.tui.cli.conftest import Horizon
from tui.cli import opening
from tui.live import Live


class FakeApp:
    """Remembers how it was made and opens its services when it runs, as the app does."""

    made: list[tuple[Callable[[], Live], dict[str, object]]]

    def __init__(self, services: Callable[[], Live], **options: object) -> None:
        self.made.append((services, options))

    def run(self) -> None:
        self.made[-1][0]().close()


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> type[FakeApp]:
    """A person at a terminal, and an app that does not take it over."""
    FakeApp.made = []
    monkeypatch.setattr(tui.app, "HorizonApp", FakeApp)
    monkeypatch.setattr(opening, "on_terminal", lambda: True)
    return FakeApp


def test_horizon_alone_opens_the_app_on_the_home_and_its_settings(
    horizon: Horizon, app: type[FakeApp], tmp_path: Path
) -> None:
    home = tmp_path / "other"
    home.mkdir()
    (home / "horizon.toml").write_text('[app]\ntheme = "high-contrast"\nascii = true\n', "utf-8")
    assert horizon("--home", str(home)).code == 0
    ((_, options),) = app.made
    assert options["theme"] == "high-contrast"
    assert options["ascii_only"] is True
    assert options["log_file"] == home / "logs" / "app.log"
    assert (home / "catalogue.db").exists()


def test_words_alone_never_load_the_model(
    horizon: Horizon, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(*_: object) -> None:
        pytest.fail("the model was loaded")

    monkeypatch.setattr("search.model.load", load)
    assert horizon("search", "rotas", "--words").code == 0
