from __future__ import annotations

import pytest

from catalogue.vocabularies import load
from crawler.extractors.claims import claims_of

CAPACITY, SCALE, MONEY = "ASM_MINUTES_CAPACITY", "ASM_AT_ONCE_AT_SCALE", "ASM_COST_ONLY"


def flags(text: str) -> list[tuple[str, str]]:
    return [flag for claim in claims_of(text) for flag in claim.flags]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("It saves 5 minutes per visit, giving nurses more time with patients.", [CAPACITY]),
        ("The tool frees 2 hours a week to see more patients.", [CAPACITY]),
        ("It saved 3,000 hours, the equivalent of 40 nurses.", [CAPACITY]),
        ("Every minute saved on notes is a minute returned to care.", [CAPACITY]),
        ("It saves 43 minutes a day, which across the NHS would save millions of hours.", [SCALE]),
        ("If rolled out, it could save £2m a year for every patient seen.", [SCALE, MONEY]),
        ("From day one it saves 2 hours a day.", [SCALE]),
        (
            "If every GP saved five minutes, millions of appointments would be released.",
            [CAPACITY, SCALE],
        ),
        ("It saved £53k and paid for itself in a year.", [MONEY]),
        ("It saves 26 minutes a day, worth £3,200 to the trust.", [MONEY]),
    ],
)
def test_an_assumption_is_flagged_with_the_sentence_that_makes_it(
    text: str, codes: list[str]
) -> None:
    assert list(dict.fromkeys(flags(text))) == [(code, text) for code in codes]


@pytest.mark.parametrize(
    "text",
    [
        "It saves 5 minutes per visit.",
        "It saved 2 hours a week, and the time was used for two more clinics.",
        "It saved 40 hours a month, and 120 extra appointments were held.",
        "It saves 5 minutes a visit but gives no more time with patients.",
        "Used across the NHS, it has saved 12,000 hours.",
        "It saved £40,000 a year. Waits fell by 20%.",
        "Waiting time for patients fell by 20%.",
        "We do not free time for care.",
    ],
)
def test_what_was_measured_or_stays_local_is_not_flagged(text: str) -> None:
    assert flags(text) == []


def test_the_sentence_behind_may_make_the_assumption() -> None:
    assert flags("It saves 10 minutes per clinic. That is time back for patients.") == [
        (CAPACITY, "That is time back for patients.")
    ]
    assert flags("It saves 10 minutes per clinic. Nurses want time with patients.") == []


def test_money_is_flagged_only_where_a_page_counts_nothing_else() -> None:
    assert [code for code, _ in flags("It saved £40,000 a year. It cut £3m of costs.")] == [
        MONEY,
        MONEY,
    ]


def test_an_assertion_without_a_figure_stands_on_the_lowest_rung() -> None:
    (claim,) = claims_of("Every hour saved is an hour returned to care.")

    assert (claim.low, claim.high, claim.rung) == (None, None, "RUNG_0_ASSERTED")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "Patients complete a form first, saving reception 20 minutes a day.",
            ["CTR_SHIFT_TO_PATIENT"],
        ),
        (
            "It saves 5 minutes a letter. However, secretaries spend time checking each letter.",
            ["CTR_REVIEW_BURDEN"],
        ),
        ("Waits fell by 20%. But demand has risen as well.", ["CTR_INDUCED_DEMAND"]),
        ("It saves 5 minutes a letter. Staff spend time checking each letter.", []),
        ("It saves 5 minutes a letter with no extra tasks.", []),
        ("It cut support calls by 30%.", []),
    ],
)
def test_what_it_costs_elsewhere_is_kept(text: str, codes: list[str]) -> None:
    (claim,) = claims_of(text)

    assert list(claim.counter_effects) == codes


def test_every_code_is_in_its_vocabulary() -> None:
    assert {CAPACITY, SCALE, MONEY} == {term.code for term in load()["assumptions"]}
