"""Claims of benefit in running text, read by patterns and not by a model.

An amount is a claim only where a word of change governs it. What limits or blurs the amount is
kept as its hedge and leaves one of its ends open; nothing is converted or annualised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice

from catalogue.drafts import ClaimDraft, Quote
from catalogue.text import one_line, quote, sentences
from crawler.extractors import circumstances
from crawler.extractors import claim_words as words
from crawler.extractors.amounts import Amount, amounts
from crawler.extractors.assumptions import assumed, of_money_only, with_assumptions
from crawler.extractors.changes import CLAUSE_END, REACH, TIMES, Change, change_of
from crawler.extractors.prices import prices
from crawler.extractors.tiles import Sentence, with_labels
from crawler.view.page_view import PageView

MAX_CLAIMS = 60
"""Most claims read from one page."""

_LONGEST = 700
_ARTICLES = re.compile(
    r"^(?:(?:the|a|an|its|their|our|in|of|to|average|overall|and|by)\s+)+", re.IGNORECASE
)
_METRIC_OF = re.compile(
    r"^\s*(?:reduction|decrease|drop|fall|cut|increase|rise|improvement|uplift|saving|savings|fewer"
    r"|less|more|faster|lower|higher|shorter|better|extra|additional)s?\s*(?:in|of|on)?\s+"
    r"(?P<metric>[^.,;:()]{3,60}?)(?=\s+(?:per|in|for|at|by|across|over|during|when|after|since|and"
    r"|compared|within|thanks|with|using|while|from|to|among|were|was|is|are|every|each)\b"
    r"|[.,;:()]|$)",
    re.IGNORECASE,
)
_COST = re.compile(r"\bROI\b|return on investment|\bcosts?\b", re.IGNORECASE)
_WORKING_TIME = re.compile(r"^(?!.*(?:wait|response|turnaround)).*\btime\b", re.IGNORECASE)
_GRANTED = re.compile(r"\s+(?:for|to|in|of)\b", re.IGNORECASE)
"""How words go on where a sum was given, and not saved."""
_WORKED = frozenset({"seconds", "minutes", "hours"})
_FIGURE = re.compile(r"[\d%£]")
_FIGURE_WORD = re.compile(
    r"teen(?<=\wteen)(?:fold)?\b|\b(?=[adefhmnoqst][noeilahuwr\s])"
    r"(?:an?\s+(?:hour|day|minute|week)|(?:halv|doubl|trebl|tripl|quadrupl)\w+|twice|half"
    r"|third|quarter|fifth|tenth|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen)(?:fold)?)\b"
)
"""One of the two stands in a sentence with a figure, in small letters; looked for before anything
that costs more. Most words are passed over by their first two letters."""


def claims(view: PageView, extractor: str, about: str = "") -> Iterator[ClaimDraft]:
    """Claims of benefit in the main text, in order; `about` names their tool where it is known."""
    found = _claims(view.sentences, view.quote, extractor, about)
    yield from of_money_only(list(islice(found, MAX_CLAIMS)))


def claims_of(text: str, extractor: str = "") -> Iterator[ClaimDraft]:
    """Claims of benefit in a text that is no page, in order."""

    def quoted(start: int, end: int) -> Quote:
        return Quote(text=quote(text[start:end]), place=f"chars:{start}-{end}")

    yield from of_money_only(list(_claims(tuple(sentences(text)), quoted, extractor)))


def _claims(
    said: Sequence[Sentence],
    quoted: Callable[[int, int], Quote],
    extractor: str,
    about: str = "",
) -> Iterator[ClaimDraft]:
    lines = list(with_labels(said, _tells))
    for at, (start, end, sentence) in enumerate(lines):
        after = lines[at + 1][2] if at + 1 < len(lines) else ""
        yield from claims_in(sentence, partial(quoted, start, end), extractor, about, after)


def claims_in(
    sentence: str, said: Callable[[], Quote], extractor: str, about: str = "", after: str = ""
) -> Iterator[ClaimDraft]:
    """The claims of one sentence. `said` quotes it, and is asked only where it makes one; `after`
    is the sentence behind it, which may say what the claim assumes or costs.

    A sentence without a figure makes a claim where it takes time for capacity, or a local gain
    for everybody's: "every minute saved is a minute returned to care".
    """
    if len(sentence) > _LONGEST or sentence.endswith("?"):
        return
    small = sentence.lower()
    quick = _FIGURE.search(small) or _FIGURE_WORD.search(small)
    told = any(word in small for word in words.ASSERTING)
    asserts = words.ASSERTS.search(sentence) if told else None
    found = list(_figures(sentence, said, extractor, about)) if quick else []
    if not found and asserts and _asserts(sentence):
        found = [
            ClaimDraft(
                extractor=extractor,
                about=about,
                quote=said(),
                dimension="BEN_TIME",
                direction="down",
            )
        ]
    if found and words.POLICY.search(sentence) is None:
        yield from with_assumptions(found, sentence, after)


def _tells(sentence: str) -> bool:
    return any(change_of(sentence, amount) for amount in amounts(sentence))


def _asserts(sentence: str) -> bool:
    return (
        words.SPARED.search(sentence) is not None
        and words.NEGATION.search(sentence) is None
        and assumed(sentence)
    )


def _figures(
    sentence: str, said: Callable[[], Quote], extractor: str, about: str
) -> Iterator[ClaimDraft]:
    """The claims of a sentence that have a figure."""
    priced = any(prices(sentence))
    for amount in amounts(sentence):
        change = None if priced and amount.unit == "gbp" else change_of(sentence, amount)
        if change is None:
            continue
        metric = _metric(sentence, amount, change)
        if change.direction == "up" and _is_harm(sentence, amount, change, metric):
            continue
        dimension = _dimension(sentence, amount, change, metric)
        if not dimension or words.BUSINESS.search(sentence[change.start : amount.end] + metric):
            continue
        hedge = _hedge(sentence, amount, change)
        yield ClaimDraft(
            extractor=extractor,
            about=about,
            quote=said(),
            dimension=dimension,
            metric=metric,
            direction=change.direction,
            low=_low(amount, hedge),
            high=amount.high,
            unit=amount.unit,
            per=circumstances.per(sentence, amount),
            baseline=circumstances.baseline(sentence, amount),
            hedge=hedge,
            rung=_rung(sentence, dimension, hedge),
            population=circumstances.population(sentence),
            sites=circumstances.sites(sentence),
            duration_days=circumstances.duration(sentence),
            method=circumstances.method(sentence, hedge),
        )


def _low(amount: Amount, hedge: str) -> float | None:
    """The lower end: open where the figure is a point that is hedged."""
    is_range = amount.high is not None and amount.low != amount.high
    return None if hedge and amount.high is not None and not is_range else amount.low


def _hedge(sentence: str, amount: Amount, change: Change) -> str:
    """The words that keep the figure from being stated flatly, in the order of the sentence."""
    first = min(amount.start, change.start)
    clause = CLAUSE_END.split(sentence[max(0, first - REACH) : first])[-1]
    before = [found[0] for found in words.HEDGES.finditer(clause)]
    between = sentence[min(change.end, amount.end) : max(amount.start, change.start)]
    amid = [found[0] for found in words.HEDGES.finditer(between)]
    bound = [amount.bound] if amount.bound else []
    parts = before + (bound + amid if amount.start <= change.start else amid + bound)
    if not (before or amid) and (later := words.LATER_HEDGE.match(sentence[amount.end :])):
        parts.append(later["hedge"] or later["modal"])
    return ", ".join(dict.fromkeys(" ".join(part.casefold().split()) for part in parts))


def _metric(sentence: str, amount: Amount, change: Change) -> str:
    """What changed, in the words of the sentence; empty where it does not say."""
    if amount.unit == "count" and change.verb in {None, words.FREE, words.WORK}:
        return one_line(amount.unit_words, 80)
    if change.start >= amount.end:
        found = _METRIC_OF.match(sentence[change.start :])
        words_ = found["metric"] if found else ""
    else:
        words_ = re.sub(
            r"\s*\b(?:by|of|to|from|an?|average|up|nearly|around|about)\b(?:\s+(?:an?|average"
            r"|of))*\s*$",
            "",
            sentence[change.end : amount.start].rstrip(),
            flags=re.IGNORECASE,
        )
        if re.fullmatch(r"(?:\s*,|\s*from\b.*)?\s*", words_) and change.verb in {
            words.DOWN,
            words.UP,
        }:
            subject = re.split(r"[,;:()]|\b(?:that|which|and|when|as)\b", sentence[: change.start])[
                -1
            ]
            words_ = re.sub(r"\b(?:has|have|had|was|were|is|are|been|be)\b", " ", subject)
    words_ = words.HEDGES.sub("", _ARTICLES.sub("", words_.strip(" ,\u2013-("))).strip()
    return (
        ""
        if re.match(r"(?:per|was|were|we|they|it|each|every|on|\d)\b", words_)
        else one_line(words_, 80)
    )


def _is_harm(sentence: str, amount: Amount, change: Change, metric: str) -> bool:
    """Whether what has grown is nothing to boast of: "waits rose by 20%"."""
    if words.HARM.search(metric):
        return True
    compared = change.start >= amount.end and change.words.casefold() in {"more", "higher"}
    before = CLAUSE_END.split(sentence[: amount.start])[-1]
    return (compared or not metric) and words.HARM.search(before) is not None


def _dimension(sentence: str, amount: Amount, change: Change, metric: str) -> str:
    """Code of what is better; empty where the sentence does not say what it is."""
    if amount.unit == "gbp":
        granted = _GRANTED.match(sentence, amount.end)
        freed = change.verb is words.FREE and not granted
        return "BEN_COST" if change.direction == "down" or freed else ""
    if _COST.search(metric):
        return "BEN_COST"
    if _WORKING_TIME.search(metric):
        return "BEN_TIME"
    near = sentence[max(0, change.start - REACH) : amount.end + REACH]
    saved = change.verb is words.SAVE or words.SAVE.fullmatch(change.words) is not None
    if saved and amount.unit in _WORKED and not _told(metric):
        return "BEN_TIME"
    told = "" if amount.is_more else _told(metric) or _told(near)
    if implied := told or change.share or _implied(amount, change, f"{metric} {near}"):
        return implied
    caused = change.direction != "none" and metric and words.CAUSED.search(sentence)
    return "BEN_OTHER" if caused else ""


def _told(said: str) -> str:
    return next((code for code, pattern in words.DIMENSIONS if pattern.search(said)), "")


def _implied(amount: Amount, change: Change, said: str) -> str:
    """The dimension that the unit implies where no word tells one."""
    if amount.unit in {"count", "fte"}:
        return "BEN_CAPACITY"
    timed = amount.unit in TIMES or words.TIME.search(said) is not None
    told = change.direction != "none" or words.AGAIN.fullmatch(change.words) is not None
    return "BEN_TIME" if timed and told else ""


def _rung(sentence: str, dimension: str, hedge: str) -> str:
    """How far the sentence itself climbs from minutes to value; never further than it says."""
    if dimension == "BEN_COST":
        return "RUNG_5_VALUE"
    if dimension == "BEN_CAPACITY" and "equivalent" not in hedge:
        return "RUNG_3_CAPACITY"
    if dimension not in {"BEN_TIME", "BEN_CAPACITY"}:
        return "RUNG_4_SERVICE"
    if re.search(r"\bnet\b|after (?:review|checking|editing)", sentence, re.IGNORECASE):
        return "RUNG_2_NET_TIME"
    return "RUNG_1_TASK_TIME"
