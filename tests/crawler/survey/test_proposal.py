from __future__ import annotations

from pathlib import Path

import pytest

from crawler.archetypes.feed import Feed
from crawler.archetypes.site import Site
from crawler.archetypes.wordpress import WordPress
from crawler.doctor import check
from crawler.source import load_source
from crawler.survey.proposal import Proposal, propose
from tests.crawler.small_site import Answer
from tests.crawler.survey import sites


def proposal(site: sites.Site, url: str = sites.ROOT, pages: int = 20) -> Proposal:
    made = propose(url, sites.look(site, url, pages))
    assert made is not None
    return made


def test_a_supplier_is_walked_by_its_sitemap_and_speaks_for_itself() -> None:
    made = proposal(sites.supplier())
    source = made.source
    assert isinstance(source.walk, Site)
    assert (source.name, source.publisher.name) == ("rota", "Rota Systems Ltd")
    assert (source.publisher.kind, source.spoken_by) == ("supplier", "VOICE_SUPPLIER")
    assert source.licence.name == "all-rights-reserved"
    assert "product_page" in source.extractors
    assert source.title == "Rota Systems Ltd, supplier's own site"


def test_what_only_lists_is_denied_and_what_robots_forbids_is_not_counted() -> None:
    source = proposal(sites.supplier()).source
    assert isinstance(source.walk, Site)
    assert source.walk.deny == ("/tags?/", "/authors?/")
    # front page, 4 products, 6 stories, of which robots.txt forbids one: 10, and half are needed
    assert source.expect.documents.min == 5
    for path in ("", "products/tool-1/", "case-studies/trust-1/"):
        assert source.walk.wanted(f"{sites.ROOT}{path}")
    assert not source.walk.wanted(f"{sites.ROOT}tag/rota/")


def test_pages_that_give_drafts_are_worth_recording() -> None:
    best = proposal(sites.supplier()).best
    assert best
    assert all("products" in url or "case-studies" in url for url in best)


def test_a_wordpress_site_is_named_by_what_it_says_for_machines() -> None:
    source = proposal(sites.wordpress()).source
    assert isinstance(source.walk, WordPress)
    assert source.walk.types == ("posts", "pages", "case-study")
    assert source.publisher.name == "Westmoor Health Innovation Network"
    assert (source.publisher.kind, source.spoken_by) == ("network", "VOICE_NETWORK")


def test_a_paper_that_links_to_nothing_is_walked_by_its_feed() -> None:
    source = proposal(sites.feed_alone()).source
    assert source.walk == Feed(url=f"{sites.ROOT}rss", max_items=50)
    assert (source.spoken_by, source.cadence) == ("VOICE_PRESS", "daily")
    assert source.expect.documents.min == 6


def test_a_feed_itself_is_walked_as_one() -> None:
    source = proposal(sites.feed_alone(), f"{sites.ROOT}rss").source
    assert source.walk == Feed(url=f"{sites.ROOT}rss", max_items=50)


def test_a_site_without_a_sitemap_is_walked_by_its_links_and_its_listings_are_kept() -> None:
    source = proposal(sites.linked()).source
    assert isinstance(source.walk, Site)
    assert (source.walk.sitemap, source.walk.max_depth) == (False, 12)
    assert source.walk.wanted(f"{sites.ROOT}news?page=2")
    assert not source.walk.wanted(f"{sites.ROOT}search?q=x")
    assert (source.publisher.name, source.spoken_by) == ("Northmoor NHS Trust", "VOICE_CUSTOMER")
    assert source.licence.name == "OGL-UK-3.0"
    assert source.licence.url


def test_a_sitemap_that_leaves_much_out_is_not_relied_on() -> None:
    site = {**sites.linked(), "/sitemap.xml": sites.sitemap("", "news/item-1")}
    source = proposal(site).source
    assert isinstance(source.walk, Site)
    assert (source.walk.sitemap, source.walk.max_depth) == (True, 12)
    assert source.walk.wanted(f"{sites.ROOT}news?page=2")


