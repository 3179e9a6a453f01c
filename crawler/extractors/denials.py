"""Denials: sentences in which a study says that it found no benefit, or the opposite.

That something bad did not grow ("no increase in complaints") or something good did not shrink is
no denial; neither is that nobody has looked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from catalogue.text import quote
from crawler.extractors import claim_words as words
from crawler.extractors.whole_words import in_any_case

_MEASURABLE = (
    r"(?:(?:statistically|measurable|measured|significant|clear|overall|real|material|noticeable"
    r"|detectable|consistent|net|such)\s+){0,3}"
)
_NOTHING = in_any_case(
    rf"no {_MEASURABLE}(?:evidence (?:that|of|for)|differences?|changes?|effects?|impact|benefits?"
    rf"|gains?|savings?|time (?:was )?sav\w+|improvements?|reductions?|increases?|decreases?"
    rf"|productivity gains?)"
    rf"|(?:did|does|do|has|have|had|was|were|is|are)(?: not|n[\u2019']t) {_MEASURABLE}"
    r"(?:sav\w+|reduc\w+|improv\w+|increas\w+|shorten\w*|cut|fallen|fall|risen|rise|chang\w+"
    r"|affect\w*|lead to|led to|result\w* in|translat\w+ into|differ\w*|faster|quicker|support)"
    rf"|(?:did|could|do) not (?:find|show|see|observe|demonstrate|detect) (?:any )?{_MEASURABLE}"
    r"(?:evidence|differences?|changes?|effects?|reductions?|improvements?|savings?|benefits?)"
    r"|(?:made|makes|make|found|showed|saw|had) (?:no|little) (?:difference|change|effect|impact"
    r"|saving)"
    r"|(?:failed|fails) to (?:sav\w+|reduc\w+|improv\w+|increas\w+|shorten|cut|show)"
    r"|sav(?:es|ed|ing) no|(?:was|were|remained|is|are) unchanged|stayed the same"
)
_OPPOSITE = in_any_case(
    r"(?:took|take|takes|taking|spent|spend|spends|waited|lasted|were|was)(?:\s+\w+){0,2}?"
    r"\s+(?:longer|more time)|slower|more time[- ]consuming"
    r"|(?:increased|added to|added) (?:the |their )?(?:workload|administrative burden|admin)"
)
_CAUSED = re.compile(
    r"\b(?:led|leads|lead|resulted|results|translated|translates|turned|converted)"
    r" (?:to|in|into)\b",
    re.IGNORECASE,
)
_GREW = in_any_case(r"no \w*\s?increases?|not increas\w+|not ris\w+|not grow\w*")
_SHRANK = in_any_case(
    r"no \w*\s?(?:reductions?|decreases?|falls?|loss)|not (?:reduc\w+|fall\w*|decreas\w+)"
)
_BAD = in_any_case(
    r"time|waits?|waiting|costs?|spend\w*|spent|workload|burden|errors?|complaints?|did not attend"
    r"|dnas?|no-shows?|missed|cancell\w+|backlogs?|burnout|stress|incidents?|harms?|turnover"
    r"|sickness|overtime|length of stay|calls?|e-?mails?"
)
"""What is better the less there is of it."""

_HARMLESS = in_any_case(
    r"no evidence (?:of|that)[^.;]{0,40}\b(?:harm\w*|bias\w*|adverse|risk\w*|error\w*)"
)
_UNKNOWN = in_any_case(
    r"no evidence (?:yet|is available|has been published|was (?:supplied|given))|not yet|will"
    r"|nobody (?:has|could)|could not be (?:measured|assessed)|no baseline"
)
_MORE: Final = (
    (
        "BEN_CAPACITY",
        in_any_case(r"patients (?:seen|treated)|number of patients|productiv\w+|throughput"),
    ),
    ("BEN_COST", in_any_case(r"cash|pounds?|financial|spending")),
    ("BEN_TIME", in_any_case(r"time|minutes|hours|longer|faster|quicker|slower|workload")),
)
"""Dimensions by words that no claim would use for them, or only in passing."""


def denials(sentences: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a benefit (BEN_ code) and the sentence that denies it, each benefit once."""
    seen: set[str] = set()
    for sentence in sentences:
        code = denied(sentence)
        if code and code not in seen:
            seen.add(code)
            yield code, quote(sentence)


def denied(sentence: str) -> str:
    """Code of the benefit that a sentence denies; empty where it denies none."""
    if _UNKNOWN.search(sentence) or _HARMLESS.search(sentence):
        return ""
    found = _NOTHING.search(sentence) or _OPPOSITE.search(sentence)
    if found is None:
        return ""
    clause = _clause(sentence, found.start())
    bad = _BAD.search(clause) is not None
    if (_GREW.search(clause) and bad) or (_SHRANK.search(clause) and not bad):
        return ""
    caused = _CAUSED.search(clause)
    what = clause[caused.end() :] if caused else clause
    return _dimension(what) or _dimension(clause)


def _clause(sentence: str, at: int) -> str:
    """The part of a sentence, between colons and semicolons, in which a position lies."""
    start = max(sentence.rfind(mark, 0, at) for mark in ":;") + 1
    ends = [end for mark in ":;" if (end := sentence.find(mark, at)) >= 0]
    return sentence[start : min(ends, default=len(sentence))]


def _dimension(said: str) -> str:
    for code, pattern in (*words.DIMENSIONS, *_MORE):
        if pattern.search(said):
            return code
    return ""
