from __future__ import annotations

import time

import pytest

from crawler.canonical import canonical

URL = "https://www.rota.example/tools/rota?ref=mail"


@pytest.mark.parametrize(
    ("head", "asked"),
    [
        ('<link rel="canonical" href="https://www.rota.example/tools/rota">', "/tools/rota"),
        ("<LINK href='/tools/rota/' REL='canonical' />", "/tools/rota/"),
        ("<link rel=canonical href=/tools/rota>", "/tools/rota"),
        ('<link rel="canonical" href="/tools/rota?a=1&amp;b=2#x">', "/tools/rota?a=1&b=2"),
    ],
)
def test_a_page_may_choose_the_spelling_of_its_address(head: str, asked: str) -> None:
    body = f"<html><head><link rel='icon' href='/i.png'>{head}</head>".encode()
    assert canonical(body, URL) == f"https://www.rota.example{asked}"


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<link rel="canonical" href="https://www.rota.example/">',
        '<link rel="canonical" href="https://other.example/tools/rota">',
        '<link rel="canonical" href="javascript:x">',
        '<link rel="canonical">',
        '<link rel="alternate" href="/tools/rota">',
        '<link rel="canonical-of" href="/tools/rota">',
        "<!-- x -->" * 10_000 + '<link rel="canonical" href="/tools/rota">',
    ],
)
def test_it_may_not_hide_behind_another_page(head: str) -> None:
    assert canonical(f"<html><head>{head}</head>".encode(), URL) == URL


def test_a_hostile_head_costs_nothing() -> None:
    began = time.process_time()
    canonical(b"<link " * 20_000, URL)
    canonical(b"<link rel=" + b" " * 60_000, URL)
    canonical(b"<link " + b'href="' * 300 + b">", URL)
    assert time.process_time() - began < 1
