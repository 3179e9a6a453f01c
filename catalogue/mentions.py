"""Mentions: where a running text names known tools."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.models import Organisation, Tool, ToolName
from catalogue.text import name_key, organisation_key

LONGEST_NAME = 5
"""Most words that a name in running text may have."""

_WORD = re.compile(r"[^\W_](?:[\w&+.-]*[\w+])?")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names a tool."""

    start: int
    end: int
    tool_id: int


def candidates(text: str) -> dict[str, list[tuple[int, int]]]:
    """Every stretch that could be a proper name, by its key: it begins with a capital or digit,
    has at most LONGEST_NAME words and does not run over a line.
    """
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    words = [(found.start(), found.end(), name_key(found[0])) for found in _WORD.finditer(text)]
    for position, (start, first_end, first_key) in enumerate(words):
        if not (text[start].isupper() or text[start].isdigit()):
            continue
        end, key = first_end, first_key
        spans[key].append((start, end))
        for next_start, next_end, next_key in words[position + 1 : position + LONGEST_NAME]:
            between = text[end:next_start]
            if "\n" in between or ". " in between:
                break
            key += next_key if between.isspace() else name_key(between) + next_key
            end = next_end
            spans[key].append((start, end))
    return spans


def find(text: str, names: Mapping[str, int]) -> list[Mention]:
    """All mentions of the names (key to tool) in order; of overlapping ones the longest."""
    if not names:
        return []
    found: list[Mention] = []
    spans = candidates(text)
    for key in spans.keys() & names.keys():
        found.extend(Mention(start, end, names[key]) for start, end in spans[key])
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def known_names(session: Session, text: str, supplier_id: int | None = None) -> dict[str, int]:
    """The names in the text that are names of known tools, by key.

    A name that several tools bear counts only for the one whose supplier the text names too.
    With `supplier_id`, only that supplier's tools are looked for.
    """
    if session.scalar(select(ToolName.id).limit(1)) is None:
        return {}
    bearers: dict[str, list[tuple[int, str]]] = defaultdict(list)
    query = (
        select(ToolName.key, Tool.id, Organisation.name)
        .join(Tool, Tool.id == ToolName.tool_id)
        .join(Organisation, Organisation.id == Tool.supplier_id)
        .where(ToolName.kind == "name")
    )
    if supplier_id is not None:  # a supplier's names are fewer than the text's
        squeezed = name_key(text)
        rows = [
            row
            for row in session.execute(query.where(Tool.supplier_id == supplier_id))
            if row.key in squeezed or not row.key.isalnum()
        ]
        said = candidates(text) if rows else {}
    else:
        said = candidates(text)
        rows = []
        for keys in _chunks(sorted(said), 400):
            rows += session.execute(query.where(ToolName.key.in_(keys)))
    for key, tool_id, supplier in rows:
        if key in said:
            bearers[key].append((tool_id, supplier))
    names: dict[str, int] = {}
    for key, tools in bearers.items():
        named = [tool_id for tool_id, supplier in tools if organisation_key(supplier) in said]
        told = [tools[0][0]] if len(tools) == 1 else named
        if len(told) == 1:
            names[key] = told[0]
    return names


def nearest_before(mentions: Sequence[Mention], start: int, end: int) -> list[int]:
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


def _chunks(keys: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
