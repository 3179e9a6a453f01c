from __future__ import annotations

from datetime import date

import pytest

from catalogue.rows import Hit, Speaker
from tui.state import reasons

SAID = Speaker("Product", "Quill Ltd", "Supplier", date(2026, 11, 5))


def hit(passage: str = "", matched: tuple[str, ...] = (), **values: object) -> Hit:
    return Hit("tool", 1, "Quill", "http://a.example/", 0.031, passage, "http://a.example/p",
               matched=matched, **values)  # type: ignore[arg-type]  # fields of a hit  # fmt: skip


def test_a_claim_of_a_supplier_is_told_as_one() -> None:
    assert reasons.speaker(hit(speaker=SAID)) == "Supplier says, 5 Nov 2026"
    assert reasons.document(hit(speaker=SAID)) == "“Product”, Quill Ltd, http://a.example/p"


def test_a_passage_of_no_page_says_so() -> None:
    assert reasons.speaker(hit()) == "Not known who says"
    assert reasons.document(hit()) == "http://a.example/p"


@pytest.mark.parametrize(
    ("parts", "cosine", "told"),
    [
        (
            (("meaning", 0.0151), ("words", 0.0164)),
            0.614,
            "by words 0.016 + by meaning 0.015; cosine 0.61",
        ),
        ((("words", 0.0164),), None, "by words 0.016"),
        ((), None, ""),
    ],
)
def test_the_score_is_told_by_its_parts(
    parts: tuple[tuple[str, float], ...], cosine: float | None, told: str
) -> None:
    assert reasons.score(hit(parts=parts, cosine=cosine)) == told


def test_words_that_matched_are_set_off_and_parts_of_words_are_not() -> None:
    pieces = reasons.passage(hit("Rotas and rota planning, not rotatory.", ("Rotas", "rota")))
    assert [text for text, role in pieces if role == "match"] == ["Rotas", "rota"]
    assert "".join(text for text, _ in pieces) == "“Rotas and rota planning, not rotatory.”"


def test_a_long_passage_is_cut_so_that_what_matched_is_seen() -> None:
    words = "".join(text for text, _ in reasons.passage(hit("far " * 90 + "rota", ("rota",)), 100))
    assert words.startswith("“…far")
    assert words.endswith("rota”")
    assert len(words) <= 105
    start = "".join(text for text, _ in reasons.passage(hit("rota " + "far " * 90, ("rota",)), 100))
    assert start.startswith("“rota far")
    assert len(start) <= 105
