from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.archetypes import Listing, ListingError
from crawler.archetypes.wordpress import PER_PAGE, WordPress
from tests.crawler.conftest import Crawl
from tests.crawler.small_site import Answer, SmallSite, page

ROOT = "https://www.rota.example/"


def walk(**options: object) -> WordPress:
    return WordPress.model_validate({"url": ROOT, **options})


def post(number: int, root: str = ROOT, **fields: object) -> dict[str, object]:
    return {
        "id": number,
        "link": f"{root}2026/10/post-{number}/",
        "date_gmt": "2026-10-02T09:00:00",
        "modified_gmt": "2026-10-03T09:00:00",
        "title": {"rendered": f"Post {number} &amp; its rota"},
        "content": {
            "rendered": f"<p>Rota {number} saves 2 hours per week.</p>",
            "protected": False,
        },
        **fields,
    }


def listing(posts: object, url: str = "", total: str = "") -> Listing:
    seed = url or walk().seeds()[0].url
    headers = {"x-wp-totalpages": total} if total else {}
    return Listing(seed, json.dumps(posts).encode(), "application/json", headers=headers)


def test_posts_are_asked_for_page_by_page_those_changed_last_first() -> None:
    (seed,) = walk(since="2026-09-01").seeds()
    asked = parse_qs(urlsplit(seed.url).query)
    assert seed.kind == "list"
    assert urlsplit(seed.url).path == "/wp-json/wp/v2/posts"
    assert asked["per_page"] == [str(PER_PAGE)]
    assert (asked["page"], asked["orderby"], asked["order"]) == (["1"], ["modified"], ["desc"])
    assert asked["modified_after"] == ["2026-09-01T00:00:00"]


def test_each_type_has_a_route_of_its_own_below_the_start() -> None:
    seeds = walk(url=f"{ROOT}blog", types=["posts", "case-study"]).seeds()
    assert [urlsplit(seed.url).path for seed in seeds] == [
        "/blog/wp-json/wp/v2/posts",
        "/blog/wp-json/wp/v2/case-study",
    ]


def test_a_post_is_the_page_at_its_link() -> None:
    listed = walk().listed(listing([post(1)]))
    (one,) = listed.pages
    assert (one.url, one.content_type) == (
        f"{ROOT}2026/10/post-1/",
        "text/html; charset=utf-8",
    )
    html = one.body.decode()
    assert "<h1>Post 1 &amp; its rota</h1>" in html
    assert "saves 2 hours per week" in html
    assert 'content="2026-10-02T09:00:00Z"' in html
    assert listed.note == "1 of 1 posts on page 1 of 1."


def test_the_number_of_pages_is_that_which_the_site_states() -> None:
    listed = walk(max_pages=500).listed(listing([post(1)], total="3"))
    (more,) = listed.found
    assert parse_qs(urlsplit(more.url).query)["page"] == ["2"]
    assert walk(max_pages=500).listed(listing([post(1)], url=more.url, total="2")).found == ()


def test_without_a_stated_number_a_full_page_leads_on() -> None:
    full = [post(number) for number in range(PER_PAGE)]
    assert len(walk(max_pages=500).listed(listing(full)).found) == 1
    assert walk(max_pages=500).listed(listing(full[:-1])).found == ()


def test_no_more_posts_than_wanted_are_read() -> None:
    walked = walk(max_pages=3)
    listed = walked.listed(listing([post(number) for number in range(5)], total="9"))
    assert len(listed.pages) == 3
    assert listed.found == ()


def test_what_is_no_readable_post_is_left_out() -> None:
    odd = [
        "text",
        post(1, link=""),
        post(2, content={"rendered": "<p>x</p>", "protected": True}, excerpt=None),
        post(3, link="https://elsewhere.example/3"),
        post(4, title=None, date_gmt=None),
        post(4),
    ]
    assert [one.url for one in walk().listed(listing(odd)).pages] == [f"{ROOT}2026/10/post-4/"]


def test_patterns_choose_posts() -> None:
    walked = walk(match=["post-[12]"], deny=["post-2"])
    listed = walked.listed(listing([post(number) for number in (1, 2, 3)]))
    assert [one.url for one in listed.pages] == [f"{ROOT}2026/10/post-1/"]


@pytest.mark.parametrize("body", [b"<html>", b'{"code":"rest_disabled"}', b"[" * 100_000])
def test_what_is_no_answer_of_the_api_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(ListingError):
        walk().listed(Listing(walk().seeds()[0].url, body, "text/html"))


