from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from Stemmer import Stemmer

class Tokenized: ...

def tokenize(
    texts: Sequence[str], stopwords: str, stemmer: Stemmer, show_progress: bool
) -> Tokenized: ...

class BM25:
    def __init__(self, method: str) -> None: ...
    def index(self, corpus: Tokenized, show_progress: bool) -> None: ...
    def retrieve(
        self, query_tokens: Tokenized, k: int, show_progress: bool
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]: ...
