from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.errors import ModelError
from catalogue.filters import Filters
from catalogue.query import Query
from catalogue.rows import Hit
from search import fusion
from search.embedder import Embedder
from search.engine import SearchEngine
from search.indexer import Indexer
from tests.search.shelf import HashingEmbedder, Shelf

GP = Filters((("setting", frozenset({"gp"})),))


def refuse() -> Embedder:
    raise ModelError("The model is missing.", "Install it.")


@pytest.fixture
def engine(shelf: Shelf, tmp_path: Path) -> SearchEngine:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    return SearchEngine(shelf, tmp_path, HashingEmbedder)


def test_a_hit_says_what_matched_where_and_how_much(engine: SearchEngine) -> None:
    hit = engine.search(Query("rotas for wards"))[0]
    assert (hit.kind, hit.id, hit.title) == ("tool", 1, "Rotaflow")
    assert hit.passage == "Plans rotas for wards."
    assert hit.passage_url == "http://www.supplier.example/tool/1#0"
    assert [name for name, _ in hit.parts] == ["meaning", "words"]
    assert hit.score == pytest.approx(sum(part for _, part in hit.parts))


def test_tools_and_documents_are_both_found(engine: SearchEngine) -> None:
    assert {(hit.kind, hit.id) for hit in engine.search(Query("rotas"), limit=2)} == {
        ("tool", 1),
        ("document", 9),
    }


def test_filters_are_applied_before_ranking(engine: SearchEngine) -> None:
    assert [hit.id for hit in engine.search(Query("rotas", filters=GP), limit=1)] == [2]
    assert engine.words(Query("rotas", filters=GP)).tolist() == []
    assert engine.words(Query("letters", filters=GP)).tolist() == [2]


def test_a_hit_by_words_alone_shows_the_passage_with_most_of_them(
    shelf: Shelf, tmp_path: Path
) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    engine = SearchEngine(shelf, tmp_path, refuse)
    (hit,) = engine.search(Query("booking an appointment by telephone"))
    assert hit.passage == "Books appointments."
    assert [name for name, _ in hit.parts] == ["words"]


