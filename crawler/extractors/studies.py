"""Studies and evaluations that a page reports: what was done, and who paid, measured and wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from catalogue.drafts import EvidenceDraft
from catalogue.text import name_key, one_line, organisation_key
from crawler.extractors.organisations import organisations
from crawler.page import ReadRequest
from crawler.view.page_view import PageView


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)


_STUDY = _any(
    r"evaluat(?:ion|ions|ed|ing)|stud(?:y|ies)|randomi[sz]ed|controlled trial|audit(?:ed)?"
    r"|systematic review"
    r"|time[\s-]and[\s-]motion|before[\s-]and[\s-]after|economic model|pre-?print"
    r"|peer[\s-]review(?:ed)?"
    r"|compared with|compared \d+|diary|diaries|survey(?:ed)?"
)
_STUDY_NOUN = re.compile(
    r"(?<!case )(?<!\bto )(?<!self-)\b(?:evaluation|study|trial|audit|systematic review"
    r"|time[\s-]and[\s-]motion"
    r"|economic model|survey|pilot)\b(?!\s+(?:sets?|metrics?|methods?|techniques?|population"
    r"|questions?"
    r"|approach\w*|pipeline|data|for an?)\b)",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"\d|\b(?:found|finds|showed|shows|show|measured|compared|published|reported|concluded"
    r"|demonstrated"
    r"|funded|led by|carried out|conducted|independent(?:ly)?)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:will (?:be|publish|report|evaluate)|is planned|are planned|plans? to"
    r"|to be evaluated|no results"
    r"|has not (?:yet )?been|have not (?:yet )?been|not an evaluation"
    r"|no (?:formal )?evaluation|unevaluated"
    r"|wanted|would like|if you can|should)\b",
    re.IGNORECASE,
)
_TYPES = (
    ("EVT_SR", "EVS_3", _any(r"systematic review|meta-analysis")),
    ("EVT_RCT", "EVS_3", _any(r"randomi[sz]ed(?:[\s-]controlled)?|RCT")),
    (
        "EVT_NRC",
        "EVS_3",
        _any(
            r"control group|comparison group|controlled study|matched|stepped[\s-]wedge"
            r"|with and without"
            r"|compared (?:practices|clinics|wards|sites|teams|\d+)|those without|that did not"
            r"|did not use"
            r"|(?:similar|comparable|control) (?:practices|clinics|wards|sites|teams|trusts)"
        ),
    ),
    ("EVT_MODEL", "EVS_1", _any(r"economic model|modell?ed|modell?ing|simulation")),
    ("EVT_AUDIT", "EVS_2", _any(r"audit(?:ed)?")),
    ("EVT_PUBLISHED", "EVS_2", _any(r"peer[\s-]reviewed|published in|journal")),
    (
        "EVT_NRNC",
        "EVS_2",
        _any(
            r"before[\s-]and[\s-]after|evaluation|evaluated|study|trial|pilot|survey(?:ed)?"
            r"|baseline"
            r"|time[\s-]and[\s-]motion|diary|diaries"
        ),
    ),
)
_MEASUREMENTS = (
    ("EVM_OBSERVED_TIME", _any(r"time[\s-]and[\s-]motion|observed|observers?|stopwatch|timed")),
    ("EVM_SYSTEM_LOG", _any(r"system logs?|audit logs?|usage logs?|log data|usage data")),
    ("EVM_DIARY", _any(r"diary|diaries")),
    ("EVM_ROUTINE_DATA", _any(r"routine(?:ly collected)? data|hospital episode statistics")),
    (
        "EVM_SELF_REPORT",
        _any(
            r"self[\s-]report\w*|survey\w*|questionnaires?|(?:staff|users|clinicians) (?:said"
            r"|reported)|interviews?"
        ),
    ),
    ("EVM_MODELLED", _any(r"modell?ed|modell?ing|simulat\w+")),
    ("EVM_EXTRAPOLATED", _any(r"extrapolated|estimated|projected|scaled up|equivalent to")),
)
_FUNDED = re.compile(
    r"\b(?P<self>self[\s-]funded)\b|\b(?P<supplier>supplier|vendor)[\s-]funded\b"
    r"|\b(?P<free>free of charge|at no cost|no[\s-]cost|without charge|free (?:pilot|trial))\b"
    r"|(?<!not )\b(?:funded|paid for|sponsored|commissioned|financed|grant from"
    r"|supported with funding)\s*"
    r"(?:by|from)?\s+(?P<by>[^.;:]{3,90})"
    r"|\bfunding from\s+(?P<from>[^.;:]{3,90})",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:evaluated|evaluation|measured|measured and written|carried out|conducted|assessed"
    r"|study|led|analysed"
    r"|independent evaluation|undertaken|compared)\s*(?:and \w+(?:\s+up)?\s+)?(?:was "
    r"|were )?(?:carried out |led |conducted |done )?"
    r"by\s+(?P<by>[^.;:]{3,90})",
    re.IGNORECASE,
)
_INDEPENDENT = _any(r"independent(?:ly)?(?: evaluation| evaluated| study| review| research)?")
_ACADEMIC = _any(
    r"universit(?:y|ies)|institute|college|academic|school of|research centre|centre for [\w ]+"
)
_SHORT = 40
"""Longest line, in characters, that is a heading and not a sentence."""
_WHO = (
    ("REL_SUPPLIER", _any(r"the supplier|the vendor|the company|its (?:maker|supplier)")),
    (
        "REL_RESEARCH_FUNDER",
        _any(r"NIHR|National Institute for Health|UKRI|Innovate UK|Wellcome|Research Council|SBRI"),
    ),
    ("REL_CHARITY", _any(r"charit(?:y|ies|able)|Health Foundation|Nuffield|Macmillan")),
    (
        "REL_NHS_NATIONAL",
        _any(
            r"NHS England|NHSX|NHS AI Lab|NHS Transformation|health innovation network|the network"
        ),
    ),
    ("REL_GOV", _any(r"government|department (?:of|for)|office for|cabinet office|DHSC")),
    (
        "REL_CUSTOMER",
        _any(
            r"the trust\w*|trust's own|the practices?|the ICB|its own staff|own (?:staff|team"
            r"|diaries)"
        ),
    ),
)
_AUTHORS = {
    "VOICE_SUPPLIER": "REL_SUPPLIER",
    "VOICE_CUSTOMER": "REL_CUSTOMER",
    "VOICE_JOINT": "REL_JOINT",
    "VOICE_GOV": "REL_GOV",
    "VOICE_REGULATOR": "REL_GOV",
    "VOICE_INDEPENDENT": "REL_INDEPENDENT",
}
"""Who writes on a site of each voice."""

_PUBLISHERS = {**_AUTHORS, "VOICE_NETWORK": "REL_NHS_NATIONAL"}
"""What the publisher itself is to the supplier, by the voice of its site."""


def studies(
    view: PageView, request: ReadRequest, extractor: str, *, claimed: bool
) -> Iterator[EvidenceDraft]:
    """The study that the page reports, if it reports one; else a case study's own account.

    A page of no known kind counts only where benefits are `claimed` on it: there is much
    evaluating in the world that is no evidence of what a tool does for its users. One page gives
    at most one item of evidence, because its sentences describe parts of the same work.
    """
    if view.kind == "page" and not claimed:
        return
    headings = {name_key(view.title), name_key(view.heading)}
    said = [line for line in view.sentences if name_key(line[2]) not in headings]
    telling = [
        (start, end, words)
        for start, end, words in said
        if _STUDY.search(words) and _FOUND.search(words) and not _NOT_YET.search(words)
    ]
    titled = _STUDY_NOUN.search(view.title) is not None
    strong = [line for line in telling if _STUDY_NOUN.search(line[2]) or _strong(line[2])]
    if strong or (titled and telling):
        start, end, _ = (strong or telling)[0]
        words = view.text if titled else " ".join(line[2] for line in telling)
        yield _study(view, request, extractor, (start, end), words)
    elif said and (view.kind == "case_study" or (claimed and _customer_story(view, request))):
        start, end, _ = _telling_most(said)
        yield _account(view, request, extractor, (start, end))


def _customer_story(view: PageView, request: ReadRequest) -> bool:
    """Whether a supplier's news tells of a customer: an account, whatever the address says."""
    own = request.voice == "VOICE_SUPPLIER" and view.kind == "news"
    return own and next(organisations(view.text), None) is not None


