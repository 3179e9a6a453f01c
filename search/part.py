"""Parts of the index of meaning: vectors of some passages, in rows, that never change again.

A generation has one part, or two: a large one that is carried on from generation to generation as
a link, and a small one of what came since. FAISS holds the vectors and writes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import faiss
import numpy as np
import numpy.typing as npt

from search.embedder import Vectors
from search.manifest import DamagedError, carry_over
from search.sketch import Sketch

Ids = npt.NDArray[np.int64]
Pairs = npt.NDArray[np.int64]
"""Shape (n, 2): passage id, document id."""

VECTORS_FILE = "vectors.faiss"
PAIRS_FILE = "passages.npy"
SKETCH_FILE = "sketch.faiss"


NOBODY: Pairs = np.empty((0, 2), np.int64)


@dataclass(frozen=True, slots=True)
class Part:
    """Some passages and their vectors."""

    pairs: Pairs
    """Of each row, in any order."""
    flat: faiss.IndexFlatIP
    sketch: Sketch | None = None
    folder: Path | None = None
    """Where its files are; None when it was not written."""
    rows: Vectors = field(init=False)
    """The vectors, where FAISS holds them."""

    def __post_init__(self) -> None:
        count, dimension = self.flat.ntotal, self.flat.d
        rows = np.empty((0, dimension), np.float32)
        if count:
            rows = faiss.rev_swig_ptr(self.flat.get_xb(), count * dimension).reshape(count, -1)
        object.__setattr__(self, "rows", rows)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self.flat.d)

    @classmethod
    def of(cls, dimension: int, blocks: Iterable[tuple[Pairs, Vectors]]) -> Self:
        """Hold vectors of unit length, one for each pair."""
        flat, pairs = faiss.IndexFlatIP(dimension), [NOBODY]
        for some, vectors in blocks:
            flat.add(np.ascontiguousarray(vectors, dtype=np.float32))
            pairs.append(some)
        return cls(np.concatenate(pairs), flat)

    @classmethod
    def load(cls, folder: Path, *, mapped: bool) -> Self:
        """Read what `save` wrote; `mapped` leaves the vectors on the disk until they are needed.

        Raises:
            DamagedError: it cannot be read, or its files do not belong together.
        """
        try:
            flags = faiss.IO_FLAG_MMAP_IFC if mapped else 0
            flat = faiss.read_index(str(folder / VECTORS_FILE), flags)
            pairs = np.load(folder / PAIRS_FILE, allow_pickle=False)
        except (OSError, ValueError, RuntimeError, EOFError) as error:
            raise DamagedError(f"it cannot be read ({error})") from error
        sketch = Sketch.load(folder / SKETCH_FILE) if (folder / SKETCH_FILE).exists() else None
        counts = {len(pairs), flat.ntotal, flat.ntotal if sketch is None else len(sketch)}
        if not isinstance(flat, faiss.IndexFlatIP) or len(counts) != 1:
            raise DamagedError(f"{VECTORS_FILE} and {PAIRS_FILE} do not belong together")
        return cls(pairs, flat, sketch, folder)

    def save(self, folder: Path, *, sketched: bool) -> None:
        """Write it into the new folder `folder`; not atomic, so that must not be in use."""
        folder.mkdir()
        faiss.write_index(self.flat, str(folder / VECTORS_FILE))
        np.save(folder / PAIRS_FILE, self.pairs, allow_pickle=False)
        if sketched:
            Sketch.of(self.rows).save(folder / SKETCH_FILE)

    def carry_over(self, folder: Path) -> None:
        """Give the new folder `folder` the files of this part, which was loaded."""
        names = [VECTORS_FILE, PAIRS_FILE, *([SKETCH_FILE] if self.sketch is not None else [])]
        if self.folder is not None:
            carry_over(self.folder, folder, names)
