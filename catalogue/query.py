"""The query language: what a person types to find tools, read once for command and app.

    rota "annual leave" -agency setting:acute,community evidence:independent autonomy:<=3

Free words are searched by words and meaning; a phrase in quotation marks must stand as it is, a
word or phrase with a minus before it must not stand; a field narrows (`catalogue.fields`), and
with a minus before it keeps away. Any text is a query: only a field or value that there is not is
answered with the right ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from catalogue.errors import QueryError
from catalogue.fields import field_named, typed
from catalogue.filters import Filters

LONGEST = 2000
"""Characters of a query that are used."""

_VALUE = r'(?:"[^"]*"?|[^\s",]+)'
_TOKEN = re.compile(
    rf"""
    (?P<minus> (?<!\S) - (?=["\w]) )?
    (?:
        (?P<field> [A-Za-z_]{{2,}} ) : (?! // ) (?P<values> {_VALUE} (?: , {_VALUE}? )* )
        | "(?P<phrase> [^"]* ) "?
        | (?P<word> [^\s"]+ )
    )
    """,
    re.VERBOSE,
)
_QUOTES = str.maketrans("\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}", '""')


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for. `read(str(query)) == query` for every query that was read.

    Texts hold no control or invisible character and single white space; one that no word could
    be made of is "".
    """

    words: str = ""
    """Free words: what is ranked by."""
    phrases: tuple[str, ...] = ()
    """Each must stand as it is."""
    without: tuple[str, ...] = ()
    """Words and phrases none of which may stand."""
    filters: Filters = field(default_factory=Filters)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", _searchable(self.words))
        object.__setattr__(self, "phrases", _each(self.phrases))
        object.__setattr__(self, "without", _each(self.without))

    @property
    def text(self) -> str:
        """What is ranked by words and meaning: the free words and the phrases."""
        return " ".join(filter(None, (self.words, *self.phrases)))

    @property
    def holds(self) -> bool:
        """Whether certain words must or must not stand, which only an index of words can tell."""
        return bool(self.phrases or self.without)

    def narrowed(self, filters: Filters) -> Query:
        """This query with other filters beside its own."""
        return Query(self.words, self.phrases, self.without, self.filters.both(filters))

    def __str__(self) -> str:
        parts = chain(
            # Words that were not typed but given, such as a page's, may look like a field.
            (_SPECIAL.sub(r"\1 ", word) for word in self.words.replace('"', " ").split()),
            (f'"{phrase}"' for phrase in self.phrases),
            (f'-"{one}"' if not _WORD.fullmatch(one) else f"-{one}" for one in self.without),
            (typed(name, codes) for name, codes in self.filters.chosen),
            (f"-{typed(name, codes)}" for name, codes in self.filters.excluded),
        )
        return " ".join(parts)


_WORD = re.compile(r"\w[^\s\":]*")
_SPECIAL = re.compile(r"^-(?=\w)|^([A-Za-z_]{2,}):(?!//)(?=.)")


def read(text: str) -> Query:
    """The query in what was typed.

    Raises:
        QueryError: it names a field or a value that there is not; the message gives the nearest.
    """
    query, faults = attempt(text)
    if faults:
        raise faults[0]
    return query


def attempt(text: str) -> tuple[Query, tuple[QueryError, ...]]:
    """As `read`, of what is still being typed: what is wrong is left out, and told beside."""
    words: list[str] = []
    phrases: list[str] = []
    without: list[str] = []
    filters, faults = Filters(), []
    for token in _TOKEN.finditer(_clean(text).translate(_QUOTES)):
        minus = bool(token["minus"])
        if token["field"] is not None:
            try:
                filters = filters.both(_narrowing(token["field"], token["values"], minus=minus))
            except QueryError as error:
                faults.append(error)
        elif minus:
            without.append(token["phrase"] or token["word"] or "")
        elif token["phrase"] is not None:
            phrases.append(token["phrase"])
        else:
            words.append(token["word"].lstrip("-"))
    return Query(" ".join(words), tuple(phrases), tuple(without), filters), tuple(faults)


def _narrowing(name: str, values: str, *, minus: bool) -> Filters:
    field = field_named(name)
    codes: frozenset[str] = frozenset()
    for value in re.findall(_VALUE, values):
        codes |= field.codes(value.strip('"').strip())
    narrowing = ((field.filter, codes),)
    return Filters(excluded=narrowing) if minus else Filters(narrowing)


def _each(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Those of which a word could be made, each once."""
    return tuple(dict.fromkeys(filter(None, map(_searchable, texts))))


def _searchable(text: str) -> str:
    text = _clean(text)[:LONGEST].rstrip()
    return text if any(map(str.isalnum, text)) else ""


def _clean(text: str) -> str:
    composed = unicodedata.normalize("NFC", text[: 2 * LONGEST])
    return " ".join("".join(_visible(composed)).split())


def _visible(text: str) -> Iterator[str]:
    for character in text:
        category = unicodedata.category(character)
        if category.startswith("C"):
            # Soft hyphens, joiners and marks of direction stand inside words.
            yield "" if category == "Cf" else " "
        else:
            yield character


NOTHING: Final = Query()
"""The query that asks for nothing: every tool passes it."""
