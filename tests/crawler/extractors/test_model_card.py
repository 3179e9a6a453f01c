"""Applied model cards in XML: what a developer says, as what a developer says."""

from __future__ import annotations

import pytest

from catalogue.drafts import ClaimDraft, EvidenceDraft, Reading, ToolDraft
from crawler.page import Page, ReadRequest, UnreadablePageError
from crawler.reading import read
from tests.crawler.extractors.recorded import FETCHED_AT, PAGES

CARD = (PAGES / "model_card.xml").read_bytes()
URL = "https://cards.example/letterlark.xml"


def reading(body: bytes = CARD, kind: str = "application/xml") -> Reading:
    request = ReadRequest(("model_card",), "Cards", "VOICE_SUPPLIER", "https://cards.example/")
    page = Page(URL, body, kind, FETCHED_AT)
    page.check(2**21)
    return read(page, request)


def tool(given: Reading) -> ToolDraft:
    return next(draft for draft in given.drafts if isinstance(draft, ToolDraft))


def evidence(given: Reading) -> EvidenceDraft:
    return next(draft for draft in given.drafts if isinstance(draft, EvidenceDraft))


def changed(old: str, new: str) -> Reading:
    assert old.encode() in CARD
    return reading(CARD.replace(old.encode(), new.encode()))


def test_the_card_is_of_its_developers_tool() -> None:
    card = tool(reading())

    assert (card.name.text, card.supplier) == ("LetterLark Scribe", "Quillfeather Ltd")
    assert [(one.property, one.value) for one in card.values] == [
        ("summary", "Drafts clinic letters from the speech of a consultation."),
        ("intended_use", "A clinician reviews and signs every draft before it is sent."),
        ("version", "3.2"),
        ("limitation", "Not for emergency departments."),
        ("limitation", "May leave out what was said quietly."),
        ("limitation", "Less accurate with strong accents."),
        ("user_group", "USR_MED_DENT"),
        ("user_group", "USR_MEDSEC"),
        ("autonomy", "AUT_4_APPROVER"),
        ("assurance.ASR_MHRA_REG", "AST_CLAIMED"),
        ("assurance.ASR_MODEL_CARD", "AST_EVIDENCE_SEEN"),
    ]


def test_whom_to_contact_is_kept_nowhere() -> None:
    kept = reading().model_dump_json()

    for word in ("Petra", "petra@", "7946"):
        assert word not in kept


def test_each_metric_is_a_claim_with_its_figure_where_there_is_one_and_its_kind_of_test() -> None:
    claims = [draft for draft in reading().drafts if isinstance(draft, ClaimDraft)]

    assert [(one.dimension, one.high, one.unit, one.method) for one in claims] == [
        ("BEN_QUALITY", 98.0, "percent", "Internal evaluation"),
        ("BEN_EQUITY", None, "", "Internal evaluation"),
        ("BEN_SAFETY", None, "", "NOT_STATED"),
    ]
    assert claims[0].metric == "Accuracy of transcription"
    assert claims[0].population == "200 recorded consultations"


def test_tests_of_the_developer_are_its_own_evidence_that_it_paid_for() -> None:
    tests = evidence(reading())

    assert (tests.evidence_type, tests.strength) == ("EVT_UNPUB", "EVS_1")
    assert (tests.funder, tests.measurer, tests.author) == ("REL_SUPPLIER",) * 3


def test_an_outside_test_and_a_grant_are_told_apart() -> None:
    given = reading(
        CARD.replace(b"Internal evaluation", b"Independent external validation").replace(
            b"Company-funded", b"A grant of Innovate UK"
        )
    )

    tests = evidence(given)
    assert (tests.measurer, tests.funder) == ("REL_INDEPENDENT", "REL_RESEARCH_FUNDER")
    assert evidence(changed("Company-funded", "")).funder == "REL_UNKNOWN"


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><AppliedModelCard>&b;</AppliedModelCard>',
        b"<!DOCTYPE AppliedModelCard SYSTEM 'file:///etc/passwd'><AppliedModelCard/>",
        '<!DOCTYPE a [<!ENTITY b "c">]><AppliedModelCard>&b;</AppliedModelCard>'.encode("utf-16"),
        b"<AppliedModelCard>",
        b"<rss><channel/></rss>",
        b"<AppliedModelCard>" + b"<a>" * 50 + b"x" + b"</a>" * 50 + b"</AppliedModelCard>",
        b"   ",
    ],
    ids=["entity", "external", "utf-16", "broken", "other root", "deep", "empty"],
)
def test_hostile_or_other_xml_is_a_fault(body: bytes) -> None:
    with pytest.raises(UnreadablePageError):
        reading(body)


def test_a_card_sent_as_plain_text_is_known_by_its_name() -> None:
    assert tool(reading(kind="text/plain")).name.text == "LetterLark Scribe"
