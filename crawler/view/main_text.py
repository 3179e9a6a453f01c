"""The main text of a page: what its author wrote about its subject."""

from __future__ import annotations

import re
from copy import copy
from functools import cache

import trafilatura
from selectolax.lexbor import LexborHTMLParser
from trafilatura.settings import Extractor

from catalogue.redact import redact
from catalogue.text import clean

_BLANKS = re.compile(r"[^\S\n ][^\S\n]*| [^\S\n]+")
"""Blanks that are not one space as they stand."""
_MARKERS = re.compile(r"^[-*\u2022]\s+", re.MULTILINE)
_LINES = re.compile(r"\n\n\n+")


SHORT = 1000
"""A main text below this many characters is helped out by what its pictures show."""

_TELLING = 6
"""Words from which an alternative text tells something and is not a mere name."""


def main_text(tree: LexborHTMLParser) -> str:
    """The main text of a page without chrome; all its words where none stand out. Where it is
    short, the alternative texts of its pictures follow: on such a page they hold half the story.
    """
    found = trafilatura.extract(tree.html or "", options=copy(_options()))
    text = readable(found or visible_text(tree))
    if len(text) >= SHORT:
        return text
    told = [alt for alt in _alternatives(tree) if alt not in text]
    return "\n".join([text, *told]).strip()


@cache
def _options() -> Extractor:
    """How trafilatura reads; made once, because it asks its configuration for each number."""
    return Extractor(recall=True, comments=False, tables=True, output_format="txt")


def _alternatives(tree: LexborHTMLParser) -> list[str]:
    """What the pictures of the content show, by their alternative texts, each once."""
    pictures = tree.css("main img[alt], article img[alt], [role=main] img[alt]")
    texts = [readable(picture.attributes.get("alt") or "") for picture in pictures]
    return list(dict.fromkeys(text for text in texts if len(text.split()) >= _TELLING))


def visible_text(tree: LexborHTMLParser) -> str:
    """All words of the body, block by block."""
    body = tree.body
    return body.text(separator="\n", strip=True) if body is not None else ""


def readable(text: str) -> str:
    """Text safe to store: cleaned, without personal data, blanks, empty lines
    and the marks of list items taken out.
    """
    text = _MARKERS.sub("", _BLANKS.sub(" ", clean(text)))
    return redact(_LINES.sub("\n\n", text)).strip()
