"""The walk over Europe PMC, and what its records give."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from catalogue.drafts import ClaimDraft, EvidenceDraft, Reading
from crawler.archetypes import Listing, ListingError
from crawler.archetypes.archetype import Listed
from crawler.archetypes.papers import Papers

RECORD: dict[str, Any] = {
    "id": "40000001",
    "source": "MED",
    "doi": "10.9999/invented.1",
    "title": "LetterLark in clinics: a <i>pragmatic</i> trial.",
    "authorString": "Quill A, Feather B.",
    "journalInfo": {"journal": {"title": "Journal of Invented Results"}},
    "abstractText": "<h4>Background</h4>Letters take time. <h4>Results</h4>"
    "LetterLark reduced typing time by 12% compared with usual care (n=300).",
    "firstPublicationDate": "2026-03-04",
    "language": "eng",
    "pubTypeList": {"pubType": ["Randomized Controlled Trial", "Journal Article"]},
    "license": "cc by",
    "grantsList": {"grant": [{"grantId": "X1", "agency": "NIHR"}, {"agency": "NIHR"}]},
}


def papers(**options: object) -> Papers:
    return Papers.model_validate({"archetype": "papers", "query": '"AI scribe" AND NHS', **options})


def answer(*records: dict[str, Any], hits: int = 1, mark: str = "", more: bool = False) -> bytes:
    told: dict[str, Any] = {"hitCount": hits, "resultList": {"result": list(records)}}
    if mark:
        told["nextCursorMark"] = mark
    if more:
        told["nextPageUrl"] = "https://www.ebi.example/next"
    return json.dumps(told).encode()


def listed(walk: Papers, body: bytes, depth: int = 0, mark: str = "*") -> Listed:
    return walk.listed(Listing(walk._page(mark), body, "application/json", depth=depth))


def reading(**changed: object) -> Reading:
    (document,) = listed(papers(), answer({**RECORD, **changed})).documents
    return document.reading


def evidence(given: Reading) -> EvidenceDraft:
    return next(draft for draft in given.drafts if isinstance(draft, EvidenceDraft))


def test_the_search_is_asked_from_its_first_page_newest_first() -> None:
    (seed,) = papers().seeds()

    assert seed.kind == "list"
    asked = parse_qs(urlsplit(seed.url).query)
    assert asked["query"] == ['"AI scribe" AND NHS']
    assert (asked["cursorMark"], asked["resultType"], asked["format"]) == (
        ["*"],
        ["core"],
        ["json"],
    )


def test_a_page_leads_to_the_next_until_there_is_no_next_page_url() -> None:
    walk = papers(page_size=10)

    (onward,) = listed(walk, answer(RECORD, hits=25, mark="AoE=", more=True)).found
    assert parse_qs(urlsplit(onward.url).query)["cursorMark"] == ["AoE="]
    assert (onward.kind, onward.depth) == ("list", 1)
    assert listed(walk, answer(RECORD, hits=25, mark="AoF="), 1, "AoE=").found == ()


def test_a_mark_that_stands_still_a_limit_or_an_empty_page_ends_the_walk() -> None:
    walk = papers(page_size=10, max_papers=20)

    assert listed(walk, answer(RECORD, hits=99, mark="A", more=True), 0, "A").found == ()
    assert listed(walk, answer(RECORD, hits=99, mark="B", more=True), 1, "A").found == ()
    assert listed(walk, answer(hits=99, mark="B", more=True)).found == ()


def test_later_pages_are_final_and_the_first_is_not() -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    assert papers().final(papers()._page("AoE="), now)
    assert not papers().final(papers()._page("*"), now)


def test_each_record_is_a_document_with_its_abstract_licence_and_day() -> None:
    (document,) = listed(papers(), answer(RECORD)).documents
    given = document.reading

    assert document.url == "https://europepmc.org/article/MED/40000001"
    assert given.title == "LetterLark in clinics: a pragmatic trial."
    assert (given.licence, given.published_on) == ("cc by", date(2026, 3, 4))
    assert "reduced typing time by 12%" in given.text
    assert "Journal: Journal of Invented Results" in given.text
    assert "Quill A" not in given.model_dump_json()


def test_the_study_has_its_design_funder_and_review() -> None:
    study = evidence(reading())

    assert (study.evidence_type, study.strength) == ("EVT_RCT", "EVS_3")
    assert (study.funder, study.measurer, study.author) == (
        "REL_RESEARCH_FUNDER",
        "REL_UNKNOWN",
        "REL_UNKNOWN",
    )
    assert study.peer_reviewed is True
    assert study.quote.text.endswith("compared with usual care (n=300).")


@pytest.mark.parametrize(
    ("changed", "reviewed"),
    [
        ({"source": "PPR", "pubTypeList": {"pubType": ["Preprint"]}}, False),
        ({"pubTypeList": {"pubType": ["Editorial"]}}, None),
        ({"source": "PAT"}, None),
        ({"source": "PMC", "pubTypeList": None}, True),
    ],
)
def test_only_articles_in_journals_count_as_reviewed(
    changed: dict[str, object], reviewed: bool | None
) -> None:
    assert evidence(reading(**changed)).peer_reviewed is reviewed


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        (["Systematic Review"], "EVT_SR"),
        (["Observational Study"], "EVT_NRNC"),
        (["Editorial"], "EVT_OTHER"),
        ([], "EVT_PUBLISHED"),
    ],
)
def test_the_type_follows_what_the_publisher_says(types: list[str], expected: str) -> None:
    words = {"title": "On scribes", "abstractText": "Scribes were liked by 12 people."}
    given = reading(pubTypeList={"pubType": types}, **words)

    assert evidence(given).evidence_type == expected


def test_a_figure_in_the_abstract_is_a_claim_of_the_paper() -> None:
    (claim,) = [draft for draft in reading().drafts if isinstance(draft, ClaimDraft)]

    assert (claim.direction, claim.high, claim.unit) == ("down", 12.0, "percent")


def test_a_record_without_abstract_is_a_document_without_evidence() -> None:
    assert reading(abstractText=None).drafts == ()


def test_without_a_known_grant_the_funder_is_unknown() -> None:
    assert evidence(reading(grantsList=None)).funder == "REL_UNKNOWN"
    charity = {"grant": [{"agency": "The Health Foundation"}]}
    assert evidence(reading(grantsList=charity)).funder == "REL_CHARITY"


def test_a_record_without_title_is_refused_and_counted() -> None:
    given = listed(papers(), answer({"id": "1", "source": "MED"}, RECORD, hits=2))

    assert len(given.documents) == 1
    assert given.note == "2 papers found, 2 on this page, 1 refused."


@pytest.mark.parametrize("body", [b"", b"[]", b"<html>", b'{"hitCount": 1}', b'{"resultList": {}}'])
def test_any_other_answer_is_a_listing_error(body: bytes) -> None:
    with pytest.raises(ListingError):
        listed(papers(), body)


def test_a_walk_without_a_query_is_refused() -> None:
    with pytest.raises(ValidationError, match="at least 3 characters"):
        papers(query="")