def funding(words: str, request: ReadRequest) -> str:
    """REL_ code of who paid, as the words say it; REL_UNKNOWN when they do not."""
    for found in _FUNDED.finditer(words):
        if found["supplier"] or found["free"]:
            return "REL_SUPPLIER"
        payer = found["by"] or found["from"] or ""
        if payer:
            return _who(payer, request)
    return "REL_UNKNOWN"


def design(words: str) -> tuple[str, str]:
    """EVT_ and EVS_ code of the kind of study that the words tell of."""
    return next(
        ((code, strength) for code, strength, cue in _TYPES if cue.search(words)),
        ("EVT_OTHER", "EVS_1"),
    )


def funder_named(agencies: Iterable[str]) -> str:
    """REL_ code of the first agency that is known for what it is; of others that gave a grant,
    a research funder's; REL_UNKNOWN where none is named.
    """
    named = list(agencies)
    known = (next((code for code, cue in _WHO if cue.search(one)), "") for one in named)
    return next(filter(None, known), "REL_RESEARCH_FUNDER" if named else "REL_UNKNOWN")


def _study(
    view: PageView, request: ReadRequest, extractor: str, span: tuple[int, int], words: str
) -> EvidenceDraft:
    everything = f"{view.title}. {view.text}"
    kind, strength = design(words)
    if kind == "EVT_NRNC" and not re.search(r"\d|%", words):
        strength = "EVS_1"
    measurer = _measurer(everything, request)
    author = _AUTHORS.get(request.voice, "REL_UNKNOWN")
    if re.search(r"\bwritten (?:up )?by\b", everything) or request.voice in {
        "VOICE_NETWORK",
        "VOICE_PRESS",
    }:
        author = measurer
    return EvidenceDraft(
        extractor=extractor,
        title=one_line(view.title or view.heading, 200),
        quote=view.quote(*span),
        evidence_type=kind,
        strength=strength,
        measurement=measurement(words),
        funder=funding(everything, request),
        measurer=measurer,
        author=author,
        published_on=view.published_on,
    )


