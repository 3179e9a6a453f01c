from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from benchmarks.reading import change
from catalogue.drafts import Reading, ToolDraft
from catalogue.errors import SourceError
from crawler.page import Page, ReadRequest, UnreadablePageError
from crawler.reading import read

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
REQUEST = ReadRequest((), "Site", "VOICE_SUPPLIER", "http://www.site.example/")
REAL = Path(__file__).parents[3] / "shared" / "real"


def reading(html: str, path: str = "a/page", request: ReadRequest = REQUEST) -> Reading:
    url = f"http://www.site.example/{path}"
    return read(Page(url, html.encode(), "text/html; charset=utf-8", NOW), request)


def article(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{body}</body></html>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Rota | Site</title>", "<h1>Rota</h1>", "Rota"),
        ("<title>Site - Rota for wards</title>", "", "Rota for wards"),
        ("<title>Rota for wards \u2013 Site Ltd</title>", "<h1>Welcome</h1>", "Rota for wards"),
        ("<title>x</title><meta property='og:title' content='Rota: a tool'>", "", "Rota: a tool"),
        ("", "<h1>Only a heading</h1>", "Only a heading"),
        (
            "<title>Wards at night - The Data Team</title>",
            "<header><a class='logo' title='The Data Team' href='/'></a></header>",
            "Wards at night",
        ),
    ],
)  # fmt: skip
def test_the_title_is_without_the_name_of_the_site(head: str, body: str, title: str) -> None:
    assert reading(article(f"{body}<p>Words.</p>", head)).title == title


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        (
            ('<script type="application/ld+json">{"@type":"Report","datePublished":"2026-03-04"}'
             "</script>"),
            "",
            date(2026, 3, 4),
        ),
        (
            '<meta property="article:published_time" content="2025-12-31T23:00Z">',
            "",
            date(2025, 12, 31),
        ),
        ("", '<time datetime="2026-02-03">3 Feb</time>', date(2026, 2, 3)),
        ("", "<p>Published on 7 May 2024</p>", date(2024, 5, 7)),
        ("", "<p>12 June 2026</p><p>What happened then was this.</p>", date(2026, 6, 12)),
        ("", "<p>What happened in June 2026, and what did not.</p>", None),
        ("", "<p>© 2026 Site. It was founded on 3 May 2011 in Northvale, by two nurses.</p>", None),
        ('<meta name="date" content="2031-01-01">', "", None),
        ("", "<p>No day is named anywhere on this page.</p>", None),
    ],
)  # fmt: skip
def test_the_day_of_publication_stands_on_the_page_or_is_unknown(
    head: str, body: str, day: date | None
) -> None:
    assert reading(article(f"<main><h1>Title</h1>{body}</main>", head)).published_on == day


def test_chrome_is_no_part_of_the_text() -> None:
    text = reading(
        article(
            '<div id="cookie-bar">We use cookies</div><nav><a href="/">Menu</a></nav>'
            "<main><h1>Rota</h1><p>It plans the rota of a ward.</p>"
            "<h2>Related stories</h2><ul><li>Another story</li></ul></main>"
            "<aside>Sign up</aside><footer>Company number 99000001</footer>"
        )
    ).text

    assert "It plans the rota of a ward." in text
    for word in ("cookies", "Menu", "Another story", "Sign up", "Company"):
        assert word not in text


def test_personal_contact_details_and_control_characters_are_gone() -> None:
    text = reading(article("<p>Write to jo.bloggs@site.example or 020 7946 0018.\x1b[31m</p>")).text

    assert "[e-mail]" in text
    assert "jo.bloggs" not in text
    assert "7946" not in text
    assert "\x1b" not in text


def test_links_are_absolute_whole_and_each_once() -> None:
    body = (
        '<base href="/docs/"><a href="a?utm_source=x&id=7#part">a</a><a href="a?id=7">again</a>'
        '<a href="mailto:x@y.example">m</a><a href="javascript:void(0)">j</a>'
        '<a rel="nofollow noopener" href="/paid">p</a><a href="https://other.example/b">b</a>'
        '<a href="http://[broken/">x</a>'
    )

    assert reading(article(body + "<p>Words.</p>")).links == (
        "http://www.site.example/docs/a?id=7",
        "https://other.example/b",
    )


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("", "<p>Home</p>", "page"),
        ("products", "<p>All products</p>", "listing"),
        ("products/rota", "<p>One</p>", "product"),
        ("case-studies/fell", "<p>One</p>", "case_study"),
        ("customers/fell", "<p>One</p>", "case_study"),
        ("2026/03/04/story", "<p>One</p>", "news"),
        ("blog/story", "<p>One</p>", "news"),
        ("guidance/scribes", "<p>One</p>", "guidance"),
        ("about", "<p>One</p>", "page"),
        ("things", '<p><a href="/n">Thing number one</a></p>' * 9, "listing"),
    ],
)  # fmt: skip
def test_the_kind_is_told_by_the_address_and_the_shape(path: str, body: str, kind: str) -> None:
    assert reading(article(f"<main>{body}</main>"), path).kind == kind


