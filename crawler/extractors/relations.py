"""Who paid for a study, who measured and who wrote it: three questions, each answered by itself.

What nobody says stays unknown. That a supplier calls its evaluation independent makes it none: it
has to say whose it was. A university that the supplier paid is a third party paid by the supplier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from catalogue.text import name_key, organisation_key
from crawler.extractors.whole_words import in_any_case, in_small
from crawler.page import ReadRequest

UNKNOWN: Final = "REL_UNKNOWN"
SUPPLIER: Final = "REL_SUPPLIER"
INDEPENDENT: Final = "REL_INDEPENDENT"


class Relations(NamedTuple):
    """REL_ codes of who paid, who measured and who wrote."""

    funder: str
    measurer: str
    author: str


_STUDY = (
    r"(?:evaluation|study|studies|trial|pilot|audit|survey|review|research|analysis|assessment"
    r"|report|work|project)"
)
_NAMED = r"(?P<by>[^.;:]{3,90})"
_FUNDED = re.compile(
    r"\b(?P<free>(?i:free of charge|at no cost|no[\s-]cost|without charge|free (?:pilot|trial)))\b"
    r"|\b(?P<kind>[A-Z][\w&]+|supplier|vendor|company|industry)[\s-]funded\b"
    r"|(?<!not )(?<!n['\u2019]t )\b(?i:funded|paid for|sponsored|commissioned|financed|underwritten"
    r"|supported with (?:funding|money)|supported)\s+"
    r"(?i:(?:jointly|partly|entirely|wholly|fully|in full|in part)\s+)?(?i:by|from)\s+"
    r"(?i:an? (?:\w+ )?grant from\s+)?(?P<by>[^.;:]{3,90})"
    r"|(?<!no )(?<!No )\b(?i:funding|grant|money) (?i:was provided by|came from|from|provided by)"
    r"\s+"
    r"(?P<source>[^.;:]{3,90})",
)
_PAYS = re.compile(
    rf"(?P<who>[A-Z][^.;:,]{{2,70}}?),?\s+(?:who\s+|which\s+|that\s+)?(?:has |have )?"
    rf"(?:funded|paid for|commissioned|sponsored|financed)\s+(?:the|an?|this|our|its)\s+"
    rf"(?:\w+\s+){{0,3}}?{_STUDY}\b"
)
_PAYING = (
    *("fund", "paid for", "sponsored", "commissioned", "financed", "underwritten", "supported"),
    *("free", "no cost", "no-cost", "without charge", "grant", "money"),
)
"""One of these stands where somebody paid."""
_MEASURED = re.compile(
    rf"\b(?:evaluated|measured|carried out|conducted|assessed|led|analysed|undertaken|compared"
    rf"|run|audited|surveyed|{_STUDY})\s*"
    r"(?:and \w+(?:\s+up)?\s+)?(?:was |were |has been )?(?:independently )?"
    r"(?:carried out |led |conducted |done |undertaken |run )?"
    rf"(?:independently |in \d{{4}} )*by\s+{_NAMED}",
    re.IGNORECASE,
)
_MEASURES = re.compile(
    r"\b(?P<by>(?:[Tt]he )?[A-Z][\w'\u2019&-]+(?: (?:[A-Z][\w'\u2019&-]+|of|for|and|the)){0,8})"
    r" (?:(?:has|have) )?(?:independently )?(?:evaluated|compared|measured|studied|led|assessed"
    r"|analysed|(?:carried out|conducted|published|ran|undertook) (?:an?|the|its|their) "
    rf"(?:[\w-]+ ){{0,2}}?{_STUDY})\b"
)
_MEASURERS = (
    (("by",), _MEASURED),
    (
        (
            *(" evaluated", " compared", " measured", " studied", " led", " assessed"),
            *(" analysed", " carried out", " conducted", " published", " ran ", " undertook"),
        ),
        _MEASURES,
    ),
)
"""Each pattern of who measured with what one of must stand in the words."""
_OWN = in_small(
    r"(?:by )?our own (?:count|figures|data|analysis|measure\w*|records)|we measured|we counted"
    r"|our (?:survey|analysis|study|own study)|internal (?:evaluation|study|analysis|testing|tests"
    r"|audit)|in-house (?:evaluation|study|analysis)"
)
_MEASURED_BY_USER = re.compile(
    r"\bmeasured (?:by|from|in|with)\s+(?:the\s+)?(?:trust|practice|ICB|hospital)\w*[\u2019']?s?\b"
)
_TOGETHER = re.compile(
    rf"\b(?:in (?:partnership|collaboration|conjunction)|together|jointly|co-\w+) with\s+{_NAMED}"
    rf"|\b(?P<joint>joint(?:ly)? (?:conducted |led |run )?{_STUDY})\b",
    re.IGNORECASE,
)
_JOINING = ("partnership", "collaboration", "conjunction", "together", "joint", "co-")
"""One of these stands where work was done together."""
_INDEPENDENT = in_small(
    rf"independent(?:ly)? (?:\w+ )?(?:evaluated|{_STUDY})|evaluated independently"
)
_SAYS_WRITER = re.compile(r"\bwritten (?:up )?by\b")
_WRITTEN = re.compile(
    rf"\b(?:written(?: up)?|authored|reported|published) by\s+{_NAMED}", re.IGNORECASE
)
_NAME = r"[A-Z][\w&'\u2019-]+(?: [A-Z][\w&'\u2019-]+){0,3}"
_MAKER = re.compile(
    rf"\b(?:made|developed|built|supplied|sold) by (?P<by>{_NAME})"
    r"|\b(?:[Ii]ts|[Tt]he) (?:maker|supplier|developer|vendor|manufacturer),? "
    rf"(?P<named>{_NAME})"
)
_PEER_REVIEWED = in_any_case(
    r"peer[\s-]reviewed|(?:published|appeared|appears) in (?:the )?(?:[A-Z]\w+ ){0,4}?(?:journal\b"
    r"|BMJ|Lancet|JMIR|JAMA|npj|PLOS|BJGP|NEJM|Nature)|published in (?:a|the) [\w ]{0,40}journal"
)
_NOT_REVIEWED = in_any_case(
    r"pre-?prints?|(?:not|never|yet to|awaiting|before|without|nor)(?: \w+){0,3} peer[\s-]review\w*"
    r"|not (?:yet )?(?:been )?reviewed by peers"
)
_NEXT = re.compile(
    r"\b(?:and had no|without|with no|but)\b"
    r"|(?:,| and)(?: was| were)? (?:independently )?(?:measured|written|carried out|conducted|led"
    r"|undertaken|evaluated|run|done|analysed|assessed|published|reported)\b"
)
"""Where a sentence goes on to who did something else."""

_ACADEMIC = in_any_case(
    r"universit(?:y|ies)|institute|college|academics?|school of|research centre"
    r"|centre for [\w ]+|independent (?:researchers?|evaluators?|assessors?|consultants?)"
)
_WHO = (
    (
        SUPPLIER,
        in_any_case(
            r"the (?:supplier|vendor|company|manufacturer|developers?)|supplier|vendor|company"
            r"|industry|its (?:maker|supplier|developer|vendor)"
        ),
    ),
    (
        "REL_RESEARCH_FUNDER",
        in_any_case(
            r"NIHR|National Institute for Health|UKRI|Innovate UK|Wellcome|Research Council|SBRI"
            r"|EPSRC|MRC"
        ),
    ),
    (
        "REL_CHARITY",
        in_any_case(r"charit(?:y|ies|able)|\w+ Foundation(?! Trust)|Nuffield|Macmillan"),
    ),
    (
        "REL_NHS_NATIONAL",
        in_any_case(
            r"NHS England|NHSX|NHS AI Lab|NHS Transformation|health innovation network|the network"
            r"|NHS Scotland|NHS Wales"
        ),
    ),
    ("REL_GOV", in_any_case(r"government|department (?:of|for)|office for|cabinet office|DHSC")),
    (
        "REL_CUSTOMER",
        in_any_case(
            r"the trust\w*|trust's own|the (?:\w+ )?practices?|the ICB|its own staff"
            r"|own (?:staff|team|diaries)|NHS (?:Foundation )?Trust|the hospital|ICB"
        ),
    ),
)
_AUTHORS = {
    "VOICE_SUPPLIER": SUPPLIER,
    "VOICE_CUSTOMER": "REL_CUSTOMER",
    "VOICE_JOINT": "REL_JOINT",
    "VOICE_GOV": "REL_GOV",
    "VOICE_REGULATOR": "REL_GOV",
    "VOICE_INDEPENDENT": INDEPENDENT,
}
"""Who writes on a site of each voice."""

_PUBLISHERS = {**_AUTHORS, "VOICE_NETWORK": "REL_NHS_NATIONAL"}
"""What the publisher itself is to the supplier, by the voice of its site."""

_REPORTING = frozenset({"VOICE_NETWORK", "VOICE_PRESS"})
"""Voices that report studies of others: what they say of the study's author counts."""


