"""`horizon project` screens tools for a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from catalogue.screening_rows import NextRow, ReportRow
from tests.tui.cli.conftest import HOSTILE, Horizon, Stock
from tests.tui.cli.test_find import CONTROLS
from tui.cli import opening
from tui.cli import screening as screening_loop
from tui.cli.main import horizon as root
from tui.cli.screening import work
from tui.screening import Screening

GOLDEN = Path(__file__).parent / "__golden__" / "project.txt"
NAME = "Ward rotas"


@pytest.fixture
def project(horizon: Horizon, stock: Stock, monkeypatch: pytest.MonkeyPatch) -> Stock:
    """A project of Ann's over the three stocked tools."""
    monkeypatch.setenv("HORIZON_REVIEW__REVIEWER", "Ann")
    monkeypatch.setenv("HORIZON_TODAY", "2026-11-05T09:00:00+00:00")
    assert horizon("project", "new", NAME, "Which tools build ward rotas?").code == 0
    return stock


@pytest.fixture
def screening(project: Stock) -> Iterator[Screening]:
    """Ann's project, for the loop."""
    del project
    with root.make_context("horizon", ["project", "list"]), opening.services() as services:
        yield services.screening


def test_reads_as_a_person_sees_it(horizon: Horizon, project: Stock) -> None:
    told = []
    for arguments in (
        ("next", NAME),
        ("decide", NAME, "include", "Rotaflow Pro"),
        ("decide", NAME, "exclude", str(project.scribe), "--reason", "wrong use case"),
        ("undo", NAME),
        ("redo", NAME),
        ("next", "ward ROTAS"),
        ("list",),
        ("show", NAME),
        ("order", NAME),
        ("report", NAME),
    ):
        ended = horizon("project", *arguments)
        assert ended.code == 0
        told.append(f"$ horizon project {' '.join(arguments)}\n{ended.err}{ended.out}")
    assert "\n".join(told) == GOLDEN.read_text(encoding="utf-8")


def test_scripts_screen_by_next_and_decide(horizon: Horizon, project: Stock) -> None:
    seen = []
    while (row := horizon("project", "next", NAME, "--json").data) is not None:
        assert list(row) == [field.name for field in fields(NextRow)]
        seen.append(row["tool"]["id"])
        ended = horizon("project", "decide", NAME, "maybe", str(seen[-1]), "--json")
        assert ended.data["decided"] == seen[-1:]
    assert sorted(seen) == [project.rotaflow, project.scribe, project.hostile]
    assert [one["tool_id"] for one in horizon("project", "order", NAME, "--json").data] == seen
    report = horizon("project", "report", NAME, "--json").data
    assert list(report) == [field.name for field in fields(ReportRow)]
    assert "Nothing waits" in horizon("project", "next", NAME).err
    assert "3 maybe" in horizon("project", "report", NAME).out


def test_an_included_tool_goes_on_a_shortlist(horizon: Horizon, project: Stock) -> None:
    horizon("shortlist", "new", "Trial")
    horizon("project", "decide", NAME, "include", str(project.rotaflow))
    assert horizon("project", "shortlist", NAME, "trial").err == (
        "1 tool new on 'Trial', of 1 included.\n"
    )
    (item,) = horizon("shortlist", "show", "Trial", "--json").data["items"]
    assert item["reason"] == f"included in project '{NAME}' by Ann"


