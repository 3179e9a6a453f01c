"""What people did to shortlists, and what that makes of them: pure functions of the events.

An event is about a subject: one tool on one shortlist, or a shortlist itself (no tool). Nothing
is ever taken out of the log. An event that undoes another one puts their subject back to what it
was before that other one, exactly; to undo an undo is to redo. Each event is undone once at most,
so what undoes what is a chain, and the newest link of a chain decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from catalogue.models import Event

CREATE: Final = "shortlist.create"
ADD: Final = "shortlist.add"
REMOVE: Final = "shortlist.remove"
"""Of a tool: it is taken off. Of no tool: the shortlist itself is taken away, which only undoing
its creation does."""

Subject = tuple[int, int | None]
"""Number of the shortlist, and of the tool; no tool stands for the shortlist itself."""


@dataclass(frozen=True, slots=True)
class Item:
    """A tool's place on a shortlist; for the shortlist itself, its purpose, the query it was made
    from, and its maker.
    """

    position: int
    """Grows along the shortlist; never used twice on it, so that an undo can give it back."""
    reason: str
    by: str
    at: datetime
    query: str = ""


def subject(event: Event) -> Subject:
    """What an event is about."""
    return event.shortlist_id, event.tool_id


def effects(events: Iterable[Event]) -> Iterator[tuple[Event, Item | None, Item | None]]:
    """Each event with what its subject was before and after it; None is "not there".

    Args:
        events: All events of some shortlists from their beginning, in the order of their numbers.
    """
    present: dict[Subject, Item] = {}
    before: dict[int, Item | None] = {}
    for event in events:
        about = subject(event)
        was = before[event.id] = present.pop(about, None)
        item = _said(event) if event.undoes is None else before[event.undoes]
        if item is not None:
            present[about] = item
        yield event, was, item


def replay(events: Iterable[Event]) -> dict[Subject, Item]:
    """What is there after these events: see `effects`."""
    present: dict[Subject, Item | None] = {}
    for event, _, item in effects(events):
        present[subject(event)] = item
    return {about: item for about, item in present.items() if item is not None}


def _said(event: Event) -> Item | None:
    if event.action == REMOVE:
        return None
    return Item(event.position or 0, event.reason, event.actor, event.at, event.query)


def since(step: Sequence[Event], events: Iterable[Event]) -> list[Event]:
    """The later events that bear on what a step did and still stand, oldest first.

    A shortlist's own events bear on each of its tools, and those of its tools on the shortlist.
    What was undone since does not stand, unless it was redone.

    Args:
        step: The events of the step that somebody wants to undo, at least one.
        events: The events of its shortlist, in the order of their numbers.
    """
    last = max(event.id for event in step)
    tools = {event.tool_id for event in step} | {None}
    root: dict[int | None, Event] = {}
    standing: dict[int, Event] = {}
    for later in events:
        if later.id > last and (later.tool_id in tools or step[0].tool_id is None):
            first = root.get(later.undoes, later)
            root[later.id] = first
            if standing.pop(first.id, None) is None:
                standing[first.id] = first
    return sorted(standing.values(), key=lambda event: event.id)


@dataclass(frozen=True, slots=True)
class Trail:
    """The steps of one person that can be undone, and those that can be redone; last one next."""

    done: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()


def trail(events: Iterable[tuple[int, str, int | None]]) -> Trail:
    """Where one person stands with undo and redo, read from the person's own events.

    Args:
        events: Number, step and what is undone, of each of the person's events in order.
    """
    done: list[str] = []
    undone: list[str] = []
    step_of: dict[int | None, str] = {}
    seen: set[str] = set()
    for number, step, undoes in events:
        step_of[number] = step
        if step in seen:
            continue
        seen.add(step)
        if undoes is None:
            done.append(step)
            undone.clear()
        elif done and done[-1] == step_of[undoes]:
            done.pop()
            undone.append(step)
        else:
            undone.pop()
            done.append(step)
    return Trail(tuple(done), tuple(undone))


def sentence(events: Sequence[Event], shortlist: str, tools: Sequence[str]) -> str:
    """Say what one step did: "3 tools put on 'Rostering'".

    Args:
        events: The events of the step, at least one.
        shortlist: Name of the shortlist.
        tools: Names of the tools, one for each event that is about a tool.
    """
    action = events[0].action
    if events[0].tool_id is None:
        return f"shortlist '{shortlist}' {'made' if action == CREATE else 'taken away'}"
    what = tools[0] if len(tools) == 1 else f"{len(tools)} tools"
    return f"{what} {'put on' if action == ADD else 'taken off'} '{shortlist}'"
