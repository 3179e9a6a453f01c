"""What is shown of a tool, made again at any time and in any order."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from catalogue import projection as module
from catalogue import scope
from catalogue.database import Database
from catalogue.models import Claim, Displayed, Function, Statement, Tag, Tool, ToolName
from catalogue.projection import out_of_step, project, project_all
from catalogue.review.rulings import Decision, decide
from catalogue.scope import ScopeDecision
from tests.builders import (
    DAY,
    make_claim,
    make_document,
    make_evidence,
    make_organisation,
    make_source,
    make_statement,
    make_tool,
)

OWN = "http://www.rotaflow.example/rota"
SAID = (
    ("name", "RotaFlow", "rotaflow"),
    ("name", "Rota Flow", "press"),
    ("summary", "Builds ward rosters.", "rotaflow"),
    ("price", "£2", "press"),
    ("price", "£3", "rotaflow"),
    ("feature", "Swaps", "rotaflow"),
    ("feature", "Bank staff", "rotaflow"),
    ("feature", "swaps", "press"),
    ("autonomy", "AUT_3_CONSULTANT", "press"),
    ("assurance.ASR_DTAC", "AST_CLAIMED", "rotaflow"),
    ("assurance.ASR_DTAC", "AST_LAPSED", "government"),
)
"""Property, value, and the source that says so."""


def tool_of(session: Session, said: Sequence[tuple[str, str, str]] = SAID) -> Tool:
    """A tool with a page of its own, of which this is said, in this order."""
    tool = make_tool(session, "RotaFlow")
    session.add(ToolName(tool_id=tool.id, kind="homepage", key="rotaflow.example/rota", text=OWN))
    pages = {"rotaflow": make_document(session, OWN, text="RotaFlow builds ward rosters.")}
    for name, kind, voice in (
        ("press", "publisher", "VOICE_PRESS"),
        ("government", "regulator", "VOICE_GOV"),
    ):
        publisher = make_organisation(session, name, kind=kind)
        source = make_source(session, name, publisher=publisher, voice=voice)
        pages[name] = make_document(session, f"http://www.{name}.example/", source=source)
    for prop, value, source_name in said:
        make_statement(session, tool, prop, value, document=pages[source_name], displayed=False)
    return tool


def displayed(session: Session, tool: Tool) -> list[tuple[str, int, str]]:
    rows = session.execute(
        select(Displayed.property, Displayed.ordinal, Statement.value)
        .join(Statement, Statement.id == Displayed.statement_id)
        .where(Displayed.subject_id == tool.id)
    )
    return sorted((name, ordinal, value) for name, ordinal, value in rows)


def test_what_is_shown_follows_the_precedence(database: Database) -> None:
    with database.write() as session:
        tool = tool_of(session)
        project(session, tool)
        assert displayed(session, tool) == [
            ("assurance.ASR_DTAC", 0, "AST_LAPSED"),
            ("autonomy", 0, "AUT_3_CONSULTANT"),
            ("feature", 0, "Bank staff"),
            ("feature", 1, "Swaps"),
            ("name", 0, "RotaFlow"),
            ("price", 0, "£3"),
            ("summary", 0, "Builds ward rosters."),
        ]
        assert (tool.name, tool.summary, tool.autonomy) == ("RotaFlow", "Builds ward rosters.", 3)
        assert (tool.use_case, tool.scope) == ("UC_SCHED_ROTA", "SC_NONCLIN_OPS")


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(SAID))
def test_the_order_of_statements_does_not_matter(
    database: Database, order: list[tuple[str, str, str]]
) -> None:
    seen = []
    for said in (SAID, order):
        with database.read() as session:  # nothing of it is kept
            tool = tool_of(session, said)
            project(session, tool)
            tags = session.execute(select(Tag.vocabulary, Tag.code, Tag.state, Tag.why)).all()
            seen.append((displayed(session, tool), sorted(tuple(tag) for tag in tags)))
    assert seen[0] == seen[1]


def test_a_tool_of_which_nothing_more_is_said_keeps_its_name(database: Database) -> None:
    with database.write() as session:
        tool = tool_of(session)
        project(session, tool)
        for row in session.scalars(select(Statement)):
            row.document.gone_at = row.last_seen
        project(session, tool)
        assert displayed(session, tool) == []
        assert (tool.name, tool.summary) == ("RotaFlow", "")


@pytest.mark.parametrize("absence", ["no", "not_stated", "looked_not_found"])
@pytest.mark.parametrize("prop", ["autonomy", "use_case", "setting", "price", "feature"])
def test_that_there_is_none_is_no_value(database: Database, prop: str, absence: str) -> None:
    with database.write() as session:
        tool = tool_of(session, [("name", "RotaFlow", "rotaflow")])
        page = session.scalars(select(Statement)).one().document
        make_statement(session, tool, prop, "", absence=absence, document=page, displayed=False)
        project(session, tool)
        assert (prop, 0, "") in displayed(session, tool)
        assert tool.autonomy is None


def test_a_persons_tag_stays_and_leads(database: Database) -> None:
    with database.write() as session:
        tool = tool_of(session)
        project(session, tool)
        no_rota = Decision(f"tool/{tool.id}", "use_cases/UC_SCHED_ROTA", "rejected")
        decide(session, "tag", [no_rota], actor="Kim", at=DAY)
        project(session, tool)
        session.expire_all()
        rota = session.scalars(select(Tag).where(Tag.code == "UC_SCHED_ROTA")).one()
        assert (rota.state, rota.by) == ("rejected", "Kim")
        assert tool.use_case != "UC_SCHED_ROTA"
        functions = session.scalars(select(Function.use_case).where(Function.tool_id == tool.id))
        assert "UC_SCHED_ROTA" not in functions.all()


def test_claims_are_weighed_by_the_evidence_beside_them(database: Database) -> None:
    with database.write() as session:
        tool = tool_of(session)
        page = make_document(session)
        claim = make_claim(session, tool, document=page)
        make_evidence(session, tool, document=page)
        project(session, tool)
        session.expire_all()
        assert claim.standing == "supported"
        assert (tool.claims, tool.evidence, tool.independent) == (1, 2, False)


def test_projecting_again_writes_nothing(database: Database) -> None:
    with database.write() as session:
        project(session, tool_of(session))
    written: list[str] = []
    event.listen(
        database.engine,
        "before_cursor_execute",
        lambda _c, _cur, sql, *_rest: written.append(sql.split()[0]),
    )
    with database.write() as session:
        project(session, session.scalars(select(Tool)).one())
    assert set(written) == {"BEGIN", "SELECT"}


def test_the_rules_are_asked_again_only_when_something_changed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    decide = scope.decide

    def deciding(use_case: str, text: str) -> ScopeDecision:
        asked.append(use_case)
        return decide(use_case, text)

    monkeypatch.setattr(scope, "decide", deciding)
    with database.write() as session:
        tool = tool_of(session)
        project(session, tool)
        assert asked == ["UC_SCHED_ROTA"]
        project(session, tool)
        assert asked == ["UC_SCHED_ROTA"]
        session.execute(update(Tag).values(why="Because."))
        project(session, tool)
        assert len(asked) == 2
        monkeypatch.setattr(module, "rules", lambda: "other rules")
        project(session, tool)
        assert len(asked) == 3


def test_all_tools_are_brought_in_step_in_batches(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    with database.write() as session:
        for number in range(5):
            tool = make_tool(session, f"Tool {number}")
            make_claim(session, tool)
    assert project_all(database) == 5
    assert project_all(database) == 0
    with database.write() as session:
        session.execute(update(Tool).values(stale=False))
        session.execute(update(Tool).where(Tool.name == "Tool 3").values(claims=9))
        session.execute(update(Claim).where(Claim.id == 1).values(standing="independent"))
    with database.read() as session:
        assert list(out_of_step(session)) == ["Tool 0", "Tool 3"]
    assert project_all(database) == 2
    with database.read() as session:
        assert list(out_of_step(session)) == []
        stale = session.scalars(select(Tool.name).where(Tool.stale).order_by(Tool.id))
        assert stale.all() == ["Tool 0", "Tool 3"]
