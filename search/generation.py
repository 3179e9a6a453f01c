"""Generations: what an index refresh writes, whole, and what the engine opens.

A generation is a folder that never changes once the manifest names it. The manifest is replaced in
one step, so a reader sees both indexes of one generation or both of the next, and a refresh that is
killed leaves only a folder that nothing names. The layout is

    indexes/manifest.json                  names the generation, the model and all checksums
    indexes/generations/000007/words/      tantivy
    indexes/generations/000007/meaning/    see `search.vectors`

Files that did not change are links to those of the generation before.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from search.lexical import LOCKS, WordIndex
from search.manifest import (
    DamagedError,
    check,
    checksums,
    read_manifest,
    seen,
    write_manifest,
)
from search.vectors import VectorIndex

MANIFEST = "manifest.json"
FOLDER = "generations"
WORDS = "words"
MEANING = "meaning"

LAYOUT = 4
"""Grows when the fields of the word index, its analysers or the files change."""


def versions() -> dict[str, str]:
    """What the files depend on; made by other versions, they are made again."""
    return {
        "layout": str(LAYOUT),
        "tantivy": version("tantivy"),
        "faiss": version("faiss-cpu"),
    }


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of both indexes, as the manifest describes it."""

    name: str
    before: str
    """Name of the generation before: readers may have it open still."""
    model: str
    """Key of the embedding model; "" when there is no index of meaning."""
    dimension: int
    vector_index: str
    """How vectors are compared; "" when there is no index of meaning."""
    exact_up_to: int
    """Passages that are compared one by one also where there are sketches."""
    waiting: int
    """Passages that have no vector yet."""
    dead: int
    """Documents taken out of the word index since it was last made anew: BM25 counts them."""
    versions: dict[str, str]
    words: dict[str, str]
    """SHA-256 of the word index's files by name."""
    meaning: dict[str, str]
    """SHA-256 of the vector index's files by name; empty when there is none."""
    stamps: dict[str, list[int]]
    """When they were written, their sizes and numbers, by name."""

    def folder(self, indexes: Path) -> Path:
        """Where its files are."""
        return indexes / FOLDER / self.name

    def files(self, indexes: Path) -> Iterator[Path]:
        """All that it consists of."""
        for part, names in ((WORDS, self.words), (MEANING, self.meaning)):
            yield from (self.folder(indexes) / part / name for name in names)

    def open_words(self, indexes: Path) -> WordIndex:
        """The index of words. Raises DamagedError."""
        self._check_versions()
        check(self.folder(indexes) / WORDS, self.words)
        return WordIndex(self.folder(indexes) / WORDS)

    def open_vectors(
        self, indexes: Path, *, mapped: bool = False, trusting: bool = False
    ) -> VectorIndex | None:
        """The index of meaning; None when it was never made; `mapped` as in `VectorIndex.load`.
        With `trusting`, files that nobody wrote since are not read for their checksums.

        Raises:
            DamagedError: a file is missing, is not what was written, or is of other software.
        """
        if not self.model:
            return None
        self._check_versions()
        folder = self.folder(indexes) / MEANING
        read = {
            name: expected
            for name, expected in self.meaning.items()
            if not trusting or seen(folder / name) != tuple(self.stamps[name])
        }
        check(folder, read)
        return VectorIndex.load(folder, self.exact_up_to, mapped=mapped)

    def _check_versions(self) -> None:
        if self.versions != versions():
            raise DamagedError("it was made by another version of the software")


def current(indexes: Path) -> Generation | None:
    """The generation that the manifest names; None when no index was ever made.

    Raises:
        DamagedError: the manifest is missing, truncated or altered, or of another layout.
    """
    entries = read_manifest(indexes / MANIFEST)
    if entries is None:
        if (indexes / FOLDER).exists():
            raise DamagedError(f"{MANIFEST} is missing, or the first refresh was stopped")
        return None
    try:
        return Generation(**entries)
    except TypeError as error:
        raise DamagedError(f"{MANIFEST} was written by another version of the software") from error


def begin(indexes: Path) -> Path:
    """A new, empty folder for the next generation."""
    (indexes / FOLDER).mkdir(parents=True, exist_ok=True)
    taken = [int(path.name) for path in (indexes / FOLDER).iterdir() if path.name.isdigit()]
    folder = indexes / FOLDER / f"{max(taken, default=0) + 1:06}"
    folder.mkdir()
    return folder


def commit(
    indexes: Path,
    folder: Path,
    before: Generation | None,
    *,
    model: str,
    vectors: VectorIndex | None,
    waiting: int = 0,
    dead: int = 0,
) -> Generation:
    """Make the generation in `folder` the current one, and clear away those before the last.
    `vectors` were saved there, are of this model, and lack so many passages.
    """
    generation = Generation(
        name=folder.name,
        before=before.name if before else "",
        model=model,
        dimension=vectors.dimension if vectors is not None else 0,
        vector_index=vectors.kind if vectors is not None else "",
        exact_up_to=vectors.exact_up_to if vectors is not None else 0,
        waiting=waiting,
        dead=dead,
        versions=versions(),
        words=_sums(indexes, folder, WORDS, before, before.words if before else {}),
        meaning=(sums := _sums(indexes, folder, MEANING, before, before.meaning if before else {})),
        stamps={name: list(seen(folder / MEANING / name) or ()) for name in sums},
    )
    write_manifest(indexes / MANIFEST, asdict(generation))
    for other in (indexes / FOLDER).iterdir():
        if other.name not in (generation.name, generation.before):
            shutil.rmtree(other, ignore_errors=True)  # Windows keeps what a reader has open.
    return generation


def _sums(
    indexes: Path, folder: Path, part: str, before: Generation | None, known: Mapping[str, str]
) -> dict[str, str]:
    """Checksums of one of the indexes, worked out for what is new in it."""
    ignored = set((folder / part).glob(LOCKS))
    names = [
        path.relative_to(folder / part).as_posix()
        for path in (folder / part).rglob("*")
        if path.is_file() and path not in ignored
    ]
    held = before.folder(indexes) / part if before is not None else None
    return checksums(folder / part, names, held, known)
