from collections.abc import Mapping, Sequence

class DataFrame:
    def __init__(self, data: Mapping[str, Sequence[str]]) -> None: ...
