"""Pages that answer 200 and are none."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crawler.fault_pages import LONG, fault_page
from crawler.page import FaultPageKind, Page, ReadRequest, UnreadablePageError
from crawler.reading import read
from crawler.view.main_text import visible_text
from crawler.view.page_view import view_html
from tests.crawler.real import real

WHOLE_PAGE = " ".join(f"Sentence {number} about rotas and wards." for number in range(100))

FAULTS: tuple[tuple[FaultPageKind, str, str, str], ...] = (
    ("soft_404", "Page not found | Rotaflow", "", "Please use the menu. " * 30),
    ("soft_404", "Rotaflow - 404", "", "Oops!"),
    ("soft_404", "Error 404 (Not Found)!!1", "", ""),
    ("soft_404", "Rotaflow", "Sorry, we can\u2019t find that page", "Try the search."),
    ("soft_404", "Rotaflow", "", "The page you are looking for could not be found. Go home."),
    ("soft_404", "Rotaflow", "The requested page no longer exists.", "Go home."),
    ("error_page", "500 Internal Server Error", "", "nginx"),
    ("error_page", "Rotaflow", "", "Error establishing a database connection"),
    ("error_page", "WordPress | Error", "", "There has been a critical error on this website."),
    ("error_page", "Rotaflow", "Something went wrong", "Please try again later."),
    ("error_page", "Welcome to nginx!", "Welcome to nginx!", "Further configuration is required."),
    ("error_page", "503 Service Temporarily Unavailable", "", "503"),
    ("login", "Log in | Rotaflow", "", "Email address Password Forgotten your password?"),
    ("login", "Rotaflow", "Members only", "Ask your trust for an account."),
    ("login", "Rotaflow", "", '<form><input name="p" type="password"></form> Welcome back'),
    ("bot_wall", "Just a moment...", "", "Enable JavaScript and cookies to continue"),
    ("bot_wall", "Attention Required! | Cloudflare", "Sorry, you have been blocked", ""),
    ("bot_wall", "rotaflow.example", "", "Verifying you are human. This may take a few seconds."),
    ("bot_wall", "Access denied", "", "You do not have permission."),
    ("bot_wall", "", "", '<iframe src="/_Incapsula_Resource?x=1"></iframe>'),
    ("parked", "rotaflow.example is for sale", "", "Make an offer."),
    ("parked", "rotaflow.example", "", "Buy this domain. Related searches: rota, shift, nurse"),
    ("parked", "Rotaflow", "", "This domain has expired. Is this your domain? Renew now."),
    ("maintenance", "Under maintenance", "", "Rotaflow"),
    ("maintenance", "Rotaflow", "We'll be back soon!", ""),
    (
        "maintenance",
        "Rotaflow",
        "",
        "We are performing some maintenance at the moment. Please come back later.",
    ),
)

GOOD: tuple[tuple[str, str, str], ...] = (
    ("What the error 404 costs a trust", "What the error 404 costs a trust", WHOLE_PAGE),
    ("Maintenance planning for estates teams", "", "RotaFlow plans maintenance of lifts."),
    ("Single sign-on for wards", "", "Staff sign in once with their smartcard. Log in to learn."),
    ("Contact us", "", "Write to us. Protected by reCAPTCHA and its privacy policy."),
    ("RotaFlow", "RotaFlow", "RotaFlow finds shifts that nobody covers. £2 per user per month."),
    ("Case study: wards where nothing could be found", "", "Files were lost in the archive."),
    ("Finding a domain for your practice", "", "We help practices to choose a domain name."),
    ("Server error budgets explained", "", "An error budget is what a service may fail."),
    ("Coming soon to a ward near you: RotaFlow 3", "", "RotaFlow 3 reads handwritten rotas."),
    ("Bot or human? How chatbots answer callers", "", "Chatbots answer three calls of four."),
)


def html(title: str, heading: str, body: str) -> str:
    h1 = f"<h1>{heading}</h1>" if heading else ""
    return (
        f"<html><head><title>{title}</title></head><body><main>{h1}<p>{body}</p></main>"
        "</body></html>"
    )


def page(text: str) -> Page:
    return Page(
        "http://www.rotaflow.example/x",
        text.encode(),
        "text/html; charset=utf-8",
        datetime.now(UTC),
    )


REQUEST = ReadRequest((), "Rotaflow Ltd", "VOICE_SUPPLIER", "http://www.rotaflow.example/")


@pytest.mark.parametrize(("kind", "title", "heading", "body"), FAULTS)
def test_a_page_that_is_none_is_a_fault(
    kind: FaultPageKind, title: str, heading: str, body: str
) -> None:
    with pytest.raises(UnreadablePageError) as raised:
        read(page(html(title, heading, body)), REQUEST)
    assert raised.value.kind == kind


@pytest.mark.parametrize(("title", "heading", "body"), GOOD)
def test_a_page_about_faults_is_a_page(title: str, heading: str, body: str) -> None:
    assert read(page(html(title, heading, body)), REQUEST).title


def test_a_long_page_is_a_page_whatever_its_title() -> None:
    words = "word " * (LONG + 1)
    assert fault_page("Page not found", "", words, "") is None
    assert fault_page("Page not found", "", "word " * LONG, "") is not None


@pytest.mark.parametrize("body", ["", '<div id="root"></div><script>start()</script>'])
def test_a_page_that_shows_nothing_without_its_scripts_is_empty(body: str) -> None:
    shell = f"<html><head><title>Rotaflow</title></head><body>{body}</body></html>"
    with pytest.raises(UnreadablePageError) as raised:
        read(page(shell), REQUEST)
    assert raised.value.kind == "empty"


def test_real_pages_are_pages() -> None:
    judged = {name: judge(text) for name, text in real_pages()}
    assert len(judged) > 200
    assert {name: kind for name, kind in judged.items() if kind} == {"404.html": "soft_404"}


def real_pages() -> Iterator[tuple[str, bytes]]:
    for path in sorted(real("nhse-datascience/site").rglob("*.html")):
        yield str(path.relative_to(real("nhse-datascience/site"))), path.read_bytes()
    for path in sorted(real("article-extraction/html").glob("*.gz")):
        yield path.name, gzip.decompress(path.read_bytes())


def judge(body: bytes) -> str:
    one = Page("http://www.real.example/x", body, "text/html", datetime.now(UTC))
    view = view_html(one)
    fault = fault_page(view.title, view.heading, visible_text(view.tree), one.html)
    return "" if fault is None else fault.kind
