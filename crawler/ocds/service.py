"""The services that publish procurement notices in OCDS, and how each wants to be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from types import MappingProxyType
from typing import Final, Literal
from urllib.parse import quote

from crawler.ocds.values import Json, code

Dialect = Literal["fts", "contracts_finder", "scotland", "wales", "generic"]


@dataclass(frozen=True, slots=True)
class Service:
    """One dialect of the standard's API."""

    root: str = ""
    """Its address; empty where the source file must give one."""
    path: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    """Asked for each time."""
    between: tuple[str, str] | None = None
    """Names of the parameters for the beginning and end of a window of time."""
    month: str = ""
    """Name of the parameter for a month, where a service is asked by month and notice type."""
    step: timedelta = timedelta(days=1)
    """Longest window: in a longer one the service leaves notices out without a word."""
    unit: timedelta = timedelta(days=1)
    """Windows begin and end on multiples of it."""
    zone: str = ""
    """What follows a time in an address."""
    stages: tuple[str, ...] = ()
    """Stages that can be asked for."""
    notice_types: tuple[int, ...] = ()
    """Notice types asked for, where they are asked for one by one."""
    delay: float = 0.0
    """Seconds between two requests, so that the service does not have to slow us down."""
    busy: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))
    """Statuses that mean "too many requests", and seconds to wait then."""
    page: Callable[[str, Json], str] = lambda root, release: ""  # noqa: ARG005
    """Path of a notice's page for people, made from its release."""
    lost_breaks: bool = False
    """Whether line breaks in texts become the letters "rn"."""


def _find_a_tender(root: str, release: Json) -> str:
    number = code(release.get("id"))
    head, _, year = number.partition("-")
    known = head.isdigit() and year.isdigit()
    return f"{root}/Notice/{quote(number)}" if known else ""


def _contracts_finder(root: str, release: Json) -> str:
    return f"{root}/Published/OCDS/Record/{quote(code(release.get('ocid')))}"


SERVICES: Final[Mapping[Dialect, Service]] = MappingProxyType(
    {
        "fts": Service(
            root="https://www.find-tender.service.gov.uk/",
            path="/api/1.0/ocdsReleasePackages",
            parameters=(("limit", "100"),),
            between=("updatedFrom", "updatedTo"),
            step=timedelta(hours=6),
            unit=timedelta(hours=6),
            stages=("planning", "tender", "award"),
            delay=10.0,  # 12 requests in 2 minutes
            busy=MappingProxyType({HTTPStatus.TOO_MANY_REQUESTS: 120.0}),
            page=_find_a_tender,
        ),
        "contracts_finder": Service(
            root="https://www.contractsfinder.service.gov.uk/",
            path="/Published/Notices/OCDS/Search",
            parameters=(("limit", "100"),),
            between=("publishedFrom", "publishedTo"),
            step=timedelta(days=15),
            zone="Z",
            stages=("planning", "tender", "award", "implementation"),
            delay=5.0,
            busy=MappingProxyType({HTTPStatus.FORBIDDEN: 300.0}),
            page=_contracts_finder,
        ),
        "scotland": Service(
            root="https://api.publiccontractsscotland.gov.uk/",
            path="/v1/Notices",
            parameters=(("outputType", "0"),),
            month="dateFrom",
            notice_types=(1, 2, 3, 101, 102, 103, 104),
            delay=5.0,
            lost_breaks=True,
        ),
        "wales": Service(
            root="https://api.sell2wales.gov.wales/",
            path="/v1/Notices",
            # The documented locale 2057 was answered with a database error, 0 was not.
            parameters=(("outputType", "0"), ("locale", "0")),
            month="dateFrom",
            notice_types=(1, 2, 3, 51, 52, 53, 54, 55, 56),
            delay=5.0,
            lost_breaks=True,
        ),
        "generic": Service(),
    }
)
"""The services by the name of their dialect."""
