"""Which tools a sentence of a page is about."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from catalogue.database import Database
from catalogue.drafts import AnyDraft, Reading, SupplierDraft
from catalogue.models import Claim, Deployment, Identifier, Organisation, Statement, Tool
from tests.catalogue.visits import (
    DAY_1,
    DAY_2,
    Site,
    claim,
    crawl,
    deployment,
    page,
    quoted,
    source,
    tool,
)

NEWS = "http://www.network.example/news"
SAVES = "It saves up to 2 hours a week."


def supplier(name: str, *tools: str) -> Site:
    """A supplier's site with a page for each of these tools."""
    urls = {one: f"http://www.{name}.example/{one.replace(' ', '')}" for one in tools}
    pages = {url: page(one, f"{one}.", tool(one, url)) for one, url in urls.items()}
    return Site(source(name), pages)


def news(title: str, text: str, *drafts: AnyDraft) -> Site:
    return Site(source("network", kind="network"), {NEWS: page(title, text, *drafts)})


MAKERS = (supplier("rotaflow", "RotaFlow", "Bank Desk"), supplier("quill", "Quill", "Ledger One"))


def claimed_of(database: Database, url: str = NEWS) -> list[str | None]:
    """Names of the tools that the claims of a page are joined to; None for nobody's."""
    with database.read() as session:
        rows = session.execute(
            select(Tool.name).select_from(Claim).outerjoin(Tool, Tool.id == Claim.tool_id)
            .where(Claim.document.has(url=url)).order_by(Claim.id)
        )  # fmt: skip
        return [name for (name,) in rows]


@pytest.mark.parametrize(
    ("title", "text", "said", "about"),
    [
        ("News", f"RotaFlow is new. {SAVES} Quill is old.", SAVES, ["RotaFlow"]),
        (
            "News",
            "RotaFlow is new. Quill saves up to 2 hours a week.",
            "Quill saves up to 2 hours a week.",
            ["Quill"],
        ),
        (
            "News",
            "RotaFlow and Quill save up to 2 hours a week.",
            "RotaFlow and Quill save up to 2 hours a week.",
            ["RotaFlow", "Quill"],
        ),
        ("News", f"{SAVES} So says Quill, not RotaFlow.", SAVES, ["Quill"]),
        ("A year with Quill", SAVES, SAVES, ["Quill"]),
        ("A year with an e-roster", SAVES, SAVES, [None]),
    ],
    ids=["named before", "named in it", "two named in it", "named after", "in title", "nobody"],
)
def test_the_subject_of_a_sentence(
    database: Database, title: str, text: str, said: str, about: list[str | None]
) -> None:
    crawl(database, *MAKERS, news(title, text, claim(said)))
    assert claimed_of(database) == about


def test_a_reader_that_names_the_tool_is_believed(database: Database) -> None:
    text = f"RotaFlow is new. Quill is old. {SAVES}"
    crawl(database, *MAKERS, news("News", text, claim(SAVES, about="Rota Flow")))
    assert claimed_of(database) == ["RotaFlow"]


def test_a_suppliers_site_gives_claims_to_its_own_tools_only(database: Database) -> None:
    url = "http://www.rotaflow.example/RotaFlow"
    text = f"RotaFlow works with Quill. Quill users like it. {SAVES}"
    maker = supplier("rotaflow", "RotaFlow")
    maker.pages = {url: page("RotaFlow", text, tool("RotaFlow", url), claim(SAVES))}
    crawl(database, supplier("quill", "Quill"), maker)
    assert claimed_of(database, url) == ["RotaFlow"]


def test_four_tools_in_one_pilot(database: Database) -> None:
    told = "Tallow Vale ICB pilots RotaFlow, Bank Desk, Quill and Ledger One."
    crawl(database, *MAKERS, news("A pilot", told, deployment(told, "Tallow Vale ICB")))
    with database.read() as session:
        rows = session.execute(
            select(Tool.name, Organisation.name)
            .select_from(Deployment)
            .join(Tool, Tool.id == Deployment.tool_id)
            .join(Organisation, Organisation.id == Deployment.buyer_id)
            .order_by(Tool.name)
        )
        assert [tuple(row) for row in rows] == [
            (name, "Tallow Vale ICB") for name in ("Bank Desk", "Ledger One", "Quill", "RotaFlow")
        ]


@pytest.mark.parametrize("spelt", ["RotaFlow", "Rota Flow", "ROTAFLOW", "Rota-Flow"])
@pytest.mark.parametrize("first", ["news", "maker"])
def test_a_name_is_known_by_any_spelling_in_either_order(
    database: Database, spelt: str, first: str
) -> None:
    told = f"{spelt} is new. {SAVES}"
    order = [news("News", told, claim(SAVES)), supplier("rotaflow", "RotaFlow")]
    crawl(database, *(order if first == "news" else reversed(order)))
    assert claimed_of(database) == ["RotaFlow"]


def test_what_was_nobodys_moves_when_a_tool_becomes_known(database: Database) -> None:
    text = f"Quill is new. {SAVES}"
    crawl(database, news("News", text, claim(SAVES)))
    assert claimed_of(database) == [None]
    crawl(database, supplier("quill", "Quill"), at=DAY_2)
    assert claimed_of(database) == ["Quill"]
    with database.read() as session:
        assert session.scalars(select(Claim.first_seen)).all() == [DAY_1]


def test_what_a_page_no_longer_says_is_kept_and_not_current(database: Database) -> None:
    crawl(database, *MAKERS, news("News", f"Quill. {SAVES}", claim(SAVES)))
    crawl(database, news("News", "Quill."), at=DAY_2)
    with database.read() as session:
        row = session.scalars(select(Claim)).one()
        assert (row.last_seen, row.document.last_seen) == (DAY_1, DAY_2)


def test_an_organisation_is_described_in_its_own_words(database: Database) -> None:
    draft = SupplierDraft(
        extractor="company@1",
        name=quoted("Quill Health Ltd"),
        homepage="http://www.quill.example/",
        identifiers=(("GB-COH", "01234567"),),
    )
    told: Reading = page("About us", "Quill Health Ltd, company 01234567.", draft)
    crawl(database, Site(source("quill"), {"http://www.quill.example/about": told}))
    with database.read() as session:
        owner = session.scalars(select(Identifier).where(Identifier.scheme == "GB-COH")).one()
        assert owner.organisation.name == "Quill Ltd"
        said = session.execute(
            select(Statement.property, Statement.value).where(
                Statement.subject_type == "organisation",
                Statement.subject_id == owner.organisation_id,
            )
        )
        assert {tuple(row) for row in said} == {
            ("legal_name", "Quill Health Ltd"),
            ("company_number", "01234567"),
        }


def test_what_a_claim_assumes_and_costs_is_kept_as_lists(database: Database) -> None:
    assumed = ("ASM_MINUTES_CAPACITY", SAVES)
    said = claim(SAVES).model_copy(
        update={"flags": (assumed,), "counter_effects": ("CTR_REVIEW_BURDEN",)}
    )

    crawl(database, *MAKERS, news("RotaFlow in use", f"RotaFlow is new. {SAVES}", said))

    with database.read() as session:
        (row,) = session.scalars(select(Claim)).all()
        assert row.flags == [list(assumed)]
        assert row.counter_effects == ["CTR_REVIEW_BURDEN"]
