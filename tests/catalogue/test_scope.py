from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalogue.errors import VocabularyError
from catalogue.scope import decide
from catalogue.vocabularies import load

REAL = Path(__file__).parents[3] / "shared" / "real" / "nhs-pages-dev.jsonl"


@pytest.mark.parametrize(
    ("use_case", "text", "rule"),
    [
        ("UC_DOC_SCRIBE", "It listens and drafts a structured note for the record.", "R2"),
        ("UC_DOC_SCRIBE", "An AI scribe for clinics.", "R2"),
        ("UC_DOC_SCRIBE", "It transcribes word for word and does not summarise.", "R1"),
        ("UC_DOC_DICT", "Digital dictation of letters.", "R1"),
        ("UC_DOC_DICT", "Dictation, with a summary. It generates a summary of each visit.", "R2"),
        ("UC_NAV_FRONT", "It triages patients by clinical urgency.", "R3"),
        ("UC_NAV_FRONT", "It routes administrative queries; it is never used for triage.", "R4"),
        ("UC_SCHED_APPT", "Books and moves appointments.", "R4"),
        ("UC_SCHED_APPT", "It ranks patients by clinical risk.", "R3"),
        ("UC_SCHED_APPT", "It books MRI scans.", "R4"),
        ("UC_SCHED_ROTA", "Plans rotas for porters.", "R5"),
        ("UC_QRY_PATIENT", "It answers questions. It does not process patient data.", "R5"),
        ("UC_QRY_PATIENT", "It is not a diagnostic tool and gives no clinical advice.", "R4"),
        ("UC_QRY_PATIENT", "It doesn\u2019t diagnose, treat or recommend treatment.", "R4"),
        ("UC_QRY_PATIENT", "It is not only a chatbot: it diagnoses patients.", "R6"),
        ("UC_CASELOAD_OPS", "It monitors patients and their vital signs at home.", "R9"),
        ("UC_NAV_FRONT", "Autonomous online triage asks about symptoms and books a slot.", "R10"),
        ("UC_NAV_FRONT", "AI technology in patient triage.", "R10"),
        ("UC_NAV_FRONT", "Staff triage the requests that patients send.", "R3"),
        ("UC_NAV_FRONT", "AI drafts replies. It does not use AI to triage patients.", "R4"),
        ("UC_QRY_INBOX", "AI triage of incoming letters and e-mails.", "R4"),
        ("UC_REF_ADMIN", "AI referral triage checks that each is complete.", "R4"),
        ("UC_QRY_PATIENT", "An AI query triage chatbot for opening hours.", "R4"),
        ("", "It detects cancer early.", "R6"),
        ("", "It reads chest X-rays.", "R8"),
        ("", "It recommends treatment for each patient.", "R7"),
        ("", "It does not detect cancer, but it books appointments.", "R4"),
        ("", "It is not sold to patients, but it detects cancer.", "R6"),
        ("", "It writes invoices.", "R5"),
        ("", "A tool that screens ECGs for atrial fibrillation.", "R6"),
        ("", "It flags patients who may soon deteriorate.", "R6"),
        ("", "Robots book CT scan appointments and send the letters.", "R4"),
        ("UC_REF_ADMIN", "It finds cancer referrals that lack a letter.", "R4"),
    ],
)
def test_the_words_and_the_use_decide(use_case: str, text: str, rule: str) -> None:
    decision = decide(use_case, text)
    assert decision.rule == rule
    term = load()["scope_rules"].get(rule)
    assert decision.scope == term.attribute("scope")
    assert decision.device == term.attribute("device")
    assert decision.text_of_rule == term.definition


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("An algorithm reads mammograms as second reader.", "R8"),
        ("Biopsies are graded by software.", "R8"),
        ("The app analyses ECG images.", "R8"),
        ("It picks the chemotherapy that is most likely to work.", "R7"),
        ("An AI coach treats insomnia.", "R7"),
        ("It decides how urgent each request is, without a GP.", "R10"),
    ],
)
def test_clinical_acts_are_told_in_many_words(text: str, rule: str) -> None:
    assert decide("", text).rule == rule


@pytest.mark.parametrize(
    "text",
    [
        "Text reminders raise attendance at cancer screening clinics.",
        "Interpreting app for consultations about diabetes and heart failure.",
        "It identifies cancer patients overdue for follow-up letters.",
        "The trust, which treats patients across Kent, bought a booking tool.",
        "Analyses feedback from cancer patients.",
        "Rostering of radiologists, and of stroke wards.",
        "It measures cancer waiting times and highlights cancer pathways in danger.",
        "Coders use software to suggest codes for diagnoses in discharge summaries.",
    ],
)
def test_administration_around_illness_is_not_clinical(text: str) -> None:
    assert decide("", text).scope != "SC_CLINICAL_OUT"


def test_a_summarising_scribe_is_borderline_and_likely_a_device() -> None:
    decision = decide("UC_DOC_SCRIBE", "Good morning. It summarises the consultation.")
    assert (decision.scope, decision.device) == ("SC_BORDERLINE", "likely")
    assert decision.quote == "It summarises the consultation."


def test_the_same_product_is_decided_function_by_function() -> None:
    text = "It transcribes verbatim."
    assert decide("UC_DOC_DICT", text).scope == "SC_NONCLIN_ADMIN_CARE"
    assert decide("UC_DOC_SUMM", "It summarises the record.").scope == "SC_BORDERLINE"


@pytest.mark.parametrize(("use_case", "text"), [("", ""), ("UC_OTHER", "It is new."), ("", "Hi")])
def test_what_no_rule_can_decide_stays_undecided(use_case: str, text: str) -> None:
    decision = decide(use_case, text)
    assert (decision.scope, decision.rule, decision.device) == ("SC_NOT_STATED", "", "undecided")


def test_the_use_case_alone_decides_without_a_quote() -> None:
    assert decide("UC_BO_FIN", "").rule == "R5"
    assert decide("UC_BO_FIN", "").quote == ""


def test_an_unknown_use_case_is_refused() -> None:
    with pytest.raises(VocabularyError):
        decide("UC_NONE_SUCH", "")


def test_every_rule_and_every_ordinary_rule_is_complete() -> None:
    rules, classes = load()["scope_rules"], load()["scope_classes"]
    for rule in rules:
        assert rule.attribute("scope") in classes
        assert rule.attribute("device") in {"likely", "unlikely", "undecided"}
    for use in load()["use_cases"]:
        ordinary = use.attribute("scope_rule")
        assert ordinary in rules or use.code in {"UC_OTHER", "UC_NOT_STATED"}


@pytest.mark.skipif(not REAL.exists(), reason="the real labelled pages are not here")
def test_no_real_non_clinical_page_is_thrown_out() -> None:
    pages = [json.loads(line) for line in REAL.read_text("utf-8").splitlines()]
    for page in pages:
        for use_case in page["use_cases"] or [""]:
            decision = decide(use_case, f"{page['title']}. {page['abstract']}")
            assert page["is_clinical"] or decision.scope != "SC_CLINICAL_OUT", page["id"]
            assert decision.scope != "SC_NOT_STATED", page["id"]
