from __future__ import annotations

from demo.judged import questions, texts
from demo.market import load_market


def test_every_text_has_a_name_of_its_own_and_a_title() -> None:
    found = list(texts())
    assert len({name for name, _, _ in found}) == len(found)
    assert all(title for _, title, _ in found)


def test_questions_name_tools_of_the_market_and_each_tool_but_the_clinical_is_asked_for() -> None:
    tools = {
        page.tool.name for host in load_market(1).values() for page in host.products if page.tool
    }
    named = {name for question in questions() for name in question.answers}
    assert named == tools - {"ThoraxLens"}


def test_a_question_has_one_best_answer_at_least_and_stands_once() -> None:
    asked = [question.ask for question in questions()]
    assert len(set(asked)) == len(asked)
    assert all(max(one.answers.values()) == 2 for one in questions())
    assert {grade for one in questions() for grade in one.answers.values()} == {1, 2}
