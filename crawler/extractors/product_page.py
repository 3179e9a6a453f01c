"""Reads a tool's own page, with or without data for machines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from catalogue.drafts import AnyDraft, ToolDraft, Value
from catalogue.text import name_key, one_line, quote
from crawler.extractors.assurance import assurance
from crawler.extractors.autonomy import autonomy, highest
from crawler.extractors.claims import claims
from crawler.extractors.company import company
from crawler.extractors.labels import Labelled, labelled, under_headings
from crawler.extractors.prices import prices
from crawler.extractors.product_name import former_names, product_name
from crawler.extractors.terms import codes, cued
from crawler.page import ReadRequest
from crawler.view.page_view import PageView

NAME = "product_page@2"

_FEATURES = re.compile(
    r"^(?:key |main |product |core )?(?:features?|functions?|functionality|capabilities"
    r"|what (?:it|\w+) does)\b",
    re.IGNORECASE,
)
_ITEMS = "li, h3, h4, h5, h6"
_MAX_FEATURES = 30
_SHORTEST_SUMMARY = 40
_LABELS: dict[str, tuple[str, str]] = {
    name_key(label): target
    for target, names in {
        ("setting", "settings"): (
            "care settings",
            "care setting",
            "setting",
            "settings",
            "where it is used",
            "suitable for",
            "sectors",
            "sector",
        ),
        ("use_case", "use_cases"): (
            "use case",
            "use cases",
            "used for",
            "category",
            "what it is for",
            "purpose",
        ),
        ("user_group", "user_groups"): (
            "users",
            "intended users",
            "who uses it",
            "who it is for",
            "used by",
            "for",
            "designed for",
            "user group",
            "user groups",
            "audience",
        ),
        ("data_location", "data_locations"): (
            "data hosting",
            "data location",
            "data residency",
            "hosting",
            "hosted",
            "data storage",
            "where data is kept",
            "where data are kept",
            "data centre",
        ),
        ("autonomy", "autonomy"): (
            "autonomy",
            "level of autonomy",
            "autonomy level",
            "human oversight",
            "oversight",
            "human in the loop",
            "sign-off",
            "control",
            "who decides",
        ),
        ("integration", ""): (
            "integrates with",
            "integrations",
            "integration",
            "works with",
            "connects to",
            "compatible with",
        ),
        ("price", ""): ("price", "pricing", "prices", "cost", "list price"),
        ("version", ""): ("version", "current version", "latest version", "release"),
    }.items()
    for label in names
}
_MANY = frozenset({"setting", "use_case", "user_group", "integration"})
_SYSTEMS = re.compile(r"\s*(?:;|,|\u2022|\n|\band\b)\s*(?![^(]*\))")


def product_page(view: PageView, request: ReadRequest) -> Iterator[AnyDraft]:
    """The tool that the page is about with everything said of it, and the claims made for it."""
    yield from company(view, request, NAME)
    name = product_name(view, request)
    if not name:
        return
    yield ToolDraft(
        extractor=NAME,
        name=view.quote_of(name, "h1"),
        homepage=view.canonical,
        former_names=former_names(view, name),
        values=tuple(_values(view)),
    )
    yield from claims(view, NAME)


def _values(view: PageView) -> Iterator[Value]:
    if summary := _summary(view):
        yield summary
    yield from _features(view)
    lines = (*labelled(view.tree), *under_headings(view.tree))
    facts = [value for line in lines for value in _fact(view, line)]
    yield from dict.fromkeys(facts)
    given = {value.property for value in facts}
    if "price" not in given:
        for start, end, words in prices(view.text):
            yield Value(property="price", value=words, quote=view.quote(start, end))
            break
    if "autonomy" not in given and (value := _autonomy(view)):
        yield value
    yield from assurance(view)


def _summary(view: PageView) -> Value | None:
    """The first paragraph below the heading that is a sentence, else the page's description."""
    below = not view.heading
    for node in view.tree.css("h1, p"):
        words = one_line(node.text(separator=" "))
        below = below or node.tag == "h1"
        if (
            below
            and len(words) >= _SHORTEST_SUMMARY
            and words[-1:] in {".", "!"}
            and ": " not in words[:40]
        ):
            said = view.quote_of(words, "p")
            return Value(property="summary", value=said.text, quote=said)
    if words := view.data.tag("description", "og:description"):
        said = view.quote_of(words, 'meta[name="description"]')
        return Value(property="summary", value=said.text, quote=said)
    return None


def _features(view: PageView) -> Iterator[Value]:
    """Items of the lists that stand under a heading such as "Features"."""
    seen: set[str] = set()
    for heading in view.tree.css("h2, h3, h4"):
        if not _FEATURES.match(heading.text().strip()):
            continue
        for part in _below(heading):
            for item in part.css(_ITEMS):
                words = one_line(item.text(separator=" "))
                if words and words not in seen and len(seen) < _MAX_FEATURES:
                    seen.add(words)
                    said = view.quote_of(words, "li")
                    yield Value(property="feature", value=said.text, quote=said)


def _below(heading: LexborNode) -> Iterator[LexborNode]:
    """What follows a heading, deeper headings included, up to the next of its own level."""
    follower = heading.next
    while follower is not None:
        tag = follower.tag or ""
        if re.fullmatch(r"h[1-6]", tag) and tag <= (heading.tag or ""):
            return
        if follower.is_element_node:
            yield follower
        follower = follower.next


def _fact(view: PageView, line: Labelled) -> Iterator[Value]:
    """The values that one labelled line gives; none where its label is not known."""
    name, vocabulary = _LABELS.get(line.key, ("", ""))
    if not name:
        return
    said = view.quote_labelled(line.label, line.value, line.place)
    original = quote(line.value)
    if name == "autonomy":
        if level := autonomy(line.value, labelled=True):
            yield Value(property=name, value=level.code, original=original, quote=said)
    elif vocabulary:
        found = codes(vocabulary, line.value)
        for code in found if name in _MANY else found[:1]:
            yield Value(property=name, value=code, original=original, quote=said)
    elif name in _MANY:
        for part in filter(_is_system, _SYSTEMS.split(line.value)):
            yield Value(property=name, value=quote(part), original=original, quote=said)
    else:
        yield Value(property=name, value=original, quote=said)


def _is_system(words: str) -> bool:
    """Whether a part of a list of integrations names something, and is not a remark."""
    named = re.search(r"[A-Z0-9]", words) is not None
    return bool(words) and (named or any(cued("integrations", words)))


def _autonomy(view: PageView) -> Value | None:
    """The level of autonomy that the running text tells."""
    level = highest(view.sentences, labelled=False)
    if level is None:
        return None
    said = view.quote(level.start, level.end)
    return Value(property="autonomy", value=level.code, original=said.text, quote=said)
