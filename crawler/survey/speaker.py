"""In whose voice a site speaks: a guess from its publisher's name, its host and what it offers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from crawler.address import host_of
from crawler.source import PublisherKind
from crawler.survey.terms import OGL, OPL
from crawler.view.page_view import PageView

_RULES: Final[tuple[tuple[PublisherKind, str, tuple[str, ...]], ...]] = (
    (
        "regulator",
        "VOICE_REGULATOR",
        (
            *("MHRA", "CQC", "NICE", "ICO", "HRA", "HSSIB", "Ofcom", r"regulators?", "ombudsman"),
            *("medicines and healthcare products", "care quality commission"),
            *("information commissioner", "health research authority", r"regulations? service"),
            *("regulatory authority", r"safety investigations? body", "standards institution"),
            "national institute for health and care excellence",
        ),
    ),
    (
        "network",
        "VOICE_NETWORK",
        (
            *("health innovation", "AHSN", "academic health science network", "network"),
            *("confederation", "federation", "association", "society", "royal college"),
            *("faculty of", "alliance", "NHS providers", "collaborative", "accelerator"),
        ),
    ),
    (
        "funder",
        "VOICE_GOV",
        (
            *("innovate uk", "UKRI", "UK research and innovation", "research council", "NIHR"),
            "national institute for health and care research",
        ),
    ),
    (
        "regulator",
        "VOICE_GOV",
        (
            *("NHS England", "NHS Digital", "NHSX", "NHS Improvement", "NHS Supply Chain"),
            *("NHS Business Services Authority", "NHSBSA", "NHS Scotland", "NHS Wales"),
            *("NHS Blood and Transplant", "NHS Resolution", r"public health (?:scotland|wales)"),
            *("NHS Education for Scotland", "Health Education England"),
            r"digital health and care (?:wales|scotland)",
        ),
    ),
    (
        "publisher",
        "VOICE_GOV",
        (
            *(r"GOV\.UK", r"department (?:for|of)", "ministry of", "cabinet office", "council"),
            *("HM treasury", "government", "parliament", "UKHSA", "health security agency"),
            *("public health agency", "DHSC"),
        ),
    ),
    (
        "buyer",
        "VOICE_CUSTOMER",
        (
            *(r"(?:NHS |foundation )+trust", r"hospitals?", "ICB", "ICS", "health board"),
            *(r"integrated care (?:board|system|partnership)", "ambulance service"),
            *("medical centre", "medical practice", "surgery", "primary care network"),
            *(r"^NHS [A-Z]\w+",),
        ),
    ),
    (
        "research",
        "VOICE_INDEPENDENT",
        (
            *("university", "institute", "nuffield", r"king\W?s fund", r"foundation$"),
            *(r"think[ -]tank", r"research (?:centre|unit|group|collaboration)", "laboratory"),
            *("college london", "audit office", "policy unit", "centre for", "evaluation"),
        ),
    ),
)
"""Kinds of publishers by words of their names, the narrower first, each with its voice."""

_COMPANY = re.compile(
    r"\b(?:ltd|limited|plc|llp|inc|incorporated|corp|corporation|gmbh|b\.?v|s\.?a|pty|technologies"
    r"|systems|software|solutions|labs?|analytics|AI)\b\.?",
    re.IGNORECASE,
)
_PRESS_NAME = re.compile(
    r"\b(?:news|magazine|journal|times|gazette|herald|observer|chronicle|press|weekly|daily|today"
    r"|review|media|bulletin)\b",
    re.IGNORECASE,
)
_SELLING = re.compile(
    r"\b(?:book|request|arrange|schedule|get) a (?:free )?(?:demo|demonstration|trial|quote)\b"
    r"|\bour (?:customers|clients|products?|platform|solutions?)\b|\bfree trial\b|\bpricing\b"
    r"|\bsales team\b|\bcompany (?:number|registration|no\.?)\b|\bregistered in england\b",
    re.IGNORECASE,
)
_HOSTS: Final[tuple[tuple[tuple[str, ...], PublisherKind, str], ...]] = (
    ((".gov.uk", ".gov.scot", ".gov.wales", ".parliament.uk"), "publisher", "VOICE_GOV"),
    ((".nhs.uk",), "buyer", "VOICE_CUSTOMER"),
    ((".ac.uk", ".edu"), "research", "VOICE_INDEPENDENT"),
)
"""Kinds of publishers by the ending of their host, each with its voice."""

_SHORT: Final = 4
"""Words as short as this (ICO, NICE) are names only where they are in capitals."""

_ENOUGH: Final = 3
"""Fewer pages than these do not tell what most of a site is."""

_PRODUCTS: Final = ("SoftwareApplication", "WebApplication", "MobileApplication", "Product")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A guessed kind of publisher, and the voice that goes with it."""

    kind: PublisherKind
    voice: str
    because: str


def speaker_of(name: str, views: Sequence[PageView], url: str, licence: str = "") -> Speaker:
    """What the publisher is to the market: by name, by host, by licence, then by what the pages
    do. Where nothing tells, a supplier: that voice counts for least.
    """
    for guesses in (
        _by_name(name, views),
        _by_host(host_of(url)),
        _by_licence(licence),
        _by_pages(name, views),
    ):
        for speaker in guesses:
            return speaker
    return Speaker("supplier", "VOICE_SUPPLIER", "nothing tells, and this voice counts for least")


def _by_name(name: str, views: Sequence[PageView]) -> Iterator[Speaker]:
    if any(any(view.data.of_type("NewsMediaOrganization")) for view in views):
        yield Speaker("publisher", "VOICE_PRESS", "it calls itself a news organisation")
    if rule := _rule(name):
        yield Speaker(*rule, f"of the name '{name}'")
    if _COMPANY.search(name):
        yield Speaker("supplier", "VOICE_SUPPLIER", f"'{name}' is named as a company is")


def _by_host(host: str) -> Iterator[Speaker]:
    for endings, kind, voice in _HOSTS:
        if host.endswith(endings):
            yield Speaker(kind, voice, f"of the host {host}")


def _by_licence(licence: str) -> Iterator[Speaker]:
    if licence in {OGL[0], OPL[0]}:
        yield Speaker("publisher", "VOICE_GOV", f"{licence} is a licence of public bodies")


def _by_pages(name: str, views: Sequence[PageView]) -> Iterator[Speaker]:
    selling = any(_SELLING.search(view.small_print) for view in views)
    products = any(any(view.data.of_type(*_PRODUCTS)) or view.kind == "product" for view in views)
    stories = sum(view.kind == "news" for view in views)
    if _PRESS_NAME.search(name) and not products and 3 * stories >= len(views):
        yield Speaker("publisher", "VOICE_PRESS", f"'{name}' publishes news")
    if products or selling:
        yield Speaker("supplier", "VOICE_SUPPLIER", "its pages offer something for sale")
    if len(views) >= _ENOUGH and 2 * stories > len(views):
        yield Speaker("publisher", "VOICE_PRESS", "most of its pages are news")


def _rule(name: str) -> tuple[PublisherKind, str] | None:
    for kind, voice, words in _RULES:
        for found in re.finditer(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", name, re.IGNORECASE):
            if len(found[0]) > _SHORT or found[0].isupper():
                return kind, voice
    return None