def relations(words: str, request: ReadRequest) -> Relations:
    """Who paid for, measured and wrote the study that a page tells of in these words."""
    funder = funding(words, request)
    measurer = _measurer(words, request)
    author = _AUTHORS.get(request.voice, UNKNOWN)
    if request.voice in _REPORTING or ("written" in words and _SAYS_WRITER.search(words)):
        author = _writer(words, request) or measurer
    if funder == SUPPLIER and measurer == INDEPENDENT:
        measurer = "REL_SUPPLIER_FUNDED_THIRD"
    return Relations(funder, measurer, author)


def of_account(words: str, request: ReadRequest) -> Relations:
    """The same of an account, which its publisher writes."""
    found = relations(words, request)
    return found._replace(author=_AUTHORS.get(request.voice, UNKNOWN))


def funding(words: str, request: ReadRequest) -> str:
    """REL_ code of who paid, as the words say it; REL_UNKNOWN when they do not."""
    small = words.lower()
    paying = any(one in small for one in _PAYING)
    for found in _FUNDED.finditer(words) if paying else ():
        if found["free"]:
            return SUPPLIER
        payer = found["by"] or found["source"] or found["kind"] or ""
        if (who := _who(payer, words, request)) != UNKNOWN:
            return who
    for found in _PAYS.finditer(words) if paying else ():
        if (who := _who(found["who"], words, request)) != UNKNOWN:
            return who
    return UNKNOWN


