"""Prioritised screening over a small catalogue, with an embedder that needs no model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from catalogue.database import Database
from catalogue.errors import CatalogueError, NotFoundError, QueryError
from catalogue.models import Tool
from catalogue.settings import Settings
from search.indexer import Indexer
from tests.builders import DAY, make_organisation, make_tool
from tests.search.shelf import HashingEmbedder
from tests.tui.test_live import Hashing, Modelless, opened, quiet
from tui.live import Live
from tui.screening import Screening

NAME = "Rotas"
QUESTION = "Which tools plan rotas for wards?"
ROTAS = ("Rotaflow", "Wardwise", "Shiftly", "Leavely")
LETTERS = ("Quill", "Scribus", "Lettera", "Dictor")


def fill(database: Database) -> None:
    """Four tools that plan rotas, numbers 1 to 4, and four that write letters, 5 to 8."""
    with database.write() as session:
        for name in ROTAS:
            make_tool(session, name, summary=f"{name} plans rotas for wards and fills shifts.")
        other = make_organisation(session, "Quillon Hythe Ltd")
        for name in LETTERS:
            words = f"{name} writes clinic letters from dictation."
            make_tool(session, name, supplier=other, summary=words)


@pytest.fixture
def live(database: Database, settings: Settings) -> Iterator[Live]:
    """Ann's services over eight tools, indexed."""
    fill(database)
    services = opened(Hashing, settings, "Ann")
    # Without the tagger, which would make the tools anew of what no page here says.
    Indexer(services.shelf, services.embedder(), services.settings.indexes).refresh(quiet)
    services.screening.new(NAME, QUESTION, "")
    yield services
    services.close()


@pytest.fixture
def ann(live: Live) -> Screening:
    return live.screening


def turn(screening: Screening, first: int | None = None, *, at_random: bool = False) -> int:
    """Number of the tool whose turn it is."""
    row = screening.next(NAME, first, at_random=at_random)
    assert row is not None
    return row.tool.id


def test_begins_with_what_is_nearest_to_the_question(ann: Screening) -> None:
    row = ann.next(NAME)
    assert row is not None
    assert (row.position, row.tool.name in ROTAS, row.notice) == (1, True, "")
    assert (row.project, row.question) == (NAME, QUESTION)
    assert (row.why.by, row.why.nearest, row.why.changed) == ("question", "", None)
    assert row.why.terms == ("plan", "rotas", "wards")
    assert (row.progress.pool, row.progress.left, row.progress.screened) == (8, 8, 0)


def test_what_was_included_leads_to_what_is_like_it(ann: Screening) -> None:
    """Against the question: the reviewer wants letters after all."""
    ann.decide(NAME, [5], "include")
    ann.decide(NAME, [1], "exclude", "Wrong use case")
    seen = []
    while (row := ann.next(NAME)) is not None:
        seen.append(row.tool.name)
        assert row.why.by == "decisions"
        assert (row.why.nearest in LETTERS) is True
        ann.decide(NAME, [row.tool.id], "include" if row.tool.name in LETTERS else "maybe")
        if row.tool.name in ROTAS:
            ann.undo(NAME)
            ann.decide(NAME, [row.tool.id], "exclude", "Wrong use case")
    assert set(seen[:3]) == {"Scribus", "Lettera", "Dictor"}
    assert len(seen) == 6
    progress = ann.progress(NAME)
    assert (progress.included, progress.maybe, progress.excluded, progress.left) == (4, 0, 4, 0)


def test_the_order_shown_can_be_made_again(ann: Screening) -> None:
    for _ in range(4):
        tool = turn(ann)
        ann.decide(NAME, [tool], "include" if tool % 2 else "exclude", "Wrong setting")
    shown = ann.order(NAME)
    assert [row.position for row in shown] == [1, 2, 3, 4]
    assert [(row.decided, row.pool) for row in shown] == [(0, 8), (1, 7), (2, 6), (3, 5)]
    assert {row.model for row in shown} == {HashingEmbedder().model}
    for row in reversed(shown):
        ann.undo(NAME)
        again = ann.next(NAME)
        assert again is not None
        assert (again.tool.id, again.why.score) == (row.tool_id, row.score)


def test_each_reviewer_has_an_own_queue(ann: Screening, settings: Settings) -> None:
    first = turn(ann)
    ann.decide(NAME, [first], "include")
    services = opened(Hashing, settings, "Ben")
    ben = services.screening
    assert turn(ben) == first
    ben.decide(NAME, [first], "exclude", "Not AI")
    row = ben.report(NAME)
    assert (row.reviewer, row.progress.excluded, row.progress.included) == ("Ben", 1, 0)
    assert [one.tool_id for one in row.disagreements] == [first]
    services.close()


def test_an_undone_tool_is_put_before_the_reviewer_again(ann: Screening) -> None:
    ann.decide(NAME, [8], "include")
    assert turn(ann) != 8
    ann.undo(NAME)
    assert turn(ann, first=8) == 8
    assert turn(ann) != 8


def test_new_tools_join_and_those_without_an_index_are_ranked_too(
    ann: Screening, database: Database
) -> None:
    with database.write() as session:
        make_tool(session, "Rotarium", summary="Plans rotas for wards; wards plan rotas.")
        make_tool(session, "Scan", summary="Reads scans.", scope="SC_CLINICAL_OUT")
    ann.decide(NAME, [*range(1, 8)], "include")
    assert ann.progress(NAME).pool == 9
    ann.decide(NAME, [8], "exclude", "Wrong use case")
    row = ann.next(NAME)
    assert row is not None
    assert (row.tool.id, row.tool.name, row.why.nearest) == (9, "Rotarium", "")


