"""The check finds each fault that it is there for, and is silent on a sound catalogue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, event, insert, select, text, update
from sqlalchemy.orm import Session

from catalogue.database import Database, connect
from catalogue.models import (
    CrawlTask,
    Displayed,
    Document,
    Ruling,
    Snapshot,
    Statement,
    Tag,
    Tool,
    Visit,
)
from catalogue.projection import project, project_all
from catalogue.queries.check import SHOWN, check
from catalogue.settings import Settings
from tests.builders import DAY, make_tool
from tests.catalogue.visits import Site, crawl, deployment, page, source, tool

ROTA = "http://www.rotaflow.example/rota"
TALE = "http://www.rotaflow.example/tale"


@pytest.fixture
def market(database: Database) -> Database:
    """A crawled catalogue, sound as the crawl left it."""
    told = "Tallow Vale ICB uses RotaFlow."
    product = tool("RotaFlow", ROTA, summary="Builds ward rosters.", price="£2", feature="Swaps")
    pages = {
        ROTA: page("RotaFlow", "Builds ward rosters.", product),
        TALE: page("A tale", told, deployment(told, "Tallow Vale ICB")),
    }
    crawl(database, Site(source(), pages))
    return database


def found(database: Database, missing: str = "") -> list[str]:
    return check(database, lambda sha: sha != missing)


def without_foreign_keys(settings: Settings, change: str) -> None:
    """Break what a database would not let us break."""
    loose = connect(settings, foreign_keys=False)
    with loose.write() as session:
        session.execute(text(change))
    loose.close()


def test_a_sound_catalogue_is_silent(market: Database) -> None:
    assert found(market) == []


def test_an_empty_catalogue_is_sound(database: Database) -> None:
    assert found(database) == []


def test_the_check_writes_nothing(market: Database) -> None:
    said: list[str] = []
    event.listen(
        market.engine, "before_cursor_execute", lambda _c, _cur, sql, *_rest: said.append(sql)
    )
    found(market)
    assert said
    assert {sql.split()[0] for sql in said} <= {"BEGIN", "SELECT", "PRAGMA"}


def test_a_missing_body_of_a_snapshot(market: Database) -> None:
    with market.read() as session:
        sha = session.scalars(select(Snapshot.raw_sha)).first() or ""
    assert found(market, missing=sha) == [
        f"The body {sha[:12]} of a snapshot is missing or damaged."
    ]


def test_a_row_without_its_parent(settings: Settings, market: Database) -> None:
    without_foreign_keys(settings, "UPDATE deployment SET buyer_id = 999")
    assert found(market) == [
        "Row 1 of deployment points to a row of organisation that is not there."
    ]


def test_a_statement_about_nothing(market: Database) -> None:
    with market.write() as session:
        session.execute(
            update(Statement).where(Statement.property == "price").values(subject_id=999)
        )
        session.execute(delete(Displayed).where(Displayed.property == "price"))
    (finding,) = found(market)
    assert "is about no tool that is there" in finding


def test_judgements_that_contradict_each_other_or_are_not_shown(market: Database) -> None:
    with market.write() as session:
        for other in (2, 3):
            one = make_tool(session, f"Other {other}")
            project(session, one)
        for left, right, verdict in ((1, 2, "same"), (2, 3, "same"), (1, 3, "different")):
            session.add(
                Ruling(
                    kind="identity",
                    subject=f"tool/{left}",
                    object=f"tool/{right}",
                    value=verdict,
                    why="",
                    actor="ann",
                    step="x",
                    at=DAY,
                )
            )
    told = found(market)
    assert any(one.startswith("Of tools it is said that 1 and 3 are different") for one in told)
    assert "The tool 3 is not shown as the one that it was judged to be." in told


def _show_another(session: Session) -> None:
    other = session.scalars(select(Statement.id).where(Statement.property == "summary")).one()
    session.execute(
        update(Displayed).where(Displayed.property == "price").values(statement_id=other)
    )


def _show_nothing(session: Session) -> None:
    session.execute(delete(Displayed).where(Displayed.property == "price"))


def _retag(session: Session) -> None:
    session.execute(update(Tag).values(confidence=0.01))


def _rename(session: Session) -> None:
    session.execute(update(Tool).values(summary="Something else."))


@pytest.mark.parametrize("breaks", [_show_another, _show_nothing, _retag, _rename])
def test_what_is_shown_is_out_of_step_until_it_is_projected(
    market: Database, breaks: Callable[[Session], None]
) -> None:
    with market.write() as session:
        breaks(session)
    (finding,) = found(market)
    assert finding.startswith("What is shown of RotaFlow is not what")
    assert "'horizon db upgrade' brings it in step" in finding
    assert project_all(market) == 1
    assert found(market) == []


def test_a_row_shown_of_no_tool(market: Database) -> None:
    with market.write() as session:
        known = session.scalars(select(Statement.id)).first()
        shown = {"subject_type": "tool", "subject_id": 999, "property": "name", "ordinal": 0}
        session.execute(insert(Displayed).values(**shown, statement_id=known))
    assert found(market) == ["Something is shown of tool 999, which is not there."]


def test_a_task_in_an_unknown_state(market: Database) -> None:
    with market.write() as session:
        session.execute(update(CrawlTask).where(CrawlTask.url == ROTA).values(state="lost"))
    assert found(market) == [f"{ROTA} stands on the frontier in an unknown state, 'lost'."]


def test_a_page_stored_twice_in_a_run(market: Database) -> None:
    with market.write() as session:
        visit = session.scalars(select(Visit).where(Visit.url == ROTA)).one()
        columns = [column.name for column in Visit.__table__.columns if column.name != "id"]
        session.execute(insert(Visit).values({name: getattr(visit, name) for name in columns}))
    assert found(market) == [f"{ROTA} was stored 2 times in one run."]


def test_a_page_read_without_a_document(market: Database) -> None:
    with market.write() as session:
        session.execute(update(Visit).where(Visit.url == TALE).values(document_id=None))
    assert found(market) == [f"{TALE} was read, but there is no document of it."]


def test_a_document_without_a_snapshot(market: Database) -> None:
    with market.write() as session:
        tale = session.scalars(select(Document.id).where(Document.url == TALE)).one()
        session.execute(delete(Snapshot).where(Snapshot.document_id == tale))
    assert found(market) == [f"{TALE} has no snapshot."]


def test_a_value_without_words(market: Database) -> None:
    with market.write() as session:
        session.execute(update(Statement).where(Statement.property == "price").values(quote=""))
    (finding,) = found(market)
    assert "has no words to it" in finding


def test_many_findings_of_one_kind_are_counted(market: Database) -> None:
    with market.write() as session:
        task = session.scalars(select(CrawlTask).where(CrawlTask.url == ROTA)).one()
        columns = [column.name for column in CrawlTask.__table__.columns if column.name != "id"]
        row = {name: getattr(task, name) for name in columns} | {"state": "lost"}
        many = [{**row, "url": f"{ROTA}/{number}"} for number in range(SHOWN + 3)]
        session.execute(insert(CrawlTask), many)
    findings = found(market)
    assert len(findings) == SHOWN + 1
    assert findings[-1] == "There are 3 more like that."


def test_another_schema_is_the_only_finding(market: Database) -> None:
    with market.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    (finding,) = found(market)
    assert "schema is 0000" in finding


@pytest.mark.parametrize("start", [0, 16 * 1024])
def test_a_damaged_file(tmp_path: Path, market: Database, start: int) -> None:
    """Its header, or a page in the middle of it."""
    with market.write() as session:
        session.execute(text("SELECT 1"))
    whole = tmp_path / "whole.db"
    with market.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("VACUUM INTO ?", (str(whole),))
    content = bytearray(whole.read_bytes())
    content[start : start + 4096] = b"\xff" * 4096
    whole.write_bytes(content)
    damaged = Database(f"sqlite:///{whole}")
    findings = found(damaged)
    assert findings
    assert any(
        words in finding
        for finding in findings
        for words in ("cannot be read", "SQLite:", "malformed")
    )
    damaged.close()
