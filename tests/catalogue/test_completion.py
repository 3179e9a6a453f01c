"""What is offered while a query is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.completion import Completion, complete, finished
from catalogue.fields import FIELDS
from catalogue.query import read

NAMES = {"supplier": ["Quill", "Rotaflow Systems Ltd"], "shortlisted": ["Ward rotas"]}


def offered(typed: str, at: int | None = None) -> list[str]:
    return [one.typed for one in complete(typed, len(typed) if at is None else at, NAMES)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("se", "setting:"),
        ("rota SUP", "supplier:"),
        ("-sett", "setting:"),
        ("setting:", "setting:acute"),
        ("setting:pri", "setting:primary"),
        ("rota setting:acute,pri", "setting:primary"),
        ("-use:scr", "use:doc_scribe"),
        ("autonomy:<", "autonomy:<0"),
        ("autonomy:>=4", None),
        ("evidence:ind", "evidence:independent"),
        ("changed:>", "changed:>2026-10-01"),
        ("shortlisted:", "shortlisted:yes"),
        ("shortlisted:war", 'shortlisted:"Ward rotas"'),
        ("supplier:qu", "supplier:Quill"),
        ('supplier:"rotaflow sy', 'supplier:"Rotaflow Systems Ltd"'),
        ("supplier:systems", 'supplier:"Rotaflow Systems Ltd"'),
        ("rota", None),
        ("s", None),
        ("", None),
        ('"annual se', None),
        ("seting:", None),
        ("setting:primary ", None),
        ("https://se", None),
    ],
)
def test_offers_what_may_stand_there(typed: str, first: str | None) -> None:
    assert next(iter(offered(typed)), None) == first


def test_values_that_begin_so_come_before_those_found_by_a_word_of_their_label() -> None:
    found = offered("setting:ca")
    beginning = [one.startswith("setting:ca") for one in found]
    assert beginning == sorted(beginning, reverse=True)
    assert {True, False} == set(beginning)


def test_puts_it_in_place_and_the_cursor_behind_it() -> None:
    (one,) = complete("rota setting:prim more", 17, {})
    assert one == Completion(
        "setting:primary", one.label, "rota setting:primary more", len("rota setting:primary")
    )


def test_offers_nothing_in_the_middle_of_a_word() -> None:
    assert offered("setting:primary", at=10) == []


def test_a_whole_value_is_not_offered_again() -> None:
    assert "use:scribe" not in offered("use:scribe")


@pytest.mark.parametrize("field", FIELDS)
def test_every_value_offered_is_understood(field: str) -> None:
    text = f"{field}:"
    found = complete(text, len(text), NAMES)
    assert found
    for one in found:
        assert read(one.line).filters.chosen


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("rota setting:", "rota "),
        ('rota -Supplier:"', "rota "),
        ("rota setting:a", "rota setting:a"),
        ("note:", "note:"),
        ("setting: rota", "setting: rota"),
    ],
)
def test_a_field_without_a_value_is_not_yet_asked(typed: str, asked: str) -> None:
    assert finished(typed) == asked


@given(st.text(max_size=40), st.integers(0, 40))
def test_what_is_offered_keeps_all_that_is_typed_around_it(typed: str, at: int) -> None:
    for one in complete(typed, at, NAMES):
        assert one.line.endswith(typed[at:])
        assert 0 < len(one.line) - len(typed[at:]) == one.at