def test_an_excluded_tool_that_changed_returns_and_says_so(
    ann: Screening, database: Database
) -> None:
    ann.decide(NAME, [1, 2], "exclude", "Not AI")
    with database.write() as session:
        session.get_one(Tool, 2).changed_at = DAY + timedelta(days=3650)
    progress = ann.progress(NAME)
    assert (progress.excluded, progress.changed, progress.left) == (1, 1, 7)
    row = ann.next(NAME, first=2)
    assert row is not None
    assert row.why.changed is not None
    assert (row.tool.id, row.why.changed.why) == (2, "Not AI")
    assert ann.report(NAME).progress.screened == 1
    ann.decide(NAME, [2], "include")
    assert ann.progress(NAME).changed == 0


def test_a_project_screens_what_its_query_finds(ann: Screening, live: Live) -> None:
    for query, tools in (("letters", 4), ('"clinic letters" -Quill', 3), ("-shifts", 4)):
        _, progress = ann.new(f"Of {query}", QUESTION, query)
        assert progress.pool == tools
    live.new_shortlist("Trial", "")
    live.add("Trial", [1, 2], "")
    assert ann.new("Trial", QUESTION, "shortlisted:Trial")[1].pool == 2
    assert ann.next("Of letters") is not None
    with pytest.raises(QueryError):
        ann.new("Wrong", QUESTION, "evidence:soon")
    with pytest.raises(NotFoundError):
        ann.new("Wrong", QUESTION, "shortlisted:Trail")
    assert "Wrong" not in {row.name for row in ann.projects.all()}


def test_what_was_decided_stays_although_the_query_finds_it_no_more(
    ann: Screening, live: Live
) -> None:
    live.new_shortlist("Trial", "")
    live.add("Trial", [1, 2], "")
    ann.new("Trial", QUESTION, "shortlisted:Trial")
    ann.decide("Trial", [1], "include")
    live.remove("Trial", [1], "")
    assert (ann.progress("Trial").pool, ann.progress("Trial").included) == (2, 1)


def test_without_a_model_words_rank_alone_and_it_says_so(
    database: Database, settings: Settings
) -> None:
    fill(database)
    services = opened(Modelless, settings, "Ann")
    services.indexer(meaning=False).refresh(quiet)
    services.screening.new(NAME, QUESTION, "")
    row = services.screening.next(NAME)
    assert row is not None
    assert row.tool.name in ROTAS
    assert "Meaning is not indexed yet." in row.notice
    assert services.screening.order(NAME)[0].model == ""
    services.close()


def test_words_of_a_query_need_an_index(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database)
    services = opened(Modelless, settings, "Ann")
    monkeypatch.setattr(Live, "_mend", lambda _: None)
    with pytest.raises(CatalogueError, match="cannot be searched"):
        services.screening.new(NAME, QUESTION, "letters")
    services.close()


def test_a_draw_leaves_the_order_and_the_report_counts_it(ann: Screening) -> None:
    drawn = turn(ann, at_random=True)
    assert turn(ann, at_random=True) == drawn  # the same until something is decided
    found = []
    for _ in range(8):
        found.append(turn(ann, at_random=True))
        ann.decide(NAME, [found[-1]], "include" if found[-1] <= 4 else "exclude", "Not AI")
        report = ann.report(NAME)
        assert report.sampled == len(found)
        assert report.left_low <= 4 - report.found <= report.left_high
    assert sorted(found) == [*range(1, 9)]
    assert found[1:] != [row.tool_id for row in ann.order(NAME)][:7]
    assert {row.by for row in ann.order(NAME)} == {"chance"}


def test_the_report_bounds_what_is_left_and_names_its_assumption(ann: Screening) -> None:
    for _ in range(6):
        tool = turn(ann)
        ann.decide(NAME, [tool], "include" if tool <= 4 else "exclude", "Wrong use case")
    ann.decide(NAME, [turn(ann)], "maybe")
    report = ann.report(NAME, 0.8)
    assert (report.progress.screened, report.progress.left) == (7, 1)
    assert report.found == report.progress.included + report.progress.maybe
    assert 0 <= report.left_low <= report.likely_left <= report.left_high <= 1
    assert (report.confidence, report.method, report.out_of_turn) == (0.8, "order", 0)
    assert report.reasons == (("Wrong use case", report.progress.excluded),)
    assert "order" in report.assumption


def test_what_was_decided_out_of_turn_is_told(ann: Screening) -> None:
    ann.decide(NAME, [turn(ann)], "include")
    ann.decide(NAME, [7, 8], "exclude", "Not AI")
    assert ann.report(NAME).out_of_turn == 2


def test_included_tools_go_on_a_shortlist_with_who_included_them(
    ann: Screening, live: Live, settings: Settings
) -> None:
    live.new_shortlist("Trial", "")
    live.add("Trial", [4], "known before")
    ann.decide(NAME, [1, 2, 4], "include")
    ann.decide(NAME, [3], "include", "used at two trusts")
    services = opened(Hashing, settings, "Ben")
    services.screening.decide(NAME, [1], "include")
    services.screening.decide(NAME, [2], "maybe")
    row = services.screening.shortlist(NAME, "trial")
    assert row.shortlist == "Trial"
    assert sorted(row.added) == ["Rotaflow", "Shiftly"]
    assert (row.included, row.disagreed) == (3, ("Wardwise",))
    reasons = {item.tool_id: item.reason for item in live.shortlist("Trial").items}
    assert reasons == {
        1: "included in project 'Rotas' by Ann and Ben",
        3: "included in project 'Rotas' by Ann: used at two trusts",
        4: "known before",
    }
    assert services.screening.shortlist(NAME, "Trial") == replace(row, added=())
    services.close()
