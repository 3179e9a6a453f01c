from __future__ import annotations

import pytest
from pydantic import ValidationError

from catalogue.expectation import DRAFT_TYPES, Expectation, Harvest, judge, plural

NOTHING_STATED = Expectation()


def expect(**tree: object) -> Expectation:
    return Expectation.model_validate(tree)


def test_every_type_of_draft_can_be_counted() -> None:
    assert {plural(kind) for kind in DRAFT_TYPES} | {"documents"} == set(expect().ranges)


def test_a_run_that_gave_nothing_failed() -> None:
    verdict = judge(NOTHING_STATED, Harvest(visited=3))
    assert (verdict.sound, verdict.reasons) == (False, ("0 documents, at least 1 expected.",))


def test_a_site_that_says_it_is_gone_for_good_has_answered() -> None:
    assert judge(NOTHING_STATED, Harvest(withdrawn=1, visited=1)).sound


def test_fewer_than_expected_fails_and_more_is_only_noted() -> None:
    wanted = expect(documents={"min": 2, "max": 4}, tools={"min": 1, "max": 1})
    few = judge(wanted, Harvest(documents=1, visited=1))
    assert few.reasons == (
        "1 documents, at least 2 expected.",
        "0 tools, at least 1 expected.",
    )
    many = judge(wanted, Harvest(documents=5, visited=5, drafts={"tool": 2}))
    assert many.sound
    assert many.reasons == ("5 documents, at most 4 expected.", "2 tools, at most 1 expected.")


@pytest.mark.parametrize(("faults", "sound"), [(5, True), (6, False)])
def test_more_faults_than_pages_tell_nothing_of_the_rest(faults: int, sound: bool) -> None:
    assert judge(NOTHING_STATED, Harvest(documents=4, faults=faults, visited=10)).sound is sound


def test_what_is_rarely_filled_fails_the_run() -> None:
    wanted = expect(filled={"published_on": 0.8, "tool.summary": 0.9})
    full = Harvest(
        10, visited=10, drafts={"tool": 10}, filled={"published_on": 8, "tool.summary": 9}
    )
    assert judge(wanted, full).sound
    bare = Harvest(
        10, visited=10, drafts={"tool": 10}, filled={"published_on": 7, "tool.summary": 9}
    )
    assert judge(wanted, bare).reasons == ("published_on is given by 7 of 10, by 80% expected.",)


def test_pages_in_another_language_fail_the_run() -> None:
    wanted = expect(language="en")
    assert judge(wanted, Harvest(5, visited=5, languages={"en": 4, "cy": 1})).sound
    turned = judge(wanted, Harvest(5, visited=5, languages={"en": 1, "id": 4}))
    assert turned.reasons == ("1 of 5 documents are in 'en'.",)


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({"filled": {"titel": 0.5}}, "Did you mean 'title'"),
        ({"filled": {"tol.summary": 0.5}}, "Did you mean 'tool'"),
        ({"filled": {"tool.": 0.5}}, "does not say what"),
        ({"filled": {"title": 1.5}}, "less than or equal to 1"),
        ({"documents": {"min": 3, "max": 2}}, "max 2 is less than min 3"),
        ({"language": "English"}, "pattern"),
    ],
)
def test_an_expectation_that_makes_no_sense_is_refused(tree: object, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Expectation.model_validate(tree)
