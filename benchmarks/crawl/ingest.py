"""How fast pages are stored, and how that grows with the catalogue.

    python -m benchmarks.crawl.ingest --pages 100000

An invented market is stored through `Frontier` and `Ingestor`, as a crawl does it, without any
network or reading: for each supplier a site of ten pages (three tools with their values and claims,
pages that speak of them), and after every ten suppliers a news site of fifty pages, each of which
names a tool that is known, one that becomes known later, and one that never does. Nothing is kept
in memory but the page at hand.

At 1,000, 3,000, 10,000, 30,000 and 100,000 pages it prints the CPU time of a page and of a row over
the last thousand pages, how large the catalogue is for each page, and the memory taken. Ends with 1
where a page costs more than `MOST` times what one cost at the first mark.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from catalogue.clock import fixed_clock
from catalogue.database import Database, open_database
from catalogue.drafts import (
    AnyDraft,
    ClaimDraft,
    DeploymentDraft,
    EvidenceDraft,
    Quote,
    Reading,
    ToolDraft,
    Value,
)
from catalogue.frontier import Found, Frontier, SourceRecord
from catalogue.ingest import Ingestor, PageVisit
from catalogue.models.base import Base
from catalogue.settings import load

MOST: Final = 1.5
"""Times the cost of a page at the first mark that one may be later."""

MARKS: Final = (1_000, 3_000, 10_000, 30_000, 100_000)
WINDOW: Final = 1_000
"""Pages over which a mark measures."""

SUPPLIERS: Final = 10
"""Suppliers for each news site."""

TOOLS, PAGES, STORIES = 3, 10, 50
"""Tools and pages of a supplier's site, and pages of a news site."""

AT: Final = datetime(2026, 10, 5, 9, tzinfo=UTC)

_SYLLABLES: Final = (
    *("ba", "da", "fe", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "wy"),
    *("xa", "zu", "bri", "cle", "dro", "fla", "gri"),
)
_KINDS: Final = ("Scribe", "Rota", "Flow", "Desk", "Assist")
_PLACES: Final = ("Tallow Vale", "Marsh Fen", "Upper Thrale", "Quill Moor", "Elder Cross")
_TEXT: Final = """
the ward team uses it every day to plan who works when and to write the letters that used to take
until late in the evening so that nurses and clerks can go home on time and the queue at the desk
is shorter than it was before the winter when nobody knew which form was meant
"""
_WORDS: Final = tuple(_TEXT.split())


@dataclass(frozen=True)
class Told:
    """One page, and the source it belongs to."""

    source: SourceRecord
    url: str
    reading: Reading


