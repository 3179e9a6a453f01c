"""Web archives: WARC and ARC files, whose records are read along the same path as live pages.

A file on this computer is read in slices, each a listing with a lease of its own, so that a kill
loses nothing of a large one; its methods open the file themselves. A file on the web is read
whole, within `crawl.max_bytes`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Annotated, BinaryIO, ClassVar, Final, Literal, Self
from urllib.parse import parse_qs, urlsplit
from urllib.request import url2pathname

from pydantic import Field, model_validator

from catalogue.frontier import Found
from catalogue.listed_document import ListedFault
from crawler.address import clean, host_of
from crawler.archetypes.archetype import Archetype, Listed, ListedPage, Listing, ListingError
from crawler.archetypes.pattern import Expression, wanted
from crawler.page import HTML_TYPES
from crawler.warc import ArchivedPage, ArchiveFault, archived

SLICE_PAGES: Final = 50
"""Most pages that are read, and stored, at a time."""

SLICE_BYTES: Final = 8 * 1024 * 1024
"""Most bytes of pages that are read at a time."""

MAX_FAULTS: Final = 50
"""Most faults of one slice that are told one by one."""

_READ: Final = HTML_TYPES | {"application/pdf"}


class Archive(Archetype):
    """Reads the pages that web archives hold: files on this computer, or one on the web."""

    title: ClassVar[str] = "web archives (WARC, ARC), by their records"
    extractors: ClassVar[tuple[str, ...]] = ("json_ld", "product_page", "case_study", "news")

    archetype: Literal["archive"] = "archive"
    url: str = ""
    """Address of an archive on the web; may be left out where `files` are given. It may be as
    long as `crawl.max_bytes` allows: download a longer one, and name the file."""
    files: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    """Paths of archives on this computer, from the root or from `~`; they are read without any
    network."""
    match: tuple[Expression, ...] = ()
    """Regular expressions; the address of a record must match one of them to be read. None means
    all."""
    deny: tuple[Expression, ...] = ()
    """Regular expressions; a record whose address matches one is not read."""
    max_pages: int = Field(default=10_000, ge=1, le=1_000_000)
    """Most records that one run reads of each archive."""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if not self.files and not clean(self.url):
            raise ValueError("give url, an address that starts with http:// or https://, or files")
        for path in self.files:
            if not Path(path).expanduser().is_absolute():
                raise ValueError("files must be paths from the root or from ~")
        return self

    @property
    def page_budget(self) -> int:
        """Most records that one run reads."""
        return self.max_pages * (len(self.files) + bool(self.url))

    @property
    def hosts(self) -> frozenset[str]:
        """The host of the archive on the web; none for files."""
        return frozenset({host_of(self.url)}) if self.url else frozenset()

    def seeds(self) -> tuple[Found, ...]:
        """The beginning of each archive."""
        web = [Found(clean(self.url), 0, "list")] if self.url else []
        local = [Found(Path(path).expanduser().as_uri(), 0, "list") for path in self.files]
        return (*web, *local)

    def reads_itself(self, url: str) -> bool:
        """Whether an address is of a file that the source names."""
        return url.partition("?")[0] in {seed.url for seed in self.seeds() if _local(seed.url)}

    def optional(self, url: str) -> bool:
        """A file of this computer is not sent as a body."""
        return _local(url)

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """The next slice."""
        return self.listed(listing).found

    def listed(self, listing: Listing) -> Listed:
        """The pages of a slice of an archive, the faults in it, and the slice that follows."""
        if not self.reads_itself(listing.url):
            return self._slice(BytesIO(listing.body), listing.url, whole=True)
        path = Path(url2pathname(urlsplit(listing.url).path))
        try:
            with path.open("rb") as file:
                return self._slice(file, listing.url, whole=False)
        except OSError as error:
            raise ListingError(f"{path} cannot be read: {error.strerror}.") from error

    def _slice(self, file: BinaryIO, url: str, *, whole: bool) -> Listed:
        asked = parse_qs(urlsplit(url).query) if not whole else {}
        start, before = (int(asked.get(name, ["0"])[0]) for name in ("from", "read"))
        part = _Slice(url.partition("?")[0])
        for record in archived(file, start):
            if part.full and not whole:
                following = f"{part.archive}?from={record.offset}&read={before + len(part.pages)}"
                return part.listed((Found(following, 0, "list"),))
            if before + len(part.pages) >= self.max_pages:
                part.passed["beyond max_pages"] += 1
                break
            part.take(record, self._wants)
        return part.listed(())

    def _wants(self, url: str) -> bool:
        return wanted(url, self.match, self.deny)


@dataclass
class _Slice:
    """What was taken from an archive at a time."""

    archive: str
    pages: list[ListedPage] = field(default_factory=list)
    faults: list[ListedFault] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    """How many records were passed over, by why."""
    size: int = 0
    answers: dict[str, ArchivedPage] = field(default_factory=dict)
    """The answers met so far by digest: a later visit may say that it was given the same."""

    @property
    def full(self) -> bool:
        """Whether no more is taken."""
        return len(self.pages) >= SLICE_PAGES or self.size >= SLICE_BYTES

    def take(self, record: ArchivedPage | ArchiveFault, wants: Callable[[str], bool]) -> None:
        """Take a record, or say why not."""
        if isinstance(record, ArchiveFault):
            place = clean(record.url) or f"{self.archive}#{record.offset}"
            note = f"At {record.offset}: {record.note}"
            self.faults.append(ListedFault(place, "archive", note))
        elif why := self._passed_over(record, wants):
            self.passed[why] += 1
        else:
            answer = self._answer(record)
            self.size += len(answer.body)
            page = ListedPage(
                clean(record.url), answer.body, answer.content_type, record.fetched_at
            )
            self.pages.append(page)

    def _answer(self, record: ArchivedPage) -> ArchivedPage:
        if record.kind == "revisit":
            return self.answers[record.digest]
        if record.digest:
            self.answers[record.digest] = record
        return record

    def _passed_over(self, record: ArchivedPage, wants: Callable[[str], bool]) -> str:
        """Why a record is not read; "" when it is."""
        kind = record.content_type.partition(";")[0].strip().lower()
        reasons = (
            (not clean(record.url), "of no web page"),
            (record.status == 0, "without a head"),
            (record.status not in (0, 200), "answered otherwise than 200"),
            (kind not in _READ, "of a type that is not read"),
            (not wants(clean(record.url)), "not wanted"),
            (record.fetched_at is None, "without a date"),
            (
                record.kind == "revisit" and record.digest not in self.answers,
                "the same as a record that stands elsewhere",
            ),
            (record.kind != "revisit" and not record.body.strip(), "empty"),
        )
        return next((why for found, why in reasons if found), "")

    def listed(self, found: tuple[Found, ...]) -> Listed:
        """What the slice gives. Of several states of a page at one moment the last counts."""
        pages = {(page.url, page.fetched_at): page for page in self.pages}
        told = [f"{len(pages)} pages", *(f"{count} {why}" for why, count in self.passed.items())]
        told_one_by_one = self.faults[:MAX_FAULTS]
        if len(self.faults) > MAX_FAULTS:
            told.append(f"{len(self.faults) - MAX_FAULTS} more faults")
        return Listed(
            found=found,
            pages=tuple(pages.values()),
            faults=tuple({(fault.url, fault.note): fault for fault in told_one_by_one}.values()),
            note="; ".join(told) + ".",
        )


def _local(url: str) -> bool:
    return urlsplit(url).scheme == "file"