def test_a_document_without_passages_shows_its_beginning(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(7, "Silentcare", "")
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    hit = SearchEngine(shelf, tmp_path, refuse).search(Query("silentcare"))[0]
    assert (hit.passage, hit.passage_url) == ("", "http://www.supplier.example/tool/7")


def test_words_narrow_while_they_are_typed(engine: SearchEngine) -> None:
    assert engine.words(Query("tran")).tolist() == [2]
    assert engine.words(Query("report"), kind="document").tolist() == [9]
    assert engine.words(Query("report")).tolist() == []


def test_similar_tools_are_tools_and_not_the_tool_itself(engine: SearchEngine) -> None:
    hits = engine.similar("tool", 1, limit=5)
    assert {hit.id for hit in hits} == {2, 3}
    assert all(-1 <= hit.score <= 1 for hit in hits)
    assert [hit.id for hit in engine.similar("tool", 1, filters=GP, limit=1)] == [hits[0].id]
    assert engine.similar("tool", 404) == []


def test_the_fusion_can_be_chosen(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    how = fusion.chosen("convex", meaning_weight=0.0)
    hits = SearchEngine(shelf, tmp_path, HashingEmbedder, how).search(Query("telephone"))
    assert hits[0].id == 3
    assert {hit.score for hit in hits[1:]} == {0.0}
    how = fusion.chosen("rrf", k=10)
    hits = SearchEngine(shelf, tmp_path, HashingEmbedder, how).search(Query("rotas for wards"))
    assert hits[0].parts == (("meaning", 1 / 11), ("words", 1 / 11))


def test_what_one_index_found_is_held_against_the_other(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    engine = SearchEngine(shelf, tmp_path, HashingEmbedder, floor=0.3)
    asked = Query("telephone letters")
    whole = engine.search(asked, 4)
    assert {hit.title: [name for name, _ in hit.parts] for hit in whole} == {
        "Scribewell": ["meaning", "words"],
        "Callbot": ["meaning", "words"],
        "Board paper": ["meaning", "words"],
    }
    monkeypatch.setattr("search.engine.CANDIDATES", 1)
    assert engine.search(asked, 1) == whole[:1]


def test_ranks_are_of_what_each_index_found_itself(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    how = fusion.chosen("rrf")
    engine = SearchEngine(shelf, tmp_path, HashingEmbedder, how, floor=0.6)
    hits = engine.search(Query("telephone letters"), 4)
    assert {name for hit in hits for name, _ in hit.parts} == {"words"}


def test_the_passage_is_that_of_the_greater_part(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(5, "Longview", "Letters and telephones. " + "Books appointments. " * 3)
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    asked = Query("books appointments by telephone")
    for weight, name in ((1.0, "meaning"), (0.0, "words")):
        how = fusion.chosen("convex", meaning_weight=weight)
        hits = SearchEngine(shelf, tmp_path, HashingEmbedder, how).search(asked)
        hit = next(hit for hit in hits if hit.title == "Longview")
        assert hit.passage == "Books appointments."
        assert max(hit.parts, key=lambda part: part[1])[0] == name


def test_more_passages_do_not_raise_a_tool(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path / "before").refresh()
    asked = Query("plans rotas")
    before = SearchEngine(shelf, tmp_path / "before", HashingEmbedder).search(asked)
    told_again = "Plans rotas for wards. Predicts demand for shifts. "
    shelf.put(1, "Rotaflow", told_again * 20 + "Was shown at a fair. Has a blue logo. " * 20)
    Indexer(shelf, HashingEmbedder(), tmp_path / "after").refresh()
    after = SearchEngine(shelf, tmp_path / "after", HashingEmbedder).search(asked)
    assert [hit.title for hit in after] == [hit.title for hit in before]
    assert meaning(after[0]) == pytest.approx(meaning(before[0]))
    assert after[0].passage == "Plans rotas for wards."


def meaning(hit: Hit) -> float:
    return dict(hit.parts)["meaning"]


# Any text is a query.


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "?!", "the", "it is of the", '"rotas', "AND OR NOT", "id:1", "a*", "[x TO"),
        *("\x00", "\ud800", "rota " * 100_000, "\u202e\u200b", "\U0001f6cf\ufe0f"),
        *("NEAR/3", "'; drop table", "\\"),
    ],
)
def test_no_query_is_an_error(engine: SearchEngine, typed: str) -> None:
    assert len(engine.search(Query(typed))) <= 4
    assert len(engine.words(Query(typed))) <= 3


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=80), limit=st.integers(-1, 5))
def test_no_text_is_an_error_and_answers_keep_their_limit(
    engine: SearchEngine, typed: str, limit: int
) -> None:
    hits = engine.search(Query(typed), limit=limit)
    assert len(hits) <= max(limit, 0)
    assert [-hit.score for hit in hits] == sorted(-hit.score for hit in hits)
    assert engine.search(Query(typed), limit=limit) == hits


# Without a model, without an index, with the wrong one.


