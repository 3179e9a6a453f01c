"""Model cards: the applied model card of the Coalition for Health AI (CHAI), in XML.

https://mc.chai.org/v0.1/schema.xsd
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from lxml import etree

from catalogue.text import one_line
from crawler.page import Page, UnreadablePageError
from crawler.view.fields import view_fields
from crawler.view.page_view import PageView

ROOT: Final = "AppliedModelCard"

MAX_DEPTH: Final = 20
_DECLARATIONS: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def view_card(page: Page) -> PageView:
    """Parse a model card. Nothing that it refers to is fetched, and no entity is resolved.

    Raises:
        UnreadablePageError: it is broken, declares entities, or is other XML than a model card.
    """
    if _DECLARATIONS.search(page.body) or _DECLARATIONS.search(page.body.replace(b"\0", b"")):
        raise UnreadablePageError("unreadable", "XML with declarations of its own is not read.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(page.body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadablePageError("unreadable", "The XML is broken.") from error
    name = _name(root)
    if name != ROOT:
        raise UnreadablePageError("unreadable", f"XML with the root '{name[:60]}' is not read.")
    record = _record(root, 0)
    card = record if isinstance(record, dict) else {}
    basic = card.get("BasicInfo")
    title = basic.get("ModelName") if isinstance(basic, dict) else None
    view = view_fields(page, card)
    title = one_line(title, 300) if isinstance(title, str) else "A model card"
    return replace(view, title=title, heading=title, kind="product")


def _record(node: etree._Element, depth: int) -> Any:  # noqa: ANN401 (text, or a tree of it)
    """An element as text, or as its children by name; those of one name become a list."""
    if depth > MAX_DEPTH:
        raise UnreadablePageError("unreadable", "The XML is nested too deeply.")
    children = [child for child in node if isinstance(child.tag, str)]
    if not children:
        return " ".join("".join(map(str, node.itertext())).split())
    record: dict[str, Any] = {}
    for child in children:
        name, value = _name(child), _record(child, depth + 1)
        if name not in record:
            record[name] = value
        elif isinstance(record[name], list):
            record[name].append(value)
        else:
            record[name] = [record[name], value]
    return record


def _name(node: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(node).localname
