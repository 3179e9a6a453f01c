from __future__ import annotations

from datetime import UTC, datetime

import pytest

from catalogue.frontier import Run, Task
from catalogue.ingest import Outcome, PageVisit, VisitState
from crawler.crawl import MAX_FAULTS_IN_ROW, Walk
from crawler.source import Source
from tests.crawler.conftest import source

RUN = Run(1, 1, "rota", resumed=False)


def walk(**expected: object) -> Walk:
    tree = {**source("http://www.rota.example/"), "expect": {"documents": expected}}
    return Walk(Source.model_validate(tree), RUN)


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
    assert walked.hold([first]) == [first]
    assert walked.hold([first, second]) == [second]
    walked.settle(visit(1, "read"), Outcome())
    assert set(walked.held) == {2}


@pytest.mark.parametrize("state", ["read", "unchanged", "not_modified"])
def test_pages_that_are_there_count_as_documents(state: VisitState) -> None:
    walked = walk(min=1)
    settle(walked, state)
    assert walked.verdict() == ("finished", "")


@pytest.mark.parametrize("state", ["listed", "gone", "refused"])
def test_a_run_without_a_document_has_failed(state: VisitState) -> None:
    walked = walk()
    settle(walked, state)
    assert walked.verdict()[0] == "failed"


def test_more_than_expected_is_noted_only() -> None:
    walked = walk(max=1)
    settle(walked, "read", "read")
    assert walked.verdict() == ("finished", "2 documents, at most 1 expected.")


def test_a_silent_site_is_given_up_but_an_answer_starts_the_count_anew() -> None:
    walked = walk()
    settle(walked, *[FAULT] * (MAX_FAULTS_IN_ROW - 1), status=0)
    settle(walked, "read")
    assert walked.faults_in_row == 0
    settle(walked, *[FAULT] * MAX_FAULTS_IN_ROW, status=0)
    state, note = walked.verdict()
    assert state == "failed"
    assert note.endswith("in a row. No answer.")


def test_faults_with_an_answer_are_no_silence() -> None:
    walked = walk()
    settle(walked, *[FAULT] * 9, status=500)
    assert walked.faults_in_row == 0


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
