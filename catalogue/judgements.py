"""Judgements: which records are one, by what people said of pairs of them.

Pure algebra. "Same" is transitive: records joined by it are a cluster, shown under the smallest of
their numbers. "Different" holds between whole clusters: when one member is another thing than X,
all are. Both at once is a conflict: it is found and told, never settled by a rule. "Unsure" decides
nothing.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal, cast, get_args

from catalogue.errors import CatalogueError
from catalogue.models import Ruling

Verdict = Literal["same", "different", "unsure"]
Table = Literal["tool", "organisation"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said of two records; `left` is the smaller number."""

    left: int
    right: int
    verdict: Verdict
    by: str
    at: datetime
    why: str = ""

    @property
    def pair(self) -> tuple[int, int]:
        """The numbers of the two records, ascending."""
        return self.left, self.right

    def told(self) -> str:
        """Say it: "12 and 40 are the same (ann, 3 November 2026)"."""
        words = {"same": "the same", "different": "different", "unsure": "perhaps the same"}
        when = f"{self.at.day} {self.at:%B %Y}"
        return f"{self.left} and {self.right} are {words[self.verdict]} ({self.by}, {when})"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two records that were said to be different, and to be the same by way of others."""

    different: Judgement
    same: tuple[Judgement, ...]
    """The chain from one to the other."""

    def told(self) -> str:
        """Say it in a sentence."""
        chain = "; ".join(one.told() for one in self.same)
        return f"{self.different.told()}, and yet {chain}."


class Judgements:
    """What follows from judgements on records of one table, at most one on each pair."""

    def __init__(self, judged: Iterable[Judgement]) -> None:
        self._by_pair = {one.pair: one for one in judged}
        self._beside: defaultdict[int, set[int]] = defaultdict(set)
        for one in self._by_pair.values():
            if one.verdict == "same":
                self._beside[one.left].add(one.right)
                self._beside[one.right].add(one.left)

    @cached_property
    def canonical(self) -> Mapping[int, int]:
        """The record under which each record of a cluster is shown; itself for that one."""
        first: dict[int, int] = {}
        for start in sorted(self._beside):  # the smallest of a cluster comes first
            if start not in first:
                first |= dict.fromkeys(self._reached(start), start)
        return first

    @cached_property
    def members(self) -> Mapping[int, tuple[int, ...]]:
        """All records of each cluster, ascending, by the record under which they are shown."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for record, shown in sorted(self.canonical.items()):
            found[shown].append(record)
        return {shown: tuple(records) for shown, records in found.items()}

    @cached_property
    def _apart(self) -> Mapping[tuple[int, int], tuple[Judgement, ...]]:
        """Pairs of clusters that are different, with the judgements that say so."""
        found: defaultdict[tuple[int, int], list[Judgement]] = defaultdict(list)
        for one in self._by_pair.values():
            if one.verdict == "different":
                found[self._clusters(*one.pair)].append(one)
        return {pair: tuple(said) for pair, said in found.items()}

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """All conflicts, in the order of their pairs."""
        return tuple(
            Conflict(one, self.chain(*one.pair))
            for (left, right), said in sorted(self._apart.items())
            if left == right
            for one in sorted(said, key=lambda one: one.pair)
        )

    def verdict(self, left: int, right: int) -> Verdict | None:
        """What holds of two records, said of them or following from what was said of others; None
        when nobody decided. In a conflict they are "same", as they are shown.
        """
        clusters = self._clusters(left, right)
        if clusters[0] == clusters[1]:
            return "same"
        if clusters in self._apart:
            return "different"
        return "unsure" if clusters in self._unsure else None

    @cached_property
    def _unsure(self) -> frozenset[tuple[int, int]]:
        return frozenset(
            self._clusters(*one.pair) for one in self._by_pair.values() if one.verdict == "unsure"
        )

    def chain(self, left: int, right: int) -> tuple[Judgement, ...]:
        """The fewest judgements by which two records are the same; none when they are not."""
        before: dict[int, int] = {left: left}
        waiting = deque([left])
        while waiting and right not in before:
            record = waiting.popleft()
            for other in sorted(self._beside.get(record, ())):
                if other not in before:
                    before[other] = record
                    waiting.append(other)
        steps: list[Judgement] = []
        while right in before and right != left:
            steps.append(self._by_pair[ordered(before[right], right)])
            right = before[right]
        return tuple(reversed(steps))

    def _clusters(self, left: int, right: int) -> tuple[int, int]:
        return ordered(self.canonical.get(left, left), self.canonical.get(right, right))

    def _reached(self, start: int) -> set[int]:
        reached, waiting = {start}, [start]
        while waiting:
            new = self._beside[waiting.pop()] - reached
            reached |= new
            waiting += new
        return reached


def ordered(one: int, other: int) -> tuple[int, int]:
    """A pair in the one order in which it is kept."""
    return (one, other) if one < other else (other, one)


def subjects(table: Table, one: int, other: int) -> tuple[str, str]:
    """The names of two records in a ruling, `tool/12` and `tool/40`, in the order that makes all
    rulings on them rulings on the same.
    """
    left, right = ordered(one, other)
    return f"{table}/{left}", f"{table}/{right}"


def judgements(rulings: Sequence[Ruling], table: Table) -> Judgements:
    """What follows from the rulings of kind "identity" that hold, on records of one table.

    Raises:
        CatalogueError: a ruling is about no pair of records of one table, or decides nothing known.
    """
    return Judgements(_judgement(one) for one in rulings if one.subject.startswith(f"{table}/"))


def pair_of(ruling: Ruling) -> tuple[Table, tuple[int, int]]:
    """The table and the two records that a ruling of kind "identity" is about.

    Raises:
        CatalogueError: it is about no pair of records of one table.
    """
    (table, left), (other, right) = _record(ruling.subject), _record(ruling.object)
    if table != other or left == right:
        raise CatalogueError(
            f"{ruling.subject} and {ruling.object} cannot be judged: two records of one kind can."
        )
    return table, ordered(left, right)


def _judgement(ruling: Ruling) -> Judgement:
    if ruling.value not in get_args(Verdict):
        raise CatalogueError(f"Ruling {ruling.id} says '{ruling.value}' of two records.")
    left, right = pair_of(ruling)[1]
    verdict = cast("Verdict", ruling.value)
    return Judgement(left, right, verdict, ruling.actor, ruling.at, ruling.why)


def _record(named: str) -> tuple[Table, int]:
    table, _, number = named.partition("/")
    if table not in get_args(Table) or not number.isdecimal():
        raise CatalogueError(f"'{named}' names no record such as 'tool/12'.")
    return cast("Table", table), int(number)
