"""Whether a packed body is whole. Scrapy unpacks what is there of one that was cut off."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import brotli
import zstandard

_STEP: Final = 256 * 1024
"""How much is unpacked at a time, in bytes; none of it is kept."""

_ZSTD_STEP: Final = 64
"""How much is given to zstd at a time, in bytes: every four of them may hold 128 KiB."""


def unknown(encodings: str) -> str:
    """The first of the encodings in a Content-Encoding header that nobody here unpacks; "" when
    there is none.
    """
    named = (name.strip().lower() for name in encodings.split(","))
    return next((name for name in named if name not in {"", "identity", *_ENDS}), "")


def whole(body: bytes, encodings: str, most: int) -> bool:
    """Whether a body ends where its packing ends: that of the last encoding in a Content-Encoding
    header (`gzip`, `deflate`, `br`, `zstd`). True for other encodings, for what is not packed so
    at all, and beyond `most` unpacked bytes: others refuse that.
    """
    ends = _ENDS.get(encodings.rpartition(",")[2].strip().lower())
    return not body or ends is None or ends(body, most)


def _zlib(window: int) -> Callable[[bytes, int], bool]:
    def ends(body: bytes, most: int) -> bool:
        left = body
        unpacker = zlib.decompressobj(window)
        unpacked = 0
        try:
            while not unpacker.eof and unpacked <= most:
                part = unpacker.decompress(left, _STEP)
                unpacked += len(part)
                left = unpacker.unconsumed_tail
                if not (part or left):
                    return False
        except zlib.error:
            return True
        return True

    return ends


def _deflate(body: bytes, most: int) -> bool:
    """With zlib's frame, as the standard says, or without it, as some servers send."""
    framed = body[0] & 0x0F == zlib.DEFLATED and (body[0] << 8 | body[1 % len(body)]) % 31 == 0
    return _zlib(zlib.MAX_WBITS if framed else -zlib.MAX_WBITS)(body, most)


def _brotli(body: bytes, most: int) -> bool:
    unpacker = brotli.Decompressor()
    unpacked = 0
    part = body
    try:
        while not unpacker.is_finished() and unpacked <= most:
            found = unpacker.process(part, output_buffer_limit=_STEP)
            unpacked += len(found)
            part = b""
            if not found and unpacker.can_accept_more_data():
                return bool(unpacker.is_finished())
    except brotli.error:
        return True
    return True


def _zstd(body: bytes, most: int) -> bool:
    unpacker = zstandard.ZstdDecompressor().decompressobj()
    unpacked = 0
    try:
        for start in range(0, len(body), _ZSTD_STEP):
            unpacked += len(unpacker.decompress(body[start : start + _ZSTD_STEP]))
            if unpacker.eof or unpacked > most:
                return True
    except zstandard.ZstdError:
        return True
    return False


_ENDS: Final[Mapping[str, Callable[[bytes, int], bool]]] = MappingProxyType(
    {
        "gzip": _zlib(16 + zlib.MAX_WBITS),
        "x-gzip": _zlib(16 + zlib.MAX_WBITS),
        "deflate": _deflate,
        "br": _brotli,
        "zstd": _zstd,
    }
)
