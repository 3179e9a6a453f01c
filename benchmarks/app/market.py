"""Fill a catalogue with an invented market of any size, by bulk inserts.

    python -m benchmarks.app.market --home DIR [--tools 100000]

Tool `n` is always the same tool. Each has a page of its own with six statements and two claims,
every second one a case study with a deployment and every third one evidence as well. Names,
hosts and words are invented; codes are those of the vocabularies. What is shown is written as
the rules would not: run `catalogue.projection.project_all` where that matters.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from catalogue.database import Database, open_database
from catalogue.models import (
    Base,
    Claim,
    Deployment,
    Displayed,
    Document,
    Evidence,
    Function,
    Organisation,
    Snapshot,
    Source,
    Statement,
    Tag,
    Tool,
    ToolName,
)
from catalogue.settings import load as load_settings
from catalogue.text import name_key, organisation_key
from catalogue.vocabularies import load

DAY = datetime(2026, 10, 5, 9, tzinfo=UTC)
FIRST = ("Rota", "Scribe", "Coda", "Queue", "Ledger", "Letter", "Signal", "Harbour", "Minute")
SECOND = ("flow", "well", "line", "path", "desk", "wise", "craft", "bridge", "mill", "port", "sill")
SCOPES = ("SC_NONCLIN_OPS", "SC_NONCLIN_ADMIN_CARE", "SC_BORDERLINE", "SC_CLINICAL_OUT")
WORK = ("builds ward rotas", "types clinic letters", "sorts incoming post", "answers the phone")
BUYERS = 400
SUPPLIER_HAS = 3
"""Tools that a supplier has."""
AT_ONCE = 2000
"""Tools written in one transaction."""

Rows = dict[type[Base], list[dict[str, Any]]]


def fill(database: Database, tools: int) -> None:
    """Write a market of so many tools into an empty catalogue."""
    suppliers = -(-tools // SUPPLIER_HAS)
    with database.write() as session:
        _write(session, _organisations(suppliers))
    for start in range(1, tools + 1, AT_ONCE):
        rows: Rows = defaultdict(list)
        for number in range(start, min(start + AT_ONCE, tools + 1)):
            for model, row in _tool(number):
                rows[model].append(row)
        with database.write() as session:
            _write(session, rows)


def name_of(number: int) -> str:
    """Name of a tool: "Rotaflow 2"."""
    word = FIRST[number % len(FIRST)] + SECOND[number // len(FIRST) % len(SECOND)]
    return f"{word} {number // (len(FIRST) * len(SECOND)) + 1}"


def _write(session: Session, rows: Rows) -> None:
    for model, some in rows.items():
        session.execute(insert(model), some)


def _organisations(suppliers: int) -> Rows:
    rows: Rows = defaultdict(list)
    for number in range(1, suppliers + BUYERS + 1):
        supplies = number <= suppliers
        name = f"{name_of(number)} Systems Ltd" if supplies else f"Vale {number} NHS Trust"
        home = f"http://www.s{number}.example/" if supplies else ""
        rows[Organisation].append(
            {
                "id": number,
                "name": name,
                "key": organisation_key(name),
                "kind": "supplier" if supplies else "buyer",
                "homepage": home,
                "first_seen": DAY,
            }
        )
        if supplies:
            rows[Source].append(
                {
                    "id": number,
                    "name": f"s{number}",
                    "title": name,
                    "archetype": "site",
                    "publisher_id": number,
                    "voice": "VOICE_SUPPLIER",
                    "licence": "all-rights-reserved",
                    "cadence": "weekly",
                    "definition": "{}",
                    "founding": True,
                    "registered_at": DAY,
                }
            )
    return rows


def _tool(number: int) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    use_cases = [term.code for term in load()["use_cases"]]
    settings = [term.code for term in load()["settings"]]
    supplier = (number - 1) // SUPPLIER_HAS + 1
    name, own, seen = name_of(number), 2 * number, DAY + timedelta(days=number % 40)
    home = f"http://www.s{supplier}.example/tools/{number}"
    summary = f"{name} {WORK[number % len(WORK)]} for NHS teams."
    use_case, setting = use_cases[number % len(use_cases)], settings[number % len(settings)]
    grade, studied = number % 6 if number % 3 == 0 else 0, number % 3 == 0
    yield (
        Tool,
        {
            "id": number,
            "supplier_id": supplier,
            "name": name,
            "sort_name": name.casefold(),
            "summary": summary,
            "homepage": home,
            "use_case": use_case,
            "use_case_accepted": number % 4 > 0,
            "setting": setting,
            "scope": SCOPES[number % 23 % 4],
            "autonomy": None if number % 7 == 0 else number % 6,
            "evidence": grade,
            "independent": number % 9 == 0,
            "claims": 2,
            "first_seen": DAY,
            "last_seen": seen,
            "changed_at": seen,
        },
    )
    for kind, key, words in (("name", name_key(name), name), ("homepage", home[11:], home)):
        yield ToolName, {"tool_id": number, "kind": kind, "key": key, "text": words}
    yield from _page(own, supplier, home, name, f"{summary} " * 12, seen)
    values = {
        "name": name,
        "homepage": home,
        "summary": summary,
        "feature": f"Feature {number}",
        "price": f"£{number % 9 + 1} per user per month",
        "use_case": use_case,
    }
    for place, (prop, value) in enumerate(values.items()):
        statement = number * len(values) + place
        yield Statement, _statement(statement, number, own, seen, prop, value)
        yield (
            Displayed,
            {
                "subject_type": "tool",
                "subject_id": number,
                "property": prop,
                "ordinal": 0,
                "statement_id": statement,
            },
        )
    tags = [("use_cases", use_case), ("settings", setting)]
    tags += [("use_cases", use_cases[(number + step) % len(use_cases)]) for step in (1, 5)]
    for rank, (vocabulary, code) in enumerate(tags):
        state = "accepted" if rank == 1 or (rank == 0 and number % 4) else "suggested"
        facts = {"why": "By number.", "quote": summary, "confidence": 0.9 - rank / 10, "at": seen}
        tag = {"tool_id": number, "vocabulary": vocabulary, "code": code, "by": "rule"}
        yield Tag, {**tag, **facts, "state": state}
    decided = {"autonomy": "AUT_NOT_STATED", "scope": SCOPES[0], "rule": "R5: operational"}
    function = {"tool_id": number, "use_case": use_case, "device": "unlikely", "quote": ""}
    yield Function, {**function, **decided}
    for hours in (1, 2):
        yield Claim, {**_said(number, own, seen, f"{name} saves {hours} hours."), **_claim(hours)}
    if number % 2 == 0:
        study = own + 1
        told = f"Vale trust uses {name}."
        yield from _page(study, supplier, f"{home}/study", f"{name} at Vale", told * 30, seen)
        use = {"phase": "PH_PRODUCTION", "setting": setting, "funding": "TRIAL_FUND_UNKNOWN"}
        buyer = {"buyer_id": number % BUYERS + 1}
        yield Deployment, {**_said(number, study, seen, told), **use, **buyer}
        if studied:
            yield Evidence, {**_said(number, study, seen, told), **_evidence(name, grade)}


def _page(
    number: int, source: int, url: str, title: str, text: str, seen: datetime
) -> Iterator[tuple[type[Base], dict[str, Any]]]:
    sha = sha256(url.encode()).hexdigest()
    yield (
        Document,
        {
            "id": number,
            "source_id": source,
            "url": url,
            "title": title,
            "kind": "product",
            "language": "en",
            "voice": "VOICE_SUPPLIER",
            "text": text,
            "text_sha": sha,
            "drafts": "[]",
            "first_seen": DAY,
            "last_seen": seen,
            "changed_at": DAY,
        },
    )
    facts = {"content_type": "text/html", "size": len(text), "fetched_at": DAY, "first_seen": DAY}
    yield (
        Snapshot,
        {"id": number, "document_id": number, "raw_sha": sha, "text_sha": sha, **facts},
    )


def _statement(
    number: int, tool: int, page: int, seen: datetime, prop: str, value: str
) -> dict[str, Any]:
    return {
        "id": number,
        "subject_type": "tool",
        "subject_id": tool,
        "property": prop,
        "value": value,
        "original": "",
        "absence": "yes",
        "quote": value,
        "place": "h1",
        "extractor": "product_page@1",
        "confidence": 1.0,
        "voice": "VOICE_SUPPLIER",
        "document_id": page,
        "snapshot_id": page,
        "fingerprint": sha256(f"{prop}\0{value}".encode()).hexdigest(),
        "first_seen": DAY,
        "last_seen": seen,
    }


def _said(tool: int, page: int, seen: datetime, words: str) -> dict[str, Any]:
    return {
        "tool_id": tool,
        "document_id": page,
        "fingerprint": sha256(words.encode()).hexdigest(),
        "quote": words,
        "place": "chars:0-20",
        "voice": "VOICE_SUPPLIER",
        "extractor": "claims@1",
        "first_seen": DAY,
        "last_seen": seen,
    }


def _claim(hours: int) -> dict[str, Any]:
    return {
        "dimension": "BEN_TIME",
        "metric": "",
        "direction": "down",
        "high": float(hours),
        "unit": "hours",
        "per": "week",
        "baseline": "",
        "hedge": "",
        "rung": "RUNG_0_ASSERTED",
        "population": "",
        "method": "NOT_STATED",
    }


def _evidence(name: str, grade: int) -> dict[str, Any]:
    who = dict.fromkeys(("funder", "measurer", "author"), "REL_SUPPLIER")
    return {
        "title": f"{name} at Vale",
        "evidence_type": "EVT_CASE",
        "strength": f"EVS_{grade}",
        "measurement": "EVM_NOT_STATED",
        **who,
    }


def main() -> None:
    """Fill the catalogue of a home."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--tools", type=int, default=100_000)
    given = parser.parse_args()
    database = open_database(load_settings(given.home))
    began = time.perf_counter()
    fill(database, given.tools)
    database.close()
    print(f"{given.tools} tools in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
