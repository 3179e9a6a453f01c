"""`horizon claims`: keys, standings, a person's word and its undoing."""

from __future__ import annotations

from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Claim, Evidence, Tool
from catalogue.projection import project
from tests.tui.cli.conftest import Horizon, Stock

CLAIM, STUDY = "c1a1b1c1d1", "e1a1b1c1d1"


def keyed(database: Database, stock: Stock) -> None:
    with database.write() as session:
        session.scalars(select(Claim)).one().key = CLAIM
        session.scalars(select(Evidence)).one().key = STUDY
        project(session, session.get_one(Tool, stock.rotaflow))


def test_list_gives_keys_standing_and_what_bears(
    horizon: Horizon, stock: Stock, database: Database
) -> None:
    keyed(database, stock)
    ended = horizon("claims", "list", "rotaflow pro")
    assert ended.code == 0
    first, _, row, *_ = ended.out.splitlines()
    assert first == "Rotaflow Pro: 1 claim · 1 supported, not independently"
    assert CLAIM in row
    assert f"{STUDY} supports (L4)" in row
    data = horizon("claims", "list", str(stock.rotaflow), "--json").data
    assert data["tool"] == stock.rotaflow
    assert data["claims"][0]["bearings"][0]["relation"] == "supports"
    assert data["evidence"][0]["key"] == STUDY


def test_a_word_is_given_and_taken_back(horizon: Horizon, stock: Stock, database: Database) -> None:
    keyed(database, stock)
    ended = horizon("claims", "bear", CLAIM[:6], STUDY[:6], "contradicts", "--why", "other ward")
    assert ended.code == 0
    assert ended.err == (
        "'Evaluation at Westmarch' now contradicts 'Saves up to 2 hours per week.'.\n"
    )
    shown = horizon("show", "Rotaflow Pro").out
    assert "1 claim · 1 contradicted" in shown
    assert "other ward" in shown
    assert horizon("claims", "undo").err == "Your last word was taken back.\n"
    assert "1 supported, not independently" in horizon("show", "Rotaflow Pro").out
    assert horizon("claims", "undo").err == "There is nothing to take back.\n"


def test_what_is_not_there_is_code_3(horizon: Horizon, stock: Stock, database: Database) -> None:
    keyed(database, stock)
    assert horizon("claims", "list", "Rotaflow Prox").code == 3
    assert horizon("claims", "bear", "ffff", STUDY, "supports").code == 3
    assert horizon("claims", "bear", CLAIM, STUDY, "helps").code == 3


def test_a_tool_without_claims_says_so(horizon: Horizon, stock: Stock) -> None:
    ended = horizon("claims", "list", str(stock.scribe))
    assert ended.out == "Quill Scribe: No claim of benefit found\n"
