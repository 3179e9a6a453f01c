"""Reads what a page says of suppliers and tools for machines: JSON-LD and microdata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from catalogue.drafts import MAX_QUOTE, Quote, SupplierDraft, ToolDraft, Value
from catalogue.text import name_key, one_line, organisation_key, quote
from catalogue.vocabularies import load
from crawler.page import ReadRequest
from crawler.view.links import absolute
from crawler.view.main_text import readable
from crawler.view.page_view import PageView
from crawler.view.structured import Item, scalar

NAME = "json_ld@1"

_TOOLS = ("SoftwareApplication", "WebApplication", "MobileApplication", "Product")
_SUPPLIERS = ("Organization", "Corporation")
_SUPPLIER_KEYS = ("provider", "manufacturer", "publisher", "creator", "author", "brand")
_COMPANY_NUMBER = re.compile(r"^(?:\d{8}|[A-Z]{2}\d{6})$")
_MAX_FEATURES = 30


def json_ld(view: PageView, request: ReadRequest) -> Iterator[SupplierDraft | ToolDraft]:
    """Suppliers of the source's site, and tools; a listing of tools is left to their own pages."""
    site = urlsplit(request.site).hostname or ""
    for item in view.data.of_type(*_SUPPLIERS):
        if (draft := _supplier(view, item, site)) is not None:
            yield draft
    tools = list(view.data.of_type(*_TOOLS))
    names = {name_key(scalar(item.data.get("name"))) for item in tools}
    if view.kind != "listing" and len(names) == 1 and "" not in names:
        yield _tool(view, tools[0], request)


def _supplier(view: PageView, item: Item, site: str) -> SupplierDraft | None:
    """The organisation whose site it is; others that a page mentions are not its account."""
    name = scalar(item.data.get("legalName") or item.data.get("name"))
    url = scalar(item.data.get("url"))
    home = absolute(view.url, url) if url else ""
    if not name or not _same_site(urlsplit(home).hostname or "", site):
        return None
    identifiers = dict.fromkeys(_identifiers(item.data))
    identifiers[("DOMAIN", site.removeprefix("www."))] = None
    key = "legalName" if item.data.get("legalName") else "name"
    return SupplierDraft(
        extractor=NAME,
        name=_quote(item, key, name),
        homepage=home,
        identifiers=tuple(identifiers),
    )


