"""Fields of the query language: `setting:primary`, `autonomy:<=3`, `changed:>2026-10-01`.

A field turns what a person types after its colon into the codes that filters hold, says codes as
they would be typed, and lists what may be typed. What no field knows is answered with the nearest
right one.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import ge, gt, le, lt
from types import MappingProxyType
from typing import Final

from catalogue.errors import QueryError, nearest
from catalogue.text import name_key
from catalogue.vocabularies import Term, Vocabulary, load

INDEPENDENT: Final = "INDEPENDENT"
"""Code of the evidence field for "some of it independent of the supplier"."""

NOT_STATED: Final = "AUT_NOT_STATED"
"""Code of the autonomy field where nothing tells."""

YES: Final = "yes"
NO: Final = "no"
"""Codes of the shortlisted field for "on any shortlist" and "on none"."""

_COMPARED = re.compile(r"(<=|>=|<|>)\s*(\d)")
_COMPARE = {"<=": le, ">=": ge, "<": lt, ">": gt}
_DAY = re.compile(r"(<=|>=|<|>)?\s*(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_AGO = re.compile(r"(\d{1,4})d")
_VERSIONED = re.compile(r"(.*?)[\s:]*v?(\d{1,4}(?:\.\d{1,2})*)")


@dataclass(frozen=True, slots=True)
class Value:
    """Something that may be typed after a field's colon."""

    typed: str
    label: str
    """What it means, in words."""


@dataclass(frozen=True)
class Field(ABC):
    """One field."""

    name: str
    """As it is typed, without the colon."""
    filter: str
    """Name of the filter that it sets."""
    help: str
    """What it narrows to, in a few words."""
    example: str
    """A value, as typed."""

    @abstractmethod
    def codes(self, value: str) -> frozenset[str]:
        """The codes that a value means.

        Raises:
            QueryError: it means none; the message gives the nearest that does.
        """

    @abstractmethod
    def values(self) -> Sequence[Value]:
        """What may be typed, as far as that is known without the catalogue."""

    def said(self, code: str) -> str:
        """A code as it would be typed."""
        return code

    def label(self, code: str) -> str:
        """A code in words."""
        return self.said(code)

    def _wrong(self, value: str) -> QueryError:
        """The answer to a value that means nothing."""
        known = [one.typed for one in self.values()]
        close = nearest(value, known)
        if not close.startswith("Did") and len(known) > _FEW:
            some = ", ".join(known[:_FEW])
            close = f"For example: {some}."
        return QueryError(f"'{value}' is no value of {self.name}:.", close)


_FEW: Final = 12
"""Values that are listed where none is near to what was typed."""


@dataclass(frozen=True)
class TermField(Field):
    """A field whose values are the terms of a vocabulary."""

    vocabulary: str

    def codes(self, value: str) -> frozenset[str]:
        """The term that the value names by code, label, alias or the end of its code; else the
        only one of which it is a word.
        """
        if term := self._named(value):
            return frozenset({term.code})
        found = {term.code for word, term in self._words if word == name_key(value)}
        if len(found) == 1:
            return frozenset(found)
        if found:
            choices = " or ".join(sorted(self.said(code) for code in found))
            raise QueryError(f"'{value}' may mean several values of {self.name}:.", f"{choices}?")
        raise self._wrong(value)

    def values(self) -> Sequence[Value]:
        """Each term by the end of its code."""
        return [Value(self.said(term.code), term.label) for term in self._terms]

    def said(self, code: str) -> str:
        """The end of the code, in small letters: "primary" of SET_PRIMARY."""
        return code.removeprefix(self._terms.prefix).lower()

    def label(self, code: str) -> str:
        """The label of the term."""
        return load().label(code)

    def _named(self, value: str) -> Term | None:
        return self._terms.match(value) or self._by_tail.get(name_key(value))

    @property
    def _terms(self) -> Vocabulary:
        return load()[self.vocabulary]

    @cached_property
    def _by_tail(self) -> Mapping[str, Term]:
        return {name_key(self.said(term.code)): term for term in self._terms}

    @cached_property
    def _words(self) -> Sequence[tuple[str, Term]]:
        return [
            (name_key(word), term)
            for term in self._terms
            for name in (self.said(term.code).replace("_", " "), *term.names)
            for word in name.split()
        ]


