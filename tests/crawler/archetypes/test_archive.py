from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from crawler.archetypes import Listed, Listing, ListingError
from crawler.archetypes.archive import SLICE_PAGES, Archive
from tests.crawler import archives
from tests.crawler.archives import DAY_1, DAY_2, html, pages
from tests.crawler.conftest import Crawl
from tests.crawler.small_site import Answer, SmallSite

ROOT = "https://www.rota.example/"


def slices(path: Path, **options: object) -> list[Listed]:
    """All slices of an archive on this computer."""
    walked = Archive.model_validate({"files": [str(path)], **options})
    todo = [seed.url for seed in walked.seeds()]
    given: list[Listed] = []
    while todo:
        given.append(walked.listed(Listing(todo.pop(), b"", "")))
        todo += [found.url for found in given[-1].found]
    return given


def kept(tmp_path: Path, body: bytes) -> Path:
    path = tmp_path / "site.warc.gz"
    path.write_bytes(body)
    return path


def test_a_long_archive_is_read_in_slices(tmp_path: Path) -> None:
    names = [f"p{number}" for number in range(SLICE_PAGES * 2 + 7)]
    given = slices(kept(tmp_path, pages(names)))
    assert [len(one.pages) for one in given] == [SLICE_PAGES, SLICE_PAGES, 7]
    assert [page.url for one in given for page in one.pages] == [f"{ROOT}{name}" for name in names]


def test_no_more_records_than_wanted_are_read(tmp_path: Path) -> None:
    path = kept(tmp_path, pages(f"p{number}" for number in range(SLICE_PAGES + 20)))
    given = slices(path, max_pages=SLICE_PAGES + 5)
    assert sum(len(one.pages) for one in given) == SLICE_PAGES + 5


def test_each_state_of_a_page_keeps_its_day(tmp_path: Path) -> None:
    archive = archives.Archive().add(f"{ROOT}a", html("A"))
    archive.add(f"{ROOT}a", html("A, changed"), at=DAY_2).add(f"{ROOT}a", html("A"), at=DAY_1)
    (given,) = slices(kept(tmp_path, archive.body))
    days = [page.fetched_at for page in given.pages]
    assert days == [datetime(2025, 3, 1, 9, tzinfo=UTC), datetime(2025, 4, 1, 9, tzinfo=UTC)]


def test_a_revisit_is_the_page_that_it_refers_to_on_its_own_day(tmp_path: Path) -> None:
    archive = archives.Archive().add(f"{ROOT}a", html("A")).again(f"{ROOT}a", of=f"{ROOT}a")
    archive.again(f"{ROOT}b", of=f"{ROOT}nowhere")
    (given,) = slices(kept(tmp_path, archive.body))
    assert [page.body for page in given.pages] == [html("A"), html("A")]
    assert given.pages[1].fetched_at == datetime(2025, 4, 1, 9, tzinfo=UTC)
    assert "1 the same as a record that stands elsewhere" in given.note


def test_what_is_passed_over_is_counted(tmp_path: Path) -> None:
    archive = archives.Archive().add(f"{ROOT}a", html("A"))
    archive.add(f"{ROOT}b", b"gone", status="404 Not Found")
    archive.add(f"{ROOT}c.png", b"x", content_type="image/png")
    archive.add("dns:www.rota.example", b"x", kind="resource")
    archive.add(f"{ROOT}draft", html("Draft"))
    (given,) = slices(kept(tmp_path, archive.body), deny=["draft"])
    assert [page.url for page in given.pages] == [f"{ROOT}a"]
    for part in ("1 pages", "1 answered otherwise", "1 of a type", "1 of no web page", "1 not wa"):
        assert part in given.note


def test_options_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(ValidationError, match="give url"):
        Archive.model_validate({})
    with pytest.raises(ValidationError, match="from the root"):
        Archive.model_validate({"files": ["archive.warc"]})


def test_no_file_but_those_named_is_opened(tmp_path: Path) -> None:
    walked = Archive.model_validate({"files": [str(tmp_path / "a.warc")]})
    assert walked.hosts == frozenset()
    assert walked.reads_itself(f"{(tmp_path / 'a.warc').as_uri()}?from=20&read=1")
    assert not walked.reads_itself("file:///etc/passwd")
    with pytest.raises(ListingError, match="cannot be read"):
        walked.listed(Listing((tmp_path / "a.warc").as_uri(), b"", ""))


def _source(**walk: object) -> dict[str, object]:
    return {
        "name": "kept",
        "publisher": {"name": "Rota Ltd", "url": ROOT},
        "walk": {"archetype": "archive", **walk},
    }


@pytest.mark.slow
def test_records_are_read_along_the_same_path_as_pages(crawl: Crawl, tmp_path: Path) -> None:
    broken = pages(["one", "two", "three"], packed=False).replace(
        b"Page two plans", b"Page two plons"
    )
    path = kept(tmp_path, broken)
    with SmallSite(
        {"/web.warc.gz": Answer(pages(["four"]), headers={"Content-Type": "x/y"})}
    ) as site:
        walk = {"files": [str(path), str(tmp_path / "none.warc")], "url": f"{site.root}web.warc.gz"}
        result = crawl([_source(**walk)], reader="own")
    visits = {visit["url"].rpartition("/")[2]: visit for visit in result["visits"]}
    local, remote = visits["site.warc.gz"], visits["web.warc.gz"]
    assert local["documents"] == [[f"{ROOT}one", "Page one"], [f"{ROOT}three", "Page three"]]
    ((url, kind, note),) = local["inner_faults"]
    assert (url, kind) == (f"{ROOT}two", "archive")
    assert note.endswith("The record is not what its digest says.")
    assert remote["documents"] == [[f"{ROOT}four", "Page four"]]
    assert visits["none.warc"]["state"] == "fault"
    assert "No such file" in visits["none.warc"]["note"]
