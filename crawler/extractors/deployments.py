"""Tools in use, or being tried, at organisations that a page names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.drafts import DeploymentDraft
from catalogue.text import name_key, sentences
from crawler.extractors.organisations import organisations, setting_of
from crawler.page import ReadRequest
from crawler.view.page_view import PageView

_USE = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|deploy(?:s|ed|ing|ment)?|roll(?:s|ed|ing)?[\s-]?(?:out|ed out)"
    r"|pilot(?:s|ed|ing)?"
    r"|trial(?:s|led|ling)?|implement(?:s|ed|ing|ation)|introduc(?:e|es|ed|ing)|adopt(?:s|ed"
    r"|ing|ion)"
    r"|went live|gone live|go(?:es)? live|is live|live (?:at|in|across)|launch(?:es|ed|ing)?"
    r"|install(?:s|ed)"
    r"|try|tries|tried|trying|test(?:s|ed|ing)?|turned (?:on|to)|switched (?:on|to)|bought"
    r"|procured|stopped|ran|runs|running"
    r"|sign(?:s|ed)|renew(?:s|ed)|chose|chosen|select(?:s|ed)|award(?:s|ed)|contract"
    r"|plans? (?:its|their)|in routine use|work(?:s|ed|ing) with|begun|began)\b",
    re.IGNORECASE,
)
_NO_USE = re.compile(
    r"\b(?:used to be|data (?:provided )?(?:by|from)|does not use|did not use|do not use"
    r"|decided (?:not to|against)|rejected|without using)\b",
    re.IGNORECASE,
)
_PHASES = (
    (
        "PH_RETIRED",
        re.compile(
            r"\b(?:stopped using|switched off|decommissioned|discontinued|withdrawn from use"
            r"|no longer uses?"
            r"|ended its use|contract (?:was )?(?:ended|terminated))\b",
            re.IGNORECASE,
        ),
    ),
    ("PH_PUBLIC_BETA", re.compile(r"\b(?:public|open) beta\b", re.IGNORECASE)),
    ("PH_PRIVATE_BETA", re.compile(r"\b(?:private|closed) beta\b", re.IGNORECASE)),
    ("PH_PAUSED", re.compile(r"\b(?:paused|on hold|suspended)\b", re.IGNORECASE)),
    (
        "PH_PRODUCTION",
        re.compile(
            r"\b(?:went live|gone live|is live|live (?:at|in|across|since)|in (?:routine|daily"
            r"|full) use|business as usual"
            r"|roll(?:s|ed|ing)?[\s-]?out|fully deployed|now uses?|uses|are using|ha(?:s"
            r"|ve) (?:been )?us(?:ed|ing)[^.]{0,60}\bsince|is used|in use (?:at|across|in)"
            r"|extended to all|production)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "PH_PRE_DEPLOYMENT",
        re.compile(r"\b(?:signs|signed|awards|awarded)\b[^.]{0,40}\bcontract\b", re.IGNORECASE),
    ),
    (
        "PH_FREE_TRIAL",
        re.compile(
            r"\b(?:free (?:pilot|trial)|(?:pilot|trial)[^.]{0,60}\b(?:free of charge"
            r"|at no cost|without charge)"
            r"|no[\s-]cost (?:pilot|trial))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "PH_BETA_PILOT",
        re.compile(
            r"\b(?:pilot\w*|trial\w*|proof of concept|early adopter|evaluat\w+|test(?:ed|ing"
            r"|s)|phase one"
            r"|try|tries|tried|trying|stud(?:y|ied))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "PH_PRE_DEPLOYMENT",
        re.compile(
            r"\b(?:will (?:be )?(?:introduc|us|pilot|trial|deploy|roll|go live|begin|start)\w*"
            r"|plans? to|is due to"
            r"|has chosen|has selected|awarded|to be rolled out)\b",
            re.IGNORECASE,
        ),
    ),
)
_STRENGTH = (
    "PH_RETIRED",
    "PH_PAUSED",
    "PH_FREE_TRIAL",
    "PH_PRODUCTION",
    "PH_PUBLIC_BETA",
    "PH_PRIVATE_BETA",
    "PH_BETA_PILOT",
    "PH_PRE_DEPLOYMENT",
    "PH_NOT_STATED",
)
_FUNDING = (
    (
        "TRIAL_FUND_SUPPLIER_FREE",
        re.compile(
            r"\b(?:free of charge|at no cost|without charge|no[\s-]cost|free (?:pilot|trial)"
            r"|(?:supplier|vendor)[\s-]funded"
            r"|paid for by the supplier|funded by the supplier)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "TRIAL_FUND_SUPPLIER_DISCOUNT",
        re.compile(r"\b(?:at a discount|discounted|reduced price)\b", re.IGNORECASE),
    ),
    (
        "TRIAL_FUND_NATIONAL_PROGRAMME",
        re.compile(
            r"\b(?:funded|paid for) by (?:NHS England|the national|a national|the NHS AI Lab)"
            r"|national programme\b",
            re.IGNORECASE,
        ),
    ),
    (
        "TRIAL_FUND_GRANT",
        re.compile(
            r"\b(?:grant|NIHR|Innovate UK|SBRI|funded by (?:a |the )?(?:charity|network))\b"
            r"|\b(?:paid for|funded) by the (?:network|[\w ]{0,40}(?:Network|Trust for"
            r"|Foundation))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "TRIAL_FUND_LOCAL_BUDGET",
        re.compile(
            r"\b(?:own budget|own expense|local budget|from its budget|competitive procurement"
            r"|bought (?:it|the tool)"
            r"|\bICB paid|paid for by the (?:trust|ICB|practice)|procured)\b",
            re.IGNORECASE,
        ),
    ),
)
_NEXT = 2
"""How many sentences after the one that names an organisation still speak of its phase."""


@dataclass(frozen=True, slots=True)
class _Place:
    draft: DeploymentDraft
    rank: int


def deployments(view: PageView, request: ReadRequest, extractor: str) -> Iterator[DeploymentDraft]:
    """One deployment for each organisation that the page says uses or tries something, in the
    order they are named, with the phase that its sentences tell.
    """
    said = list(sentences(view.text))
    funding = _funding(view.text)
    places: dict[str, _Place] = {}
    titled = [named.name for named in organisations(view.title)]
    known = [named.name for named in organisations(view.text)]
    for number, (start, end, words) in enumerate(said):
        here = [_full(named.name, known) for named in organisations(words)]
        for name in here or [other for other in titled if words.startswith(other.split()[0])]:
            key = name_key(name)
            own = name_key(request.publisher) == key and request.voice == "VOICE_SUPPLIER"
            if own or not _USE.search(words) or _NO_USE.search(words):
                continue
            near = " ".join(line[2] for line in said[number : number + 1 + _NEXT])
            phase = _phase(words) or _phase(near) or "PH_NOT_STATED"
            if phase == "PH_BETA_PILOT" and funding == "TRIAL_FUND_SUPPLIER_FREE":
                phase = "PH_FREE_TRIAL"
            rank = _STRENGTH.index(phase)
            if key not in places or rank < places[key].rank:
                draft = DeploymentDraft(
                    extractor=extractor,
                    buyer=name,
                    quote=view.quote(start, end),
                    phase=phase,
                    setting=setting_of(name),
                    funding=funding,
                )
                places[key] = _Place(draft, rank)
    yield from (place.draft for place in places.values())


def _full(name: str, known: list[str]) -> str:
    """The longest way in which the page names the organisation whose name begins like this."""
    longer = [other for other in known if other.startswith(f"{name} ")]
    return max(longer, key=len, default=name)


def _phase(words: str) -> str:
    return next((code for code, pattern in _PHASES if pattern.search(words)), "")


def _funding(text: str) -> str:
    return next((code for code, pattern in _FUNDING if pattern.search(text)), "TRIAL_FUND_UNKNOWN")
