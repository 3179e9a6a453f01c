from collections.abc import Callable, Sequence, Sized

from asreview.models.models import ActiveLearningCycleData

class ActiveLearningCycle:
    n_query: int | Callable[[Sized], int]
    @classmethod
    def from_meta(cls, cycle_meta_data: ActiveLearningCycleData) -> ActiveLearningCycle: ...

class Results:
    def __getitem__(self, column: str) -> Sequence[int]: ...

class Simulate:
    _results: Results
    def __init__(
        self,
        records: object,
        /,
        labels: Sequence[int],
        cycles: Sequence[ActiveLearningCycle],
        print_progress: bool,
    ) -> None: ...
    def label(self, record_ids: Sequence[int]) -> object: ...
    def review(self) -> None: ...
