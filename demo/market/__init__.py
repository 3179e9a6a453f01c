"""The invented market as data: one YAML file per host, and what a month changes in it.

A file gives a `Host` and its pages as they stand on day 1. What differs on day 2 stands beside
it, under `day2`: words to `replace`, and keys to `set` by their dotted paths. Pages and hosts
with `first_day: 2` exist on day 2 only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

Day = Literal[1, 2]
FOLDER = Path(__file__).parent


class Record(BaseModel):
    """Base of the market's records: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Company(Record):
    """The invented company behind a supplier's site."""

    legal_name: str
    number: str
    """Eight digits of a range that Companies House has never reached."""
    address: str
    founded: int


class Tool(Record):
    """What a product page says of its tool; each layout shows it in its own way."""

    name: str
    tagline: str
    summary: str
    category: str = "BusinessApplication"
    """schema.org `applicationCategory`."""
    version: str = ""
    features: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    facts: dict[str, str] = Field(default_factory=dict)
    """Label and value pairs: "Care settings", "Integrates with", "Data hosting" ..."""
    assurance: tuple[str, ...] = ()
    price: str = ""
    """The price in words; empty means that the page does not speak of price."""
    amount: float | None = None
    """The price in pounds, for sites that give structured offers."""
    unit: str = ""
    """What the amount buys, such as "user per month"."""


class GovRecord(Record):
    """What the search and content API of the government host give beside the page."""

    document_type: str
    format: str
    organisation: str
    metadata: dict[str, str] = Field(default_factory=dict)
    withdrawn_at: date | None = None
    withdrawn_why: str = ""


class Page(Record):
    """One address of a host."""

    path: str
    kind: Literal["home", "product", "article", "listing", "text"] = "text"
    title: str
    nav: str = ""
    """Label in the site's navigation; empty means the page is not in it."""
    description: str = ""
    body: str = ""
    """Markdown."""
    tool: Tool | None = None
    lists: str = ""
    """A listing shows all pages whose path begins with this."""
    published: date | None = None
    author: str = ""
    canonical: str = ""
    """Address of the story that a cross-posted one repeats."""
    gov: GovRecord | None = None
    gone: bool = False
    """Answered with 410."""


class Host(Record):
    """One site."""

    host: str
    name: str
    strapline: str
    kind: Literal["supplier", "network", "press", "government"]
    layout: str
    """Name of a template, without its ending."""
    structured: Literal["graph", "list", "article", "none"] = "none"
    """Shape of the JSON-LD; `none` has none."""
    company: Company | None = None
    validators: Literal["both", "etag", "last_modified", "none"] = "none"
    counter: bool = False
    """Whether pages say how many people are viewing them, a number that never stands still."""
    sitemap: Literal["plain", "index"] = "plain"
    rebuilt: bool = False
    """Whether the sitemap gives the day of its rebuilding as every page's last change."""
    disallow: tuple[str, ...] = ()
    moved: dict[str, str] = Field(default_factory=dict)
    """Old paths, answered with 301, and where they lead."""
    feed: bool = False
    pages: tuple[Page, ...]

    @property
    def base(self) -> str:
        """Address of the site, without a slash at its end."""
        return f"http://{self.host}"

    def page(self, path: str) -> Page | None:
        """The page at this path."""
        return next((page for page in self.pages if page.path == path), None)

    @property
    def standing(self) -> tuple[Page, ...]:
        """The pages that are not gone."""
        return tuple(page for page in self.pages if not page.gone)

    @property
    def products(self) -> tuple[Page, ...]:
        """The pages about one tool each."""
        return tuple(page for page in self.standing if page.tool)

    @property
    def articles(self) -> tuple[Page, ...]:
        """News and case studies, newest first."""
        found = [page for page in self.standing if page.kind == "article"]
        return tuple(sorted(found, key=lambda page: page.published or date.min, reverse=True))


@cache
def load_market(day: Day) -> Mapping[str, Host]:
    """All hosts that answer on this day, by host name.

    Raises:
        ValueError: a file does not fit the model, or a change of day 2 changes nothing.
    """
    hosts = (_read(path, day) for path in sorted(FOLDER.glob("*.yml")))
    return {host.host: host for host in hosts if host}


def _read(path: Path, day: Day) -> Host | None:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    first_day = raw.pop("first_day", 1)
    changes = raw.pop("day2", {})
    raw["pages"] = list(_pages(raw["pages"], day))
    if day == 2:  # noqa: PLR2004 (the second of two days)
        raw = _changed(raw, changes, path.stem)
    return Host.model_validate(raw) if first_day <= day else None


def _pages(raw: list[dict[str, Any]], day: Day) -> Iterator[dict[str, Any]]:
    for page in raw:
        first_day = page.pop("first_day", 1)
        changes = page.pop("day2", {})
        if first_day > day:
            continue
        yield _changed(page, changes, page["path"]) if day == 2 else page  # noqa: PLR2004


def _changed(raw: dict[str, Any], changes: dict[str, Any], where: str) -> dict[str, Any]:
    unknown = changes.keys() - {"replace", "set"}
    if unknown:
        raise ValueError(f"{where}: day2 knows 'replace' and 'set', not {sorted(unknown)}.")
    for old, new in changes.get("replace", {}).items():
        replaced = {key: _replaced(value, old, new) for key, value in raw.items()}
        if replaced == raw:
            raise ValueError(f"{where}: the words '{old}' that day 2 replaces are not there.")
        raw = replaced
    for path, value in changes.get("set", {}).items():
        raw = _put(raw, path.split("."), value)
    return raw


def _put(tree: dict[str, Any], path: list[str], value: object) -> dict[str, Any]:
    """The tree with one key, at the end of the path, set anew."""
    key, *below = path
    return {**tree, key: _put(tree[key], below, value) if below else value}


def _replaced(value: object, old: str, new: str) -> object:
    match value:
        case str():
            return value.replace(old, new)
        case list():
            return [_replaced(item, old, new) for item in value]
        case dict():
            return {key: _replaced(item, old, new) for key, item in value.items()}
        case _:
            return value
