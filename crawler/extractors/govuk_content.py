"""Reads documents of the GOV.UK content API: articles and algorithmic transparency records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.drafts import AnyDraft, DeploymentDraft, LeadDraft, Quote, SupplierDraft
from catalogue.text import name_key, one_line, quote
from catalogue.vocabularies import load
from crawler.extractors import funding as paid
from crawler.extractors.claims import claims
from crawler.extractors.deployments import deployments
from crawler.extractors.labels import Labelled, labelled, under_headings
from crawler.extractors.leads import leads
from crawler.extractors.organisations import organisations, setting_of
from crawler.extractors.product_name import bare_name
from crawler.extractors.proper_names import is_product
from crawler.extractors.studies import studies
from crawler.page import ReadRequest
from crawler.view.page_view import PageView

NAME = "govuk_content@2"

RECORD = "transparency_record@1"
"""Name and version of the reader of transparency records (`catalogue.records`)."""

_RECORD = "algorithmic_transparency_record"
_FACET = f"{_RECORD}_"
_ARTICLES = frozenset(
    {
        "case_study",
        "news_article",
        "news_story",
        "press_release",
        "blog_post",
        "research",
        "independent_report",
        "impact_assessment",
        "ai_assurance_portfolio_technique",
    }
)
_SUPPLIER = tuple(map(name_key, ("External supplier", "External supplier name", "Supplier name")))
_NUMBER = tuple(map(name_key, ("Companies House number", "Company number")))
_ORGANISATION = tuple(
    map(name_key, ("Organisation or department", "Organisation", "Organisation / department"))
)
_PHASE = tuple(map(name_key, ("Phase", "System phase", "Development phase")))
_PROCUREMENT = tuple(map(name_key, ("Procurement procedure type", "Procurement procedure")))
_TOOL = tuple(map(name_key, ("Name", "Tool name", "Name of tool")))
_NONE = frozenset(map(name_key, ("n/a", "none", "no", "not applicable", "na", "yes", "tbc", "-")))
_NOTHING = re.compile(
    r"^(?:n/?a|none|no|not\s+applicable|not\s+procured|in[- ]house|developed\s+in[- ]house)\b"
    r"(?!\s*\.?\s*\d)",
    re.IGNORECASE,
)
"""How a field begins that says that there is none, whatever it says after it."""
_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]+")
_FORM = re.compile(r",\s*(?=(?:Ltd|Limited|LLP|PLC|Inc|LLC|CIC|GmbH|B\.?V)\b)", re.IGNORECASE)
_PROCEDURE = re.compile(
    r"\b(?:frameworks?|call[- ]?off|direct\s+award|open|competit\w+|tender\w*|contract\w*"
    r"|restricted|G-?Cloud|dynamic\s+purchasing|DPS|purchase[ds]?|mini-?competition)\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"\b(?:\d{6,8}|[A-Z]{2}\s?\d{6})\b")


def govuk_content(view: PageView, request: ReadRequest) -> Iterator[AnyDraft]:
    """What one document gives; a withdrawn document gives nothing."""
    record = view.record or {}
    if record.get("withdrawn_notice"):
        return
    kind = str(record.get("document_type") or "")
    if kind == _RECORD:
        yield from _transparency(view, record)
    elif kind in _ARTICLES:
        claimed = list(claims(view, NAME))
        yield from claimed
        yield from studies(view, request, NAME, claimed=bool(claimed))
        yield from deployments(view, request, NAME)
        yield from leads(view, request, NAME)


def _transparency(view: PageView, record: Mapping[str, Any]) -> Iterator[AnyDraft]:
    """The supplier with its company number, and the deployment at the body that reports it."""
    facts: dict[str, Labelled] = {}
    for line in (*under_headings(view.tree), *labelled(view.tree)):
        facts.setdefault(line.key, line)
    supplier, number = _first(facts, _SUPPLIER), _first(facts, _NUMBER)
    if supplier is not None and _several(supplier.value):
        supplier = None
    numbers: tuple[tuple[str, str], ...] = ()
    if supplier is not None:
        found = _COMPANY.search(number.value.upper()) if number is not None else None
        if found is not None:
            company = found[0].replace(" ", "")
            numbers = (("GB-COH", company.zfill(8) if company.isdigit() else company),)
        name = view.quote_of(supplier.value, supplier.place)
        yield SupplierDraft(extractor=RECORD, name=name, identifiers=numbers)
    body, tool = _titled(view.title)
    named = _first(facts, _TOOL)
    tool = one_line(tool or (named.value if named else ""), 200)
    organisation = _first(facts, _ORGANISATION)
    buyer = one_line(organisation.value if organisation else body, 200)
    if not tool or not buyer:
        return
    phase = _first(facts, _PHASE)
    titled = Quote(text=quote(view.title), place="/title")
    likely = bare_name(tool)
    maker = one_line(supplier.value, 200) if supplier is not None else ""
    if maker and is_product(likely, 0, len(likely)):
        yield LeadDraft(extractor=RECORD, name=likely, supplier=maker, quote=titled)
    yield DeploymentDraft(
        extractor=RECORD,
        about=tool,
        supplier=maker,
        supplier_ids=numbers,
        buyer=buyer,
        quote=_quote(view, phase) if phase else titled,
        phase=_phase(phase.value if phase else _facet(record, "phase")),
        setting=setting_of(buyer),
        funding=_funding(_first(facts, _PROCUREMENT)),
    )


def _titled(title: str) -> tuple[str, str]:
    """The body and the tool that the title of a record names, as "HMRC: Ask" or "DSIT - Redbox"; a
    title that names no body is that of the tool.
    """
    body, found, tool = title.partition(": ")
    if not found:
        body, found, tool = title.partition(" - ")
        is_body = _ACRONYM.fullmatch(body) or any(organisations(body))
        if not found or not is_body:
            return "", title
    return body, tool


def _several(names: str) -> bool:
    """Whether a field names more than one supplier: the comma before "Ltd" tells of none."""
    return "," in _FORM.sub("", names)


def _funding(procurement: Labelled | None) -> str:
    """TRIAL_FUND_ code of how a record says that it was procured: what is bought by a procedure is
    paid for by the body itself.
    """
    if procurement is None:
        return paid.UNKNOWN
    told = paid.funding(procurement.value)
    bought = told == paid.UNKNOWN and _PROCEDURE.search(procurement.value)
    return "TRIAL_FUND_LOCAL_BUDGET" if bought else told


def _phase(words: str) -> str:
    """PH_ code of a phase as transparency records write it: "Beta/Pilot", "production"."""
    terms = load()["phases"]
    for part in (words, *re.split(r"\s*[/,;(.]\s*", words)):
        term = terms.match(part)
        if term is not None:
            return term.code
    return "PH_NOT_STATED"


def _facet(record: Mapping[str, Any], name: str) -> str:
    details = record.get("details")
    metadata = details.get("metadata") if isinstance(details, dict) else None
    value = metadata.get(_FACET + name) if isinstance(metadata, dict) else None
    return str(value[0] if isinstance(value, list) and value else value or "")


def _first(facts: Mapping[str, Labelled], keys: tuple[str, ...]) -> Labelled | None:
    """The first of these labels that has a value that says something."""
    lines = (facts[key] for key in keys if key in facts)
    return next(
        (
            line
            for line in lines
            if name_key(line.value) not in _NONE and not _NOTHING.match(line.value)
        ),
        None,
    )


def _quote(view: PageView, line: Labelled) -> Quote:
    return view.quote_labelled(line.label, line.value, line.place)
