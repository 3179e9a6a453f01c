"""Projection: what is shown of a tool, from everything that was said of it.

What is shown for a property follows the written precedence (`catalogue.precedence`), tags follow
the rules of `catalogue.tags`, the scope of each function those of `catalogue.scope`, and what
evidence makes of claims those of `catalogue.books`. A projection holds no fact of its own: it can
be made again at any time, and is written only where it differs from what stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.orm import Session

from catalogue import books, scope
from catalogue.account import Account, FunctionFacts, accounts
from catalogue.books import Entries
from catalogue.database import Database
from catalogue.members import with_shown
from catalogue.models import Displayed, Function, Tag, Tool
from catalogue.precedence import Spoken, shown
from catalogue.standing import independent, strength
from catalogue.tagging import TAGGED
from catalogue.tags import Tags, accepted, leading, tags

BATCH = 200
"""Tools that are taken up at a time."""

RULES = ("clinical_acts", "phrases", "scope", "tagging", "tags", "text")
"""Modules of this package that, with the vocabularies, decide tags and scope."""


COLUMNS = (
    "name",
    "summary",
    "homepage",
    "use_case",
    "use_case_accepted",
    "setting",
    "scope",
    "autonomy",
    "evidence",
    "independent",
    "claims",
    "last_seen",
    "reading",
)
"""Columns of a tool that a projection writes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is shown of one tool."""

    columns: Mapping[str, object]
    """Columns of the tool's row."""
    displayed: Mapping[tuple[str, int], int]
    tags: Tags
    functions: Mapping[str, FunctionFacts]
    entries: Entries
    """What evidence makes of its claims, and which of them only repeat others."""


def project(session: Session, tool: Tool) -> None:
    """Write everything that is shown of a tool, from what is said of it now."""
    session.flush()
    for account in accounts(session, with_shown(session, [tool])):
        _bring_in_step(session, account)
        account.tool.stale = True
    session.flush()


def project_all(database: Database) -> int:
    """Bring what is shown of every tool in step with today's rules; returns how many changed.

    Each batch is a transaction of its own: what was interrupted can be done again.
    """
    changed = last = 0
    while True:
        with database.write() as session:
            tools = _after(session, last)
            if not tools:
                return changed
            last = tools[-1].id
            changed += project_again(session, tools)


def project_again(session: Session, tools: Sequence[Tool]) -> int:
    """Bring what is shown of some tools in step; returns how many changed."""
    session.flush()
    both = accounts(session, with_shown(session, tools))
    changed = [one for one in both if _bring_in_step(session, one)]
    for account in changed:
        account.tool.stale = True
    return len(changed)


def out_of_step(session: Session) -> Iterator[str]:
    """Names of the tools of which something else is shown than what is said of them gives.

    Reads only.
    """
    last = 0
    while tools := _after(session, last):
        last = tools[-1].id
        for account in accounts(session, tools):
            if _picture(account)[0] != _held(account):
                yield account.tool.name
        session.expunge_all()


def _after(session: Session, tool_id: int) -> Sequence[Tool]:
    query = select(Tool).where(Tool.id > tool_id).order_by(Tool.id).limit(BATCH)
    return session.scalars(query).all()


def _held(account: Account) -> Picture:
    """What is shown now."""
    columns = {name: getattr(account.tool, name) for name in COLUMNS}
    return Picture(columns, account.displayed, account.tags, account.functions, account.books.held)


def _picture(account: Account) -> tuple[Picture, str]:
    """What is to be shown, and its seal."""
    tool = account.tool
    if tool.canonical_id is not None:
        return _nothing(tool), ""
    chosen = shown(account.spoken, account.homes)
    first = {name: rows[0] for name, rows in chosen.items() if rows[0].absence == "yes"}
    name = first["name"].value if "name" in first else tool.name
    summary = first["summary"].value if "summary" in first else ""
    autonomy = first["autonomy"].value if "autonomy" in first else "AUT_NOT_STATED"
    title, text = words_of(account, chosen)
    all_tags, functions, seal = _by_rules(account, title, text, chosen, autonomy)
    use_case, use_case_accepted = leading(all_tags, "use_cases")
    evidence = account.books.evidence
    columns = {
        "name": name,
        "summary": summary,
        "homepage": first["homepage"].value if "homepage" in first else tool.homepage,
        "use_case": use_case,
        "use_case_accepted": use_case_accepted,
        "setting": leading(all_tags, "settings")[0],
        "scope": _widest([one.scope for one in functions.values()]),
        "autonomy": _level(autonomy),
        "evidence": max((strength(item.strength) for item in evidence), default=0),
        "independent": any(independent(item) for item in evidence),
        "claims": len(account.books.claims),
        "last_seen": account.last_seen or tool.last_seen,
        "reading": reading(title, text),
    }
    displayed = {
        (name, ordinal): row.id for name, rows in chosen.items() for ordinal, row in enumerate(rows)
    }
    return Picture(columns, displayed, all_tags, functions, account.books.wanted), seal


def _nothing(tool: Tool) -> Picture:
    """What is shown of a tool that was merged into another: what is said of it is shown there."""
    kept = {"name": tool.name, "homepage": tool.homepage, "last_seen": tool.last_seen}
    empty = dict.fromkeys(("summary", "use_case", "setting", "scope", "reading"), "")
    none = {"use_case_accepted": False, "independent": False, "evidence": 0, "claims": 0}
    columns = {**kept, **empty, **none, "autonomy": None}
    return Picture(columns, {}, {}, {}, Entries({}, {}, {}))


