"""The main job end to end: two days of the invented market, against what its author expects.

Sources, documents, names, suppliers, signals and what must not happen are compared exactly. What
is read from prose is compared by share: the floors are below what is reached today, and a fall
through one of them is a change for the worse that somebody should look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from catalogue.database import Database
from demo import load_expected
from demo.market import Day
from demo.outcome import report
from tests.demonstration import RUNS, demonstration, summary

pytestmark = pytest.mark.slow

DAYS: tuple[Day, Day] = (1, 2)


@dataclass(frozen=True)
class Demo:
    """What `horizon demo` printed and left behind on one day."""

    summary: dict[str, Any]
    differs: dict[str, list[str]]


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Demo]:
    """Day 1, day 1 again, day 2; each as the command leaves it."""
    folder = demonstration(tmp_path_factory)
    runs: dict[str, Demo] = {}
    for name, number in RUNS.items():
        day = DAYS[number - 1]
        database = Database(f"sqlite:///{folder / name / 'catalogue.db'}")
        with database.read() as session:
            found = report(session, load_expected(day), day)
        database.close()
        runs[name] = Demo(summary(folder, name), found)
    return runs


def test_the_summary_says_what_was_done(days: dict[str, Demo]) -> None:
    first = days["first"].summary
    expected = load_expected(1)
    assert first["tools"] == len(expected["tools"])
    assert first["documents"] == sum(expected["documents"].values())
    assert first["suppliers"] == len(expected["suppliers"])
    assert first["unchanged"] == first["signals"] == 0
    assert first["claims"] > 0
    assert first["deployments"] > 0
    assert set(first["seconds"]) >= {"crawl", "index"}


def test_a_second_run_finds_everything_unchanged(days: dict[str, Demo]) -> None:
    first, again = days["first"].summary, days["again"].summary
    assert again["unchanged"] == again["pages"]
    assert again["signals"] == 0
    same = ("documents", "tools", "suppliers", "claims", "deployments")
    assert {key: again[key] for key in same} == {key: first[key] for key in same}


@pytest.mark.parametrize("day", ["first", "second"])
@pytest.mark.parametrize("part", ["documents", "suppliers", "mentions", "false claims", "signals"])
def test_what_must_be_exact_is_exact(days: dict[str, Demo], day: str, part: str) -> None:
    assert days[day].differs[part] == []


@pytest.mark.parametrize("day", ["first", "second"])
def test_every_tool_is_found_once_and_the_clinical_one_is_out(
    days: dict[str, Demo], day: str
) -> None:
    differs = days[day].differs["tools"]
    assert [one for one in differs if "found" in one or "not expected" in one] == []
    assert [one for one in differs if "scope" in one or "supplier is" in one] == []


@pytest.mark.parametrize("day", ["first", "second"])
@pytest.mark.parametrize(
    ("part", "most"), [("tools", 14), ("claims", 15), ("deployments", 1), ("evidence", 3)]
)
def test_what_is_read_from_prose_stays_above_its_floor(
    days: dict[str, Demo], day: str, part: str, most: int
) -> None:
    differs = days[day].differs[part]
    assert len(differs) <= most, "\n".join(differs)


def test_four_tools_of_one_pilot_are_joined(days: dict[str, Demo]) -> None:
    missing = [one for one in days["first"].differs["deployments"] if "Tallow Vale" in one]
    assert missing == []
