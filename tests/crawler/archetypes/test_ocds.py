"""Windows of the past, each asked for once; packages that become documents where they stand."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from catalogue.drafts import NoticeDraft
from crawler.archetypes import Listed, Listing, ListingError
from crawler.archetypes.ocds import MAX_PAGES, Ocds
from crawler.ocds.windows import windows

PACKAGES = Path(__file__).parents[1] / "ocds_packages"
NOW = datetime(2026, 11, 21, 21, 55, tzinfo=UTC)


def walk(dialect: str, **options: object) -> Ocds:
    return Ocds.model_validate({"archetype": "ocds", "dialect": dialect, **options})


def listed(archetype: Ocds, name: str, url: str = "", depth: int = 0) -> Listed:
    body = (PACKAGES / name).read_bytes()
    return archetype.listed(
        Listing(url or archetype.url, body, "application/json", missing=False, depth=depth)
    )


def test_find_a_tender_is_asked_in_windows_of_six_hours_that_are_over() -> None:
    seeds = walk("fts", since=1).seeds_at(NOW, None)
    assert [dict(parse_qsl(urlsplit(one.url).query)) for one in seeds] == [
        {"updatedFrom": start, "updatedTo": end, "limit": "100"}
        for start, end in pairwise(
            [
                "2026-11-20T18:00:00",
                "2026-11-21T00:00:00",
                "2026-11-21T06:00:00",
                "2026-11-21T12:00:00",
                "2026-11-21T18:00:00",
            ]
        )
    ]
    assert {one.kind for one in seeds} == {"list"}


def test_find_a_tender_is_left_ten_seconds_between_requests() -> None:
    assert walk("fts").delay == 10
    assert walk("fts", delay=20).delay == 20
    assert walk("fts").busy == {429: 120}


def test_contracts_finder_is_asked_in_windows_of_fifteen_days_at_most() -> None:
    seeds = walk("contracts_finder", since=40, stages=["tender"]).seeds_at(NOW, None)
    spans = []
    for one in seeds:
        asked = dict(parse_qsl(urlsplit(one.url).query))
        assert asked["stages"] == "tender"
        start, end = (datetime.fromisoformat(asked[f"published{key}"]) for key in ("From", "To"))
        spans.append((start, end))
    assert max(end - start for start, end in spans) == timedelta(days=15)
    assert all(earlier[1] == later[0] for earlier, later in pairwise(spans))
    assert spans[-1][1] == datetime(2026, 11, 21, tzinfo=UTC)
    assert walk("contracts_finder").busy == {403: 300}


@pytest.mark.parametrize(("dialect", "kinds"), [("scotland", 7), ("wales", 9)])
def test_scotland_and_wales_are_asked_by_month_and_notice_type(dialect: str, kinds: int) -> None:
    seeds = walk(dialect, since=60).seeds_at(NOW, None)
    asked = [dict(parse_qsl(urlsplit(one.url).query)) for one in seeds]
    assert {one["dateFrom"] for one in asked} == {"09-2026", "10-2026", "11-2026"}
    assert len(asked) == 3 * kinds
    one = walk(dialect, since=1, notice_types=[2]).seeds_at(NOW, None)
    assert [dict(parse_qsl(urlsplit(seed.url).query))["noticeType"] for seed in one] == ["2"]


def test_a_later_run_goes_on_where_the_last_one_ended() -> None:
    for dialect in ("fts", "contracts_finder"):
        archetype = walk(dialect)
        first = archetype.seeds_at(NOW, None)
        later = archetype.seeds_at(NOW + timedelta(days=45), NOW)
        name = archetype.service.between or ("", "")
        end = dict(parse_qsl(urlsplit(first[-1].url).query))[name[1]]
        start = dict(parse_qsl(urlsplit(later[0].url).query))[name[0]]
        assert start == end
        assert not {one.url for one in first} & {one.url for one in later}


def test_a_run_that_was_cut_off_asks_for_the_same_addresses_again() -> None:
    first = {one.url for one in walk("fts", since=3).seeds_at(NOW, None)}
    again = {one.url for one in walk("fts", since=3).seeds_at(NOW + timedelta(days=1), NOW)}
    assert first.isdisjoint(again)
    assert first >= {one.url for one in walk("fts", since=2).seeds_at(NOW, None)}


@given(
    st.integers(0, 2_500 * 24 * 60).map(
        lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.timedeltas(timedelta(0), timedelta(days=90)),
    st.sampled_from([(6, 6), (15 * 24, 24), (24, 24)]),
)
def test_windows_cover_the_time_without_gap_or_overlap(
    since: datetime, span: timedelta, hours: tuple[int, int]
) -> None:
    step, unit = (timedelta(hours=one) for one in hours)
    found = list(windows(since, since + span, step, unit))
    assert all(earlier[1] == later[0] for earlier, later in pairwise(found))
    assert all(timedelta(0) < end - start <= step for start, end in found)
    if found:
        assert since - unit < found[0][0] <= since
        assert since + span - unit - timedelta(hours=1) < found[-1][1] <= since + span


@pytest.mark.parametrize("dialect", ["fts", "contracts_finder"])
def test_a_window_that_is_over_is_final_with_all_of_its_pages(dialect: str) -> None:
    archetype = walk(dialect)
    for one in archetype.seeds_at(NOW, None):
        assert archetype.final(one.url, NOW)
        assert archetype.final(f"{one.url}&cursor=abc=", NOW)
        assert not archetype.final(one.url, NOW - timedelta(days=60))


def test_a_month_is_final_when_it_is_over() -> None:
    archetype = walk("wales", notice_types=[2])
    october, november = (one.url for one in archetype.seeds_at(NOW, None))
    assert archetype.final(october, NOW)
    assert not archetype.final(november, NOW)
    assert not archetype.final("https://api.sell2wales.gov.wales/robots.txt", NOW)


def test_one_address_of_packages_is_asked_each_time() -> None:
    archetype = walk("generic", url="https://buyer.example/ocds.json")
    assert [one.url for one in archetype.seeds()] == ["https://buyer.example/ocds.json"]
    assert archetype.seeds_at(NOW, None) == ()
    assert not archetype.final("https://buyer.example/ocds.json", NOW)


def test_each_release_is_a_document_at_its_public_page() -> None:
    documents = listed(walk("fts"), "fts_uk6.json").documents
    northshire, westmarch = "GB-PPON:BCDF-2345-GHJK", "GB-PPON:LMNP-6789-QRST"
    root = "https://www.find-tender.service.gov.uk/Notice"
    assert [one.url for one in documents] == [
        f"{root}/900020-2026#ocds-h6vhtk-0f0001/{northshire}/900020-2026",
        f"{root}/900021-2026#ocds-h6vhtk-0f0009/{northshire}/900021-2026",
        f"{root}/900022-2026#ocds-h6vhtk-0f0009/{westmarch}/900022-2026",
    ]
    first = documents[0].reading
    assert (first.kind, first.published_on) == ("notice", datetime(2026, 11, 3, tzinfo=UTC).date())
    assert isinstance(first.drafts[0], NoticeDraft)
    assert "Supplier: Rotaflow Systems Ltd." in first.text


def test_two_buyers_and_two_notices_are_never_one_document() -> None:
    release = {"ocid": "ocds-x-1", "id": "1", "tag": ["tender"], "tender": {"title": "T"}}
    body = [
        release | {"buyer": {"name": "A"}},
        release | {"buyer": {"name": "B"}},
        release | {"buyer": {"name": "A"}, "id": "2"},
    ]
    answer = walk("generic", url="https://buyer.example/o").listed(
        Listing("https://buyer.example/o", json.dumps(body).encode(), "application/json")
    )
    assert len({one.url for one in answer.documents}) == 3


def test_only_what_it_is_about_is_kept_and_the_rest_is_counted() -> None:
    answer = listed(walk("fts", about=[r"ambient[ -]voice", r"\bscribe"]), "fts_uk2.json")
    assert [one.reading.title for one in answer.documents] == [
        "Ambient voice technology for outpatient letters"
    ]
    assert answer.note == "2 releases, 1 kept, 0 refused."
    by_class = listed(walk("fts", about=["48180000 medical software"]), "fts_uk2.json")
    assert len(by_class.documents) == 1


def test_what_was_odd_is_told() -> None:
    assert listed(walk("fts"), "fts_uk4.json").notes == (
        "The number 1e9999 is none and was left out.",
    )
    empty = listed(walk("scotland"), "pcs_without_releases.json")
    assert (empty.note, empty.notes) == ("0 releases, 0 kept, 0 refused.", ())
    welsh = listed(walk("wales"), "s2w_rn.json")
    assert "digits in groups" in welsh.notes[0]
    assert "wards.\n (a) Dictation" in welsh.documents[0].reading.text


def test_the_cursor_is_put_into_the_windows_own_address() -> None:
    archetype = walk("contracts_finder")
    (window, *_) = archetype.seeds_at(NOW, None)
    (further,) = listed(archetype, "cf_page1.json", window.url).found
    assert further.url == f"{window.url}&cursor=Y2Y6Mg=="
    assert (further.depth, further.kind) == (1, "list")
    assert archetype.final(further.url, NOW)
    assert listed(archetype, "cf_page1.json", further.url).found == ()
    assert listed(archetype, "cf_page2.json", further.url).found == ()


def test_a_service_that_never_ends_its_pages_is_left() -> None:
    archetype = walk("contracts_finder")
    (window, *_) = archetype.seeds_at(NOW, None)
    assert listed(archetype, "cf_page1.json", window.url, depth=MAX_PAGES).found == ()


def test_a_next_page_on_another_host_is_not_followed() -> None:
    body = b'{"releases": [], "links": {"next": "https://elsewhere.example/p2"}}'
    archetype = walk("generic", url="https://buyer.example/o")
    answer = archetype.listed(Listing("https://buyer.example/o", body, "application/json"))
    assert answer.found == ()


def test_the_same_release_is_the_same_document_with_the_same_words() -> None:
    one, two = (listed(walk("fts"), "fts_uk2.json").documents[0] for _ in range(2))
    assert one == two


def test_what_is_no_package_is_a_fault() -> None:
    with pytest.raises(ListingError, match="not JSON"):
        walk("fts").listed(Listing("https://x.example/", b"<html>busy</html>", "text/html"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"dialect": "fts", "stages": ["plannin"]}, "Did you mean 'planning'?"),
        ({"dialect": "scotland", "stages": ["tender"]}, "cannot be asked for the stage"),
        ({"dialect": "fts", "notice_types": [2]}, "notice_types has no effect"),
        ({"dialect": "generic"}, "url"),
        ({"dialect": "fts", "url": "https://x.example/api/1.0"}, "without a path"),
        ({"dialect": "fts", "about": ["("]}, "regular expression"),
        ({"dialect": "ftse"}, "dialect"),
        ({"dialect": "fts", "since": 0}, "since"),
    ],
)
def test_a_wrong_option_is_refused(options: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said.replace("?", r"\?")):
        Ocds.model_validate({"archetype": "ocds", **options})