def _by_rules(
    account: Account,
    title: str,
    text: str,
    chosen: Mapping[str, Sequence[Spoken]],
    autonomy: str,
) -> tuple[Tags, Mapping[str, FunctionFacts], str]:
    """Tags and functions by the rules, and the seal on them.

    Reading a text by the rules is what takes time. The seal is a hash over the rules, what they
    were given, and what came of it: where it is whole, the rules would give the same again.
    """
    outright = [chosen.get(name) for _, name in TAGGED]
    hints = account.hints if account.tool.hinted.startswith(reading(title, text)) else None
    said = None if hints is None else sorted(hints.items(), key=lambda one: one[0])
    given = (rules(), title, text, autonomy, outright, said, sorted(account.decided.items()))
    if account.tool.seal == _seal(given, account.tags, account.functions):
        return account.tags, account.functions, account.tool.seal
    found = tags(title, text, chosen, account.decided, hints)
    use_cases = accepted(found, "use_cases") or [leading(found, "use_cases")[0] or "UC_NOT_STATED"]
    words = f"{title}\n{text}"
    functions = {one: _function(one, words, autonomy) for one in use_cases}
    return found, functions, _seal(given, found, functions)


def words_of(account: Account, chosen: Mapping[str, Sequence[Spoken]]) -> tuple[str, str]:
    """What a tool's tags are read from: its name with its summary, and its running text."""
    said = {
        name: [row.value for row in rows if row.absence == "yes"] for name, rows in chosen.items()
    }
    name = next(iter(said.get("name", ())), account.tool.name)
    summary = next(iter(said.get("summary", ())), "")
    return f"{name}. {summary}", "\n".join([*said.get("feature", ()), *account.pages])


def reading(title: str, text: str) -> str:
    """SHA-256 of the words that tags are read from."""
    return sha256(f"{title}\0{text}".encode()).hexdigest()


def _seal(given: object, found: Tags, functions: Mapping[str, FunctionFacts]) -> str:
    said = repr((given, sorted(found.items()), sorted(functions.items(), key=lambda one: one[0])))
    return sha256(said.encode()).hexdigest()


@cache
def rules() -> str:
    """SHA-256 over what decides tags and scope, as written: it changes when a rule does."""
    package = files("catalogue")
    vocabularies = [one for one in package.joinpath("vocabularies").iterdir() if one.is_file()]
    written = [package.joinpath(f"{name}.py") for name in RULES]
    written += sorted(vocabularies, key=lambda one: one.name)
    digest = sha256()
    for file in written:
        digest.update(file.read_text(encoding="utf-8").encode())
    return digest.hexdigest()


def _function(use_case: str, words: str, autonomy: str) -> FunctionFacts:
    decision = scope.decide(use_case, words)
    rule = f"{decision.rule}: {decision.text_of_rule}"
    return FunctionFacts(autonomy, decision.scope, rule, decision.device, decision.quote)


def _level(autonomy: str) -> int | None:
    """Number of an AUT_ code; None for a code without one."""
    digits = autonomy.removeprefix("AUT_")[:1]
    return int(digits) if digits.isdigit() else None


def _widest(classes: Sequence[str]) -> str:
    """A tool is out of scope only when all its functions are; else its most careful class."""
    inside = [one for one in classes if one != "SC_CLINICAL_OUT"]
    order = ("SC_BORDERLINE", "SC_NONCLIN_ADMIN_CARE", "SC_NONCLIN_OPS")
    for one in order:
        if one in inside:
            return one
    return inside[0] if inside else "SC_CLINICAL_OUT"


def _bring_in_step(session: Session, account: Account) -> bool:
    """Write what differs; says whether anything did."""
    tool, held = account.tool, _held(account)
    wanted, tool.seal = _picture(account)
    for name, value in wanted.columns.items():
        if held.columns[name] != value:
            setattr(tool, name, value)
    if held.displayed != wanted.displayed:
        _write_displayed(session, tool, wanted.displayed)
    if held.tags != wanted.tags:
        _write_tags(session, tool, held.tags, wanted.tags)
    if held.functions != wanted.functions:
        session.execute(delete(Function).where(Function.tool_id == tool.id))
    if wanted.functions and held.functions != wanted.functions:
        rows = [
            {"tool_id": tool.id, "use_case": use_case, **asdict(facts)}
            for use_case, facts in wanted.functions.items()
        ]
        session.execute(insert(Function), rows)
    if held.entries != wanted.entries:
        books.write(session, held.entries, wanted.entries)
    return held != wanted


def _write_displayed(session: Session, tool: Tool, wanted: Mapping[tuple[str, int], int]) -> None:
    subject = {"subject_type": "tool", "subject_id": tool.id}
    session.execute(
        delete(Displayed).where(Displayed.subject_type == "tool", Displayed.subject_id == tool.id)
    )
    rows = [
        {**subject, "property": name, "ordinal": ordinal, "statement_id": statement_id}
        for (name, ordinal), statement_id in wanted.items()
    ]
    if rows:
        session.execute(insert(Displayed), rows)


def _write_tags(session: Session, tool: Tool, held: Tags, wanted: Tags) -> None:
    for vocabulary, code in held.keys() - wanted.keys():
        session.execute(delete(Tag).where(*_tag(tool, vocabulary, code)))
    new: list[dict[str, object]] = []
    for (vocabulary, code), facts in wanted.items():
        before = held.get((vocabulary, code))
        values = {**facts._asdict(), "at": tool.changed_at}
        if before is None:
            new.append({"tool_id": tool.id, "vocabulary": vocabulary, "code": code, **values})
        elif before != facts:
            session.execute(update(Tag).where(*_tag(tool, vocabulary, code)).values(**values))
    if new:
        session.execute(insert(Tag), new)


def _tag(tool: Tool, vocabulary: str, code: str) -> tuple[ColumnElement[bool], ...]:
    return Tag.tool_id == tool.id, Tag.vocabulary == vocabulary, Tag.code == code
