"""The tagger: suggests terms for a text from its words and its meaning, each with a reason.

Words are those of `catalogue.tagging`, meaning is `search.nearness`. Both, and for a setting also
where its use cases are ordinarily found, give one confidence by the weights of
`search.calibration`: of the suggestions made with it, about that share is right. What the written
rules accept stays accepted; the tagger only suggests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import exp, log2
from typing import Final

from catalogue import tagging
from catalogue.tagging import MOST_CONFIDENT, SHOWN, TAGGED, Suggestion
from catalogue.vocabularies import Vocabulary, load
from search.calibration import Weights, weights
from search.learned import NOTHING, Learned, Vector
from search.nearness import Encode, Near, Nearness

TOLD: Final = 1.0
"""Standard deviations from which on nearness is named in the reason."""

_ENDING: Final = "; nobody has confirmed it."
_USUAL: Final = "usual_setting"


@dataclass(frozen=True, slots=True)
class Usual:
    """A use case that ordinarily stands with another term."""

    confidence: float
    label: str


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of one text and one term, before it is weighed."""

    words: float
    """Full cues of the term in the text; one word alone counts less than a phrase."""
    meaning: float
    """Standard deviations above the mean: see `search.nearness`."""
    usual: float
    """Confidence of the likeliest use case that is ordinarily found with it; 0 without one."""


class Tagger:
    """Suggests terms; the terms of a vocabulary are encoded when they are first asked for."""

    def __init__(self, encode: Encode, learned: Learned = NOTHING) -> None:
        self._encode = encode
        self._learned = learned
        self._nearness: dict[str, Nearness] = {}

    def suggest_all(self, title: str, text: str) -> dict[str, tuple[Suggestion, ...]]:
        """Suggestions from every vocabulary that tools are tagged from, by its name."""
        found: dict[str, tuple[Suggestion, ...]] = {}
        for name, _ in TAGGED:
            usual = usually(found["use_cases"]) if name == "settings" else {}
            found[name] = self.suggest(load()[name], title, text, usual)
        return found

    def usual(self, vocabulary: str, title: str, text: str) -> Mapping[str, Usual]:
        """What the use cases of a text speak for in another vocabulary."""
        if vocabulary != "settings":
            return {}
        return usually(self.suggest(load()["use_cases"], title, text))

    def suggest(
        self,
        vocabulary: Vocabulary,
        title: str,
        text: str,
        usual: Mapping[str, Usual] | None = None,
    ) -> tuple[Suggestion, ...]:
        """Terms that the written rules accept, then those suggested with at least SHOWN, the
        likeliest first. `usual` are codes of this vocabulary that its use cases speak for.
        """
        near, vector = self._near(vocabulary).of(title, text)
        said = {one.code: one for one in tagging.suggest(vocabulary, title, text)}
        weight, expected = weights(vocabulary.name), _unless_said(usual, said)
        found: dict[str, Suggestion] = {}
        for code, nearness in near.items():
            by_words = said.get(code)
            if by_words is not None and by_words.state == "accepted":
                found[code] = by_words
                continue
            features = features_of(by_words, nearness, expected.get(code))
            sure, after = calibrated(weight, features), 0
            if (judged := self._learned.judge(vocabulary.name, code, sure, vector)) is not None:
                sure, after = judged.confidence, judged.after
            why = _why(by_words, nearness, expected.get(code), after)
            words = by_words.quote if by_words else nearness.sentence
            sure = min(MOST_CONFIDENT, round(sure, 2))
            found[code] = Suggestion(code, "suggested", why, words, sure)
        _broaden(vocabulary, found)
        order = {code: at for at, code in enumerate(near)}
        kept = [one for one in found.values() if one.confidence >= SHOWN]
        return tuple(sorted(kept, key=lambda one: (-one.confidence, order[one.code])))

    def weigh(
        self,
        vocabulary: Vocabulary,
        title: str,
        text: str,
        usual: Mapping[str, Usual] | None = None,
    ) -> tuple[dict[str, float], Vector]:
        """The untaught confidence in every term, by code, and the vector of the text: what a
        correction teaches with.
        """
        near, vector = self._near(vocabulary).of(title, text)
        said = {one.code: one for one in tagging.suggest(vocabulary, title, text)}
        weight, expected = weights(vocabulary.name), _unless_said(usual, said)
        return {
            code: calibrated(weight, features_of(said.get(code), nearness, expected.get(code)))
            for code, nearness in near.items()
        }, vector

    def features(
        self,
        vocabulary: Vocabulary,
        title: str,
        text: str,
        usual: Mapping[str, Usual] | None = None,
    ) -> dict[str, Features]:
        """What is weighed, by code, accepted terms included: what a calibration is fitted on."""
        near, _ = self._near(vocabulary).of(title, text)
        said = {one.code: one for one in tagging.suggest(vocabulary, title, text)}
        expected = _unless_said(usual, said)
        return {
            code: features_of(said.get(code), nearness, expected.get(code))
            for code, nearness in near.items()
        }

    def _near(self, vocabulary: Vocabulary) -> Nearness:
        if vocabulary.name not in self._nearness:
            self._nearness[vocabulary.name] = Nearness(vocabulary, self._encode)
        return self._nearness[vocabulary.name]


