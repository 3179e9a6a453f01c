"""The main text of a page: what its author wrote about its subject."""

from __future__ import annotations

import re

import trafilatura
from selectolax.lexbor import LexborHTMLParser

from catalogue.redact import redact
from catalogue.text import clean

_BLANKS = re.compile(r"[^\S\n]+")
_MARKERS = re.compile(r"^[-*\u2022]\s+", re.MULTILINE)
_LINES = re.compile(r"\n{3,}")


def main_text(tree: LexborHTMLParser) -> str:
    """The main text of a page without chrome; all its words where none stand out."""
    found = trafilatura.extract(
        tree.html or "",
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        output_format="txt",
    )
    return readable(found or visible_text(tree))


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
