"""Reads papers and preprints from records of Europe PMC: a record in, a reading out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from urllib.parse import quote as escaped

from selectolax.lexbor import LexborHTMLParser

from catalogue.drafts import AnyDraft, EvidenceDraft, Reading
from catalogue.text import one_line, sentences
from crawler.extractors.claims import claims
from crawler.extractors.denials import denials
from crawler.extractors.relations import funder_named
from crawler.extractors.studies import design, measurement
from crawler.view.dates import parse_day
from crawler.view.main_text import readable, visible_text
from crawler.view.page_view import PageView
from crawler.view.structured import Structured

NAME = "paper@2"

PAGE: Final = "https://europepmc.org/article/"
"""Where a person reads a record: its source and number follow."""

_DESIGNS: Final = (
    ("EVT_SR", "EVS_3", re.compile(r"systematic[ -]review|meta-analysis|scoping review")),
    ("EVT_RCT", "EVS_3", re.compile(r"randomi[sz]ed[ -]controlled|clinical trial, phase")),
    ("EVT_NRC", "EVS_3", re.compile(r"comparative study|controlled clinical trial")),
    ("EVT_CONF", "EVS_1", re.compile(r"conference|congress|meeting abstract")),
    ("EVT_CASE", "EVS_1", re.compile(r"case reports?")),
    ("EVT_NRNC", "EVS_2", re.compile(r"observational study|evaluation study|clinical trial")),
    ("EVT_OTHER", "EVS_0", re.compile(r"editorial|comment|letter|news|erratum|correction")),
)
"""What types of publication say of the design, the strongest first."""

_RESULT = re.compile(
    r"\d|\b(?:found|showed|reduc\w+|increas\w+|improv\w+|associated"
    r"|no (?:significant )?difference)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One record: its address, and what reading it gave."""

    url: str
    reading: Reading


def paper(record: Mapping[str, Any]) -> Paper:
    """Read one record of the core format. Its authors are not kept.

    Raises:
        KeyError: it has no id, source or title.
    """
    url = PAGE + "/".join(escaped(str(record[field]), safe="") for field in ("source", "id"))
    title = one_line(_plain(str(record["title"])), 300)
    abstract = readable(_plain(str(record.get("abstractText") or "")))
    types = _texts(_inner(record, "pubTypeList", "pubType"))
    reviewed = _reviewed(str(record["source"]), types)
    grants = [one for one in _inner(record, "grantsList", "grant") if isinstance(one, dict)]
    agencies = list(dict.fromkeys(_texts([one.get("agency") for one in grants])))
    licence = one_line(str(record.get("license") or ""), 100)
    published = parse_day(str(record.get("firstPublicationDate") or ""))
    lines = [
        abstract,
        f"Type: {', '.join(types)}" if types else "",
        "Preprint, not peer reviewed" if reviewed is False else "",
        f"Journal: {_journal(record)}" if _journal(record) else "",
        f"Funding: {', '.join(agencies)}" if agencies else "",
        f"Licence: {licence}" if licence else "",
        f"DOI: {record['doi']}" if record.get("doi") else "",
    ]
    text = readable("\n".join(filter(None, lines)))
    view = _view(url, title, text, published)
    drafts = tuple(_drafts(view, abstract, types, agencies, reviewed=reviewed))
    told = "\n".join([title, text, *(one.model_dump_json() for one in drafts)])
    return Paper(
        url,
        Reading(
            title=title,
            text=text,
            text_sha=hashlib.sha256(told.encode()).hexdigest(),
            kind="paper",
            published_on=published,
            language=_language(record),
            licence=licence,
            drafts=drafts,
        ),
    )


def _drafts(
    view: PageView,
    abstract: str,
    types: list[str],
    agencies: list[str],
    *,
    reviewed: bool | None,
) -> Iterator[AnyDraft]:
    """The study, and what its abstract says of benefits."""
    said = list(sentences(abstract))
    if not said:
        return
    kind, strength = _design(types, f"{view.title}. {abstract}")
    start, end, _ = next((one for one in reversed(said) if _RESULT.search(one[2])), said[-1])
    yield EvidenceDraft(
        extractor=NAME,
        title=one_line(view.title, 200),
        quote=view.quote(start, end),
        evidence_type=kind,
        strength=strength,
        measurement=measurement(abstract),
        funder=funder_named(agencies),
        peer_reviewed=reviewed,
        against=tuple(denials(sentence for _, _, sentence in said)),
        published_on=view.published_on,
    )
    yield from claims(replace(view, text=abstract), NAME)


def _reviewed(source: str, types: list[str]) -> bool | None:
    """Whether peers reviewed it: preprints were not, articles in journals were; of editorials,
    letters and what is no article nobody says.
    """
    told = "; ".join(types).casefold()
    if source == "PPR" or "preprint" in told:
        return False
    aside = _DESIGNS[-1][2].search(told) is not None
    return True if source in {"MED", "PMC"} and not aside else None


def _design(types: list[str], words: str) -> tuple[str, str]:
    """Type and strength: what the publisher says of the design, else what the abstract does."""
    told = "; ".join(types).casefold()
    for kind, strength, cue in _DESIGNS:
        if cue.search(told):
            return kind, strength
    kind, strength = design(words)
    return ("EVT_PUBLISHED", strength) if kind == "EVT_OTHER" else (kind, strength)


def _view(url: str, title: str, text: str, published: date | None) -> PageView:
    return PageView(
        url=url,
        canonical=url,
        title=title,
        heading=title,
        text=text,
        text_sha="",
        kind="page",
        language="en",
        published_on=published,
        links=(),
        tree=LexborHTMLParser(""),
        data=Structured(),
    )


def _journal(record: Mapping[str, Any]) -> str:
    named = record.get("journalTitle")
    info = record.get("journalInfo")
    if not named and isinstance(info, dict) and isinstance(info.get("journal"), dict):
        named = info["journal"].get("title")
    return one_line(str(named or ""), 200)


def _language(record: Mapping[str, Any]) -> str:
    said = str(record.get("language") or "eng").casefold()
    return {"eng": "en", "fre": "fr", "ger": "de", "spa": "es"}.get(said, said[:3])


def _inner(record: Mapping[str, Any], outer: str, inner: str) -> list[Any]:
    held = record.get(outer)
    found = held.get(inner) if isinstance(held, dict) else None
    return found if isinstance(found, list) else []


def _texts(values: list[Any]) -> list[str]:
    return [one_line(one, 120) for one in values if isinstance(one, str) and one.strip()]


def _plain(words: str) -> str:
    """Words without their markup: abstracts have headings and italics."""
    return visible_text(LexborHTMLParser(f"<body>{words}</body>")) if "<" in words else words
