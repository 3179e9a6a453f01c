from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from catalogue.errors import ModelError
from search import model
from search.embedder import OnnxEmbedder

pytestmark = pytest.mark.model


def test_an_export_that_disagrees_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search import export  # noqa: PLC0415 -- brings torch with it

    monkeypatch.setattr(export, "TOLERANCE", 1e-12)
    found = model.find()
    with pytest.raises(ModelError, match=r"differs from the original by .*search\.engine"):
        export.export(found.folder, tmp_path, found.key)
    assert not (tmp_path / "manifest.json").exists()


def test_one_wrong_number_is_a_disagreement(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from search.embedder import TorchEmbedder  # noqa: PLC0415
    from search.export import PROBES, TOLERANCE, disagreement, load_original  # noqa: PLC0415

    found = model.find()
    reference = TorchEmbedder(load_original(found.folder, device="cpu"), found.key)
    exported = model.load("", models)
    assert isinstance(exported, OnnxEmbedder)
    assert disagreement(reference, exported) < TOLERANCE
    honest = exported.encode_batch

    def wrong(texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        vectors = honest(texts).copy()
        vectors[0, 383] += 1e-3 * (texts[0] == PROBES[1])
        return vectors

    monkeypatch.setattr(exported, "encode_batch", wrong)
    assert disagreement(reference, exported) > TOLERANCE


def test_loading_draws_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    from search.export import load_original  # noqa: PLC0415

    load_original(model.find().folder, device="cpu")
    assert capfd.readouterr() == ("", "")
