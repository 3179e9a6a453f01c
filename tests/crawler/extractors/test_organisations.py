"""Buyers as running text and registers name them."""

from __future__ import annotations

import pytest

from crawler.extractors.organisations import organisations, setting_of


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("Leeds Teaching Hospitals NHS Trust", "SET_ACUTE"),
        ("University Hospitals of Leicester", "SET_ACUTE"),
        ("University Hospitals of North Midlands NHS Trust", "SET_ACUTE"),
        ("Great Ormond Street Hospital for Children NHS Foundation Trust", "SET_ACUTE"),
        ("Guy's and St Thomas' NHS Foundation Trust", ""),
        ("Barking, Havering and Redbridge University Hospitals NHS Trust", "SET_ACUTE"),
        ("BARTS HEALTH NHS TRUST", ""),
        ("NHS NORTH EAST LONDON INTEGRATED CARE BOARD", "SET_ICS"),
        ("NHS Kent and Medway ICB", "SET_ICS"),
        ("NHS Greater Glasgow and Clyde", ""),
        ("Betsi Cadwaladr University Health Board", ""),
        ("South Western Ambulance Service NHS Foundation Trust", "SET_AMB"),
        ("Beacon Primary Care Network", "SET_PRIMARY"),
        ("Frome Medical Practice", "SET_PRIMARY"),
        ("The Larkmoor Practice", "SET_PRIMARY"),
        ("Rosewood Surgery", "SET_PRIMARY"),
        ("Newcastle City Council", "SET_SOCIAL"),
        ("London Borough of Camden", "SET_SOCIAL"),
        ("NHS Blood and Transplant", "SET_NATIONAL"),
        ("Care Quality Commission", "SET_NATIONAL"),
    ],
)
def test_names_are_found_whole_in_a_sentence(name: str, setting: str) -> None:
    text = f"Staff at {name} have used it since March."
    (found,) = organisations(text)
    assert found.name == name
    assert text[found.start : found.end] == name
    assert setting_of(name) == setting


@pytest.mark.parametrize(
    "words",
    [
        "The Trust and its Integrated Care Board",
        "Best Practice and General Practice",
        "an NHS Trust, any Hospital, the Council",
        "The Code of Practice",
    ],
)
def test_kinds_without_a_name_are_none(words: str) -> None:
    assert list(organisations(words)) == []
