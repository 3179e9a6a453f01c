"""Structured data of a page: JSON-LD, microdata and OpenGraph, and nothing slower."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml.etree import LxmlError
from selectolax.lexbor import LexborHTMLParser

MAX_DEPTH = 12
"""How deep items are looked for inside items."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the page describes for machines."""

    types: frozenset[str]
    """Short names of its schema.org types: `Organization`, `SoftwareApplication`."""
    data: Mapping[str, Any]
    pointer: str
    """Where it stands: a JSON pointer into the page's JSON-LD (`/@graph/1`) or, for microdata,
    `microdata/0`. With several JSON-LD blocks the first part is the number of the block."""


@dataclass(frozen=True, slots=True)
class Structured:
    """All structured data of one page."""

    items: tuple[Item, ...] = ()
    meta: Mapping[str, str] | None = None
    """Content of the meta tags by lower-case name or property, first one wins."""
    notes: tuple[str, ...] = ()

    def of_type(self, *types: str) -> Iterator[Item]:
        """Items that have one of these types, in the order of the page."""
        return (item for item in self.items if not item.types.isdisjoint(types))

    def tag(self, *names: str) -> str:
        """Content of the first of these meta tags that the page has; empty when none."""
        tags = self.meta or {}
        return next((tags[name] for name in names if tags.get(name)), "")


def structured(tree: LexborHTMLParser, html: str) -> Structured:
    """Read the structured data; what is broken becomes a note, not an error."""
    notes: list[str] = []
    blocks = list(_blocks(tree, notes))
    items = list[Item]()
    for number, block in enumerate(blocks):
        items.extend(_items(block, f"/{number}" if len(blocks) > 1 else ""))
    items.extend(_microdata(html, notes))
    return Structured(tuple(items), _meta(tree), tuple(notes))


def load_json(words: str | bytes) -> Any:  # noqa: ANN401 (JSON is anything)
    """Read JSON from a page: half of a surrogate pair, which fits no encoding, becomes U+FFFD.

    Raises:
        ValueError: it is not JSON.
        RecursionError: it is nested too deeply.
    """
    data = json.loads(words, strict=False)
    written = json.dumps(data, ensure_ascii=False)
    if _SURROGATE.search(written) is None:
        return data
    return json.loads(written.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def scalar(value: object) -> str:
    """The text of a JSON-LD value: of a list its first, of an object its name or value."""
    if isinstance(value, list):
        return next((text for text in map(scalar, value) if text), "")
    if isinstance(value, Mapping):
        return scalar(value.get("name") or value.get("@value") or value.get("@id") or "")
    if isinstance(value, bool) or value is None:
        return ""
    return str(value).strip()


def _blocks(tree: LexborHTMLParser, notes: list[str]) -> Iterator[Any]:
    for number, script in enumerate(tree.css('script[type="application/ld+json" i]')):
        words = script.text(deep=True)
        try:
            yield _tolerant(words)
        except (ValueError, RecursionError, LxmlError):
            notes.append(f"JSON-LD block {number + 1} cannot be read.")


def _tolerant(words: str) -> object:
    try:
        return load_json(words)
    except ValueError:
        pass
    # A second try with entities undone and by extruct, which forgives comments and commas.
    from extruct.jsonld import JsonLdExtractor  # noqa: PLC0415 (slow to load, and rarely needed)

    words = re.sub(r",(\s*[}\]])", r"\1", entities.unescape(words)).replace("</", "<\\/")
    found = JsonLdExtractor().extract(
        f'<html><script type="application/ld+json">{words}</script></html>'
    )
    return found[0] if len(found) == 1 else found


def _items(data: object, pointer: str, depth: int = 0) -> Iterator[Item]:
    if depth > MAX_DEPTH:
        return
    if isinstance(data, list):
        for number, inner in enumerate(data):
            yield from _items(inner, f"{pointer}/{number}", depth + 1)
    elif isinstance(data, dict):
        if types := _types(data.get("@type")):
            yield Item(types, data, pointer or "/")
        for key, inner in data.items():
            if isinstance(inner, (list, dict)):
                name = key.replace("~", "~0").replace("/", "~1")
                yield from _items(inner, f"{pointer}/{name}", depth + 1)


def _types(value: object) -> frozenset[str]:
    names = value if isinstance(value, list) else [value]
    return frozenset(re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str))


def _microdata(html: str, notes: list[str]) -> Iterator[Item]:
    if "itemscope" not in html:
        return
    from extruct.w3cmicrodata import MicrodataExtractor  # noqa: PLC0415 (as above)

    try:
        found = MicrodataExtractor().extract(html)
    except (ValueError, RecursionError, LxmlError):
        notes.append("The microdata cannot be read.")
        return
    for number, item in enumerate(found):
        types = _types(item.get("type"))
        data = item.get("properties")
        if types and isinstance(data, dict):
            yield Item(types, data, f"microdata/{number}")


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    tags: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = (attributes.get("content") or "").strip()
        if name and content:
            tags.setdefault(name.casefold(), content)
    return tags
