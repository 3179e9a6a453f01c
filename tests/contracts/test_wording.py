"""Nothing that Horizonscan says in its own words calls a tool, or anything of it, approved.

A place on a register, a certificate and a form are administrative facts. Our words are the texts in
the code that people see and the vocabularies; what pages say is quoted, and is theirs.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue.vocabularies import load

ROOT = Path(__file__).parents[2]
SAYING = re.compile(r"\b(?:NHS[- ])?approved\b", re.IGNORECASE)


def texts(path: Path) -> Iterator[str]:
    """The texts of a module that are no documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in documented:
            continue
        if isinstance(node.value, str):
            yield node.value


def modules() -> list[Path]:
    found = [
        path for part in ("catalogue", "tui", "search") for path in (ROOT / part).rglob("*.py")
    ]
    assert len(found) > 100
    return found


def test_no_text_of_the_code_says_approved() -> None:
    said = [
        (str(path.relative_to(ROOT)), text)
        for path in modules()
        for text in texts(path)
        if SAYING.search(text)
    ]
    assert said == []


def test_no_label_and_no_definition_says_approved() -> None:
    """Cues are not ours: they find what others say."""
    said = [
        (term.code, words)
        for vocabulary in load()
        for term in vocabulary
        for words in (term.label, term.definition)
        if SAYING.search(words)
    ]
    assert said == []


def test_screens_styles_and_templates_do_not_say_it() -> None:
    files = [
        path
        for part in ("catalogue", "tui", "crawler/sources")
        for path in (ROOT / part).rglob("*")
        if path.suffix in {".yml", ".tcss", ".toml", ".md"} and path.parent.name != "vocabularies"
    ]
    assert files
    for path in files:
        assert not SAYING.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("words", ["NHS approved", "is Approved by", "NHS-approved tool"])
def test_the_search_finds_what_it_looks_for(words: str) -> None:
    assert SAYING.search(words)
