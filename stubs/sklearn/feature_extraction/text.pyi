from collections.abc import Iterable

from scipy.sparse import csr_matrix

class TfidfVectorizer:
    def __init__(
        self,
        *,
        stop_words: str | None = ...,
        ngram_range: tuple[int, int] = ...,
        max_df: float = ...,
        sublinear_tf: bool = ...,
    ) -> None: ...
    def fit(self, raw_documents: Iterable[str]) -> TfidfVectorizer: ...
    def fit_transform(self, raw_documents: Iterable[str]) -> csr_matrix: ...
    def transform(self, raw_documents: Iterable[str]) -> csr_matrix: ...

ENGLISH_STOP_WORDS: frozenset[str]
