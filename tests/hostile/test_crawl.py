"""What is crawled from a hostile market is read, kept, and harmless where it is kept."""

from __future__ import annotations

import pytest
from sqlalchemy import MetaData, Text, select

from catalogue.database import open_database
from catalogue.settings import load
from catalogue.text import clean, one_line
from tests.hostile.conftest import Market
from tests.hostile.strings import OBEYED

pytestmark = pytest.mark.slow


def stored(market: Market) -> dict[str, list[str]]:
    """Every text of the catalogue, by table and column."""
    database = open_database(load(market.home, env={}))
    with database.read() as session:
        tables = MetaData()
        tables.reflect(session.connection())
        found = {
            str(column): [text for text in session.scalars(select(column)) if text]
            for table in tables.tables.values()
            for column in table.columns
            if isinstance(column.type.as_generic(), (Text, type(Text().as_generic())))
            or column.type.python_type is str
        }
    database.close()
    return found


def test_every_page_is_read_on_both_days(crawled: Market) -> None:
    for ended in crawled.crawls:
        assert ended.code == 0, ended.err
        for tally in ended.data["sources"]:
            assert (tally["state"], tally["faults"]) == ("finished", 0), tally
    first, second = (ended.data["sources"] for ended in crawled.crawls)
    assert first[0]["new"] > len(crawled.strings)
    assert second[0]["changed"] > len(crawled.strings) // 3
    assert second[0]["signals"] > 0


def test_what_the_crawl_prints_obeys_nobody(crawled: Market) -> None:
    for ended in crawled.crawls:
        assert not OBEYED.search(ended.out)
        assert not OBEYED.search(ended.err)


def test_no_stored_text_can_be_obeyed(crawled: Market) -> None:
    for column, texts in stored(crawled).items():
        for text in texts:
            assert not OBEYED.search(text), (column, text)
            assert clean(text) == text, (column, text)


def test_the_words_are_kept_all_the_same(crawled: Market) -> None:
    values = "\n".join(stored(crawled)["statement.value"])
    lost = [text for text in crawled.strings if one_line(text)[:100] not in values]
    assert len(lost) < len(crawled.strings) // 10, lost


def test_the_logs_obey_nobody(crawled: Market) -> None:
    logs = list((crawled.home / "logs").glob("*.log"))
    assert logs
    for log in logs:
        assert not OBEYED.search(log.read_text(encoding="utf-8")), log
