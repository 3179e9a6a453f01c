from collections.abc import Mapping
from typing import IO, Any

class FeedParserDict(dict[str, Any]):
    entries: list[FeedParserDict]
    version: str
    bozo: bool
    href: str

def parse(
    url_file_stream_or_string: IO[bytes],
    *,
    response_headers: Mapping[str, str] | None = ...,
    resolve_relative_uris: bool | None = ...,
    sanitize_html: bool | None = ...,
) -> FeedParserDict: ...