def test_a_page_that_did_not_change_is_not_extracted_again() -> None:
    html = article(
        "<main><h1>Rota</h1><p>It plans rotas for wards and saves 2 hours a week.</p></main>"
    )
    request = replace(REQUEST, extractors=("product_page",))
    first = reading(html, "products/rota", request)
    again = reading(html, "products/rota", replace(request, known_text_sha=first.text_sha))

    assert first.drafts
    assert again.drafts == ()
    assert again.text_sha == first.text_sha


def test_a_wrong_extractor_is_answered_with_the_nearest() -> None:
    with pytest.raises(SourceError, match="Did you mean 'product_page'"):
        reading(article("<p>x</p>"), request=replace(REQUEST, extractors=("product_pages",)))


@pytest.mark.parametrize("body", [b"{", b"[1]", b"[" * 100_000])
def test_json_that_is_no_document_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadablePageError):
        read(Page("http://www.site.example/a", body, "application/json", NOW), REQUEST)


def test_half_a_surrogate_pair_in_data_for_machines_is_replaced() -> None:
    data = '{"@type": "Product", "name": "Rota \\ud800", "description": "\\ud83d\\ude00"}'
    head = f'<title>Rota</title><script type="application/ld+json">{data}</script>'
    request = replace(REQUEST, extractors=("json_ld",))
    found = reading(article("<p>Rotas.</p>", head), "products/rota", request)
    (draft,) = found.drafts
    assert isinstance(draft, ToolDraft)
    assert draft.name.text == "Rota \N{REPLACEMENT CHARACTER}"
    assert draft.values[0].value == "\N{GRINNING FACE}"


def test_a_name_of_nothing_but_control_sequences_is_no_name() -> None:
    data = '{"@type": "Product", "name": "\\u001b]0;Rota"}'
    head = f'<title>Rota</title><script type="application/ld+json">{data}</script>'
    request = replace(REQUEST, extractors=("json_ld", "product_page"))
    found = reading(article("<h1>Rota</h1><p>Rotas.</p>", head), "products/rota", request)
    assert [draft.name.text for draft in found.drafts if isinstance(draft, ToolDraft)] == ["Rota"]


def test_a_record_in_bytes_that_fit_no_encoding_is_read() -> None:
    body = b'{"title": "Rota \\udc00", "description": "Plans \xed\xa0\x80 rotas."}'
    found = read(Page("http://www.site.example/a", body, "application/json", NOW), REQUEST)
    assert found.title == "Rota \N{REPLACEMENT CHARACTER}"
    assert found.text.startswith("Plans \N{REPLACEMENT CHARACTER}")


def test_structured_data_that_nests_without_end_is_survived() -> None:
    deep = '{"a":' * 5_000 + "1" + "}" * 5_000
    html = article("<p>Words.</p>", f'<script type="application/ld+json">{deep}</script>')

    assert reading(html).text == "Words."


def test_noise_is_no_change_and_one_word_of_a_price_is() -> None:
    assert change.counts(change.ours) == (0, 0, 0)


def real_pages() -> Iterator[tuple[str, Reading]]:
    site = REAL / "nhse-datascience" / "site"
    request = ReadRequest(
        ("json_ld", "product_page", "case_study", "news"),
        "NHS England",
        "VOICE_GOV",
        "http://www.site.example/",
    )
    for path in sorted(site.rglob("index.html")):
        name = path.parent.relative_to(site).as_posix()
        url = f"http://www.site.example/{name}/"
        yield name, read(Page(url, path.read_bytes(), "text/html", NOW), request)


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the real pages are not on this machine")
def test_a_real_research_site_is_read_and_none_of_it_is_taken_for_a_product() -> None:
    pages = dict(real_pages())

    assert len(pages) > 100
    assert all(page.title and page.text for page in pages.values())
    assert sum(" - NHS England" in page.title for page in pages.values()) == 0
    assert [name for name, page in pages.items() for d in page.drafts if d.type == "tool"] == []