def test_without_the_model_words_are_searched_and_it_says_so(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    engine = SearchEngine(shelf, tmp_path, refuse)
    assert [hit.id for hit in engine.search(Query("telephone"))] == [3]
    assert engine.state() == "The model is missing. Install it."
    assert engine.warm() == "The model is missing. Install it."


def test_a_model_that_was_refused_is_tried_again_when_asked_to_warm(
    shelf: Shelf, tmp_path: Path
) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    turns = iter([refuse, HashingEmbedder])

    def take_turns() -> Embedder:
        return next(turns)()

    engine = SearchEngine(shelf, tmp_path, take_turns)
    assert engine.warm() != ""
    assert len(engine.search(Query("telephone"))) == 1
    assert engine.warm() == ""
    assert len(engine.search(Query("telephone"))) == 4


def test_before_the_first_refresh_nothing_is_found_and_it_says_so(
    shelf: Shelf, tmp_path: Path
) -> None:
    engine = SearchEngine(shelf, tmp_path, HashingEmbedder)
    assert engine.search(Query("rotas")) == []
    assert engine.words(Query("rotas")).tolist() == []
    assert engine.similar("tool", 1) == []
    assert engine.warm() == "There is no search index yet. Run 'horizon index refresh'."


def test_an_index_of_another_model_is_not_asked(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder("other"), tmp_path).refresh()
    engine = SearchEngine(shelf, tmp_path, HashingEmbedder)
    assert len(engine.search(Query("telephone"))) == 1
    assert "of another model, other." in engine.warm()


def test_an_index_without_meaning_says_so(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, None, tmp_path).refresh()
    engine = SearchEngine(shelf, tmp_path, HashingEmbedder)
    assert len(engine.search(Query("telephone"))) == 1
    assert "Meaning is not indexed yet." in engine.warm()


def test_a_damaged_index_is_not_asked_until_it_is_made_anew(shelf: Shelf, tmp_path: Path) -> None:
    index = Indexer(shelf, HashingEmbedder(), tmp_path)
    index.refresh()
    (vectors,) = tmp_path.rglob("vectors.faiss")
    vectors.write_bytes(vectors.read_bytes()[:-1] + b"?")
    engine = SearchEngine(shelf, tmp_path, HashingEmbedder)
    assert [hit.id for hit in engine.search(Query("telephone"))] == [3]
    assert "The index of meaning is damaged" in engine.state()
    index.refresh()
    assert len(engine.search(Query("telephone"))) == 4
    assert engine.state() == ""


def test_words_answer_while_another_thread_loads_the_model(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    loading, go_on = threading.Event(), threading.Event()

    def slowly() -> Embedder:
        loading.set()
        assert go_on.wait(10)
        return HashingEmbedder()

    engine = SearchEngine(shelf, tmp_path, slowly)
    warming = threading.Thread(target=engine.warm)
    warming.start()
    assert loading.wait(10)
    assert len(engine.search(Query("telephone"))) == 1
    go_on.set()
    warming.join()
    assert len(engine.search(Query("telephone"))) == 4


# Staying in step.


def test_a_newer_generation_is_picked_up(
    engine: SearchEngine, shelf: Shelf, tmp_path: Path
) -> None:
    assert engine.words(Query("theatres")).tolist() == []
    for number in range(3):  # More than once, so that the first generation is cleared away.
        shelf.put(4, "Theatreplan", f"Plans {number} theatres.")
        Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    assert engine.words(Query("theatres")).tolist() == [4]
    assert engine.search(Query("theatres"))[0].passage == "Plans 2 theatres."


def test_what_left_the_catalogue_since_is_left_out(engine: SearchEngine, shelf: Shelf) -> None:
    shelf.take(3)
    shelf.refresh()
    assert {hit.title for hit in engine.search(Query("telephone"), limit=3)} == {
        "Rotaflow",
        "Scribewell",
        "Board paper",
    }


def test_readers_and_a_writer_do_not_disturb_each_other(shelf: Shelf, tmp_path: Path) -> None:
    Indexer(shelf, HashingEmbedder(), tmp_path).refresh()
    engine = SearchEngine(shelf, tmp_path, HashingEmbedder)
    assert engine.warm() == ""
    said: set[str] = set()
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            assert engine.search(Query("letters"))
            said.add(engine.state())

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    writing = Indexer(shelf, HashingEmbedder(), tmp_path)
    for number in range(15):
        shelf.put(4, "Theatreplan", f"Plans {number} theatres.")
        writing.refresh()
    done.set()
    for reader in readers:
        reader.join()
    assert said == {""}


def test_importing_the_engine_brings_no_model_library() -> None:
    script = (
        "import sys, search.engine, search.indexer, search.model; "
        "print(sorted({'torch', 'sentence_transformers', 'transformers', 'onnxruntime', "
        "'tokenizers', 'scrapy', 'textual'} & set(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"


# Queries that say what must and must not stand.


def test_phrases_and_minus_narrow_words_and_meaning_alike(engine: SearchEngine) -> None:
    assert [hit.id for hit in engine.search(Query("rotas", ("rotas for wards",)))] == [1]
    assert 1 not in [hit.id for hit in engine.search(Query("rotas", without=("wards",)))]
    assert engine.words(Query("rotas", without=("shifts",))).tolist() == []
    assert engine.words(Query(phrases=("predicts demand",))).tolist() == [1]


def test_tools_without_a_word_can_be_told(engine: SearchEngine) -> None:
    without = engine.without(["rotas"])
    assert without is not None
    assert without.tolist() == [2, 3]


def test_what_was_taken_for_what_is_told(engine: SearchEngine) -> None:
    assert engine.meant(Query("telephone letters")) == []
    assert engine.meant(Query("telephne letters")) == [("telephne", "telephone")]
