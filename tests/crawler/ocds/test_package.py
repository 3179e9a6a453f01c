"""Packages are read whatever their publishers did to them, and every repair is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.ocds.package import Package, PackageError, mend_breaks, read_package

PACKAGES = Path(__file__).parents[1] / "ocds_packages"
REAL = Path(__file__).parents[3].parent / "shared" / "real" / "ocds"


def read(name: str, *, lost_breaks: bool = False) -> Package:
    return read_package((PACKAGES / name).read_bytes(), lost_breaks=lost_breaks)


def test_a_release_package_gives_its_releases_with_their_places() -> None:
    package = read("fts_uk2.json")
    assert [one.place for one in package.releases] == ["/releases/0", "/releases/1"]
    assert package.published == "2026-10-05T05:59:00Z"
    assert package.notes == ()


def test_a_number_beyond_all_bounds_is_left_out_and_told() -> None:
    package = read("fts_uk4.json")
    lot = package.releases[0].body["tender"]["lots"][0]
    assert lot["value"] == {"amount": None, "currency": "GBP"}
    assert package.notes == ("The number 1e9999 is none and was left out.",)


def test_bytes_of_another_encoding_are_read_and_told() -> None:
    package = read("cf_page1.json")
    assert package.releases[0].body["tender"]["title"].startswith("Café rota")
    assert package.notes == ("The bytes are not UTF-8 and were read as Windows-1252.",)
    assert package.next.endswith("cursor=Y2Y6Mg==")


def test_stray_letters_and_digits_in_groups_are_repaired_outside_strings_only() -> None:
    package = read("s2w_rn.json")
    tender = package.releases[0].body["tender"]
    assert tender["value"]["amount"] == 140_000
    assert "modern wards.rn (a)" in tender["description"]
    (note,) = package.notes
    assert note == (
        "The JSON was broken and was repaired: line breaks that had become the letters rn, "
        "digits in groups."
    )


def test_line_breaks_that_became_letters_are_mended_where_no_word_can_have_them() -> None:
    package = read("s2w_rn.json", lost_breaks=True)
    assert package.releases[0].body["tender"]["description"] == (
        "Software for modern wards.\n (a) Dictation for clinics\n (b) Ambient voice"
    )


@pytest.mark.parametrize(
    "words",
    ["a modern return", "northern (eastern) barn", "turn. rn", "asgwrn cefn", "burn", "pattern 5"],
)
def test_words_that_end_in_the_same_letters_stay(words: str) -> None:
    assert mend_breaks(words) == words


def test_a_package_without_releases_is_empty() -> None:
    package = read("pcs_without_releases.json")
    assert package.releases == ()
    assert package.notes == ()


@pytest.mark.parametrize(
    ("body", "count", "note"),
    [
        ('{"ocid": "a-1", "tag": ["tender"]}', 1, ""),
        ('[{"ocid": "a-1", "tender": {}}, {"ocid": "a-2", "tender": {}}]', 2, ""),
        ('{"records": [{"ocid": "a", "releases": [{"ocid": "a", "tag": []}]}]}', 1, ""),
        ('{"records": [{"ocid": "a", "compiledRelease": {"ocid": "a"}}]}', 1, ""),
        ('{"results": [{"releases": [{"ocid": "a", "tag": []}]}]}', 1, ""),
        ('{"records": [{"ocid": "a", "releases": [{"url": "x"}]}]}', 0, "without a release"),
        ('{"records": [{"ocid": "a", "versionedRelease": {}}]}', 0, "without a release"),
        ('{"releases": [7, {"tender": {}}]}', 0, "no ocid"),
        ('{"releases": [{"ocid": "a", "tender": {"value": }}],}', 1, "missing values"),
        ('{"releases": [{"ocid": "a", "tender": {"n": 000}}]}', 1, "leading zeros"),
        ('{"releases": [{"ocid": "a", "tender": {"n": NaN}}]}', 1, "NaN"),
        ('{"releases": [{"ocid": "a", "tag": ["tender\n"]}]}', 1, ""),
    ],
)
def test_every_shape_is_read(body: str, count: int, note: str) -> None:
    package = read_package(body.encode())
    assert len(package.releases) == count
    assert note in " ".join(package.notes)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not JSON"),
        (b"<html>busy</html>", "not JSON"),
        (b'{"releases": [{"ocid": "a"', "not JSON"),
        (b'{"a": 1}', "not an OCDS package"),
        (b'"text"', ""),
        (b"[" * 100_000, "too deeply"),
    ],
)
def test_what_is_no_package_is_refused_with_its_reason(body: bytes, reason: str) -> None:
    if not reason:
        assert read_package(body).releases == ()
        return
    with pytest.raises(PackageError, match=reason):
        read_package(body)


def test_many_refusals_are_counted_and_not_listed() -> None:
    package = read_package(json.dumps({"releases": [1] * 50}).encode())
    assert len(package.notes) == 21
    assert package.notes[-1] == "30 more were refused."


@given(st.binary(max_size=300))
def test_no_bytes_end_in_anything_but_a_refusal(body: bytes) -> None:
    try:
        read_package(body, lost_breaks=True)
    except PackageError:
        return


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_json_that_is_whole_is_never_changed(tree: object) -> None:
    release = {"ocid": "a-1", "tag": ["tender"], "x": tree}
    found = read_package(json.dumps({"releases": [release]}).encode())
    assert found.releases[0].body == release
    assert found.notes == ()
