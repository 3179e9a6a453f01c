"""How far off a change is."""

from __future__ import annotations

import pytest

from catalogue.database import Database
from catalogue.horizons import Facts, facts, horizon
from tests.builders import make_deployment, make_statement, make_tool

USED = frozenset({"PH_PRODUCTION"})
TRIED = frozenset({"PH_BETA_PILOT"})
RESEARCH = frozenset({"research"})


@pytest.mark.parametrize(
    ("signal", "known", "expected"),
    [
        ("SIG_CLAIM_ADDED", Facts(USED), "HZ_NOW"),
        ("SIG_CLAIM_ADDED", Facts(USED | TRIED), "HZ_NOW"),
        ("SIG_CLAIM_ADDED", Facts(stages=frozenset({"award"})), "HZ_NOW"),
        ("SIG_CLAIM_ADDED", Facts(offered=True), "HZ_NOW"),
        ("SIG_CLAIM_ADDED", Facts(TRIED), "HZ_NEXT"),
        ("SIG_CLAIM_ADDED", Facts(stages=frozenset({"tender"})), "HZ_NEXT"),
        ("SIG_PILOT_ANNOUNCED", Facts(), "HZ_NEXT"),
        ("SIG_PILOT_ANNOUNCED", Facts(USED), "HZ_NOW"),
        ("SIG_EVIDENCE_PUBLISHED", Facts(publishers=RESEARCH), "HZ_LATER"),
        ("SIG_EVIDENCE_PUBLISHED", Facts(publishers=RESEARCH | {"supplier"}), "HZ_NOT_STATED"),
        ("SIG_EVIDENCE_PUBLISHED", Facts(), "HZ_NOT_STATED"),
        ("SIG_NOTICE_TENDER", None, "HZ_NEXT"),
        ("SIG_DISSOLVED", None, "HZ_NOT_STATED"),
    ],
)
def test_the_horizon_of_a_signal(signal: str, known: Facts | None, expected: str) -> None:
    assert horizon(signal, known) == expected


def test_what_is_known_of_a_tool(database: Database) -> None:
    with database.write() as session:
        tool = make_tool(session)
        make_deployment(session, tool)
        assert facts(session, tool.id).offered is False
        make_statement(session, tool, "price", "£2")
        found = facts(session, tool.id)
    assert found == Facts(USED, offered=True, publishers=frozenset({"supplier"}))
