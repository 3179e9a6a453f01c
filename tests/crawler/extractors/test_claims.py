from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from catalogue.drafts import ClaimDraft
from catalogue.vocabularies import load
from crawler.extractors.claims import claims
from crawler.view.page_view import PageView
from crawler.view.structured import Structured


def read(text: str) -> list[ClaimDraft]:
    view = PageView(
        url="http://www.site.example/a",
        canonical="http://www.site.example/a",
        title="",
        heading="",
        text=text,
        text_sha="",
        kind="news",
        language="en",
        published_on=None,
        links=(),
        tree=LexborHTMLParser(""),
        data=Structured(),
    )
    return list(claims(view, "test@1"))


CASES = """
Saves up to 2 hours per week for each manager.
    BEN_TIME | down | - | 2 | hours | week per manager | up to
The pilot freed 12 hours a week per team.
    BEN_TIME | up | 12 | 12 | hours | week per team |
Missed appointments fell by 30% within three months.
    BEN_FLOW | down | 30 | 30 | percent | NOT_STATED |
It could save £2.4 million a year.
    BEN_COST | down | - | 2400000 | gbp | year | could
Savings of £310,000 a year are projected.
    BEN_COST | down | - | 310000 | gbp | year | projected
It will save at least 10 hours a month.
    BEN_TIME | down | 10 | - | hours | month | will, at least
We saw a 23.5% increase in direct patient interaction.
    BEN_PATIENT_EXP | up | 23.5 | 23.5 | percent | NOT_STATED |
13.4% more patients were seen per shift.
    BEN_CAPACITY | up | 13.4 | 13.4 | percent | shift |
Practices save two to three minutes per consultation.
    BEN_TIME | down | 2 | 3 | minutes | consultation |
It cut documentation time by nearly a quarter.
    BEN_TIME | down | - | 25 | percent | NOT_STATED | nearly
87% of staff reported lower stress.
    BEN_WELLBEING | none | 87 | 87 | percent | NOT_STATED |
Complaints halved.
    BEN_PATIENT_EXP | down | 50 | 50 | percent | NOT_STATED |
70% of invoices matched without typing.
    BEN_CAPACITY | none | 70 | 70 | percent | NOT_STATED |
Releasing the equivalent of 4.5 WTE.
    BEN_CAPACITY | up | - | 4.5 | fte | NOT_STATED | equivalent of
Rotas are published 12 days earlier.
    BEN_TIME | down | 12 | 12 | days | NOT_STATED |
Nine in ten notes are finished on the same day.
    BEN_FLOW | none | 90 | 90 | percent | NOT_STATED |
Three in four people understood the new letter.
    BEN_PATIENT_EXP | none | 75 | 75 | percent | NOT_STATED |
We could save as much as an hour a day.
    BEN_TIME | down | - | 1 | hours | day | could, as much as
Up to 2 extra cases a week for each theatre.
    BEN_CAPACITY | up | - | 2 | count | week per theatre | up to
GPs could save as much as half an hour every session.
    BEN_TIME | down | - | 0.5 | hours | session | could, as much as
Missed appointments fell by between 10 and 15 per cent.
    BEN_FLOW | down | 10 | 15 | percent | NOT_STATED |
It could save between £150,000 and £200,000 a year.
    BEN_COST | down | 150000 | 200000 | gbp | year | could
It releases at least two hours per clinician per week.
    BEN_TIME | up | 2 | - | hours | clinician per week | at least
Transcripts reach 98% accuracy.
    BEN_QUALITY | none | 98 | 98 | percent | NOT_STATED |
Calls answered within two minutes have doubled.
    BEN_CAPACITY | up | 2 | 2 | times | NOT_STATED |
New starters are paid three times faster.
    BEN_TIME | down | 3 | 3 | times | NOT_STATED |
The shared team saved 7 FTE.
    BEN_CAPACITY | down | 7 | 7 | fte | NOT_STATED |
An estimated 6,000 hours of nursing time a year would be released.
    BEN_TIME | up | - | 6000 | hours | year | an estimated, would
Backlogs of unsent letters fell by 4,300 in spring.
    BEN_FLOW | down | 4300 | 4300 | count | NOT_STATED |
Time saved per referral: 8 minutes
    BEN_TIME | down | 8 | 8 | minutes | referral |
30 mins \u2192 4 mins per form
    BEN_TIME | down | 4 | 4 | minutes | form |
Secretaries estimate they save between one and two hours a day.
    BEN_TIME | down | 1 | 2 | hours | day | estimate
Users save 20 minutes for every multidisciplinary meeting.
    BEN_TIME | down | 20 | 20 | minutes | meeting |
A translated letter in 5 minutes instead of 9 days.
    BEN_TIME | down | 5 | 5 | minutes | NOT_STATED |
"""
"""Sentence, and below it: dimension, direction, low, high, unit, per, hedge."""


