"""Who publishes, under which terms, in whose voice."""

from __future__ import annotations

import json

import pytest

from crawler.page import Page
from crawler.survey.publisher import name_of
from crawler.survey.speaker import speaker_of
from crawler.survey.terms import terms_of
from crawler.view.page_view import PageView, view_html
from tests.crawler.survey import sites


def view(title: str = "Page", head: str = "", foot: str = "", body: str = sites.WORDS) -> PageView:
    answer = sites.page(title, head=head, foot=foot, body=body)
    return view_html(Page(f"{sites.ROOT}page", answer.body, "text/html", sites.AT))


def ld(**data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize(
    ("views", "name"),
    [
        (
            [view(head=ld(**{"@type": "Organization", "name": "Rota", "legalName": "Rota Ltd"}))],
            "Rota Ltd",
        ),
        ([view(head=ld(**{"@type": "WebSite", "publisher": {"name": "Northmoor"}}))], "Northmoor"),
        ([view(head='<meta property="og:site_name" content="Rota Site">')], "Rota Site"),
        ([view("A | Rota"), view("B | Rota")], "Rota"),
        ([view("Rota: A", foot="© 2026 Rota Wise Ltd. All rights reserved.")], "Rota Wise Ltd"),
        ([view("A | Rota", foot="Rota plc, 1 Street"), view("B | Rota")], "Rota plc"),
        ([view("Page")], "www.rota.example"),
    ],
)
def test_the_publisher_is_named_by_the_best_that_is_said(views: list[PageView], name: str) -> None:
    assert name_of(views, sites.ROOT).value == name


def test_another_organisation_on_a_page_is_not_the_publisher() -> None:
    other = ld(**{"@type": "Organization", "name": "Other", "url": "https://other.example/"})
    assert name_of([view("A | Rota", head=other), view("B | Rota")], sites.ROOT).value == "Rota"


@pytest.mark.parametrize(
    ("kind", "licence"),
    [
        ({"foot": "available under the Open Government Licence v3.0"}, "OGL-UK-3.0"),
        ({"foot": "Open Parliament Licence v3.0"}, "OPL-UK-3.0"),
        (
            {"head": '<link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">'},
            "CC-BY-SA-4.0",
        ),
        ({"foot": "published as CC BY-NC 4.0"}, "CC-BY-NC-4.0"),
        ({"foot": "Creative Commons Attribution 4.0 International"}, "CC-BY-4.0"),
        ({"foot": "creativecommons.org/publicdomain/zero/1.0"}, "CC0-1.0"),
        ({"foot": "© 2026 Rota Ltd. All rights reserved."}, "all-rights-reserved"),
        ({}, "all-rights-reserved"),
    ],
)
def test_the_licence_is_the_one_that_is_named(kind: dict[str, str], licence: str) -> None:
    assert terms_of([view(**kind)]).name == licence


def test_one_page_that_mentions_a_licence_does_not_open_a_site() -> None:
    mention = view(foot="The report is under the Open Government Licence.")
    assert terms_of([mention, view(), view()]).name == "all-rights-reserved"


@pytest.mark.parametrize(
    ("name", "url", "voice"),
    [
        ("Rota Systems Ltd", sites.ROOT, "VOICE_SUPPLIER"),
        ("NHS England Data Science", sites.ROOT, "VOICE_GOV"),
        ("Northmoor University Hospitals NHS Foundation Trust", sites.ROOT, "VOICE_CUSTOMER"),
        ("NHS Northmoor", sites.ROOT, "VOICE_CUSTOMER"),
        ("Medicines and Healthcare products Regulatory Agency", sites.ROOT, "VOICE_REGULATOR"),
        ("NICE", sites.ROOT, "VOICE_REGULATOR"),
        ("Nice Software", sites.ROOT, "VOICE_SUPPLIER"),
        ("Northmoor Academic Health Science Network", sites.ROOT, "VOICE_NETWORK"),
        ("University of Northmoor", sites.ROOT, "VOICE_INDEPENDENT"),
        ("The King's Fund", sites.ROOT, "VOICE_INDEPENDENT"),
        ("Innovate UK", sites.ROOT, "VOICE_GOV"),
        ("Department for Rotas", sites.ROOT, "VOICE_GOV"),
        ("Northmoor", "https://www.northmoor.gov.uk/", "VOICE_GOV"),
        ("Northmoor", "https://www.northmoor.nhs.uk/", "VOICE_CUSTOMER"),
        ("Northmoor", "https://www.northmoor.ac.uk/", "VOICE_INDEPENDENT"),
        ("Northmoor", sites.ROOT, "VOICE_SUPPLIER"),
    ],
)
def test_the_voice_follows_the_name_and_then_the_host(name: str, url: str, voice: str) -> None:
    assert speaker_of(name, [view()], url).voice == voice


def test_the_voice_follows_what_the_pages_do_where_the_name_is_silent() -> None:
    data = ld(**{"@type": "NewsMediaOrganization", "name": "Moor"})
    assert speaker_of("Moor", [view(head=data)], sites.ROOT).voice == "VOICE_PRESS"
    assert speaker_of("Moor", [view(foot="Book a demo")], sites.ROOT).because.startswith(
        "its pages"
    )
    assert speaker_of("Moor", [view()], sites.ROOT, "OGL-UK-3.0").voice == "VOICE_GOV"
    assert "counts for least" in speaker_of("Moor", [view()], sites.ROOT).because
