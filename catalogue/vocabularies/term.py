"""A term, and a vocabulary of terms that can be asked what a word means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from catalogue.errors import VocabularyError, nearest
from catalogue.text import name_key


@dataclass(frozen=True, slots=True)
class Term:
    """One code with its meaning and the words people use for it."""

    vocabulary: str
    """Name of its vocabulary."""
    code: str
    label: str
    definition: str
    """One sentence in plain English."""
    aliases: tuple[str, ...] = ()
    """Other names of the term: each means this term and no other of its vocabulary."""
    cues: tuple[str, ...] = ()
    """Words and phrases in running text that suggest the term; other terms may share them."""
    broader: str = ""
    """Code of the wider term; empty at the top."""
    origin: str = ""
    """Where the term comes from."""
    crosswalks: tuple[tuple[str, str], ...] = ()
    """Pairs (scheme, code) of the same idea in another list, such as `("nis", "PHARMACY")`."""
    attributes: tuple[tuple[str, str], ...] = ()
    """Pairs (name, value) of what this vocabulary says of each of its terms, such as a group."""
    retired_on: str = ""
    """ISO date on which the code went out of use; empty while it is in use."""
    replaced_by: str = ""
    """Code to use instead of a retired one."""

    def crosswalk(self, scheme: str) -> tuple[str, ...]:
        """Codes of this term in another scheme."""
        return tuple(code for name, code in self.crosswalks if name == scheme)

    def attribute(self, name: str) -> str:
        """What the vocabulary says of this term under `name`; empty when it says nothing."""
        return dict(self.attributes).get(name, "")

    @property
    def names(self) -> tuple[str, ...]:
        """The label and the aliases: each names the term beyond doubt."""
        return (self.label, *self.aliases)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The terms of one kind, in the order of the file. Iteration leaves out retired terms."""

    name: str
    prefix: str
    version: int
    """Raised by one whenever the file changes."""
    title: str
    origin: str
    terms: tuple[Term, ...]
    """Every term, retired ones included."""
    labels: tuple[str, ...] = ()
    """Words by which pages label a value of this vocabulary, such as "Care setting"."""

    def __iter__(self) -> Iterator[Term]:
        return (term for term in self.terms if not term.retired_on)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def get(self, code: str) -> Term:
        """The term of a code, retired or not.

        Raises:
            VocabularyError: the vocabulary has no such code; the message gives the nearest.
        """
        if code not in self._by_code:
            raise VocabularyError(
                f"'{code}' is not a code of the vocabulary '{self.name}'.",
                nearest(code, self._by_code),
            )
        return self._by_code[code]

    def match(self, text: str) -> Term | None:
        """The term that `text` names by label, alias or code; None when it names none.

        Case, accents, punctuation and spaces do not count. A retired code gives the term that
        replaced it, if any.
        """
        return self._by_key.get(name_key(text))

    def narrower(self, code: str) -> tuple[Term, ...]:
        """The terms directly under a code."""
        return tuple(term for term in self if term.broader == code)

    @cached_property
    def _by_code(self) -> Mapping[str, Term]:
        return {term.code: term for term in self.terms}

    @cached_property
    def _by_key(self) -> Mapping[str, Term]:
        keys: dict[str, Term] = {}
        for term in self:
            keys |= {name_key(name): term for name in (term.code, *term.names)}
        for term in self.terms:
            if term.retired_on and term.replaced_by:
                keys.setdefault(name_key(term.code), self.get(term.replaced_by))
        return keys
