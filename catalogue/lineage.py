"""Lineage: one result told again and again, and how its figure changes as it travels.

G1: claims of one tool and dimension are tellings of one result when their figures are the same but
for rounding and hedging, their words are about the same matter or name the same study, and nothing
in their words tells their studies apart (`catalogue.cues`).
G2: where they name the same evaluator, place or count, and are about the same matter, the figure
may have moved further: by up to a third.
G3: the head of a lineage is the telling nearest to the study: the page with the strongest evidence
of its own, then who does not merely report, then the earliest day. All others repeat it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from catalogue import cues
from catalogue.comparison import ClaimFacts, apart, near, same_matter
from catalogue.standing import DATA

MOVED: Final = 1 / 3
"""How far a figure may have moved where the words name the same study, as a share of it."""

FAR: Final = 0.6
"""How far a figure may lie from the first one of its lineage at most."""

REPORTING: Final = frozenset({"VOICE_PRESS", "VOICE_SOCIAL"})
"""Voices that tell what others found."""


def heads(claims: Iterable[ClaimFacts], grades: Mapping[int, int]) -> dict[int, int]:
    """The claim that each retelling repeats, by their ids; heads are not among the keys.

    The order in which the claims are given does not matter.

    Args:
        claims: The current claims of one tool.
        grades: By document, the strength of the evidence on the tool that it reports.
    """
    by_dimension: defaultdict[str, list[ClaimFacts]] = defaultdict(list)
    for claim in claims:
        if claim.measures:
            by_dimension[claim.dimension].append(claim)
    found: dict[int, int] = {}
    for alike in by_dimension.values():
        if len(alike) > 1:
            for lineage in _lineages(alike, grades):
                found |= {copy.id: lineage[0].id for copy in lineage[1:]}
    return found


def _lineages(claims: list[ClaimFacts], grades: Mapping[int, int]) -> Iterable[list[ClaimFacts]]:
    """Groups of tellings of one result, the head of each first."""

    def rank(claim: ClaimFacts) -> tuple[object, ...]:
        grade = grades.get(claim.document_id, 0)
        return (
            -grade if grade >= DATA and not claim.hearsay else 0,
            claim.hearsay or claim.voice in REPORTING,
            claim.dated,
            claim.hedge != "",
            claim.url,
            claim.quote,
            claim.key,
        )

    # Those that name their study come first: to them the others can be held.
    ordered = sorted(claims, key=lambda claim: (not claim.study, rank(claim)))
    groups: list[list[ClaimFacts]] = []
    for claim in ordered:
        joined = _its_group(claim, groups)
        if joined is None:
            groups.append([claim])
        else:
            joined.append(claim)
    return [sorted(group, key=rank) for group in groups]


def _its_group(claim: ClaimFacts, groups: Iterable[list[ClaimFacts]]) -> list[ClaimFacts] | None:
    """The group whose result a claim tells again; None when there is none, or two alike."""
    fitting = sorted(
        (
            (fit, number, group)
            for number, group in enumerate(groups)
            if (fit := _fit(claim, group)) is not None
        ),
        key=lambda one: one[:2],
    )
    if not fitting:
        return None
    best, *rest = fitting
    return None if rest and rest[0][0] == best[0] else best[2]


def _fit(claim: ClaimFacts, group: Sequence[ClaimFacts]) -> tuple[bool, float] | None:
    """How well a claim fits a group, the least the best; None where it does not."""
    fits: list[tuple[bool, float]] = []
    if (apart(claim, group[0]) or 0) > FAR:
        return None
    for other in group:
        if cues.differ(claim.study, other.study):
            return None
        distance = apart(claim, other)
        if distance is None:
            continue
        named = cues.agree(claim.study, other.study)
        matter = same_matter(claim, other)
        if (near(claim, other) and (named or matter)) or (named and matter and distance <= MOVED):
            fits.append((not named, round(distance, 3)))
    return min(fits, default=None)
