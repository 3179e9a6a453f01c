"""`horizon evaluate screening` simulates a reviewer over a table of decided records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from catalogue.errors import ModelError
from search import model
from search.embedder import Embedder
from tests.search.shelf import HashingEmbedder
from tests.tui.cli.conftest import Ended

Run = Callable[..., Ended]

RECORDS = [
    (f"{'Rotas' if at % 4 == 0 else 'Scans'} in ward {at}", "An abstract.", at % 4 == 0)
    for at in range(24)
]


@pytest.fixture(autouse=True)
def hashing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were embedded."""
    embedder = HashingEmbedder()

    def load(*_: object) -> Embedder:
        return embedder

    monkeypatch.setattr(model, "load", load)
    return embedder.seen


@pytest.fixture
def table(tmp_path: Path) -> str:
    rows = ["Title,Abstract,Label_Included"]
    rows += [f"{title},{abstract},{int(label)}" for title, abstract, label in RECORDS]
    path = tmp_path / "review.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return str(path)


def test_measures_each_seed_and_their_mean(horizon: Run, table: str) -> None:
    answer = horizon("evaluate", "screening", table, "--seeds", "2", "--json").data
    assert (answer["records"], answer["relevant"], answer["undecided"]) == (24, 6, 0)
    assert answer["meaning"] is True
    assert [one["seed"] for one in answer["seeds"]] == [0, 1]
    for one in (*answer["seeds"], answer["mean"]):
        # The five others are read first, of 22.
        assert one["work_saved"] == pytest.approx(17 / 22 - 0.05)
        assert one["average_time"] == pytest.approx(3 / 22)
        assert one["recall_10"] == pytest.approx(2 / 5)
        assert one["recall_25"] == one["held"] == 1
        assert one["seconds"] > 0
    assert "Screening: 48 of 48" in horizon("evaluate", "screening", table, "--seeds", "2").err


def test_begins_with_a_question(horizon: Run, table: str, hashing: list[str]) -> None:
    ended = horizon(
        "evaluate", "screening", table, "--seeds", "1", "--question", "Rotas?", "--json"
    )
    assert ended.data["seeds"][0]["average_time"] == pytest.approx(3.5 / 24)
    assert hashing[-1] == "Rotas?"


def test_draws_at_random_when_asked(horizon: Run, table: str) -> None:
    run = ("evaluate", "screening", table, "--seeds", "1", "--json")
    drawn = horizon(*run, "--random-every", "2").data["mean"]
    assert drawn["average_time"] > horizon(*run).data["mean"]["average_time"]


def test_prints_a_row_for_each_seed(horizon: Run, table: str) -> None:
    lines = horizon("evaluate", "screening", table, "--seeds", "2").out.splitlines()
    assert lines[0] == "24 records, 6 relevant; by words and meaning"
    assert lines[2].split() == (
        [
            "seed",
            "WSS@95",
            "ATD",
            "recall@10%",
            "recall@25%",
            "stop",
            "after",
            "recall",
            "then",
            "bound",
            "held",
        ]
    )
    assert [line.split()[:3] for line in lines[3:6]] == [
        [name, "0.723", "0.136"] for name in ("0", "1", "mean")
    ]
    assert lines[-1].startswith("A ranking takes ")


def test_judges_words_alone_without_a_model(
    horizon: Run, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> Embedder:
        raise ModelError("There is no model here.")

    monkeypatch.setattr(model, "load", missing)
    ended = horizon("evaluate", "screening", table, "--seeds", "1")
    assert ended.out.startswith("24 records, 6 relevant; by words alone")
    assert "There is no model here. Records are ranked by words alone." in ended.err


def test_a_wrong_table_is_told_before_anything_is_read(
    horizon: Run, tmp_path: Path, hashing: list[str]
) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text("title,abstract,verdict\na,b,1\n", encoding="utf-8")
    ended = horizon("evaluate", "screening", str(path))
    assert ended.code == 4
    assert "has no column of label. Its columns: 'title', 'abstract', 'verdict'." in ended.err
    assert not hashing
