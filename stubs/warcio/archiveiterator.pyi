from collections.abc import Iterator
from typing import BinaryIO

from warcio.recordloader import ArcWarcRecord

class ArchiveIterator:
    offset: int
    err_count: int
    def __init__(
        self, fileobj: BinaryIO, *, arc2warc: bool = ..., check_digests: bool = ...
    ) -> None: ...
    def __iter__(self) -> Iterator[ArcWarcRecord]: ...
