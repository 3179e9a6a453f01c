"""How evidence bears on claims, by the written rules and by a person's word."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.comparison import ClaimFacts
from catalogue.ledger import RULES, Bearing, Word, bearings, claim_key, compare, evidence_key
from catalogue.lineage import heads
from catalogue.standing import EvidenceFacts, strength
from tests.catalogue.claims import claim, study


def ledger(
    claims: list[ClaimFacts],
    evidence: list[EvidenceFacts],
    words: dict[tuple[str, str], Word] | None = None,
) -> dict[tuple[int, int], Bearing]:
    grades = {item.document_id: strength(item.strength) for item in evidence}
    return bearings(claims, evidence, heads(claims, grades), words or {})


def rule(claims: list[ClaimFacts], evidence: list[EvidenceFacts]) -> tuple[str, str]:
    """How the last item bears on the first claim: the relation and the number of the rule."""
    bearing = ledger(claims, evidence).get((claims[0].id, evidence[-1].id))
    return ("context", "L8") if bearing is None else (bearing.relation, bearing.why[:2])


def test_a_page_that_reports_data_supports_its_own_claim() -> None:
    assert rule([claim()], [study()]) == ("supports", "L4")
    assert rule([claim()], [study(relation="REL_SUPPLIER")]) == ("supports", "L4")


def test_an_account_of_the_supplier_supports_nothing() -> None:
    own = study(grade="EVS_1", relation="REL_SUPPLIER")
    assert rule([claim()], [own]) == ("context", "L8")
    elsewhere = claim(page=2)
    account = study(page=2, grade="EVS_1", relation="REL_SUPPLIER")
    assert rule([claim(), elsewhere], [account]) == ("context", "L8")


def test_an_account_of_somebody_else_bears_it_out_in_part_at_most() -> None:
    told = claim("The trust saved time on letters.", 30.0, page=2, voice="VOICE_NETWORK")
    assert rule([claim(), told], [study(page=2, grade="EVS_1")]) == ("partly", "L7")


def test_what_could_be_is_not_what_was_found() -> None:
    assert rule([claim(hedge="could")], [study()]) == ("context", "L3")


@pytest.mark.parametrize(
    ("found", "relation"),
    [(25.0, "supports"), (24.0, "supports"), (40.0, "supports"), (10.0, "partly")],
)
def test_a_flat_figure_needs_as_much_elsewhere(found: float, relation: str) -> None:
    other = claim("Letters took less time.", found, page=2, around="At Fenbury NHS Trust")
    assert rule([claim(), other], [study(page=2)])[0] == relation


@pytest.mark.parametrize(
    ("found", "relation"), [(1.0, "supports"), (1.9, "supports"), (0.5, "partly")]
)
def test_up_to_is_borne_out_by_what_comes_near_it(found: float, relation: str) -> None:
    most = claim("Saves up to 2 hours a week.", 2.0, "hours", hedge="up to", per="week")
    other = claim("It saved time.", found, "hours", per="week", page=2, around="Fenbury NHS Trust")
    assert rule([most, other], [study(page=2)])[0] == relation


def test_more_than_needs_more_than_that() -> None:
    least = claim("More than 45% of calls.", None, low=45.0, hedge="more than", direction="none")
    enough = claim("It took 48% of calls.", 48.0, page=2, direction="none")
    less = claim("It took 30% of calls.", 30.0, page=2, direction="none")
    assert compare(least, enough) == "supports"
    assert compare(least, less) == "partly"


def test_minutes_and_hours_are_one_unit_but_weeks_and_days_are_not_made_one() -> None:
    day = claim("Saves an hour a day.", 1.0, "hours", per="day")
    minutes = claim("It saved 55 minutes.", 55.0, "minutes", per="day", page=2)
    week = claim("It saved 5 hours.", 5.0, "hours", per="week", page=2)
    assert compare(day, minutes) == "partly"
    assert compare(claim("Saves an hour.", 1.0, "hours", per="day", hedge="about"), minutes) == (
        "supports"
    )
    assert compare(day, week) is None


def test_a_fall_from_one_level_to_another_is_the_share_that_it_amounts_to() -> None:
    share = claim("Missed appointments cut by a third.", 33.3, dimension="BEN_FLOW")
    level = claim(
        "Missed appointments fell from 9% to 6%.",
        6.0,
        baseline="9 percent",
        dimension="BEN_FLOW",
        page=2,
    )
    assert compare(share, level) == "supports"


def test_shares_of_different_things_are_not_compared() -> None:
    letters = claim("Documentation took 25% less time.", 25.0)
    shorter = claim("Appointments were 6% shorter.", 6.0, page=2)
    assert compare(letters, shorter) is None


def test_evidence_that_finds_no_such_benefit_contradicts() -> None:
    no = study(page=2, against=(("BEN_TIME", "No time was saved."),))
    claims = [claim()]
    assert rule(claims, [no]) == ("contradicts", "L1")
    assert "No time was saved." in ledger(claims, [no])[claims[0].id, no.id].why
    other = study(page=2, against=(("BEN_COST", "No money was saved."),))
    assert rule(claims, [other]) == ("context", "L8")


def test_a_denial_without_data_contradicts_nothing() -> None:
    no = study(page=2, grade="EVS_1", against=(("BEN_TIME", "No time was saved."),))
    assert rule([claim()], [no]) == ("context", "L8")


def test_a_study_that_finds_both_is_taken_by_its_figure() -> None:
    mixed = study(page=2, against=(("BEN_TIME", "Meetings took longer."),))
    found = claim("Letters took less time.", 26.0, page=2, around="At Fenbury NHS Trust")
    assert rule([claim(), found], [mixed]) == ("supports", "L5")


def test_a_report_that_repeats_the_claim_it_denies_still_contradicts_it() -> None:
    """A page with data of its own is taken for the head; the claim on it is no finding."""
    first = claim("Booking teams save up to 10 hours a week.", 10.0, "hours", hedge="up to")
    again = claim(
        "Its maker says that booking teams save up to 10 hours a week.",
        10.0,
        "hours",
        hedge="up to",
        page=2,
        voice="VOICE_PRESS",
    )
    no = study(page=2, against=(("BEN_TIME", "No time was saved."),))
    found = ledger([first, again], [no])
    assert found[first.id, no.id].why.startswith("L1")
    assert found[again.id, no.id].why.startswith("L1")


def test_a_retelling_counts_for_nothing_where_the_study_itself_is_known() -> None:
    by = "The University of Westmarch compared nine practices."
    first = claim("23.5% less time on documentation.", 23.5, page=1, around=by)
    again = claim(
        "Documentation time is down by 25%.", 25.0, page=2, around=by, day=date(2026, 9, 1)
    )
    original, report = study(page=1), study(page=2)
    found = ledger([first, again], [original, report])
    assert found[again.id, report.id].why.startswith("L2")
    assert found[first.id, report.id].why.startswith("L2")
    assert found[first.id, original.id].why.startswith("L4")
    assert found[again.id, original.id].relation == "partly"
    assert "23.5%" in found[again.id, original.id].why


def test_a_persons_word_leads() -> None:
    one, item = claim(key="c"), study(page=2, key="e")
    word = Word("contradicts", "Kim", "It measured another ward.")
    found = ledger([one], [item], {("c", "e"): word})
    assert found[one.id, item.id] == Bearing("contradicts", "Kim", "It measured another ward.")


def test_every_answer_is_a_rule_with_its_text() -> None:
    bearing = ledger([claim()], [study()])
    (one,) = bearing.values()
    assert one.by == "rule"
    assert one.why == f"L4: {RULES['L4']}"


def test_keys_outlive_a_new_scheme_and_spelling_but_tell_figures_apart() -> None:
    page = "https://www.a.example/page"
    assert claim_key(page, "Saves 2 hours.", 2.0, 2.0) == claim_key(
        "http://a.example/page/", "Saves 2 hours.", 2.0, 2.0
    )
    assert claim_key(page, "Two and 10%.", 2.0, 2.0) != claim_key(page, "Two and 10%.", 10.0, 10.0)
    assert claim_key(page, "A.", None, 2.0) != claim_key("http://b.example/", "A.", None, 2.0)
    assert evidence_key(page, "A study of rotas") == evidence_key(page, "A Study of Rotas")
    assert evidence_key(page, "A study") != claim_key(page, "A study", None, None)
