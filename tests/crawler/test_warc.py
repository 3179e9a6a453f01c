from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime

import pytest
import zstandard

from crawler.warc import MAX_RECORD, ArchivedPage, ArchiveFault, archived
from tests.crawler.archives import DAY_2, Archive, html, pages

NAMES = [f"p{number}" for number in range(6)]
PLAIN = pages(NAMES, packed=False)
BY_RECORD = pages(NAMES)
PACKED = {
    "plain": PLAIN,
    "gzip by record": BY_RECORD,
    "gzip as a whole": gzip.compress(PLAIN),
    "zstd": zstandard.ZstdCompressor().compress(PLAIN),
    "zstd in frames": b"".join(
        zstandard.ZstdCompressor().compress(PLAIN[start : start + 700])
        for start in range(0, len(PLAIN), 700)
    ),
}


def read(body: bytes, start: int = 0) -> tuple[list[ArchivedPage], list[ArchiveFault]]:
    records = list(archived(io.BytesIO(body), start))
    found = [record for record in records if isinstance(record, ArchivedPage)]
    return found, [record for record in records if isinstance(record, ArchiveFault)]


@pytest.mark.parametrize("packing", PACKED)
def test_every_packing_gives_the_same_pages(packing: str) -> None:
    found, faults = read(PACKED[packing])
    assert [page.url.rpartition("/")[2] for page in found] == NAMES
    assert found[2].body == html("Page p2")
    assert found[0].fetched_at == datetime(2025, 3, 1, 9, tzinfo=UTC)
    assert [fault.note for fault in faults] == (
        ["The archive is gzipped as a whole and not record by record."]
        if packing == "gzip as a whole"
        else []
    )


@pytest.mark.parametrize("packing", PACKED)
def test_reading_goes_on_from_the_offset_of_any_record(packing: str) -> None:
    whole, _ = read(PACKED[packing])
    for number, page in enumerate(whole):
        rest, _ = read(PACKED[packing], page.offset)
        assert [one.url for one in rest] == [one.url for one in whole[number:]]


@pytest.mark.parametrize("packing", ["plain", "gzip by record"])
def test_a_broken_record_costs_itself_only(packing: str) -> None:
    body = bytearray(PACKED[packing])
    whole, _ = read(bytes(body))
    body[whole[2].offset + 40 : whole[2].offset + 200] = b"\0" * 160
    found, faults = read(bytes(body))
    names = [page.url.rpartition("/")[2] for page in found]
    assert {"p0", "p1", "p3", "p4", "p5"} <= set(names)
    assert faults
    assert all(fault.note.endswith(".") and "\n" not in fault.note for fault in faults)


@pytest.mark.parametrize("packing", PACKED)
def test_a_file_that_was_cut_off_gives_what_comes_before(packing: str) -> None:
    body = PACKED[packing]
    whole, _ = read(body)
    for length in range(20, len(body), 97):
        found, _ = read(body[:length])
        assert [page.url for page in found] == [page.url for page in whole[: len(found)]]
    _, faults = read(body[:-60])
    assert [fault for fault in faults if "as a whole" not in fault.note]


def test_a_body_that_is_not_what_its_digest_says_is_a_fault() -> None:
    body = PLAIN.replace(b"Page p3 plans", b"Page p3 plons")
    found, faults = read(body)
    assert len(found) == 5
    assert [(fault.url, fault.note) for fault in faults] == [
        ("https://www.rota.example/p3", "The record is not what its digest says.")
    ]


def test_a_record_that_is_too_long_is_a_fault_and_the_next_is_read() -> None:
    archive = Archive().add("https://www.rota.example/long", b"x" * (MAX_RECORD + 1))
    archive.add("https://www.rota.example/next", html("Next"))
    found, faults = read(archive.body)
    assert [page.url for page in found] == ["https://www.rota.example/next"]
    assert "longer than" in faults[0].note


def test_a_visit_that_was_given_the_same_says_so() -> None:
    archive = Archive().add("https://www.rota.example/a", html("A"))
    archive.again("https://www.rota.example/a", of="https://www.rota.example/a")
    first, second = read(archive.body)[0]
    assert (second.kind, second.digest, second.body) == ("revisit", first.digest, b"")
    assert second.fetched_at == datetime.fromisoformat(DAY_2)


@pytest.mark.parametrize(
    "body", [b"", b"no archive at all\n" * 40, b"\x1f\x8b\x08junk", b"\0" * 999]
)
def test_what_is_no_archive_gives_no_page(body: bytes) -> None:
    assert read(body)[0] == []


def test_a_dictionary_of_zstd_is_not_read_and_said_so() -> None:
    found, faults = read(b"\x5d\x2a\x4d\x18\4\0\0\0abcd" + PACKED["zstd"])
    assert found == []
    assert "dictionary" in faults[0].note
