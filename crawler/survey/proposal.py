"""The source file that is proposed for a site, with the reasons for a person to judge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import fill, indent
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import yaml

from crawler.address import host_of
from crawler.archetypes import ARCHETYPES
from crawler.page import Page
from crawler.reach import literal
from crawler.robots import Robots
from crawler.source import Source
from crawler.survey.look import Seen
from crawler.survey.platform import Platform, Sighting, recognise
from crawler.survey.publisher import Guess, name_of
from crawler.survey.speaker import Speaker, speaker_of
from crawler.survey.terms import Terms, terms_of
from crawler.view.page_view import PageView, view_html

_JUNK: Final = (r"/tags?/", r"/authors?/", r"/search(?:/|\?|$)")
"""Parts of sites that only lead to what is listed elsewhere, and are denied where they are seen."""

_LISTINGS: Final = (
    r"/(?:category|categories)/",
    r"/page/\d+",
    r"[?&]page=\d+",
    r"/(?:19|20)\d\d/\d\d/(?:\d\d/)?$",
)
"""Listings by which a site without a sitemap is walked, and which one with a sitemap can spare."""

_SITE_ENDINGS: Final = frozenset(
    {"co", "org", "gov", "nhs", "ac", "net", "com", "uk", "www", "sch"}
)


_WIDTH: Final = 96
"""Longest line of the file, in characters, where it can be broken."""

_ENDLESS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """A source file that is proposed."""

    source: Source
    text: str
    """The file."""
    reasons: tuple[str, ...]
    """What each part of it rests on, in sentences."""
    best: tuple[str, ...]
    """The pages that gave most, best first: what is worth recording."""


def propose(
    url: str, seen: Sequence[Seen], taken: Sequence[str] = (), name: str = ""
) -> Proposal | None:
    """The source file for an address, from what was seen there; None when nothing could be read.

    Args:
        url: Where the look began.
        seen: What it gave.
        taken: Names that other sources bear.
        name: What to call it; empty means a name from the host or the publisher.
    """
    sighting = Sighting(url, seen, _views(seen))
    platform = recognise(sighting)
    if not sighting.views and not platform.listed:
        return None
    publisher = name_of(sighting.views, url)
    terms = terms_of(sighting.views)
    speaker = speaker_of(publisher.value, sighting.views, url, terms.name)
    deny = _deny(sighting, platform)
    allowed = list(_allowed(sighting, platform, deny))
    walk = {"archetype": platform.archetype, **platform.options}
    if deny:
        walk["deny"] = deny
    slug = name or _slug(url, publisher.value, taken)
    reasons = _reasons(sighting, platform, publisher, speaker, terms, allowed)
    tree = _tree(slug, url, publisher, speaker, terms, platform, walk, len(allowed), reasons)
    source = Source.model_validate(tree)
    return Proposal(source, _text(tree), reasons, _best(seen))


def _views(seen: Sequence[Seen]) -> list[PageView]:
    """The pages that the reader could read: only those are parsed again here."""
    return [
        view_html(page)
        for one in seen
        if one.kind == "page" and one.state == "read"
        for page in [_page(one)]
        if page.is_html
    ]


def _page(seen: Seen) -> Page:
    at = datetime.fromisoformat(seen.fetched_at)
    return Page(seen.final_url, seen.body, seen.content_type, at)


def _deny(sighting: Sighting, platform: Platform) -> list[str]:
    """Patterns of addresses that were seen and only lead to what is listed elsewhere."""
    if "deny" not in ARCHETYPES[platform.archetype].model_fields:
        return []
    known = {*platform.listed, *(url for view in sighting.views for url in view.links)}
    patterns = _JUNK + (_LISTINGS if platform.complete else ())
    return [
        pattern
        for pattern in patterns
        if any(re.search(pattern, url) for url in known) and not re.search(pattern, sighting.url)
    ]


def _allowed(sighting: Sighting, platform: Platform, deny: Sequence[str]) -> Iterator[str]:
    """The pages that the walk will visit, as far as they are known."""
    robots = next((one for one in sighting.seen if urlsplit(one.url).path == "/robots.txt"), None)
    rules = Robots.of_answer(robots.status, robots.body) if robots is not None else None
    allow = platform.options.get("allow", ())
    for url in platform.listed:
        if rules is not None and rules.refusal(url):
            continue
        if any(re.search(pattern, url) for pattern in deny):
            continue
        if not allow or any(re.search(pattern, url) for pattern in allow):
            yield url


def _tree(  # a file has as many keys
    slug: str,
    url: str,
    name: Guess,
    speaker: Speaker,
    terms: Terms,
    platform: Platform,
    walk: Mapping[str, Any],
    count: int,
    reasons: Sequence[str],
) -> dict[str, Any]:
    own = ", supplier's own site" if speaker.kind == "supplier" else ""
    tree: dict[str, Any] = {
        "name": slug,
        "title": f"{name.value}{own}",
        "publisher": {"name": name.value, "url": urljoin(url, "/"), "kind": speaker.kind},
        "licence": {"name": terms.name, **({"url": terms.url} if terms.url else {})},
        "voice": speaker.voice,
        "cadence": "daily" if platform.archetype == "feed" else "weekly",
        "walk": dict(walk),
    }
    if extract := _extract(platform, speaker):
        tree["extract"] = extract
    tree["expect"] = {"documents": {"min": max(1, count // 2)}}
    tree["note"] = " ".join(["Proposed by a look at the site.", *reasons])
    return tree


def _extract(platform: Platform, speaker: Speaker) -> list[str]:
    """The readers: those of the archetype, but on others' sites no page is a supplier's product."""
    if platform.archetype not in {"site", "sitemap", "feed", "wordpress"}:
        return []
    if speaker.voice == "VOICE_SUPPLIER":
        return ["json_ld", "product_page", "case_study", "news"]
    return (
        ["json_ld", "news"] if speaker.voice == "VOICE_PRESS" else ["json_ld", "case_study", "news"]
    )


def _reasons(  # one sentence for each
    sighting: Sighting,
    platform: Platform,
    name: Guess,
    speaker: Speaker,
    terms: Terms,
    allowed: Sequence[str],
) -> tuple[str, ...]:
    dated = sum(view.published_on is not None for view in sighting.views)
    counted = f"{len(allowed)} pages are known" if allowed else "how many pages it has is not known"
    return (
        f"Walked as {platform.archetype}: {platform.because}; {counted}.",
        f"Publisher's name from {name.because}.",
        f"Voice {speaker.voice}: {speaker.because}.",
        f"Licence: {terms.because}.",
        f"{dated} of {len(sighting.views)} pages that were read bear a date.",
    )


def _best(seen: Sequence[Seen]) -> tuple[str, ...]:
    read = [one for one in seen if one.reading is not None]
    read.sort(key=lambda one: -len(one.reading.drafts) if one.reading else 0)
    return tuple(one.url for one in read if one.reading and one.reading.drafts)


def _slug(url: str, name: str, taken: Sequence[str]) -> str:
    """A name for the file: from the host, else from the publisher's name."""
    host = host_of(url)
    words = [part for part in host.split(".")[:-1] if part not in _SITE_ENDINGS]
    if literal(host) is not None or not words:
        words = [name]
    slug = re.sub(r"[^a-z0-9]+", "_", "_".join(words).casefold()).strip("_")[:50]
    if not re.match(r"[a-z]", slug) or len(slug) < 2:  # noqa: PLR2004 (a name has two letters)
        slug = f"site_{slug}".rstrip("_")
    numbered = (f"{slug}_{number}" for number in range(2, 1000))
    return next(one for one in (slug, *numbered) if one not in taken)


def _text(tree: Mapping[str, Any]) -> str:
    """The file as a person would write it: short parts on one line."""
    return "".join(_entry(key, value) for key, value in tree.items())


def _entry(key: str, value: object) -> str:
    flat = isinstance(value, list) or key in {"publisher", "licence", "expect"}
    said = yaml.safe_dump(
        value,
        sort_keys=False,
        allow_unicode=True,
        width=_ENDLESS if flat else _WIDTH,
        default_flow_style=flat,
    )
    if isinstance(value, Mapping) and not flat:
        return f"{key}:\n{indent(said, '  ')}"
    if isinstance(value, str) and len(value) > _WIDTH:
        return f"{key}: >-\n{indent(fill(value, _WIDTH, break_on_hyphens=False), '  ')}\n"
    return f"{key}: {said.removesuffix(chr(10)).removesuffix('...').strip()}\n"
