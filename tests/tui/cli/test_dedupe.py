"""`horizon dedupe` judges records that may be one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Tool, ToolName
from catalogue.projection import project
from catalogue.review.deduping import Dedupe
from catalogue.text import name_key
from tests.builders import make_organisation, make_statement, make_tool
from tests.tui.cli.conftest import HOSTILE, Horizon, Stock
from tui.cli.deduping import work


@pytest.fixture
def pairs(database: Database, stock: Stock) -> Stock:
    """The stocked catalogue with two more tools, numbers 4 and 5, that may be number 1."""
    with database.write() as session:
        for name, maker in (("Rota Flow Professional", "Rotaflow"), ("RotaFlow Pro", HOSTILE)):
            tool = make_tool(session, name, supplier=make_organisation(session, maker))
            key = name_key(name)
            session.add(ToolName(tool_id=tool.id, kind="name", key=key, text=name))
            make_statement(session, tool, "name", name)
        for tool in session.scalars(select(Tool)).all():
            project(session, tool)
    return stock


def keys(*pressed: str) -> Iterator[str]:
    yield from pressed


@pytest.mark.usefixtures("pairs")
def test_lists_the_queue(horizon: Horizon) -> None:
    answer = horizon("dedupe", "--json").data
    assert horizon("dedupe", "list", "--json").data == answer
    assert {(one["left"], one["right"]) for one in answer} == {(1, 4), (1, 5), (4, 5)}
    assert answer[0]["parts"][0][0] == "words"
    table = horizon("dedupe", "list", "--limit", "1")
    assert "words +" in table.out
    assert "\x1b" not in table.out


@pytest.mark.usefixtures("stock")
def test_says_when_nothing_waits(horizon: Horizon) -> None:
    assert "No pair waits" in horizon("dedupe", "list").err
    assert horizon("dedupe", "list", "--json").data == []
    assert "No pair waits" in horizon("dedupe", "list", "--kind", "suppliers").err
    assert "No judgement contradicts" in horizon("dedupe", "conflicts").err


def test_a_merged_tool_is_found_by_its_old_name_and_number(horizon: Horizon, pairs: Stock) -> None:
    said = horizon("dedupe", "same", "4", str(pairs.rotaflow), "--why", "one page")
    assert "They are shown as 1, Rota" in said.err
    for text in ("4", "Rota Flow Professional"):
        shown = horizon("show", text, "--json")
        assert shown.data["row"]["id"] == pairs.rotaflow
        assert shown.data["merged"][0]["why"] == "one page"
        assert "Number 4 was judged to be the same as 1" in shown.err
    assert "number 4" in horizon("show", "1").out
    assert "judged the same by" in horizon("show", "1").out


@pytest.mark.usefixtures("pairs")
def test_a_judgement_is_undone(horizon: Horizon) -> None:
    before = horizon("show", "4", "--json").data
    queue = horizon("dedupe", "--json").data
    horizon("dedupe", "same", "1", "4")
    assert horizon("dedupe", "--json").data != queue
    assert "tool/1 and tool/4: same" in horizon("dedupe", "undo").err
    assert horizon("show", "4", "--json").data == before
    assert horizon("dedupe", "--json").data == queue
    assert "nothing to take back" in horizon("dedupe", "undo").err
    assert horizon("dedupe", "undo", "--json").data == {"undone": ""}


@pytest.mark.usefixtures("pairs")
def test_what_contradicts_is_refused_with_what_it_contradicts(horizon: Horizon) -> None:
    horizon("dedupe", "different", "1", "5")
    horizon("dedupe", "same", "1", "4")
    ended = horizon("dedupe", "same", "4", "5")
    assert ended.code == 5
    assert "1 and 5 are different" in ended.err
    assert "1 and 4 are the same" in ended.err
    assert horizon("dedupe", "conflicts", "--json").data == []


@pytest.mark.usefixtures("pairs")
def test_unsure_goes_to_the_end(horizon: Horizon) -> None:
    first = horizon("dedupe", "--json").data[0]
    horizon("dedupe", "unsure", str(first["left"]), str(first["right"]))
    last = horizon("dedupe", "--json").data[-1]
    assert (last["left"], last["right"], last["unsure"]) == (first["left"], first["right"], True)
    assert "somebody was unsure" in horizon("dedupe", "list").out


def test_suppliers_are_judged_too(horizon: Horizon, pairs: Stock) -> None:
    answer = horizon("dedupe", "same", "Rotaflow", "Quillon Hythe", "--kind", "suppliers", "--json")
    assert answer.data["verdict"] == "same"
    shown = horizon("show", str(pairs.scribe), "--json").data["row"]["supplier"]
    assert shown == answer.data["shown"]["name"]


@pytest.mark.usefixtures("pairs")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("same", "1", "99"), 3),
        (("same", "1", "Nothing of that name"), 3),
        (("same", "1", "1"), 2),
        (("same", "Rotaflow Pro", "4"), 3),  # two records have the name
        (("list", "--kind", "buyers"), 2),
        ((), 2),  # no terminal
    ],
)
def test_what_cannot_be_judged_is_told(
    horizon: Horizon, arguments: tuple[str, ...], code: int
) -> None:
    ended = horizon("dedupe", *arguments)
    assert ended.code == code
    assert ended.err.startswith("horizon: ")
    assert "\x1b" not in ended.err


@pytest.mark.usefixtures("pairs")
def test_works_through_the_queue_by_keys(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = Dedupe(database, "ann", "tool")
    ids = [(one.left, one.right) for one in mine.queue()]
    pressed = keys("x", "s", "z", "n", "d", "q")
    assert work(mine, lambda: next(pressed)) == 1
    printed = capsys.readouterr()
    assert "That key does nothing" in printed.out
    assert "Taken back: tool/" in printed.out
    assert f"1 of {len(ids)}   score" in printed.out
    assert "\u2260" in printed.out
    assert "\x1b]0;owned" not in printed.out
    assert mine.known().verdict(*ids[1]) == "different"
    assert mine.known().verdict(*ids[0]) is None


@pytest.mark.usefixtures("pairs")
def test_passes_over_pairs_that_a_judgement_has_answered(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = Dedupe(database, "ann", "tool")
    for one in mine.queue():
        mine.judge(one.left, "same", one.right)
    for _ in mine.queue():
        pytest.fail("all are judged")
    assert work(mine, lambda: "s") == 0
    assert "at its end" in capsys.readouterr().err