def test_a_part_of_a_site_is_kept_to() -> None:
    site = {**sites.linked(), "/wiki/start": sites.page("Wiki | Northmoor", "/wiki/a", "/b")}
    source = proposal(site, f"{sites.ROOT}wiki/start").source
    assert isinstance(source.walk, Site)
    assert source.walk.wanted(f"{sites.ROOT}wiki/a")
    assert not source.walk.wanted(f"{sites.ROOT}b")


def test_a_page_of_numbered_services_is_a_marketplace() -> None:
    links = [f"/g-cloud/services/{number}" for number in range(100000, 100012)]
    site = {"/g-cloud/search?q=rota": sites.page("Results | Market", *links)}
    source = proposal(site, f"{sites.ROOT}g-cloud/search?q=rota").source
    assert source.walk.archetype == "marketplace"
    assert source.walk.model_dump()["queries"] == ("rota",)


def test_a_table_of_suppliers_is_a_registry() -> None:
    rows = "".join(f"<tr><td>Rota {number} Ltd</td><td>Rota</td></tr>" for number in range(9))
    table = f"<table><tr><th>Supplier</th><th>Product</th></tr>{rows}</table>"
    site = {"/list": sites.page("Register of rotas | Northmoor", body=table)}
    source = proposal(site, f"{sites.ROOT}list").source
    assert source.walk.archetype == "registry"


def test_a_search_on_gov_uk_keeps_its_words_and_organisations() -> None:
    url = "https://www.gov.uk/search/all?keywords=rota+planning&organisations[]=nhs-england"
    head = '<meta name="govuk:content-id" content="0">'
    path = url.removeprefix("https://www.gov.uk")
    made = propose(url, sites.look({path: sites.page("Search", head=head)}, url))
    assert made is None or made.source.walk.archetype == "govuk"


def test_an_address_with_nothing_to_read_gives_no_proposal() -> None:
    assert propose(sites.ROOT, sites.look({})) is None
    assert propose(sites.ROOT, sites.look({"/": Answer(b"\x00\x01", 404)})) is None


def test_the_name_is_free_and_fit_for_a_file() -> None:
    seen = sites.look(sites.supplier())
    second = propose(sites.ROOT, seen, taken=["rota", "rota_2"])
    assert second is not None
    assert second.source.name == "rota_3"
    local = "http://127.0.0.1:8000/"
    site = {
        "/": sites.page("Item | Northmoor NHS Trust", "/a"),
        "/a": sites.page("A | Northmoor NHS Trust"),
    }
    made = propose(local, sites.look(site, local))
    assert made is not None
    assert made.source.name == "northmoor_nhs_trust"
    named = propose(sites.ROOT, seen, name="my_own")
    assert named is not None
    assert named.source.name == "my_own"


@pytest.mark.parametrize("site", [sites.supplier, sites.wordpress, sites.feed_alone, sites.linked])
def test_the_file_says_what_was_proposed_and_has_no_findings(site: object, tmp_path: Path) -> None:
    assert callable(site)
    made = proposal(site())
    path = tmp_path / f"{made.source.name}.yml"
    path.write_text(made.text, encoding="utf-8")
    assert load_source(path) == made.source
    assert check(made.source) == []
    assert len(made.text.splitlines()) <= 30
    assert all(len(line) <= 130 for line in made.text.splitlines())


def test_words_of_a_site_cannot_add_keys_to_the_file(tmp_path: Path) -> None:
    name = "Rota\nenabled: false\x1b[2J: {x} # Ltd"
    site = {
        "/": sites.page("a", "/b", head=f'<meta property="og:site_name" content="{name}">'),
        "/b": sites.page("b"),
    }
    made = proposal(site)
    path = tmp_path / f"{made.source.name}.yml"
    path.write_text(made.text, encoding="utf-8")
    loaded = load_source(path)
    assert loaded.enabled
    assert "\x1b" not in made.text
    assert loaded.publisher.name == made.source.publisher.name