@pytest.mark.parametrize("fault", ["http_401", "http_403", "http_404", "robots", "listing"])
def test_a_closed_api_leads_to_the_feed_and_that_to_the_sitemaps(fault: str) -> None:
    walked = walk()
    places = [walked.seeds()[0].url]
    while others := walked.instead(places[-1], fault):
        places.append(others[0].url)
    assert places[1:] == [
        f"{ROOT}feed/?paged=1",
        f"{ROOT}wp-sitemap.xml",
        f"{ROOT}sitemap_index.xml",
        f"{ROOT}sitemap.xml",
    ]
    assert others is None


def test_the_end_of_the_posts_is_no_fault() -> None:
    walked = walk(types=["posts", "case-study"])
    second = walked.seeds()[0].url.replace("page=1", "page=2")
    assert walked.instead(second, "http_400") == ()
    assert walked.instead(second, "http_500") is None
    assert walked.instead(f"{ROOT}feed/?paged=2", "http_404") == ()
    assert walked.instead(walked.seeds()[1].url, "http_404") == (), "no such type"


def _api(site: SmallSite, posts: list[dict[str, object]], pages: int) -> dict[str, Answer]:
    routes = {}
    size = -(-len(posts) // pages)
    for number in range(1, pages + 1):
        part = posts[(number - 1) * size : number * size]
        seed = WordPress.model_validate({"url": site.root}).seeds()[0].url
        target = seed.replace("&page=1&", f"&page={number}&").removeprefix(site.root)
        routes[f"/{target}"] = Answer(
            json.dumps(part).encode(),
            headers={"Content-Type": "application/json", "X-WP-TotalPages": str(pages)},
        )
    return routes


def _source(site: SmallSite) -> dict[str, object]:
    return {
        "name": "blog",
        "publisher": {"name": "Rota Ltd", "url": site.root},
        "walk": {"archetype": "wordpress", "url": site.root},
    }


@pytest.mark.slow
def test_posts_are_read_along_the_same_path_as_pages(crawl: Crawl) -> None:
    with SmallSite() as site:
        posts = [post(number, site.root) for number in range(5)]
        site.routes |= _api(site, posts, 2)
        result = crawl([_source(site)], reader="own")
        asked = [one.path for one in site.asked]
    read = [document for visit in result["visits"] for document in visit["documents"]]
    assert [url for url, _ in read] == [one["link"] for one in posts]
    assert read[0][1] == "Post 0 & its rota"
    assert len(asked) == 3, "robots.txt and two pages of posts"
    tally = result["last"]["sources"][0]
    assert tally["read"] + tally["unchanged"] == 5


@pytest.mark.slow
def test_a_site_without_the_api_is_walked_by_its_feed(crawl: Crawl) -> None:
    item = "<item><link>/one</link></item><item><link>http://127.0.0.9/two</link></item>"
    feed = f"<rss version='2.0'><channel><title>t</title>{item}</channel></rss>"
    with SmallSite({"/one": page("One")}) as site:
        site.routes["/feed/?paged=1"] = Answer(feed.encode(), headers={"Content-Type": "text/xml"})
        result = crawl([_source(site)])
    states = {visit["url"].removeprefix(site.root): visit["state"] for visit in result["visits"]}
    assert states.pop("one") == "read"
    assert set(states.values()) == {"listed"}
    assert result["ended"]["blog"][0] == "finished"


@pytest.mark.slow
def test_a_site_without_api_and_feed_is_walked_by_its_sitemap(crawl: Crawl) -> None:
    rules = Answer(b"User-agent: *\nDisallow: /wp-json/\n")
    with SmallSite({"/one": page("One"), "/robots.txt": rules}) as site:
        urlset = f"<urlset><url><loc>{site.root}one</loc></url></urlset>"
        site.routes["/sitemap_index.xml"] = Answer(
            urlset.encode(), headers={"Content-Type": "text/xml"}
        )
        site.routes["/feed/?paged=1"] = page("A page in place of a feed")
        result = crawl([_source(site)])
        assert not any("/wp-json/" in one.path for one in site.asked)
    states = {visit["url"].removeprefix(site.root): visit["state"] for visit in result["visits"]}
    assert states.pop("one") == "read"
    assert set(states.values()) == {"listed"}
