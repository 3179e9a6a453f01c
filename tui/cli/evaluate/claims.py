"""`horizon evaluate claims`: are the figures of benefit read as a person reads them?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

import click
from pydantic import AliasChoices, Field

from catalogue.quality import Score, micro
from tui.cli.evaluate.labelled import Line, read
from tui.cli.evaluate.labelled_claims import (
    ClaimLabel,
    Labelled,
    read_draft,
    read_label,
    same_value,
)
from tui.cli.evaluate.report import Miss, Report, report_options, show
from tui.cli.frame import HorizonCommand


class ClaimsLine(Line):
    """A text, and the claims of benefit that a person finds in it."""

    text: str = Field(validation_alias=AliasChoices("text", "abstract"))
    title: str = ""
    claims: tuple[ClaimLabel | str, ...]

    def labels(self) -> list[Labelled]:
        """Its claims that have a figure."""
        return [one for label in self.claims if (one := read_label(label)) is not None]


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled claim and what was read for it; one of the two may be missing."""

    label: Labelled | None
    read: Labelled | None
    quote: str = ""
    """The sentence that was read."""


@dataclass(frozen=True, slots=True)
class Trait:
    """Something of a claim that is judged where its figure is found."""

    name: str
    of: Callable[[Labelled], object]
    """Its value: None is not spoken of, another empty one is said to be none."""
    agree: Callable[[Labelled, Labelled], bool]


TRAITS: Final = (
    Trait("unit", lambda one: one.unit or None, lambda one, other: one.unit == other.unit),
    Trait("per", lambda one: one.per, lambda one, other: one.per == other.per),
    Trait(
        "hedge",
        lambda one: None if one.hedge is None else one.kinds,
        lambda one, other: bool(one.kinds & other.kinds),
    ),
    Trait(
        "hedge words",
        lambda one: one.hedge if one.hedge is None or one.in_words or not one.hedge else None,
        lambda one, other: one.same_words(other),
    ),
)


@click.command(cls=HorizonCommand, example="horizon evaluate claims labelled.jsonl --misses")
@report_options
def claims(file: Path, *, misses: bool, as_json: bool) -> None:
    """Judge the reading of claims.

    Lines: {"text", "claims": [{"value", "unit", "per", "hedge"}]}. A value is a number, a pair of
    ends or words ("2-3", "a third", "48% -> 16%"); a claim may be words altogether. What a label
    leaves out is not judged; claims without a figure are passed over.

    A unit, denominator or hedge counts as right only with its figure. Hedges agree when they are
    of a kind: upper or lower bound, approximate, possible.
    """
    lines = read(file, ClaimsLine, ClaimsLine.labels)
    pairs = {
        number: list(pair(line.labels(), readings(line.title, line.text)))
        for number, line in lines.items()
    }
    show(report(pairs, {n: line.text for n, line in lines.items()}), misses=misses, as_json=as_json)


def readings(title: str, text: str) -> list[tuple[Labelled, str]]:
    """The claims with a figure that the product reads, each with its sentence.

    A figure of the text that stands in the title, too, is one claim.
    """
    from crawler.extractors.claims import claims_of

    found: list[tuple[Labelled, str]] = []
    told: list[Labelled] = []
    for part in (text, title):
        for draft in claims_of(part):
            one = read_draft(draft)
            if one is not None and not any(same_value(one, other) for other in told):
                found.append((one, draft.quote.text))
        told = [one for one, _ in found]
    return found


def pair(labels: Sequence[Labelled], found: Sequence[tuple[Labelled, str]]) -> Iterator[Pair]:
    """Each labelled claim with the reading of the same figure that agrees with it most."""
    matches = sorted(
        (
            (-sum(_score(trait, label, one).tp for trait in TRAITS), left, right)
            for (left, label), (right, (one, _)) in product(enumerate(labels), enumerate(found))
            if same_value(label, one)
        )
    )
    taken: dict[int, int] = {}
    for _, left, right in matches:
        if left not in taken and right not in taken.values():
            taken[left] = right
    for left, label in enumerate(labels):
        one, quote = found[taken[left]] if left in taken else (None, "")
        yield Pair(label, one, quote)
    for right, (one, quote) in enumerate(found):
        if right not in taken.values():
            yield Pair(None, one, quote)


def report(pairs: dict[int, list[Pair]], texts: dict[int, str]) -> Report:
    """What came of it: by field over all claims, and by unit."""
    fields: dict[str, Score] = {}
    units: defaultdict[str, Score] = defaultdict(Score)
    wrong: list[Miss] = []
    for number, one in ((number, one) for number, found in pairs.items() for one in found):
        traits = {trait.name: _score(trait, one.label, one.read) for trait in TRAITS}
        value = _counted(bool(one.label), bool(one.read), agree=bool(one.label and one.read))
        amiss = micro(traits.values())
        whole = value if not (amiss.fp or amiss.fn) else _counted(True, True, agree=False)
        scores = {"value": value, **traits, "whole claim": whole if value.tp else value}
        fields = {name: fields.get(name, Score()) + score for name, score in scores.items()}
        units[_unit(one)] += value
        wrong += _misses(number, one, traits, texts[number])
    return Report(
        lines=len(pairs), overall=fields, labels={"value by unit": dict(units)}, misses=wrong
    )


def _unit(one: Pair) -> str:
    unit = (one.label.unit if one.label else "") or (one.read.unit if one.read else "")
    return unit or "not stated"


def _misses(number: int, one: Pair, traits: dict[str, Score], text: str) -> Iterator[Miss]:
    if one.read is None or one.label is None:
        said = one.label or one.read
        kind = "missed" if one.read is None else "wrong"
        yield Miss(number, f"value: {said.said if said else ''}", kind, one.quote or text)
        return
    for name, score in traits.items():
        told = name == "hedge words" and (traits["hedge"].fp or traits["hedge"].fn)
        if (score.fp or score.fn) and not told:
            label = f"{name}: {one.label.said}; read: {one.read.said}"
            yield Miss(number, label, "wrong" if score.fp else "missed", one.quote or text)


def _score(trait: Trait, label: Labelled | None, found: Labelled | None) -> Score:
    marked = trait.of(label) if label else ""
    if marked is None:
        return Score()
    said = trait.of(found) if found else ""
    agree = label is not None and found is not None and trait.agree(label, found)
    return _counted(bool(marked), bool(said), agree=agree)


def _counted(marked: bool, said: bool, *, agree: bool) -> Score:
    right = marked and said and agree
    return Score(int(right), int(said and not right), int(marked and not right))
