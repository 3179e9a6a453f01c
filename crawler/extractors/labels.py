"""What a page gives as "label: value": definition lists, tables, and lines of that form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from catalogue.text import name_key, one_line

MAX_VALUE = 300
"""Longest value that counts as one, in characters."""

_LONGEST_LABEL = 60
_LABEL_WORDS = 6
_LINE = re.compile(r"^([^:\n]{2,60}?)\s*:\s+(\S.*)$", re.DOTALL)
_NUMBER = re.compile(r"^[\d.]+\s*[-\u2013:.)]?\s*")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """One value under its label."""

    label: str
    value: str
    place: str
    """CSS selector of where it stands."""

    @property
    def key(self) -> str:
        """The label's key: case, punctuation and leading numbers do not count."""
        return name_key(_NUMBER.sub("", self.label))


def labelled(tree: LexborHTMLParser) -> Iterator[Labelled]:
    """All labelled values of the page, in the order definition lists, tables, lines."""
    yield from _definitions(tree)
    yield from _rows(tree)
    yield from _lines(tree)
    yield from _bold(tree)


def under_headings(tree: LexborHTMLParser) -> Iterator[Labelled]:
    """Each heading with the first element under it: how official records are set."""
    for node in tree.css("h2, h3, h4, h5, h6"):
        first = next(section(node), None)
        if first is not None and (label := _label(node)) and (value := _words(first)):
            yield Labelled(label, value, f"{node.tag} + {first.tag}")


def section(heading: LexborNode) -> Iterator[LexborNode]:
    """The elements that follow a heading, up to the next heading of any level."""
    follower = heading.next
    while follower is not None and follower.tag not in _HEADINGS:
        if follower.is_element_node:
            yield follower
        follower = follower.next


def _definitions(tree: LexborHTMLParser) -> Iterator[Labelled]:
    for node in tree.css("dl"):
        label = ""
        for part in node.css("dt, dd"):
            if part.tag == "dt":
                label = _label(part)
            elif label and (value := _words(part)):
                yield Labelled(label, value, "dl dd")


def _rows(tree: LexborHTMLParser) -> Iterator[Labelled]:
    for row in tree.css("table tr"):
        cells = [cell for cell in row.css("th, td") if cell.parent is not None]
        if len(cells) == 2 and cells[1].tag == "td":  # noqa: PLR2004 - label and value
            label, value = _label(cells[0]), _words(cells[1])
            if label and value:
                yield Labelled(label, value, "table tr td")


def _lines(tree: LexborHTMLParser) -> Iterator[Labelled]:
    for node in tree.css("li, p"):
        if any(inner.mem_id != node.mem_id for inner in node.css("li, p, dl, table")):
            continue
        found = _LINE.match(_words(node))
        if found and len(found[1].split()) <= _LABEL_WORDS and len(found[2]) <= MAX_VALUE:
            yield Labelled(found[1], found[2], node.tag or "")


def _bold(tree: LexborHTMLParser) -> Iterator[Labelled]:
    """Paragraphs that begin with a label in bold, the value behind or below it."""
    for node in tree.css(
        "p > b:first-child, p > strong:first-child, "
        "li > strong:first-child, div > b:first-child, div > strong:first-child"
    ):
        label, whole = _label(node), _words(node.parent) if node.parent is not None else ""
        value = whole.removeprefix(_words(node)).strip(" :\u2013-")
        if label and value and whole != value and len(value) <= MAX_VALUE:
            yield Labelled(label, value, "strong")


def _label(node: LexborNode) -> str:
    words = _words(node).rstrip(" :?")
    return words if len(words) <= _LONGEST_LABEL else ""


def _words(node: LexborNode) -> str:
    return one_line(node.text(separator=" "))
