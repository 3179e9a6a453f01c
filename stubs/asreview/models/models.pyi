from typing import TypedDict

class ActiveLearningCycleData: ...

class _Configuration(TypedDict):
    name: str
    value: ActiveLearningCycleData

def get_ai_config(name: str | None = None) -> _Configuration: ...
