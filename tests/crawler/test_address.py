from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.address import clean, host_of, junk, leads_home, same_page, same_site


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("HTTP://WWW.Rota.EXAMPLE:80/A/b?x=1#part", "http://www.rota.example/A/b?x=1"),
        ("https://rota.example", "https://rota.example/"),
        ("https://rota.example:8443/", "https://rota.example:8443/"),
        ("https://rota.example/p?utm_source=x&id=7&utm_medium=y", "https://rota.example/p?id=7"),
        ("https://rota.example/p?gclid=1&fbclid=2", "https://rota.example/p"),
        ("https://rota.example/p?PHPSESSID=abc", "https://rota.example/p"),
        ("https://rota.example/a b", "https://rota.example/a%20b"),
        ("https://rota.example./p", "https://rota.example/p"),
        ("mailto:a@rota.example", ""),
        ("javascript:void(0)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("http://", ""),
        ("http://[::1", ""),
        ("http://rota.example:99999/", ""),
        ("http://rota.example:0/", ""),
        ("http://a..b.example/", ""),
        ("http://ex%61mple.example/", ""),
        (f"http://{'x' * 64}.example/", ""),
        ("http://xn--.example/", ""),
        ("http://-a-.example/", ""),
        ("http://user:word@rota.example/", "http://rota.example/"),
        ("http://under_score.example/", "http://under_score.example/"),
        ("http://b\u00fccher.example/", "http://xn--bcher-kva.example/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_an_address_has_one_spelling(written: str, spelled: str) -> None:
    assert clean(written) == spelled


def test_relative_links_are_resolved_against_their_page() -> None:
    assert clean("../b?x", "http://rota.example/a/c/") == "http://rota.example/a/b?x"
    assert clean("//cdn.example/x", "https://rota.example/") == "https://cdn.example/x"


def test_parameters_that_matter_keep_their_order_and_spelling() -> None:
    assert clean("http://a.example/?b=%20+1&a=2") == "http://a.example/?b=%20+1&a=2"


@given(st.text(max_size=60))
def test_cleaning_never_raises_and_is_idempotent(text: str) -> None:
    once = clean(text, "http://rota.example/")
    assert clean(once) == once


def test_www_and_scheme_do_not_make_another_site_but_a_port_does() -> None:
    assert same_site("http://www.rota.example/a", "https://rota.example/b")
    assert not same_site("http://rota.example/", "http://other.example/")
    assert not same_site("http://127.0.0.1:8001/", "http://127.0.0.1:8002/")
    assert not same_site("", "")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.example/p", "https://www.a.example/p/", True),
        ("http://a.example/p?print=1", "http://a.example/p", True),
        ("http://a.example/index.html", "http://a.example/", True),
        ("http://a.example/p", "http://a.example/", False),
        ("http://a.example/p", "http://b.example/p", False),
    ],
)
def test_spellings_of_one_page(one: str, other: str, same: bool) -> None:
    assert same_page(one, other) is same


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/logo.PNG",
        "http://a.example/brochure.pdf",
        "http://a.example/a/b/a/b/a/b",
        "http://a.example/events/2031/05/",
        "http://a.example/calendar/2027-01-15",
        "http://a.example/whats-on/list/2026/12",
        "http://a.example/diary?month=5",
        "http://a.example/x?tribe-bar-date=2026-01-01",
        "http://a.example/search?a=1&b=2&c=3&d=4&e=5",
        "http://a.example/wp-json/wp/v2/posts",
        "http://a.example/login",
        "http://a.example/blog/feed/",
        "http://a.example/" + "x/" * 13,
        "http://a.example/" + "x" * 1000,
    ],
)
def test_junk_is_recognised(url: str) -> None:
    assert junk(url).endswith(".")


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/",
        "http://a.example/2026/10/05/rota-pilot",
        "http://a.example/products/rota?tab=price",
        "http://a.example/case-studies/a-year-of-events",
        "http://a.example/news/calendar-of-reforms",
        "http://a.example/blog/feedback-matters",
        "http://a.example/list?page=3",
    ],
)
def test_pages_are_not_junk(url: str) -> None:
    assert junk(url) == ""


def test_host_of_what_is_no_address_is_empty() -> None:
    assert host_of("http://[::1") == ""
    assert host_of("http://A.example./x") == "a.example"


@pytest.mark.parametrize(
    ("asked", "came_to", "home"),
    [
        ("/products/rota", "/", True),
        ("/rota", "/", True),
        ("/rota", "/?from=rota", False),
        ("/rota", "/products", False),
        ("/", "/", False),
        ("/index.html", "/", False),
        ("/home", "/", False),
        ("/en-gb/", "/", False),
    ],
)
def test_a_page_that_was_taken_down_may_lead_home(asked: str, came_to: str, home: bool) -> None:
    root = "http://www.rota.example"
    assert leads_home(f"{root}{asked}", f"{root}{came_to}") is home
