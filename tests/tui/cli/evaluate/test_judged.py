from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.errors import HorizonError, NotFoundError
from tests.tui.cli.evaluate.collections import JUDGED, QUERIES, TEXTS, written
from tui.cli.evaluate.judged import read_collection
from tui.cli.evaluate.labelled import LabelledError


def test_a_collection_is_read_whole(tmp_path: Path) -> None:
    collection = read_collection(written(tmp_path))
    assert list(collection.texts) == ["rota", "scribe", "7"]
    assert collection.texts["7"].title == ""
    assert list(collection.queries) == ["q1", "q2", "3"]
    assert collection.judged["q1"] == {"rota": 2, "scribe": 0}
    assert collection.split == "test"
    assert list(collection.only(2).queries) == ["q1", "q2"]
    assert list(collection.only(None).queries) == ["q1", "q2", "3"]


def test_judgements_may_stand_in_one_file_alone_with_or_without_headings(tmp_path: Path) -> None:
    written(tmp_path, qrels="qrels.tsv")
    assert read_collection(tmp_path).split == ""
    path = tmp_path / "qrels.tsv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[1:]).replace("\n", "\r\n"))
    assert list(read_collection(tmp_path).queries) == ["q1", "q2", "3"]


def test_of_several_splits_test_is_taken_unless_another_is_named(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path, judged=JUDGED[:1], qrels="qrels/dev.tsv")
    written(tmp_path, judged=JUDGED[:1], qrels="qrels.tsv")
    assert read_collection(tmp_path).split == "test"
    assert list(read_collection(tmp_path, "dev").queries) == ["q1"]
    with pytest.raises(NotFoundError, match=r"no split 'dve'.*Did you mean 'dev'\?"):
        read_collection(tmp_path, "dve")


def test_where_none_of_several_splits_is_test_one_has_to_be_named(tmp_path: Path) -> None:
    written(tmp_path, qrels="qrels/dev.tsv")
    assert read_collection(tmp_path).split == "dev"
    written(tmp_path, qrels="qrels/train.tsv")
    with pytest.raises(NotFoundError, match=r"Name one with --split: dev, train\."):
        read_collection(tmp_path)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("corpus.jsonl", r"There is no .*corpus\.jsonl\."),
        ("queries.jsonl", r"There is no .*queries\.jsonl\."),
        ("qrels/test.tsv", "has no judgements"),
    ],
)
def test_a_missing_file_is_named(tmp_path: Path, missing: str, said: str) -> None:
    (written(tmp_path) / missing).unlink()
    with pytest.raises(NotFoundError, match=said):
        read_collection(tmp_path)


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        ([*JUDGED, ("q9", "rota", 1)], r"test\.tsv, line 6: queries\.jsonl has no query 'q9'"),
        ([*JUDGED, ("q1", "tora", 1)], r"test\.tsv, line 6: corpus\.jsonl has no text 'tora'"),
        ([*JUDGED, ("q1", "rota", 1)], r"line 6: query 'q1' and text 'rota' were judged otherwise"),
        ([*JUDGED, ("q1", "rota", "high")], r"line 6 is no judgement: 'q1\\trota\\thigh'"),
        ([*JUDGED, ("q1", "0", "rota", 1)], "line 6 is no judgement"),
        ([("q1", "rota", 0)], "judges no text relevant to any query"),
        ([], "judges no text relevant to any query"),
    ],
)
def test_a_wrong_judgement_is_named(
    tmp_path: Path, judged: list[tuple[object, ...]], said: str
) -> None:
    with pytest.raises(LabelledError, match=said):
        read_collection(written(tmp_path, judged=judged))


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("corpus.jsonl", "{", "corpus.jsonl, line 4 is not JSON"),
        ("corpus.jsonl", '{"_id": "x"}', "corpus.jsonl, line 4 has no 'text'"),
        ("corpus.jsonl", '{"id": "x", "text": ""}', "corpus.jsonl, line 4 has no '_id'"),
        ("corpus.jsonl", '{"_id": "rota", "text": ""}', "line 4: 'rota' stands there before"),
        ("queries.jsonl", '{"_id": "x", "text": 1}', "queries.jsonl, line 5, 'text'"),
        ("queries.jsonl", '{"_id": true, "text": ""}', "queries.jsonl, line 5, '_id'"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, name: str, line: str, said: str) -> None:
    with (written(tmp_path) / name).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(HorizonError, match=said):
        read_collection(tmp_path)


def test_judging_the_same_twice_is_no_error(tmp_path: Path) -> None:
    written(tmp_path, texts=TEXTS, queries=QUERIES, judged=[*JUDGED, JUDGED[0]])
    assert read_collection(tmp_path).judged["q1"]["rota"] == 2
