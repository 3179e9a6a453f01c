"""Leads: kept with their sentences, judged by people, the same in whatever order pages are read."""

from __future__ import annotations

from itertools import permutations

import pytest
from sqlalchemy import func, select

from catalogue.clock import fixed_clock
from catalogue.database import Database
from catalogue.drafts import LeadDraft, ListingDraft
from catalogue.errors import NotFoundError, StaleWriteError
from catalogue.leads import subject_of
from catalogue.models import Deployment, Document, Lead, Statement, Tool, ToolName
from catalogue.queries.leads import lead_named, leads
from catalogue.review.rulings import Decision, Rulings
from catalogue.review.shortlists import Shortlists
from tests.catalogue.visits import (
    DAY_1,
    DAY_2,
    Site,
    crawl,
    deployment,
    page,
    quoted,
    source,
    tool,
)

WORDS = "Holm Surgery is piloting Quill Scribe."
OTHER = "Larkmoor Council is piloting Quill Scribe, too."


def lead(name: str = "Quill Scribe", words: str = WORDS, supplier: str = "") -> LeadDraft:
    return LeadDraft(extractor="news@1", name=name, supplier=supplier, quote=quoted(words, ""))


def press(*drafts: LeadDraft, name: str = "press") -> Site:
    used = [deployment(draft.quote.text, draft.quote.text.split(" is ")[0]) for draft in drafts]
    text = " ".join(draft.quote.text for draft in drafts) or "Nothing."
    url = f"http://www.{name}.example/news"
    return Site(source(name, kind="press"), {url: page("News", text, *drafts, *used, kind="news")})


MAKER = Site(
    source("quillon"),
    {
        "http://www.quillon.example/scribe": page(
            "Quill Scribe", "Quill Scribe.", tool("Quill Scribe", "http://www.quillon.example/s")
        )
    },
)


def judge(database: Database, value: str, supplier: str = "", actor: str = "JS") -> None:
    rulings = Rulings(database, actor, fixed_clock(DAY_2))
    rulings.decide("lead", [Decision(subject_of("quillscribe"), supplier, value)])


def undo(database: Database, actor: str = "JS") -> None:
    Rulings(database, actor, fixed_clock(DAY_2)).undo("lead")


