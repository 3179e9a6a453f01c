"""What the pane says of claims: what bears on them, how they travel, where their ladder ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from catalogue.rows import BearingRow, ClaimRow, TellingRow, ToolDetail
from tests.tui import market
from tui.state import proof
from tui.state.entries import Entry

DETAIL = market.detail(5)
STUDY = DETAIL.evidence[0]
SAID = market.provenance(5, "Supplier", "25% less time on documentation.", "product")


def text(entries: Sequence[Entry]) -> str:
    return "\n".join(
        "".join(words for words, _ in line.pieces) for entry in entries for line in entry.lines
    )


def telling(number: int, figure: str, day: int, *, dated: bool = True) -> TellingRow:
    return TellingRow(
        number, figure, "Westmarch", "Network", date(2026, 8, day), dated, "http://www.w.example/a"
    )


FIRST = telling(1, "23.5%", 26)
AGAIN = telling(2, "25%", 30, dated=False)


def claim(**changes: object) -> ClaimRow:
    row = ClaimRow(1, "Staff time", "23.5%", "", "Time per task", "independent", SAID)
    return replace(row, **changes)  # type: ignore[arg-type]  # each is a field of the row


def shown(*claims: ClaimRow) -> str:
    return text(proof.claims(_with(*claims)))


def _with(*claims: ClaimRow) -> ToolDetail:
    return replace(DETAIL, claims=claims)


def bearing(relation: str, by: str = "rule", why: str = "L4: its page reports data") -> BearingRow:
    return BearingRow(STUDY.id, "e1", STUDY.title, relation, by, why)  # type: ignore[arg-type]


def test_under_a_claim_stands_what_bears_on_it_by_which_rule_and_whose_it_is() -> None:
    said = shown(claim(bearings=(bearing("supports"),)))
    assert f"+ supported by {STUDY.title}" in said
    assert "L4: its page reports data" in said
    assert "paid for by Supplier · measured by Customer · written by Supplier" in said
    rest = len(DETAIL.evidence) - 1
    assert f"{rest} item{'s' if rest > 1 else ''} of evidence without data for it (L8)" in said


def test_a_persons_word_carries_the_name_and_the_reason() -> None:
    said = shown(claim(bearings=(bearing("contradicts", "Kim", "Another ward."),)))
    assert "! contradicted by" in said
    assert "says Kim: “Another ward.”" in said


def test_every_relation_has_a_mark_that_needs_no_colour() -> None:
    marks = {
        shown(claim(bearings=(bearing(relation),))).partition(STUDY.title)[0].splitlines()[-1]
        for relation in ("supports", "partly", "contradicts", "context", "unrelated")
    }
    assert len(marks) == 5


def test_a_figure_is_shown_as_it_travels() -> None:
    said = shown(claim(path=(FIRST, AGAIN)))
    assert "told 2 times: 23.5% → 25%" in said
    assert "26 Aug 2026  23.5%  Westmarch (Network), www.w.example" in said
    assert "not dated  25%" in said


def test_many_tellings_are_counted_and_not_all_listed() -> None:
    many = (FIRST, *(telling(number, "25%", number) for number in range(2, 10)))
    said = shown(claim(path=many))
    assert "told 9 times: 23.5% → 25%" in said
    assert "and 3 more" in said


def test_a_copy_says_whom_it_repeats_and_counts_for_nothing() -> None:
    copy = claim(id=2, figure="25%", repeats=FIRST, stops="stops at minutes saved")
    said = shown(claim(), copy)
    assert "2 claims · 1 independently supported · 1 repeats another" in said
    assert "repeats 23.5%, first said by Westmarch on 26 Aug 2026" in said
    assert "stops at minutes saved" not in said
    undated = replace(copy, repeats=AGAIN)
    assert "on a page without a date" in shown(undated)


def test_where_the_ladder_ends_and_what_is_assumed_is_said() -> None:
    said = shown(
        claim(
            stops="stops at minutes saved; nothing says what the minutes became",
            flags=(("minutes become capacity", "Every minute is given back to care."),),
            counter_effects=("More demand",),
        )
    )
    assert "stops at minutes saved; nothing says what the minutes became" in said
    assert "assumes that minutes become capacity: “Every minute is given back to care.”" in said
    assert "costs elsewhere: More demand" in said


def test_evidence_says_how_it_was_measured_reviewed_and_what_it_denies() -> None:
    item = replace(
        STUDY,
        measurement="System log",
        peer_reviewed=True,
        published_on=date(2026, 8, 26),
        against=(("Capacity released", "No more patients were seen."),),
    )
    said = text(proof.evidence(replace(DETAIL, evidence=(item,))))
    assert "measured by system log · peer-reviewed · published 26 Aug 2026" in said
    assert "! found no benefit in capacity released: “No more patients were seen.”" in said
    assert "not peer-reviewed" in text(
        proof.evidence(replace(DETAIL, evidence=(replace(item, peer_reviewed=False),)))
    )


def test_enter_shows_all_of_it() -> None:
    (*_, entry) = proof.claims(_with(claim(bearings=(bearing("supports"),), path=(FIRST, AGAIN))))
    assert entry.subject is not None
    notes = "\n".join(entry.subject.notes)
    assert "told 2 times: 23.5% → 25%" in notes
    assert f"+ supported by {STUDY.title}" in notes
