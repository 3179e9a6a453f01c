"""What holds after any sequence of commands of two reviewers."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from catalogue.database import Database
from catalogue.errors import CatalogueError, NotFoundError, StaleWriteError
from catalogue.models import Event, ShortlistItem
from catalogue.review.events import Item, Subject, replay
from catalogue.review.shortlists import Shortlists
from catalogue.rows import ShortlistRow
from tests.builders import DAY, make_tool

LISTS = ("Rotas", "Letters")
TOOLS = 4


@dataclass(frozen=True)
class Command:
    reviewer: int
    verb: str
    shortlist: str
    tools: tuple[int, ...]


COMMANDS = st.lists(
    st.builds(
        Command,
        reviewer=st.integers(0, 1),
        verb=st.sampled_from(["create", "add", "add", "remove", "undo", "undo", "redo"]),
        shortlist=st.sampled_from(LISTS),
        tools=st.lists(st.integers(1, TOOLS), min_size=1, max_size=3, unique=True).map(tuple),
    ),
    max_size=30,
)


@contextmanager
def review(template: Path) -> Iterator[tuple[Database, list[Shortlists]]]:
    """A catalogue with four tools, two reviewers, and a clock that moves on."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.db"
        shutil.copyfile(template, path)
        database = Database(f"sqlite:///{path}")
        with database.write() as session:
            for number in range(TOOLS):
                make_tool(session, f"Tool {number + 1}")
        minutes = count()

        def clock() -> datetime:
            return DAY + timedelta(minutes=next(minutes))

        yield database, [Shortlists(database, name, clock) for name in ("JS", "KP")]
        database.close()


def obey(command: Command, reviewers: Sequence[Shortlists]) -> bool:
    """Do one command; False when it was refused or there was nothing to do."""
    reviewer = reviewers[command.reviewer]
    try:
        match command.verb:
            case "create":
                reviewer.create(command.shortlist, f"For {command.shortlist}")
                return True
            case "add":
                return reviewer.add(command.shortlist, command.tools, "It fits") > 0
            case "remove":
                return reviewer.remove(command.shortlist, command.tools, "It does not") > 0
            case "undo":
                return bool(reviewer.undo())
            case _:
                return bool(reviewer.redo())
    except (CatalogueError, NotFoundError, StaleWriteError):
        return False


def shown(reviewers: Sequence[Shortlists]) -> list[ShortlistRow]:
    """The shortlists without their versions, which only ever grow."""
    return [replace(row, version=0) for row in reviewers[0].all()]


def rows_and_replay(database: Database) -> tuple[dict[Subject, Item], dict[Subject, Item]]:
    """The tools on shortlists by the rows, and by the events."""
    with database.read() as session:
        rows: dict[Subject, Item] = {
            (row.shortlist_id, row.tool_id): Item(
                row.position, row.reason, row.added_by, row.added_at
            )
            for row in session.scalars(select(ShortlistItem))
        }
        events = replay(session.scalars(select(Event).order_by(Event.id)))
    return rows, {about: item for about, item in events.items() if about[1] is not None}


def everybody(reviewers: Sequence[Shortlists], verb: str, times: Sequence[int]) -> list[int]:
    """Let all undo or redo, each as often as told at most, until nobody can; returns how often."""
    left = list(times)
    moved = True
    while moved:
        moved = False
        for number in range(len(reviewers)):
            if left[number] and obey(Command(number, verb, "", ()), reviewers):
                left[number] -= 1
                moved = True
    return [told - rest for told, rest in zip(times, left, strict=True)]


@settings(max_examples=25, deadline=None)
@given(commands=COMMANDS)
def test_rows_are_what_the_events_make_of_them(
    empty_catalogue: Path, commands: list[Command]
) -> None:
    with review(empty_catalogue) as (database, reviewers):
        for command in commands:
            before = (shown(reviewers), rows_and_replay(database))
            if not obey(command, reviewers):
                assert (shown(reviewers), rows_and_replay(database)) == before
            rows, replayed = rows_and_replay(database)
            assert rows == replayed


@settings(max_examples=25, deadline=None)
@given(commands=COMMANDS)
def test_undoing_everything_gives_the_start_and_redoing_it_the_end(
    empty_catalogue: Path, commands: list[Command]
) -> None:
    with review(empty_catalogue) as (database, reviewers):
        for command in commands:
            obey(command, reviewers)
        end = shown(reviewers)

        undone = everybody(reviewers, "undo", (1000, 1000))
        assert shown(reviewers) == []
        assert rows_and_replay(database) == ({}, {})

        assert everybody(reviewers, "redo", undone) == undone
        assert shown(reviewers) == end


@settings(max_examples=25, deadline=None)
@given(commands=COMMANDS)
def test_alone_undo_and_redo_walk_through_every_state_there_was(
    empty_catalogue: Path, commands: list[Command]
) -> None:
    with review(empty_catalogue) as (_, reviewers):
        past: list[list[ShortlistRow]] = []
        future: list[list[ShortlistRow]] = []
        for command in commands:
            before = shown(reviewers)
            if not obey(replace(command, reviewer=0), reviewers):
                assert command.verb not in ("undo", "redo") or shown(reviewers) == before
                assert not (command.verb == "undo" and past)
                assert not (command.verb == "redo" and future)
            elif command.verb == "undo":
                future.append(before)
                assert shown(reviewers) == past.pop()
            elif command.verb == "redo":
                past.append(before)
                assert shown(reviewers) == future.pop()
            else:
                past.append(before)
                future.clear()
