"""Whether a page is about one tool, and what the tool is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from catalogue.text import name_key, one_line
from crawler.extractors.labels import labelled, section
from crawler.page import ReadRequest
from crawler.view.page_view import PageView
from crawler.view.structured import scalar

_LONGEST_NAME = 5
"""Most words of a name; a longer heading is a slogan."""

_TAGLINE = re.compile(r"\s*(?::\s|\s[\u2013\u2014|-]\s|,\s).*$")
_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")
_NO_NAME = re.compile(
    r"^(?:(?:our|all|the|about|contact|meet|why|how|what|who|get|book|request|see|compare|join"
    r"|welcome"
    r"|for)\b|(?:products?|solutions?|services?|platform|pricing|prices|features|security|assurance"
    r"|integrations?|careers|resources|support|help|privacy|terms|cookies?|accessibility|news"
    r"|blog|faqs?"
    r"|case studies|customers|partners|home|overview|benefits|demo|trust centre|team|page not found"
    r"|not found|404|error)\b.*$)",
    re.IGNORECASE,
)
_MEET = re.compile(r"^(?:meet|introducing|discover|this is|welcome to)\s+", re.IGNORECASE)
_PRODUCT_KEYS = frozenset({"product", "productname", "tool", "toolname", "solution", "name"})
_TELLING_HEADINGS = re.compile(
    r"^(?:key |main |product |core )?(?:features?|functions?|benefits?|capabilities"
    r"|functionality|pricing"
    r"|price|integrations?|assurance|key facts|what it does|how it works|outcomes"
    r"|technical specification"
    r"|specification|at a glance)\b",
    re.IGNORECASE,
)
_TELLING_LABELS = frozenset(
    name_key(label)
    for label in (
        "care settings",
        "care setting",
        "settings",
        "use case",
        "use cases",
        "integrates with",
        "integrations",
        "data hosting",
        "data location",
        "price",
        "pricing",
        "autonomy",
        "human oversight",
        "intended users",
        "who uses it",
        "current version",
        "version",
        "supplier",
        "product",
    )
)
_FORMER = re.compile(
    r"\b(?:formerly|previously|until recently)(?:\s+(?:known as|called|named|sold as))?\s+"
    r"(?:[\"\u201c'\u2018])?(?P<name>[A-Z][\w+-]*(?:\s+[A-Z0-9][\w+-]*){0,3})"
    r"|\b(?:the )?new name (?:for|of)\s+(?P<new>[A-Z][\w+-]*(?:\s+[A-Z0-9][\w+-]*){0,3})"
    r"|\b(?:was|were)\s+(?:once\s+)?(?:called|known as"
    r"|sold as)\s+(?P<was>[A-Z][\w+-]*(?:\s+[A-Z0-9][\w+-]*){0,3})"
)


def product_name(view: PageView, request: ReadRequest) -> str:
    """Name of the one tool that the page is about; empty where it is about none or several.

    Conservative: a page is a tool's own only on a supplier's site, by its address, its data for
    machines, or two signs of a product sheet; never a listing, article or home page.
    """
    stated = [one_line(scalar(item.data.get("name"))) for item in view.data.of_type(*_TYPES)]
    stated = list(dict.fromkeys(filter(None, stated)))
    if view.kind not in {"product", "page"} or len(stated) > 1:
        return ""
    if request.voice != "VOICE_SUPPLIER" and not stated:
        return ""
    if not urlsplit(view.url).path.strip("/"):
        return ""
    if not (stated or view.kind == "product" or _signs(view) > 1):
        return ""
    for candidate in _candidates(view, stated):
        if candidate and not _is_publisher(candidate, request):
            return candidate
    return ""


_TYPES = ("SoftwareApplication", "WebApplication", "MobileApplication", "Product")


def former_names(view: PageView, name: str) -> tuple[str, ...]:
    """Names that the page says the tool had before, in order."""
    found: dict[str, None] = {}
    for match in _FORMER.finditer(f"{view.heading}\n{view.text}"):
        near = f"{view.heading}\n{view.text}"[max(0, match.start() - 120) : match.end() + 80]
        former = match["name"] or match["new"] or match["was"]
        if name_key(name) in name_key(near) and name_key(former) != name_key(name):
            found.setdefault(former)
    return tuple(found)


def bare_name(words: str) -> str:
    """A heading without tagline, brackets and "Meet"; empty where what is left is no name."""
    words = _BRACKETS.sub("", _MEET.sub("", one_line(words)))
    words = _BRACKETS.sub("", _TAGLINE.sub("", words)).strip(" .:\u2013-")
    if not words or len(words.split()) > _LONGEST_NAME or _NO_NAME.match(words):
        return ""
    return words if words[0].isupper() or any(letter.isupper() for letter in words) else ""


def _candidates(view: PageView, stated: list[str]) -> Iterator[str]:
    yield from (bare_name(name) or name for name in stated)
    for line in labelled(view.tree):
        if line.key in _PRODUCT_KEYS and len(line.value.split()) <= _LONGEST_NAME:
            yield bare_name(line.value)
    slug = unquote(urlsplit(view.url).path.rstrip("/").rpartition("/")[2])
    for heading in (view.heading, view.title):
        yield _by_slug(heading, slug)
    yield bare_name(view.heading)
    yield bare_name(view.title)


def _by_slug(heading: str, slug: str) -> str:
    """The words of a heading that the page's address is made of: /rotaflow in "Why RotaFlow?"."""
    words = heading.split()
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            stretch = " ".join(words[start : start + length]).strip(" .,:;?!\u2013-()")
            if stretch and name_key(stretch) == name_key(slug) and not _NO_NAME.match(stretch):
                return stretch
    return ""


def _signs(view: PageView) -> int:
    """How many signs of a product sheet the page shows."""
    headings = {
        node.text().strip().casefold()
        for node in view.tree.css("h2, h3")
        if _TELLING_HEADINGS.match(node.text().strip()) and next(section(node), None) is not None
    }
    labels = {line.key for line in labelled(view.tree)} & _TELLING_LABELS
    return len(headings) + len(labels) + view.data.tag("og:type").startswith("product")


def _is_publisher(name: str, request: ReadRequest) -> bool:
    return name_key(name) == name_key(request.publisher)
