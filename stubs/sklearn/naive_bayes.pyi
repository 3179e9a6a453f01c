from numpy import bool_, float64
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

class MultinomialNB:
    def __init__(self, *, alpha: float) -> None: ...
    def fit(
        self, X: csr_matrix, y: NDArray[bool_], sample_weight: NDArray[float64]
    ) -> MultinomialNB: ...
    def predict_log_proba(self, X: csr_matrix) -> NDArray[float64]: ...
