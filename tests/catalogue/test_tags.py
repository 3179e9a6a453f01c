"""Rules of the tool as a whole, and what a person has decided."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from catalogue import tagging
from catalogue.precedence import Spoken
from catalogue.tagging import Suggestion
from catalogue.tags import TagFacts, accepted, leading, tags

ROTA = ("use_cases", "UC_SCHED_ROTA")


def outright(prop: str, value: str, original: str = "", absence: str = "yes") -> Spoken:
    day = datetime(2026, 10, 5, 9, tzinfo=UTC)
    words = (value, original, absence, "Use case: rostering", "h1")
    return Spoken(1, prop, *words, 1.0, "VOICE_SUPPLIER", day, "http://www.rotaflow.example/")


def suggesting(monkeypatch: pytest.MonkeyPatch, **confidence: float) -> None:
    """Let the text suggest these use cases and nothing else."""

    def suggest(vocabulary: object, _title: str, _text: str) -> tuple[Suggestion, ...]:
        if getattr(vocabulary, "name", "") != "use_cases":
            return ()
        return tuple(
            Suggestion(code, "suggested", f"The text speaks of {code}; nobody.", "", sure)
            for code, sure in confidence.items()
        )

    monkeypatch.setattr(tagging, "suggest", suggest)


def test_what_a_page_gives_outright_is_accepted() -> None:
    given = {"use_case": [outright("use_case", "UC_SCHED_ROTA", "Rostering")]}
    found = tags("RotaFlow.", "", given, {})
    assert found[ROTA].state == "accepted"
    assert found[ROTA].why == "The page gives 'Rostering' (rule T2)."


def test_that_a_page_gives_none_is_no_tag() -> None:
    assert tags("RotaFlow.", "", {"use_case": [outright("use_case", "", "", "no")]}, {}) == {}


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [
        ({"UC_SCHED_ROTA": 0.9}, ["UC_SCHED_ROTA"]),
        ({"UC_SCHED_ROTA": 0.85, "UC_DOC_SCRIBE": 0.75}, ["UC_SCHED_ROTA"]),
        ({"UC_SCHED_ROTA": 0.84}, []),
        ({"UC_SCHED_ROTA": 0.95, "UC_DOC_SCRIBE": 0.9}, []),
        ({}, []),
    ],
)
def test_t4_accepts_what_is_sure_and_well_ahead(
    monkeypatch: pytest.MonkeyPatch, confidence: dict[str, float], expected: list[str]
) -> None:
    suggesting(monkeypatch, **confidence)
    found = tags("RotaFlow.", "", {}, {})
    assert accepted(found, "use_cases") == expected
    for code in expected:
        assert found["use_cases", code].why.endswith("and of nothing else so much (rule T4).")


def test_t4_leaves_a_tool_alone_that_has_an_accepted_term(monkeypatch: pytest.MonkeyPatch) -> None:
    suggesting(monkeypatch, UC_DOC_SCRIBE=0.95)
    by_page = tags("RotaFlow.", "", {"use_case": [outright("use_case", "UC_SCHED_ROTA")]}, {})
    kim = {ROTA: TagFacts("accepted", "Kim", "", "", 1.0)}
    assert accepted(by_page, "use_cases") == ["UC_SCHED_ROTA"]
    assert accepted(tags("RotaFlow.", "", {}, kim), "use_cases") == ["UC_SCHED_ROTA"]


@pytest.mark.parametrize("state", ["accepted", "rejected"])
def test_what_a_person_decided_stays(state: str) -> None:
    kim = {ROTA: TagFacts(state, "Kim", "Seen in use.", "", 1.0)}
    given = {"use_case": [outright("use_case", "UC_SCHED_ROTA")]}
    assert tags("RotaFlow rosters.", "Rostering.", given, kim)[ROTA] == kim[ROTA]


def test_the_list_shows_accepted_before_suggested_then_by_confidence_and_code() -> None:
    def tag(state: str, confidence: float) -> TagFacts:
        return TagFacts(state, "rule", "", "", confidence)

    found = {
        ("use_cases", "UC_C"): tag("accepted", 0.5),
        ("use_cases", "UC_B"): tag("suggested", 0.9),
        ("use_cases", "UC_A"): tag("rejected", 1.0),
        ("settings", "SET_B"): tag("suggested", 0.9),
        ("settings", "SET_A"): tag("suggested", 0.9),
    }
    assert leading(found, "use_cases") == ("UC_C", True)
    assert leading(found, "settings") == ("SET_A", False)
    assert leading(found, "user_groups") == ("", False)
