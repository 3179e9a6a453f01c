"""From an address to a source file with recorded pages: everything `horizon sources new` does."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from catalogue.errors import CrawlError, SourceError
from catalogue.settings import Settings
from crawler.expected import accept, check_recording
from crawler.recording import Answer, Replay, write_recording
from crawler.source import Source, load_source
from crawler.survey.look import Seen
from crawler.survey.proposal import Proposal, propose
from crawler.survey.visit import look_at, walk_briefly

RECORDED_PAGES: Final = 6
"""How many pages are recorded as a test."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was written for an address."""

    source: Source
    file: Path
    recording: Path
    text: str
    """The source file as it was written."""
    reasons: tuple[str, ...]
    played: Replay
    findings: tuple[str, ...]
    """What the check of the recording says."""


def look_and_propose(
    url: str,
    settings: Settings,
    pages: int,
    taken: Collection[str],
    tell: Callable[[str], None],
    name: str = "",
) -> Proposal:
    """Look at an address and propose a source file; nothing is written.

    Raises:
        CrawlError: the address may not be visited, or nothing there could be read.
    """
    with tempfile.TemporaryDirectory(prefix="horizon-look-") as folder:
        seen = look_at(url, settings, Path(folder), pages, tell)
    proposal = propose(url, seen, taken=sorted(taken), name=name)
    if proposal is None:
        raise CrawlError(f"Nothing could be read at {url}.", _why(seen))
    return proposal


def write(
    proposal: Proposal,
    settings: Settings,
    file: Path,
    recording: Path,
    tell: Callable[[str], None],
) -> Draft:
    """Write the proposed file, walk it a few pages far, record them and what they give.

    Raises:
        SourceError: a file of that name is there already.
        CrawlError: the walk may not be made.
    """
    if file.exists():
        raise SourceError(f"{file} is there already.", "Choose another name with --name.")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(proposal.text, encoding="utf-8")
    source = load_source(file)
    record(source, file, settings, recording, proposal.best, tell)
    played = accept(source, recording)
    findings = tuple(check_recording(source, recording))
    return Draft(source, file, recording, proposal.text, proposal.reasons, played, findings)


def record(
    source: Source,
    file: Path,
    settings: Settings,
    recording: Path,
    preferred: Collection[str],
    tell: Callable[[str], None],
) -> None:
    """Walk a source a few pages far and keep the answers.

    Raises:
        CrawlError: the walk may not be made, or gave nothing.
    """
    with tempfile.TemporaryDirectory(prefix="horizon-record-") as folder:
        seen = walk_briefly(
            file, settings, Path(folder), RECORDED_PAGES, list(preferred)[:RECORDED_PAGES], tell
        )
    answers = [_answer(one) for one in seen if one.status]
    if not answers:
        raise CrawlError(f"The walk of {source.name} gave nothing to record.", _why(seen))
    write_recording(recording, datetime.fromisoformat(seen[0].fetched_at), answers)


def _answer(seen: Seen) -> Answer:
    final = seen.final_url if seen.final_url != seen.url else ""
    return Answer(seen.url, seen.status, seen.content_type, final, seen.body)


def _why(seen: Collection[Seen]) -> str:
    """What was said of the addresses that gave nothing, shortly."""
    notes = dict.fromkeys(one.note for one in seen if one.note)
    return re.sub(r"\s+", " ", " ".join(list(notes)[:3]))
