"""The simulated reviewer, and the measures against values worked out by hand."""

from __future__ import annotations

import math

import pytest

from search import simulation
from search.prioritise import Prioritiser
from search.simulation import Question, Screened

TEXTS = tuple(f"{'rota' if at % 5 == 0 else 'scan'} number{at % 3}" for at in range(60))
LABELS = tuple(at % 5 == 0 for at in range(60))
ORDER = (True, False, True, False, False, False, False, False, True, False)


def test_work_saved_is_what_need_not_be_read_less_what_chance_saves() -> None:
    # The third of three is the ninth of ten.
    assert simulation.work_saved(ORDER) == pytest.approx(0.1 - 0.05)
    # 95 % of three are all three; of 20, the 19th suffices.
    assert simulation.work_saved((True,) * 19 + (False,) * 20 + (True,)) == pytest.approx(
        21 / 40 - 0.05
    )
    assert simulation.work_saved(ORDER, recall=0.6) == pytest.approx(0.7 - 0.4)


def test_the_average_time_is_the_mean_share_read_at_each_discovery() -> None:
    assert simulation.average_time(ORDER) == pytest.approx((1 + 3 + 9) / 3 / 10)


def test_recall_counts_what_is_found_in_a_share() -> None:
    assert simulation.recall_after(ORDER, 0.3) == pytest.approx(2 / 3)
    assert simulation.recall_after((True,) * 3 + (False,) * 7, 0.29) == pytest.approx(2 / 3)


def test_where_nothing_is_relevant_nothing_is_measured() -> None:
    for measure in (simulation.work_saved, simulation.average_time):
        assert math.isnan(measure((False, False)))
    assert math.isnan(simulation.recall_after((False,), 0.5))


def test_a_seed_draws_one_of_each_kind() -> None:
    for seed in range(5):
        relevant, irrelevant = simulation.prior(LABELS, seed)
        assert LABELS[relevant]
        assert not LABELS[irrelevant]
    assert simulation.prior(LABELS, 3) == simulation.prior(LABELS, 3)
    with pytest.raises(ValueError, match="relevant and irrelevant"):
        simulation.prior((True, True), 0)


def test_reads_everything_once_and_the_alike_first() -> None:
    known = simulation.prior(LABELS, 0)
    screened = simulation.screen(Prioritiser(TEXTS, None), LABELS, known)
    assert sorted((*screened.order, *known)) == list(range(60))
    assert screened.relevant == (True,) * 11 + (False,) * 47
    assert screened.known == 2
    # Each decision is followed by a ranking until 40 are made, and the last of 11 comes before.
    assert len(screened.seconds) == 12


def test_begins_with_the_question_where_nothing_is_known() -> None:
    screened = simulation.screen(Prioritiser(TEXTS, None), LABELS, question=Question("rota"))
    assert screened.relevant == (True,) * 12 + (False,) * 48


def test_draws_every_so_many_th_at_random_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    screened = simulation.screen(
        Prioritiser(TEXTS, None),
        LABELS,
        (0, 1),
        random_every=4,
        seed=2,
        progress=lambda done, total: told.append((done, total)),
    )
    assert screened.at_random == tuple(range(3, 58, 4))
    assert len(set(screened.order)) == 58
    assert told[0] == (3, 60)
    assert told[-1] == (60, 60)


def test_looks_are_as_far_apart_as_rankings() -> None:
    screened = Screened(tuple(range(100)), (True,) * 10 + (False,) * 90, known=2)
    looks = list(simulation.looks(screened))
    assert looks[:39] == [*range(1, 39), 40]
    assert looks[-1] == 100


def test_measures_a_screening_and_its_stopping_reports() -> None:
    found = (True,) * 10 + (False,) * 90
    measured = simulation.measure(Screened(tuple(range(100)), found, known=2, seconds=(1.0, 2.0)))
    assert measured.work_saved == pytest.approx(0.9 - 0.05)
    assert measured.average_time == pytest.approx(0.055)
    assert (measured.recall_10, measured.recall_25) == (1, 1)
    assert (measured.seconds, measured.held, measured.recall_stopped) == (1.5, 1, 1)
    # 95 % of 10 found allows for none left; a few fruitless ones short of all must be read.
    assert 0.9 <= measured.stopped < 1
    late = simulation.measure(Screened(tuple(range(100)), found[::-1], seconds=(1.0,)))
    assert late.held < 0.9
