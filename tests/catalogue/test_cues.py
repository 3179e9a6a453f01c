"""By what a study is known again, and told from another."""

from __future__ import annotations

import pytest

from catalogue.cues import agree, cues, differ, near

WESTMARCH = cues("The University of Westmarch compared nine practices of Tallow Vale ICB.")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("measured by the University of Westmarch", "by:universityofwestmarch"),
        ("Northmere University found", "by:northmereuniversity"),
        ("at Fenbury General Hospitals NHS Trust", "at:fenburygeneralhospitals"),
        ("Great Ormond Street Hospital said", "as:GOSH"),
        ("the GOSH study", "as:GOSH"),
        ("across 17,400 consultations", "n:consultation=17400"),
        ("nine practices took part", "n:practice=9"),
        ("48 community nurses", "n:nurse=48"),
        ("a four-week pilot", "n:week=4"),
    ],
)
def test_names_and_numbers_are_cues(words: str, found: str) -> None:
    assert found in cues(words)


@pytest.mark.parametrize(
    "words",
    [
        "In 2026 practices will follow.",
        "Two hundred patients were asked.",
        "DTAC and DSPT are met.",
        "23.5 patients a day",
        "One practice took part.",
    ],
)
def test_years_parts_of_numbers_and_common_capitals_are_none(words: str) -> None:
    assert cues(words) == ()


def test_an_acronym_stands_for_the_name_that_it_shortens() -> None:
    assert agree(cues("Great Ormond Street Hospital measured it."), cues("The GOSH study."))


def test_one_evaluator_makes_one_study_whatever_else_differs() -> None:
    other = cues("The University of Westmarch asked 40 nurses.")
    assert agree(WESTMARCH, other)
    assert not differ(WESTMARCH, other)


@pytest.mark.parametrize(
    "words",
    ["Northmere University did it.", "Eleven practices took part.", "At Saltreach ICB."],
)
def test_another_evaluator_place_or_number_makes_another_study(words: str) -> None:
    assert differ(WESTMARCH, cues(words))
    assert not agree(WESTMARCH, cues(words))


def test_numbers_are_the_same_but_for_rounding() -> None:
    assert agree(cues("17,000 consultations"), cues("17,400 consultations"))
    assert differ(cues("17,000 consultations"), cues("12,000 consultations"))


def test_silence_neither_joins_nor_parts() -> None:
    assert not agree(WESTMARCH, ())
    assert not differ(WESTMARCH, ())
    assert not agree(cues("over four weeks"), cues("over four weeks"))


def test_only_what_stands_around_a_claim_is_taken_for_its_study() -> None:
    far = "Northmere University asked 99 nurses. " + "Nothing more was said. " * 40
    text = far + "Letters took 25% less time."
    place = f"chars:{len(far)}-{len(text)}"
    assert cues(near("A title", text, "Letters took 25% less time.", place)) == ()
    assert cues(near("A title", text, "Letters took 25% less time.", "h1")) == ()
    assert "n:nurse=99" in cues(near("A title", text, "Northmere University", "h1"))
