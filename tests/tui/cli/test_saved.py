from __future__ import annotations

from datetime import UTC, datetime

from catalogue.database import Database
from catalogue.models import Tag, Tool
from tests.tui.cli.conftest import HOSTILE, Horizon, Stock
from tests.tui.cli.test_find import CONTROLS

ROTAS = ("Rotas", "use:rostering")


def tag(database: Database, tool_id: int) -> None:
    """Let the tool be for rostering."""
    with database.write() as session:
        session.add(
            Tag(
                tool_id=tool_id,
                vocabulary="use_cases",
                code="UC_SCHED_ROTA",
                state="accepted",
                by="rule",
                why="",
                quote="",
                confidence=1.0,
                at=datetime(2026, 11, 1, tzinfo=UTC),
            )
        )


def test_only_what_is_new_is_told_and_told_once(
    horizon: Horizon, stock: Stock, database: Database
) -> None:
    tag(database, stock.rotaflow)
    ended = horizon("saved", "add", *ROTAS)
    assert (ended.code, ended.err) == (0, "Saved 'Rotas': 1 tool found and seen.\n")
    tag(database, stock.scribe)
    listed = horizon("saved", "list", "--json").data
    assert [(row["name"], row["new"], row["found"]) for row in listed] == [("Rotas", 1, 2)]
    kept = horizon("saved", "show", "rotas", "--keep")
    assert kept.err.startswith("'Rotas': 1 new since ")
    assert "Quill Scribe" in kept.out
    assert "Rotaflow Pro" not in kept.out
    assert horizon("saved", "show", "Rotas", "--json").data["tools"] == [
        {"what": "new", "id": stock.scribe, "name": "Quill Scribe"}
    ]
    again = horizon("saved", "show", "Rotas", "--all")
    assert "nothing new" in again.err
    assert "Rotaflow Pro" in again.out


def test_what_does_not_match_any_more_is_told(
    horizon: Horizon, stock: Stock, database: Database
) -> None:
    tag(database, stock.rotaflow)
    horizon("saved", "add", *ROTAS)
    with database.write() as session:
        session.get_one(Tool, stock.rotaflow).scope = "SC_CLINICAL_OUT"
    ended = horizon("saved", "show", "Rotas")
    assert "1 gone" in ended.err
    assert ended.out.splitlines()[1].split()[:3] == ["gone", str(stock.rotaflow), "Rotaflow"]


def test_removing_can_be_taken_back(horizon: Horizon, stock: Stock) -> None:
    del stock
    horizon("saved", "add", *ROTAS)
    assert horizon("saved", "remove", "rotas").code == 0
    assert "no saved searches yet" in horizon("saved", "list").err
    assert horizon("saved", "undo").err == "Undone: 'Rotas' removed.\n"
    assert horizon("saved", "list").out.splitlines()[1].split()[0] == "Rotas"


def test_wrong_names_and_queries_are_answered_with_the_right_ones(horizon: Horizon) -> None:
    assert horizon("saved", "add", *ROTAS).code == 0
    assert "Did you mean 'Rotas'" in horizon("saved", "show", "Rota").err
    wrong = horizon("saved", "add", "Other", "seting:primary")
    assert (wrong.code, "Did you mean 'setting'" in wrong.err) == (2, True)
    assert horizon("saved", "add", *ROTAS).code == 5
    assert horizon("saved", "undo").code == 0
    assert horizon("saved", "undo").err == "There is nothing to undo.\n"


def test_hostile_text_never_reaches_the_terminal(horizon: Horizon, stock: Stock) -> None:
    del stock
    for ended in (
        horizon("saved", "add", f"List {HOSTILE}", "supplier:1,2,3"),
        horizon("saved", "list"),
        horizon("saved", "show", f"List {HOSTILE}", "--all"),
    ):
        assert not CONTROLS & set(ended.out + ended.err)
