from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from search import model
from search.embedder import Embedder, Vectors
from tests.search.shelf import HashingEmbedder

TEXTS = (
    "Plans rotas for wards.",
    "",
    "Ambient transcription writes the clinic letter while the doctor talks to the patient.",
    "\u00a32.50 per user per month",
    "Books appointments. " * 90,
    "\u4e2d\u6587",
    "rota",
    "Predicts demand for beds. " * 9,
    "Answers the telephone in primary care.",
    "ward",
)


class Lengths(Embedder):
    """A vector is the text's length; batches are noted."""

    def __init__(self) -> None:
        super().__init__("lengths", 1)
        self.batches: list[list[int]] = []

    def encode_batch(self, texts: Sequence[str]) -> Vectors:
        self.batches.append([len(text) for text in texts])
        return np.array([[len(text)] for text in texts], dtype=np.float32)


def test_texts_of_similar_length_are_encoded_together_and_come_back_in_order() -> None:
    embedder = Lengths()
    lengths = [3, 90, 1, 50, 2, 70, 4, 5, 80, 60, 6]
    vectors = embedder.encode(["x" * length for length in lengths])
    assert vectors[:, 0].tolist() == lengths
    assert embedder.batches == [[90, 80, 70, 60, 50, 6, 5, 4], [3, 2, 1]]


def test_progress_ends_at_all() -> None:
    said: list[tuple[int, int]] = []
    Lengths().encode(["x"] * 11, lambda *done: said.append(done))
    assert said == [(8, 11), (11, 11)]


def test_no_texts_have_no_vectors() -> None:
    assert HashingEmbedder().encode([]).shape == (0, 32)


@pytest.fixture(scope="module")
def onnx(models: Path) -> Embedder:
    return model.load("", models)


@pytest.mark.model
def test_vectors_have_unit_length(onnx: Embedder) -> None:
    vectors = onnx.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.model
def test_a_vector_does_not_depend_on_its_batch(onnx: Embedder) -> None:
    alone = np.concatenate([onnx.encode_batch([text]) for text in TEXTS])
    assert np.abs(onnx.encode(TEXTS) - alone).max() < 1e-6


@pytest.mark.model
def test_a_text_is_read_up_to_256_tokens_and_no_further(onnx: Embedder) -> None:
    long = "ward " * 254
    cut, whole, shorter = onnx.encode([long + "letter " * 50, long, long[: 5 * 200] + "letter"])
    assert np.abs(cut - whole).max() < 1e-6
    assert np.abs(whole - shorter).max() > 1e-4


@pytest.mark.model
def test_a_text_is_nearer_to_its_meaning_than_to_its_words(onnx: Embedder) -> None:
    asked, same, other = onnx.encode(
        ["nurse rostering", "plans which shifts hospital staff work", "nurse shark sightings"]
    )
    assert asked @ same > asked @ other


@pytest.mark.model
def test_onnx_and_torch_give_interchangeable_vectors(onnx: Embedder, models: Path) -> None:
    torch = model.load("", models, engine="torch")
    assert (torch.model, torch.dimension) == (onnx.model, onnx.dimension)
    assert np.abs(torch.encode(TEXTS) - onnx.encode(TEXTS)).max() < 1e-5
