"""Tools in use, or being tried, at organisations that a page names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from catalogue.drafts import DeploymentDraft
from catalogue.text import organisation_key
from crawler.extractors import funding as paid
from crawler.extractors.organisations import national, organisations, setting_of
from crawler.extractors.use import NOT_STATED, STRENGTH, clauses, how_far, of_a_tool, phase_of
from crawler.extractors.when import When, when
from crawler.page import ReadRequest
from crawler.view.page_view import PageView

_NEXT = 2
"""How many sentences after the one that tells of a use still speak of it."""

_SAME = re.compile(
    r"\b(?:the|this|its|their)\s+(?:\w+\s+)?(?:trust|board|practices?|surgery|council|ICB|hospitals?"
    r"|network|PCN|hospice|home|service|partnership)\b",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\b(?:it|its|they|the\s+(?:[\w-]+\s+)?(?:pilot|trial|roll-?out|tool|software|system|contract"
    r"|assistant|scribe|project|deployment|evaluation))\b|^(?:now|today)\b",
    re.IGNORECASE,
)


@dataclass
class _Place:
    """An organisation, and what the page says of it."""

    name: str
    order: int
    said: list[tuple[int, str]] = field(default_factory=list)
    """The clauses that speak of it, each with the number of its sentence."""


def deployments(view: PageView, request: ReadRequest, extractor: str) -> Iterator[DeploymentDraft]:
    """One deployment for each organisation that the page says uses, tries or has ended something,
    in the order they are named, with phase, dates and payer as its sentences tell them.

    Wishes, plans and denials are none; what is announced for a given date is one that has not
    been deployed.
    """
    said = [words for _, _, words in view.sentences]
    for place in _places(view, request, said):
        told = [(number, phase_of(words), words) for number, words in place.said]
        uses = [one for one in told if one[1] and _is_use(place.name, one[2])]
        if not uses:
            continue
        uses = [(number, _further(number, phase, said), words) for number, phase, words in uses]
        number, phase, words = min(uses, key=lambda use: (STRENGTH.index(use[1]), use[0]))
        near = [words, *_following(number, said), *(clause for _, clause in place.said)]
        funding = next(filter(_known, map(paid.funding, (*near, view.text))), paid.UNKNOWN)
        if phase == "PH_BETA_PILOT" and funding == "TRIAL_FUND_SUPPLIER_FREE":
            phase = "PH_FREE_TRIAL"
        spoken = _when(near)
        start, end, _ = view.sentences[number]
        yield DeploymentDraft(
            extractor=extractor,
            buyer=place.name,
            quote=view.quote(start, end),
            phase=phase,
            setting=setting_of(place.name),
            funding=funding,
            started_on=spoken.start,
            ended_on=spoken.end,
        )


def _places(view: PageView, request: ReadRequest, said: list[str]) -> list[_Place]:
    """The organisations of the page with the clauses that speak of each: those that name it, and
    those that speak of "the trust" after it was named.
    """
    titled = [named.name for named in organisations(view.title)]
    found = [[one.name for one in organisations(sentence)] for sentence in said]
    known = [*titled, *(name for names in found for name in names)]
    own = organisation_key(request.publisher) if request.voice == "VOICE_SUPPLIER" else ""
    places: dict[str, _Place] = {}
    last = _full(titled[0], known) if len(titled) == 1 else ""
    for number, sentence in enumerate(said):
        named = [_full(name, known) for name in found[number]]
        short = [name for name in titled if sentence.startswith(name.split()[0])]
        if not named:
            named = [_full(name, known) for name in short[:1]]
        if not named and last and _SAME.search(sentence):
            named = [last]
        for name in dict.fromkeys(named):
            if organisation_key(name) != own:
                place = places.setdefault(organisation_key(name), _Place(name, len(places)))
                place.said += [(number, clause) for clause in _clauses(name, named, sentence)]
                last = name
    return sorted(places.values(), key=lambda place: place.order)


def _clauses(name: str, named: list[str], sentence: str) -> list[str]:
    """The clauses of a sentence that are said of one of the organisations that it names."""
    if len(set(named)) == 1:
        return [sentence]
    parts = clauses(sentence)
    own = [part for part in parts if name in part]
    alone = own and any(phase_of(part) for part in parts) and all(map(_tells, own))
    return own if alone else [sentence]


def _tells(clause: str) -> bool:
    """Whether a clause has a verb of its own, so that the others are not said of its subject."""
    return bool(re.search(r"\b(?:is|are|was|were|has|have|had|will|plans?|\w+ed|uses?)\b", clause))


def _is_use(name: str, words: str) -> bool:
    """Whether it is an organisation's own use of what may be a tool.

    A national body is named for what others do, too.
    """
    if national(name):
        itself = rf"{re.escape(name)}\s+(?:(?:now|has|is|been)\s+)*(?:us(?:es|ed|ing)|staff)\b"
        return re.search(itself, words) is not None
    bare = words
    for one in organisations(words):
        bare = bare.replace(one.name, "they")
    return of_a_tool(bare)


def _further(number: int, phase: str, said: list[str]) -> str:
    """The phase of a use, where need be as the sentences after it tell it."""
    if phase != NOT_STATED:
        return phase
    return next(filter(None, map(how_far, _following(number, said))), NOT_STATED)


def _following(number: int, said: list[str]) -> Iterator[str]:
    """The sentences after one that still speak of the same, and of no other organisation."""
    for sentence in said[number + 1 : number + 1 + _NEXT]:
        if next(organisations(sentence), None) is not None:
            return
        yield sentence


def _when(near: list[str]) -> When:
    """When the use began and ended: as its own clause says, else one that still speaks of it."""
    first, *others = near
    spoken = when(first)
    for words in others:
        if spoken.start is None or spoken.end is None:
            spoken = spoken | (when(words) if _STILL.search(words) or phase_of(words) else When())
    return spoken


def _known(funding: str) -> bool:
    return funding != paid.UNKNOWN


def _full(name: str, known: list[str]) -> str:
    """The longest way in which the page names the organisation whose name begins like this,
    without the name of another that stands before it: "Fernhollow and Saltreach NHS Trust".
    """
    _, both, after = name.partition(" and ")
    if both and after in known:
        name = after
    longer = [other for other in known if other.startswith(f"{name} ")]
    return max(longer, key=len, default=name)
