"""Suggesting terms of a vocabulary for a text, with the reason in words.

Written rules accept; everything else suggests:

* T1: a name of the term stands in the tool's own name, title or summary.
* T2: the page gives the term as a labelled value ("Use case: rostering").
* T3: a narrower term was accepted or suggested, and the broader one follows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from operator import itemgetter
from typing import Final, Literal

from catalogue.phrases import Found, Phrases
from catalogue.text import one_line, quote, sentences
from catalogue.vocabularies import Term, Vocabulary

TAGGED: Final = (("use_cases", "use_case"), ("settings", "setting"), ("user_groups", "user_group"))
"""Vocabularies that tools are tagged from, with the property that names a term outright."""

SHOWN: Final = 0.3
"""Least calibrated confidence of a suggestion from words and meaning: below it, too many are wrong
for a person to look through."""

MOST_CONFIDENT: Final = 0.95
"""Confidence of a suggestion from cues never exceeds this: only a rule or a person is sure."""

_ONE_WORD: Final = 0.7
"""Weight of a cue of one word; a cue of several words weighs 1."""
_IN_TITLE: Final = 2.0
_SHOWN: Final = 2
"""How many of the words found are named in the reason."""
_UNSAID = ("_OTHER", "_NOT_STATED", "_UNKNOWN")
_NEGATION = re.compile(
    r"\b(?:not|no|isn['\u2019]t|without|instead of|rather than)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term that a text gives or suggests. Only an accepted one is a tag."""

    code: str
    state: Literal["accepted", "suggested"]
    why: str
    """A sentence for people."""
    quote: str
    """The words that gave it: one line, at most 300 characters."""
    confidence: float
    """1 for an accepted term; below 1 for a suggested one."""


def suggest(
    vocabulary: Vocabulary, title: str, text: str, *, place: str = "title"
) -> tuple[Suggestion, ...]:
    """Give the terms of `vocabulary` that a tool's title and running text give or suggest.

    `title` is the tool's own name, title or summary, and `place` what to call it in the reason.
    Accepted terms come first, then suggested ones by falling confidence.
    """
    found: dict[str, Suggestion] = {}
    for suggestion in (
        *_named(vocabulary, title, place),
        *_labelled(vocabulary, text),
        *_cued(vocabulary, title, text),
    ):
        found.setdefault(suggestion.code, suggestion)
    for suggestion in tuple(found.values()):
        _add_broader(vocabulary, suggestion, found)
    order = {term.code: position for position, term in enumerate(vocabulary)}
    return tuple(sorted(found.values(), key=lambda s: (-s.confidence, order[s.code])))


def _named(vocabulary: Vocabulary, title: str, place: str) -> Iterator[Suggestion]:
    """Rule T1."""
    for hit in _names(vocabulary).longest(title):
        if not _NEGATION.search(title, 0, hit.start):
            said = title[hit.start : hit.end]
            why = f"The {place} says '{one_line(said)}' (rule T1)."
            yield Suggestion(hit.owner, "accepted", why, quote(title), 1.0)


def _labelled(vocabulary: Vocabulary, text: str) -> Iterator[Suggestion]:
    """Rule T2."""
    for line in _label(vocabulary).finditer(text) if vocabulary.labels else ():
        for value in re.split(r"[,;|/\u2022]|\band\b", line["values"]):
            term = vocabulary.match(value)
            if term is not None:
                why = f"The page gives '{one_line(value)}' under '{line['label']}' (rule T2)."
                yield Suggestion(term.code, "accepted", why, quote(line[0]), 1.0)


def _cued(vocabulary: Vocabulary, title: str, text: str) -> Iterator[Suggestion]:
    """Suggestions from cues, and from names in the running text."""
    weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
    first: dict[str, Found] = {}
    cues, shared = _cues(vocabulary)
    whole = f"{title}\n{text}"
    for hit in cues.longest(whole):
        weight = (1.0 if " " in hit.phrase else _ONE_WORD) / shared[hit.phrase]
        weight *= _IN_TITLE if hit.end <= len(title) else 1.0
        said = one_line(whole[hit.start : hit.end]).casefold().removesuffix("s")
        weights[hit.owner][said] = max(weights[hit.owner].get(said, 0.0), weight)
        first.setdefault(hit.owner, hit)
    spans = list(sentences(whole)) if first else []
    for code, by_words in weights.items():
        confidence = min(MOST_CONFIDENT, 1 - 0.5 ** sum(by_words.values()))
        hit = first[code]
        sentence = spans[bisect_right(spans, hit.start, key=itemgetter(0)) - 1]
        yield Suggestion(
            code, "suggested", _why(list(by_words)), quote(sentence[2]), round(confidence, 2)
        )


def _why(said: list[str]) -> str:
    shown = " and ".join(f"'{words}'" for words in said[:_SHOWN])
    more = f" and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
    return f"The text speaks of {shown}{more}; nobody has confirmed it."


def _add_broader(
    vocabulary: Vocabulary, suggestion: Suggestion, found: dict[str, Suggestion]
) -> None:
    """Rule T3."""
    term = vocabulary.get(suggestion.code)
    while term.broader:
        narrower, term = term, vocabulary.get(term.broader)
        held = found.get(term.code)
        if held is None or held.confidence < suggestion.confidence:
            why = f"It follows from '{narrower.label}' (rule T3)."
            found[term.code] = replace(suggestion, code=term.code, why=why)


def offered(vocabulary: Vocabulary) -> Iterator[Term]:
    """The terms that a text can give: all but those for what is other or not said."""
    return (term for term in vocabulary if not term.code.endswith(_UNSAID))


@cache
def _names(vocabulary: Vocabulary) -> Phrases:
    return Phrases((term.code, name) for term in offered(vocabulary) for name in term.names)


@cache
def _cues(vocabulary: Vocabulary) -> tuple[Phrases, Counter[str]]:
    """Cues and names of each term, and how many terms share each."""
    pairs = {
        (term.code, phrase): None
        for term in offered(vocabulary)
        for phrase in (*term.names, *term.cues)
    }
    return Phrases(pairs), Counter(phrase for _, phrase in pairs)


@cache
def _label(vocabulary: Vocabulary) -> re.Pattern[str]:
    labels = "|".join(re.escape(label) for label in vocabulary.labels)
    pattern = rf"^[ \t]*(?P<label>{labels})\s*:[ \t]*(?P<values>[^\n.]+)"
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)
