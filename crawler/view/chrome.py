"""What is on every page of a site and about none: banners, navigation, footers. Taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_ALWAYS = (
    "script, style, noscript, template, svg, iframe, object, dialog, nav, footer, aside, [hidden], "
    '[role="navigation"], [role="contentinfo"], [role="search"], [role="dialog"], '
    '[role="alertdialog"], [role="complementary"], [aria-modal="true"]'
)
_NAMED = ", ".join(
    f'[class*="{word}" i], [id*="{word}" i]'
    for word in (
        "cookie",
        "consent",
        "gdpr",
        "breadcrumb",
        "skip-link",
        "skiplink",
        "newsletter",
        "related",
        "recommended",
        "you-may-also",
        "social-share",
        "share-buttons",
        "site-footer",
        "site-nav",
        "main-nav",
        "navbar",
        "sidebar",
    )
)
_HEADERS = 'header, [role="banner"]'
_CONTENT = "main, article, h1"
_CONTAINERS = frozenset({"html", "body", "main", "article"})
_MOST = 0.5
"""An element with more than this share of the page's words is the page, whatever its name."""

_RELATED = frozenset(
    {
        "related",
        "related articles",
        "related content",
        "related news",
        "related pages",
        "related posts",
        "related stories",
        "more stories",
        "more news",
        "latest news",
        "read next",
        "read more",
        "you may also like",
        "you might also like",
        "recommended for you",
    }
)
_HEADINGS = "h2, h3, h4, h5"
_CONTACTS = "#meta :is(h2, h3, h4)"
"""Headings in the box beside a marketplace's service, one of which is over a person's details."""


def strip_chrome(tree: LexborHTMLParser) -> None:
    """Take out of the tree what does not belong to the subject of the page."""
    _drop(
        node
        for node in tree.css(_ALWAYS)
        if node.tag not in _CONTAINERS and node.css_first("h1") is None
    )
    _drop(
        node
        for node in tree.css(_HEADERS)
        if node.css_first(_CONTENT) is None and not _within(node, frozenset({"main", "article"}))
    )
    most = len(tree.body.text()) * _MOST if tree.body is not None else 0
    _drop(
        node
        for node in tree.css(_NAMED)
        if node.tag not in _CONTAINERS
        and node.css_first(_CONTENT) is None
        and len(node.text()) <= most
    )
    _drop(
        part
        for heading in tree.css(_HEADINGS)
        if heading.text().strip().casefold().rstrip(":") in _RELATED
        for part in _section(heading)
    )
    _drop(
        part
        for heading in tree.css(_CONTACTS)
        if heading.text().strip().casefold() == "contact"
        for part in _section(heading)
    )


def _drop(nodes: Iterable[LexborNode]) -> None:
    """Take the nodes out, outermost only: a node inside a dropped one is gone with it."""
    chosen = {node.mem_id: node for node in nodes}
    outermost = [
        node
        for node in chosen.values()
        if not any(above.mem_id in chosen for above in _above(node))
    ]
    for node in outermost:
        node.decompose()


def _above(node: LexborNode) -> Iterator[LexborNode]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _within(node: LexborNode, tags: frozenset[str]) -> bool:
    return any(above.tag in tags for above in _above(node))


def _section(heading: LexborNode) -> Iterator[LexborNode]:
    """A heading and what follows it up to the next heading."""
    yield heading
    follower = heading.next
    while follower is not None and not (follower.tag or "").startswith("h"):
        yield follower
        follower = follower.next
