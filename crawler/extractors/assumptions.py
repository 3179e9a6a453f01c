"""What a claim takes for granted and what it costs elsewhere, by the words that say so.

The words stand in the vocabularies `assumptions` and `counter_effects`. A flag carries the sentence
that earns it: that of the claim, or the one right behind it that speaks of the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from catalogue.drafts import ClaimDraft
from catalogue.text import quote
from crawler.extractors.terms import cued

MINUTES_CAPACITY, AT_ONCE_AT_SCALE = "ASM_MINUTES_CAPACITY", "ASM_AT_ONCE_AT_SCALE"
COST_ONLY = "ASM_COST_ONLY"

_TIME = frozenset({"seconds", "minutes", "hours", "days"})
_EQUIVALENT = re.compile(
    r"\bequivalent\s+(?:of|to)\b[^.;]{0,50}?\b(?:appointments?|GPs?|doctors?|nurses?|clinicians?"
    r"|staff|consultants?|patients?|consultations?|w?tes?|ftes?|(?:full|whole)[\s-]time)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:and\s+|so\s+)?(?:that|this|it|which|these|those|they|every\s+\w+|all\s+of\s+(?:this|that)"
    r"|the\s+(?:time|hours?|minutes?|equivalent|savings?)|time|enough|giving|equivalent)\b",
    re.IGNORECASE,
)
"""How a sentence begins that speaks on of the one before."""

_TURNS = re.compile(
    r"(?:but|however|though|although|yet|on the other hand|that said|at the same time|in return"
    r"|some of|part of|half of|against that|still)\b",
    re.IGNORECASE,
)
"""How a sentence begins that takes something back."""

_USED = re.compile(
    r"\b(?:was|were|has been|have been)\s+(?:then\s+|all\s+)?(?:used|spent|filled|put)\b"
    r"|\b(?:used|spent|put)\s+(?:it|this|that|the (?:time|hours))\b"
    r"|\b(?:saw|seen|offered|held|ran|booked)\s+(?:\w+\s+){0,2}\d"
    r"|\b(?:measured|audit(?:ed)?|recorded|counted|diar(?:y|ies)|timesheets?)\b",
    re.IGNORECASE,
)
"""Words that say what the time became."""

_SUPPOSED = re.compile(
    r"\b(?:would|could|will|may|might|can|if|equivalent|potential(?:ly)?|projected|estimated"
    r"|imagine|extrapolat\w+|scal(?:ed?|ing))\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(r"immediate|instant|overnight|straight|first day|day one", re.IGNORECASE)
_NOT = re.compile(r"\b(?:no|not|n[o\u2019']t|without|never)\b[^,;.]{0,30}$", re.IGNORECASE)
_LESS = re.compile(
    r"\b(?:fewer|less|lower|avoid\w*|reduc\w+|cut(?:s|ting)?|sav(?:e|es|ed|ing)|remov\w+"
    r"|eliminat\w+|instead of|rather than)\b[^,;.]{0,30}$",
    re.IGNORECASE,
)


def with_assumptions(
    claims: Sequence[ClaimDraft], sentence: str, after: str = ""
) -> Iterator[ClaimDraft]:
    """The claims of one sentence with what they assume and cost; `after` is the next sentence."""
    if not claims:
        return
    going_on = after if _GOES_ON.match(after) else ""
    effects = _counter_effects(sentence, after)
    costly = _counts_money(claims, sentence)
    scaled = next((said for said in (sentence, going_on) if _at_scale(said)), "")
    for claim in claims:
        flags = [(AT_ONCE_AT_SCALE, quote(scaled))] if scaled else []
        if (said := _capacity(claim, claims, (sentence, going_on))) is not None:
            flags.insert(0, (MINUTES_CAPACITY, quote(said)))
        if costly:
            flags.append((COST_ONLY, quote(sentence)))
        changes = {"flags": tuple(flags), "counter_effects": effects}
        yield claim.model_copy(update=changes) if flags or effects else claim


def of_money_only(claims: Sequence[ClaimDraft]) -> list[ClaimDraft]:
    """The claims of one page, flagged where all of them are of money and of nothing else."""
    if not claims or any(claim.dimension != "BEN_COST" for claim in claims):
        return list(claims)
    return [
        claim
        if any(code == COST_ONLY for code, _ in claim.flags)
        else claim.model_copy(
            update={"flags": (*claim.flags, (COST_ONLY, quote(claim.quote.text)))}
        )
        for claim in claims
    ]


def assumed(sentence: str) -> bool:
    """Whether a sentence without a figure of its own takes minutes for capacity, or a local gain
    for everybody's.
    """
    return _of_capacity(sentence) or _at_scale(sentence)


def _capacity(claim: ClaimDraft, claims: Sequence[ClaimDraft], near: Sequence[str]) -> str | None:
    """The sentence that takes the time of this claim for capacity."""
    if claim.unit in {"fte", "count"} and "equivalent" in claim.hedge:
        return near[0]
    if claim.unit not in _TIME and claim.dimension != "BEN_TIME":
        return None
    if any(
        one.dimension == "BEN_CAPACITY" and one.unit not in _TIME and not one.hedge
        for one in claims
    ):
        return None
    return next((said for said in near if _of_capacity(said)), None)


def _of_capacity(said: str) -> bool:
    if not said or _USED.search(said):
        return False
    return _EQUIVALENT.search(said) is not None or _has(said, MINUTES_CAPACITY)


def _at_scale(said: str) -> bool:
    if not said:
        return False
    supposed = _SUPPOSED.search(said) is not None
    return any(
        supposed or _AT_ONCE.search(said[cue.start : cue.end]) is not None
        for cue in cued("assumptions", said)
        if cue.term.code == AT_ONCE_AT_SCALE and not _NOT.search(said[: cue.start])
    )


def _counts_money(claims: Sequence[ClaimDraft], sentence: str) -> bool:
    """Whether what the claims of a sentence are worth is told as a sum, and only so."""
    narrow = all(claim.dimension in {"BEN_COST", "BEN_TIME"} for claim in claims)
    return narrow and _has(sentence, COST_ONLY)


def _has(said: str, code: str) -> bool:
    return any(
        cue.term.code == code and not _NOT.search(said[: cue.start])
        for cue in cued("assumptions", said)
    )


def _counter_effects(sentence: str, after: str) -> tuple[str, ...]:
    """CTR_ codes of what the sentence, or the next where it takes something back, says it costs."""
    near = [sentence, after] if _TURNS.match(after) else [sentence]
    return tuple(
        dict.fromkeys(
            cue.term.code
            for said in near
            for cue in cued("counter_effects", said)
            if not _NOT.search(said[: cue.start]) and not _LESS.search(said[: cue.start])
        )
    )
