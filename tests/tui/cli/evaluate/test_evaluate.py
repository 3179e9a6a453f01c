"""`horizon evaluate tags`, `scope` and `claims` judge the product's own reading."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from catalogue.errors import ModelError
from search.embedder import Embedder
from tests.search.shelf import HashingEmbedder
from tests.tui.cli.conftest import Ended
from tui.live import Live

Run = Callable[..., Ended]


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: Live) -> Embedder:
        raise ModelError("There is no model here.")

    monkeypatch.setattr(Live, "embedder", missing)


ROTA = {
    "title": "Staff rostering at a district hospital",
    "text": "Rota planning and rostering software fills the shifts.",
    "use_cases": ["UC_SCHED_ROTA"],
    "settings": [],
}
SCAN = {"title": "Scans", "text": "The AI detects cancer on CT scans.", "is_clinical": True}
BOOK = {"title": "Booking", "text": "Patients book appointments.", "is_clinical": False}


def labelled(folder: Path, *lines: Mapping[str, object]) -> str:
    path = folder / "labelled.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def test_scores_tags_overall_and_per_label(horizon: Run, tmp_path: Path) -> None:
    ended = horizon("evaluate", "tags", labelled(tmp_path, ROTA), "--json")
    assert ended.code == 0
    answer = json.loads(ended.out)
    assert answer["lines"] == 1
    assert answer["labels"]["use_cases"]["UC_SCHED_ROTA"]["tp"] == 1
    assert answer["overall"]["use_cases"]["recall"] == 1
    assert "misses" not in answer


def test_lists_misses_with_their_line_when_asked(horizon: Run, tmp_path: Path) -> None:
    missed = {**ROTA, "text": "", "title": "Nothing", "settings": ["SET_PRIMARY"]}
    path = labelled(tmp_path, ROTA, missed)
    answer = json.loads(horizon("evaluate", "tags", path, "--json", "--misses").out)
    of_second = {(one["kind"], one["label"]) for one in answer["misses"] if one["line"] == 2}
    assert of_second == {("missed", "UC_SCHED_ROTA"), ("missed", "SET_PRIMARY")}
    assert "SET_PRIMARY" in horizon("evaluate", "tags", path, "--misses").out


def test_without_a_model_words_alone_are_judged_and_that_is_said(
    horizon: Run, tmp_path: Path
) -> None:
    ended = horizon("evaluate", "tags", labelled(tmp_path, ROTA))
    assert "There is no model here. Tags are suggested from words alone." in ended.err


def test_meaning_is_judged_with_the_words(
    horizon: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Live, "embedder", lambda _: HashingEmbedder())
    line = {**ROTA, "use_cases": [], "title": "Plans shifts", "text": "Shift planning, rota"}
    ended = horizon("evaluate", "tags", labelled(tmp_path, line), "--json", "--misses")
    reasons = [one["text"] for one in json.loads(ended.out)["misses"]]
    assert any("near in meaning to" in why for why in reasons)
    assert ended.err == ""


def test_an_unknown_code_is_told_with_line_and_nearest(horizon: Run, tmp_path: Path) -> None:
    path = labelled(tmp_path, ROTA, {**ROTA, "use_cases": ["UC_SCHED_ROTAS"]})
    ended = horizon("evaluate", "tags", path)
    assert ended.code == 4
    assert "line 2" in ended.err
    assert "Did you mean 'UC_SCHED_ROTA'" in ended.err


def test_scores_scope(horizon: Run, tmp_path: Path) -> None:
    wrong = {**BOOK, "is_clinical": True}
    path = labelled(tmp_path, SCAN, BOOK, wrong)
    answer = json.loads(horizon("evaluate", "scope", path, "--json", "--misses").out)
    clinical = answer["overall"]["clinical"]
    assert (clinical["tp"], clinical["fp"], clinical["fn"]) == (1, 0, 1)
    assert answer["figures"]["accuracy"] == 2 / 3
    assert [(one["line"], one["kind"]) for one in answer["misses"]] == [(3, "missed")]


def claims(text: str, *labels: object) -> dict[str, object]:
    return {"text": text, "claims": labels}


def test_scores_the_figures_of_claims_and_what_belongs_to_them(
    horizon: Run, tmp_path: Path
) -> None:
    path = labelled(
        tmp_path,
        claims(
            "It saves up to 2 hours a day.",
            {"value": 2, "unit": "hrs", "per": "day", "hedge": "up to"},
        ),
        claims(
            "It saves 5 minutes per letter.",
            {"value": 5, "unit": "min", "per": "day", "hedge": "about"},
        ),
        claims("It saves 5 minutes.", {"value": 7, "unit": "minutes"}),
        claims("Call 0113 496 0999."),
    )
    answer = json.loads(horizon("evaluate", "claims", path, "--json", "--misses").out)
    counts = {name: (one["tp"], one["fp"], one["fn"]) for name, one in answer["overall"].items()}
    assert counts == {
        "value": (2, 1, 1),
        "unit": (2, 1, 1),
        "per": (1, 1, 1),
        "hedge": (1, 0, 1),
        "hedge words": (1, 0, 1),
        "whole claim": (1, 2, 2),
    }
    assert answer["labels"]["value by unit"]["minutes"]["tp"] == 2
    assert [(one["line"], one["kind"]) for one in answer["misses"]] == [
        (2, "wrong"),
        (2, "missed"),
        (3, "missed"),
        (3, "wrong"),
    ]


def test_claims_may_be_words_beside_a_title_and_an_abstract(horizon: Run, tmp_path: Path) -> None:
    line = {
        "title": "No-shows cut by 63%",
        "abstract": "It cut no-shows by 63%.",
        "claims": ["63%"],
    }
    answer = json.loads(horizon("evaluate", "claims", labelled(tmp_path, line), "--json").out)
    assert answer["overall"]["whole claim"] == {
        **dict.fromkeys(("precision", "recall", "f1"), 1.0),
        "tp": 1,
        "fp": 0,
        "fn": 0,
    }


def test_a_value_that_is_no_figure_is_told_with_its_line(horizon: Run, tmp_path: Path) -> None:
    path = labelled(tmp_path, claims("It saves time.", {"value": "lots"}))
    ended = horizon("evaluate", "claims", path)
    assert ended.code == 4
    assert "line 1: There is no figure in the value 'lots'" in ended.err
