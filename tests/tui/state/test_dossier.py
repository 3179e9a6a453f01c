from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalogue.rows import Hit
from tests.tui import market
from tui.state import dossier
from tui.state.entries import Entry, Line

DETAIL = market.detail(3)


def words(lines: Sequence[Line]) -> str:
    return "\n".join("".join(text for text, _ in line.pieces) for line in lines)


def text(entries: Sequence[Entry]) -> str:
    return "\n".join(words(entry.lines) for entry in entries)


def test_every_value_says_who_said_it_when_and_in_which_words() -> None:
    shown = text(dossier.overview(DETAIL))
    for value in DETAIL.values:
        assert value.label in shown
        if value.provenance is not None:
            assert f"Supplier says, 5 Nov 2026: “{value.provenance.quote}”" in shown


def test_absence_is_said_in_words() -> None:
    shown = text(dossier.overview(DETAIL))
    assert "DSPT            looked, not found" in shown
    assert "Version         not stated" in shown


def test_what_others_say_differently_is_marked() -> None:
    shown = text(dossier.overview(DETAIL))
    assert "Price         ! £1.80" in shown
    assert "! Government says otherwise: £2.80 per user per month" in shown
    assert "!" not in text(dossier.overview(market.detail(1))).replace("! contr", "")


def test_suggested_tags_are_not_mistaken_for_accepted_ones() -> None:
    shown = text(dossier.overview(DETAIL))
    assert "? Mental health  suggested" in shown
    assert "by tagger: 0.81 by meaning" in shown


def test_why_a_tool_was_found_is_shown_with_its_page() -> None:
    hit = Hit("tool", 3, "T", "http://a.example", 1.0, "plans shifts", "http://b.example/page")
    shown = text(dossier.overview(DETAIL, hit))
    assert "“plans shifts”" in shown
    assert "b.example" in shown


def test_each_claim_shows_figure_hedge_rung_standing_and_voice() -> None:
    shown = text(dossier.evidence(DETAIL))
    assert "3 claims · " in shown
    assert "up to 4 hours per week  contradicted" in shown
    assert "Staff time · rung Task time · hedged “up to”" in shown
    assert "A customer says, 5 Nov 2026: “Ward managers" in shown


def test_evidence_shows_who_paid_measured_and_wrote() -> None:
    shown = text(dossier.evidence(market.detail(5)))
    assert "paid for by Supplier · measured by Customer · written by Supplier" in shown
    assert "not independent" in shown


def test_the_sources_can_be_opened() -> None:
    pages = [entry for entry in dossier.sources(DETAIL) if not entry.still]
    assert [entry.url for entry in pages] == [page.url for page in DETAIL.documents]


def test_history_shows_before_and_after() -> None:
    shown = text(dossier.history(DETAIL))
    assert "5 Nov 2026  Price changed" in shown
    assert "- £1.30" in shown
    assert "+ £1.80" in shown


def test_similar_tools_can_be_opened() -> None:
    entries = dossier.similar([(market.row(11), market.resemblance(0.914))])
    assert entries[-1].tool_id == 11
    assert "0.91" in text(entries)
    assert "Looking" in text(dossier.similar(None))
    assert "No model." in text(dossier.similar((), "No model."))


def test_the_whole_source_of_a_value_can_be_read_and_copied() -> None:
    entry = next(e for e in dossier.overview(DETAIL) if e.subject and e.subject.title == "Price")
    assert entry.subject is not None
    shown = words(dossier.provenance_lines(entry.subject))
    said = DETAIL.values[0].provenance
    assert said is not None
    for part in (said.quote, said.said_by, said.document, said.place, said.url, said.extractor,
                 "first seen 5 Oct 2026, last 5 Nov 2026", "! Said otherwise: £2.80"):  # fmt: skip
        assert part in shown
    copied = entry.subject.as_text()
    assert said.quote in copied
    assert said.url in copied


def test_a_value_nobody_states_has_no_source() -> None:
    entry = next(e for e in dossier.overview(DETAIL) if e.subject and e.subject.title == "Version")
    assert entry.subject is not None
    assert "No page states this." in words(dossier.provenance_lines(entry.subject))


def test_a_tool_of_which_nothing_is_known_says_so() -> None:
    bare = replace(DETAIL, summary="", values=(), tags=(), functions=(), claims=(), evidence=(),
                   deployments=(), signals=(), documents=())  # fmt: skip
    assert "No claim of benefit found" in text(dossier.evidence(bare))
    assert "No study, evaluation or account was found." in text(dossier.evidence(bare))
    assert "No page is kept" in text(dossier.sources(bare))
    assert "Nothing has changed" in text(dossier.history(bare))
