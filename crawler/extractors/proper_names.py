"""What a name in capitals is: a body, a person, a place, a standard ..., or likely a product's."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from catalogue.text import name_key
from catalogue.vocabularies import load
from crawler.extractors.organisations import organisations

_WORD: Final = r"(?:[A-Z][\w+]*(?:[-.][\w+]+)*|[a-z]{1,2}-?[A-Z]\w+)"
NAME: Final = rf"(?<![\w'\u2019-]){_WORD}(?:\s+(?:{_WORD}|\d+(?!\w|[.,]\d|%|\s+[a-z]))){{0,3}}"
"""Pattern of a name: one to four words with a capital, or numbers after the first."""

_LONGEST: Final = 40
"""Most letters and digits of a name."""

_DATES = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|Spring|Summer|Autumn|Winter|Q[1-4])\b"
)
_NHS = frozenset({"nhs", "nhse", "nhsx"})
_COMPOUND = re.compile(r"[A-Za-z]-[a-z]")
"""A word made with another one: "RAG-based", "AI-driven"."""
_PART_OF = re.compile(r"[A-Z][\w-]+\s+(?:for|of|in|to|and)\s+(?:the\s+)?$")
"""The beginning of a longer name: "Framework for Data Linkage"."""
_TITLES = re.compile(r"\b(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Sir|Dame|Lord|Lady|Baroness)\.?\s*$")
_SPEAKS = re.compile(
    r"^\s*,?\s*(?:who\b|(?:said|says|told|added|adds|explained|explains|joined|leads|led|wrote|writes)\b"
    r"|,\s*(?:our\s+|the\s+|an?\s+)?(?:\w+\s+){0,3}(?:director|lead|head|chief|officer|manager|nurse"
    r"|consultant|GP|partner|doctor|scientist|engineer|analyst|researcher|professor|founder|CEO|CIO"
    r"|CCIO|secretary|surgeon|physician|fellow|minister|chair|student|specialist|supplier|company"
    r"|firm|start-?up|developer|vendor|provider|charity|city|town|village|university)\b"
    r"|\()"
)


def is_product(text: str, start: int, end: int) -> bool:
    """Whether a name in capitals, where it stands, is likely a product's: it is none of a body,
    person, place, day, standard or technology, and does more than describe.
    """
    name = text[start:end]
    words = [name_key(word) for word in name.split()]
    key = name_key(name)
    if not 1 < len(key) < _LONGEST or words[-1] in _listed("bodies") or words[0] in _NHS:
        return False
    if _COMPOUND.search(name) or _DATES.match(name) or _PART_OF.search(text[:start]):
        return False
    if key in _terms() or all(word.isdigit() or _says_nothing(word) for word in words):
        return False
    if _says_nothing(key):
        return False
    if _TITLES.search(text[:start]) or (len(words) > 1 and _SPEAKS.match(text[end : end + 80])):
        return False
    return not any(one.start < end and start < one.end for one in organisations(text))


def _says_nothing(key: str) -> bool:
    """Whether a name, or a word of one, is of a technology or place, or merely describes."""
    return any(key in _listed(kind) for kind in ("describing", "technologies", "places"))


def distinctive(name: str) -> bool:
    """Whether a name is written as no ordinary word is: "RotaFlow", "eConsult", "FDP+"."""
    return bool(
        re.search(r"(?<!\bMc)(?<!\bMac)(?<=[a-z])[A-Z]|\w\+|[A-Za-z]\d|\d[A-Z]|-[A-Z]", name)
    )


def acronym(name: str) -> bool:
    """Whether a name is nothing but one short word of capitals."""
    return re.fullmatch(r"[A-Z]{1,5}s?", name) is not None


@cache
def _listed(kind: str) -> frozenset[str]:
    """Keys of the names of one kind that are no product's."""
    written: str = yaml.safe_load(_FILE.read_text(encoding="utf-8"))[kind]
    return frozenset(name_key(name) for name in (written.split(";" if ";" in written else None)))


@cache
def _terms() -> frozenset[str]:
    """Keys of all words of the vocabularies: use cases, standards, record systems ..."""
    return frozenset(
        name_key(name) for vocabulary in load() for term in vocabulary for name in term.names
    )


_FILE = Path(__file__).with_name("ordinary_names.yml")
