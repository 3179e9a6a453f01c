"""A release becomes a draft: who, what, how much, until when; and nobody's telephone number."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.ocds.notice import NoticeError, ReadNotice, notice
from crawler.ocds.package import read_package

PACKAGES = Path(__file__).parents[1] / "ocds_packages"
REAL = Path(__file__).parents[3].parent / "shared" / "real" / "ocds"


def read(name: str, at: int = 0, *, lost_breaks: bool = False) -> ReadNotice:
    package = read_package((PACKAGES / name).read_bytes(), lost_breaks=lost_breaks)
    return notice(package.releases[at].body, package.releases[at].place)


def test_a_market_engagement_notice() -> None:
    draft = read("fts_uk2.json").draft
    assert (draft.notice_type, draft.changes) == ("NTC_UK2", False)
    assert draft.title == "Ambient voice technology for outpatient letters"
    assert draft.buyer is not None
    assert draft.buyer.identifiers == (("GB-PPON", "BCDF-2345-GHJK"), ("GB-NHS", "RZ9"))
    assert (draft.value_low, draft.value_high, draft.currency) == (400_000, 400_000, "GBP")
    assert draft.vat == "excluded"
    assert draft.published_at == datetime(2026, 10, 5, 0, 10, tzinfo=UTC)
    assert (draft.starts_on, draft.ends_on) == (date(2027, 4, 1), date(2029, 3, 31))
    assert draft.cpv == ("48180000",)
    assert draft.url == "https://www.find-tender.service.gov.uk/Notice/900001-2026"
    assert draft.quote.place == "/releases/0/tender/title"


def test_nothing_by_which_a_person_can_be_reached_is_kept() -> None:
    for name in ("fts_uk2.json", "fts_uk6.json", "cf_page1.json"):
        read_one = read(name)
        kept = read_one.draft.model_dump_json() + read_one.text + read_one.subject
        assert "Pat" not in kept
        assert "@northshire" not in kept
        assert "7946" not in kept


def test_a_tender_notice_has_a_deadline_and_an_amount_that_is_no_number_is_none() -> None:
    draft = read("fts_uk4.json").draft
    assert draft.notice_type == "NTC_UK4"
    assert draft.deadline == date(2026, 11, 20)
    assert draft.value_high == 400_000


def test_a_framework_is_marked_by_its_own_word() -> None:
    draft = read("fts_uk4.json", 1).draft
    assert draft.framework
    assert draft.value_high == 1_200_000_000


@pytest.mark.parametrize(
    ("title", "framework"),
    [
        ("Framework agreement for dictation", True),
        ("Dynamic Purchasing System for AI", True),
        ("Call-off from the Digital Framework", False),
        ("Dictation licences under framework RM6200", False),
        ("Dictation licences via the NHS SBS framework", False),
        ("Dictation licences", False),
    ],
)
def test_else_a_framework_is_told_by_its_title(title: str, framework: bool) -> None:
    draft = notice({"ocid": "a", "id": "1", "tender": {"title": title}}, "").draft
    assert draft.framework is framework


def test_an_award_names_its_suppliers_by_award_and_the_span_of_values() -> None:
    draft = read("fts_uk6.json").draft
    assert draft.notice_type == "NTC_UK6"
    told = [(one.name, one.identifiers, one.award) for one in draft.suppliers]
    assert told == [
        ("Rotaflow Systems Ltd", (("GB-COH", "99000001"),), "1"),
        ("Quillcrest Limited", (), "2"),
    ]
    assert (draft.value_low, draft.value_high) == (90_000, 310_000)


def test_a_contract_change_gives_the_new_value_and_end() -> None:
    draft = read("fts_uk10.json").draft
    assert (draft.notice_type, draft.changes) == ("NTC_UK10", True)
    assert (draft.value_high, draft.ends_on) == (350_000, date(2030, 3, 31))
    assert draft.signed_on == date(2026, 11, 4)


def test_numbers_of_a_services_own_accounts_are_no_identifiers() -> None:
    draft = read("cf_page1.json").draft
    assert draft.buyer is not None
    assert draft.buyer.identifiers == ()
    assert (draft.value_low, draft.value_high) == (20_000, 25_000)


@pytest.mark.parametrize(
    ("scheme", "number", "kept"),
    [
        ("GB-COH", "1234567", "01234567"),
        ("gb-coh", "SC123456", "SC123456"),
        ("GB-COH", "GB-COH-09876543", "09876543"),
        ("GB-COH", "not applicable", ""),
        ("GB-COH", "00000000", ""),
        ("GB-NHS", "rj1", "RJ1"),
        ("GB-PPON", "PMZV-7732-XXTT", "PMZV-7732-XXTT"),
        ("GB-PPON", "none", ""),
        ("VAT number", "GB123", ""),
    ],
)
def test_a_number_is_kept_in_its_one_spelling_or_not_at_all(
    scheme: str, number: str, kept: str
) -> None:
    release = {"ocid": "a", "buyer": {"name": "A", "identifier": {"scheme": scheme, "id": number}}}
    buyer = notice(release, "").draft.buyer
    assert buyer is not None
    assert buyer.identifiers == (((scheme.upper(), kept),) if kept else ())


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        (["planning"], "NTC_PRIOR_INFORMATION"),
        (["planningUpdate"], "NTC_PRIOR_INFORMATION"),
        (["tender"], "NTC_CONTRACT_NOTICE"),
        (["award", "contract"], "NTC_AWARD_LEGACY"),
        (["contract"], "NTC_CONTRACT"),
        (["contractAmendment"], "NTC_MODIFICATION"),
        (["contractTermination"], "NTC_TERMINATION"),
        ([], "NTC_NOT_STATED"),
        (None, "NTC_NOT_STATED"),
    ],
)
def test_a_notice_that_does_not_say_its_type_is_told_by_its_tags(
    tags: list[str] | None, kind: str
) -> None:
    assert notice({"ocid": "a", "tag": tags}, "").draft.notice_type == kind


def test_what_is_missing_is_noted_and_nothing_else_happens() -> None:
    read_one = notice({"ocid": "a-1", "date": "2026-10-05"}, "/releases/4")
    assert read_one.draft.release_id == "a-1@2026-10-05"
    assert read_one.draft.title == "Notice a-1@2026-10-05"
    assert read_one.notes == (
        "A release has no title.",
        "A release has no id.",
        "A release names no buyer.",
    )


def test_a_type_that_is_not_known_is_noted() -> None:
    release = {"ocid": "a", "id": "1", "tender": {"documents": [{"noticeType": "UK99"}]}}
    assert any("unknown type, UK99" in note for note in notice(release, "").notes)


def test_amounts_in_several_currencies_are_no_value() -> None:
    awards = [{"value": {"amount": 10, "currency": c}} for c in ("GBP", "EUR")]
    read_one = notice({"ocid": "a", "awards": awards}, "")
    assert read_one.draft.value_high is None
    assert any("EUR, GBP" in note for note in read_one.notes)


def test_a_release_without_an_ocid_is_refused() -> None:
    with pytest.raises(NoticeError, match="/releases/0 has no ocid"):
        notice({"id": "1", "tender": {}}, "/releases/0")


_ANYTHING: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.integers(),
    st.text(max_size=5),
    st.builds(list),
    st.builds(dict),
    st.builds(lambda: [7]),
)


@given(st.data())
def test_any_value_in_any_place_is_tolerated(data: st.DataObject) -> None:
    package = read_package((PACKAGES / "fts_uk10.json").read_bytes())
    release: dict[str, Any] = copy.deepcopy(dict(package.releases[0].body))
    for _ in range(data.draw(st.integers(1, 4))):
        place: Any = release
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = data.draw(st.sampled_from(keys)) if keys else None
            if key is None or key == "ocid":
                break
            inner = place[key]
            if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
                place[key] = data.draw(_ANYTHING)
                break
            place = inner
    assert notice(release, "/r").draft.ocid == "ocds-h6vhtk-0f0001"


@pytest.mark.skipif(not REAL.is_dir(), reason="the real packages are not on this computer")
def test_every_real_release_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    read_count, files, refused = 0, 0, []
    for path in sorted(REAL.rglob("*.json")):
        if path.name == "release-schema.json":  # the schema, and no data
            continue
        files += 1
        package = read_package(path.read_bytes(), lost_breaks=path.name == "sell2wales.json")
        refused += [f"{path.name}: {note}" for note in package.notes]
        for release in package.releases:
            read_one = notice(release.body, release.place, published=package.published)
            refused += [f"{path.name}: {note}" for note in read_one.notes]
            assert read_one.draft.buyer is not None
            assert read_one.draft.published_at is not None
            read_count += 1
    with capsys.disabled():
        told = "; ".join(refused) or "none refused or odd"
        print(f"\n{files} files, {read_count} releases read, {told}")  # noqa: T201 (asked for)
    assert read_count >= 200
    assert refused == []
