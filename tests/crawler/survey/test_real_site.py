"""A proposal for a real site, which stands beside the project on some machines."""

from __future__ import annotations

import re
from pathlib import Path

from catalogue.drafts import Reading
from crawler.archetypes.site import Site
from crawler.page import Page
from crawler.reading import read
from crawler.survey.proposal import propose
from tests.crawler.real import real
from tests.crawler.small_site import Answer
from tests.crawler.survey import sites

URL = "http://127.0.0.1:8741/"
FORBIDDEN = f"{URL}our_work/tags/"
UNFILLED = f"{URL}georgiev_interview/"


def answers(folder: Path) -> dict[str, Answer]:
    site = {
        "/robots.txt": Answer((folder / "robots.txt").read_bytes()),
        "/sitemap.xml": Answer((folder / "sitemap.xml").read_bytes(), headers=sites.XML),
    }
    for path in folder.rglob("index.html"):
        name = path.parent.relative_to(folder).as_posix()
        site["/" if name == "." else f"/{name}/"] = Answer(path.read_bytes(), headers=sites.HTML)
    return site


def test_all_pages_of_a_real_site_are_reached_and_read_under_its_own_proposal() -> None:
    site = answers(real("nhse-datascience") / "site")
    made = propose(URL, sites.look(site, URL))
    assert made is not None
    source = made.source
    assert (source.name, source.publisher.name) == (
        "nhs_england_data_science",
        "NHS England Data Science",
    )
    assert (source.publisher.kind, source.spoken_by) == ("regulator", "VOICE_GOV")
    assert isinstance(source.walk, Site)
    listed = re.findall(rb"<loc>(.*?)</loc>", site["/sitemap.xml"].body)
    pages = {url.decode() for url in listed} - {FORBIDDEN}
    assert len(pages) == 122
    assert all(source.walk.wanted(url) for url in pages)
    assert source.expect.documents.min == 61 <= len(pages) <= source.walk.max_pages
    readings: dict[str, Reading] = {}
    for url in pages:
        body = site[f"/{url.removeprefix(URL)}"].body
        readings[url] = read(Page(url, body, "text/html", sites.AT), source.read_request())
    assert all(reading.title for reading in readings.values())
    short = {url for url, reading in readings.items() if len(reading.text) < 100}
    assert short <= {URL, UNFILLED, f"{URL}articles/"}
    dated = [url for url in pages if re.search(r"/20\d{6}_", url)]
    assert len(dated) > 15
    assert all(readings[url].published_on is not None for url in dated)
