"""The index of words: tantivy, one entry for each passage, ranked by BM25.

A document is as good as its best passage, read with the document's title: it neither wins nor loses
by how many it has. The entry of its first passage also has the words of all of it, by which it is
found while somebody types, and by what must or must not stand in it.

No text of a user reaches a query parser: queries are built from the terms that the analyser makes
of the text, so operators and quotes are only punctuation. Scores depend on all documents and never
on the filter. tantivy is used in this file
and in `search.analysis` alone.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import (
    DocAddress,
    Document,
    Index,
    Occur,
    Query,
    Schema,
    SchemaBuilder,
)

from catalogue.documents import Passage, SearchDocument
from search.analysis import FORM, STEM, stems
from search.manifest import DamagedError, carry_over

Ids = npt.NDArray[np.int64]
Kind = Literal["tool", "document"]

KINDS: tuple[Kind, ...] = ("tool", "document")
"""A kind is stored as its place here."""

LOCKS = ".tantivy-*.lock"
"""Files of the folder that say nothing about the index."""

_ID, _KIND, _SUBJECT, _PASSAGE, _PRINT = "id", "kind", "subject", "passage", "print"
_STEMS, _FORMS, _SAID = "stems", "forms", "said"
_HEAP = 64_000_000
_NARROW = 1000
"""Up to this many allowed documents are put into the query; beyond, walking down the ranking and
leaving out what is not allowed takes less time and gives the same answer (100,000 documents)."""
_BREADTH = 4
"""Entries fetched at first for each document that is wanted."""
_FORMS_TRIED = 64
"""Commonest words that the beginning of a word is taken to stand for."""
_FORMS_MEANT = 20_000
"""Commonest words of a letter among which that is looked for which a misspelt word may mean."""
_LETTERS_HELD = 8
"""Letters whose words are kept at hand."""
_SHORTEST_MISSPELT = 4
_LONG_WORD = 8
"""Letters from which on a word may be misspelt in one place, and from which on in two."""
_DECIMALS = 4
"""Scores nearer than this are ties: their last digits depend on how the index is laid out."""


def _schema() -> Schema:
    fields = SchemaBuilder()
    # Signed, because an indexed unsigned field kills the writer when it is given a Python int.
    fields.add_integer_field(_ID, indexed=True, fast=True)
    fields.add_integer_field(_SUBJECT, fast=True)
    fields.add_integer_field(_PASSAGE, fast=True)
    fields.add_text_field(_SAID, tokenizer_name=_STEMS, index_option="freq")
    # Of the first passage's entry alone:
    fields.add_integer_field(_PRINT, fast=True)
    fields.add_integer_field(_KIND, indexed=True)
    fields.add_text_field(_STEMS, tokenizer_name=_STEMS, index_option="position")
    fields.add_text_field(_FORMS, tokenizer_name=_FORMS, index_option="basic")
    return fields.build()


_SCHEMA = _schema()
_WHOLE = Query.term_set_query(_SCHEMA, _KIND, list(range(len(KINDS))))
"""The entries that have the words of a whole document."""


class Match(NamedTuple):
    """One document that matched."""

    document: int
    score: float
    subject: int
    passage: int
    """Id of its best passage; 0 where it has none, or was looked for as a whole."""


class WordIndex:
    """An index of words, open for reading. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`.

        Raises:
            DamagedError: there is none, or it cannot be read.
        """
        try:
            self._index = Index.open(str(folder))
            self._index.config_reader("manual")
            self._searcher = self._index.searcher()
            # Listing takes some 100 ms of a vocabulary of 300,000 words, looking one.
            self._begun = lru_cache(maxsize=_LETTERS_HELD)(self._list)
        except (OSError, ValueError) as error:
            raise DamagedError(f"tantivy cannot open it ({error})") from error

    @cached_property
    def ids(self) -> Ids:
        """Ids of all documents, ascending."""
        return self._having(_WHOLE)

    def fingerprints(self) -> dict[int, int]:
        """The fingerprint of every document, by its id."""
        hits = self._searcher.search(_WHOLE, max(self._searcher.num_docs, 1), count=False).hits
        addresses = [address for _, address in hits]
        said = self._searcher.fast_field_values(_PRINT, addresses)
        ids = self._searcher.fast_field_values(_ID, addresses)
        return {int(id_ or 0): int(one or 0) for id_, one in zip(ids, said, strict=True)}

    def of_kind(self, kind: Kind) -> Ids:
        """Ids of all documents of one kind, ascending."""
        return self._having(self._kind(kind))

    def search(self, text: str, limit: int, allowed: Ids | None = None) -> list[Match]:
        """Documents with any of the words, by their best passage, best first; ties by id.

        A word counts as often as it is repeated. Stop words count only where there is nothing
        else. `allowed` (ascending) are the documents that may be found; None means all.

        The score is BM25 as a share of what a passage of average length would have in which each
        word stood once; so 1 says that the words were found, and 0.1 that hardly any was.
        """
        words = self._known(text)
        query = self._any_of(words)
        whole = sum(self._weight(word) for word in words)
        return [
            match._replace(score=match.score / whole)
            for match in self._top(query, limit, allowed, breadth=_BREADTH)
        ]

    def holding(self, phrases: Sequence[str], without: Sequence[str]) -> Ids:
        """Ids of the documents in which each of the phrases stands, and none of the words and
        phrases of `without`, ascending. Forms of a word count as the word.
        """
        return self._having(self._holding(phrases, without))

    def subjects(self, kind: Kind, without: Sequence[str]) -> Ids:
        """Ids of the tools (or documents) in which none of the words and phrases stands,
        ascending.
        """
        query = Query.boolean_query(
            [(Occur.Must, self._kind(kind)), (Occur.Must, self._holding((), without))]
        )
        return self._having(query, _SUBJECT)

    def misspelt(self, text: str, *, unfinished: bool = False) -> list[tuple[str, str]]:
        """Pairs of a word of the text that no document has and the one taken for it. The last
        word, where it may be `unfinished`, is not misspelt if some word begins so.
        """
        words = FORM.analyze(text)
        if unfinished and words and self._searcher.terms_with_prefix(_FORMS, words[-1], limit=1):
            words.pop()
        spelt = {word: self.spelling(word) for word in words}
        return [(word, meant) for word, meant in spelt.items() if meant]

    def spelt(self, text: str) -> str:
        """The words of a text, those that no document has spelt as is likely meant."""
        return " ".join(self.spelling(word) or word for word in FORM.analyze(text))

    def spelling(self, word: str) -> str:
        """The commonest word that may be meant where no document has this one; "" where it is
        known, or nothing is near.
        """
        if len(word) < _SHORTEST_MISSPELT or not word.isalpha() or self._frequency(word):
            return ""
        forms, frequencies = self._begun(word[:1])
        most = 1 if len(word) < _LONG_WORD else 2
        near = process.extract(word, forms, scorer=OSA.distance, score_cutoff=most, limit=None)
        ranked = [(distance, -frequencies[place], form) for form, distance, place in near]
        return min(ranked)[2] if ranked else ""

    def _list(self, letter: str) -> tuple[list[str], list[int]]:
        """The commonest words that begin with a letter, and how many documents have each."""
        begun = self._searcher.terms_with_prefix(_FORMS, letter, limit=_FORMS_MEANT)
        return [form for form, _ in begun], [frequency for _, frequency in begun]

    def prefix(
        self, text: str, limit: int, allowed: Ids | None = None, kind: Kind | None = None
    ) -> list[Match]:
        """As `search`, for text that is still being typed: documents with all of the words, the
        last of which may be the beginning of a word; where there are none, with any of them.
        """
        *whole, last = FORM.analyze(text) or [""]
        if not last:
            return []
        forms = self._searcher.terms_with_prefix(_FORMS, last, limit=_FORMS_TRIED)
        if not forms and (meant := self.spelling(last)):
            forms = [(meant, 0)]
        ends = {
            stem for form in (last, *(form for form, _ in forms)) for stem in STEM.analyze(form)
        }
        words = [self._term(stem) for stem in self._known(" ".join(whole))] if whole else []
        words.append(Query.disjunction_max_query([self._term(stem) for stem in sorted(ends)]))
        for occur in (Occur.Must, Occur.Should):
            query = Query.boolean_query([(occur, word) for word in words])
            if found := self._top(query, limit, allowed, kind):
                return found
        return []

    def rarity(self, stem: str) -> float:
        """How telling a stem is: ln(1 + N / (1 + n)), n of N documents having it."""
        held = self._searcher.doc_freq(_STEMS, stem)
        return math.log(1 + self._documents / (1 + held))

    @cached_property
    def _documents(self) -> int:
        """How many documents there are; each has as many entries as passages."""
        return len(self.ids)

    def _any_of(self, words: Sequence[str]) -> Query:
        return Query.boolean_query(
            [
                (Occur.Should, Query.boost_query(self._term(word, _SAID), float(times)))
                for word, times in Counter(words).items()
            ]
        )

    def _known(self, text: str) -> list[str]:
        """Stems of a text, those of words that no document has spelt as is likely meant."""
        return stems(self.spelt(text))

    def _frequency(self, word: str) -> int:
        """How many documents have a word or another form of it."""
        return sum(self._searcher.doc_freq(_STEMS, stem) for stem in STEM.analyze(word))

    def _phrase(self, text: str) -> Query:
        words: list[str | tuple[int, str]] = [*STEM.analyze(text)]
        if len(words) == 1:
            return self._term(str(words[0]))
        return Query.phrase_query(_SCHEMA, _STEMS, words) if words else _WHOLE

    def _term(self, stem: str, field: str = _STEMS) -> Query:
        return Query.term_query(_SCHEMA, field, stem, index_option="freq")

    def _weight(self, stem: str) -> float:
        """What tantivy's BM25 gives for a stem that stands once in a passage of average length:
        its inverse document frequency.
        """
        held = self._searcher.doc_freq(_SAID, stem)  # Those that were taken out count still.
        count = max(self._searcher.num_docs, held)
        return math.log(1 + (count - held + 0.5) / (held + 0.5))

    def _kind(self, kind: Kind) -> Query:
        return Query.term_query(_SCHEMA, _KIND, KINDS.index(kind))

    def _top(
        self,
        query: Query,
        limit: int,
        allowed: Ids | None,
        kind: Kind | None = None,
        breadth: int = 1,
    ) -> list[Match]:
        """The best documents; `breadth` is how many entries each is expected to have."""
        limit = min(limit, self._searcher.num_docs)
        if limit <= 0 or (allowed is not None and not len(allowed)):
            return []
        only: list[Query] = []
        if kind is not None:
            only.append(self._kind(kind))
        if allowed is not None and len(allowed) <= _NARROW:
            only.append(Query.term_set_query(_SCHEMA, _ID, allowed.tolist()))
            allowed = None
        if only:
            weightless = [(Occur.Must, Query.boost_query(part, 0.0)) for part in only]
            query = Query.boolean_query([(Occur.Must, query), *weightless])
        fetch = breadth * (limit + 1 if allowed is None else 2 * limit)
        while True:
            hits = self._searcher.search(query, fetch, count=False).hits
            found = self._matches(hits, allowed)
            if len(hits) < fetch:
                return found[:limit]
            # Beyond the last hit fetched there may be ties with it, so it must lie below the cut.
            if len(found) >= limit and found[limit - 1].score > round(hits[-1][0], _DECIMALS):
                return found[:limit]
            fetch *= 4

    def _matches(
        self, hits: Sequence[tuple[float, DocAddress]], allowed: Ids | None
    ) -> list[Match]:
        addresses = [address for _, address in hits]
        ids = self._searcher.fast_field_values(_ID, addresses)
        subjects = self._searcher.fast_field_values(_SUBJECT, addresses)
        passages = self._searcher.fast_field_values(_PASSAGE, addresses)
        passes = [True] * len(ids) if allowed is None else np.isin(np.array(ids, np.int64), allowed)
        found = sorted(
            (-round(score, _DECIMALS), int(id_ or 0), int(passage or 0), int(subject or 0))
            for (score, _), id_, passage, subject, passed in zip(
                hits, ids, passages, subjects, passes, strict=True
            )
            if passed
        )
        best: dict[int, Match] = {}
        for score, id_, passage, subject in found:
            best.setdefault(id_, Match(id_, -score, subject, passage))
        return list(best.values())

    def _holding(self, phrases: Sequence[str], without: Sequence[str]) -> Query:
        must = [(Occur.Must, self._phrase(phrase)) for phrase in phrases]
        never = [(Occur.MustNot, self._phrase(one)) for one in without]
        return Query.boolean_query([(Occur.Must, _WHOLE), *must, *never])

    def _having(self, query: Query, field: str = _ID) -> Ids:
        count = max(self._searcher.num_docs, 1)
        hits = self._searcher.search(query, count, count=False).hits
        ids = self._searcher.fast_field_values(field, [address for _, address in hits])
        return np.sort(np.array(ids, dtype=np.int64))


def write(folder: Path, before: Path | None, removed: Ids, added: Iterable[SearchDocument]) -> None:
    """Write an index to the new folder `folder`: the one in `before`, less and plus documents."""
    if before is None:
        folder.mkdir()
        index = Index(_SCHEMA, str(folder), reuse=False)
    else:
        # tantivy never writes into a file that it has closed: it puts another in its place.
        carry_over(
            before, folder, [path.name for path in before.iterdir() if not path.match(LOCKS)]
        )
        index = Index.open(str(folder))
    # Else a thread of tantivy reads the files again when it sees that they were written.
    index.config_reader("manual")
    index.register_tokenizer(_STEMS, STEM)
    index.register_tokenizer(_FORMS, FORM)
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    if len(removed):
        writer.delete_documents_by_query(Query.term_set_query(_SCHEMA, _ID, removed.tolist()))
    for document in added:
        for entry in _entries(document):
            writer.add_document(Document.from_dict(entry, _SCHEMA))
    writer.commit()
    writer.wait_merging_threads()


def fingerprint(document: SearchDocument) -> int:
    """What a document says, as 63 bits of its SHA-256."""
    said = f"{document.kind}\0{document.subject_id}\0{document.title}\0{document.body}"
    return int.from_bytes(sha256(said.encode()).digest()[:8]) >> 1


def _entries(document: SearchDocument) -> Iterator[dict[str, object]]:
    text = f"{document.title}\n{document.body}"
    rest = {
        _PRINT: fingerprint(document),
        _KIND: KINDS.index(document.kind),
        _STEMS: text,
        _FORMS: text,
    }
    for passage in document.passages or (Passage(0, document.body, "", ""),):
        titled = passage.text.startswith(document.title)
        yield {
            _ID: document.id,
            _SUBJECT: document.subject_id,
            _PASSAGE: passage.id,
            _SAID: passage.text if titled else f"{document.title}\n{passage.text}",
            **rest,
        }
        rest = {}
