from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.page import MAX_TAG, Page, UnreadablePageError

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def page(body: bytes, content_type: str = "text/html") -> Page:
    return Page("http://www.site.example/a", body, content_type, NOW)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<p>£5, naïve</p>".encode(), "text/html; charset=utf-8"),
        ("<p>£5, naïve</p>".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ("<p>£5, naïve</p>".encode("utf-16"), "text/html"),
        ('<meta charset="windows-1252"><p>£5, naïve</p>'.encode("cp1252"), "text/html"),
        ("<p>£5, naïve</p>".encode("cp1252"), "text/html"),
        ("<p>£5, naïve</p>".encode(), "text/html; charset=no-such-charset"),
    ],
)
def test_the_text_is_decoded_by_header_mark_meta_or_guess(body: bytes, content_type: str) -> None:
    assert "<p>£5, naïve</p>" in page(body, content_type).html


@given(st.binary(max_size=500), st.text(max_size=40))
def test_decoding_never_raises(body: bytes, content_type: str) -> None:
    assert "\0" not in page(body, content_type).html


@pytest.mark.parametrize(
    ("content_type", "is_html", "is_json"),
    [
        ("text/html; charset=utf-8", True, False),
        ("application/xhtml+xml", True, False),
        ("application/json", False, True),
        ("application/ld+json", False, True),
        ("", True, False),
        ("application/pdf", False, False),
    ],
)
def test_the_media_type_is_declared_or_guessed(
    content_type: str, is_html: bool, is_json: bool
) -> None:
    known = page(b"<!doctype html><html>", content_type)

    assert (known.is_html, known.is_json) == (is_html, is_json)


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"", "text/html", "unreadable"),
        (b"  \n ", "text/html", "unreadable"),
        (b"PK\x03\x04", "application/msword", "unreadable"),
        (bytes(range(256)) * 10, "text/html", "unreadable"),
        (b"<p>" + b"x" * 2000, "text/html", "too_large"),
    ],
)
def test_what_no_parser_should_see_is_refused(body: bytes, content_type: str, kind: str) -> None:
    with pytest.raises(UnreadablePageError) as refused:
        page(body, content_type).check(max_html=1000)

    assert refused.value.kind == kind


def test_a_flood_of_attributes_is_refused() -> None:
    flood = b"<p " + b" ".join(b"a%d=1" % number for number in range(20_000)) + b">x</p>"

    with pytest.raises(UnreadablePageError, match="tag"):
        page(flood).check(max_html=10**7)


def test_a_picture_inside_a_tag_is_no_long_tag() -> None:
    picture = b'<img src="data:image/png;base64,' + b"iVBORw0K" * MAX_TAG + b'"><p>Words.</p>'

    page(picture).check(max_html=10**7)

    assert len(page(picture).html) < 100
