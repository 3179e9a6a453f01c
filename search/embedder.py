"""Embedders turn texts into vectors of unit length, so that an inner product is a cosine.

The contract is one method, `encode_batch`; length sorting and batching are derived from it once.
`OnnxEmbedder` runs a model that `search.model` prepared and is ready in half a second;
`TorchEmbedder` runs the same model by sentence-transformers, for owners of a GPU. Their vectors
are interchangeable.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]
"""Shape (number of texts, dimension), C-contiguous, rows of unit length."""

Progress = Callable[[int, int], None]
"""Called with (done, total)."""

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"


def quiet(done: int, total: int) -> None:
    """Progress that nobody watches."""


class Embedder(ABC):
    """Turns texts into vectors."""

    batch: ClassVar[int] = 8
    """Texts encoded together. Small, because a text is padded to the longest of its batch."""

    def __init__(self, model: str, dimension: int) -> None:
        self.model = model
        """Name and fingerprint of the model: with a text's hash, the key of its vector."""
        self.dimension = dimension

    @abstractmethod
    def encode_batch(self, texts: Sequence[str]) -> Vectors:
        """Vectors of a few texts, in order. A text's vector does not depend on its batch."""

    def encode(self, texts: Sequence[str], progress: Progress = quiet) -> Vectors:
        """Vectors of any number of texts, in order.

        Texts are encoded longest first, in batches of similar length: unsorted, padding doubles
        the time.
        """
        order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(order), self.batch):
            places = order[start : start + self.batch]
            vectors[places] = self.encode_batch([texts[at] for at in places])
            progress(start + len(places), len(texts))
        return vectors


class OnnxEmbedder(Embedder):
    """Runs a prepared model by ONNX Runtime; pooling and normalising are part of its graph."""

    def __init__(
        self, folder: Path, model: str, dimension: int, max_tokens: int, threads: int = 0
    ) -> None:
        """Open the prepared model in `folder`; `threads` 0 means one for each core."""
        import onnxruntime  # noqa: PLC0415 -- a search by words alone never pays for it
        from tokenizers import Tokenizer  # noqa: PLC0415

        super().__init__(model, dimension)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        # The file may ask for padding to, and truncation at, a length that is not the model's.
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_tokens)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(
            str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )

    def encode_batch(self, texts: Sequence[str]) -> Vectors:
        """Vectors of a few texts, in order."""
        rows = [self._tokenizer.encode(text).ids for text in texts]
        shape = (len(rows), max(map(len, rows)))
        ids = np.zeros(shape, dtype=np.int64)
        mask = np.zeros(shape, dtype=np.int64)
        for at, row in enumerate(rows):
            ids[at, : len(row)] = row
            mask[at, : len(row)] = 1
        (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.ascontiguousarray(vectors, dtype=np.float32)


class TorchEmbedder(Embedder):
    """Runs a model by sentence-transformers, on a GPU where there is one."""

    batch: ClassVar[int] = 32

    def __init__(self, original: SentenceTransformer, model: str) -> None:
        super().__init__(model, int(original.get_embedding_dimension() or 0))
        self._original = original

    def encode_batch(self, texts: Sequence[str]) -> Vectors:
        """Vectors of a few texts, in order."""
        vectors: Any = self._original.encode(
            list(texts), batch_size=self.batch, normalize_embeddings=True, show_progress_bar=False
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)
