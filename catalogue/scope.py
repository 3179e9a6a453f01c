"""Deciding, function by function, whether a tool is in scope and perhaps a medical device.

The rules R1 to R10 are the vocabulary `scope_rules`, and each use case names the rule that
ordinarily applies to it. The words of the description overrule that: clinical acts first, then
urgency, then generated summaries. What a page denies ("not a diagnostic tool") does not count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from catalogue.clinical_acts import ACTS
from catalogue.phrases import Phrases
from catalogue.text import quote, sentences
from catalogue.vocabularies import Term, load

_CLINICAL: Final = ("R6", "R7", "R8", "R9", "R10")
_TRANSCRIBES, _SUMMARISES, _BY_URGENCY, _ADMINISTERS, _NO_PATIENTS = "R1", "R2", "R3", "R4", "R5"

_DENIAL = re.compile(
    r"\b(?:not|no|never|nor|neither|without|cannot|rather than|instead of|non|nothing)\b"
    r"|\b(?:does|do|is|are|ca|wo|was|has)n['\u2019]t\b",
    re.IGNORECASE,
)
_DENIAL_ENDS = re.compile(
    r"[;:\u2014]|\b(?:but|however|although|whereas|instead)\b|\bnot (?:only|just|simply)\b"
    r"|,\s*(?:it|and it|which|while)\b",
    re.IGNORECASE,
)
_ADMINISTRATIVE = re.compile(
    r"\b(?:appointment|booking|book|waiting list|letter|cod(?:e|es|ing|er|ers)|referral|schedul\w+|"
    r"reminder|invoice|rota|registration|archive|request form)s?\b",
    re.IGNORECASE,
)
_GENERATES = re.compile(r"summar|draft|generat|structured|soap|writes|extracts", re.IGNORECASE)
_ONLY_TRANSCRIBES = re.compile(
    r"\b(?:only transcri|transcription only|pure transcription|purely transcri|simply transcri"
    r"|verbatim|word[- ]for[- ]word)",
    re.IGNORECASE,
)
_TRIAGE = re.compile(r"\btriag", re.IGNORECASE)
_PATIENTS = re.compile(
    r"\b(?:patient|clinical|consultation|clinic|record|ward|GP)s?\b", re.IGNORECASE
)
_MEETING = re.compile(r"\b(?:meeting|committee|board)s?\b", re.IGNORECASE)
_NO_PATIENT_DATA = re.compile(
    r"\b(?:no|without|(?:does|do) not (?:use|process|hold|need|store|access|see))\s+(?:any\s+)?"
    r"(?:identifiable\s+)?(?:patient|personal health)(?:[- ]identifiable)? "
    r"(?:data|information|records?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ScopeDecision:
    """What a rule says of one function. `device` is a pointer for a person, never a finding."""

    scope: str
    """SC_ code; SC_NOT_STATED when no rule can decide."""
    rule: str
    """Code of the rule that decided; empty when none did."""
    text_of_rule: str
    device: str
    """`likely`, `unlikely` or `undecided`."""
    quote: str
    """The words that decided; empty when the use case alone did."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A cue of a rule in the description, with its sentence."""

    rule: str
    words: str
    sentence: str
    denied: bool


def decide(use_case: str, text: str) -> ScopeDecision:
    """Decide the scope of one function from its use case and what is written about it.

    `use_case` is a UC_ code, or empty when it is not known.

    Raises:
        VocabularyError: `use_case` is not a code of the vocabulary.
    """
    ordinary = load()["use_cases"].get(use_case).attribute("scope_rule") if use_case else ""
    said = _read(text)
    held: defaultdict[str, list[_Said]] = defaultdict(list)
    for one in said:
        if not one.denied:
            held[one.rule].append(one)
    rule, reason = next(_verdicts(ordinary, text, said, held), ("", ""))
    if not rule:
        return ScopeDecision("SC_NOT_STATED", "", "", "undecided", "")
    term = _rules()[rule]
    return ScopeDecision(
        term.attribute("scope"), rule, term.definition, term.attribute("device"), quote(reason)
    )


