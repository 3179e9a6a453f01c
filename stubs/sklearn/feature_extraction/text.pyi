from collections.abc import Iterable

from numpy import float64
from numpy.typing import NDArray

class _Matrix:
    def multiply(self, other: _Matrix) -> _Matrix: ...
    def sum(self, axis: int) -> NDArray[float64]: ...

class TfidfVectorizer:
    def fit(self, raw_documents: Iterable[str]) -> TfidfVectorizer: ...
    def transform(self, raw_documents: Iterable[str]) -> _Matrix: ...

ENGLISH_STOP_WORDS: frozenset[str]
