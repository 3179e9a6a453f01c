"""Statements of assurance: what a page says of DTAC, DSPT, Cyber Essentials and their like.

A page can only claim; that a certificate exists is found out at a register, not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalogue.drafts import Value
from catalogue.text import quote
from crawler.extractors.labels import labelled
from crawler.extractors.terms import cued
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


def assurance(view: PageView) -> list[Value]:
    """One value for each artefact that the page speaks of, in the order of the page.

    Labelled values count before sentences, and the first words before later ones.
    """
    found: dict[str, Value] = {}
    for value in (*_labelled(view), *_said(view)):
        found.setdefault(value.property, value)
    return list(found.values())


def _labelled(view: PageView) -> Iterator[Value]:
    for line in labelled(view.tree):
        for cue in cued("assurance_artefacts", line.label):
            if cue.end - cue.start >= len(line.label) // 2:
                yield Value(
                    property=f"assurance.{cue.term.code}",
                    value=_state(line.value),
                    original=quote(line.value),
                    quote=view.quote_labelled(line.label, line.value, line.place),
                )


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
        for number, cue in enumerate(cues):
            following = cues[number + 1].start if number + 1 < len(cues) else len(sentence)
            near = sentence[cue.start : following] if len(cues) > 1 else sentence
            yield Value(
                property=f"assurance.{cue.term.code}",
                value=_state(near),
                original=quote(sentence),
                quote=view.quote(start, end),
            )


def _claims(sentence: str) -> bool:
    return _CLAIM.search(sentence) is not None or any(
        pattern.search(sentence) for _, pattern in _STATES
    )


def _state(words: str) -> str:
    return next((state for state, pattern in _STATES if pattern.search(words)), "AST_CLAIMED")
