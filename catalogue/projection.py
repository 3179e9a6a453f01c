"""Projection: what is shown of a tool, from everything that was said of it.

The written precedence, for one property among the current statements (those that their document
still makes):

1. what the page gives stands before what it says it has not, and that before "looked, not found";
2. the voice: for assurance a regulator before government before anybody else; for everything
   else the supplier, who knows the product best and is named beside the value;
3. the tool's own page before other pages;
4. the reader's confidence;
5. the newest statement;
6. the address of the page and the place on it, so that the order of reading never matters.

A projection holds no fact of its own: it can be made again from the statements at any time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from catalogue import scope, tagging
from catalogue.identity import address
from catalogue.models import (
    Claim,
    Displayed,
    Document,
    Evidence,
    Function,
    Statement,
    Tag,
    Tool,
    ToolName,
)
from catalogue.properties import ASSURANCE, property_named
from catalogue.standing import ClaimFacts, EvidenceFacts, independent, standing, strength
from catalogue.tagging import Suggestion
from catalogue.vocabularies import load

ABSENCE = ("yes", "no", "not_stated", "looked_not_found")
ASSURANCE_VOICES = ("VOICE_REGULATOR", "VOICE_GOV")
TAGGED = (("use_cases", "use_case"), ("settings", "setting"), ("user_groups", "user_group"))
"""Vocabularies that tools are tagged from, with the property that names a term outright."""

SURE = 0.85
AHEAD = 0.1
"""Rule T4: least confidence of a suggestion, and least distance to the next, at which it is
accepted for a tool that has no accepted term."""

ENOUGH = 4000
"""Characters of a tool's own page that tags are suggested from: what follows is rarely about
the tool as a whole."""


def project(session: Session, tool: Tool) -> None:
    """Write everything that is shown of a tool, from its current statements."""
    session.flush()
    shown = _display(session, tool)
    first = {name: rows[0] for name, rows in shown.items()}
    tool.name = first["name"].value if "name" in first else tool.name
    tool.summary = first["summary"].value if "summary" in first else ""
    tool.homepage = first["homepage"].value if "homepage" in first else tool.homepage
    if "autonomy" in first:
        digits = first["autonomy"].value.split("_")[1]
        tool.autonomy = int(digits) if digits.isdigit() else None
    else:
        tool.autonomy = None
    text = _own_text(session, tool, shown)
    _tag(session, tool, shown, text)
    _functions(session, tool, first, text)
    _weigh(session, tool)
    tool.stale = True
    session.flush()


def _display(session: Session, tool: Tool) -> dict[str, list[Statement]]:
    statements = session.scalars(
        select(Statement)
        .join(Document, Document.id == Statement.document_id)
        .options(joinedload(Statement.document))
        .where(
            Statement.subject_type == "tool",
            Statement.subject_id == tool.id,
            Statement.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
    ).all()
    homes = _homes(session, tool)
    by_property: dict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=lambda row: _precedence(row, homes)):
        by_property[statement.property].append(statement)
    session.execute(
        delete(Displayed).where(Displayed.subject_type == "tool", Displayed.subject_id == tool.id)
    )
    shown: dict[str, list[Statement]] = {}
    for name, rows in by_property.items():
        shown[name] = _distinct(rows) if property_named(name).many else rows[:1]
        session.add_all(
            Displayed(
                subject_type="tool",
                subject_id=tool.id,
                property=name,
                ordinal=ordinal,
                statement_id=row.id,
            )
            for ordinal, row in enumerate(shown[name])
        )
    return shown


def _homes(session: Session, tool: Tool) -> frozenset[str]:
    keys = select(ToolName.key).where(ToolName.tool_id == tool.id, ToolName.kind == "homepage")
    return frozenset(session.scalars(keys))


def _precedence(row: Statement, homes: frozenset[str]) -> tuple[object, ...]:
    voices = ASSURANCE_VOICES if row.property.startswith(ASSURANCE) else ("VOICE_SUPPLIER",)
    return (
        ABSENCE.index(row.absence),
        voices.index(row.voice) if row.voice in voices else len(voices),
        address(row.document.url) not in homes,
        -row.confidence,
        -row.first_seen.timestamp(),
        len(row.document.url),
        row.document.url,
        row.place,
        row.value,
    )


def _distinct(rows: Iterable[Statement]) -> list[Statement]:
    seen: dict[str, Statement] = {}
    for row in rows:
        seen.setdefault(row.value.casefold(), row)
    return list(seen.values())


def _own_text(session: Session, tool: Tool, shown: dict[str, list[Statement]]) -> str:
    """The words of the tool's own pages: what it is tagged and scoped by."""
    homes = _homes(session, tool)
    documents = session.scalars(
        select(Document)
        .join(Statement, Statement.document_id == Document.id)
        .where(
            Statement.subject_type == "tool",
            Statement.subject_id == tool.id,
            Document.gone_at.is_(None),
        )
        .distinct()
        .order_by(Document.url)
    )
    pages = [page.text[:ENOUGH] for page in documents if address(page.url) in homes]
    features = [row.value for row in shown.get("feature", [])]
    return "\n".join([*features, *pages])