@dataclass(frozen=True)
class LevelField(Field):
    """A field whose values are grades, which can be compared: `3`, `>=3`, `<=2`."""

    vocabulary: str
    count: int
    """How many grades there are, from 0 on."""
    others: Mapping[str, tuple[str, str]]
    """Code and label of what else may be typed."""

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """Codes of the grades, from 0."""
        by_level = {term.code.split("_")[1]: term.code for term in load()[self.vocabulary].terms}
        return tuple(by_level[str(level)] for level in range(self.count))

    def codes(self, value: str) -> frozenset[str]:
        """The grades that compare so, one grade by its number or label, or another value."""
        if found := _COMPARED.fullmatch(value):
            bound = int(found[2])
            passes: Callable[[int, int], bool] = _COMPARE[found[1]]
            return frozenset(code for at, code in enumerate(self.levels) if passes(at, bound))
        for typed, (code, label) in self.others.items():
            if name_key(value) in {name_key(typed), name_key(label), name_key(code)}:
                return frozenset({code})
        if value.isdecimal() and int(value) < len(self.levels):
            return frozenset({self.levels[int(value)]})
        for code in self.levels:
            if name_key(value) in {name_key(name) for name in (code, *load().term(code).names)}:
                return frozenset({code})
        raise self._wrong(value)

    def values(self) -> Sequence[Value]:
        """Each grade by its number, then the others."""
        grades = [Value(str(level), self.label(code)) for level, code in enumerate(self.levels)]
        return [*grades, *(Value(typed, label) for typed, (_, label) in self.others.items())]

    def said(self, code: str) -> str:
        """The number of a grade, or the word of another value."""
        words = {other: typed for typed, (other, _) in self.others.items()}
        return words.get(code) or str(self.levels.index(code))

    def label(self, code: str) -> str:
        """The label of the grade."""
        labels = dict(self.others.values())
        return labels.get(code) or load().label(code)


@dataclass(frozen=True)
class DayField(Field):
    """A field whose values are days and spans of days."""

    def codes(self, value: str) -> frozenset[str]:
        """A day, month or year, with a comparison or without; or `7d`, the last seven days."""
        if found := _AGO.fullmatch(value):
            return frozenset({f"{int(found[1])}d"})
        found = _DAY.fullmatch(value)
        if found is None or not _is_day(found[2], found[3], found[4]):
            raise self._wrong(value)
        given = [found[2], *(f"{int(part):02}" for part in found.groups()[2:] if part)]
        return frozenset({f"{found[1] or ''}{'-'.join(given)}"})

    def values(self) -> Sequence[Value]:
        """Examples of what may be typed."""
        return [
            Value("7d", "in the last 7 days"),
            Value("30d", "in the last 30 days"),
            Value(">2026-10-01", "after a day"),
            Value("<2026-10-01", "before a day"),
            Value("2026-10", "in a month"),
        ]


@dataclass(frozen=True)
class NameField(Field):
    """A field whose values are names that only the catalogue knows."""

    fixed: Mapping[str, str]
    """Values that are always there, with what they mean."""

    def codes(self, value: str) -> frozenset[str]:
        """The name as it was typed; whether it is known is asked of the catalogue."""
        return frozenset({value.casefold() if value.casefold() in self.fixed else value})

    def values(self) -> Sequence[Value]:
        """Those that are always there."""
        return [Value(typed, label) for typed, label in self.fixed.items()]


@dataclass(frozen=True)
class ArtefactField(TermField):
    """A field whose values are assurance artefacts, with a version or without: `dtac2`."""

    def codes(self, value: str) -> frozenset[str]:
        """The artefact, and after a colon its version where one is asked for."""
        found = _VERSIONED.fullmatch(value)
        artefact = self._named(found[1]) if found else None
        if found is None or artefact is None:
            return super().codes(value)
        return frozenset({f"{artefact.code}:{found[2]}"})

    def said(self, code: str) -> str:
        """The end of the code and the version: "dtac2", "iso27001:2022"."""
        artefact, _, version = code.partition(":")
        tail = super().said(artefact)
        return f"{tail}:{version}" if version and tail[-1].isdigit() else f"{tail}{version}"

    def label(self, code: str) -> str:
        """The label of the artefact, and the version."""
        artefact, _, version = code.partition(":")
        return f"{load().label(artefact)} version {version}" if version else load().label(artefact)


