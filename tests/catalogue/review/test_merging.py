"""What hangs on a judgement of two records."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from catalogue.clock import Clock
from catalogue.database import Database
from catalogue.drafts import Quote, ToolDraft
from catalogue.errors import CatalogueError, NotFoundError
from catalogue.identity import tool
from catalogue.judgements import Table, Verdict, judgements, subjects
from catalogue.mentions import known_names
from catalogue.models import Organisation, Ruling, Tool, ToolName
from catalogue.queries.detail import detail
from catalogue.queries.tools import browse, find_tool, rows
from catalogue.review.holding import holding
from catalogue.review.rulings import Decision, Rulings
from catalogue.review.shortlists import Shortlists
from catalogue.rows import Filters
from tests.builders import make_organisation, make_tool


@pytest.fixture
def reviewer(database: Database, clock: Clock) -> Rulings:
    """A reviewer of a catalogue with four suppliers of one tool each."""
    with database.write() as session:
        for name in ("Alder", "Birch", "Cedar", "Dogwood"):
            make_tool(session, f"{name} Rota", supplier=make_organisation(session, name))
    return Rulings(database, "ann", clock)


def say(reviewer: Rulings, one: int, verdict: Verdict, other: int, table: Table = "tool") -> None:
    subject, object_ = subjects(table, one, other)
    reviewer.decide("identity", [Decision(subject, object_, verdict)])


def shown(database: Database, model: type[Tool | Organisation] = Tool) -> dict[int, int | None]:
    with database.read() as session:
        return dict(session.execute(select(model.id, model.canonical_id)).all())


def test_a_record_is_shown_under_the_smallest_of_its_cluster(
    database: Database, reviewer: Rulings
) -> None:
    say(reviewer, 4, "same", 3)
    say(reviewer, 2, "same", 4)
    assert shown(database) == {1: None, 2: None, 3: 2, 4: 2}
    say(reviewer, 3, "same", 1)
    assert shown(database) == {1: None, 2: 1, 3: 1, 4: 1}
    reviewer.undo()
    assert shown(database) == {1: None, 2: None, 3: 2, 4: 2}
    reviewer.redo()
    assert shown(database) == {1: None, 2: 1, 3: 1, 4: 1}


def test_judging_a_pair_anew_takes_the_older_judgement_away(
    database: Database, reviewer: Rulings
) -> None:
    say(reviewer, 1, "same", 2)
    say(reviewer, 1, "different", 2)
    assert shown(database) == {1: None, 2: None, 3: None, 4: None}


def test_tools_are_listed_under_the_supplier_that_theirs_was_judged_to_be(
    database: Database, reviewer: Rulings
) -> None:
    def suppliers() -> list[tuple[int, int]]:
        with database.read() as session:
            query = select(Tool.supplier_id, Tool.canonical_supplier_id).order_by(Tool.id)
            return [(own, listed) for own, listed in session.execute(query)]

    with database.read() as session:
        ids = session.scalars(select(Tool.supplier_id).order_by(Tool.id)).all()
    say(reviewer, ids[0], "same", ids[2], "organisation")
    assert suppliers()[2] == (ids[2], ids[0])
    assert shown(database, Organisation)[ids[2]] == ids[0]
    assert shown(database) == {1: None, 2: None, 3: None, 4: None}
    reviewer.undo()
    assert suppliers()[2] == (ids[2], ids[2])


def test_what_would_join_two_that_are_different_is_refused_and_says_why(
    database: Database, reviewer: Rulings
) -> None:
    say(reviewer, 1, "different", 3)
    say(reviewer, 1, "same", 2)
    with pytest.raises(CatalogueError) as refused:
        say(reviewer, 2, "same", 3)
    assert "1 and 3 are different (ann, 5 October 2026)" in refused.value.message
    assert "1 and 2 are the same" in refused.value.message
    assert shown(database) == {1: None, 2: 1, 3: None, 4: None}
    with database.read() as session:
        assert len(session.scalars(select(Ruling)).all()) == 2


def test_two_of_one_cluster_are_not_said_to_be_different(
    database: Database, reviewer: Rulings
) -> None:
    say(reviewer, 1, "same", 2)
    say(reviewer, 2, "same", 3)
    with pytest.raises(CatalogueError, match="1 and 3 are different"):
        say(reviewer, 1, "different", 3)
    assert shown(database) == {1: None, 2: 1, 3: 1, 4: None}


def test_an_undo_that_would_make_a_conflict_is_refused(
    database: Database, reviewer: Rulings, clock: Clock
) -> None:
    say(reviewer, 1, "different", 3)
    say(reviewer, 1, "unsure", 3)
    other = Rulings(database, "bob", clock)
    say(other, 1, "same", 2)
    say(other, 2, "same", 3)
    with pytest.raises(CatalogueError, match="1 and 3 are different"):
        reviewer.undo()
    with database.read() as session:
        known = judgements(holding(session, "identity"), "tool")
    assert known.verdict(1, 3) == "same"
    assert known.conflicts == ()


def test_a_shortlist_shows_merged_tools_once_and_as_one(
    database: Database, reviewer: Rulings, clock: Clock
) -> None:
    lists = Shortlists(database, "ann", clock)
    lists.create("Rotas", "")
    lists.add("Rotas", [2, 3, 4], "seen")
    say(reviewer, 1, "same", 3)
    say(reviewer, 2, "same", 4)
    assert [(one.position, one.tool_id) for one in lists.get("Rotas").items] == [(1, 2), (2, 1)]
    assert lists.add("Rotas", [1, 4], "") == 0
    assert lists.remove("Rotas", [4], "") == 1
    assert [one.tool_id for one in lists.get("Rotas").items] == [1]
    lists.undo()
    reviewer.undo()
    reviewer.undo()
    assert [one.tool_id for one in lists.get("Rotas").items] == [2, 3, 4]


def test_a_merged_tool_is_found_by_its_names_and_listed_nowhere(
    database: Database, reviewer: Rulings
) -> None:
    with database.write() as session:
        session.add(ToolName(tool_id=3, kind="name", key="cedarrota", text="Cedar Rota"))
    say(reviewer, 1, "same", 3)
    with database.read() as session:
        assert find_tool(session, "3") == find_tool(session, "Cedar Rota") == 1
        assert list(browse(session, Filters())) == [1, 2, 4]
        assert rows(session, [1, 3]).keys() == {1}
        assert detail(session, 3).row.id == 1
        (merged,) = detail(session, 1).merged
    assert (merged.id, merged.name, merged.supplier, merged.by) == (3, "Cedar Rota", "Cedar", "ann")


def test_a_page_of_a_merged_supplier_speaks_of_the_tools_of_the_other(
    database: Database, reviewer: Rulings, clock: Clock
) -> None:
    with database.read() as session:
        ids = session.scalars(select(Tool.supplier_id).order_by(Tool.id)).all()
    with database.write() as session:
        session.add(ToolName(tool_id=1, kind="name", key="alderrota", text="Alder Rota"))
    say(reviewer, ids[0], "same", ids[1], "organisation")
    name = Quote(text="Alder Rota", place="chars:0-10")
    draft = ToolDraft(name=name, homepage="", extractor="product_page@1")
    with database.write() as session:
        for seller, known in ((ids[1], 1), (ids[2], None)):
            supplier = session.get_one(Organisation, seller)
            found = tool(session, draft, supplier, clock())
            assert (found.tool.id if not found.new else None) == known
            assert found.tool.canonical_supplier_id == (supplier.canonical_id or supplier.id)


def test_a_name_that_merged_tools_bear_is_the_name_of_one(
    database: Database, reviewer: Rulings
) -> None:
    with database.write() as session:
        for number in (2, 3):
            row = ToolName(tool_id=number, kind="name", key="zealrota", text="Zeal Rota")
            session.add(row)
    with database.read() as session:
        assert known_names(session, "Wards use Zeal Rota.") == {}
    say(reviewer, 2, "same", 3)
    with database.read() as session:
        assert known_names(session, "Wards use Zeal Rota.") == {"zealrota": 2}


@pytest.mark.parametrize(("one", "other"), [("tool/1", "tool/99"), ("organisation/99", "")])
def test_a_ruling_is_about_two_records_that_are_there(
    reviewer: Rulings, one: str, other: str
) -> None:
    with pytest.raises((CatalogueError, NotFoundError)):
        reviewer.decide("identity", [Decision(one, other, "same")])
