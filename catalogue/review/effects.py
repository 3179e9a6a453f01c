"""What hangs on a ruling, brought in step with it in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

from catalogue.models import Ruling
from catalogue.review.correcting import correct
from catalogue.review.leads import settle
from catalogue.review.merging import merge
from catalogue.review.weighing import weigh

Effect = Callable[[Session, Sequence[Ruling]], None]

EFFECTS: Mapping[str, Effect] = {
    "bearing": weigh,
    "identity": merge,
    "lead": settle,
    "tag": correct,
}
"""By kind of ruling, what brings in step what hangs on it. It is told of every ruling just
written, undoings among them, and asks `holding` for what holds now."""


def bring_in_step(session: Session, rulings: Sequence[Ruling]) -> None:
    """Bring in step what hangs on rulings that were just written."""
    by_kind: dict[str, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        by_kind[ruling.kind].append(ruling)
    for kind, some in by_kind.items():
        if kind in EFFECTS:
            EFFECTS[kind](session, some)
