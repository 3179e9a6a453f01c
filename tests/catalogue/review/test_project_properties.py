"""What holds in a project after any sequence of commands of two reviewers."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.database import Database
from catalogue.query import Query
from catalogue.review.projects import Projects
from catalogue.screening_rows import DecisionRow
from tests.builders import make_tool
from tests.catalogue.review.test_shortlists import ticking

NAME = "Rotas"
TOOLS = 3


@dataclass(frozen=True)
class Command:
    reviewer: int
    verb: str
    tools: tuple[int, ...]


COMMANDS = st.lists(
    st.builds(
        Command,
        reviewer=st.integers(0, 1),
        verb=st.sampled_from(["include", "maybe", "exclude", "", "undo", "undo", "redo"]),
        tools=st.lists(st.integers(1, TOOLS), min_size=1, max_size=2, unique=True).map(tuple),
    ),
    max_size=25,
)

Held = dict[int, DecisionRow]


@contextmanager
def reviewing(template: Path) -> Iterator[list[Projects]]:
    """Two reviewers of one project over three tools, whose clock moves on."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue.db"
        shutil.copyfile(template, path)
        database = Database(f"sqlite:///{path}")
        with database.write() as session:
            for number in range(TOOLS):
                make_tool(session, f"Tool {number + 1}")
        reviewers = [Projects(database, name, ticking()) for name in ("Ann", "Ben")]
        reviewers[0].create(NAME, "Which plan rotas?", Query())
        yield reviewers
        database.close()


def obey(command: Command, reviewers: Sequence[Projects]) -> bool:
    """Do one command; False when there was nothing to do."""
    reviewer = reviewers[command.reviewer]
    match command.verb:
        case "undo":
            return bool(reviewer.undo(NAME))
        case "redo":
            return bool(reviewer.redo(NAME))
        case outcome:
            return bool(reviewer.decide(NAME, command.tools, outcome, "Not AI"))


@settings(max_examples=25, deadline=None)
@given(commands=COMMANDS)
def test_undo_and_redo_walk_each_reviewer_through_every_state_there_was(
    empty_catalogue: Path, commands: list[Command]
) -> None:
    with reviewing(empty_catalogue) as reviewers:
        past: tuple[list[Held], list[Held]] = ([], [])
        future: tuple[list[Held], list[Held]] = ([], [])
        for command in commands:
            mine, other = command.reviewer, 1 - command.reviewer
            before, untouched = reviewers[mine].own(NAME), reviewers[other].own(NAME)
            did = obey(command, reviewers)
            after = reviewers[mine].own(NAME)
            assert reviewers[other].own(NAME) == untouched
            if command.verb in ("undo", "redo"):
                back, ahead = (past, future) if command.verb == "undo" else (future, past)
                assert did == bool(back[mine])
                if did:
                    ahead[mine].append(before)
                    assert after == back[mine].pop()
            elif did:
                past[mine].append(before)
                future[mine].clear()
                assert after != before
            assert did or after == before


@settings(max_examples=25, deadline=None)
@given(commands=COMMANDS)
def test_where_tools_stand_is_what_the_reviewers_say(
    empty_catalogue: Path, commands: list[Command]
) -> None:
    with reviewing(empty_catalogue) as reviewers:
        for command in commands:
            obey(command, reviewers)
        own = [reviewer.own(NAME) for reviewer in reviewers]
        standings = {row.tool_id: row for row in reviewers[0].standings(NAME)}
        assert standings.keys() == own[0].keys() | own[1].keys()
        for tool, row in standings.items():
            said = tuple(held[tool] for held in own if tool in held)
            assert row.decisions == said
            outcomes = {one.outcome for one in said}
            assert {row.state} == (outcomes if len(outcomes) == 1 else {"disagreed"})
        assert reviewers[1].get(NAME).decided == len(standings)
