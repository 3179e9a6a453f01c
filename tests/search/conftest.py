"""What the tests of search share: a small market on a shelf, and the real model, prepared once."""

from __future__ import annotations

from pathlib import Path

import pytest

from search import model
from tests.once import once
from tests.search.shelf import HashingEmbedder, Shelf


@pytest.fixture
def shelf() -> Shelf:
    market = Shelf()
    market.put(1, "Rotaflow", "Plans rotas for wards. Predicts demand for shifts.", setting="acute")
    market.put(2, "Scribewell", "Writes letters from speech. Ambient transcription.", setting="gp")
    market.put(3, "Callbot", "Answers the telephone. Books appointments.", setting="gp")
    market.put(9, "Board paper", "A report on rotas and letters.", kind="document", setting="acute")
    return market


@pytest.fixture
def hashing() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder that holds the default model, prepared."""
    return once(tmp_path_factory, "models", _prepare)


def _prepare(folder: Path) -> None:
    model.prepare(model.find(), folder)
