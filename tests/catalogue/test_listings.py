"""Who stands on a registry, who has joined it and who has left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from sqlalchemy import select

from catalogue.database import Database
from catalogue.drafts import ListingDraft, Reading, SupplierDraft
from catalogue.ingest import VisitState
from catalogue.models import (
    Issue,
    Listing,
    Organisation,
    OrganisationName,
    Signal,
    Statement,
    Tool,
)
from catalogue.queries.detail import detail
from tests.catalogue.visits import DAY_1, DAY_2, Site, crawl, page, quoted, source, tool

FIRST, SECOND = "http://www.registry.example/", "http://www.registry.example/?page=2"
DAY_3 = DAY_2 + timedelta(days=30)


def listing(
    name: str, tool: str = "", number: str = "", homepage: str = "", artefact: str = ""
) -> ListingDraft:
    return ListingDraft(
        extractor="registry_listing@1",
        registry="the Ambient Registry",
        name=quoted(name, "table tr:nth-child(2)"),
        self_certified=True,
        artefact=artefact,
        identifiers=(("GB-COH", number),) if number else (),
        tool=tool,
        homepage=homepage,
    )


def registry(*pages: Sequence[str] | VisitState) -> Site:
    """A registry, its pages given by the suppliers that each lists."""
    record = source("registry", kind="regulator", voice="VOICE_REGULATOR")
    told: dict[str, Reading | VisitState] = {
        url: cast("VisitState", given)
        if isinstance(given, str)
        else page(f"Registry {url}", "\n".join(given), *map(listing, given))
        for url, given in zip((FIRST, SECOND), pages, strict=False)
    }
    return Site(record, told)


def signals(database: Database) -> list[tuple[str, str, str, str]]:
    with database.read() as session:
        rows = session.scalars(select(Signal).order_by(Signal.id))
        return [(row.type, row.subject, row.before, row.after) for row in rows]


def listed(database: Database) -> list[str]:
    """Names of the organisations that the registry counts as listed."""
    with database.read() as session:
        query = select(Organisation.name).join(Listing).where(Listing.listed)
        return sorted(session.scalars(query))


SAID = "listed on the Ambient Registry, self-certified"


def test_the_first_crawl_of_a_registry_is_no_news(database: Database) -> None:
    crawl(database, registry(["Ostler", "Thornapple"]))

    assert signals(database) == []
    assert listed(database) == ["Ostler", "Thornapple"]


def test_joiners_and_leavers_are_news_each_once(database: Database) -> None:
    crawl(database, registry(["Ostler", "Thornapple", "Brill"]))
    for day in (DAY_2, DAY_3):
        crawl(database, registry(["Ostler", "Thornapple", "Quillfeather"]), at=day)

    assert signals(database) == [
        ("SIG_REGISTRY_JOINED", "Quillfeather", "", SAID),
        ("SIG_REGISTRY_LEFT", "Brill", SAID, ""),
    ]


def test_an_entry_that_moves_to_another_page_has_neither_left_nor_joined(
    database: Database,
) -> None:
    crawl(database, registry(["Ostler", "Thornapple"], ["Brill"]))
    crawl(database, registry(["Aldous", "Ostler"], ["Thornapple", "Brill"]), at=DAY_2)

    assert [one[:2] for one in signals(database)] == [("SIG_REGISTRY_JOINED", "Aldous")]


def test_a_page_that_is_a_fault_leaves_its_entries_where_they_were(database: Database) -> None:
    crawl(database, registry(["Ostler", "Thornapple"], ["Brill"]))
    crawl(database, registry(["Ostler", "Thornapple"], "fault"), at=DAY_2)

    assert signals(database) == []
    assert listed(database) == ["Brill", "Ostler", "Thornapple"]


def test_when_more_than_half_are_gone_nobody_counts_as_gone_and_an_issue_says_so(
    database: Database,
) -> None:
    crawl(database, registry(["Ostler", "Thornapple", "Brill", "Aldous"]))
    crawl(database, registry(["Ostler"]), at=DAY_2)

    assert signals(database) == []
    assert listed(database) == ["Aldous", "Brill", "Ostler", "Thornapple"]
    with database.read() as session:
        (issue,) = session.scalars(select(Issue).where(Issue.state == "open"))
        assert (issue.kind, issue.note[:26]) == ("listings", "3 of 4 entries are gone, m")

    crawl(database, registry(["Ostler", "Thornapple", "Brill"]), at=DAY_3)

    assert signals(database) == [("SIG_REGISTRY_LEFT", "Aldous", SAID, "")]
    with database.read() as session:
        assert session.scalars(select(Issue).where(Issue.state == "open")).all() == []


def test_a_supplier_that_is_known_is_found_by_number_domain_and_trading_name(
    database: Database,
) -> None:
    known = SupplierDraft(
        extractor="company@1",
        name=quoted("Pungent Software Ltd"),
        identifiers=(("GB-COH", "01234567"), ("DOMAIN", "joyful.example")),
    )
    crawl(database, Site(source("register", kind="regulator"), {REGISTER: page("a", "b", known)}))
    entries = (
        listing("Joyful", number="01234567"),
        listing("Joyful Rota", homepage="https://www.joyful.example/"),
        listing("Pungent Software t/a Joyful", tool="Rota"),
        listing("Somebody else"),
    )
    registry_site = Site(
        source("registry", kind="regulator"), {FIRST: page("Registry", "them", *entries)}
    )
    crawl(database, registry_site)

    with database.read() as session:
        names = session.scalars(select(Organisation.name).join(Listing).order_by(Listing.id)).all()
        assert names == ["Pungent Software Ltd", "Pungent Software Ltd", "Somebody else"]
        assert session.scalars(select(OrganisationName.text)).all() == ["Joyful"]


def test_a_trading_name_is_never_stated_as_a_legal_name(database: Database) -> None:
    crawl(database, registry(["Joyful"]))

    with database.read() as session:
        stated = session.execute(select(Statement.property, Statement.value)).all()
        assert [tuple(one) for one in stated] == [("listing", SAID.removeprefix("listed on "))]


REGISTER = "http://www.register.example/1"


def test_what_is_said_of_a_listing_never_approves(database: Database) -> None:
    crawl(database, registry(["Ostler"]), at=DAY_1)
    crawl(database, registry(["Ostler", "Brill"]), at=DAY_2)

    assert all("approv" not in " ".join(one).casefold() for one in signals(database))


def test_a_tool_shows_what_its_supplier_is_listed_on_and_by_whose_word(database: Database) -> None:
    rota = tool("RotaFlow", "http://www.ostler.example/rota")
    crawl(
        database, Site(source("ostler"), {"http://www.ostler.example/rota": page("a", "b", rota)})
    )
    crawl(database, registry(["Ostler"]))

    with database.read() as session:
        (tool_id,) = session.scalars(select(Tool.id))
        shown = {one.label: one for one in detail(session, tool_id).values}
        listed_on = shown["Supplier: listed on"]
        assert f"listed on {listed_on.value}" == SAID
        assert listed_on.provenance is not None
        assert listed_on.provenance.voice == "Regulator"


def test_a_register_of_an_artefact_lets_it_be_checked_on_the_day_of_the_visit(
    database: Database,
) -> None:
    entry = listing("Rotaflow Ltd", artefact="ASR_AVT_REGISTRY")
    register = source("registry", kind="regulator", voice="VOICE_REGULATOR")
    press = source("gazette", kind="publisher", voice="VOICE_PRESS")
    rota = page("Rota", "Rota", tool("Rota", "http://www.rotaflow.example/rota"))
    for record, said in ((press, "Supplier says"), (register, "Checked on the register on ")):
        crawl(
            database,
            Site(source(), {"http://www.rotaflow.example/rota": rota}),
            Site(record, {f"http://www.{record.name}.example/": page("List", "Them", entry)}),
            at=DAY_1,
        )
        with database.read() as session:
            known = session.scalars(select(Tool.id)).one()
            values = detail(session, known, DAY_3.date()).values
        told = [one.value for one in values if one.property == "assurance.ASR_AVT_REGISTRY"]
        assert any(one.startswith(said) for one in told), told
    assert "Checked on the register on 5 October 2026" in told
