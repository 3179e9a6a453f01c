from numpy import bool_, float64
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

class LinearSVC:
    def __init__(self, *, loss: str, C: float, random_state: int) -> None: ...
    def fit(
        self, X: csr_matrix, y: NDArray[bool_], sample_weight: NDArray[float64]
    ) -> LinearSVC: ...
    def decision_function(self, X: csr_matrix) -> NDArray[float64]: ...
