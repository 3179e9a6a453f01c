from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.documents import SearchDocument
from search import lexical
from search.lexical import Ids, Kind, WordIndex, write
from search.manifest import DamagedError

NONE: Ids = np.empty(0, np.int64)


def document(id_: int, text: str, kind: Kind = "tool") -> SearchDocument:
    return SearchDocument(id_, kind, 100 + id_, "", "", text, ())


def index_of(folder: Path, documents: Iterable[SearchDocument]) -> WordIndex:
    write(folder / "words", None, NONE, documents)
    return WordIndex(folder / "words")


def ids(*numbers: int) -> Ids:
    return np.array(numbers, np.int64)


def test_words_are_found_by_their_stem_whatever_their_case_or_accents(tmp_path: Path) -> None:
    words = index_of(tmp_path, [document(1, "Transcribes consultations in the CAF\u00c9")])
    for asked in ("transcribing", "consultation", "cafe", "Caf\u00e9"):
        assert [match.document for match in words.search(asked, 5)] == [1]
    assert words.search("letters", 5) == []


def test_the_title_is_searched_too(tmp_path: Path) -> None:
    named = SearchDocument(1, "tool", 101, "Scribewell", "", "Writes letters.", ())
    assert index_of(tmp_path, [named]).search("scribewell", 5)[0].subject == 101


def test_a_repeated_word_counts_as_often(tmp_path: Path) -> None:
    words = index_of(tmp_path, [document(1, "rota ward"), document(2, "letter clinic")])
    assert [m.document for m in words.search("rota letter letter", 5)] == [2, 1]
    assert [m.document for m in words.search("rota rota letter", 5)] == [1, 2]


def test_stop_words_count_only_alone(tmp_path: Path) -> None:
    words = index_of(tmp_path, [document(1, "it is the one"), document(2, "rotas for wards")])
    assert [m.document for m in words.search("the rotas", 5)] == [2]
    assert [m.document for m in words.search("it", 5)] == [1]


@pytest.mark.parametrize(
    "asked",
    ['"', "(", "rota AND", "-rota", "body:rota", "rota~2 OR *", "a\\", "[1 TO 2]", "+", "\x00"],
)
def test_operators_are_only_punctuation(tmp_path: Path, asked: str) -> None:
    words = index_of(tmp_path, [document(1, "rota")])
    assert [m.document for m in words.search(asked, 5)] == ([1] if "rota" in asked else [])
    words.prefix(asked, 5)


def test_ties_are_broken_by_id_also_where_the_list_is_cut(tmp_path: Path) -> None:
    words = index_of(tmp_path, [document(id_, "rota") for id_ in (5, 3, 9, 1, 7, 2, 8, 4, 6)])
    assert [m.document for m in words.search("rota", 4)] == [1, 2, 3, 4]
    assert [m.document for m in words.search("rota", 3, ids(3, 5, 6, 7, 8))] == [3, 5, 6]


@pytest.mark.parametrize("typed", ["t", "trans", "transcr", "transcripti", "transcription"])
def test_a_word_is_found_while_it_is_typed(tmp_path: Path, typed: str) -> None:
    words = index_of(tmp_path, [document(1, "Ambient transcription"), document(2, "Rotas")])
    assert [m.document for m in words.prefix(typed, 5)] == [1]


def test_typing_a_further_word_narrows(tmp_path: Path) -> None:
    words = index_of(
        tmp_path, [document(1, "letters for clinics"), document(2, "letters for wards")]
    )
    assert len(words.prefix("letters", 5)) == 2
    assert [m.document for m in words.prefix("letters wa", 5)] == [2]
    assert [m.document for m in words.prefix("the letters for wa", 5)] == [2]


def test_where_nothing_holds_all_words_what_holds_any_is_found(tmp_path: Path) -> None:
    words = index_of(tmp_path, [document(1, "letters for clinics"), document(2, "rotas")])
    assert [m.document for m in words.prefix("letters rot", 5)] == [2, 1]


def test_one_kind_can_be_asked_for(tmp_path: Path) -> None:
    words = index_of(tmp_path, [document(1, "rota"), document(2, "rota", "document")])
    assert [m.document for m in words.prefix("rota", 5, kind="document")] == [2]
    assert words.of_kind("tool").tolist() == [1]


def test_documents_are_taken_out_and_put_in(tmp_path: Path) -> None:
    index_of(tmp_path, [document(1, "rota"), document(2, "letter")])
    write(tmp_path / "next", tmp_path / "words", ids(1), [document(3, "phone")])
    after = WordIndex(tmp_path / "next")
    assert after.ids.tolist() == [2, 3]
    assert after.search("rota", 5) == []
    assert WordIndex(tmp_path / "words").ids.tolist() == [1, 2]


def test_an_empty_index_answers(tmp_path: Path) -> None:
    words = index_of(tmp_path, [])
    assert words.ids.tolist() == []
    assert words.search("rota", 5) == words.prefix("rota", 5) == []


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DamagedError):
        WordIndex(tmp_path)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> WordIndex:
    texts = ("rota", "rota ward", "letter", "rota letter", "phone rota rota")
    documents = [document(id_, texts[id_ % 5]) for id_ in range(1, 301)]
    return index_of(tmp_path_factory.mktemp("library"), documents)


@settings(max_examples=40, deadline=None)
@given(allowed=st.sets(st.integers(1, 320), max_size=300), limit=st.integers(1, 50))
def test_a_filter_leaves_out_and_never_reorders(
    library: WordIndex, allowed: set[int], limit: int
) -> None:
    everything = library.search("rota letter", 300)
    expected = [match for match in everything if match.document in allowed][:limit]
    chosen = ids(*sorted(allowed))
    narrow = library.search("rota letter", limit, chosen)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexical, "_NARROW", 0)
        wide = library.search("rota letter", limit, chosen)
    assert narrow == expected
    assert wide == expected