def funder_named(agencies: Iterable[str]) -> str:
    """REL_ code of the first agency that is known for what it is; of others that gave a grant,
    a research funder's; REL_UNKNOWN where none is named.
    """
    named = list(agencies)
    known = (next((code for code, cue in _WHO if cue.search(one)), "") for one in named)
    return next(filter(None, known), "REL_RESEARCH_FUNDER" if named else UNKNOWN)


def peer_reviewed(words: str) -> bool | None:
    """Whether the words say that peers reviewed it; None where they do not say."""
    if _NOT_REVIEWED.search(words):
        return False
    return True if _PEER_REVIEWED.search(words) else None


def _measurer(words: str, request: ReadRequest) -> str:
    small = words.lower()
    for begins, pattern in _MEASURERS:
        for found in pattern.finditer(words) if any(one in small for one in begins) else ():
            if (who := _who(found["by"], words, request)) != UNKNOWN:
                return _with_partner(who, words, request)
    if "measured" in small and _MEASURED_BY_USER.search(words):
        return "REL_CUSTOMER"
    own = _AUTHORS.get(request.voice, UNKNOWN)
    if (joined := _with_partner(own, words, request)) != own:
        return joined
    if _OWN.search(small):
        return own
    # Of a supplier, "independent" is a claim like any other until it says whose it was.
    if request.voice != "VOICE_SUPPLIER" and _INDEPENDENT.search(small):
        return INDEPENDENT
    return UNKNOWN


def _with_partner(who: str, words: str, request: ReadRequest) -> str:
    """Joint work where one of those who did it is the supplier, and another is not."""
    small = words.lower()
    for found in _TOGETHER.finditer(words) if any(one in small for one in _JOINING) else ():
        if not re.search(_STUDY, _sentence(words, found.start()), re.IGNORECASE):
            continue
        if found["joint"]:
            return "REL_JOINT" if request.voice == "VOICE_SUPPLIER" else who
        partner = _who(found["by"], words, request)
        parties = {who, partner, _AUTHORS.get(request.voice, UNKNOWN) if who == UNKNOWN else who}
        if SUPPLIER in parties and len(parties - {UNKNOWN}) > 1:
            return "REL_JOINT"
    return who


def _sentence(words: str, at: int) -> str:
    start = max(words.rfind(mark, 0, at) for mark in (". ", "\n")) + 1
    end = min((end for mark in (". ", "\n") if (end := words.find(mark, at)) >= 0), default=None)
    return words[start:end]


def _writer(words: str, request: ReadRequest) -> str:
    """Who the words say wrote it; empty where they do not."""
    for found in _WRITTEN.finditer(words):
        if (who := _who(found["by"], words, request)) != UNKNOWN:
            return who
    return ""


def _who(named: str, words: str, request: ReadRequest) -> str:
    """What an organisation is to the supplier, by its name and by what the page says of it."""
    named = _NEXT.split(named)[0]
    key = name_key(named)
    if request.publisher and organisation_key(request.publisher) in key:
        return _PUBLISHERS.get(request.voice, UNKNOWN)
    if any(maker in key for maker in _makers(words)):
        return SUPPLIER
    if _ACADEMIC.search(named) and not re.search(r"\bcharity\b", named, re.IGNORECASE):
        return INDEPENDENT
    return next((code for code, cue in _WHO if cue.search(named)), UNKNOWN)


def _makers(words: str) -> set[str]:
    """Keys of those whom the words call the maker of the tool."""
    named = {found["by"] or found["named"] for found in _MAKER.finditer(words)}
    return {key for one in named if len(key := organisation_key(one)) > 3}  # noqa: PLR2004 - a name
