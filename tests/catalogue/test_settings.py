"""The one tree of settings: where a value comes from, and what a wrong key is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.errors import SettingsError
from catalogue.settings import describe, effective, home_folder, load, load_with_origins


def write(home: Path, text: str) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    (home / "horizon.toml").write_text(text, encoding="utf-8")
    return home


def test_environment_wins_over_file_and_file_over_default(tmp_path: Path) -> None:
    home = write(tmp_path, '[crawl]\ndelay = 2\ncontact = "file@example.org"\n')
    settings, origins = load_with_origins(home, {"HORIZON_CRAWL__CONTACT": "env@example.org"})
    assert settings.crawl.contact == "env@example.org"
    assert settings.crawl.delay == 2
    assert origins["crawl.contact"] == "environment HORIZON_CRAWL__CONTACT"
    assert origins["crawl.delay"] == str(home / "horizon.toml")
    assert origins["crawl.timeout"] == "default"


def test_what_the_command_line_says_wins(tmp_path: Path) -> None:
    settings, origins = load_with_origins(
        tmp_path, {"HORIZON_CRAWL__DELAY": "3"}, {"crawl": {"delay": 0}}
    )
    assert settings.crawl.delay == 0
    assert origins["crawl.delay"] == "command line"


@pytest.mark.parametrize("text", ["[crawl]\ncontcat = 'x'", "crawl.contcat = 'x'"])
def test_an_unknown_key_is_answered_with_the_nearest(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"crawl\.contcat.*'crawl\.contact'"):
        load(write(tmp_path, text), {})


def test_an_unknown_variable_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"crawl\.dely.*'crawl\.delay'"):
        load(tmp_path, {"HORIZON_CRAWL__DELY": "1"})


def test_a_wrong_value_names_its_key_and_origin(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"crawl\.hosts.*HORIZON_CRAWL__HOSTS"):
        load(tmp_path, {"HORIZON_CRAWL__HOSTS": "many"})


def test_a_broken_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="not valid TOML"):
        load(write(tmp_path, "crawl = ["), {})


def test_keys_of_actions_may_have_any_name(tmp_path: Path) -> None:
    settings = load(write(tmp_path, '[app.keys]\n"shortlist.add" = "f5"\n'), {})
    assert settings.app.keys == {"shortlist.add": "f5"}


def test_home_may_be_named_by_the_environment(tmp_path: Path) -> None:
    assert home_folder(None, {"HORIZON_HOME": str(tmp_path)}) == tmp_path
    assert home_folder(tmp_path / "given", {"HORIZON_HOME": "/elsewhere"}) == tmp_path / "given"


def test_loading_makes_nothing(tmp_path: Path) -> None:
    load(tmp_path / "new", {})
    assert not (tmp_path / "new").exists()


def test_every_setting_is_described(tmp_path: Path) -> None:
    for key, _value in effective(load(tmp_path, {})):
        assert describe(key), key