def _verdicts(
    ordinary: str, text: str, said: Iterable[_Said], held: dict[str, list[_Said]]
) -> Iterator[tuple[str, str]]:
    """Every rule that could decide and the sentence that speaks for it; the first decides."""
    acts = [one for one in said if one.rule in _CLINICAL and not one.denied]
    if acts and _is_clinical(acts):
        yield acts[0].rule, acts[0].sentence
    if no_patients := _NO_PATIENT_DATA.search(text):
        yield _NO_PATIENTS, _sentence_at(text, no_patients.start())
    if _BY_URGENCY in held and (ordinary != _NO_PATIENTS or _PATIENTS.search(text)):
        yield _BY_URGENCY, held[_BY_URGENCY][0].sentence
    if only := _only_transcribes(ordinary, said, held):
        yield _TRANSCRIBES, only
    if ordinary in {"", _TRANSCRIBES, _SUMMARISES} and _SUMMARISES in held:
        # The minutes of a meeting are nobody's health record.
        minutes = _MEETING.search(text) and not _PATIENTS.search(text)
        yield _NO_PATIENTS if minutes else _SUMMARISES, held[_SUMMARISES][0].sentence
    if ordinary == _BY_URGENCY and not _triages(text):
        yield from _routes_only(said, held)
    for rule in (ordinary,) if ordinary else (_TRANSCRIBES, _ADMINISTERS, _NO_PATIENTS):
        if rule == ordinary or rule in held:
            yield rule, held[rule][0].sentence if rule in held else ""


def _routes_only(said: Iterable[_Said], held: dict[str, list[_Said]]) -> Iterator[tuple[str, str]]:
    """Sentences by which a front door judges no urgency: it says so, or only administers."""
    yield from ((_ADMINISTERS, one.sentence) for one in said if one.rule == _BY_URGENCY)
    if _ADMINISTERS in held:
        yield _ADMINISTERS, held[_ADMINISTERS][0].sentence


def _triages(text: str) -> bool:
    """Whether the text says, and does not deny, that something is triaged."""
    return any(
        not _denied(sentence, found.start())
        for _, _, sentence in sentences(text)
        for found in _TRIAGE.finditer(sentence)
    )


def _denies(rule: str, said: Iterable[_Said]) -> bool:
    return any(one.denied for one in said if one.rule == rule)


def _is_clinical(acts: list[_Said]) -> bool:
    """Whether words for clinical acts say what the function does.

    One mention among administrative words ("books MRI scans") is not enough.
    """
    different = {one.words.casefold() for one in acts}
    return len(different) > 1 or not _ADMINISTRATIVE.search(acts[0].sentence)


def _only_transcribes(ordinary: str, said: Iterable[_Said], held: dict[str, list[_Said]]) -> str:
    """The sentence by which a function turns speech into text and nothing more; or empty."""
    if ordinary not in {"", _TRANSCRIBES, _SUMMARISES} or _TRANSCRIBES not in held:
        return ""
    if any(_GENERATES.search(one.words) for one in held.get(_SUMMARISES, ())):
        return ""
    sentence = held[_TRANSCRIBES][0].sentence
    explicit = any(_ONLY_TRANSCRIBES.search(one.sentence) for one in held[_TRANSCRIBES])
    return sentence if _denies(_SUMMARISES, said) or explicit or ordinary == _TRANSCRIBES else ""


@lru_cache(maxsize=2)
def _read(text: str) -> tuple[_Said, ...]:
    """Every cue of every rule in `text`, sentence by sentence. The last texts are remembered: the
    functions of a tool are decided one after another from the same words.
    """
    return tuple(
        _Said(rule, sentence[start:end], sentence, _denied(sentence, start))
        for _, _, sentence in sentences(text)
        for rule, start, end in _spoken(sentence)
    )


def _spoken(sentence: str) -> Iterator[tuple[str, int, int]]:
    """Rule, start and end of each cue in a sentence."""
    for cue in _cues().longest(sentence):
        yield cue.owner, cue.start, cue.end
    small = sentence.lower()
    for rule, begins, act in ACTS:
        if any(one in small for one in begins):
            for found in act.finditer(sentence):
                yield rule, found.start(), found.end()


def _denied(sentence: str, start: int) -> bool:
    """Whether a denial stands before `start` in the sentence and still holds there."""
    before = sentence[:start]
    ends = [end.end() for end in _DENIAL_ENDS.finditer(before)]
    return bool(_DENIAL.search(before, ends[-1] if ends else 0))


def _sentence_at(text: str, place: int) -> str:
    return next(s for start, end, s in sentences(text) if start <= place < end)


@cache
def _rules() -> dict[str, Term]:
    return {term.code: term for term in load()["scope_rules"]}


@cache
def _cues() -> Phrases:
    return Phrases((rule.code, cue) for rule in _rules().values() for cue in rule.cues)
