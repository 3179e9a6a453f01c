"""PDF documents on a crawled site: found, read within their budget, refused where not wanted."""

from __future__ import annotations

import pytest

from tests.crawler.conftest import Crawl, source
from tests.crawler.pdfs import REPORT
from tests.crawler.small_site import Answer, SmallSite, page

PDF = Answer(REPORT, headers={"Content-Type": "application/pdf"})


@pytest.mark.slow
def test_pdfs_are_visited_up_to_their_own_budget(crawl: Crawl) -> None:
    names = ["files/a.pdf", "files/b.pdf", "files/c.pdf"]
    with SmallSite({"/": page("Start", "two", *names), "/two": page("Two", *names)}) as site:
        site.routes |= {f"/{name}": PDF for name in names}
        result = crawl([source(site, sitemap=False, pdf=True, max_pdf=2)], reader="own")
    visits = {visit["url"].removeprefix(site.root): visit for visit in result["visits"]}
    assert {name: visit["state"] for name, visit in visits.items()} == {
        "": "read",
        "two": "read",
        "files/a.pdf": "read",
        "files/b.pdf": "read",
    }
    assert visits["files/a.pdf"]["title"] == "Rota planning at Westmarch: a case study"
    assert visits["files/a.pdf"]["raw_sha"]


@pytest.mark.slow
def test_without_the_option_a_pdf_is_refused_whatever_its_address(crawl: Crawl) -> None:
    with SmallSite({"/": page("Start", "download?id=3", "files/a.pdf")}) as site:
        site.routes |= {"/download?id=3": PDF, "/files/a.pdf": PDF}
        result = crawl([source(site, sitemap=False)])
        assert not site.times("/files/a.pdf")
    faults = {visit["url"]: visit["fault"] for visit in result["visits"]}
    assert faults == {site.root: "", f"{site.root}download?id=3": "content_type"}
