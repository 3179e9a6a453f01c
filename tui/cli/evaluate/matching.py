"""`horizon evaluate matching`: are two records told to be one where a person says so?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from catalogue.quality import Score
from tui.cli.evaluate.labelled import Line, read
from tui.cli.evaluate.report import Miss, Report, report_options, show
from tui.cli.frame import HorizonCommand

if TYPE_CHECKING:
    from catalogue.likeness import Likeness, Profile


class Side(Line):
    """One record, as far as it is given."""

    name: str | None = None
    supplier: str | None = None
    organisation: str | None = None
    text: str | None = None

    @property
    def sellers(self) -> tuple[str, ...]:
        """The organisations that it names."""
        return tuple(name for name in (self.supplier, self.organisation) if name)

    def tool(self) -> Profile:
        """It as a tool."""
        from catalogue.likeness import Profile

        names = (self.name,) if self.name else ()
        return Profile(names=names, suppliers=self.sellers, text=self.text or "")

    def seller(self) -> Profile:
        """It as an organisation."""
        from catalogue.likeness import Profile

        return Profile(names=self.sellers)


class MatchingLine(Line):
    """Two records, and whether a person says that they are one."""

    left: Side
    right: Side
    same: bool

    @property
    def kind(self) -> str:
        """What is compared: tools, unless neither side has the name of one."""
        return "tools" if self.left.name or self.right.name else "organisations"


@click.command(cls=HorizonCommand, example="horizon evaluate matching labelled.jsonl --misses")
@report_options
def matching(file: Path, *, misses: bool, as_json: bool) -> None:
    """Judge the finding of duplicates.

    Lines: {"left": {"name", "supplier", "organisation", "text"}, "right": {...}, "same": true or
    false}; any of the fields may be left out. Without names of tools, organisations are compared.
    A pair counts as found when it would be put before a person.
    """
    from catalogue.likeness import THRESHOLD

    lines = read(file, MatchingLine)
    scores: dict[str, Score] = {}
    found: list[Miss] = []
    for (number, line), alike in zip(lines.items(), likenesses(list(lines.values())), strict=True):
        said = alike.score >= THRESHOLD
        score = Score(int(said and line.same), int(said > line.same), int(said < line.same))
        scores[line.kind] = scores.get(line.kind, Score()) + score
        if said != line.same:
            found.append(Miss(number, _pair(line), "wrong" if said else "missed", told(alike)))
    show(
        Report(
            lines=len(lines),
            overall={"same": sum(scores.values(), Score())},
            figures={"accuracy": (len(lines) - len(found)) / len(lines)},
            labels={"by kind": scores},
            misses=found,
        ),
        misses=misses,
        as_json=as_json,
    )


def likenesses(lines: Sequence[MatchingLine]) -> list[Likeness]:
    """How alike the records of each line are; how rare a word is, is counted over all lines."""
    from catalogue.matching import tool_likeness
    from catalogue.organisation_matching import organisation_likeness
    from catalogue.rarity import Rarity

    sides = [side for line in lines for side in (line.left, line.right)]
    tools = Rarity.of({side.name for side in sides if side.name})
    sellers = Rarity.of({name for side in sides for name in side.sellers})
    return [
        tool_likeness(line.left.tool(), line.right.tool(), tools)
        if line.kind == "tools"
        else organisation_likeness(line.left.seller(), line.right.seller(), sellers)
        for line in lines
    ]


def told(alike: Likeness) -> str:
    """The score and its parts in a line."""
    parts = ", ".join(f"{part.name} {part.points:+.1f}" for part in alike.parts)
    return f"{alike.score:.2f}: {parts}" if parts else f"{alike.score:.2f}"


def _pair(line: MatchingLine) -> str:
    return " / ".join(
        " by ".join(filter(None, (side.name, " or ".join(side.sellers))))
        for side in (line.left, line.right)
    )
