"""`horizon evaluate matching` judges the finding of duplicates."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.tui.cli.conftest import Ended

Run = Callable[..., Ended]

SAME = {
    "left": {"name": "Rota Plus", "supplier": "Wardshift"},
    "right": {"name": "RotaPlus", "supplier": None, "organisation": "Wardshift Ltd"},
    "same": True,
}
OTHER = {
    "left": {"name": "Scribe", "supplier": "Accurx", "text": "Writes notes."},
    "right": {"name": "Scribe", "supplier": "Heidi Health", "url": "ignored"},
    "same": False,
}
SELLERS = {
    "left": {"organisation": "X-on Health Ltd"},
    "right": {"supplier": "Xon Health"},
    "same": True,
}
EMPTY = {"left": {}, "right": {"text": "Nothing."}, "same": False}


def labelled(folder: Path, *lines: Mapping[str, object]) -> str:
    path = folder / "labelled.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def test_scores_pairs_of_tools_and_of_organisations(horizon: Run, tmp_path: Path) -> None:
    path = labelled(tmp_path, SAME, OTHER, SELLERS, EMPTY)
    answer = json.loads(horizon("evaluate", "matching", path, "--json").out)
    assert answer["lines"] == 4
    assert answer["overall"]["same"]["f1"] == 1
    assert answer["figures"] == {"accuracy": 1}
    assert {kind: score["tp"] for kind, score in answer["labels"]["by kind"].items()} == {
        "tools": 1,
        "organisations": 1,
    }


def test_lists_misses_with_the_parts_of_their_score(horizon: Run, tmp_path: Path) -> None:
    path = labelled(tmp_path, {**SAME, "same": False}, {**OTHER, "same": True})
    answer = json.loads(horizon("evaluate", "matching", path, "--json", "--misses").out)
    assert [(one["line"], one["kind"]) for one in answer["misses"]] == [(1, "wrong"), (2, "missed")]
    assert answer["misses"][0]["label"] == "Rota Plus by Wardshift / RotaPlus by Wardshift Ltd"
    assert "other supplier -" in answer["misses"][1]["text"]
    assert "other supplier" in horizon("evaluate", "matching", path, "--misses").out


def test_a_line_without_a_side_is_told(horizon: Run, tmp_path: Path) -> None:
    ended = horizon("evaluate", "matching", labelled(tmp_path, {"left": {}, "same": True}))
    assert ended.code == 4
    assert "line 1" in ended.err
    assert "'right'" in ended.err
