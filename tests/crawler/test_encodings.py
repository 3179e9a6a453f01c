from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
import zstandard

from crawler.encodings import unknown, whole

WORDS = b"<html>" + b"Rotas are planned for every ward of the hospital. " * 3000
MOST = 1024 * 1024


def _bare_deflate() -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(WORDS) + packer.flush()


def _streamed_zstd() -> bytes:
    packer = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    return packer.compress(WORDS) + packer.flush()


PACKED = {
    "gzip": gzip.compress(WORDS),
    "x-gzip": gzip.compress(WORDS),
    "gzip, gzip": gzip.compress(gzip.compress(WORDS)),
    "deflate": zlib.compress(WORDS),
    "Deflate": _bare_deflate(),
    "br": brotli.compress(WORDS),
    "zstd": zstandard.ZstdCompressor().compress(WORDS),
    "ZSTD": _streamed_zstd(),
}


@pytest.mark.parametrize("encodings", PACKED)
def test_a_packed_body_is_whole_to_its_last_byte_only(encodings: str) -> None:
    body = PACKED[encodings]
    assert whole(body, encodings, MOST)
    assert not any(whole(body[:length], encodings, MOST) for length in range(1, len(body)))


@pytest.mark.parametrize("encodings", [*PACKED, "", "identity", "rot13"])
def test_what_is_not_packed_so_is_judged_by_others(encodings: str) -> None:
    assert whole(WORDS, encodings, MOST)
    assert whole(b"", encodings, MOST)


@pytest.mark.parametrize("encodings", PACKED)
def test_no_more_is_unpacked_than_may_be(encodings: str) -> None:
    assert whole(PACKED[encodings], encodings, 10)


def test_unknown_ways_of_packing_are_named() -> None:
    assert unknown("gzip, Rot13") == "rot13"
    assert [unknown(known) for known in ("", "identity", "BR", "gzip,gzip")] == [""] * 4
