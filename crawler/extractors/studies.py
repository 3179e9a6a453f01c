"""Studies and evaluations that a page reports: what was done, and who paid, measured and wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.drafts import EvidenceDraft
from catalogue.text import name_key, one_line
from crawler.extractors.denials import denials
from crawler.extractors.organisations import organisations
from crawler.extractors.relations import of_account, peer_reviewed, relations
from crawler.extractors.whole_words import in_any_case, in_small
from crawler.page import ReadRequest
from crawler.view.page_view import PageView

_STUDY = in_small(
    r"evaluat(?:ion|ions|ed|ing)|stud(?:y|ies)|randomi[sz]ed|controlled trial|audit(?:ed)?"
    r"|systematic review"
    r"|time[\s-]and[\s-]motion|before[\s-]and[\s-]after|economic model|pre-?print"
    r"|peer[\s-]review(?:ed)?"
    r"|compared with|compared \d+|diary|diaries|survey(?:ed)?"
)
_STUDYING = (
    *("evaluat", "stud", "randomi", "trial", "audit", "systematic", "motion", "before", "economic"),
    *("print", "peer", "compared", "diar", "survey"),
)
"""One of these stands in each word of `_STUDY`: most sentences have none."""
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
    r"|funded|led by|carried out|conducted|independent(?:ly)?)\b"
)
"""Looked for in small letters, too."""
_NOT_YET = in_small(
    r"will (?:be|publish|report|evaluate)|is planned|are planned|plans? to"
    r"|to be evaluated|no results"
    r"|has not (?:yet )?been|have not (?:yet )?been|not an evaluation"
    r"|no (?:formal )?evaluation|unevaluated"
    r"|wanted|would like|if you can|should"
)
_TYPES = (
    ("EVT_SR", "EVS_3", in_any_case(r"systematic review|meta-analysis")),
    ("EVT_RCT", "EVS_3", in_any_case(r"randomi[sz]ed(?:[\s-]controlled)?|RCT")),
    (
        "EVT_NRC",
        "EVS_3",
        in_any_case(
            r"control group|comparison group|controlled study|matched|stepped[\s-]wedge"
            r"|with and without"
            r"|compared (?:practices|clinics|wards|sites|teams|\d+)|those without|that did not"
            r"|did not use"
            r"|(?:similar|comparable|control) (?:practices|clinics|wards|sites|teams|trusts)"
        ),
    ),
    ("EVT_MODEL", "EVS_1", in_any_case(r"economic model|modell?ed|modell?ing|simulation")),
    ("EVT_AUDIT", "EVS_2", in_any_case(r"audit(?:ed)?")),
    ("EVT_PUBLISHED", "EVS_2", in_any_case(r"peer[\s-]reviewed|published in|journal")),
    (
        "EVT_NRNC",
        "EVS_2",
        in_any_case(
            r"before[\s-]and[\s-]after|evaluation|evaluated|study|trial|pilot|survey(?:ed)?"
            r"|baseline"
            r"|time[\s-]and[\s-]motion|diary|diaries"
        ),
    ),
)
_MEASUREMENTS = (
    (
        "EVM_OBSERVED_TIME",
        ("time", "observe", "stopwatch"),
        in_small(r"time[\s-]and[\s-]motion|observed|observers?|stopwatch|timed"),
    ),
    (
        "EVM_SYSTEM_LOG",
        ("log", "usage"),
        in_small(r"system logs?|audit logs?|usage logs?|log data|usage data"),
    ),
    ("EVM_DIARY", ("diar",), in_small(r"diary|diaries")),
    (
        "EVM_ROUTINE_DATA",
        ("routine", "episode"),
        in_small(r"routine(?:ly collected)? data|hospital episode statistics"),
    ),
    (
        "EVM_SELF_REPORT",
        ("report", "survey", "questionnaire", "said", "interview"),
        in_small(
            r"self[\s-]report\w*|survey\w*|questionnaires?|(?:staff|users|clinicians) (?:said"
            r"|reported)|interviews?"
        ),
    ),
    ("EVM_MODELLED", ("model", "simulat"), in_small(r"modell?ed|modell?ing|simulat\w+")),
    (
        "EVM_EXTRAPOLATED",
        ("extrapolated", "estimated", "projected", "scaled", "equivalent"),
        in_small(r"extrapolated|estimated|projected|scaled up|equivalent to"),
    ),
)
"""Each way of measuring with what one of must stand in a text that tells of it, and its cues, both
in small letters."""
_SHORT = 40
"""Longest line, in characters, that is a heading and not a sentence."""


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
    telling = [
        (start, end, words)
        for start, end, words in view.sentences
        if _tells(words) and name_key(words) not in headings
    ]
    titled = _STUDY_NOUN.search(view.title) is not None
    strong = [line for line in telling if _STUDY_NOUN.search(line[2]) or _strong(line[2])]
    if strong or (titled and telling):
        start, end, _ = (strong or telling)[0]
        words = view.text if titled else " ".join(line[2] for line in telling)
        yield _study(view, request, extractor, (start, end), words)
    elif view.kind == "case_study" or (claimed and _customer_story(view, request)):
        said = [line for line in view.sentences if name_key(line[2]) not in headings]
        if said:
            start, end, _ = _telling_most(said)
            yield _account(view, request, extractor, (start, end))


def _tells(words: str) -> bool:
    """Whether a sentence tells of a study and of what it found."""
    small = words.lower()
    studying = any(one in small for one in _STUDYING) and _STUDY.search(small)
    return bool(studying and _FOUND.search(small) and not _NOT_YET.search(small))


def _customer_story(view: PageView, request: ReadRequest) -> bool:
    """Whether a supplier's news tells of a customer: an account, whatever the address says."""
    own = request.voice == "VOICE_SUPPLIER" and view.kind == "news"
    return own and next(organisations(view.text), None) is not None


def design(words: str) -> tuple[str, str]:
    """EVT_ and EVS_ code of the kind of study that the words tell of."""
    return next(
        ((code, strength) for code, strength, cue in _TYPES if cue.search(words)),
        ("EVT_OTHER", "EVS_1"),
    )


def _study(
    view: PageView, request: ReadRequest, extractor: str, span: tuple[int, int], words: str
) -> EvidenceDraft:
    everything = f"{view.title}. {view.text}"
    kind, strength = design(words)
    if kind == "EVT_NRNC" and not re.search(r"\d|%", words):
        strength = "EVS_1"
    who = relations(everything, request)
    return EvidenceDraft(
        extractor=extractor,
        title=one_line(view.title or view.heading, 200),
        quote=view.quote(*span),
        evidence_type=kind,
        strength=strength,
        measurement=measurement(words),
        funder=who.funder,
        measurer=who.measurer,
        author=who.author,
        peer_reviewed=peer_reviewed(everything),
        against=tuple(denials(line[2] for line in view.sentences)),
        published_on=view.published_on,
    )


def _account(
    view: PageView, request: ReadRequest, extractor: str, span: tuple[int, int]
) -> EvidenceDraft:
    who = of_account(view.text, request)
    return EvidenceDraft(
        extractor=extractor,
        title=one_line(view.title or view.heading, 200),
        quote=view.quote(*span),
        evidence_type="EVT_CASE",
        strength="EVS_1",
        measurement=measurement(view.text),
        funder=who.funder,
        measurer=who.measurer,
        author=who.author,
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
    small = words.lower()
    return next(
        (
            code
            for code, begins, cue in _MEASUREMENTS
            if any(one in small for one in begins) and cue.search(small)
        ),
        "EVM_NOT_STATED",
    )
