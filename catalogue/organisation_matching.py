"""Organisation matching: how alike the names of two organisations are.

The points were set by hand, on published names of suppliers and NHS bodies: an organisation's name
is short, and what tells two apart is one word ("South East London", "South West London"). They are
held to the invented pairs of `benchmarks/quality/matching.jsonl`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import Final

from rapidfuzz import fuzz

from catalogue.alignment import align
from catalogue.likeness import Likeness, Profile, likeness
from catalogue.rarity import Rarity
from catalogue.text import clean, name_key, organisation_key

ORGANISATION_BIAS: Final = -5.0
ORGANISATION_POINTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "name": 5.0,  # the same but for spelling and legal form
        "core": 3.5,  # the same but for words that half of all suppliers have
        "spelling": 6.0,
        "words": 2.5,
        "apart": -5.0,  # a word on each side that the other has not
        "identifier": 12.0,  # a domain or number that both have
        "other number": -15.0,  # registered numbers in both, and none in common
    }
)
_ONE_NUMBER: Final = frozenset({"GB-COH", "GB-CHC", "GB-SC", "GB-NIC", "GB-NHS"})
"""Registers in which each organisation has one number."""

_BROAD_LIST: Final = """
ai analytics consulting data digital europe global group health healthcare holdings informatics
international labs medical services software solution solutions systems tech technologies technology
uk
"""
_BROAD: Final = frozenset(_BROAD_LIST.split())
"""Words that half of all suppliers have in their names, and leave out again."""

_ONE_SPELLING: Final = (
    (re.compile(r"\b(?:nhs )?foundation trust\b|\bnhs ft\b|\bnhs trust\b"), " trust "),
    (re.compile(r"\bintegrated care board\b"), " icb "),
    (re.compile(r"\bintegrated care system\b"), " ics "),
    (re.compile(r"\bcommunity interest company\b"), " cic "),
)
_EMPTY_LIST: Final = """
ab ag and bv cic co company corp corporation gmbh inc incorporated limited llc llp lp ltd of plc sa
sas srl the
"""
_EMPTY: Final = frozenset(_EMPTY_LIST.split())
_OTHER_NAME = re.compile(r"\s+(?:t/a|trading as|formerly|previously)\s+|\s*[()]\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_NEAR: Final = 0.8
"""Share of letters from which on two names may be spellings of one."""


def names_in(name: str) -> tuple[str, ...]:
    """The names that stand in one: "Pungo Ltd t/a Joy" is Pungo Ltd and Joy."""
    return tuple(dict.fromkeys(part for part in _OTHER_NAME.split(name) if len(part) > 1))


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """The words of an organisation's name, each once, without its legal form."""
    text = re.sub(r"['\N{RIGHT SINGLE QUOTATION MARK}.]", "", clean(name).casefold())
    for pattern, short in _ONE_SPELLING:
        text = pattern.sub(short, text)
    words = tuple(dict.fromkeys(_WORD.findall(text)))
    return tuple(word for word in words if word not in _EMPTY) or words


def distinctive(names: Iterable[str]) -> frozenset[str]:
    """The words of organisations' names that few others have."""
    return frozenset(word for name in names for word in words_of(name)) - _BROAD


def organisation_likeness(left: Profile, right: Profile, rarity: Rarity) -> Likeness:
    """How alike two organisations are, by those of their names that fit best."""
    shared = left.identifiers & right.identifiers
    schemes = {scheme for scheme, _ in shared}
    registered = _registered(left), _registered(right)
    whole = {
        "identifier": float(bool(shared)),
        "other number": float(
            all(registered) and not registered[0] & registered[1] and not schemes - {"DOMAIN"}
        ),
    }
    pairs = product(_all_names(left) or [""], _all_names(right) or [""])
    options = (
        likeness(
            ORGANISATION_BIAS,
            ORGANISATION_POINTS,
            whole | _of_names(one, other, rarity),
            shared,
        )
        for one, other in pairs
    )
    return max(options, key=lambda found: found.score)


def _registered(profile: Profile) -> frozenset[tuple[str, str]]:
    """Its numbers in registers where each organisation has one."""
    return frozenset(one for one in profile.identifiers if one[0] in _ONE_NUMBER)


def _all_names(profile: Profile) -> list[str]:
    return [part for name in profile.names for part in names_in(name)]


def _of_names(one: str, other: str, rarity: Rarity) -> dict[str, float]:
    if not (one and other):
        return {}
    left, right = words_of(one), words_of(other)
    words = align(left, right)
    core, other_core = _core(left), _core(right)
    weight = rarity.weight
    near = max(0.0, fuzz.ratio("".join(left), "".join(right)) / 100 - _NEAR) / (1 - _NEAR)
    return {
        "name": float(organisation_key(one) == organisation_key(other) or left == right),
        "core": float(bool(core) and core == other_core),
        "spelling": near,
        "words": words.rarest(weight) * words.cover(weight),
        "apart": words.apart(weight),
    }


def _core(words: tuple[str, ...]) -> str:
    return name_key("".join(word for word in words if word not in _BROAD))
