from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders

class DigestChecker:
    passed: bool | None

class ArcWarcRecord:
    rec_type: str
    rec_headers: StatusAndHeaders
    http_headers: StatusAndHeaders | None
    raw_stream: BinaryIO
    content_type: str | None
    digest_checker: DigestChecker
    def content_stream(self) -> BinaryIO: ...
