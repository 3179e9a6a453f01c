"""Sentences in which a study says that it found no benefit."""

from __future__ import annotations

import pytest

from crawler.extractors.denials import denials, denied


@pytest.mark.parametrize(
    ("sentence", "benefit"),
    [
        ("We found no evidence that staff time was saved.", "BEN_TIME"),
        ("There was no evidence that time savings led to improved productivity.", "BEN_CAPACITY"),
        ("No difference was found in the number of patients seen per session.", "BEN_CAPACITY"),
        ("Scheduling meetings took longer with the assistant than without.", "BEN_TIME"),
        ("No statistically significant reduction in missed appointments was seen.", "BEN_FLOW"),
        ("Waiting times did not fall.", "BEN_FLOW"),
        ("Agency spending has not fallen.", "BEN_COST"),
        ("We did not find any reduction in burnout.", "BEN_WELLBEING"),
        ("It made no difference to the accuracy of the notes.", "BEN_QUALITY"),
    ],
)
def test_a_benefit_that_was_not_found(sentence: str, benefit: str) -> None:
    assert denied(sentence) == benefit


@pytest.mark.parametrize(
    "sentence",
    [
        "There was no increase in complaints.",
        "No reduction in quality was observed.",
        "There was no evidence of harm to patients.",
        "There is no evidence yet that it saves time.",
        "It saves 20 minutes a day.",
        "You do not have to change your telephone number.",
        "Nobody could say whether waits had changed.",
    ],
)
def test_what_is_no_denial(sentence: str) -> None:
    assert denied(sentence) == ""


def test_each_benefit_is_denied_once_in_its_first_words() -> None:
    first = "No time was saved."
    said = [first, "Staff spent longer on the telephone.", "Waits did not fall."]
    assert list(denials(said)) == [("BEN_TIME", first), ("BEN_FLOW", said[2])]
