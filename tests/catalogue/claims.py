"""Claims and evidence as the rules look at them, made of what a test cares about."""

from __future__ import annotations

from datetime import date
from itertools import count

from catalogue.comparison import ClaimFacts
from catalogue.cues import cues
from catalogue.standing import EvidenceFacts

_NUMBERS = count(1)


def claim(
    quote: str = "Saves time on letters.",
    high: float | None = 25.0,
    unit: str = "percent",
    *,
    low: float | None = -1.0,
    page: int = 1,
    dimension: str = "BEN_TIME",
    hedge: str = "",
    per: str = "NOT_STATED",
    baseline: str = "",
    direction: str = "down",
    voice: str = "VOICE_SUPPLIER",
    day: date = date(2026, 6, 1),
    around: str = "",
    key: str = "",
) -> ClaimFacts:
    """A claim; flat unless it is hedged. `around` is what its page says of the study."""
    number = next(_NUMBERS)
    flat = None if hedge else high
    return ClaimFacts(
        id=number,
        key=key or f"claim{number}",
        document_id=page,
        url=f"http://www.page{page}.example/",
        voice=voice,
        dated=day,
        dimension=dimension,
        metric="",
        direction=direction,
        low=flat if low == -1.0 else low,
        high=high,
        unit=unit,
        per=per,
        baseline=baseline,
        hedge=hedge,
        quote=quote,
        study=cues(around or quote),
    )


def study(
    page: int = 1,
    grade: str = "EVS_3",
    relation: str = "REL_INDEPENDENT",
    *,
    against: tuple[tuple[str, str], ...] = (),
    key: str = "",
) -> EvidenceFacts:
    """An item of evidence, funded, measured and written by the same."""
    number = next(_NUMBERS)
    return EvidenceFacts(
        document_id=page,
        strength=grade,
        funder=relation,
        measurer=relation,
        author=relation,
        id=number,
        key=key or f"evidence{number}",
        against=against,
    )
