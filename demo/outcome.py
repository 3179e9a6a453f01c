"""What a crawl of the invented market found, held against what its author expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import (
    Claim,
    Deployment,
    Document,
    Evidence,
    Identifier,
    Lead,
    Mention,
    Signal,
    Source,
    Tag,
    Tool,
    Visit,
)
from catalogue.properties import ASSURANCE, display, property_named
from catalogue.queries.detail import detail
from catalogue.standing import EvidenceFacts, independent
from demo import observed_at
from demo.market import Day

Expected = Mapping[str, Any]


def tools(session: Session, expected: Expected, day: Day) -> Iterator[str]:
    """What differs in the tools: names, suppliers, tags, scope, autonomy, price, assurance."""
    found = {tool.name: tool for tool in session.scalars(select(Tool))}
    yield from (f"{name}: not found" for name in sorted(expected["tools"].keys() - found.keys()))
    yield from (f"{name}: not expected" for name in sorted(found.keys() - expected["tools"].keys()))
    for name, wanted in expected["tools"].items():
        if name in found:
            yield from (f"{name}: {one}" for one in _tool(session, found[name], wanted, day))


def _tool(session: Session, tool: Tool, wanted: Expected, day: Day) -> Iterator[str]:
    if tool.supplier.name != wanted["supplier"]:
        yield f"supplier is {tool.supplier.name}"
    if tool.homepage != wanted["homepage"]:
        yield f"homepage is {tool.homepage}"
    if tool.scope not in _fair(wanted["scope"]):
        yield f"scope is {tool.scope}, should be {wanted['scope']}"
    yield from _tags(session, tool, wanted)
    level = None if wanted["autonomy"] is None else int(wanted["autonomy"].split("_")[1])
    if tool.autonomy != level:
        yield f"autonomy is {tool.autonomy}, should be {wanted['autonomy']}"
    yield from _values(session, tool, wanted, day)


def _tags(session: Session, tool: Tool, wanted: Expected) -> Iterator[str]:
    tags = set(
        session.scalars(select(Tag.code).where(Tag.tool_id == tool.id, Tag.state == "accepted"))
    )
    for code in (*wanted["use_cases"], *wanted["settings"]):
        if code not in tags:
            yield f"{code} is not accepted"


def _values(session: Session, tool: Tool, wanted: Expected, day: Day) -> Iterator[str]:
    rows = detail(session, tool.id, observed_at(day).date()).values
    price = next((row.value for row in rows if row.property == "price"), "")
    if price.casefold() not in [one.casefold() for one in _fair(wanted["price"] or "")]:
        yield f"price is '{price}', should be '{wanted['price']}'"
    stated = {
        row.property.removeprefix(ASSURANCE): row.assurance.state
        for row in rows
        if row.assurance is not None
    }
    for artefact, states in wanted["assurance"].items():
        if stated.get(artefact) not in _fair(states):
            yield f"{artefact} is {stated.get(artefact)}, should be {states}"
    for artefact in stated.keys() - wanted["assurance"].keys():
        yield f"{artefact} is {stated[artefact]}, should not be stated"


def claims(session: Session, expected: Expected) -> Iterator[str]:
    """Expected claims that were not found."""
    for name, wanted in expected["tools"].items():
        rows = session.scalars(
            select(Claim).join(Tool, Tool.id == Claim.tool_id).where(Tool.name == name)
        ).all()
        for one in wanted["claims"]:
            if not any(_same_claim(row, one) for row in rows):
                near = [
                    f"{row.dimension} {row.low} {row.high} {row.unit} per {row.per} '{row.hedge}'"
                    for row in rows
                    if _same_words(row.quote, one["quote"])
                ]
                yield f"{name}: {one['quote']} ({', '.join(near) or 'nothing'})"


def false_claims(session: Session, expected: Expected) -> Iterator[str]:
    """Claims read from sentences that claim nothing."""
    quotes = list(session.scalars(select(Claim.quote)))
    for one in expected["not_claims"]:
        if any(_same_words(quote, one["quote"]) for quote in quotes):
            yield one["quote"]


def _same_claim(row: Claim, wanted: Expected) -> bool:
    return (
        _same_words(row.quote, wanted["quote"])
        and row.dimension in _fair(wanted["dimension"])
        and (row.low, row.high) == (wanted["low"], wanted["high"])
        and (row.unit, row.per) == (wanted["unit"], wanted["per"])
        and bool(row.hedge) == bool(wanted["hedge"])
    )


def deployments(session: Session, expected: Expected) -> Iterator[str]:
    """Expected deployments that were not found."""
    rows = session.scalars(select(Deployment).where(Deployment.tool_id.is_not(None))).all()
    found = [
        (
            session.get_one(Tool, row.tool_id).name,
            row.buyer.name,
            row.phase,
            row.funding,
            row.started_on,
        )
        for row in rows
    ]
    for one in expected["deployments"]:
        near = [row[2:] for row in found if row[:2] == (one["tool"], one["buyer"])]
        fair = [
            (phase, funding, start)
            for phase, funding, start in near
            if phase in _fair(one["phase"])
            and funding in _fair(one["funding"])
            and start == one.get("started", start)
        ]
        if not fair:
            yield f"{one['tool']} at {one['buyer']} ({near or 'nothing'})"


def mentions(session: Session, expected: Expected) -> Iterator[str]:
    """Stories that are not listed with a tool that they name; and leads that are no lead, since
    every tool of the market is known.
    """
    rows = session.execute(
        select(Document.url, Tool.name)
        .join(Mention, Mention.document_id == Document.id)
        .join(Tool, Tool.id == Mention.tool_id)
    )
    found = {(url, name) for url, name in rows}
    for url, names in expected["mentions"].items():
        yield from (f"{name} in {url}" for name in names if (url, name) not in found)
    for name in session.scalars(select(Lead.name).where(Lead.state == "open").distinct()):
        yield f"{name} is a lead"


def evidence(session: Session, expected: Expected) -> Iterator[str]:
    """Expected evidence that was not found or is weighed otherwise."""
    rows = session.execute(
        select(Evidence, Tool.name, Document.url)
        .join(Tool, Tool.id == Evidence.tool_id)
        .join(Document, Document.id == Evidence.document_id)
    ).all()
    for one in expected["evidence"]:
        near = [row for row, name, url in rows if (name, url) == (one["tool"], one["url"])]
        fair = [
            row
            for row in near
            if row.evidence_type in _fair(one["type"])
            and row.strength in _fair(one.get("strength", row.strength))
            and independent(EvidenceFacts(0, row.strength, row.funder, row.measurer, row.author))
            == one["independent"]
        ]
        if not fair:
            told = [
                (row.evidence_type, row.strength, row.funder, row.measurer, row.author)
                for row in near
            ]
            yield f"{one['tool']} in {one['url']} ({told or 'nothing'})"


def suppliers(session: Session, expected: Expected) -> Iterator[str]:
    """Suppliers that lack their company number."""
    numbers = {
        row.value: row.organisation.name
        for row in session.scalars(select(Identifier).where(Identifier.scheme == "GB-COH"))
    }
    for name, wanted in expected["suppliers"].items():
        if numbers.get(wanted["number"]) != name:
            yield f"{wanted['number']} is {numbers.get(wanted['number'])}, should be {name}"


def documents(session: Session, expected: Expected) -> Iterator[str]:
    """Sources that gave another number of documents, and forbidden addresses that were read."""
    counts: dict[str, int] = dict.fromkeys(expected["documents"], 0)
    query = (
        select(Source.name)
        .join(Document, Document.source_id == Source.id)
        .where(Document.gone_at.is_(None))
    )
    for name in session.scalars(query):
        counts[name] = counts.get(name, 0) + 1
    for name, wanted in expected["documents"].items():
        if counts[name] != wanted:
            yield f"{name} gave {counts[name]} documents, should be {wanted}"
    visited = set(
        session.scalars(select(Visit.url).where(Visit.state.in_(("read", "unchanged", "listed"))))
    )
    yield from (f"{url} was fetched" for url in expected["forbidden"] if url in visited)


def signals(session: Session, expected: Expected) -> Iterator[str]:
    """Signals that are missing, and signals that nobody expects."""
    found = [
        (row.type, row.subject, row.before, row.after) for row in session.scalars(select(Signal))
    ]
    left = list(found)
    for one in expected.get("signals", ()):
        match = next((row for row in left if _same_signal(row, one)), None)
        if match is None:
            yield f"missing: {one['type']} {one['subject']}"
        else:
            left.remove(match)
    yield from (f"not expected: {row}" for row in left)


def _same_signal(row: tuple[str, str, str, str], wanted: Expected) -> bool:
    kind, subject, before, after = row
    if (kind, subject) != (wanted["type"], wanted["subject"]):
        return False
    told = {"before": before, "after": after}
    for side, said in told.items():
        value = wanted[side]
        if value is None:
            continue
        if value.startswith("AUT_"):
            value = display(property_named("autonomy"), value)
        if value.startswith("AST_"):
            value = display(property_named(f"{ASSURANCE}{wanted['artefact']}"), value)
        if value.casefold() not in said.casefold():
            return False
    return True


def _fair(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _same_words(quote: str, wanted: str) -> bool:
    return _plain(wanted) in _plain(quote)


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum() or letter in "%£")


def report(session: Session, expected: Expected, day: Day) -> dict[str, list[str]]:
    """Everything that differs, by part; an empty list means as expected."""
    parts: dict[str, Iterable[str]] = {
        "documents": documents(session, expected),
        "tools": tools(session, expected, day),
        "suppliers": suppliers(session, expected),
        "mentions": mentions(session, expected),
        "claims": claims(session, expected),
        "false claims": false_claims(session, expected),
        "deployments": deployments(session, expected),
        "evidence": evidence(session, expected),
        "signals": signals(session, expected if day > 1 else {}),
    }
    return {name: list(found) for name, found in parts.items()}


def expected_counts(expected: Expected, day: Day) -> dict[str, int]:
    """How much is expected of each part of a report."""
    tools = expected["tools"].values()
    return {
        "documents": len(expected["documents"]),
        "tools": len(tools),
        "suppliers": len(expected["suppliers"]),
        "mentions": sum(map(len, expected["mentions"].values())),
        "claims": sum(len(one["claims"]) for one in tools),
        "false claims": len(expected["not_claims"]),
        "deployments": len(expected["deployments"]),
        "evidence": len(expected["evidence"]),
        "signals": len(expected.get("signals", ())) if day > 1 else 0,
    }
