from __future__ import annotations

from typing import Any

import keyring
import pytest
from keyring.errors import NoKeyringError

from catalogue.errors import CrawlError
from crawler.keys import find_key, header_of, missing_key, require_key
from crawler.source import Key, Source

KEY = Key(env="ROTA_KEY", url="http://keys.rota.example/")
TREE: dict[str, Any] = {
    "name": "rota",
    "publisher": {"name": "Rota"},
    "walk": {"archetype": "site", "url": "http://www.rota.example/"},
}


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """What the system's keyring holds."""
    held: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda *names: held.get(names))
    return held


def test_a_key_is_found_in_the_environment_and_else_in_the_keyring(
    held: dict[tuple[str, str], str],
) -> None:
    assert find_key(KEY, {}) == ""
    held["horizonscan", "ROTA_KEY"] = "from the ring"
    assert find_key(KEY, {}) == "from the ring"
    assert find_key(KEY, {"ROTA_KEY": " from outside\n"}) == "from outside"


def test_a_computer_without_a_keyring_has_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*names: str) -> str:
        raise NoKeyringError(str(names))

    monkeypatch.setattr(keyring, "get_password", none)
    assert find_key(KEY, {}) == ""


def test_a_source_is_refused_until_its_key_is_there() -> None:
    source = Source.model_validate({**TREE, "key": KEY})
    assert missing_key(source, {}) == "ROTA_KEY"
    with pytest.raises(CrawlError, match="rota is not crawled without the key ROTA_KEY") as raised:
        require_key(source, {})
    assert "http://keys.rota.example/" in str(raised.value)
    assert "keyring set horizonscan ROTA_KEY" in raised.value.hint
    require_key(source, {"ROTA_KEY": "x"})
    require_key(Source.model_validate(TREE), {})


@pytest.mark.parametrize(
    ("sent_as", "header"),
    [
        ("basic", ("Authorization", "Basic c2VjcmV0Og==")),
        ("bearer", ("Authorization", "Bearer secret")),
        ("header X-Api-Key", ("X-Api-Key", "secret")),
    ],
)
def test_a_key_is_sent_as_the_source_says(sent_as: str, header: tuple[str, str]) -> None:
    assert header_of(Key(env="ROTA_KEY", sent_as=sent_as), "secret") == header