def _tag(session: Session, tool: Tool, shown: dict[str, list[Statement]], text: str) -> None:
    """Rules propose; what a person accepted or rejected stays as it is."""
    held = {
        (row.vocabulary, row.code): row
        for row in session.scalars(select(Tag).where(Tag.tool_id == tool.id))
    }
    proposed: dict[tuple[str, str], Suggestion] = {}
    for vocabulary, name in TAGGED:
        terms = load()[vocabulary]
        title, words = f"{tool.name}. {tool.summary}", text
        if vocabulary == "user_groups":  # to name a group is not to say that it uses the tool
            title, words = "", f"{title}\n{text}"
        found = tagging.suggest(terms, title, words, place="name or summary")
        proposed.update({(vocabulary, one.code): one for one in found})
        for row in shown.get(name, []):
            said = row.original or terms.get(row.value).label
            why = f"The page gives '{said}' (rule T2)."
            proposed[vocabulary, row.value] = Suggestion(row.value, "accepted", why, row.quote, 1.0)
        if vocabulary != "user_groups":
            _accept_leading(proposed, vocabulary)
    for key, one in proposed.items():
        tag = held.pop(key, None)
        if tag is None:
            tag = Tag(tool_id=tool.id, vocabulary=key[0], code=key[1], by="rule")
            session.add(tag)
        if tag.by == "rule":
            tag.state, tag.why, tag.quote = one.state, one.why, one.quote
            tag.confidence, tag.at = one.confidence, tool.changed_at
    for tag in held.values():
        if tag.by == "rule":
            session.delete(tag)
    session.flush()
    tool.use_case, tool.use_case_accepted = _leading(session, tool, "use_cases")
    tool.setting, _ = _leading(session, tool, "settings")


def _accept_leading(proposed: dict[tuple[str, str], Suggestion], vocabulary: str) -> None:
    """Rule T4: where a tool has no accepted term, a suggestion stands that is SURE and ahead."""
    ours = [one for (name, _), one in proposed.items() if name == vocabulary]
    if not ours or any(one.state == "accepted" for one in ours):
        return
    ours.sort(key=lambda one: (-one.confidence, one.code))
    second = ours[1].confidence if len(ours) > 1 else 0.0
    if ours[0].confidence >= SURE and ours[0].confidence - second >= AHEAD:
        said = ours[0].why.split(";")[0]
        why = f"{said}, and of nothing else so much (rule T4)."
        proposed[vocabulary, ours[0].code] = replace(ours[0], state="accepted", why=why)


def _leading(session: Session, tool: Tool, vocabulary: str) -> tuple[str, bool]:
    """The tag that the list shows: accepted before suggested, then by confidence and code."""
    tags = session.scalars(
        select(Tag)
        .where(Tag.tool_id == tool.id, Tag.vocabulary == vocabulary, Tag.state != "rejected")
        .order_by(Tag.state, Tag.confidence.desc(), Tag.code)
    ).all()
    return (tags[0].code, tags[0].state == "accepted") if tags else ("", False)


def _functions(session: Session, tool: Tool, first: dict[str, Statement], text: str) -> None:
    """One function for each accepted use case, else for the leading suggestion."""
    accepted = session.scalars(
        select(Tag.code)
        .where(Tag.tool_id == tool.id, Tag.vocabulary == "use_cases", Tag.state == "accepted")
        .order_by(Tag.code)
    ).all()
    session.execute(delete(Function).where(Function.tool_id == tool.id))
    words = f"{tool.name}. {tool.summary}\n{text}"
    autonomy = first["autonomy"].value if "autonomy" in first else "AUT_NOT_STATED"
    classes: list[str] = []
    for use_case in accepted or [tool.use_case or "UC_NOT_STATED"]:
        decision = scope.decide(use_case, words)
        classes.append(decision.scope)
        session.add(
            Function(
                tool_id=tool.id,
                use_case=use_case,
                autonomy=autonomy,
                scope=decision.scope,
                rule=f"{decision.rule}: {decision.text_of_rule}",
                device=decision.device,
                quote=decision.quote,
            )
        )
    tool.scope = _widest(classes)


def _widest(classes: Sequence[str]) -> str:
    """A tool is out of scope only when all its functions are; else its most careful class."""
    inside = [one for one in classes if one != "SC_CLINICAL_OUT"]
    order = ("SC_BORDERLINE", "SC_NONCLIN_ADMIN_CARE", "SC_NONCLIN_OPS")
    for one in order:
        if one in inside:
            return one
    return inside[0] if inside else "SC_CLINICAL_OUT"


def _weigh(session: Session, tool: Tool) -> None:
    """Evidence, and where each claim stands by it."""
    claims = session.scalars(
        select(Claim)
        .join(Document, Document.id == Claim.document_id)
        .where(
            Claim.tool_id == tool.id,
            Claim.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
    ).all()
    items = session.scalars(
        select(Evidence)
        .join(Document, Document.id == Evidence.document_id)
        .where(
            Evidence.tool_id == tool.id,
            Evidence.last_seen == Document.last_seen,
            Document.gone_at.is_(None),
        )
    ).all()
    evidence = [
        EvidenceFacts(item.document_id, item.strength, item.funder, item.measurer, item.author)
        for item in items
    ]
    facts = {
        claim.id: ClaimFacts(claim.document_id, claim.dimension, claim.unit, claim.high)
        for claim in claims
    }
    for claim in claims:
        claim.standing = standing(facts[claim.id], facts.values(), evidence)
    tool.claims = len(claims)
    tool.evidence = max((strength(item.strength) for item in evidence), default=0)
    tool.independent = any(independent(item) for item in evidence)
    latest = session.scalar(
        select(func.max(Document.last_seen))
        .join(Statement, Statement.document_id == Document.id)
        .where(Statement.subject_type == "tool", Statement.subject_id == tool.id)
    )
    tool.last_seen = latest or tool.last_seen
