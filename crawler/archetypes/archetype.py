"""What every archetype answers: where to start, and where a listing leads.

An archetype is a kind of platform and knows how to walk it. Its fields are the options that a
source file gives under `walk:`; its methods are pure: addresses and bytes in, addresses out.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from catalogue.errors import HorizonError
from catalogue.frontier import Found
from catalogue.listed_document import ListedDocument, ListedFault
from crawler.address import clean, host_of

MAX_FOUND = 50_000
"""Most addresses taken from one listing: the most that a sitemap may hold."""


class ListingError(HorizonError):
    """A sitemap, feed or API page cannot be understood."""


def _web_address(url: str) -> str:
    if not clean(url):
        raise ValueError("must be an address that starts with http:// or https://")
    return url


WebAddress = Annotated[str, AfterValidator(_web_address)]
"""An absolute http or https address."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The answer to an address of kind `list`."""

    url: str
    """Address it came from, after redirects."""
    body: bytes
    content_type: str
    missing: bool = False
    """Whether nothing is there (404, 410) and that is in order: see `Archetype.optional`."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """The headers of the answer by their names in lower case."""
    depth: int = 0
    """How many listings stand between it and the seeds."""


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page that stands whole in a listing, to be read as if it had been fetched."""

    url: str
    body: bytes
    content_type: str
    fetched_at: datetime | None = None
    """When it was fetched, where an archive holds it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a listing gave."""

    found: tuple[Found, ...]
    """The addresses that it leads to."""
    documents: tuple[ListedDocument, ...] = ()
    """The documents that stand whole in it, read already."""
    pages: tuple[ListedPage, ...] = ()
    """The pages that stand whole in it, to be read."""
    faults: tuple[ListedFault, ...] = ()
    """What in it could not be read."""
    note: str = ""
    """One line for a person: how much it held."""
    notes: tuple[str, ...] = ()
    """Surprises that a person should see."""


class Archetype(BaseModel, ABC):
    """How to walk a kind of platform."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: ClassVar[str]
    """What it walks, in a few words."""
    extractors: ClassVar[tuple[str, ...]]
    """What reads its pages where the source does not say."""
    told: ClassVar[frozenset[str]] = frozenset()
    """Names of the options that are for the extractors, and not for the walk."""
    page_types: ClassVar[frozenset[str]] = frozenset()
    """Media types of its pages beside HTML and JSON."""

    archetype: str
    url: WebAddress
    """Where the walk starts."""
    delay: float = Field(default=0.0, ge=0, le=600)
    """Seconds between two requests to its host, where that is longer than `crawl.delay`."""

    @property
    @abstractmethod
    def page_budget(self) -> int:
        """Most pages that one run visits."""

    @property
    def pdf_budget(self) -> int:
        """Most PDF documents that one run visits, those among the pages; 0 where none are read."""
        return 0

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that the source file names."""
        return frozenset({host_of(self.url)})

    @property
    def for_extractors(self) -> Mapping[str, Any]:
        """The options that the extractors are told, as JSON knows them."""
        return self.model_dump(mode="json", include=set(self.told))

    @abstractmethod
    def seeds(self) -> tuple[Found, ...]:
        """The addresses to start with."""

    @abstractmethod
    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """The addresses that a listing leads to.

        Raises:
            ListingError: it is not what this archetype can read.
        """

    def listed(self, listing: Listing) -> Listed:
        """Everything that a listing gives: where it leads, and the documents it holds itself.

        Raises:
            ListingError: it is not what this archetype can read.
        """
        return Listed(self.leads(listing))

    def seeds_at(self, now: datetime, reached: datetime | None) -> tuple[Found, ...]:
        """The addresses to start with that depend on the time.

        Args:
            now: When the run begins.
            reached: When the last run of the source began, whose addresses are known; None in
                the first.
        """
        del now, reached
        return ()

    @property
    def looks_up(self) -> str:
        """The scheme of identifiers (`GB-COH`) whose values in the catalogue are looked up; "" for
        none.
        """
        return ""

    def seeds_of(self, identifiers: Iterable[str]) -> tuple[Found, ...]:
        """The addresses at which the identifiers of `looks_up` are looked up."""
        del identifiers
        return ()

    def final(self, url: str, at: datetime) -> bool:
        """Whether what an address gave at that time will not change any more: it is then not
        asked for again in later runs.
        """
        del url, at
        return False

    @property
    def busy(self) -> Mapping[int, float]:
        """Statuses by which the host says that it is asked too often, and how many seconds it is
        left alone then, unless it names another time.
        """
        return {}

    def reads_itself(self, url: str) -> bool:
        """Whether a listing is a file of this computer that the archetype opens by itself."""
        del url
        return False

    def optional(self, url: str) -> bool:
        """Whether it is in order that nothing is at a listing's address."""
        del url
        return False

    def instead(self, url: str, fault: str) -> tuple[Found, ...] | None:
        """Where to look in place of a listing that cannot be had, and that in order; None where
        it is not in order. `fault` is its kind: `http_404`, `robots`, `listing` ...
        """
        del url, fault
        return None

    def follow(self, links: Iterable[str], depth: int) -> tuple[Found, ...]:
        """Which of the links on a page found at `depth` are to be visited: none, unless the
        archetype walks from page to page.
        """
        del links, depth
        return ()

    def elsewhere(self, url: str) -> bool:
        """Whether an address that a request was led to is no longer part of this source."""
        del url
        return False


def each_once(found: Iterable[Found]) -> tuple[Found, ...]:
    """The first of each address, in order, `MAX_FOUND` at most."""
    firsts: dict[str, Found] = {}
    for one in found:
        firsts.setdefault(one.url, one)
        if len(firsts) >= MAX_FOUND:
            break
    return tuple(firsts.values())
