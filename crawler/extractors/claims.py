"""Claims of benefit in running text, read by patterns and not by a model.

An amount is a claim only where a word of change governs it. What limits or blurs the amount is
kept as its hedge and leaves one of its ends open; nothing is converted or annualised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from catalogue.drafts import ClaimDraft
from catalogue.text import one_line, sentences
from crawler.extractors import claim_words as words
from crawler.extractors.amounts import NUMBER, Amount, amounts, number
from crawler.extractors.claim_words import Direction
from crawler.view.page_view import PageView

MAX_CLAIMS = 60
"""Most claims read from one page."""

_LONGEST = 700
_REACH = 70
"""How far before its amount a word of change may stand, in characters."""

_TIMES = frozenset({"minutes", "hours", "days", "weeks", "months", "years"})
_SPANS = frozenset({"weeks", "months", "years"})
_SPAN_BEFORE = re.compile(
    r"\b(?:over|for|during|after|within|in|past|last|first|next|every|since|aged?|of|than|the|a|an|to)"
    r"(?:\s+(?:the|a|an|just|only))?\s*$",
    re.IGNORECASE,
)
_AGO = re.compile(r"^\s*(?:ago|old|later|pilot|trial|study|project|period|programme|long)\b", re.I)
_WHOSE = re.compile(
    rf"\b(?:in|for|across|among(?:st)?|at|with|by)\s+(?:\w+\s+){{0,2}}$", re.IGNORECASE
)
_OF_PEOPLE = re.compile(rf"^\s*(?:of\s+)?(?:the\s+|our\s+|all\s+)?(?:\w+\s+){{0,2}}(?:{words.PEOPLE})\b", re.I)
_BREAK = re.compile(r"[;:]|\bbut\b|\bwhile\b|\bwhereas\b|\balthough\b")
_TARGET = re.compile(r"\?\s*$")
_PER_END = re.compile(
    r"[,.;:(]|\b(?:and|with|in|within|over|during|across|at|from|to|that|which|while|but|when)\b"
)
_BY = re.compile(r"\b(?:by|of|to|from|about|nearly|around)\s*(?:an?\s+)?(?:average of\s+)?$", re.I)
_ARTICLES = re.compile(r"^(?:the|a|an|its|their|our|in|of|to|average|overall|and|time|by)\s+", re.I)
_METRIC_OF = re.compile(
    r"^\s*(?:reduction|decrease|drop|fall|cut|increase|rise|improvement|uplift|saving|savings|fewer"
    r"|less|more|faster|lower|higher|shorter|better|extra|additional)s?\s*(?:in|of|on)?\s+"
    r"(?P<metric>[^.,;:()]{3,60}?)(?=\s+(?:per|in|for|at|by|across|over|during|when|after|since|and"
    r"|compared|within|thanks|with|using|while|from|to|among|were|was|is|are|every|each)\b|[.,;:()]|$)",
    re.IGNORECASE,
)
_BASELINE = re.compile(
    r"\b(?:compared (?:with|to)|against|versus|vs\.?|relative to|than)\s+([^.,;()]{3,80})", re.I
)
_POPULATION = re.compile(
    rf"\b(?:with|of|among|across|by|from|involving|n\s?=)\s+(?:the\s+|our\s+|all\s+|some\s+)?"
    rf"(?P<count>{NUMBER})\s+(?:\w+\s+){{0,2}}?(?P<who>{words.PEOPLE})\b"
    rf"|\bn\s?=\s?(?P<n>\d[\d,]*)",
    re.IGNORECASE,
)
_SITES = re.compile(
    rf"\b(?:across|at|in|from|over)\s+(?:all\s+|its\s+|the\s+)?(?P<count>{NUMBER})\s+(?:\w+\s+){{0,2}}?"
    r"(?:sites|trusts|practices|hospitals|surgeries|care homes|wards|clinics|ICBs|boards|councils)\b",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"\b(?:(?:over|during|for|in|after|within)\s+(?:the\s+|its\s+|a\s+)?(?:first\s+|last\s+)?"
    rf"(?P<count>{NUMBER})[\s-](?P<unit>day|week|month|year)s?"
    rf"|(?P<count2>{NUMBER})[\s-](?P<unit2>day|week|month|year)s?[\s-]+(?:pilot|trial|study|evaluation"
    r"|period|test|project))\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_QUICK = re.compile(
    r"\d|%|£|\b(?:half|halv\w+|doubl\w+|trebl\w+|tripl\w+|third|quarter|fifth|tenth|one|two|three|four|five|six|seven|eight|nine|ten|twelve"
    r"|fifteen|twenty|thirty|forty|fifty|sixty|hundred|thousand|million|dozen)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Change:
    """The word of change that governs an amount."""

    direction: Direction
    words: str
    start: int
    end: int
    verb: re.Pattern[str] | None = None


def claims(view: PageView, extractor: str, about: str = "") -> Iterator[ClaimDraft]:
    """Claims of benefit in the main text, in order; `about` names their tool where it is known."""
    found = (
        claim
        for start, end, sentence in sentences(view.text)
        for claim in claims_in(view, sentence, start, end, extractor, about)
    )
    return islice(found, MAX_CLAIMS)


def claims_in(
    view: PageView, sentence: str, start: int, end: int, extractor: str, about: str = ""
) -> Iterator[ClaimDraft]:
    """The claims of one sentence of the main text, which stands at `start` to `end`."""
    if len(sentence) > _LONGEST or not _QUICK.search(sentence) or _TARGET.search(sentence):
        return
    for amount in amounts(sentence):
        change = _change(sentence, amount)
        if change is None:
            continue
        metric = _metric(sentence, amount, change)
        if change.direction == "up" and words.HARM.search(
            metric or sentence[max(0, amount.start - _REACH) : amount.start]
        ):
            continue
        dimension = _dimension(sentence, amount, change, metric)
        if not dimension or words.BUSINESS.search(sentence[change.start : amount.end] + metric):
            continue
        hedge = _hedge(sentence, amount, change)
        yield ClaimDraft(
            extractor=extractor,
            about=about,
            quote=view.quote(start, end),
            dimension=dimension,
            metric=metric,
            direction=change.direction,
            low=None if hedge and amount.high is not None else amount.low,
            high=amount.high,
            unit=amount.unit,
            per=_per(sentence, amount),
            baseline=_baseline(sentence, amount),
            hedge=hedge,
            rung=_rung(sentence, dimension),
            population=_population(sentence),
            sites=_sites(sentence),
            duration_days=_duration(sentence),
            method=_method(sentence, hedge),
        )


def _change(sentence: str, amount: Amount) -> _Change | None:
    """The word of change that governs the amount; None when the amount is no benefit."""
    before, after = sentence[: amount.start], sentence[amount.end :]
    if amount.unit in _SPANS and (
        amount.bound == "over" or _SPAN_BEFORE.search(before) or _AGO.match(after)
    ):
        return None
    if amount.unit in _TIMES and _AGO.match(after):
        return None
    clause = _BREAK.split(before)[-1]
    if words.NEGATION.search(clause[-_REACH:]):
        return None
    own = re.match(r"(?P<down>halv)|doubl|trebl|tripl", sentence[amount.start :], re.IGNORECASE)
    if own:
        return _Change("down" if own["down"] else "up", "", amount.start, amount.start, words.UP)
    if found := words.AFTER.match(after):
        word = found["change"]
        offset = amount.end + found.start("change")
        return _Change(_direction(word), word, offset, offset + len(word))
    if amount.unit == "percent" and (share := _share(clause, amount, after)):
        return share
    if amount.unit == "percent" and _WHOSE.search(before) and _OF_PEOPLE.match(after):
        return None
    return _governing(sentence, amount, clause)


def _share(clause: str, amount: Amount, after: str) -> _Change | None:
    """ "90% of clinicians said": a share of people, which neither rises nor falls."""
    people = _OF_PEOPLE.match(after)
    subject = people or (re.match(r"^\s*(?:(?:had|have)\s+)?(?=\w)", after) and not _BY.search(clause))
    if not subject or words.DOWN.search(clause) or words.UP.search(clause):
        return None
    said = words.AGAIN.search(after[:60])
    if said is None or (people is None and said.start() > len(" have ")):
        return None
    return _Change("none", said[0], amount.end + said.start(), amount.end + said.end())


def _governing(sentence: str, amount: Amount, clause: str) -> _Change | None:
    """The last word of change before the amount, in its clause and within reach."""
    offset = amount.start - len(clause)
    near = clause[-_REACH:]
    offset += len(clause) - len(near)
    patterns: list[tuple[re.Pattern[str], Direction]] = [
        (words.SAVE, "down"),
        (words.FREE, "up"),
        (words.DOWN, "down"),
        (words.UP, "up"),
        (words.WORK, "none"),
    ]
    best: _Change | None = None
    for pattern, direction in patterns:
        for found in pattern.finditer(near):
            if best is None or found.start() + offset > best.start:
                best = _Change(
                    direction, found[0], found.start() + offset, found.end() + offset, pattern
                )
    if best is None or _taken(sentence, best, amount) or not _fits(best, amount, near):
        return None
    return best


def _taken(sentence: str, change: _Change, amount: Amount) -> bool:
    """Whether another amount between the two has the word already, and no "and" passes it on."""
    between = sentence[change.end : amount.start]
    if not any(amounts(between)):
        return False
    return not re.search(r"(?:,|\(|\band\b|\bor\b)\s*(?:by\s+)?(?:\w+\s+){0,3}$", between)


def _fits(change: _Change, amount: Amount, near: str) -> bool:
    """Whether a change of this kind can have an amount of this kind."""
    by = _BY.search(near) is not None or amount.before is not None
    if change.verb is words.SAVE:
        return True
    if change.verb is words.FREE:
        freeing = re.match(r"free|releas|return|giv|gave|recover", change.words, re.IGNORECASE)
        return amount.unit in {*_TIMES, "fte", "count"} and (
            freeing is not None or _more(amount)
        )
    if change.verb is words.WORK:
        return amount.unit == "count" and amount.low != amount.high is not None or _big(amount)
    if change.words.casefold() in {"more", "extra", "additional", "less", "fewer", "down", "up"}:
        return by
    if re.match(r"take|took|taken", change.words, re.IGNORECASE):
        return amount.before is not None
    return by or amount.unit in {"count", *_TIMES} or amount.start - change.end < 3


def _big(amount: Amount) -> bool:
    value = amount.high if amount.high is not None else amount.low
    return amount.unit == "count" and value is not None and value >= 100


def _more(amount: Amount) -> bool:
    return re.match(r"extra|additional|more", amount.unit_words, re.IGNORECASE) is not None


def _direction(word: str) -> Direction:
    if words.SAVE.fullmatch(word) or words.DOWN.fullmatch(word):
        return "down"
    return "up"


def _hedge(sentence: str, amount: Amount, change: _Change) -> str:
    """The words that keep the figure from being stated flatly, in the order of the sentence."""
    first = min(amount.start, change.start)
    clause = _BREAK.split(sentence[max(0, first - _REACH) : first])[-1]
    modal = list(words.HEDGES.finditer(clause))
    between = sentence[min(change.end, amount.end) : max(amount.start, change.start)]
    modal += list(words.HEDGES.finditer(between))
    parts = [modal[-1][0].casefold()] if modal else []
    if not parts and (later := words.LATER_HEDGE.match(sentence[amount.end :])):
        parts.append(later["hedge"].casefold())
    if amount.bound and amount.bound not in parts:
        parts.append(amount.bound)
    return ", ".join(parts)


def _metric(sentence: str, amount: Amount, change: _Change) -> str:
    """What changed, in the words of the sentence; empty where it does not say."""
    if amount.unit == "count" and change.verb in {None, words.FREE, words.WORK}:
        return one_line(amount.unit_words, 80)
    if change.start >= amount.end:
        found = _METRIC_OF.match(sentence[change.start :])
        words_ = found["metric"] if found else ""
    else:
        words_ = re.sub(
            r"\s*\b(?:by|of|to|from|an?|average|up|nearly|around|about)\b(?:\s+(?:an?|average|of))*\s*$",
            "",
            sentence[change.end : amount.start].rstrip(),
            flags=re.IGNORECASE,
        )
        if not words_.strip(" ,") and change.verb in {words.DOWN, words.UP}:
            subject = re.split(r"[,;:()]|\b(?:that|which|and|when|as)\b", sentence[: change.start])[-1]
            words_ = re.sub(r"\b(?:has|have|had|was|were|is|are|been|be)\b", " ", subject)
    words_ = words.HEDGES.sub("", _ARTICLES.sub("", words_.strip(" ,\u2013-("))).strip()
    return "" if re.match(r"(?:per|was|were|we|they|it)\b", words_) else one_line(words_, 80)


def _dimension(sentence: str, amount: Amount, change: _Change, metric: str) -> str:
    """Code of what is better; empty where the sentence does not say what it is."""
    if amount.unit == "gbp":
        return "BEN_COST" if change.direction == "down" else ""
    if re.search(r"\bROI\b|return on investment|\bcosts?\b", metric, re.IGNORECASE):
        return "BEN_COST"
    if re.search(r"^(?!.*(?:wait|response|turnaround)).*\btime\b", metric, re.IGNORECASE):
        return "BEN_TIME"
    near = sentence[max(0, change.start - _REACH) : amount.end + _REACH]
    for said in (metric, near):
        for code, pattern in words.DIMENSIONS:
            if pattern.search(said):
                return code
    if amount.unit in {"count", "fte"}:
        return "BEN_CAPACITY"
    timed = amount.unit in _TIMES or words.TIME.search(metric) or words.TIME.search(near)
    return "BEN_TIME" if timed and change.direction != "none" else ""


def _rung(sentence: str, dimension: str) -> str:
    """How far the sentence itself climbs from minutes to value; never further than it says."""
    if dimension == "BEN_COST":
        return "RUNG_5_VALUE"
    if dimension == "BEN_CAPACITY":
        return "RUNG_3_CAPACITY"
    if dimension != "BEN_TIME":
        return "RUNG_4_SERVICE"
    if re.search(r"\bnet\b|after (?:review|checking|editing)", sentence, re.IGNORECASE):
        return "RUNG_2_NET_TIME"
    return "RUNG_1_TASK_TIME"


def _per(sentence: str, amount: Amount) -> str:
    """All denominators said right behind the amount: "week per clinician"."""
    after = _PER_END.split(sentence[amount.end : amount.end + _REACH])[0]
    found = [
        words.ADVERBS.get((match["adverb"] or "").casefold(), match["one"] or "")
        for match in words.PER.finditer(after)
    ]
    names = [words.SYNONYMS.get(name.casefold(), name.casefold()) for name in found[:2]]
    return " per ".join(dict.fromkeys(names)) or "NOT_STATED"


def _baseline(sentence: str, amount: Amount) -> str:
    if amount.before is not None:
        return f"{amount.before:g} {amount.unit}"
    found = _BASELINE.search(sentence, amount.end)
    return one_line(found[1], 80) if found else ""


def _population(sentence: str) -> str:
    found = _POPULATION.search(sentence)
    if found is None:
        return ""
    return f"n={found['n']}" if found["n"] else one_line(f"{found['count']} {found['who']}", 60)


def _sites(sentence: str) -> int | None:
    found = _SITES.search(sentence)
    value = number(found["count"]) if found else None
    return int(value) if value is not None else None


def _duration(sentence: str) -> int | None:
    found = _DURATION.search(sentence)
    if found is None:
        return None
    value = number(found["count"] or found["count2"])
    unit = (found["unit"] or found["unit2"]).casefold()
    return int(value * _DAYS[unit]) if value is not None else None


def _method(sentence: str, hedge: str) -> str:
    for code, pattern in words.METHODS:
        if pattern.search(sentence):
            return code
    return "EXTRAPOLATED" if words.EXTRAPOLATED.match(hedge) else "NOT_STATED"
