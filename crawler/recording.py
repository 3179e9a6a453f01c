"""Recorded answers of a source, and playing its walk again over them, strictly."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, Literal

from catalogue.drafts import Reading
from catalogue.errors import SourceError
from catalogue.frontier import Found
from crawler.archetypes import Listing, ListingError
from crawler.page import Page, UnreadablePageError
from crawler.reading import read
from crawler.source import Source

INDEX: Final = "recording.json"
"""Name of the file that says which address was answered with which body."""

MAX_HTML: Final = 2 * 1024 * 1024
"""Longest page that is played again, in bytes."""

_ENDINGS: Final = {"json": ".json", "xml": ".xml", "html": ".html", "csv": ".csv", "plain": ".txt"}
_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address was answered with."""

    url: str
    status: int
    content_type: str = ""
    final_url: str = ""
    """Address after redirects; empty means the same."""
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Recording:
    """The answers of one source, by address."""

    recorded_at: datetime
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Replay:
    """What a walk over a recording gave."""

    readings: tuple[tuple[str, Reading], ...]
    """Each document's address and reading, in the order of the walk."""
    unread: tuple[tuple[str, str], ...]
    """Recorded addresses that gave nothing, and why."""
    unknown_listings: tuple[str, ...]
    """Listings that the walk asks for and that were not recorded."""
    unknown_pages: tuple[str, ...]
    """Pages that the walk asks for and that were not recorded."""
    unused: tuple[str, ...]
    """Recorded addresses that the walk never asks for."""

    def to_tree(self) -> dict[str, Any]:
        """The form in which it is compared: all that a person should read, without whole texts."""
        return {
            "documents": [_document(url, reading) for url, reading in self.readings],
            "unread": dict(self.unread),
            "listings_not_recorded": list(self.unknown_listings),
            "pages_not_recorded": len(self.unknown_pages),
        }


def write_recording(folder: Path, recorded_at: datetime, answers: Sequence[Answer]) -> None:
    """Write the answers into a folder that is made, or emptied of an earlier recording."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in _bodies(folder):
        old.unlink(missing_ok=True)
    entries = []
    for number, answer in enumerate(answers, 1):
        name = f"{number:03}{_ending(answer.content_type)}" if answer.body else ""
        if name:
            (folder / name).write_bytes(answer.body)
        entries.append(
            {
                "url": answer.url,
                "status": answer.status,
                "content_type": answer.content_type,
                "final_url": answer.final_url,
                "body": name,
            }
        )
    index = {"recorded_at": recorded_at.isoformat(), "answers": entries}
    (folder / INDEX).write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")


def read_recording(folder: Path) -> Recording:
    """Read a recording.

    Raises:
        SourceError: there is none, or it is damaged.
    """
    try:
        index = json.loads((folder / INDEX).read_text(encoding="utf-8"))
        answers = {
            entry["url"]: Answer(
                entry["url"],
                entry["status"],
                entry["content_type"],
                entry["final_url"],
                (folder / entry["body"]).read_bytes() if entry["body"] else b"",
            )
            for entry in index["answers"]
        }
        return Recording(datetime.fromisoformat(index["recorded_at"]), answers)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(f"The recording in {folder} cannot be read: {error}.") from error


def replay(source: Source, recording: Recording) -> Replay:
    """Walk a source over its recording: listings lead on, pages are read, nothing is asked of
    anybody. Reading is done in this process: recordings are trusted as tests are.
    """
    walk = source.walk
    at = recording.recorded_at
    waiting = deque([*walk.seeds(), *walk.seeds_at(at, None)])
    asked: dict[tuple[str, str], None] = {}
    readings: list[tuple[str, Reading]] = []
    unread: list[tuple[str, str]] = []
    unknown: dict[Literal["list", "page"], list[str]] = {"list": [], "page": []}
    while waiting:
        found = waiting.popleft()
        if (found.url, found.kind) in asked:
            continue
        asked[found.url, found.kind] = None
        answer = recording.answers.get(found.url)
        if answer is None:
            unknown[found.kind].append(found.url)
            continue
        try:
            leads, documents = _play(source, found, answer, at)
        except (ListingError, UnreadablePageError) as error:
            others = walk.instead(found.url, _fault(answer)) if found.kind == "list" else None
            if others is None:
                unread.append((found.url, error.message))
            waiting.extend(others or ())
            continue
        waiting.extend(leads)
        readings.extend(documents)
    known = {url for url, _ in asked}
    return Replay(
        readings=tuple(readings),
        unread=tuple(unread),
        unknown_listings=tuple(unknown["list"]),
        unknown_pages=tuple(unknown["page"]),
        unused=tuple(url for url in recording.answers if url not in known),
    )


def _play(
    source: Source, found: Found, answer: Answer, at: datetime
) -> tuple[tuple[Found, ...], list[tuple[str, Reading]]]:
    """Where an answer leads, and the documents it gives."""
    url = answer.final_url or answer.url
    missing = answer.status in _GONE
    if found.kind == "list" and (answer.status == HTTPStatus.OK or missing):
        if missing and not source.walk.optional(found.url):
            raise ListingError(f"Answered with {answer.status}.")
        listing = Listing(url, answer.body, answer.content_type, missing, depth=found.depth)
        listed = source.walk.listed(listing)
        inside = (
            Page(one.url, one.body, one.content_type, one.fetched_at or at) for one in listed.pages
        )
        return listed.found, [
            *((one.url, one.reading) for one in listed.documents),
            *((page.url, read(page, source.read_request())) for page in inside),
        ]
    if answer.status != HTTPStatus.OK:
        raise UnreadablePageError("status", f"Answered with {answer.status}.")
    page = Page(url, answer.body, answer.content_type, at)
    page.check(MAX_HTML)
    reading = read(page, source.read_request())
    return source.walk.follow(reading.links, found.depth), [(found.url, reading)]


def _fault(answer: Answer) -> str:
    """The kind of fault that an answer is which led nowhere."""
    return "listing" if answer.status == HTTPStatus.OK else f"http_{answer.status}"


def _document(url: str, reading: Reading) -> dict[str, Any]:
    """A reading as a person compares it with the page: what is not said is left out."""
    said = reading.model_dump(
        mode="json", exclude_defaults=True, exclude={"text", "text_sha", "links", "drafts"}
    )
    drafts = [
        {"type": draft.type, **draft.model_dump(mode="json", exclude_defaults=True)}
        for draft in reading.drafts
    ]
    return {"url": url, "words": len(reading.text.split()), **said, "drafts": drafts}


def _bodies(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if re.fullmatch(r"\d{3,}\.\w+", path.name)]


def _ending(content_type: str) -> str:
    kind = content_type.partition(";")[0].casefold()
    return next((ending for word, ending in _ENDINGS.items() if word in kind), ".bin")
