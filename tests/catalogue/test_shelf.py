"""Search documents follow the catalogue, and an id never comes back."""

from __future__ import annotations

from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Tool
from catalogue.queries.tools import listed
from catalogue.rows import Filters
from catalogue.shelf import Shelf
from tests.catalogue.visits import DAY_2, Site, claim, crawl, deployment, page, source, tool

ROTA = "http://www.rotaflow.example/products/rota"
IMAGING = "http://www.rotaflow.example/products/lens"
NEWS = "http://www.network.example/news"
SAVES = "RotaFlow saves up to 2 hours a week."
CLINICAL = "Lens reads chest X-rays and gives a diagnosis of cancer to the radiologist."


def supplier(summary: str = "Builds ward rosters.") -> Site:
    return Site(
        source(),
        {
            ROTA: page("RotaFlow", SAVES, tool("RotaFlow", ROTA, summary=summary), claim(SAVES)),
            IMAGING: page("Lens", CLINICAL, tool("Lens", IMAGING, summary=CLINICAL)),
        },
    )


def network(text: str = "Nothing about any product.") -> Site:
    told = page("Winter news", text, deployment(text, "Tallow Vale ICB"))
    return Site(source("network", kind="network"), {NEWS: told})


def titles(shelf: Shelf) -> dict[str, str]:
    return {found.title: found.kind for found in shelf.documents(shelf.ids())}


def test_tools_and_pages_that_no_tool_claims_can_be_found(database: Database) -> None:
    crawl(database, supplier(), network())
    shelf = Shelf(database)
    assert shelf.refresh() == 3
    assert titles(shelf) == {"RotaFlow": "tool", "Lens": "tool", "Winter news": "document"}


def test_what_did_not_change_keeps_its_id(database: Database) -> None:
    crawl(database, supplier(), network())
    shelf = Shelf(database)
    shelf.refresh()
    before = shelf.ids()
    crawl(database, supplier(), network(), at=DAY_2)
    assert shelf.refresh() == 0
    assert shelf.ids() == before


def test_what_changed_gets_an_id_that_was_never_used(database: Database) -> None:
    crawl(database, supplier(), network())
    shelf = Shelf(database)
    shelf.refresh()
    before = set(shelf.ids())
    crawl(database, supplier("Plans theatre lists."), network(), at=DAY_2)
    assert shelf.refresh() == 1
    (new,) = set(shelf.ids()) - before
    assert new > max(before)
    (found,) = shelf.documents([new])
    assert "Plans theatre lists." in found.body


def test_a_page_that_is_gone_leaves_the_shelf(database: Database) -> None:
    crawl(database, network())
    shelf = Shelf(database)
    shelf.refresh()
    crawl(database, Site(source("network", kind="network"), {NEWS: "gone"}), at=DAY_2)
    assert shelf.refresh() == 1
    assert list(shelf.ids()) == []


def test_a_page_becomes_its_tools_own_when_the_tool_is_known(database: Database) -> None:
    crawl(database, Site(source(), {ROTA: page("RotaFlow", SAVES)}))
    shelf = Shelf(database)
    shelf.refresh()
    assert titles(shelf) == {"RotaFlow": "document"}
    crawl(database, supplier(), at=DAY_2)
    shelf.refresh()
    assert titles(shelf) == {"RotaFlow": "tool", "Lens": "tool"}


def test_the_claim_of_a_tool_is_a_passage_with_its_address(database: Database) -> None:
    crawl(database, supplier())
    shelf = Shelf(database)
    shelf.refresh()
    (found,) = (one for one in shelf.documents(shelf.ids()) if one.title == "RotaFlow")
    assert {passage.url for passage in found.passages} == {ROTA}
    assert len({passage.text for passage in found.passages}) == len(found.passages)
    assert any(SAVES in passage.text for passage in found.passages)


def test_passages_know_what_of_a_tool_they_tell(database: Database) -> None:
    told = tool("RotaFlow", ROTA, summary="Builds rosters.", setting="SET_ACUTE")
    said = "RotaFlow saves up to 2 hours. It is used in Tallow Vale."
    used = deployment("It is used in Tallow Vale.", "Tallow Vale ICB")
    crawl(database, Site(source(), {ROTA: page("RotaFlow", said, told, claim(SAVES), used)}))
    shelf = Shelf(database)
    shelf.refresh()
    (found,) = shelf.documents(shelf.ids())
    told_of = [(passage.aspect, passage.text) for passage in found.passages]
    assert told_of == [
        ("does", "RotaFlow, by Rotaflow Ltd. Rostering and workforce planning. Builds rosters."),
        ("", said),
        ("serves", "Care setting: Acute hospital."),
        ("serves", "It is used in Tallow Vale."),
        ("claims", SAVES),
    ]


def test_a_page_tells_what_a_tool_does_where_nothing_else_does(database: Database) -> None:
    crawl(database, Site(source(), {ROTA: page("RotaFlow", SAVES, tool("RotaFlow", ROTA))}))
    shelf = Shelf(database)
    shelf.refresh()
    (found,) = shelf.documents(shelf.ids())
    assert {passage.text: passage.aspect for passage in found.passages}[SAVES] == "does"


def test_clinical_tools_are_found_by_nobody_who_did_not_ask(database: Database) -> None:
    crawl(database, supplier(), network())
    shelf = Shelf(database)
    shelf.refresh()
    by_id = {found.id: found.title for found in shelf.documents(shelf.ids())}

    def allowed(filters: Filters) -> set[str]:
        ids = shelf.allowed(filters)
        return {by_id[one] for one in (shelf.ids() if ids is None else ids)}

    assert allowed(Filters()) == {"RotaFlow", "Winter news"}
    assert allowed(Filters().toggled("scope", "SC_CLINICAL_OUT")) == {"Lens"}


def test_a_text_is_embedded_once(database: Database) -> None:
    crawl(database, supplier())
    shelf = Shelf(database)
    shelf.refresh()
    missing = dict(shelf.missing("model"))
    assert missing
    shelf.put_vectors("model", [(sha, b"\0" * 8) for sha in missing])
    shelf.put_vectors("model", [(sha, b"\1" * 8) for sha in missing])
    assert dict(shelf.missing("model")) == {}
    assert set(shelf.missing("other")) == set(missing.items())
    passages = [passage for passage, _ in shelf.passages()]
    assert dict(shelf.vectors("model", passages)) == dict.fromkeys(passages, b"\0" * 8)


def test_gives_the_documents_of_tools(database: Database) -> None:
    crawl(database, supplier())
    shelf = Shelf(database)
    shelf.refresh()
    with database.read() as session:
        tools = list(session.scalars(select(Tool.id)))
    found = shelf.entries([*tools, 10_000])
    assert found == {tool: shelf.of_subject("tool", tool) for tool in tools}


def test_a_summary_is_said_by_the_page_that_gives_it(database: Database) -> None:
    listing = "http://www.market.example/services/7"
    market = source("market", kind="network")
    told = tool("RotaFlow", ROTA, summary="Builds ward rosters.", feature="Fills shifts.")
    crawl(database, Site(market, {listing: page("RotaFlow", "A listing.", told)}))
    shelf = Shelf(database)
    shelf.refresh()
    (document,) = (one for one in shelf.documents(shelf.ids()) if one.kind == "tool")
    assert {one.url for one in document.passages if one.aspect == "does"} == {listing}
    with database.read() as session:
        (hit,) = listed(session, [document.subject_id])
    assert (hit.passage, hit.passage_url) == ("Builds ward rosters.", listing)
