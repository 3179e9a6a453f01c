"""A table on this computer takes the way of every other page, without the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.crawler.conftest import Crawl, source
from tests.crawler.small_site import Answer, SmallSite


def table(file: Path) -> dict[str, Any]:
    return {
        "name": "mine",
        "publisher": {"name": "Ourselves", "kind": "buyer"},
        "walk": {"archetype": "table", "file": str(file), "columns": {"name": "Product"}},
    }


def test_a_file_that_a_source_names_is_kept_read_and_stored(tmp_path: Path, crawl: Crawl) -> None:
    file = tmp_path / "tools.csv"
    file.write_text("Product\nRotaFlow\n")

    result = crawl([table(file)])

    (visit,) = result["visits"]
    assert (visit["url"], visit["state"], visit["size"]) == (file.as_uri(), "read", 17)
    assert visit["raw_sha"]


def test_a_file_that_is_not_there_is_refused_with_a_clear_line(
    tmp_path: Path, crawl: Crawl
) -> None:
    result = crawl([table(tmp_path / "gone.csv")])

    (visit,) = result["visits"]
    assert (visit["state"], visit["fault"]) == ("refused", "file")
    assert "gone.csv cannot be read: No such file" in visit["note"]


def test_no_page_leads_to_a_file(tmp_path: Path, crawl: Crawl) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("Product\nSecret\n")
    to_file = {"Location": secret.as_uri()}
    with SmallSite({"/": Answer(status=302, headers=to_file)}) as site:
        result = crawl([source(site, sitemap=False), table(tmp_path / "other.csv")])

    assert all(visit["state"] != "read" for visit in result["visits"])
