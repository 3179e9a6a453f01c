"""One result told again and again, and two results that only look alike."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.comparison import ClaimFacts
from catalogue.lineage import heads
from tests.catalogue.claims import claim

STUDY = "The University of Westmarch compared nine practices of Tallow Vale ICB."


def trail() -> list[ClaimFacts]:
    """23.5 % -> nearly 24 % -> a quarter -> 25 %, over four pages."""
    return [
        claim("Clinicians spent 23.5% less time on documentation.", 23.5, page=1, around=STUDY),
        claim(
            "Documentation time fell by nearly 24%.",
            24.0,
            hedge="nearly",
            page=2,
            voice="VOICE_PRESS",
            day=date(2026, 6, 2),
            around="Researchers at the University of Westmarch said so.",
        ),
        claim(
            "Up to a quarter less documentation.",
            25.0,
            hedge="up to",
            page=3,
            voice="VOICE_PRESS",
            day=date(2026, 6, 9),
        ),
        claim("25% less time on documentation.", 25.0, page=4, day=date(2026, 7, 1)),
    ]


def test_a_figure_is_followed_as_it_travels() -> None:
    claims = trail()
    first, *others = claims
    assert heads(claims, {1: 3}) == {one.id: first.id for one in others}


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(range(4)))
def test_the_order_of_claims_does_not_matter(order: list[int]) -> None:
    claims = trail()
    shuffled = [claims[place] for place in order]
    assert heads(shuffled, {1: 3}) == heads(claims, {1: 3})


def test_the_page_of_the_study_is_the_head_even_where_the_press_was_first() -> None:
    press = claim("Documentation fell by 24%.", 24.0, page=1, voice="VOICE_PRESS", around=STUDY)
    report = claim("Documentation fell by 23.5%.", 23.5, page=2, day=date(2026, 8, 1), around=STUDY)
    assert heads([press, report], {2: 3}) == {press.id: report.id}


def test_without_a_study_who_makes_the_claim_comes_before_who_reports_it() -> None:
    own = claim("Booking teams save up to 10 hours.", 10.0, "hours", hedge="up to")
    press = claim(
        "Its maker says that booking teams save up to 10 hours.",
        10.0,
        "hours",
        hedge="up to",
        page=2,
        voice="VOICE_PRESS",
        day=date(2026, 1, 1),
    )
    assert heads([press, own], {}) == {press.id: own.id}


def test_equal_figures_of_two_named_studies_are_not_joined() -> None:
    one = claim("25% less time on letters.", 25.0, around="At Fenbury NHS Trust, 40 secretaries.")
    other = claim(
        "25% less time on letters.", 25.0, page=2, around="At Northmere Hospital, 12 wards."
    )
    assert heads([one, other], {}) == {}


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("The University of Westmarch evaluated it.", "Northmere University evaluated it."),
        ("A survey of 40 nurses.", "A survey of 220 nurses."),
        ("A trial over four weeks.", "A trial over twelve weeks."),
    ],
)
def test_words_tell_studies_apart(mine: str, theirs: str) -> None:
    one = claim("Letters took 20% less time.", 20.0, around=mine)
    other = claim("Letters took 20% less time.", 20.0, page=2, around=theirs)
    assert heads([one, other], {}) == {}


def test_equal_figures_about_different_matters_are_not_joined() -> None:
    one = claim("25% less time on documentation.", 25.0)
    other = claim("Telephone queues are 25% shorter.", 25.0, page=2)
    assert heads([one, other], {}) == {}


def test_a_figure_that_moved_far_is_followed_only_where_the_study_is_named() -> None:
    first = claim("Documentation fell by 23.5%.", 23.5, around=STUDY)
    named = claim("Documentation fell by 30%.", 30.0, page=2, day=date(2026, 7, 1), around=STUDY)
    bare = claim("Documentation fell by 30%.", 30.0, page=3, day=date(2026, 7, 2))
    assert heads([first, named], {1: 3}) == {named.id: first.id}
    assert heads([first, bare], {1: 3}) == {}


def test_two_figures_of_one_study_stay_two() -> None:
    one = claim("Documentation took 23.5% less time.", 23.5, around=STUDY)
    other = claim("Appointments were 6% shorter.", 6.0, around=STUDY)
    assert heads([one, other], {1: 3}) == {}


def test_a_bare_figure_that_fits_two_studies_is_given_to_neither() -> None:
    one = claim("25% less time on letters.", 25.0, around="At Fenbury NHS Trust.")
    other = claim("25% less time on letters.", 25.0, page=2, around="At Northmere NHS Trust.")
    bare = claim("25% less time on letters.", 25.0, page=3)
    assert heads([one, other, bare], {}) == {}


def test_other_dimensions_and_claims_without_a_figure_have_no_lineage() -> None:
    one = claim("25% less time on letters.", 25.0)
    cost = claim("25% less spent on letters.", 25.0, dimension="BEN_COST", page=2)
    vague = claim("Less time on letters.", None, low=None, page=3)
    assert heads([one, cost, vague], {}) == {}
