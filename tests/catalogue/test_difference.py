from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catalogue.difference import compare, unified

TEXTS = st.lists(st.text("ab £\u00a0", max_size=8), max_size=8).map("\n".join)


def lines(before: str, after: str) -> list[str]:
    return [
        f"{line.sign} {line.marked}" for hunk in compare(before, after) for line in unified(hunk)
    ]


def test_a_word_that_changed_is_marked_in_its_line() -> None:
    assert lines("It costs £2 a month.", "It costs £3 a month.") == [
        "- It costs [-£2-] a month.",
        "+ It costs {+£3+} a month.",
    ]


def test_lines_that_have_little_in_common_are_marked_whole() -> None:
    assert lines("Old words stood here.", "Something else.") == [
        "- [-Old words stood here.-]",
        "+ {+Something else.+}",
    ]


def test_a_new_paragraph_stands_between_the_lines_around_it() -> None:
    assert lines("a\nb\nc\nd", "a\nb\nnew\nc\nd") == ["  b", "+ {+new+}", "  c"]


def test_places_far_apart_are_told_apart() -> None:
    before = "\n".join("abcdefgh")
    assert len(compare(before, before.replace("a", "A").replace("h", "H"))) == 2


def test_texts_that_are_the_same_have_no_differences() -> None:
    assert compare("a\nb", "a\nb") == []


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_what_differs(before: str, after: str) -> None:
    told = [line for hunk in compare(before, after) for line in unified(hunk)]
    old, new = before.splitlines(), after.splitlines()
    gone = [line.plain for line in told if line.sign == "-"]
    came = [line.plain for line in told if line.sign == "+"]
    assert len(old) - len(gone) == len(new) - len(came)
    assert all(text in old for text in gone)
    assert all(text in new for text in came)
