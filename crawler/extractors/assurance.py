"""Statements of assurance: what a page says of DTAC, DSPT, Cyber Essentials and their like.

A page can only claim; that a certificate exists is found out at a register, not here. Where a page
links the certificate itself, as a file, the document counts as seen: that it holds is not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from catalogue.assurance import edition
from catalogue.drafts import Quote, Value
from catalogue.properties import ASSURANCE
from catalogue.text import one_line, quote
from crawler.extractors.labels import labelled
from crawler.extractors.terms import Cue, cued
from crawler.extractors.validity import Validity, validity
from crawler.view.links import absolute
from crawler.view.page_view import PageView

_SHORT = 7
"""Most words of a bare item, such as "Cyber Essentials Plus", that is a claim by itself."""
_LONG = 300
_STATES = (
    (
        "AST_NOT_APPLICABLE",
        re.compile(
            r"\b(?:not applicable|n/a|not required|not a medical device|exempt)\b", re.IGNORECASE
        ),
    ),
    (
        "AST_LAPSED",
        re.compile(
            r"\b(?:expired|lapsed|ended|withdrawn|no longer|was (?:certified|valid)|ran out"
            r"|until then)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "AST_IN_PROGRESS",
        re.compile(
            r"\b(?:in progress|in preparation|under ?way|working (?:towards|on)|applied|applying"
            r"|application|aim(?:s|ing)? (?:to|for)|planned|plan to|pending|due (?:in|by|to)"
            r"|expected"
            r"|not yet|being (?:assessed|prepared|renewed|completed)|will (?:be|have|complete)"
            r"|preparing|renewal|under assessment|awaiting|submitted)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "AST_NOT_STATED",
        re.compile(r"\b(?:not held|none|do(?:es)? not (?:have|hold)|without)\b", re.IGNORECASE),
    ),
)
_CLAIM = re.compile(
    r"\b(?:complian\w*|complied|complies|certif\w*|meets?|met|assessed|pass(?:ed|es)"
    r"|complet\w+|register\w*"
    r"|accredit\w*|conform\w*|standards (?:met|exceeded)|hold(?:s|ing)?|held|achiev\w+"
    r"|in place|valid|audited"
    r"|published|tested|independently|aligned|adhere\w*|available|named|appointed|class"
    r"|version|v\d)\b",
    re.IGNORECASE,
)
_REGISTERED = re.compile(r"\bMHRA\b|\bregist\w+", re.IGNORECASE)
"""A device class alone ("class IIa medical device") says nothing of a registration."""
_OTHERS = re.compile(
    r"\b(?:customers?|trusts?|your|deploying|buyers?) (?:must|should|need|will need)\b",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:all|both|each|every one)\b", re.IGNORECASE)
"""Where a list ends so, the dates behind it are those of everything in it."""
_DATELESS = frozenset({"AST_IN_PROGRESS", "AST_NOT_STATED", "AST_NOT_APPLICABLE"})
"""States in which no day of a certificate can be told: a date is that of a plan."""
_PAPER = re.compile(
    r"\b(?:certificate|report|statement|declaration|form|assessment|registration|letter|summary"
    r"|case)\b",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:pdf|docx?|odt|png|jpe?g)$", re.IGNORECASE)


def assurance(view: PageView) -> list[Value]:
    """One value for each artefact that the page speaks of, in the order of the page, with the days
    that the words give.

    Labelled values count before sentences, and the first words before later ones, unless the later
    ones give a version or a day and the first give neither.
    """
    found: dict[str, Value] = {}
    for value in (*_labelled(view), *_said(view)):
        known = found.setdefault(value.property, value)
        if _tells_more(value, known):
            found[value.property] = value
    for name, link in _linked(view):
        claimed = found.get(name)
        if claimed is None or claimed.value == "AST_CLAIMED":
            found[name] = link if claimed is None else _with(claimed, link)
    return list(found.values())


def _tells_more(value: Value, known: Value) -> bool:
    """Whether a claim gives a version or a day, where the same claim before it gave neither."""
    return value.value == known.value and bool(edition(value)) and not edition(known)


def dated(artefact: str, state: str, words: str, quoted: Quote, near: str = "") -> Value:
    """What is said of one artefact.

    Args:
        artefact: ASR_ code.
        state: AST_ code.
        words: The words on this artefact: they give version, class and days.
        quoted: All the words that say it, and their place.
        near: Words around that may give the day where its own do not.
    """
    told = Validity() if state in _DATELESS else validity(words) | validity(near)
    return Value(
        property=ASSURANCE + artefact,
        value=state,
        original=quote(words),
        quote=quoted,
        stated_on=told.stated_on,
        valid_until=told.valid_until,
    )


def _labelled(view: PageView) -> Iterator[Value]:
    for line in labelled(view.tree):
        for cue in cued("assurance_artefacts", line.label):
            if cue.end - cue.start >= len(line.label) // 2:
                said = view.quote_labelled(line.label, line.value, line.place)
                yield dated(cue.term.code, _state(line.value), line.value, said)


def _said(view: PageView) -> Iterator[Value]:
    for start, end, sentence in view.sentences:
        if len(sentence) > _LONG or sentence.endswith("?") or _OTHERS.search(sentence):
            continue
        cues = [
            cue
            for cue in cued("assurance_artefacts", sentence)
            if cue.term.code != "ASR_MHRA_REG" or _REGISTERED.search(sentence)
        ]
        if not cues or not (len(sentence.split()) <= _SHORT or _claims(sentence)):
            continue
        said = view.quote(start, end)
        for cue, words in _apart(cues, sentence):
            near = sentence[: cues[0].start]
            if _ALL.search(sentence, cues[-1].end):
                near = f"{near} {sentence[cues[-1].end :]}"
            yield dated(cue.term.code, _state(words), words, said, near)


def _apart(cues: list[Cue], sentence: str) -> Iterator[tuple[Cue, str]]:
    """Each artefact of a sentence with the words on it: all of them where it is the only one."""
    if len(cues) == 1:
        yield cues[0], sentence
        return
    ends = [*(cue.start for cue in cues[1:]), len(sentence)]
    for cue, end in zip(cues, ends, strict=True):
        yield cue, sentence[cue.start : end].strip(" ,;")


def _linked(view: PageView) -> Iterator[tuple[str, Value]]:
    """Artefacts whose certificate or form is linked, as a file."""
    for node in view.tree.css("a[href]"):
        words = one_line(node.text(separator=" "))
        url = absolute(view.url, node.attributes.get("href") or "")
        if not words or not _FILE.search(urlsplit(url).path) or not _PAPER.search(words):
            continue
        for cue in cued("assurance_artefacts", words):
            said = view.quote_of(words, "a")
            value = dated(cue.term.code, "AST_EVIDENCE_SEEN", words, said)
            yield value.property, value


def _with(claimed: Value, link: Value) -> Value:
    """A claim beside which the certificate is linked: the words and days of both."""
    words = f"{claimed.original}; linked: {link.original}"
    days = Validity(claimed.stated_on, claimed.valid_until) | Validity(
        link.stated_on, link.valid_until
    )
    return claimed.model_copy(
        update={
            "value": link.value,
            "original": quote(words),
            "stated_on": days.stated_on,
            "valid_until": days.valid_until,
        }
    )


def _claims(sentence: str) -> bool:
    return _CLAIM.search(sentence) is not None or any(
        pattern.search(sentence) for _, pattern in _STATES
    )


def _state(words: str) -> str:
    return next((state for state, pattern in _STATES if pattern.search(words)), "AST_CLAIMED")
