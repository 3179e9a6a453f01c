"""`horizon similar`: find tools that are like one tool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from tui.cli import opening
from tui.cli.frame import HorizonCommand, json_option

if TYPE_CHECKING:
    from rich.console import RenderableType

    from catalogue.documents import Aspect
    from catalogue.resemblance import Resemblance
    from catalogue.rows import ToolRow

_BY: dict[str, Aspect] = {"does": "does", "serves": "serves", "claimed": "claims"}

_COLUMNS = ("tool", "supplier", "use case", "evidence", "autonomy")


@click.command(
    cls=HorizonCommand,
    example="horizon similar 'Rotaflow Roster' --limit 3\n"
    "horizon similar 'Rotaflow Roster' --by serves",
)
@click.argument("tool", help="Number or name of a tool.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="Most answers printed.",
)
@click.option(
    "--by", type=click.Choice(sorted(_BY)), help="Rank by what it does, serves or claims alone."
)
@json_option
def similar(tool: str, limit: int, by: str | None, *, as_json: bool) -> None:
    """Find tools that are like one tool.

    They are compared by what they do, whom they serve and what is claimed of them. Each likeness
    is the cosine of the angle between vectors: 1 is the same, 0 unrelated. What is alike and what
    differs is told beside it, the other tool's value first.
    """
    from tui.cli import render

    with opening.services() as services:
        row = services.rows([found := services.find_tool(tool)])[found]
        near = list(services.similar(found, limit, _BY[by] if by else None))
        notices = services.notices()
    for sentence in notices:
        render.say(sentence)
    if as_json:
        render.as_json(
            {"tool": row.name, "by": by or "all", "similar": [_answer(*one) for one in near]}
        )
        return
    if not near:
        render.say(f"Nothing is known to be like {row.name}. 'horizon index refresh' may help.")
        return
    render.put(*_printed(near))


def _answer(row: ToolRow, like: Resemblance) -> dict[str, Any]:
    parts = dict(like.parts)
    return {
        "id": row.id,
        "name": row.name,
        "supplier": row.supplier,
        "score": round(like.score, 6),
        **{name: parts.get(name) for name in _BY},
        "alike": like.alike,
        "differs": like.differs,
        "passages": [
            {"aspect": aspect, "own": own, "other": other} for aspect, own, other in like.pairs
        ],
    }


def _printed(near: Sequence[tuple[ToolRow, Resemblance]]) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.table import Table

    from tui.cli import render
    from tui.state.wording import autonomy, stars

    yield render.table(
        [
            ("score", "right"),
            *((name, "right") for name in _BY),
            ("id", "right"),
            *((name, "left") for name in _COLUMNS),
        ],
        [
            (
                f"{like.score:.2f}",
                *(f"{dict(like.parts)[n]:.2f}" if n in dict(like.parts) else "-" for n in _BY),
                row.id,
                row.name,
                row.supplier,
                row.use_case or "not stated",
                stars(row.evidence),
                autonomy(row.autonomy),
            )
            for row, like in near
        ],
    )
    for row, like in near:
        grid = Table.grid(padding=(0, 1))
        grid.add_row("alike", render.text(", ".join(like.alike) or "-"))
        grid.add_row("differs", render.text(", ".join(like.differs) or "-"))
        yield ""
        yield render.text(row.name, "bold")
        yield Padding(grid, (0, 0, 0, 2))
    if any(like.missing for _, like in near):
        yield ""
        yield render.text(
            "-: the pages of one of the two say nothing of it; it counts for nothing."
        )