def test_a_removed_project_is_brought_back(horizon: Horizon, project: Stock) -> None:
    del project
    assert horizon("project", "remove", NAME).code == 0
    assert "There are no projects yet" in horizon("project", "list").err
    assert horizon("project", "undo", NAME).err == "Undone: project removed.\n"
    assert horizon("project", "undo", NAME).err == "There is nothing to take back.\n"
    assert horizon("project", "redo", NAME, "--json").data == {
        "redone": "Done again: project removed."
    }


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("next", "Ward rota"), 3, f"Did you mean '{NAME}'?"),
        (("decide", NAME, "include", "99"), 3, "99"),
        (("decide", NAME, "exclude", "1"), 2, "Give --reason with one of 'Clinical'"),
        (("decide", NAME, "exclude", "1", "--reason", "other reason"), 5, "Say which"),
        (("decide", NAME, "yes", "1"), 2, "include"),
        (("new", NAME, "What?"), 5, "already"),
        (("new", "Other", "What?", "--query", "evidence:soon"), 2, "evidence"),
        (("new", "Other", ""), 5, "needs a question"),
        (("screen", NAME), 2, "'project next'"),
        (("report", NAME, "--confidence", "1"), 2, "range"),
    ],
)
def test_what_cannot_be_done_is_told(
    horizon: Horizon, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ended = horizon("project", *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert words in ended.err


def test_hostile_text_never_reaches_the_terminal(horizon: Horizon, project: Stock) -> None:
    for arguments in (
        ("decide", NAME, "exclude", str(project.rotaflow), "--reason", HOSTILE),
        ("decide", NAME, "include", str(project.scribe)),
        ("next", NAME),
        ("decide", NAME, "maybe", str(project.hostile)),
        ("show", NAME),
        ("order", NAME),
        ("report", NAME),
        ("new", HOSTILE, HOSTILE),
        ("list",),
    ):
        ended = horizon("project", *arguments)
        assert ended.code == 0
        assert not CONTROLS & set(ended.out + ended.err)


def pressed(keys: str, *lines: str) -> tuple[Iterator[str], Iterator[str]]:
    return iter(keys), iter(lines)


def loop(screening: Screening, keys: str, *lines: str) -> int:
    """Screen by these keys, and these lines where one is asked for."""
    given, typed = pressed(keys, *lines)
    return work(screening, NAME, lambda: next(given), lambda: next(typed))


def test_screens_by_keys(screening: Screening, capsys: pytest.CaptureFixture[str]) -> None:
    assert loop(screening, "123", "2 a rule engine") == 3
    printed = capsys.readouterr()
    outcomes = {one.outcome: one for one in screening.projects.own(NAME).values()}
    assert (outcomes["exclude"].reason, outcomes["exclude"].note) == ("XR_NOT_AI", "a rule engine")
    assert outcomes.keys() == {"include", "maybe", "exclude"}
    assert "1 Include   2 Maybe   3 Exclude...   0 Clear" in printed.out
    assert "Why it is here: nearest to the question: it says" in printed.out
    assert "Nothing waits" in printed.err
    assert "Ann screened 3 of 3 tools" in printed.out
    assert not CONTROLS & set(printed.out)


def test_says_that_many_tools_take_a_moment(
    screening: Screening, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert loop(screening, "q") == 0
    assert "takes a moment" not in capsys.readouterr().err
    monkeypatch.setattr(screening_loop, "MANY", 2)
    loop(screening, "q")
    assert "Reading what 3 tools say; this takes a moment." in capsys.readouterr().err


def test_undo_comes_back_to_the_tool(
    screening: Screening, capsys: pytest.CaptureFixture[str]
) -> None:
    assert loop(screening, "1u2q") == 1
    first, again = (row.tool_id for row in screening.order(NAME)[::2][:2])
    assert again == first
    assert [one.outcome for one in screening.projects.own(NAME).values()] == ["maybe"]
    assert loop(screening, "uUuuq") == -1
    printed = capsys.readouterr().out
    assert "Undone: Rotaflow Pro left at maybe." in printed
    assert "Done again: Rotaflow Pro left at maybe." in printed
    assert "There is nothing to take back." in printed


@pytest.mark.parametrize(
    ("keys", "lines", "words"),
    [
        ("xq", (), "The key 'x' does nothing."),
        ("eq", (), "The key 'e' does nothing."),
        ("3q", ("",), "Nothing was decided."),
        ("3q", ("99",), "There is no reason 99."),
        ("3q", ("15",), "Say which"),
        ("0q", (), "Nothing is decided of Rotaflow Pro."),
        ("Uq", (), "There is nothing to do again."),
    ],
)
def test_a_wrong_key_decides_nothing(
    screening: Screening,
    capsys: pytest.CaptureFixture[str],
    keys: str,
    lines: tuple[str, ...],
    words: str,
) -> None:
    assert loop(screening, keys, *lines) == 0
    assert words in capsys.readouterr().out
    assert len(screening.order(NAME)) == 1


def test_an_interruption_loses_nothing(screening: Screening) -> None:
    def key() -> str:
        if screening.projects.own(NAME):
            raise KeyboardInterrupt
        return "1"

    with pytest.raises(KeyboardInterrupt):
        work(screening, NAME, key)
    assert [one.outcome for one in screening.projects.own(NAME).values()] == ["include"]
