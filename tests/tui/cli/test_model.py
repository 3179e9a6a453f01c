"""`horizon model` lists, prepares and compares embedding models."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.shelf import Shelf
from search import model
from search.embedder import MODEL_FILE
from search.manifest import checksums, write_manifest
from tests.builders import DAY
from tests.once import once
from tests.tui.cli.conftest import Horizon, Stock
from tests.tui.cli.evaluate.collections import written

DEFAULT = "all-MiniLM-L6-v2-53aa51172d14"


@pytest.fixture
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder that holds the default model, prepared."""
    return once(tmp_path_factory, "models", _prepare)


def _prepare(folder: Path) -> None:
    model.prepare(model.find(), folder)


def made(folder: Path, key: str) -> Path:
    """Something that looks like a prepared model."""
    target = folder / key
    target.mkdir(parents=True)
    (target / MODEL_FILE).write_bytes(b"x" * 2_000_000)
    entries = {"model": key, "dimension": 16, "max_tokens": 32, "difference": 1e-7}
    files = checksums(target, [MODEL_FILE])
    write_manifest(target / "manifest.json", {**entries, "files": files})
    return target


def test_the_default_is_listed_before_it_is_prepared(horizon: Horizon) -> None:
    (only,) = horizon("model", "list", "--json").data["models"]
    assert (only["model"], only["default"], only["chosen"]) == (DEFAULT, True, True)
    assert (only["prepared"], only["megabytes"], only["indexed"]) == (False, None, False)
    assert "not prepared" in horizon("model", "list").out


def test_prepared_models_are_listed_and_damaged_ones_are_not(horizon: Horizon, home: Path) -> None:
    made(home / "indexes" / "models", "ours-0123456789ab")
    damaged = made(home / "indexes" / "models", "theirs-0123456789ab")
    (damaged / MODEL_FILE).write_bytes(b"y")
    listed = horizon("model", "list", "--json").data["models"]
    assert [one["model"] for one in listed] == [DEFAULT, "ours-0123456789ab"]
    ours = listed[1]
    assert (ours["prepared"], ours["dimension"], ours["max_tokens"]) == (True, 16, 32)
    assert ours["megabytes"] == pytest.approx(2, abs=0.01)
    assert [ours[one] for one in ("default", "chosen", "indexed")] == [False] * 3
    row = horizon("model", "list").out.splitlines()[2].split()
    assert row == ["ours-0123456789ab", "2", "16", "32"]


def test_a_model_of_the_settings_that_is_missing_is_told(
    horizon: Horizon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HORIZON_SEARCH__MODEL", str(tmp_path / "gone"))
    ended = horizon("model", "list", "--json")
    (only,) = ended.data["models"]
    assert (only["default"], only["chosen"]) == (True, False)
    assert "is not a sentence-transformers model" in ended.err


def test_a_folder_that_is_no_model_is_refused(horizon: Horizon, tmp_path: Path) -> None:
    for command in (("prepare", str(tmp_path)), ("compare", "default", str(tmp_path))):
        ended = horizon("model", *command)
        assert (ended.code, ended.out) == (7, "")
        assert "is not a sentence-transformers model" in ended.err


@pytest.mark.model
@pytest.mark.slow
def test_a_second_model_is_prepared_and_compared_before_a_switch(
    horizon: Horizon, home: Path, models: Path, tmp_path: Path, stock: Stock, database: Database
) -> None:
    assert stock
    Shelf(database, fixed_clock(DAY)).refresh()
    tiny = tmp_path / "tiny"
    subprocess.run([sys.executable, "-m", "tests.search.tiny", str(tiny)], check=True)
    shutil.copytree(models / model.find().key, home / "indexes" / "models" / model.find().key)

    ready = horizon("model", "prepare", str(tiny), "--json").data
    assert ready["key"].startswith("tiny-")
    assert (ready["dimension"], ready["max_tokens"]) == (16, 32)
    assert "16 dimensions, reads 32 tokens" in horizon("model", "prepare", str(tiny)).out

    folder = written(tmp_path / "judged")
    command = ("model", "compare", "default", str(tiny), "--judged", str(folder))
    answer = horizon(*command, "--json").data
    assert answer["queries"] == 3
    first, second = answer["models"]
    assert (first["model"], second["model"]) == (DEFAULT, ready["key"])
    assert first["ways"]["meaning"]["ndcg@10"] == 1
    assert first["texts_per_second"] > 0
    assert first["catalogue_texts"] == second["catalogue_texts"] > 0
    assert first["catalogue_seconds"] > 0
    rows = [line.split() for line in horizon(*command).out.splitlines()]
    assert [row[0] for row in rows[1:3]] == [DEFAULT, ready["key"]]
