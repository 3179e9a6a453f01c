"""Web archives: the records of WARC and ARC files, plain, gzipped or packed with zstd.

warcio reads records; what it cannot read becomes a fault with its place, and reading goes on at
the next record that can be found. https://iipc.github.io/warc-specifications/ describes the format.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Final, cast

import zstandard
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataException
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeadersParserException

MAX_RECORD: Final = 10 * 1024 * 1024
"""Longest body of a record that is read, in bytes, unpacked."""

_GZIP: Final = b"\x1f\x8b\x08"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_ZSTD_DICTIONARY: Final = b"\x5d\x2a\x4d\x18"
_RECORD: Final = re.compile(rb"\nWARC/[01]\.|\n(?:https?|filedesc)://[^\s]{1,2000} [\d.]+ \d{14} ")
_BLOCK: Final = 1024 * 1024
_OVERLAP: Final = 4096
_PACKED: Final = 4096
"""How much is given to zstd at a time, in bytes."""
_BROKEN: Final = (
    ArchiveLoadFailed,
    ChunkedDataException,
    StatusAndHeadersParserException,
    zlib.error,
    zstandard.ZstdError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
)
"""What warcio raises for what a file holds: the last ones where a header is missing."""


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """One record that holds what an address was answered with."""

    kind: str
    """`response`, `resource` or `revisit` (the answer was that of an earlier record)."""
    url: str
    status: int
    """HTTP status; 200 for a resource, 0 where there is no HTTP head."""
    content_type: str
    fetched_at: datetime | None
    body: bytes
    digest: str
    """The digest of the payload, as the record states it; "" where it states none."""
    offset: int
    """Where the record stands in the file."""


@dataclass(frozen=True, slots=True)
class ArchiveFault:
    """Something in an archive that cannot be read."""

    offset: int
    note: str
    url: str = ""
    """Address of the record, where it is known."""


def archived(file: BinaryIO, start: int = 0) -> Iterator[ArchivedPage | ArchiveFault]:
    """The records of answers from an offset on, in the order of the file; other records are
    passed over.

    An offset is that of a record in the file or, of a file that is packed as a whole, in what it
    unpacks to. Nothing is raised for what the file holds.
    """
    stream, by_record = _unpacked(file)
    if stream is None:
        yield ArchiveFault(0, "The archive is packed with a dictionary of zstd, which is not read.")
        return
    if not by_record and start == 0 and _magic(file) == _GZIP:
        yield ArchiveFault(0, "The archive is gzipped as a whole and not record by record.")
    position: int | None = start
    while position is not None:
        broken_at = yield from _in_a_row(stream, position)
        if broken_at is None:
            return
        position = _next_record(stream, max(broken_at, position) + 1, packed=by_record)


def _in_a_row(
    stream: BinaryIO, start: int
) -> Generator[ArchivedPage | ArchiveFault, None, int | None]:
    """The records from an offset on, as far as they can be read one after the other; returns the
    offset of the one that cannot, None when there is none.
    """
    position, odd = start, 0
    try:
        stream.seek(start)
        records = ArchiveIterator(stream, arc2warc=True, check_digests=True)
        for record in records:
            if records.err_count > odd:
                odd = records.err_count
                yield ArchiveFault(position, "A record is not as long as it says.")
            position = records.offset
            yield from _of(record, position)
    except _BROKEN as error:
        yield ArchiveFault(position, f"A record cannot be read: {_line(error)}.")
        return position
    if records.err_count > odd:
        yield ArchiveFault(position, "A record is not as long as it says.")
    return None


def _of(record: ArcWarcRecord, offset: int) -> Iterator[ArchivedPage | ArchiveFault]:
    """The page that a record holds, or why it cannot be had."""
    if record.rec_type not in {"response", "resource", "revisit"}:
        return
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    body = record.content_stream().read(MAX_RECORD + 1)
    if len(body) > MAX_RECORD:
        yield ArchiveFault(offset, f"The record is longer than {MAX_RECORD} bytes.", url)
        return
    if getattr(record.raw_stream, "limit", 0) > 0:
        yield ArchiveFault(offset, "The record breaks off before its end.", url)
        return
    if record.digest_checker.passed is False:
        yield ArchiveFault(offset, "The record is not what its digest says.", url)
        return
    head = record.http_headers
    said = head.get_header("Content-Type") if head is not None else record.content_type
    code = head.get_statuscode() if head is not None else "200"
    yield ArchivedPage(
        kind=record.rec_type,
        url=url,
        status=int(code) if code and code.isdecimal() else 0,
        content_type=said or "",
        fetched_at=_time(record.rec_headers.get_header("WARC-Date") or ""),
        body=body,
        digest=record.rec_headers.get_header("WARC-Payload-Digest") or "",
        offset=offset,
    )


def _unpacked(file: BinaryIO) -> tuple[BinaryIO | None, bool]:
    """The archive as warcio can read it, and whether it is packed record by record; None where
    it cannot be unpacked.
    """
    magic = _magic(file)
    if magic == _ZSTD_DICTIONARY[:3]:
        return None, False
    if magic == _ZSTD[:3]:
        return cast("BinaryIO", _Zstd(file)), False
    if magic != _GZIP:
        return file, False
    try:
        records = iter(ArchiveIterator(file, arc2warc=True))
        next(records, None)
        next(records, None)
    except ArchiveLoadFailed as error:
        if "non-chunked" in str(error):
            file.seek(0)
            return cast("BinaryIO", _Gzip(fileobj=file)), False
    except _BROKEN:
        pass
    return file, True


class _Gzip(gzip.GzipFile):
    """What a gzipped file unpacks to; warcio takes EOFError for the end of the records."""

    def read(self, size: int | None = -1) -> bytes:
        """Up to `size` unpacked bytes; raises OSError where the file breaks off."""
        try:
            return super().read(size)
        except EOFError as error:
            raise OSError("the file breaks off") from error


class _Zstd(io.RawIOBase):
    """What a file packed with zstd unpacks to; going back unpacks it from its start."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._ahead = b""
        self._position = 0
        file.seek(0)

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` unpacked bytes; raises OSError where the file breaks off."""
        while size < 0 or len(self._ahead) < size:
            packed = self._frame.unused_data or self._file.read(_PACKED)
            if not packed:
                break
            if self._frame.eof:
                self._frame = zstandard.ZstdDecompressor().decompressobj()
            self._ahead += self._frame.decompress(packed)
        if not self._ahead and size and not self._frame.eof:
            raise OSError("the file breaks off")
        given = self._ahead if size < 0 else self._ahead[:size]
        self._ahead = self._ahead[len(given) :]
        self._position += len(given)
        return given

    def tell(self) -> int:
        """How many bytes were given."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to an offset from the start."""
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation("only from the start")
        if offset == 0 or offset < self._position:
            self._file.seek(0)
            self._frame = zstandard.ZstdDecompressor().decompressobj()
            self._ahead, self._position = b"", 0
        while (left := offset - self._position) > 0 and self.read(min(left, _BLOCK)):
            pass
        return self._position


def _magic(file: BinaryIO) -> bytes:
    file.seek(0)
    start = file.read(3)
    file.seek(0)
    return start


def _next_record(stream: BinaryIO, after: int, *, packed: bool) -> int | None:
    """Where the next record starts; None where there is none."""
    position = after
    try:
        while True:
            stream.seek(position)
            block = stream.read(_BLOCK)
            if packed:
                found = block.find(_GZIP)
                if found >= 0:
                    return position + found
            elif match := _RECORD.search(block):
                return position + match.start() + 1
            if len(block) < _BLOCK:
                return None
            position += len(block) - _OVERLAP
    except _BROKEN:
        return None


def _time(text: str) -> datetime | None:
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return None
    return said.replace(tzinfo=said.tzinfo or UTC)


def _line(error: BaseException) -> str:
    """What an error says, on one line without the advice that follows."""
    words = " ".join(str(error).split()).partition(" This file")[0]
    return words.removeprefix("ERROR: ").rstrip(".,")[:160] or type(error).__name__
