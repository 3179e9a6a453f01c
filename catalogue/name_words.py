"""Words of a name: what in a product's name is the name, and what is edition, version or platform.

Two products of one family differ in exactly these small words ("Rota Lite", "Rota 2", "Rota for
iOS"), so they are told apart from the words that only describe.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_EDITION_LIST: Final = """
advanced basic bundle business client deluxe education enterprise essentials expansion
express extended family free gold home license light lite master mini personal platinum plus
premium professional server small standard starter subscription suite training trial ultimate
upgrade
"""
EDITIONS: Final = frozenset(_EDITION_LIST.split())
"""Words that set one edition of a product apart from another."""

PLATFORMS: Final = frozenset({"android", "ios", "linux", "mac", "win"})

_SPELLINGS: Final = {
    **dict.fromkeys(("academic", "edu", "educational", "student"), "education"),
    **dict.fromkeys(("lic", "lics", "licence", "licences", "licenses"), "license"),
    **dict.fromkeys(("macintosh", "macos", "macosx", "osx"), "mac"),
    **dict.fromkeys(("pc", "windows"), "win"),
    **dict.fromkeys(("pro", "prof"), "professional"),
    **dict.fromkeys(("dlux", "dlx"), "deluxe"),
    **dict.fromkeys(("upg", "upgr"), "upgrade"),
    **dict.fromkeys(("iphone", "ipad"), "ios"),
    "essential": "essentials",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "plat": "platinum",
    "prem": "premium",
    "std": "standard",
    "users": "user",
}
"""Other spellings of one word."""

_EMPTY_LIST: Final = """
a an and box by complete ed edition for full in inc limited ltd of retail s the to v version with
"""
_EMPTY: Final = frozenset(_EMPTY_LIST.split())
"""Words that tell no product from another."""

_SHORTEST_PART: Final = 4
"""Letters that each part of a word has that is taken apart."""

_WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+")
_YEAR = re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}](\d\d)\b")
_POSSESSIVE = re.compile(r"(?<=\w)['\N{RIGHT SINGLE QUOTATION MARK}]\s?s\b")
_LOOSE_POINT = re.compile(r"(\d)\s+\.\s?(\d)")
_SYSTEMS = re.compile(r"\bwin(?:dows)?(?:[\s/,]+(?:95|98|nt|me|2000|xp|vista|7|8|10|11)\b){2,}")
"""A list of the systems a product runs on: its numbers are no version of the product."""
_CODE = re.compile(
    r"\b(?:[a-z]{0,4}\d*-?\d{5,}[a-z\d-]*|[a-z]{2,4}-\d{4,}|\d{2,}-\d{4,}"
    r"|(?=[a-z\d]*\d[a-z]+\d)[a-z\d]{6,})\b"
)
"""A maker's own number of a product, such as `pfb-10211`."""


@dataclass(frozen=True, slots=True)
class NameWords:
    """A name taken apart."""

    words: tuple[str, ...]
    """Every word once, in order, in one spelling; numbers without leading and trailing zeros."""
    codes: frozenset[str]
    """Makers' numbers; they are not among the words."""

    @property
    def platforms(self) -> frozenset[str]:
        """The platforms it is for."""
        return PLATFORMS.intersection(self.words)

    def without(self, makers: frozenset[str]) -> tuple[str, ...]:
        """The words that are not the maker's, nor empty; all of them when none is left."""
        bare = (_bare(word, makers) for word in self.words)
        kept = tuple(word for word in bare if word and word not in _EMPTY)
        return kept or self.words


@lru_cache(maxsize=65536)
def name_words(name: str) -> NameWords:
    """Take a name apart."""
    text = unicodedata.normalize("NFKD", name).casefold()
    text = "".join(letter for letter in text if unicodedata.category(letter)[0] != "M")
    text = _SYSTEMS.sub(" win ", text)
    text = _YEAR.sub(_full_year, text.replace("&", " and ").replace("+", " plus "))
    text = _LOOSE_POINT.sub(r"\1.\2", _POSSESSIVE.sub("s", text))
    codes = frozenset(re.sub(r"\W", "", code) for code in _CODE.findall(text))
    words = dict.fromkeys(_one_spelling(word) for word in _WORD.findall(_CODE.sub(" ", text)))
    return NameWords(tuple(words), codes)


def is_number(word: str) -> bool:
    """Whether a word of a name is a number: a version, a year, a count."""
    return word[0].isdigit()


def _bare(word: str, makers: frozenset[str]) -> str:
    """A word without a maker's name that stands before it, as in "RadfordChat"."""
    for maker in makers:
        rest = word.removeprefix(maker)
        if rest != word and (not rest or min(len(maker), len(rest)) >= _SHORTEST_PART):
            return rest
    return word


def _full_year(found: re.Match[str]) -> str:
    return f" {'20' if found[1] < '50' else '19'}{found[1]}"


def _one_spelling(word: str) -> str:
    word = _SPELLINGS.get(word, word)
    if not is_number(word):
        return word
    if "." in word:
        word = word.rstrip("0").rstrip(".")
    return word.lstrip("0") or "0"