class Market:
    """An invented market, page by page; the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311 (nothing is secret)
        self._known: list[str] = []
        """A few names of tools that are known by now."""

    def sources(self) -> Iterator[list[Told]]:
        """Sources without end, each with its pages."""
        number = 0
        while True:
            coming = [[self._name() for _ in range(TOOLS)] for _ in range(SUPPLIERS)]
            yield self._news(number, [name for names in coming for name in names])
            for names in coming:
                number += 1
                yield self._site(number, names)
                self._known = [*self._known[-200:], *names]

    def _name(self) -> str:
        made = "".join(self._random.choice(_SYLLABLES) for _ in range(4)).title()
        return f"{made} {self._random.choice(_KINDS)}"

    def _site(self, number: int, names: list[str]) -> list[Told]:
        source = _record(f"supplier{number}", "supplier", f"{names[0].split()[0]} Systems Ltd")
        told = []
        for page in range(PAGES):
            name = names[page % TOOLS]
            url = f"{source.publisher_url}page{page}"
            claim = self._claim(name)
            drafts: list[AnyDraft] = [claim]
            if page < TOOLS:
                drafts.append(_tool(name, url))
            told.append(Told(source, url, self._reading(name, [claim.quote.text], drafts)))
        return told

    def _news(self, number: int, coming: list[str]) -> list[Told]:
        source = _record(f"news{number}", "publisher", f"News {number}")
        told = []
        for page in range(STORIES):
            named = [self._random.choice(coming), self._name()]
            if self._known:
                named.append(self._random.choice(self._known))
            place = f"{self._random.choice(_PLACES)} NHS Trust"
            claim = self._claim(named[-1])
            pilot = f"{place} is piloting {named[0]}."
            study = f"An evaluation of {named[-1]} was published."
            drafts: list[AnyDraft] = [
                claim,
                DeploymentDraft(extractor="news@1", buyer=place, quote=_quote(pilot)),
                EvidenceDraft(
                    extractor="news@1",
                    title=f"Evaluation {number}-{page}",
                    quote=_quote(study),
                    evidence_type="EVT_PRE_POST",
                    strength="EVS_3",
                ),
            ]
            said = [claim.quote.text, pilot, study, f"{named[1]} is not to be had yet."]
            url = f"{source.publisher_url}story{page}"
            told.append(Told(source, url, self._reading(f"A pilot of {named[0]}", said, drafts)))
        return told

    def _claim(self, name: str) -> ClaimDraft:
        hours = self._random.randint(1, 400) / 4
        return ClaimDraft(
            extractor="claims@1",
            quote=_quote(f"{name} saves up to {hours:g} hours a week."),
            dimension="BEN_TIME",
            high=hours,
            unit="hours",
            per="week",
            hedge="up to",
        )

    def _reading(self, title: str, said: list[str], drafts: list[AnyDraft]) -> Reading:
        """A page of about 3,000 characters, every tenth word of it a name."""
        words = [self._random.choice(_WORDS) for _ in range(450)]
        for place in range(0, len(words), 10):
            words[place] = self._random.choice(_WORDS).title()
        for place, sentence in zip(range(40, 450, 80), said, strict=False):
            words[place] = f"{words[place]}.\n{sentence}\n"
        text = " ".join(words)
        return Reading(
            title=title,
            text=text,
            text_sha=sha256(f"{title}{text}".encode()).hexdigest(),
            drafts=tuple(drafts),
        )


def _tool(name: str, url: str) -> ToolDraft:
    said = {
        "summary": f"{name} writes letters and plans rotas.",
        "price": "£2 per user per month",
        "feature": f"Reads what was dictated to {name}",
        "use_case": "UC_DOC_DICT",
        "assurance.ASR_DSPT": "AST_CLAIMED",
    }
    return ToolDraft(
        extractor="product_page@1",
        name=_quote(name),
        homepage=url,
        values=tuple(
            Value(property=name, value=value, quote=_quote(value)) for name, value in said.items()
        ),
    )


def _quote(text: str) -> Quote:
    return Quote(text=text, place="main")


def _record(name: str, kind: str, publisher: str) -> SourceRecord:
    return SourceRecord(
        name=name,
        title=publisher,
        archetype="site",
        publisher=publisher,
        publisher_url=f"http://www.{name}.example/",
        publisher_kind=kind,
        voice="VOICE_SUPPLIER" if kind == "supplier" else "VOICE_PRESS",
        licence="all-rights-reserved",
        cadence="weekly",
        definition="{}",
    )


class Meter:
    """Measures the last pages before each mark, and prints what came of it."""

    def __init__(self, database: Database, path: Path, most: int) -> None:
        self._database = database
        self._path = path
        self._marks = [mark for mark in MARKS if mark <= most]
        self.stored = 0
        self.each: list[float] = []
        """Milliseconds of a page at each mark so far."""
        self._began = 0.0
        self._rows = 0

    @property
    def done(self) -> bool:
        """Whether all marks were passed."""
        return not self._marks

    def count(self) -> None:
        """Count one page."""
        self.stored += 1
        if self._marks and self.stored == self._marks[0] - WINDOW + 1:
            self._rows, self._began = self._count(), time.process_time()
        if self._marks and self.stored == self._marks[0]:
            self._mark(time.process_time() - self._began)
            del self._marks[0]

    def _mark(self, seconds: float) -> None:
        rows = self._count() - self._rows
        self.each.append(1000 * seconds / WINDOW)
        size = sum(one.stat().st_size for one in self._path.parent.glob(f"{self._path.name}*"))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{self.stored:>8,} {self.each[-1]:>9.2f} {rows / WINDOW:>10.1f}"
            f" {rows / seconds:>9,.0f} {size / self.stored / 1024:>8.1f} {memory:>8.0f}",
            flush=True,
        )

    def _count(self) -> int:
        with self._database.read() as session:
            return sum(
                session.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
            )


def store(database: Database, meter: Meter) -> None:
    """Store the market until the meter has seen enough."""
    clock = fixed_clock(AT)
    frontier, ingestor = Frontier(database, clock), Ingestor(database, clock)
    for pages in Market().sources():
        record = pages[0].source
        frontier.register([record])
        run = frontier.start(record.name, [Found(page.url, 0) for page in pages], len(pages))
        readings = {page.url: page.reading for page in pages}
        while tasks := frontier.lease(run, 16):
            for task in tasks:
                reading = readings[task.url]
                ingestor.ingest(
                    PageVisit(
                        run=run,
                        task=task,
                        state="read",
                        fetched_at=AT,
                        status=200,
                        content_type="text/html",
                        raw_sha=reading.text_sha,
                        size=len(reading.text),
                        reading=reading,
                    )
                )
                meter.count()
                if meter.done:
                    return
        ingestor.conclude(run)


def main() -> int:
    """Measure, print, and say whether it grew too much."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=10_000, help="the last mark; default 10,000")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = load(Path(folder), env={})
        database = open_database(settings)
        meter = Meter(database, settings.home / "catalogue.db", options.pages)
        print("   pages   ms/page  rows/page    rows/s  kB/page   MB RSS", flush=True)
        store(database, meter)
        database.close()
    return 1 if meter.each[-1] > MOST * meter.each[0] else 0


if __name__ == "__main__":
    sys.exit(main())
