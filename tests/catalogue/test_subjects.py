"""What stories name: every known tool and supplier, with the sentence, whatever was read first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from catalogue.database import Database
from catalogue.models import Deployment, Mention, Organisation, Tool
from tests.catalogue.visits import (
    DAY_1,
    DAY_2,
    Site,
    crawl,
    deployment,
    page,
    source,
    tool,
)

STORY = "http://www.press.example/story"
WORDS = "Two practices tried it. Penbrook & Sallow sells QuillNote. RotaFlow was there, too."


def press(title: str = "News", text: str = WORDS, kind: str = "news") -> Site:
    return Site(source("press", kind="press"), {STORY: page(title, text, kind=kind)})


def maker(name: str, publisher: str, *tools: str) -> Site:
    home = f"http://www.{name}.example"
    pages = {f"{home}/{one}": page(one, f"{one}.", tool(one, f"{home}/{one}")) for one in tools}
    return Site(replace(source(name), publisher=publisher), pages)


def named(database: Database) -> list[tuple[str, str, str]]:
    """Names of tools and suppliers with the sentence that names them, and where it stands."""
    with database.read() as session:
        found = []
        for row in session.scalars(select(Mention)):
            one: Tool | Organisation
            if row.tool_id is not None:
                one = session.get_one(Tool, row.tool_id)
            else:
                one = session.get_one(Organisation, row.organisation_id)
            found.append((one.name, row.quote, row.place))
        return sorted(found)


ROTAFLOW = maker("rotaflow", "Rotaflow Systems Ltd", "RotaFlow")
PENBROOK = maker("penbrook", "Penbrook & Sallow Ltd", "QuillNote")
SOLD = "Penbrook & Sallow sells QuillNote."


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 2, 1)])
def test_a_story_is_listed_with_all_it_names(database: Database, order: tuple[int, ...]) -> None:
    sites = (press(), ROTAFLOW, PENBROOK)
    crawl(database, *(sites[one] for one in order))
    assert named(database) == [
        ("Penbrook & Sallow Ltd", SOLD, "chars:24-58"),
        ("QuillNote", SOLD, "chars:24-58"),
        ("RotaFlow", "RotaFlow was there, too.", "chars:59-83"),
    ]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_tool_is_named_by_what_follows_its_suppliers_name(
    database: Database, order: tuple[int, ...]
) -> None:
    words = "Lark Lines is small, and its Scribe is new."
    sites = (press(text=words), maker("lark", "Lark Lines Ltd", "Other", "Lark Scribe"))
    crawl(database, *(sites[one] for one in order))
    assert [name for name, _, _ in named(database)] == ["Lark Lines Ltd", "Lark Scribe"]


def test_a_name_in_the_title_is_told_by_the_title(database: Database) -> None:
    crawl(database, ROTAFLOW, press("A year with RotaFlow", "It was good. RotaFlow helps."))
    assert named(database) == [("RotaFlow", "A year with RotaFlow", "/title")]


def test_what_a_story_names_no_more_is_no_mention(database: Database) -> None:
    crawl(database, ROTAFLOW, press())
    crawl(database, press(text="Nothing of it."), at=DAY_2)
    assert named(database) == []


def test_other_pages_are_not_listed_and_no_supplier_on_its_own_site(database: Database) -> None:
    story = page("News", "Rotaflow Systems is here.", kind="news")
    own = Site(ROTAFLOW.record, {**ROTAFLOW.pages, "http://www.rotaflow.example/news": story})
    crawl(database, own, press(kind="page"))
    assert named(database) == []


def test_a_place_of_use_is_joined_to_the_tool_named_last_before_it(database: Database) -> None:
    text = "QuillNote came first. Then RotaFlow came. Holm Surgery uses it."
    used = deployment("Holm Surgery uses it.", "Holm Surgery")
    story = Site(source("press", kind="press"), {STORY: page("News", text, used, kind="news")})
    crawl(database, ROTAFLOW, PENBROOK, story, at=DAY_1)
    with database.read() as session:
        (one,) = session.scalars(select(Deployment))
        assert session.get_one(Tool, one.tool_id).name == "RotaFlow"


def test_a_tool_that_is_named_and_unknown_leaves_its_place_of_use_alone(
    database: Database,
) -> None:
    used = deployment("Live", "Holm Surgery").model_copy(update={"about": "Magic Pen"})
    text = "RotaFlow is another."
    story = Site(source("press", kind="press"), {STORY: page("Magic Pen", text, used, kind="news")})
    crawl(database, ROTAFLOW, story)
    with database.read() as session:
        assert session.scalars(select(Deployment.tool_id)).all() == [None]
