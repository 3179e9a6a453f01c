"""Completion: what may stand where the cursor of a query line is, nearest first.

use:s|      use:scribe    Ambient scribe
sett|       setting:      where care is given
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalogue.fields import FIELDS, Field, LevelField, Value, quoted

SHORTEST_FIELD = 2
"""Letters of a word from which on it may be the beginning of a field: a single one begins too many
words that are only words."""

_QUOTED = r'"[^"]*"'
_ASKED = re.compile(
    rf"""
    (?<!\S) -?
    (?:
        (?P<field> [A-Za-z_]+ ) : (?: (?: {_QUOTED} | [^\s",]+ )? , )*
        (?P<value> "[^"]* | [^\s",]* )
        | (?P<word> [A-Za-z_]+ )
    ) $
    """,
    re.VERBOSE,
)
_COMPARED = re.compile(r"<=|>=|<|>")

_UNFINISHED = re.compile(rf'(?<!\S)-?(?:{"|".join(FIELDS)}):"?$', re.IGNORECASE)

Names = Mapping[str, Sequence[str]]
"""For fields whose values only the catalogue knows: the names that there are."""


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing that may stand where the cursor is."""

    typed: str
    """What it is, as typed: "use:scribe"."""
    label: str
    """What it means, in words; empty for a name."""
    line: str
    """The whole line with it in place."""
    at: int
    """Where the cursor stands in that line, counted in characters."""


def complete(typed: str, at: int, names: Names) -> Sequence[Completion]:
    """What may stand at the cursor, nearest first: names of fields and their values. Empty where
    words are typed, or what is typed is whole.

    Args:
        typed: The line.
        at: Where the cursor is, in characters from the left; only the end of a word is completed.
        names: What the catalogue knows of names.
    """
    before, after = typed[:at], typed[at:]
    asked = _ASKED.search(before)
    if asked is None or not (after[:1] or " ").isspace():
        return ()
    word = asked["word"]
    if word is not None:
        inside_phrase = before.count('"') % 2
        begun = () if inside_phrase or len(word) < SHORTEST_FIELD else _fields(word)
        return [_completion(f"{one.name}:", one.help, before, word, after) for one in begun]
    field = FIELDS.get(asked["field"].casefold())
    if field is None:
        return ()
    value = asked["value"]
    return [
        _completion(quoted(one.typed), one.label, before, value, after, f"{field.name}:")
        for one in _values(field, value.strip('"'), names.get(field.name, ()))
    ]


def finished(typed: str) -> str:
    """What is typed, without a field at its end that has no value yet."""
    return _UNFINISHED.sub("", typed)


def _completion(
    new: str, label: str, before: str, begun: str, after: str, shown: str = ""
) -> Completion:
    line = before[: len(before) - len(begun)] + new
    return Completion(f"{shown}{new}", label, line + after, len(line))


def _fields(begun: str) -> Iterator[Field]:
    return (one for one in FIELDS.values() if one.name.startswith(begun.casefold()))


def _values(field: Field, begun: str, names: Sequence[str]) -> Iterable[Value]:
    """Values that begin so, then those of which a later word does, or a word of the label."""
    sign = ""
    values: Iterable[Value] = (*field.values(), *(Value(name, "") for name in names))
    if isinstance(field, LevelField) and (compared := _COMPARED.match(begun)):
        sign, begun = compared[0], begun[compared.end() :]
        values = (one for one in values if one.typed.isdigit())
    wanted = begun.casefold().strip()
    first: list[Value] = []
    later: list[Value] = []
    for one in values:
        said = one.typed.casefold()
        if said == wanted:
            continue
        if said.startswith(wanted):
            first.append(Value(sign + one.typed, one.label))
        elif f" {wanted}" in f" {said} {one.label.casefold()}".replace("_", " "):
            later.append(Value(sign + one.typed, one.label))
    return [*first, *later]
