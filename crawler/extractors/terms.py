"""Vocabulary terms in running text, by their names and cues."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from catalogue.vocabularies import Term, load

_LETTERS = 7
"""Letters of a word by which it is known whether it may stand in a text."""
_SPLIT = re.compile(r"\s*(?:;|,|\u2022|\||\n|\band\b|&)\s*")


@dataclass(frozen=True, slots=True)
class Cue:
    """A place in a text where words suggest a term."""

    term: Term
    start: int
    end: int


def cued(vocabulary: str, text: str) -> Iterator[Cue]:
    """Every place where a name or cue of a term stands; of terms at one place, the one with the
    longest words.
    """
    begins, pattern, terms = _pattern(vocabulary)
    for found in pattern.finditer(text) if begins.search(text.lower()) else ():
        yield Cue(terms[found.lastgroup or ""], found.start(), found.end())


def codes(vocabulary: str, words: str) -> list[str]:
    """Codes of the terms that a label's value names: "Acute wards; community" gives two.

    Each part that names a term counts as that term; in a part that names none, its cues do. A
    term is left out where a narrower one is named beside it.
    """
    terms = load()[vocabulary]
    whole = terms.match(words)
    if whole is not None:
        return [whole.code]
    found: dict[str, None] = {}
    for part in filter(None, _SPLIT.split(words)):
        named = terms.match(part)
        if named is not None:
            found.setdefault(named.code)
        else:
            for cue in cued(vocabulary, part):
                found.setdefault(cue.term.code)
    wider = {terms.get(code).broader for code in found}
    return [code for code in found if code not in wider]


@cache
def _pattern(vocabulary: str) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Term]]:
    """One pattern for all words of a vocabulary, the longest first, and the term of each group;
    before them a pattern of how the words begin, in small letters: most texts have none.

    The words stand together by their first letter: where a word of the text begins with another,
    all of them are passed over at once.
    """
    words: list[tuple[str, Term]] = []
    for term in load()[vocabulary]:
        if not term.code.endswith(("_OTHER", "_NOT_STATED")):
            words += [(word, term) for word in {*term.names, *term.cues} if len(word) > 1]
    words.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    groups = {f"w{number}": term for number, (_, term) in enumerate(words)}
    begun: defaultdict[str, list[str]] = defaultdict(list)
    for number, (word, _) in enumerate(words):
        begun[word[0].lower()].append(f"(?P<w{number}>{_expression(word)})")
    either = (f"(?={re.escape(one)})(?:{'|'.join(held)})" for one, held in begun.items())
    whole = re.compile(rf"(?<!\w)(?:{'|'.join(either)})(?!\w)", re.IGNORECASE)
    return _beginnings(word for word, _ in words), whole, groups


def _beginnings(words: Iterable[str]) -> re.Pattern[str]:
    """How words begin, in small letters: those of one letter together, for the same reason."""
    begun: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        begun[word[0].lower()].add(_expression(word[1:_LETTERS].lower()))
    either = (f"{re.escape(one)}(?:{'|'.join(sorted(rest))})" for one, rest in begun.items())
    return re.compile(rf"(?<!\w)(?:{'|'.join(either)})")


def _expression(word: str) -> str:
    """A cue as a regular expression: spaces and hyphens alike, "*" ends any word in any way.

    Words all in capitals (DNA, CSO) are matched as capitals only.
    """
    parts = (re.escape(part).replace(r"\*", r"\w*") for part in re.split(r"[\s-]+", word))
    joined = r"[\s-]+".join(parts)
    return f"(?-i:{joined})" if word.isupper() and word.isalpha() else joined