def _account(
    view: PageView, request: ReadRequest, extractor: str, span: tuple[int, int]
) -> EvidenceDraft:
    return EvidenceDraft(
        extractor=extractor,
        title=one_line(view.title or view.heading, 200),
        quote=view.quote(*span),
        evidence_type="EVT_CASE",
        strength="EVS_1",
        measurement=measurement(view.text),
        funder=funding(view.text, request),
        measurer=_measurer(view.text, request),
        author=_AUTHORS.get(request.voice, "REL_UNKNOWN"),
        published_on=view.published_on,
    )


def _strong(words: str) -> bool:
    return any(
        cue.search(words) for code, _, cue in _TYPES if code in {"EVT_RCT", "EVT_NRC", "EVT_SR"}
    )


def _telling_most(said: list[tuple[int, int, str]]) -> tuple[int, int, str]:
    """The first sentence with a figure in it, else the first that is one."""
    long = [line for line in said if len(line[2]) > _SHORT] or said
    return next((line for line in long if re.search(r"\d", line[2])), long[0])


def measurement(words: str) -> str:
    """EVM_ code of how was measured, as the words tell it."""
    return next((code for code, cue in _MEASUREMENTS if cue.search(words)), "EVM_NOT_STATED")


def _measurer(words: str, request: ReadRequest) -> str:
    for found in _MEASURED.finditer(words):
        who = _who(found["by"], request)
        if who != "REL_UNKNOWN":
            return who
    near = re.search(
        r"\bmeasured (?:by|from|in|with)\s+(?:the\s+)?(?:trust|practice|ICB"
        r"|hospital)\w*[\u2019']?s?\b",
        words,
    )
    if near:
        return "REL_CUSTOMER"
    subject = re.search(
        r"\b((?:The )?(?:University|Institute|Centre) (?:of|for) [A-Z]\w+(?: [A-Z]\w+)*)\s+"
        r"(?:evaluated|compared|measured|studied|led)\b",
        words,
    )
    if subject or ((independent := _INDEPENDENT.search(words)) and "evaluation" in independent[0]):
        return "REL_INDEPENDENT"
    return "REL_UNKNOWN"


def _who(words: str, request: ReadRequest) -> str:
    """What an organisation is to the supplier, by its name."""
    words = re.split(r"\b(?:and had no|without)\b", words)[0]
    if organisation_key(request.publisher) in name_key(words):
        return _PUBLISHERS.get(request.voice, "REL_UNKNOWN")
    if _ACADEMIC.search(words) and not _any(r"charity").search(words):
        return "REL_INDEPENDENT"
    return next((code for code, cue in _WHO if cue.search(words)), "REL_UNKNOWN")
