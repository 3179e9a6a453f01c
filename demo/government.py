"""The search and content API of the invented government host, in the manner of GOV.UK's."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from demo.market import GovRecord, Host, Page
from demo.render import NOTICE, render_markdown

Query = Mapping[str, Sequence[str]]
Item = dict[str, Any]

DEFAULT_COUNT = 10
MAX_COUNT = 1500
ORDERS = frozenset({"public_timestamp", "title", "popularity", "updated_at"})
DEFAULT_FIELDS = (
    "title",
    "link",
    "description",
    "format",
    "display_type",
    "public_timestamp",
    "organisations",
    "organisation_content_ids",
    "slug",
    "topical_events",
    "world_locations",
)
ALWAYS = ("_id", "index", "es_score", "elasticsearch_type", "document_type")
FILTERS = frozenset(
    {"content_store_document_type", "format", "organisations", "public_timestamp", "is_withdrawn"}
    | {
        f"algorithmic_transparency_record_{facet}"
        for facet in (
            "organisation",
            "organisation_type",
            "function",
            "capability",
            "task",
            "phase",
            "region",
            "date_published",
            "atrs_version",
            "other_tags",
        )
    }
)
_FILTER_PREFIXES = ("filter_any_", "filter_all_", "filter_", "reject_")


class UnprocessableError(Exception):
    """A parameter that the search API does not know, or a value it does not take: 422."""


def search(host: Host, query: Query) -> Item:
    """The answer of `/api/search.json`.

    Raises:
        UnprocessableError: a parameter is unknown or its value is not allowed.
    """
    _check(query)
    count = min(_number(query, "count", DEFAULT_COUNT), MAX_COUNT)
    start = _number(query, "start", 0)
    words = " ".join(query.get("q", ())).casefold().split()
    found = [item for item in _items(host) if _matches(item, words) and _passes(item, query)]
    order = query.get("order", ["-public_timestamp"])[0]
    found.sort(key=lambda item: str(item.get(order.lstrip("-"), "")), reverse=order[0] == "-")
    fields = [name for value in query.get("fields", ()) for name in value.split(",")]
    shown = {*(fields or DEFAULT_FIELDS), *ALWAYS}
    return {
        "results": [
            {key: value for key, value in item.items() if key in shown}
            for item in found[start : start + count]
        ],
        "total": len(found),
        "start": start,
        "aggregates": {
            name.removeprefix("aggregate_"): _aggregate(found, name.removeprefix("aggregate_"))
            for name in query
            if name.startswith("aggregate_")
        },
        "suggested_queries": [],
    }


def content(host: Host, page: Page) -> Item:
    """The content item of a page, as `/api/content/<path>` gives it."""
    gov = page.gov or GovRecord(document_type="guide", format="guide", organisation=host.name)
    published = _timestamp(page.published)
    details: Item = {
        "body": render_markdown(f"{page.body}\n\n{NOTICE}."),
        "change_history": [{"note": "First published.", "public_timestamp": published}],
        "attachments": [],
    }
    if gov.metadata:
        details["metadata"] = gov.metadata
    return {
        "base_path": page.path,
        "content_id": _content_id(host, page.path),
        "description": page.description,
        "details": details,
        "document_type": gov.document_type,
        "first_published_at": published,
        "links": {"organisations": [_linked(host, gov.organisation)]},
        "locale": "en",
        "phase": "live",
        "public_updated_at": published,
        "publishing_app": "demonstration",
        "rendering_app": "demonstration",
        "schema_name": "specialist_document" if gov.metadata else gov.format,
        "title": page.title,
        "updated_at": published,
        "withdrawn_notice": {
            "explanation": render_markdown(gov.withdrawn_why),
            "withdrawn_at": _timestamp(gov.withdrawn_at),
        }
        if gov.withdrawn_at
        else {},
    }


def dumps(item: Item) -> str:
    """JSON as these APIs write it."""
    return json.dumps(item, ensure_ascii=False, sort_keys=False)


def _check(query: Query) -> None:
    known = {"q", "count", "start", "order", "fields"}
    unknown = []
    for name in query:
        field = next(
            (name.removeprefix(p) for p in (*_FILTER_PREFIXES, "aggregate_") if name.startswith(p)),
            None,
        )
        if name not in known and field not in FILTERS:
            unknown.append(name)
    if unknown:
        raise UnprocessableError(f"Unexpected parameters: {', '.join(sorted(unknown))}")
    order = query.get("order", ["-public_timestamp"])[0]
    if order.lstrip("-") not in ORDERS:
        raise UnprocessableError(f'"{order}" is not a valid sort field')


def _number(query: Query, name: str, default: int) -> int:
    text = query.get(name, [str(default)])[0]
    if not text.isdecimal():
        raise UnprocessableError(f'Invalid value "{text}" for parameter "{name}"')
    return int(text)


def _items(host: Host) -> Iterable[Item]:
    """What the search index holds: also pages that are gone, for indexes lag behind."""
    for page in host.pages:
        if page.gov is None:
            continue
        organisation = _linked(host, page.gov.organisation)
        yield {
            "title": page.title,
            "link": page.path,
            "description": page.description,
            "format": page.gov.format,
            "display_type": page.gov.format.replace("_", " ").capitalize(),
            "public_timestamp": _timestamp(page.published),
            "organisations": [
                {
                    "title": organisation["title"],
                    "slug": organisation["base_path"].rsplit("/", 1)[-1],
                    "link": organisation["base_path"],
                    "content_id": organisation["content_id"],
                }
            ],
            "organisation_content_ids": [organisation["content_id"]],
            "slug": page.path.rsplit("/", 1)[-1],
            "topical_events": [],
            "world_locations": [],
            "_id": page.path,
            "index": "govuk",
            "es_score": None,
            "elasticsearch_type": page.gov.format,
            "document_type": page.gov.format,
            "content_id": _content_id(host, page.path),
            "content_store_document_type": page.gov.document_type,
            "indexable_content": page.body,
            "is_withdrawn": page.gov.withdrawn_at is not None,
            "updated_at": _timestamp(page.published),
            **page.gov.metadata,
        }


def _matches(item: Item, words: Sequence[str]) -> bool:
    text = f"{item['title']} {item['description']} {item['indexable_content']}".casefold()
    return not words or any(word in text for word in words)


def _passes(item: Item, query: Query) -> bool:
    for name, wanted in query.items():
        prefix = next((p for p in _FILTER_PREFIXES if name.startswith(p)), None)
        if prefix is None:
            continue
        field = name.removeprefix(prefix)
        values = _values(item, field)
        held = (
            _within(item, wanted[0])
            if field == "public_timestamp"
            else (set(wanted) <= values if prefix == "filter_all_" else bool(set(wanted) & values))
        )
        if held == (prefix == "reject_"):
            return False
    return True


def _values(item: Item, field: str) -> set[str]:
    if field == "organisations":
        return {organisation["slug"] for organisation in item["organisations"]}
    value = item.get(field)
    return set() if value is None else {str(value).lower() if value in (True, False) else value}


def _within(item: Item, bounds: str) -> bool:
    """Whether the day of publishing lies in `from:2026-01-01,to:2026-01-31`, both inclusive."""
    limits = dict(part.split(":", 1) for part in bounds.split(",") if ":" in part)
    day = item["public_timestamp"][:10]
    return bool(limits.get("from", "") <= day <= limits.get("to", "9999"))


def _aggregate(items: Iterable[Item], field: str) -> Item:
    counts = Counter(value for item in items for value in _values(item, field))
    return {
        "options": [
            {"value": {"slug": value}, "documents": count} for value, count in counts.most_common()
        ]
    }


def _linked(host: Host, organisation: str) -> Item:
    path = "/government/organisations/" + "-".join(organisation.casefold().split())
    return {
        "title": organisation,
        "base_path": path,
        "api_path": f"/api/content{path}",
        "content_id": _content_id(host, path),
        "locale": "en",
        "document_type": "organisation",
        "withdrawn": False,
    }


def _content_id(host: Host, path: str) -> str:
    return str(uuid5(NAMESPACE_URL, host.base + path))


def _timestamp(day: date | None) -> str | None:
    return f"{day}T09:30:00.000+00:00" if day else None
