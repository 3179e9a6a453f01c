"""What a person types, read as a query, and said again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import QueryError
from catalogue.fields import FIELDS, field_named, field_of, span, typed
from catalogue.filters import Filters
from catalogue.query import LONGEST, Query, attempt, read

AUTONOMY = frozenset({"AUT_0_RULES", "AUT_1_OPERATOR"})
TODAY = date(2026, 11, 28)


def only(field: str, *codes: str) -> Query:
    return Query(filters=Filters(((field, frozenset(codes)),)))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("ward rota", Query("ward rota")),
        ('rota "annual leave"', Query("rota", ("annual leave",))),
        ("rota \u201cannual leave\u201d", Query("rota", ("annual leave",))),
        ('"still being ty', Query(phrases=("still being ty",))),
        ("rota -agency", Query("rota", without=("agency",))),
        ('rota -"bank staff"', Query("rota", without=("bank staff",))),
        ("e-rostering - night-shift", Query("e-rostering night-shift")),
        ("https://www.supplier.example/a", Query("https://www.supplier.example/a")),
        ("from 10:30 on; note: rotas", Query("from 10:30 on; note: rotas")),
        ("C:\\notes D:", Query("C:\\notes D:")),
        ("setting:primary", only("setting", "SET_PRIMARY")),
        ("setting:SET_PRIMARY", only("setting", "SET_PRIMARY")),
        ('setting:"GP practice"', only("setting", "SET_PRIMARY")),
        ("Setting:Primary", only("setting", "SET_PRIMARY")),
        ("use:scribe,rostering", only("use_case", "UC_DOC_SCRIBE", "UC_SCHED_ROTA")),
        ("use:scribe use:rostering", only("use_case", "UC_DOC_SCRIBE", "UC_SCHED_ROTA")),
        ("evidence:independent", only("evidence", "INDEPENDENT")),
        ("evidence:>=4", only("evidence", "EVS_4", "EVS_5")),
        ("evidence:none", only("evidence", "EVS_0")),
        ("autonomy:<2", only("autonomy", *AUTONOMY)),
        ("autonomy:<=1", only("autonomy", *AUTONOMY)),
        ("autonomy:not_stated", only("autonomy", "AUT_NOT_STATED")),
        ('supplier:"Quill & Co"', only("supplier", "Quill & Co")),
        ("claim:time", only("claim", "BEN_TIME")),
        ("assured:dtac", only("assured", "ASR_DTAC")),
        ("assured:dtac2", only("assured", "ASR_DTAC:2")),
        ("assured:iso27001", only("assured", "ASR_ISO27001")),
        ("assured:iso27001v2022", only("assured", "ASR_ISO27001:2022")),
        ("changed:>2026-10-1", only("changed", ">2026-10-01")),
        ("changed:7d", only("changed", "7d")),
        ("shortlisted:NO", only("shortlisted", "no")),
        (
            "-setting:primary",
            Query(filters=Filters(excluded=(("setting", frozenset({"SET_PRIMARY"})),))),
        ),
    ],
)
def test_what_is_typed_is_understood(text: str, query: Query) -> None:
    assert read(text) == query
    assert read(str(query)) == query


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("seting:primary", "There is no field 'seting:'. Did you mean 'setting'?"),
        ("setting:prinary", "'prinary' is no value of setting:. Did you mean 'primary'?"),
        ("autonomy:9", "Choose one of: 0, 1, 2, 3, 4, 5, not_stated."),
        ("changed:soon", "Choose one of: 2026-10, 30d, 7d"),
        ("changed:2026-02-30", "is no value of changed:"),
        ("use:booking", "sched_appt or sched_rota?"),
        ("assured:blue3", "is no value of assured:"),
    ],
)
def test_what_there_is_not_is_answered_with_the_right_one(text: str, answer: str) -> None:
    with pytest.raises(QueryError) as caught:
        read(text)
    assert answer in str(caught.value)


def test_while_typing_the_rest_is_understood_and_what_is_wrong_is_told() -> None:
    query, faults = attempt("rota seting:x setting:primary autonomy:9")
    assert query == Query("rota", filters=only("setting", "SET_PRIMARY").filters)
    assert [str(one).split(".")[0] for one in faults] == [
        "There is no field 'seting:'",
        "'9' is no value of autonomy:",
    ]


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_takes_its_example_and_every_value_it_offers(name: str) -> None:
    field = field_named(name)
    for value in [field.example.strip('"'), *(one.typed for one in field.values())]:
        codes = field.codes(value)
        assert codes
        assert read(typed(field.filter, codes)) == only(field.filter, *codes)
        assert all(field.label(code) for code in codes)


def test_a_filter_that_no_field_sets_is_refused() -> None:
    with pytest.raises(QueryError, match="Did you mean 'setting'"):
        field_of("settings")


@pytest.mark.parametrize(
    ("code", "first", "end"),
    [
        ("2026-10-05", date(2026, 10, 5), date(2026, 10, 6)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        (">2026-10", date(2026, 11, 1), date.max),
        (">=2026-10", date(2026, 10, 1), date.max),
        ("<2026-10", date.min, date(2026, 10, 1)),
        ("<=2026-10-05", date.min, date(2026, 10, 6)),
        ("7d", date(2026, 11, 21), date.max),
    ],
)
def test_days_mean_spans(code: str, first: date, end: date) -> None:
    assert span(code, TODAY) == (first, end)


# Any text is a query.


@pytest.mark.parametrize(
    "text", ["", "   ", "\t\n", "???", '"" ()', "\x00\x07", "\u200b", "\ud800", '-""']
)
def test_what_no_word_can_be_made_of_is_empty(text: str) -> None:
    assert read(text) == Query()


def test_control_characters_part_words_and_invisible_ones_do_not() -> None:
    assert read("dis\u00adcharge\x00letters\u202e").text == "discharge letters"
    assert Query("dis\u00adcharge\x00letters\u202e").text == "discharge letters"


def test_accents_are_composed() -> None:
    assert read("cafe\u0301").text == "caf\u00e9"


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1, 1_000_000])
def test_a_long_query_is_cut(length: int) -> None:
    assert len(read("x" * length).text) == LONGEST


@given(st.text(st.sampled_from('ab:-", \u201csetting:primary-use9<>=\u00ad\x00'), max_size=40))
def test_any_text_is_read_and_said_and_read_again_alike(text: str) -> None:
    once, _ = attempt(text)
    again, faults = attempt(str(once))
    assert (again, faults) == (once, ())


@given(st.text(max_size=50))
def test_words_that_were_not_typed_are_never_a_field_when_they_are_said(text: str) -> None:
    said = read(str(Query(text)))
    assert not said.filters.count()
    said.text.encode()