def _identifiers(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    found = data.get("identifier")
    for entry in found if isinstance(found, list) else [found]:
        if isinstance(entry, Mapping):
            scheme = name_key(scalar(entry.get("propertyID") or entry.get("name")))
            value = scalar(entry.get("value")).replace(" ", "").upper()
        else:
            scheme, _, value = scalar(entry).upper().rpartition(":")
            scheme, value = name_key(scheme), value.replace(" ", "")
            if value.startswith("GB-COH-"):
                scheme, value = "gbcoh", value.removeprefix("GB-COH-")
        company = "compan" in scheme or scheme == "gbcoh"
        if company and value.isdigit():
            value = value.zfill(8)
        if company and _COMPANY_NUMBER.match(value):
            yield "GB-COH", value
    if vat := scalar(data.get("vatID")).replace(" ", "").upper():
        yield "VAT", vat


def _tool(view: PageView, item: Item, request: ReadRequest) -> ToolDraft:
    data = item.data
    name = scalar(data.get("name"))
    supplier = next(filter(None, (_named(view, data.get(key)) for key in _SUPPLIER_KEYS)), "")
    if request.voice == "VOICE_SUPPLIER" or same_organisation(supplier, request.publisher):
        supplier = ""  # on a supplier's own site the tool is the supplier's, whatever its brand
    own = absolute(view.url, scalar(data.get("url")))
    return ToolDraft(
        extractor=NAME,
        name=_quote(item, "name", name),
        supplier=one_line(supplier, 200),
        homepage=own if own and _same_site(_host(own), _host(view.url)) else view.canonical,
        values=tuple(_values(item)),
    )


def _named(view: PageView, value: object) -> str:
    """Name of an organisation, which may stand elsewhere on the page under the same `@id`."""
    if isinstance(value, list):
        return next(filter(None, (_named(view, inner) for inner in value)), "")
    if isinstance(value, Mapping) and not value.get("name") and (mark := value.get("@id")):
        same = (item.data for item in view.data.items if item.data.get("@id") == mark)
        return next((scalar(data["name"]) for data in same if data.get("name")), "")
    return scalar(value)


def same_organisation(name: str, other: str) -> bool:
    """Whether two names are of one organisation, its legal form left out."""
    return organisation_key(name) == organisation_key(other)


def _values(item: Item) -> Iterator[Value]:
    data = item.data
    if summary := scalar(data.get("description")):
        yield _value(item, "summary", "description", summary)
    for number, feature in enumerate(_texts(data.get("featureList"))[:_MAX_FEATURES]):
        several = isinstance(data.get("featureList"), list)
        place = f"featureList/{number}" if several else "featureList"
        yield _value(item, "feature", place, feature)
    if (offer := _offer(data.get("offers"))) is not None:
        price, said = offer
        yield Value(property="price", value=price, quote=_quote(item, "offers", said))
    for number, category in enumerate(_texts(data.get("applicationCategory"))):
        term = load()["use_cases"].match(category)
        if term is not None:
            place = "applicationCategory" + (f"/{number}" if number else "")
            yield Value(
                property="use_case",
                value=term.code,
                original=quote(category),
                quote=_quote(item, place, category),
            )
    if version := scalar(data.get("softwareVersion")):
        yield _value(item, "version", "softwareVersion", version)


def _offer(offers: object) -> tuple[str, str] | None:
    """The first offer's price, "£2.50 per user per month", and the words that give it; None when
    it names none.
    """
    offer = offers[0] if isinstance(offers, list) and offers else offers
    if not isinstance(offer, Mapping):
        return None
    described = scalar(offer.get("description"))
    if "£" in described:
        return one_line(described, MAX_QUOTE), described
    detail = offer.get("priceSpecification")
    detail = detail[0] if isinstance(detail, list) and detail else detail
    detail = detail if isinstance(detail, Mapping) else {}
    amount = scalar(offer.get("price") or offer.get("lowPrice") or detail.get("price"))
    if not re.fullmatch(r"\d[\d,]*(?:\.\d+)?", amount):
        return None
    currency = scalar(offer.get("priceCurrency") or detail.get("priceCurrency")) or "GBP"
    unit = re.sub(r"^per ", "", scalar(detail.get("unitText") or offer.get("unitText")))
    number = float(amount.replace(",", ""))
    figure = f"{number:,.0f}" if number.is_integer() else f"{number:,.2f}"
    words = f"£{figure}" if currency == "GBP" else f"{currency} {figure}"
    words = f"from {words}" if offer.get("lowPrice") else words
    said = " ".join(filter(None, (amount, currency, unit)))
    return (f"{words} per {unit}" if unit else words), said


def _texts(value: object) -> list[str]:
    """Texts of a value that may be one text, a list, or one text with separators."""
    if isinstance(value, list):
        return [text for text in map(scalar, value) if text]
    text = scalar(value)
    parts = re.split(r"\s*[\n;\u2022]\s*", text) if text else []
    return [part for part in parts if part]


def _value(item: Item, name: str, key: str, words: str) -> Value:
    said = _quote(item, key, words)
    return Value(property=name, value=said.text, quote=said)


def _quote(item: Item, key: str, words: str) -> Quote:
    pointer = item.pointer.rstrip("/")
    return Quote(text=quote(readable(one_line(words))), place=f"{pointer}/{key}")


def _same_site(host: str, other: str) -> bool:
    return bool(host) and host.removeprefix("www.") == other.removeprefix("www.")


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
