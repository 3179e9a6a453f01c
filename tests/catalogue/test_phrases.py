from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.phrases import Phrases


def found(phrase: str, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in Phrases([("X", phrase)]).find(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("no-show*", "No shows and no-show rates", ["No shows", "no-show"]),
        ("dictat*", "Dictation, not edicts", ["Dictation"]),
        ("waiting list*", "a waiting\nlist; waiting. List", ["waiting\nlist"]),
        ("ISO/IEC 27001", "ISO IEC 27001:2022", ["ISO IEC 27001"]),
        ("DNA", "DNAs fell; dna was sequenced; a DNA", ["DNAs", "DNA"]),
        ("bed", "embedded bedside", []),
        ("A&E", "A&E and a and e", ["A&E"]),
        ("£*", "costs £5", ["£"]),
        ("24/7", "24/7 cover", ["24/7"]),
    ],
)
def test_a_phrase_is_found_as_people_write_it(phrase: str, text: str, expected: list[str]) -> None:
    assert found(phrase, text) == expected


def test_a_longer_phrase_hides_the_ones_within_it() -> None:
    phrases = Phrases([("CE", "Cyber Essentials"), ("CEP", "Cyber Essentials Plus"), ("Q", "plus")])
    text = "Cyber Essentials Plus, and Cyber Essentials plus more"
    assert [hit.owner for hit in phrases.longest(text)] == ["CEP", "CEP"]
    assert [hit.owner for hit in phrases.longest("Cyber Essentials")] == ["CE"]


def test_a_phrase_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="has no word"):
        Phrases([("X", "-*-")])


@given(
    st.lists(st.sampled_from(["ab", "c", "abc", "bc", "a"]), min_size=1, max_size=3),
    st.text("abc "),
)
def test_the_longest_are_those_found_that_no_longer_one_covers(names: list[str], text: str) -> None:
    phrases = Phrases([(name, " ".join(name)) for name in names])
    every = list(phrases.find(text))
    expected = [
        one
        for one in every
        if not any(
            other.end - other.start > one.end - one.start
            and other.start <= one.start
            and one.end <= other.end
            for other in every
        )
    ]
    assert sorted(phrases.longest(text), key=repr) == sorted(expected, key=repr)
