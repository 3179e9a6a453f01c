"""Who paid, who measured and who wrote, as the words of a page say it."""

from __future__ import annotations

import pytest

from crawler.extractors.relations import peer_reviewed, relations
from crawler.page import ReadRequest

UNKNOWN = "REL_UNKNOWN"


def request(voice: str = "VOICE_NETWORK", publisher: str = "Westmarch Network") -> ReadRequest:
    return ReadRequest((), publisher, voice, "http://www.westmarch.example/")


def supplier() -> ReadRequest:
    return request("VOICE_SUPPLIER", "Rotaflow Systems Ltd")


@pytest.mark.parametrize(
    ("words", "funder"),
    [
        ("The study was funded by the NIHR.", "REL_RESEARCH_FUNDER"),
        ("Funded by a charity, the Fenbury Trust for Inclusion.", "REL_CHARITY"),
        ("It was supported by a grant from the Health Foundation.", "REL_CHARITY"),
        ("The work was commissioned by NHS England.", "REL_NHS_NATIONAL"),
        ("NHS England commissioned an independent evaluation.", "REL_NHS_NATIONAL"),
        ("Tallow Vale ICB paid for a pilot in five practices.", "REL_CUSTOMER"),
        ("A supplier-funded trial of six weeks.", "REL_SUPPLIER"),
        ("An NIHR-funded trial of six weeks.", "REL_RESEARCH_FUNDER"),
        ("The pilot was free of charge to the practice.", "REL_SUPPLIER"),
        ("The tool is made by Acme Health. The trial was funded by Acme Health.", "REL_SUPPLIER"),
        ("The study was not funded by the supplier.", UNKNOWN),
        ("The evaluation received no funding from the supplier.", UNKNOWN),
        ("Nine practices took part.", UNKNOWN),
    ],
)
def test_who_paid(words: str, funder: str) -> None:
    assert relations(words, request()).funder == funder


@pytest.mark.parametrize(
    ("words", "measurer"),
    [
        ("It was evaluated by the University of Westmarch.", "REL_INDEPENDENT"),
        ("The University of Westmarch has published its evaluation.", "REL_INDEPENDENT"),
        ("An independent evaluation by York Health Institute.", "REL_INDEPENDENT"),
        ("The evaluation was carried out by the trust's own staff.", "REL_CUSTOMER"),
        ("An independent evaluation found savings.", "REL_INDEPENDENT"),
        ("A study led by NHS England.", "REL_NHS_NATIONAL"),
        ("The practice managers liked it.", UNKNOWN),
    ],
)
def test_who_measured(words: str, measurer: str) -> None:
    assert relations(words, request()).measurer == measurer


def test_a_suppliers_word_that_it_was_independent_makes_it_none() -> None:
    told = "An independent evaluation shows a 25% saving."
    assert relations(told, supplier()).measurer == UNKNOWN
    named = f"{told} It was carried out by the University of Westmarch."
    assert relations(named, supplier()).measurer == "REL_INDEPENDENT"


@pytest.mark.parametrize(
    "words",
    [
        "In our survey, nurses reported saving 35 minutes.",
        "By our own count, missed appointments fell.",
        "An internal evaluation of 40 letters.",
    ],
)
def test_what_a_supplier_counted_itself(words: str) -> None:
    assert relations(words, supplier()).measurer == "REL_SUPPLIER"


def test_a_university_that_the_supplier_paid_is_a_third_party_paid_by_it() -> None:
    words = "The study was funded by the supplier and carried out by the University of Westmarch."
    found = relations(words, request())
    assert (found.funder, found.measurer) == ("REL_SUPPLIER", "REL_SUPPLIER_FUNDED_THIRD")


def test_an_evaluation_in_partnership_with_the_supplier_is_joint_work() -> None:
    own = "We ran the evaluation in partnership with Fenbury NHS Trust."
    assert relations(own, supplier()).measurer == "REL_JOINT"
    other = (
        "The University of Westmarch evaluated the tool, made by Acme Health. "
        "The study was done in partnership with Acme Health."
    )
    assert relations(other, request()).measurer == "REL_JOINT"


def test_two_others_together_are_not_the_supplier() -> None:
    words = (
        "The University of Westmarch evaluated it. "
        "The study was done in partnership with Fenbury NHS Trust."
    )
    assert relations(words, request()).measurer == "REL_INDEPENDENT"


def test_who_wrote_is_whose_site_it_is_unless_it_reports_others() -> None:
    words = "The University of Westmarch evaluated it."
    assert relations(words, supplier()).author == "REL_SUPPLIER"
    assert relations(words, request("VOICE_GOV", "Office")).author == "REL_GOV"
    assert relations(words, request("VOICE_PRESS", "Ward & Wire")).author == "REL_INDEPENDENT"
    written = f"{words} The report was written by the trust's own staff."
    assert relations(written, request()).author == "REL_CUSTOMER"


@pytest.mark.parametrize(
    ("words", "reviewed"),
    [
        ("A peer-reviewed study found less typing.", True),
        ("The results were published in the Journal of Ward Studies.", True),
        ("It appeared in the BMJ in May.", True),
        ("A preprint, so read it with care.", False),
        ("It has not yet been peer reviewed.", False),
        ("A survey of 40 staff.", None),
    ],
)
def test_whether_peers_reviewed_it(words: str, *, reviewed: bool | None) -> None:
    assert peer_reviewed(words) is reviewed
