"""Which records are put before a person as perhaps the same."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from catalogue.candidates import MOST, candidates, pairs, supplier_profiles, tool_profiles
from catalogue.clock import Clock
from catalogue.database import Database
from catalogue.judgements import Verdict, subjects
from catalogue.likeness import Profile
from catalogue.models import Identifier, Organisation, OrganisationName, Tool, ToolName
from catalogue.review.rulings import Decision, Rulings
from tests.builders import make_organisation, make_tool


def named(session: Session, name: str, supplier: Organisation) -> Tool:
    tool = make_tool(session, name, supplier=supplier)
    session.add(ToolName(tool_id=tool.id, kind="name", key=name.lower(), text=name))
    session.flush()
    return tool


@pytest.fixture
def market(database: Database) -> Database:
    """Five tools of two suppliers: 1, 2 and 3 may be one, 4 and 5 are others."""
    with database.write() as session:
        shift = make_organisation(session, "Wardshift")
        again = make_organisation(session, "Wardshift Systems (UK)")
        other = make_organisation(session, "Brackenford")
        named(session, "Rota Plus", shift)
        named(session, "RotaPlus", again)
        named(session, "Rota Plus AI", shift)
        named(session, "Rota Plus", other)
        named(session, "Letter Drafting", other)
    return database


def say(database: Database, clock: Clock, one: int, verdict: Verdict, other: int) -> None:
    subject, object_ = subjects("tool", one, other)
    Rulings(database, "ann", clock).decide("identity", [Decision(subject, object_, verdict)])


def queue(database: Database) -> list[tuple[int, int]]:
    with database.read() as session:
        return [(one.left, one.right) for one in candidates(session, "tool")]


def test_likely_pairs_of_tools_are_put_before_a_person_best_first(market: Database) -> None:
    with market.read() as session:
        found = candidates(session, "tool")
    assert {(one.left, one.right) for one in found} == {(1, 2), (1, 3), (2, 3)}
    scores = [one.likeness.score for one in found]
    assert scores == sorted(scores, reverse=True)


def test_what_is_judged_is_asked_no_more(market: Database, clock: Clock) -> None:
    say(market, clock, 1, "different", 3)
    assert (1, 3) not in queue(market)
    say(market, clock, 1, "same", 2)
    assert queue(market) == []  # 2 is 1, and 1 is not 3


def test_what_a_person_could_not_say_comes_last(market: Database, clock: Clock) -> None:
    first = queue(market)[0]
    say(market, clock, first[0], "unsure", first[1])
    assert queue(market)[-1] == first
    with market.read() as session:
        assert [one.unsure for one in candidates(session, "tool")] == [False, False, True]


def test_a_merged_tool_brings_its_names_to_the_one_it_is_shown_under(
    market: Database, clock: Clock
) -> None:
    say(market, clock, 1, "same", 2)
    with market.read() as session:
        profiles = tool_profiles(session)
    assert 2 not in profiles
    assert set(profiles[1].names) == {"Rota Plus", "RotaPlus"}


def test_suppliers_that_share_a_domain_come_first(database: Database) -> None:
    with database.write() as session:
        for name in ("Meridian Voice", "Meridien Voice", "Quillon", "Vesper"):
            make_tool(session, f"{name} Notes", supplier=make_organisation(session, name))
        ids = {row.name: row.id for row in session.query(Organisation)}
        session.add(
            Identifier(organisation_id=ids["Quillon"], scheme="DOMAIN", value="quillon.example")
        )
        session.get_one(Organisation, ids["Vesper"]).homepage = "http://www.quillon.example/"
        session.add(
            OrganisationName(
                organisation_id=ids["Vesper"], kind="former", key="inkwell", text="Inkwell"
            )
        )
        session.flush()
        found = candidates(session, "organisation")
        names = supplier_profiles(session)[ids["Vesper"]].names
    assert [(one.left, one.right) for one in found] == [
        (ids["Quillon"], ids["Vesper"]),
        (ids["Meridian Voice"], ids["Meridien Voice"]),
    ]
    assert found[0].likeness.shared == (("DOMAIN", "quillon.example"),)
    assert names == ("Vesper", "Inkwell")


def test_what_many_share_makes_no_pairs() -> None:
    many = {number: Profile((f"Planner {number} x{number}",)) for number in range(MOST + 1)}
    assert list(pairs(many)) == []
    few = {number: Profile((f"Planner {number}",)) for number in range(3)}
    assert list(pairs(few)) == [(0, 1), (0, 2), (1, 2)]