def cases() -> list[tuple[str, list[str]]]:
    lines = CASES.strip().splitlines()
    return [
        (sentence, [part.strip() for part in wanted.split("|")])
        for sentence, wanted in zip(lines[::2], lines[1::2], strict=True)
    ]


@pytest.mark.parametrize(("sentence", "wanted"), cases())
def test_a_sentence_of_benefit_is_read_as_said(sentence: str, wanted: list[str]) -> None:
    (claim,) = read(sentence)

    ends = ["-" if end is None else f"{end:g}" for end in (claim.low, claim.high)]
    assert [claim.dimension, claim.direction, *ends, claim.unit, claim.per, claim.hedge] == [
        *wanted[:2],
        *(end if end == "-" else f"{float(end):g}" for end in wanted[2:4]),
        *wanted[4:],
    ]
    assert claim.quote.text == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Price: £2.50 per user per month.",
        "£40 per user per month, falling to £32 for more than 200 users.",
        "Missed appointments cost the NHS £1 billion a year.",
        "Demand has increased by 20% since 2019.",
        "Missed appointments run 48 per cent higher in deprived areas.",
        "GPs spend 40% of their time on administration.",
        "There is no evidence that it saved 30 minutes a day.",
        "The evaluation did not find a 20% reduction in workload.",
        "Could it save 2 hours a day?",
        "Our team of 40 people has 20 years of experience.",
        "Founded in 2019, we raised £5m in funding.",
        "Revenue grew by 40% last year.",
        "The contract is worth £1.2m over three years.",
        "51% of respondents were female.",
        "NHS England asked trusts to cut agency spend by 30% this year.",
        "If every GP had five minutes more, nobody would wait.",
        "The trial will test whether it saves 30 minutes per shift.",
        "It didn't save 30 minutes a day.",
        "It signed a 180-day contract to reduce waits.",
        "In 2025 more patients were seen.",
        "Call us on 0113 496 0999 between 9am and 5.30pm.",
        "The pilot ran for 12 weeks across three sites with 45 clinicians.",
        "We are certified to ISO 27001 and G-Cloud 14, lot 3.",
        "Inflation fell to 2.3% and wages rose by 5.5%.",
        "She doubled down on it and France won the doubles.",
        "An F1 score of 0.89 improved by 3%.",
    ],
)
def test_what_is_no_benefit_is_no_claim(sentence: str) -> None:
    assert read(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "It could save 2 hours a week.",
        "Up to 2 hours are saved a week.",
        "It saves around 2 hours a week.",
        "We expect to save 2 hours a week.",
        "It might save nearly 2 hours a week.",
        "It saves more than 2 hours a week.",
    ],
)
def test_a_hedge_never_becomes_a_point_value(sentence: str) -> None:
    (claim,) = read(sentence)

    assert claim.hedge
    assert claim.low is None or claim.high is None


def test_where_how_long_and_against_what_are_kept() -> None:
    (claim,) = read(
        "Over six weeks 30 clinicians across nine sites saw a 25% reduction in overtime, "
        "compared with the year before."
    )

    assert (claim.sites, claim.duration_days) == (9, 42)
    assert claim.metric == "overtime"
    assert claim.baseline == "the year before"


def test_a_figure_before_and_after_keeps_the_first_as_baseline() -> None:
    (claim,) = read("Documentation time fell from 15 to 6 minutes per patient.")

    assert (claim.low, claim.high, claim.baseline) == (6, 6, "15 minutes")


def test_what_is_hedged_as_possible_was_extrapolated() -> None:
    (claim,) = read("Up to 2 hours a week could be saved.")

    assert (claim.hedge, claim.method) == ("up to, could", "EXTRAPOLATED")


def test_nothing_is_annualised() -> None:
    (claim,) = read("Each nurse saves 10 minutes a day.")

    assert (claim.high, claim.unit, claim.per) == (10, "minutes", "day per nurse")


def test_two_amounts_in_one_sentence_are_two_claims() -> None:
    found = read("Offers fell from twenty to under seven minutes, with 53 thousand pounds saved.")

    assert [(claim.high, claim.unit) for claim in found] == [(7, "minutes"), (53_000, "gbp")]


def test_every_code_is_in_its_vocabulary() -> None:
    found = read(
        "It saved 2 hours a week. Waits fell by 10%. Errors were cut by 5%. Costs fell by £3m. "
        "Carbon was cut by 10%. 300 extra appointments were added."
    )

    assert len(found) == 6
    for claim in found:
        assert claim.dimension in load()["benefits"]
        assert claim.rung in load()["rungs"]
