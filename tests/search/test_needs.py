from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import needs
from search.needs import Needs, bare, read

SPEC = """\
# Rostering: statement of requirements

## 1. Background

Northmere has 900 beds. Ward managers spend most of a day on each rota.
The trust must reduce agency spending.

## 2. Functional requirements

The system must:

- draft a six-week rota
- tell the ward in good time;
  - should let nurses swap shifts from a phone

| Ref | Requirement | Priority |
|---|---|---|
| R1 | Offer vacant shifts to our own bank | M |
| R2 | Send offers by text message | Should |
| R3 | Order catering for the ward | W |

## 3. Terms and conditions

- Payment within 30 days of a valid invoice.

## Won't have

- Payroll
"""


def texts(found: Needs) -> list[str]:
    return [need.text for need in found.needs]


def why(found: Needs) -> dict[str, str]:
    return {one.text: one.why for one in found.left_out}


def test_lists_rows_and_sentences_that_say_must_are_needs() -> None:
    assert [(n.text, n.priority, n.heading, n.line) for n in read(SPEC).needs] == [
        ("The trust must reduce agency spending.", "must", "Background", 6),
        ("draft a six-week rota", "must", "Functional requirements", 12),
        ("tell the ward in good time;", "must", "Functional requirements", 13),
        ("should let nurses swap shifts from a phone", "should", "Functional requirements", 14),
        ("Offer vacant shifts to our own bank", "must", "Functional requirements", 18),
        ("Send offers by text message", "should", "Functional requirements", 19),
    ]


def test_what_is_no_need_is_left_out_with_the_reason() -> None:
    assert why(read(SPEC)) == {
        "Northmere has 900 beds.": "background",
        "Ward managers spend most of a day on each rota.": "background",
        "Order catering for the ward": "it says that it is not wanted",
        "Payment within 30 days of a valid invoice.": "it stands under 'Terms and conditions'",
        "Payroll": "it says that it is not wanted",
    }


def test_where_nothing_says_must_every_sentence_is_a_need() -> None:
    found = read("We type too many letters. Ward clerks wait\nfor consultants to sign.")
    assert texts(found) == [
        "We type too many letters.",
        "Ward clerks wait for consultants to sign.",
    ]
    assert read("We type too many letters. It must end.").needs[0].text == "It must end."


@pytest.mark.parametrize(
    "marked",
    [
        "3.1 Draft rotas\n3.2 Swap shifts",
        "R1: Draft rotas\nR2: Swap shifts",
        "FR-01  Draft rotas\nFR-02  Swap shifts",
        "(a) Draft rotas\n(b) Swap shifts",
        "\u2022 Draft rotas\n\u2022\tSwap shifts",
        "o\tDraft rotas\no\tSwap shifts",
        "1. Draft rotas\n2. Swap shifts",
        "* **Draft** rotas\n* [Swap](http://www.trust.example) shifts",
        "| What | |\n|--|--|\n| Draft rotas | x |\n| Swap shifts |",
    ],
)
def test_what_people_write_for_a_list_is_one(marked: str) -> None:
    assert texts(read(marked)) == ["Draft rotas", "Swap shifts"]


def test_a_number_above_deeper_numbers_is_a_heading() -> None:
    (need,) = read("3 Rostering\n3.1 Swap shifts").needs
    assert (need.heading, need.asked) == ("Rostering", "Rostering: Swap shifts")


def test_a_line_that_says_a_priority_is_a_heading_also_below_a_list() -> None:
    found = read("Must have\n- print a rota\nNice to have\n- show it on a phone\n")
    assert [(n.text, n.priority) for n in found.needs] == [
        ("print a rota", "must"),
        ("show it on a phone", "could"),
    ]


def test_a_cell_that_says_yes_means_what_its_column_says() -> None:
    table = "| Need | Mandatory |\n|--|--|\n| Text messages | Yes |\n| E-mail messages | no |\n"
    assert [n.priority for n in read(table).needs] == ["must", ""]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("The system must be able to draft rotas.", "draft rotas."),
        ("As a ward manager, I want to see unfilled shifts", "see unfilled shifts"),
        ("Please describe how your solution would draft rotas", "draft rotas"),
        ("We are looking for a tool that can draft rotas", "draft rotas"),
        ("Ability to draft rotas; and", "draft rotas"),
        ("Must have: draft rotas", "draft rotas"),
        ("The system must", "The system must"),
    ],
)
def test_the_shell_of_a_need_is_not_compared(said: str, asked: str) -> None:
    assert bare(said) == asked


def test_a_need_is_taken_once_and_a_word_that_says_nothing_is_none() -> None:
    found = read("- Draft rotas\n- draft rotas\n- General requirements\n- must draft ROTAS\n")
    assert texts(found) == ["Draft rotas", "must draft ROTAS"]
    assert why(found) == {
        "draft rotas": "said before",
        "General requirements": "it says too little",
    }


def test_no_more_than_the_most_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "MOST", 2)
    found = read("- Draft rotas\n- Swap shifts\n- Send letters\n")
    assert len(found.needs) == 2
    assert why(found) == {"Send letters": "beyond the first 2"}


@given(st.text(alphabet=st.sampled_from("ab.:|-#1()\n\t `>*[]must\u2022"), max_size=120))
def test_any_text_is_read_and_no_line_is_beyond_its_end(text: str) -> None:
    found = read(text)
    assert [need.number for need in found.needs] == list(range(1, len(found.needs) + 1))
    lines = text.count("\n") + 1
    assert all(1 <= need.line <= lines for need in found.needs)
    assert all(1 <= one.line <= lines for one in found.left_out)
    assert len({need.text.casefold() for need in found.needs}) == len(found.needs)