def usually(use_cases: Iterable[Suggestion]) -> dict[str, Usual]:
    """The settings in which use cases are ordinarily found, the likeliest use case for each."""
    found: dict[str, Usual] = {}
    for one in use_cases:
        term = load()["use_cases"].get(one.code)
        setting = term.attribute(_USUAL)
        if setting and (setting not in found or one.confidence > found[setting].confidence):
            found[setting] = Usual(one.confidence, term.label)
    return found


def _unless_said(
    usual: Mapping[str, Usual] | None, said: Mapping[str, Suggestion]
) -> Mapping[str, Usual]:
    """What is usual counts only where the text gives no term outright."""
    given = any(one.state == "accepted" for one in said.values())
    return {} if given or usual is None else usual


def features_of(by_words: Suggestion | None, nearness: Near, usual: Usual | None) -> Features:
    """What is weighed of one text and one term."""
    said = min(MOST_CONFIDENT, by_words.confidence) if by_words else 0.0
    return Features(-log2(1 - said), nearness.score, usual.confidence if usual else 0.0)


def calibrated(weight: Weights, features: Features) -> float:
    """The confidence of a suggestion."""
    score = (
        weight.intercept
        + weight.words * features.words
        + weight.meaning * features.meaning
        + weight.usual * features.usual
    )
    return 1 / (1 + exp(-score))


def _broaden(vocabulary: Vocabulary, found: dict[str, Suggestion]) -> None:
    """Rule T3: the broader term is at least as likely as the narrower one."""
    for code in list(found):
        term = vocabulary.get(code)
        if term.broader in found and found[term.broader].confidence < found[code].confidence:
            why = f"It follows from '{term.label}' (rule T3)."
            found[term.broader] = replace(found[code], code=term.broader, why=why)


def _why(by_words: Suggestion | None, nearness: Near, usual: Usual | None, after: int) -> str:
    reasons = [by_words.why.removesuffix(_ENDING).removesuffix(".")] if by_words else []
    if nearness.score >= TOLD:
        reasons.append(f"near in meaning to '{nearness.name}' ({nearness.cosine:.2f})")
    if usual is not None:
        reasons.append(f"ordinary for '{usual.label}'")
    if after:
        reasons.append(f"as people decided on {after} tools")
    if not reasons:
        reasons.append(f"nearest in meaning to '{nearness.name}' ({nearness.cosine:.2f})")
    told = "; ".join(reasons)
    return f"{told[0].upper()}{told[1:]}{_ENDING}"
