from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from catalogue.frontier import Found, Run, Task
from catalogue.ingest import Conclusion, Outcome, PageVisit, VisitState
from crawler.crawl import MAX_FAULTS_IN_ROW, MAX_LEASES, QUICK, Walk
from crawler.source import Source
from tests.crawler.conftest import source

RUN = Run(1, 1, "rota", resumed=False)


def walk() -> Walk:
    return Walk(Source.model_validate(source("http://www.rota.example/")), RUN)


def visit(number: int, state: VisitState, status: int = 200, note: str = "") -> PageVisit:
    task = Task(number, f"http://www.rota.example/{number}", 1, "page")
    return PageVisit(RUN, task, state, datetime.now(UTC), status=status, note=note)


FAULT: VisitState = "fault"


def settle(walked: Walk, *states: VisitState, status: int = 200) -> None:
    for number, state in enumerate(states):
        walked.settle(visit(number, state, status, note="No answer."), Outcome(new=True))


def test_a_lease_that_is_handed_out_again_is_not_taken_twice() -> None:
    walked = walk()
    first, second = visit(1, "read").task, visit(2, "read").task
    walked.hold([first])
    assert walked.next_tasks(4) == [first]
    walked.hold([first, second])
    assert walked.next_tasks(4) == [second]
    walked.release(visit(1, "read"))
    assert set(walked.held) == {2}


def test_a_lease_that_is_to_be_tried_again_may_be_taken_before_its_visit_is_counted() -> None:
    walked = walk()
    failed = visit(1, "fault")
    walked.hold([failed.task])
    walked.next_tasks(4)
    walked.release(failed)
    walked.hold([failed.task])
    walked.settle(failed, Outcome())
    assert walked.next_tasks(4) == [failed.task]
    assert set(walked.held) == {1}


def test_more_is_leased_at_once_as_long_as_it_is_used_up_quickly() -> None:
    walked = walk()
    taken: list[int] = []
    for _ in range(6):
        taken.append(walked.wanted(4))
        walked.hold([visit(1000 * len(taken) + one, "read").task for one in range(taken[-1])])
    assert taken == [4, 8, 16, 32, MAX_LEASES, MAX_LEASES]
    walked.leased_at -= 2 * QUICK
    assert walked.wanted(4) == 4


def test_what_the_frontier_did_not_have_says_nothing_of_the_pace() -> None:
    walked = walk()
    walked.hold([visit(1, "read").task])
    assert walked.wanted(1) == 2


def test_what_waits_to_be_requested_or_confirmed_leaves_room_for_requests() -> None:
    walked = walk()
    walked.hold([visit(number, "read").task for number in range(6)])
    walked.next_tasks(2)
    walked.confirming = 1
    assert walked.under_way == 1
    assert not walked.idle
    assert len(walked.drop_ready()) == 4
    assert set(walked.held) == {0, 1}
    walked.confirming = 2
    assert walked.idle


def test_what_was_found_or_failed_is_looked_for_on_the_frontier() -> None:
    walked = walk()
    walked.dry = True
    walked.settle(visit(1, "read"), Outcome())
    assert walked.dry
    walked.settle(
        replace(visit(2, "read"), found=(Found("http://www.rota.example/3", 1),)), Outcome()
    )
    assert not walked.dry


def test_a_silent_site_is_given_up_but_an_answer_starts_the_count_anew() -> None:
    walked = walk()
    settle(walked, *[FAULT] * (MAX_FAULTS_IN_ROW - 1), status=0)
    settle(walked, "read")
    assert walked.gave_up == ""
    settle(walked, *[FAULT] * MAX_FAULTS_IN_ROW, status=0)
    assert walked.gave_up.endswith("in a row. No answer.")


def test_faults_with_an_answer_are_no_silence() -> None:
    walked = walk()
    settle(walked, *[FAULT] * 9, status=500)
    assert walked.gave_up == ""


def test_the_tally_tells_what_was_counted() -> None:
    walked = walk()
    settle(walked, "read", "unchanged", "not_modified", "listed", "gone", "fault", "refused")
    tally = walked.tally()
    assert (tally.visited, tally.read, tally.unchanged, tally.listed) == (7, 1, 2, 1)
    assert (tally.gone, tally.faults, tally.refused, tally.new) == (1, 1, 1, 7)
    assert tally.state == "running"


def test_a_walk_is_postponed_once() -> None:
    walked = walk()
    walked.postpone("asked to wait")
    walked.postpone("stopped")
    assert walked.tally().note == "asked to wait"


def test_what_was_held_counts_as_signals_once_the_run_is_judged() -> None:
    walked = walk()
    settle(walked, "read")
    walked.concluded(Conclusion("finished", signals=3))
    assert (walked.tally().signals, walked.tally().state) == (3, "finished")


def test_a_run_that_failed_says_why() -> None:
    walked = walk()
    walked.concluded(Conclusion("failed", "0 documents, at least 1 expected."))
    assert (walked.tally().state, walked.tally().note) == (
        "failed",
        "0 documents, at least 1 expected.",
    )
