"""What exports say in their own words."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from catalogue.exporters import wording
from catalogue.exporters.attribution import attributions
from catalogue.standing import Standing
from tests.catalogue.exporters.sample import CLERKWELL, EDITION, ROTAFLOW, source


def test_gaps_are_what_to_ask_the_supplier() -> None:
    assert wording.gaps(ROTAFLOW) == ["Autonomy (looked for, not found)", "Data kept in"]
    assert wording.gaps(CLERKWELL) == [
        "Price",
        "Autonomy",
        "Assurance of any kind",
        "Evidence of any kind",
        "Where it is in use",
    ]


def test_evidence_that_is_not_independent_is_a_gap() -> None:
    own = replace(ROTAFLOW, evidence=(replace(ROTAFLOW.evidence[0], independent=False),))
    assert "Independent evidence" in wording.gaps(own)


def test_every_standing_of_a_claim_has_words() -> None:
    assert set(wording.STANDINGS) == set(get_args(Standing))


@pytest.mark.parametrize(
    ("use_case", "expected"),
    [("Rostering", "Rostering"), ("Rostering?", "Rostering (suggested)"), ("", "Not stated")],
)
def test_a_suggested_use_case_says_so(use_case: str, expected: str) -> None:
    assert wording.use_case(replace(ROTAFLOW.row, use_case=use_case)) == expected


def test_the_open_government_licence_gets_its_sentence_first() -> None:
    assert attributions(["Rotaflow Systems Ltd", "Office for Demonstrations"], EDITION.sources) == [
        (
            "Contains public sector information licensed under the Open Government Licence v3.0. "
            "Quoted: Office for Demonstrations."
        ),
        (
            "All rights reserved: facts and short quotes only, each with its source. "
            "Quoted: Rotaflow Systems Ltd."
        ),
    ]


def test_a_licence_nobody_is_quoted_under_is_left_out() -> None:
    assert attributions([], EDITION.sources) == []


def test_a_publisher_with_two_licences_is_named_under_both() -> None:
    both = [source("a", "NHS England", "OGL-UK-3.0"), source("b", "NHS England", "CC-BY-4.0")]
    assert [one.partition(" Quoted")[0] for one in attributions(["NHS England"], both)] == [
        "Contains public sector information licensed under the Open Government Licence v3.0.",
        "Licence: CC-BY-4.0.",
    ]


def test_a_publisher_without_a_source_is_said_to_have_no_licence_recorded() -> None:
    assert attributions(["Nobody"], []) == ["Licence not recorded. Quoted: Nobody."]
