from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from catalogue.rows import ClaimRow
from tests.tui import market
from tui.state import wording

Standing = Literal["unsupported", "supported", "independent", "contradicted"]


def claims(*standings: Standing) -> list[ClaimRow]:
    said = market.provenance(1, "Supplier", "It saves time.", "product")
    return [
        ClaimRow(n, "Staff time", "2 hours", "", "Task time", standing, said)
        for n, standing in enumerate(standings)
    ]


def test_the_heading_counts_claims_by_what_supports_them() -> None:
    many: tuple[Standing, ...] = ("unsupported",) * 5
    held = claims(*many, "independent", "contradicted")
    assert wording.claims_heading(held) == (
        "7 claims · 1 independently supported · 5 unsupported · 1 contradicted"
    )
    assert wording.claims_heading(claims("unsupported")) == "1 claim · 1 unsupported"
    assert wording.claims_heading([]) == "No claim of benefit found"


@pytest.mark.parametrize(
    ("voice", "words"),
    [
        ("Supplier", "Supplier says"),
        ("Customer", "A customer says"),
        ("government", "Government says"),
        ("", "Somebody says"),
        ("Charity", "Charity says"),
    ],
)
def test_every_voice_has_its_words(voice: str, words: str) -> None:
    assert wording.says(voice) == words


@pytest.mark.parametrize(
    ("level", "shown"), [(0, "E0 none"), (1, "E1 ●○○○○"), (5, "E5 ●●●●●"), (9, "E9 ●●●●●")]
)
def test_strength_is_shown_as_level_and_bar(level: int, shown: str) -> None:
    assert wording.stars(level) == shown


def test_what_is_not_stated_is_said_in_words() -> None:
    assert wording.autonomy(None) == "not stated"
    assert wording.autonomy(2) == "A2 collaborator"
    assert wording.ABSENCES["looked_not_found"] == "looked, not found"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://www.a.example/x", "www.a.example"),
        ("https://b.example", "b.example"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_have_a_host(url: str, name: str) -> None:
    assert wording.host(url) == name


def test_dates_are_written_as_in_britain() -> None:
    assert wording.day(date(2026, 11, 5)) == "5 Nov 2026"
    assert wording.seen(date(2026, 10, 5), date(2026, 11, 5)) == (
        "first seen 5 Oct 2026, last 5 Nov 2026"
    )
    assert wording.seen(date(2026, 11, 5), date(2026, 11, 5)) == "seen 5 Nov 2026"


def test_nowhere_does_the_app_say_that_something_is_approved() -> None:
    """An approver is a level of autonomy; nothing is ever said to have been approved."""
    folder = Path(wording.__file__).parents[1]
    for part in ("app.py", "actions.py", "palette.py", "state", "screens", "modals", "widgets"):
        for path in [folder / part, *(folder / part).glob("*.py")]:
            if path.is_file():
                assert "approved" not in path.read_text(encoding="utf-8").casefold(), path
