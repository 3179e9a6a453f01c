"""What people's corrections teach, and that they teach it the same way each time."""

from __future__ import annotations

import numpy as np
import pytest

from search.learned import ENOUGH, NOTHING, Correction, learn

RED = np.array([1, 0], np.float32)
BLUE = np.array([0, 1], np.float32)


def corrections(given: int, left: int, confidence: float = 0.5) -> list[Correction]:
    return [
        *(Correction("colours", "COL_RED", True, confidence, RED) for _ in range(given)),
        *(Correction("colours", "COL_RED", False, confidence, BLUE) for _ in range(left)),
    ]


@pytest.mark.parametrize(("given", "left"), [(ENOUGH, ENOUGH - 1), (ENOUGH - 1, ENOUGH), (0, 0)])
def test_a_term_is_not_learned_before_enough_of_both_kinds(given: int, left: int) -> None:
    assert learn(corrections(given, left)) == NOTHING


def test_what_people_accepted_is_likelier_afterwards_and_what_they_left_less() -> None:
    learned = learn(corrections(ENOUGH, ENOUGH))
    like, unlike = (learned.judge("colours", "COL_RED", 0.5, one) for one in (RED, BLUE))
    assert like is not None
    assert unlike is not None
    assert unlike.confidence < 0.5 < like.confidence
    assert like.after == 2 * ENOUGH


def test_a_term_that_nobody_corrected_is_judged_by_nothing_learned() -> None:
    assert learn(corrections(ENOUGH, ENOUGH)).judge("colours", "COL_BLUE", 0.5, RED) is None


def test_learning_twice_gives_the_same() -> None:
    judged = [
        learn(corrections(12, 9)).judge("colours", "COL_RED", sure, RED) for sure in (0.3, 0.3)
    ]
    assert judged[0] == judged[1]


def test_certain_confidences_are_no_trouble() -> None:
    judged = learn(corrections(9, 9, confidence=1.0)).judge("colours", "COL_RED", 0.0, RED)
    assert judged is not None
    assert 0 < judged.confidence < 1