def states(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        return [(row.name, row.state) for row in leads(session, ())]


def used(database: Database) -> list[tuple[str, str | None]]:
    """Buyers and the tools that they use."""
    with database.read() as session:
        rows = session.scalars(select(Deployment).order_by(Deployment.id)).all()
        return [
            (
                row.buyer.name,
                None if row.tool_id is None else session.get_one(Tool, row.tool_id).name,
            )
            for row in rows
        ]


def test_a_lead_is_no_tool_and_waits_with_its_sentence(database: Database) -> None:
    crawl(database, press(lead()))
    with database.read() as session:
        (row,) = leads(session)
        assert (row.name, row.state, row.told[0].quote) == ("Quill Scribe", "open", WORDS)
        assert session.scalar(select(func.count(Tool.id))) == 0


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_lead_is_known_whatever_was_read_first(database: Database, order: list[int]) -> None:
    sites = [press(lead()), MAKER, press(lead(words=OTHER), name="gazette")]
    crawl(database, *(sites[one] for one in order))
    assert states(database) == [("Quill Scribe", "known")]
    assert {tool for _, tool in used(database)} == {"Quill Scribe"}


@pytest.mark.parametrize("first", [0, 1])
def test_the_name_of_a_supplier_is_known(database: Database, first: int) -> None:
    listed = ListingDraft(extractor="r@1", registry="Registry", name=quoted("Quillon Ltd"))
    registry = Site(
        source("registry", kind="regulator"),
        {"http://www.registry.example/list": page("List", "Quillon Ltd", listed)},
    )
    sites = [press(lead("Quillon")), registry]
    crawl(database, sites[first], sites[1 - first])
    assert states(database) == [("Quillon", "known")]


def test_accepting_makes_a_tool_that_begins_with_the_words_of_the_lead(database: Database) -> None:
    crawl(database, press(lead()), press(lead(words=OTHER), name="gazette"))
    judge(database, "accepted", "Quillon Ltd")
    assert states(database) == [("Quill Scribe", "accepted")]
    assert used(database) == [
        ("Holm Surgery", "Quill Scribe"),
        ("Larkmoor Council", "Quill Scribe"),
    ]
    with database.read() as session:
        made = session.scalars(select(Tool)).one()
        assert (made.name, made.supplier.name) == ("Quill Scribe", "Quillon Ltd")
        said = session.scalars(select(Statement).where(Statement.subject_type == "tool")).all()
        assert {(one.property, one.value, one.quote) for one in said} == {
            ("name", "Quill Scribe", WORDS),
            ("name", "Quill Scribe", OTHER),
        }


def test_undoing_an_acceptance_leaves_nothing_of_the_tool(database: Database) -> None:
    crawl(database, press(lead()))
    judge(database, "accepted", "Quillon Ltd")
    undo(database)
    assert states(database) == [("Quill Scribe", "open")]
    assert used(database) == [("Holm Surgery", None)]
    with database.read() as session:
        for model in (Tool, ToolName):
            assert session.scalar(select(func.count()).select_from(model)) == 0
        assert (
            session.scalars(select(Statement).where(Statement.subject_type == "tool")).all() == []
        )


def test_a_tool_that_its_own_page_tells_of_outlives_the_acceptance(database: Database) -> None:
    crawl(database, press(lead()))
    judge(database, "accepted", "Quillon Ltd")
    crawl(database, MAKER, at=DAY_2)
    undo(database)
    assert states(database) == [("Quill Scribe", "known")]
    assert used(database) == [("Holm Surgery", "Quill Scribe")]


def test_a_tool_that_was_shortlisted_is_not_taken_away(database: Database) -> None:
    crawl(database, press(lead()))
    judge(database, "accepted", "Quillon Ltd")
    shortlists = Shortlists(database, "JS", fixed_clock(DAY_2))
    shortlists.create("Scribes", "")
    with database.read() as session:
        made = session.scalars(select(Tool.id)).one()
    shortlists.add("Scribes", [made], "")
    with pytest.raises(StaleWriteError, match="shortlist"):
        undo(database)
    assert states(database) == [("Quill Scribe", "accepted")]


def test_what_was_dismissed_is_not_asked_again(database: Database) -> None:
    crawl(database, press(lead()))
    judge(database, "dismissed")
    crawl(database, press(lead(words=OTHER), name="gazette"), at=DAY_2)
    assert states(database) == [("Quill Scribe", "dismissed")]
    undo(database)
    assert states(database) == [("Quill Scribe", "open")]


def test_what_was_accepted_joins_pages_that_are_read_later(database: Database) -> None:
    crawl(database, press(lead()))
    judge(database, "accepted", "Quillon Ltd")
    crawl(database, press(lead(words=OTHER), name="gazette"), at=DAY_2)
    assert used(database)[-1] == ("Larkmoor Council", "Quill Scribe")


def test_the_last_word_holds_and_another_supplier_makes_another_tool(database: Database) -> None:
    crawl(database, press(lead()))
    judge(database, "accepted", "Quillon Ltd")
    judge(database, "accepted", "Hythe Ltd", actor="MB")
    with database.read() as session:
        assert [one.supplier.name for one in session.scalars(select(Tool))] == ["Hythe Ltd"]
    judge(database, "dismissed")
    assert states(database) == [("Quill Scribe", "dismissed")]
    undo(database)
    assert states(database) == [("Quill Scribe", "accepted")]


def test_a_lead_that_a_page_gives_no_more_waits_no_longer(database: Database) -> None:
    crawl(database, press(lead()))
    crawl(database, press(lead()), at=DAY_2)
    assert states(database) == [("Quill Scribe", "open")]
    crawl(database, press(), at=DAY_2.replace(day=9))
    assert states(database) == []
    with database.read() as session:
        (row,) = session.scalars(select(Lead))
        assert row.first_seen == DAY_1
        assert row.last_seen < session.get_one(Document, row.document_id).last_seen


def test_an_unknown_name_is_answered_with_the_nearest(database: Database) -> None:
    crawl(database, press(lead()))
    with database.read() as session:
        assert lead_named(session, "quill-scribe").name == "Quill Scribe"
        with pytest.raises(NotFoundError) as raised:
            lead_named(session, "Quill Scrib")
    assert "Quill Scribe" in raised.value.hint
