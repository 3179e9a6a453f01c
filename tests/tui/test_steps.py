"""Undo asks the log that was written last."""

from __future__ import annotations

from tui.steps import Log, Steps


def log(name: str, deep: int) -> Log:
    """A log that holds so many steps."""
    done, undone = [f"{name} {at}" for at in range(deep)], list[str]()

    def move(source: list[str], target: list[str]) -> str:
        if not source:
            return ""
        target.append(source.pop())
        return target[-1]

    return Log(lambda: move(done, undone), lambda: move(undone, done))


def test_the_newest_step_is_taken_back_first_and_done_again_last() -> None:
    lists, tags = log("list", 3), log("tag", 1)
    steps = Steps(lists)
    for one in (lists, tags, lists):
        steps.did(one)
    assert [steps.undo() for _ in range(3)] == ["list 2", "tag 0", "list 1"]
    assert [steps.redo() for _ in range(3)] == ["list 1", "tag 0", "list 2"]


def test_before_this_session_the_first_log_counts() -> None:
    steps = Steps(log("list", 1))
    assert [steps.undo(), steps.undo(), steps.redo()] == ["list 0", "", "list 0"]


def test_a_new_step_leaves_nothing_to_do_again() -> None:
    lists, tags = log("list", 1), log("tag", 1)
    steps = Steps(lists)
    steps.did(tags)
    assert steps.undo() == "tag 0"
    steps.did(lists)
    assert steps.undo() == "list 0"


def test_what_could_not_be_taken_back_stays_the_newest() -> None:
    empty, lists = log("tag", 0), log("list", 1)
    steps = Steps(lists)
    steps.did(empty)
    assert [steps.undo(), steps.undo()] == ["", ""]
