"""Procurement notices in OCDS: Find a Tender, Contracts Finder, and the services of Scotland and
Wales.

A service is asked for the past in windows of time. A window that is over is asked for once; what
was not answered is asked for again by the next run, which goes on where the last one ended. The
packages that come hold the notices themselves: nothing more is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar, Literal, Self
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from pydantic import Field, model_validator

from catalogue.drafts import MAX_QUOTE, LeadDraft, NoticeDraft, Quote, Reading
from catalogue.errors import nearest
from catalogue.frontier import Found
from catalogue.listed_document import ListedDocument
from catalogue.text import name_key, one_line, sentences
from crawler.address import clean, host_of
from crawler.archetypes.archetype import (
    MAX_FOUND,
    Archetype,
    Listed,
    Listing,
    ListingError,
    WebAddress,
    each_once,
)
from crawler.archetypes.pattern import Expression
from crawler.extractors.leads import candidates
from crawler.ocds.notice import NoticeError, ReadNotice, notice
from crawler.ocds.package import Package, PackageError, Release, read_package
from crawler.ocds.service import SERVICES, Dialect, Service
from crawler.ocds.windows import LAG, month_over, months, windows

MAX_PAGES = 200
"""Most pages of one window: 20,000 notices."""


class Ocds(Archetype):
    """Reads the notices that a procurement service publishes, window by window."""

    title: ClassVar[str] = "procurement notices in OCDS, by windows of time"
    extractors: ClassVar[tuple[str, ...]] = ()

    archetype: Literal["ocds"] = "ocds"
    dialect: Dialect = "generic"
    """Whose API it is: `fts` (Find a Tender), `contracts_finder`, `scotland`, `wales`; `generic`
    is one address of a package, whose further pages are named in `links.next`."""
    url: WebAddress
    """Root of the service; may be left out except for `generic`."""
    since: int = Field(default=30, ge=1, le=4_000)
    """How many days the first run goes back; later runs go on where the last one ended."""
    stages: tuple[str, ...] = ()
    """Stages to ask for, such as `tender`; none means all. Only where the service knows them."""
    notice_types: tuple[int, ...] = ()
    """Numbers of the notice types to ask for in Scotland and Wales; none means the usual ones."""
    about: tuple[Expression, ...] = ()
    """Regular expressions, capitals aside: a notice is kept when one of them is found in its
    title, description, lots or classifications. None means that all are kept."""

    @model_validator(mode="before")
    @classmethod
    def _of_its_service(cls, options: Any) -> Any:  # noqa: ANN401 (what the file holds)
        """Fill in what goes without saying for a known service."""
        service = (
            SERVICES.get(options.get("dialect", "generic")) if isinstance(options, dict) else None
        )
        if service is None:
            return options
        known = {"url": service.root} if service.root else {}
        return {**known, "delay": service.delay, **options}

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        for stage in self.stages:
            if stage not in self.service.stages:
                told = nearest(stage, self.service.stages) if self.service.stages else ""
                raise ValueError(f"{self.dialect} cannot be asked for the stage '{stage}'. {told}")
        if self.notice_types and not self.service.month:
            raise ValueError(f"notice_types has no effect with the dialect {self.dialect}")
        if self.dialect != "generic" and urlsplit(self.url).path.strip("/"):
            raise ValueError("url is the root of the service, without a path")
        return self

    @property
    def service(self) -> Service:
        """How its service wants to be asked."""
        return SERVICES[self.dialect]

    @property
    def page_budget(self) -> int:
        """Most notices that one run keeps; no page is fetched for them."""
        return MAX_FOUND

    @property
    def busy(self) -> Mapping[int, float]:
        """The statuses by which the service says that it was asked too often."""
        return self.service.busy

    def seeds(self) -> tuple[Found, ...]:
        """The one address of a service that knows no windows."""
        service = self.service
        return () if service.between or service.month else (Found(clean(self.url), 0, "list"),)

    def seeds_at(self, now: datetime, reached: datetime | None) -> tuple[Found, ...]:
        """The windows since the last run, or since the first day that is wanted."""
        since = reached or now - timedelta(days=self.since)
        service = self.service
        asked: list[list[tuple[str, str]]] = []
        if service.between:
            first, last = service.between
            stages = [("stages", ",".join(self.stages))] if self.stages else []
            for start, end in windows(since, now, service.step, service.unit):
                ends = [(first, self._time(start)), (last, self._time(end))]
                asked.append([*ends, *service.parameters, *stages])
        elif service.month:
            kinds = self.notice_types or service.notice_types
            for year, month in months(since, now):
                asked += [
                    [
                        (service.month, f"{month:02d}-{year}"),
                        ("noticeType", str(kind)),
                        *service.parameters,
                    ]
                    for kind in kinds
                ]
        return each_once(Found(self._address(one), 0, "list") for one in asked)

    def final(self, url: str, at: datetime) -> bool:
        """Whether the window of an address was over when it was asked for."""
        asked = dict(parse_qsl(urlsplit(url).query))
        with suppress(ValueError):
            if self.service.between:
                end = datetime.fromisoformat(asked.get(self.service.between[1], ""))
                return end.replace(tzinfo=UTC) + LAG <= at
            if self.service.month:
                month, _, year = asked.get(self.service.month, "").partition("-")
                return month_over(int(year), int(month), at)
        return False

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """The next page of a window."""
        return self.listed(listing).found

    def listed(self, listing: Listing) -> Listed:
        """The notices of a package, each a document, and the next page of its window."""
        try:
            package = read_package(listing.body, lost_breaks=self.service.lost_breaks)
        except PackageError as error:
            raise ListingError(error.message) from error
        kept: dict[str, ListedDocument] = {}
        refused: list[str] = []
        for release in package.releases:
            try:
                read = self._notice(release, package)
            except NoticeError as error:
                refused.append(error.message)
                continue
            if self._wanted(read):
                document = self._document(read)
                kept[document.url] = document
        count = len(package.releases)
        note = f"{count} releases, {len(kept)} kept, {len(refused)} refused."
        return Listed(
            found=tuple(self._next(package, listing)),
            documents=tuple(kept.values()),
            note=note,
            notes=(*package.notes, *dict.fromkeys(refused)),
        )

    def _notice(self, release: Release, package: Package) -> ReadNotice:
        page = self.service.page(clean(self.url).rstrip("/"), release.body)
        return notice(release.body, release.place, page, package.published)

    def _wanted(self, read: ReadNotice) -> bool:
        return not self.about or any(
            re.search(pattern, read.subject, re.IGNORECASE) for pattern in self.about
        )

    def _document(self, read: ReadNotice) -> ListedDocument:
        """A notice as a document of its own.

        Its address is the page that people can open, and after `#` what makes the notice this
        one: process, buyer and release. Several buyers may share a process, several notices a
        page; and no page that is ever fetched has a fragment in its address.
        """
        draft = read.draft
        identity = "/".join(
            quote(part, safe="@:.") for part in (draft.ocid, _buyer_key(draft), draft.release_id)
        )
        told = f"{draft.model_dump_json(exclude={'extractor', 'quote'})}\n{read.text}"
        return ListedDocument(
            url=f"{draft.url or clean(self.url)}#{identity}",
            reading=Reading(
                title=draft.title,
                text=read.text,
                text_sha=sha256(told.encode()).hexdigest(),
                kind="notice",
                published_on=draft.published_at.date() if draft.published_at else None,
                language=read.language,
                drafts=(draft, *_leads(draft)),
                notes=read.notes,
            ),
        )

    def _next(self, package: Package, listing: Listing) -> Iterator[Found]:
        """The next page: the listing's own window, and the cursor that the service gives."""
        further = clean(package.next, listing.url) if package.next else ""
        cursor = dict(parse_qsl(urlsplit(further).query)).get("cursor", "")
        if cursor:
            asked = [pair for pair in parse_qsl(urlsplit(listing.url).query) if pair[0] != "cursor"]
            parts = urlsplit(listing.url)
            further = parts._replace(query=_query([*asked, ("cursor", cursor)])).geturl()
        elsewhere = host_of(further) != host_of(listing.url)
        if further and not elsewhere and further != listing.url and listing.depth < MAX_PAGES:
            yield Found(further, listing.depth + 1, "list")

    def _time(self, moment: datetime) -> str:
        return f"{moment:%Y-%m-%dT%H:%M:%S}{self.service.zone}"

    def _address(self, asked: list[tuple[str, str]]) -> str:
        return clean(f"{clean(self.url).rstrip('/')}{self.service.path}?{_query(asked)}")


def _leads(draft: NoticeDraft) -> Iterator[LeadDraft]:
    """Likely names of tools in what a notice says of what is bought."""
    seller = draft.suppliers[0].name if len(draft.suppliers) == 1 else ""
    seen: set[str] = set()
    for _, _, words in sentences(f"{draft.title}\n{draft.description}"):
        for found in candidates(words, draft.title):
            if name_key(found.name) not in seen:
                seen.add(name_key(found.name))
                yield LeadDraft(
                    extractor=draft.extractor,
                    name=found.name,
                    supplier=found.supplier or seller,
                    quote=Quote(text=one_line(words, MAX_QUOTE), place=draft.quote.place),
                )


def _query(asked: list[tuple[str, str]]) -> str:
    return urlencode(asked, safe=":,=")


def _buyer_key(draft: NoticeDraft) -> str:
    """What the buyer is known by: its first number, else its name."""
    if draft.buyer is None:
        return "-"
    numbers = [":".join(one) for one in draft.buyer.identifiers]
    return numbers[0] if numbers else name_key(draft.buyer.name)[:60]