def span(code: str, today: date) -> tuple[date, date]:
    """First day and the day after the last that a code of a day field means.

    `today` is what `7d` counts from.
    """
    if found := _AGO.fullmatch(code):
        first = date.fromordinal(max(1, today.toordinal() - int(found[1])))
        return first, date.max
    found = _DAY.fullmatch(code)
    if found is None:
        raise QueryError(f"'{code}' is no day.")
    year, month, day = int(found[2]), int(found[3] or 1), int(found[4] or 1)
    begins = date(year, month, day)
    if found[4]:
        ends = date.fromordinal(begins.toordinal() + 1)
    elif found[3]:
        ends = date(year + month // 12, month % 12 + 1, 1)
    else:
        ends = date(year + 1, 1, 1)
    return {
        None: (begins, ends),
        ">": (ends, date.max),
        ">=": (begins, date.max),
        "<": (date.min, begins),
        "<=": (date.min, ends),
    }[found[1]]


def _is_day(year: str, month: str | None, day: str | None) -> bool:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return 1 < int(year) < date.max.year


def _fields() -> Iterator[Field]:
    yield TermField("use", "use_case", "what it is used for", "scribe", "use_cases")
    yield TermField("setting", "setting", "where care is given", "primary", "settings")
    yield LevelField(
        "evidence",
        "evidence",
        "the best evidence there is",
        "independent",
        "evidence_strengths",
        6,
        {"independent": (INDEPENDENT, "some of it independent"), "none": ("EVS_0", "none")},
    )
    yield LevelField(
        "autonomy",
        "autonomy",
        "how much it does by itself",
        "<=3",
        "autonomy",
        6,
        {"not_stated": (NOT_STATED, "not stated")},
    )
    yield TermField("scope", "scope", "how clinical it is", "nonclin_ops", "scope_classes")
    yield NameField("supplier", "supplier", "who sells it", '"Example Health Ltd"', {})
    yield TermField("claim", "claim", "a benefit that is claimed", "time", "benefits")
    yield ArtefactField(
        "assured",
        "assured",
        "an assurance that is said to hold today",
        "dtac2",
        "assurance_artefacts",
    )
    yield DayField("changed", "changed", "when it last changed", ">2026-10-01")
    yield NameField(
        "shortlisted",
        "shortlisted",
        "on a shortlist or none",
        "no",
        {YES: "on any shortlist", NO: "on no shortlist"},
    )


FIELDS: Final[Mapping[str, Field]] = MappingProxyType({one.name: one for one in _fields()})
"""The fields by name, in the order in which they are taught."""

_BY_FILTER: Final = MappingProxyType({one.filter: one for one in FIELDS.values()})


def field_named(name: str) -> Field:
    """The field of that name.

    Raises:
        QueryError: there is none; the message gives the nearest.
    """
    found = FIELDS.get(name.casefold())
    if found is None:
        raise QueryError(
            f"There is no field '{name}:'.",
            f"{nearest(name, FIELDS)} Quotation marks make words of it.",
        )
    return found


def field_of(filter_name: str) -> Field:
    """The field that sets a filter.

    Raises:
        QueryError: there is none.
    """
    found = _BY_FILTER.get(filter_name)
    if found is None:
        raise QueryError(f"There is no filter '{filter_name}'.", nearest(filter_name, _BY_FILTER))
    return found


def typed(filter_name: str, codes: Iterable[str]) -> str:
    """A filter as it would be typed: "setting:acute,primary"."""
    field = field_of(filter_name)
    said = sorted(quoted(field.said(code)) for code in codes)
    return f"{field.name}:{','.join(said)}"


def quoted(value: str) -> str:
    """A value in quotation marks, where it needs them to be one."""
    return value if re.fullmatch(r"[^\s,\"]+", value) else f'"{value.replace(chr(34), "")}"'
