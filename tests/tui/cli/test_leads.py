from __future__ import annotations

import pytest

from catalogue.database import Database
from catalogue.drafts import LeadDraft
from tests.catalogue.visits import Site, crawl, page, quoted, source
from tests.tui.cli.conftest import Horizon, Stock

WORDS = "Holm Surgery is piloting Quill Note."


@pytest.fixture
def waiting(stock: Stock, database: Database) -> None:
    """Two names wait; of one the words give the supplier."""
    del stock
    drafts = [
        LeadDraft(extractor="news@1", name=name, supplier=supplier, quote=quoted(WORDS, ""))
        for name, supplier in (("Quill Note", ""), ("Visitway", "Fernhollow Ltd"))
    ]
    press = source("press", kind="press")
    crawl(database, Site(press, {"http://www.press.example/1": page("News", WORDS, *drafts)}))


@pytest.mark.usefixtures("waiting")
def test_what_waits_is_listed_with_the_sentence(horizon: Horizon) -> None:
    ended = horizon("leads")
    assert "Quill Note · 1 page" in ended.out
    assert "Visitway by Fernhollow Ltd · 1 page" in ended.out
    assert f"\u201c{WORDS}\u201d" in ended.out
    assert [row["name"] for row in horizon("leads", "--json").data] == ["Quill Note", "Visitway"]


@pytest.mark.usefixtures("waiting")
def test_a_lead_is_accepted_and_taken_back(horizon: Horizon) -> None:
    ended = horizon("leads", "accept", "quill note", "--supplier", "Quillon Ltd", "--why", "seen")
    assert ended.err.startswith("Quill Note by Quillon Ltd is a tool now.")
    assert "Quillon Ltd" in horizon("show", "Quill Note").out
    (row,) = [one for one in horizon("leads", "list", "--all", "--json").data if one["why"]]
    assert (row["name"], row["state"], row["why"]) == ("Quill Note", "accepted", "seen")
    assert horizon("leads", "undo").err == "Taken back: Quill Note.\n"
    assert horizon("show", "Quill Note").code == 3
    assert horizon("leads", "undo").err == "There is nothing to take back.\n"


@pytest.mark.usefixtures("waiting")
def test_the_supplier_is_needed_unless_the_words_give_it(horizon: Horizon) -> None:
    ended = horizon("leads", "accept", "Quill Note")
    assert ended.code == 2
    assert "--supplier" in ended.err
    assert horizon("leads", "accept", "Visitway").err.startswith("Visitway by Fernhollow Ltd is")


@pytest.mark.usefixtures("waiting")
def test_a_dismissed_lead_waits_no_more(horizon: Horizon) -> None:
    assert horizon("leads", "dismiss", "Visitway", "--why", "a project").code == 0
    assert [row["name"] for row in horizon("leads", "--json").data] == ["Quill Note"]
    assert (
        "Visitway by Fernhollow Ltd · dismissed · 1 page" in horizon("leads", "list", "--all").out
    )


def test_an_unknown_name_is_an_error(horizon: Horizon) -> None:
    assert horizon("leads", "dismiss", "Nothing").code == 3
    assert horizon("leads").err == "No name waits for you.\n"
