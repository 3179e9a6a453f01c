from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalogue.tagging import MOST_CONFIDENT, Suggestion, suggest
from catalogue.vocabularies import load

REAL = Path(__file__).parents[3] / "shared" / "real" / "nhs-pages-dev.jsonl"


def of(vocabulary: str, title: str, text: str = "", place: str = "title") -> dict[str, Suggestion]:
    return {s.code: s for s in suggest(load()[vocabulary], title, text, place=place)}


def test_a_name_of_the_term_in_the_summary_is_accepted_with_the_reason() -> None:
    tag = of("use_cases", "Rostering for busy wards", place="summary")["UC_SCHED_ROTA"]
    assert (tag.state, tag.confidence) == ("accepted", 1.0)
    assert tag.why == "The summary says 'Rostering' (rule T1)."
    assert tag.quote == "Rostering for busy wards"


def test_a_denied_name_is_not_accepted() -> None:
    tags = of("use_cases", "Voicely is not a chatbot")
    assert tags["UC_QRY_PATIENT"].state == "suggested"


def test_a_labelled_value_is_accepted() -> None:
    tags = of("use_cases", "Acme Flow", "Version 2\nUse cases: Bed management, RPA and tea\nMore")
    assert tags["UC_SCHED_FLOW"].state == tags["UC_WF_RPA"].state == "accepted"
    assert tags["UC_WF_RPA"].why == "The page gives 'RPA' under 'Use cases' (rule T2)."
    assert tags["UC_WF_RPA"].quote == "Use cases: Bed management, RPA and tea"


def test_running_text_only_suggests() -> None:
    text = "We are glad.\nIt cuts no-shows by half. It fills the roster too."
    tag = of("use_cases", "Acme Flow", text)["UC_SCHED_APPT"]
    assert tag.state == "suggested"
    assert tag.quote == "It cuts no-shows by half."
    assert "'no-show'" in tag.why
    assert 0 < tag.confidence <= MOST_CONFIDENT


def test_more_and_more_particular_cues_give_more_confidence() -> None:
    one = of("use_cases", "", "They record dictation.")["UC_DOC_DICT"].confidence
    same = of("use_cases", "", "Dictation here, dictation there.")["UC_DOC_DICT"].confidence
    two = of("use_cases", "", "Dictation with verbatim output.")["UC_DOC_DICT"].confidence
    assert one == same < two


def test_the_broader_term_follows() -> None:
    tags = of("settings", "Letters for outpatients")
    assert tags["SET_ACUTE_OP"].state == tags["SET_ACUTE"].state == "accepted"
    assert tags["SET_ACUTE"].why == "It follows from 'Acute outpatient' (rule T3)."


def test_accepted_terms_come_first() -> None:
    tags = suggest(load()["use_cases"], "AI scribe", "Dictation, coders, referrals and rotas.")
    confidences = [tag.confidence for tag in tags]
    assert tags[0].code == "UC_DOC_SCRIBE"
    assert confidences == sorted(confidences, reverse=True)


def test_silence_suggests_nothing() -> None:
    for vocabulary in load():
        assert suggest(vocabulary, "", "") == ()


def test_the_longer_name_wins() -> None:
    tags = of("assurance_artefacts", "Cyber Essentials Plus")
    assert set(tags) == {"ASR_CYBER_ESS_PLUS"}


@pytest.mark.skipif(not REAL.exists(), reason="the real labelled pages are not here")
def test_real_pages_are_tagged_as_a_person_did() -> None:
    right = wrong = missed = accepted_wrong = 0
    for line in REAL.read_text("utf-8").splitlines():
        page = json.loads(line)
        tags = suggest(load()["use_cases"], page["title"], page["abstract"])
        given, wanted = {t.code for t in tags if t.confidence >= 0.5}, set(page["use_cases"])
        right, wrong = right + len(given & wanted), wrong + len(given - wanted)
        missed += len(wanted - given)
        accepted_wrong += len({t.code for t in tags if t.state == "accepted"} - wanted)
    assert right / (right + wrong) > 0.85
    assert right / (right + missed) > 0.85
    assert accepted_wrong <= 1
