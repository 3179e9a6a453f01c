"""Sketches of texts: how much of one stands in another, and by what a likely pair is found.

A text is taken as its runs of four words. Its sketch is a MinHash over them (Broder 1997), cut
into bands: two texts that share half of their runs have a band in common with a probability of
0.96, two that share a twentieth with one of 0.003. So a pair is found by looking bands up, whatever
the number of texts, and is then held against each other run by run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

RUN: Final = 4
"""Words of a run."""

BANDS: Final = 24
ROWS: Final = 3
"""Bands of a sketch, and minima that make one."""

LEAST: Final = 30
"""Fewest runs that a text must have: of less, nothing can be said."""

LEAD: Final = 50
"""Runs at the beginning of a text: two releases of one supplier share their ends only."""

SHARED: Final = 0.5
"""Share of the shorter text's runs that stand in the longer one, from which they tell the same."""

LED: Final = 0.4
"""Share of one text's lead that must stand in the other."""

_NO_LETTER = re.compile(r"[^\x00-\x7f\w]")
_BETWEEN_WORDS = bytes(
    byte if chr(byte).isalnum() or byte > 127 else ord(" ")  # noqa: PLR2004 - the end of ASCII
    for byte in range(256)
)
"""What stands for each byte of UTF-8 when a text is cut into words."""

Numbers = npt.NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Sketch:
    """The runs of a text as numbers."""

    runs: Numbers
    """Each once, ascending; empty for a text that is too short to be compared."""
    lead: Numbers
    """Those that it begins with, each once, ascending."""

    @cached_property
    def bands(self) -> frozenset[int]:
        """By what its pairs are looked up."""
        return _bands(self.runs) if len(self.runs) else frozenset()


@lru_cache(maxsize=1024)  # one page after the other is held against the same few
def sketch(text: str) -> Sketch:
    """The sketch of a text; the same words give the same sketch on every machine."""
    runs = _runs(text)
    distinct = np.unique(runs)
    if len(distinct) < LEAST:
        return Sketch(runs[:0], runs[:0])
    return Sketch(distinct, np.unique(runs[:LEAD]))


def same_story(one: Sketch, other: Sketch) -> bool:
    """Whether one text retells most of the other, its beginning among it."""
    if not len(one.runs) or not len(other.runs):
        return False
    if _share(one.lead, other.runs) < LED and _share(other.lead, one.runs) < LED:
        return False  # asked first: it takes a tenth of the time
    shorter, longer = sorted((one.runs, other.runs), key=len)
    return _share(shorter, longer) >= SHARED


def _share(some: Numbers, all_of_them: Numbers) -> float:
    """How many of some numbers stand among others, which ascend: from 0 to 1."""
    places = np.searchsorted(all_of_them, some)
    places[places == len(all_of_them)] = 0
    return np.count_nonzero(all_of_them[places] == some) / len(some)


def _runs(text: str) -> Numbers:
    """A number for each run of words, in order."""
    words = _words(text.casefold())
    if len(words) < RUN:
        return np.zeros(0, dtype=np.uint64)
    numbers = np.fromiter(map(crc32, words), dtype=np.uint64, count=len(words))
    count = len(numbers) - RUN + 1
    runs = np.zeros(count, dtype=np.uint64)
    for place in range(RUN):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + numbers[place : place + count]
    return runs


def _words(text: str) -> list[bytes]:
    """The words of a text, in order: letters and digits. Cut as bytes, which is much faster."""
    if not text.isascii():
        for sign in set(_NO_LETTER.findall(text)):
            text = text.replace(sign, " ")
    return text.encode().translate(_BETWEEN_WORDS).split()


def _bands(runs: Numbers) -> frozenset[int]:
    factors, offsets = _hashes()
    hashes = runs[None, :] * factors[:, None]
    hashes += offsets[:, None]
    least = hashes.min(axis=1) >> np.uint64(1)
    found: set[int] = set()
    for place in range(BANDS):
        rows = least[place * ROWS : (place + 1) * ROWS]
        digest = sha256(bytes([place]) + rows.astype("<u8").tobytes()).digest()
        found.add(int.from_bytes(digest[:8], "big", signed=True))
    return frozenset(found)


@cache
def _hashes() -> tuple[Numbers, Numbers]:
    """Factors (odd) and offsets of the hash functions: fixed, or old sketches were worthless."""
    numbers = [
        int.from_bytes(sha256(f"story {place}".encode()).digest()[:8], "big")
        for place in range(2 * BANDS * ROWS)
    ]
    values = np.array(numbers, dtype=np.uint64)
    half = BANDS * ROWS
    return values[:half] | np.uint64(1), values[half:]
