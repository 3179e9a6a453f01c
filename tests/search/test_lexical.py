from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.documents import Passage, SearchDocument
from search import lexical
from search.analysis import matching
from search.lexical import Ids, Kind, WordIndex, write
from search.manifest import DamagedError

NONE: Ids = np.empty(0, np.int64)


def document(id_: int, text: str, kind: Kind = "tool") -> SearchDocument:
    return SearchDocument(id_, kind, 100 + id_, "", "", text, ())


def test_matching_words_stand_as_in_the_passage_each_once_in_any_form() -> None:
    passage = "Rotas: plans the ward's rota, rotas and e-rostering for wards"
    assert matching(passage, "rota of a ward") == (
        "Rotas",
        "ward",
        "rota",
        "rotas",
        "wards",
    )
    assert matching(passage, "") == ()
    assert matching(passage, "the") == ("the",)


def index_of(folder: Path, documents: Iterable[SearchDocument]) -> WordIndex:
    folder.mkdir(exist_ok=True)
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


def told(id_: int, title: str, *passages: str) -> SearchDocument:
    numbered = tuple(
        Passage(10 * id_ + n, text, "", "") for n, text in enumerate(passages, start=1)
    )
    return SearchDocument(id_, "tool", 100 + id_, title, "", "\n".join(passages), numbered)


def test_a_document_is_as_good_as_its_best_passage_and_says_which(tmp_path: Path) -> None:
    scattered = told(1, "", "rota and more", "ward and more", "night and more")
    together = told(2, "", "something else", "rota for a ward at night", "and more of it")
    words = index_of(tmp_path, [scattered, together])
    assert [(m.document, m.passage) for m in words.search("rota ward night", 5)] == [
        (2, 22),
        (1, 11),
    ]


def test_a_passage_is_read_with_its_title(tmp_path: Path) -> None:
    words = index_of(
        tmp_path,
        [
            told(1, "Rotaflow", "Plans shifts.", "Costs two pounds."),
            told(2, "Other", "Costs much."),
        ],
    )
    assert words.search("what rotaflow costs", 1)[0].passage == 12


def test_passages_beside_the_best_neither_raise_nor_lower_a_document(tmp_path: Path) -> None:
    def rest(start: int) -> list[SearchDocument]:
        return [told(id_, "", f"letter number {id_}") for id_ in range(start, 40)]

    short = index_of(tmp_path / "short", [told(1, "", "rota for wards"), *rest(2)])
    others = ["a blue logo", "shown at a fair", "letters in brown"] * 3
    long = index_of(tmp_path / "long", [told(1, "", "rota for wards", *others), *rest(11)])
    best, same = short.search("rota wards", 1)[0], long.search("rota wards", 1)[0]
    assert (best.document, best.passage) == (same.document, same.passage) == (1, 11)
    assert same.score == pytest.approx(best.score, abs=0.05)


def test_a_score_says_how_much_of_the_question_was_found(tmp_path: Path) -> None:
    others = [document(id_, f"letter {id_}") for id_ in range(2, 30)]
    words = index_of(tmp_path, [document(1, "rota ward"), *others])
    (whole,) = words.search("rota ward", 5)
    (part,) = words.search("rota telephone fax pigeon", 5)
    assert whole.score == pytest.approx(1, abs=0.1)
    assert part.score == pytest.approx(1 / 4, abs=0.1)


def test_everything_of_a_document_is_taken_out_with_it(tmp_path: Path) -> None:
    index_of(tmp_path, [told(1, "", "rota", "ward"), told(2, "", "letter", "ward")])
    write(tmp_path / "next", tmp_path / "words", ids(1), [told(3, "", "phone", "night")])
    after = WordIndex(tmp_path / "next")
    assert after.ids.tolist() == [2, 3]
    assert [m.document for m in after.search("ward", 5)] == [2]
    assert after.holding(("letter ward",), ()).tolist() == [2]


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


# Phrases, what must not stand, and spelling.


@pytest.fixture
def market(tmp_path: Path) -> WordIndex:
    return index_of(
        tmp_path,
        [
            document(1, "Plans rosters for wards. Annual leave is counted."),
            document(2, "Leave is annual; rostering for theatres."),
            document(3, "Writes letters for clinics.", "document"),
            document(4, "Writes letters; wards use it."),
        ],
    )


def test_a_phrase_must_stand_as_it_is_but_for_the_forms_of_its_words(market: WordIndex) -> None:
    assert market.holding(["annual leave"], []).tolist() == [1]
    assert market.holding(["writing letter"], []).tolist() == [3, 4]
    assert market.holding(["rosters for"], []).tolist() == [1, 2]
    assert market.holding(["rosters for", "annual leave"], []).tolist() == [1]
    assert market.holding(["?"], []).tolist() == [1, 2, 3, 4]


def test_what_must_not_stand_keeps_documents_away(market: WordIndex) -> None:
    assert market.holding([], ["roster"]).tolist() == [3, 4]
    assert market.holding([], ["annual leave"]).tolist() == [2, 3, 4]
    assert market.holding(["letters"], ["wards"]).tolist() == [3]
    assert market.subjects("tool", ["rostering"]).tolist() == [104]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("rostres", "rosters"),  # two letters changed places
        ("theetres", "theatres"),
        ("leters", "letters"),
        ("annaul", "annual"),
        ("rosters", ""),  # it is known
        ("roster", ""),  # so is another form of it
        ("zeppelin", ""),  # nothing is near
        ("lea", ""),  # too short to tell
        ("war1s", ""),  # no word of letters: a name or a number
    ],
)
def test_a_word_that_nothing_has_is_taken_for_the_nearest(
    market: WordIndex, word: str, meant: str
) -> None:
    assert market.spelling(word) == meant
    assert market.misspelt(f"{word} for wards") == ([(word, meant)] if meant else [])


def test_a_misspelt_word_finds_what_was_meant(market: WordIndex) -> None:
    assert [match.document for match in market.search("leters", 9)] == [3, 4]
    assert [match.document for match in market.prefix("leters for cl", 9)] == [3]
    assert [match.document for match in market.prefix("clinics leters", 9)] == [3]


def test_the_commonest_of_equally_near_words_is_meant(tmp_path: Path) -> None:
    words = index_of(tmp_path, [document(1, "ward"), document(2, "wart"), document(3, "wart")])
    assert words.spelling("warx") == "wart"


def test_the_last_word_is_not_misspelt_while_it_may_go_on(tmp_path: Path) -> None:
    index = index_of(tmp_path, [document(1, "rosters the wards")])
    assert index.misspelt("wrds rostr", unfinished=True) == [("wrds", "wards")]
    assert index.misspelt("wrds roster", unfinished=True) == [("wrds", "wards")]
    assert dict(index.misspelt("rostrs", unfinished=True)) == {"rostrs": "rosters"}
