"""Mentions: where a running text names known tools, and their suppliers.

A text is asked for what it could name, and only that is looked up: how many names are known does
not matter. A name in small letters is none. A name that is short, or an ordinary word ("Scribe"),
counts only where the text names its supplier too, and so does one that several tools bear.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, TypeVarTuple

from sqlalchemy import CompoundSelect, Row, Select, bindparam, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import TypedReturnsRows

from catalogue.members import shown_as
from catalogue.models import Organisation, OrganisationName, Tool, ToolName
from catalogue.strings import STRINGS, strings
from catalogue.text import name_key
from catalogue.vocabularies import load

Columns = TypeVarTuple("Columns")

LONGEST_NAME = 5
"""Most words that a name in running text may have."""

SHORT: Final = 4
"""Most letters of a name that is too short to mean one thing wherever it stands."""

_WORD = re.compile(r"[^\W_](?:[\w&+.-]*[\w+])?")
_CAPITAL = re.compile(r"[A-Z0-9\x80-\U0010ffff](?<=[^\W_])(?<![^\W_].)(?:[\w&+.-]*[\w+])?")
"""A word that does not begin with a small letter from a to z."""
_ON_ONE_LINE = re.compile(rf"(?: {_WORD.pattern}){{1,{LONGEST_NAME - 1}}}")
"""Words that follow with nothing but a space between: most do."""
_JOINTS: Final = "_&+.-"
"""What a word may hold and not begin with."""
_OWNS = re.compile(r"['\u2019]s?(?=\s)")
"""What makes a name a possessive: "Accurx's Scribe"."""

Spans = Mapping[str, Sequence[tuple[int, int]]]
"""Stretches of a text by the key of what stands there."""


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of text that names a tool, or a supplier."""

    start: int
    end: int
    tool_id: int
    """Number of what is named: of a supplier, where names of suppliers were looked for."""


@lru_cache(maxsize=4)  # the same text is asked for several times while its page is stored
def candidates(text: str) -> Spans:
    """Every stretch that could be a proper name, by its key: it begins with a capital or digit,
    has at most LONGEST_NAME words and does not run over a line.

    A possessive inside it has the key with and without its s: "Quill's Scribe" is "Quill Scribe".
    """
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for found in _CAPITAL.finditer(text):
        start, end = found.span()
        if not (text[start].isupper() or text[start].isdigit()) or _goes_on(text, start):
            continue
        key, bare = _key(found[0]), ""
        spans[key].append((start, end))
        simple = _ON_ONE_LINE.match(text, end)
        more = simple[0].split(" ")[1:] if simple is not None else []
        for word in more:
            key += _key(word)
            end += 1 + len(word)
            spans[key].append((start, end))
        for _ in range(len(more) + 1, LONGEST_NAME):
            following = _next_word(text, end)
            if following is None:
                break
            next_start, next_end, next_key = following
            between = text[end:next_start]
            plain = between.isspace()
            if not plain and next_key == "s" and between in "'\u2019":
                bare, key, end = key, f"{key}s", next_end
                continue
            joint = "" if plain or _OWNS.match(between) else name_key(between)
            key += joint + next_key
            end = next_end
            spans[key].append((start, end))
            if bare:
                bare += joint + next_key
                spans[bare].append((start, end))
    return dict(spans)


def _goes_on(text: str, start: int) -> bool:
    """Whether a letter belongs to the word before it: the B of "a-B"."""
    before = start - 1
    while before >= 0 and text[before] in _JOINTS:
        before -= 1
    return before >= 0 and before < start - 1 and text[before].isalnum()


def _next_word(text: str, end: int) -> tuple[int, int, str] | None:
    """The next word with its key; None where a line or sentence ends before it."""
    found = _WORD.search(text, end)
    if found is None:
        return None
    between = text[end : found.start()]
    if "\n" in between or ". " in between:
        return None
    return found.start(), found.end(), _key(found[0])


_key = lru_cache(maxsize=50_000)(name_key)
"""The key of a word: most words have been met before."""


