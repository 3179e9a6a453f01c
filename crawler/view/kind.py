"""What kind of page it is, by its address, what it says for machines, and its shape."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.view.structured import Structured

Kind = Literal["product", "case_study", "news", "guidance", "listing", "page"]

_CASE_STUDY = re.compile(
    r"^(?:case-?stud(?:y|ies)|customer-stor(?:y|ies)|success-stor(?:y|ies)|customers$)"
)
_NEWS = re.compile(r"^(?:news|blogs?|press(?:-releases?)?|articles?|posts?|insights?|stories)$")
_PRODUCT = re.compile(r"^(?:products?|solutions?|platform|tools?|apps?)$")
_GUIDANCE = re.compile(r"^(?:guidance|guides?|policy|policies|long-read|publications?|standards?)$")
_DATED = re.compile(r"/(?:19|20)\d{2}/\d{1,2}/")
_PAGED = re.compile(r"^(?:tags?|categor(?:y|ies)|topics?|page|archives?|search|author)$")
_CASE_TITLE = re.compile(r"^\s*case study\b|\bcase study\s*$", re.IGNORECASE)
_NEWS_TYPES = ("NewsArticle", "BlogPosting", "Article", "Report")
_PRODUCT_TYPES = ("SoftwareApplication", "WebApplication", "MobileApplication", "Product")
_LISTING_TYPES = ("ItemList", "CollectionPage", "SearchResultsPage")
_MANY_LINKS = 8
_MOSTLY = 0.6


def kind_of(tree: LexborHTMLParser, data: Structured, url: str, title: str) -> Kind:
    """The kind of a page; `page` where nothing tells."""
    path = urlsplit(url).path.casefold()
    folders = [part.rsplit(".", 1)[0] for part in path.split("/") if part]
    folders = [part for part in folders if part not in {"index", "default", "en", "en-gb", "uk"}]
    if not folders:
        return "page"
    above, last = folders[:-1], folders[-1]
    if _lists(last, data) or any(_PAGED.match(part) for part in folders):
        return "listing"
    if mostly_links(tree) and _by_data(data) is None:
        return "listing"
    if any(_CASE_STUDY.match(part) for part in above) or _CASE_TITLE.search(title):
        return "case_study"
    return _by_data(data, products=True) or _by_address(path, above) or _by_data(data) or "page"


def _by_address(path: str, above: list[str]) -> Kind | None:
    """The kind that the folders of the address tell."""
    if any(_PRODUCT.match(part) for part in above):
        return "product"
    if any(_NEWS.match(part) for part in above) or _DATED.search(path):
        return "news"
    return "guidance" if any(_GUIDANCE.match(part) for part in above) else None


def _by_data(data: Structured, *, products: bool = False) -> Kind | None:
    """The kind that the page's data for machines tell: a product, or an article."""
    kind = data.tag("og:type")
    if products:
        told = any(data.of_type(*_PRODUCT_TYPES)) or kind.startswith("product")
        return "product" if told else None
    return "news" if any(data.of_type(*_NEWS_TYPES)) or kind == "article" else None


def mostly_links(tree: LexborHTMLParser) -> bool:
    """Whether most words of the page are words of links."""
    body = tree.css_first("main") or tree.body
    if body is None:
        return False
    anchors = body.css("a[href]")
    if len(anchors) < _MANY_LINKS:
        return False
    linked = sum(len(anchor.text(strip=True)) for anchor in anchors)
    return linked > _MOSTLY * len(body.text(strip=True))


def _lists(last: str, data: Structured) -> bool:
    patterns = (
        _NEWS,
        _PRODUCT,
        re.compile(r"^(?:case-?studies|customer-stories|customers|stories|guides)$"),
    )
    return any(pattern.match(last) for pattern in patterns) or any(data.of_type(*_LISTING_TYPES))
