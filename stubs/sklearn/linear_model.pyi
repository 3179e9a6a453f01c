from numpy import bool_, float64
from numpy.typing import NDArray

class LogisticRegression:
    coef_: NDArray[float64]
    intercept_: NDArray[float64]
    def __init__(self, *, C: float = ..., max_iter: int = ...) -> None: ...
    def fit(self, X: NDArray[float64], y: NDArray[bool_]) -> LogisticRegression: ...