def find(
    text: str,
    names: Mapping[str, int],
    said: Spans | None = None,
    but: Collection[str] = (),
) -> list[Named]:
    """All mentions of the names (key to tool) in order; of overlapping ones the longest.

    Args:
        text: Where to look.
        names: Keys of names, each with its tool.
        said: The text's `candidates`, where they are known already.
        but: Keys of names of others: "Rotaflow Systems" does not name the tool "Rotaflow".
    """
    if not names:
        return []
    found: list[Named] = []
    spans = candidates(text) if said is None else said
    for key in spans.keys() & {*names, *but}:
        found.extend(Named(start, end, names.get(key, _OTHER)) for start, end in spans[key])
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Named] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return [mention for mention in kept if mention.tool_id != _OTHER]


_OTHER: Final = 0
"""Number of no tool."""


@dataclass(frozen=True, slots=True)
class _Bearer:
    """A tool that bears a name, and what its supplier goes by."""

    tool_id: int
    written: str
    supplier_id: int
    supplier: str


def known_names(
    session: Session,
    text: str,
    supplier_id: int | None = None,
    said: Spans | None = None,
    makers: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """The names in the text that are names of known tools, by key.

    Args:
        session: A session.
        text: Where to look.
        supplier_id: Look for this supplier's tools only: the text is its own.
        said: The text's `candidates`, where they are known already.
        makers: The `suppliers` that the text names, where they are known already.
    """
    if supplier_id is not None:  # a supplier's names are fewer than the text's
        supplier_id = shown_as(session, supplier_id, Organisation)
        theirs = session.execute(_tools_of(), {"suppliers": [supplier_id]}).all()
        squeezed = name_key(text) if theirs else ""
        rows: Sequence[Row[str, int, int, str, int, str]] = [
            row for row in theirs if row.key in squeezed or not row.key.isalnum()
        ]
        named: Collection[int] = {supplier_id}
        said = (candidates(text) if said is None else said) if theirs else {}
    else:
        if session.scalar(_ANY_TOOL) is None:
            return {}
        said = candidates(text) if said is None else said
        rows = _looked_up(session, _tools_named(), said)
        named = set((suppliers(session, said) if makers is None else makers).values())
        theirs = session.execute(_tools_of(), {"suppliers": [*named]}).all() if named else []
    bearers: dict[str, dict[int, _Bearer]] = defaultdict(dict)
    for key, tool_id, shown, written, maker, supplier in rows:
        if key in said:  # records that are shown as one tool bear the name as one
            bearers[key].setdefault(shown, _Bearer(tool_id, written, maker, supplier))
    names = _short_forms(theirs, said, text)
    for key, tools in bearers.items():
        meant = [
            one.tool_id
            for one in tools.values()
            if (len(tools) == 1 and not _ordinary(one.written, text))
            or (_is_named(one, key, named, said) and _as_name(key, one, text, said))
        ]
        names.pop(key, None)
        if len(meant) == 1:
            names[key] = meant[0]
    return names


def suppliers(session: Session, said: Spans) -> dict[str, int]:
    """The names in a text that are names of known suppliers, by key: of its `candidates`, those
    that one supplier alone bears.
    """
    found: dict[str, set[int]] = defaultdict(set)
    for key, organisation_id in _looked_up(session, _suppliers_named(), said):
        found[key].add(organisation_id)
    return {key: min(bearers) for key, bearers in found.items() if len(bearers) == 1}


def nearest_before(mentions: Sequence[Named], start: int, end: int) -> list[int]:
    """Tools that a sentence at this span is about: those it names, else the last one named
    before it, else the first one named at all.
    """
    inside = [mention.tool_id for mention in mentions if start <= mention.start < end]
    if inside:
        return list(dict.fromkeys(inside))
    before = [mention.tool_id for mention in mentions if mention.end <= start]
    if before:
        return before[-1:]
    return [mention.tool_id for mention in mentions[:1]]


def _ordinary(written: str, text: str) -> bool:
    """Whether a name could be a word like any other: one short word, a word of the trade, or one
    that the text also has in small letters.
    """
    key = name_key(written)
    if " " in written.strip() or re.search(r"[a-z][A-Z]|\d", written):
        return False
    if len(key) <= SHORT or key in _trade_words():
        return True
    return re.search(rf"(?<!\w){re.escape(written.lower())}(?!\w)", text) is not None


@cache
def _trade_words() -> frozenset[str]:
    """Words by which the trade speaks of what tools do: "scribe", "triage", "assistant"."""
    return frozenset(
        name_key(word)
        for vocabulary in load()
        for term in vocabulary
        for name in (*term.names, *term.cues)
        for word in re.findall(r"\w+", name)
    )


def _is_named(one: _Bearer, key: str, makers: Collection[int], said: Spans) -> bool:
    """Whether the text names the supplier: by one of its names, or by how it begins right before
    the tool's name, as in "Accurx Scribe" and "Accurx's Scribe".
    """
    return one.supplier_id in makers or f"{_first_word(one.supplier)}{key}" in said


def _as_name(key: str, one: _Bearer, text: str, said: Spans) -> bool:
    """Whether an ordinary word stands as a name somewhere: not only at the beginning of a
    sentence, where every word has a capital.
    """
    if not _ordinary(one.written, text) or f"{_first_word(one.supplier)}{key}" in said:
        return True
    return any(_inside(text, start) for start, _ in said[key])


def _inside(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'\u201c\u2018(")
    return bool(before) and before[-1] not in ".!?:\n\u2022"


def _short_forms(
    theirs: Iterable[Row[str, int, int, str, int, str]], said: Spans, text: str
) -> dict[str, int]:
    """Tools whose name begins with that of a supplier that the text names, by the rest of it:
    after "Accurx", "Scribe" may be the tool "Accurx Scribe".
    """
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for key, tool_id, shown, written, _, supplier in theirs:
        first = _first_word(supplier)
        rest = key.removeprefix(first)
        begins = name_key(written.partition(" ")[0]) == first
        if begins and rest in said and any(_inside(text, at) for at, _ in said[rest]):
            found[rest].setdefault(shown, tool_id)
    return {rest: min(tools.values()) for rest, tools in found.items() if len(tools) == 1}


def _first_word(supplier: str) -> str:
    return name_key(supplier.partition(" ")[0])


def _tools() -> Select[str, int, int, str, int, str]:
    """Names of tools: key, whose it is, the tool that one is shown as, as written, the supplier
    that is named for it, and what its own supplier is called.
    """
    return (
        select(
            ToolName.key,
            Tool.id,
            func.coalesce(Tool.canonical_id, Tool.id),
            ToolName.text,
            Tool.canonical_supplier_id,
            Organisation.name,
        )
        .join(Tool, Tool.id == ToolName.tool_id)
        .join(Organisation, Organisation.id == Tool.supplier_id)
        .where(ToolName.kind == "name")
        .order_by(Tool.id, ToolName.id)
    )


@cache
def _tools_named() -> Select[str, int, int, str, int, str]:
    """The `_tools` whose key is one of some strings."""
    return _tools().where(ToolName.key.in_(strings()))


@cache
def _tools_of() -> Select[str, int, int, str, int, str]:
    """The `_tools` of the parameter `suppliers`."""
    return _tools().where(Tool.canonical_supplier_id.in_(bindparam("suppliers", expanding=True)))


_ANY_TOOL = select(ToolName.id).limit(1)


@cache
def _suppliers_named() -> CompoundSelect[str, int]:
    """Names of suppliers whose key is one of some strings, with whom each is shown as."""
    shown = func.coalesce(Organisation.canonical_id, Organisation.id)
    own = select(Organisation.key, shown).where(
        Organisation.kind == "supplier", Organisation.key.in_(strings())
    )
    others = (
        select(OrganisationName.key, shown)
        .join(Organisation, Organisation.id == OrganisationName.organisation_id)
        .where(Organisation.kind == "supplier", OrganisationName.key.in_(strings()))
    )
    return own.union_all(others)


def _looked_up(
    session: Session, query: TypedReturnsRows[*Columns], keys: Iterable[str]
) -> Sequence[Row[*Columns]]:
    """The rows of a query whose key is one of these."""
    return session.execute(query, {STRINGS: sorted(keys)}).all()
