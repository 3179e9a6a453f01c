"""The stamp of what reads pages: it changes with everything that a reading depends on."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.page import ReadRequest
from crawler.source import DEFAULT_PACK, Source, load_sources, source_defined
from crawler.stamp import CODE, stamp

ROOT = Path(__file__).parents[2]
ASKED = ReadRequest(("json_ld",), "Rota Ltd", "VOICE_SUPPLIER", "http://www.rota.example/")

NOT_READING = {
    "catalogue.errors",
    "catalogue.frontier",
    "catalogue.listed_document",
    "crawler.robots",
    "crawler.sitemap",
    "crawler.warc",
}
"""What the code that reads imports, and what it says of a page does not depend on."""


@pytest.mark.parametrize(
    "change",
    [
        {"extractors": ("json_ld", "news")},
        {"publisher": "Rota plc"},
        {"voice": "VOICE_PRESS"},
        {"site": "http://www.other.example/"},
        {"options": {"registry": "A registry"}},
    ],
)
def test_it_changes_with_what_is_asked(change: dict[str, object]) -> None:
    assert stamp("site", replace(ASKED, **change)) != stamp("site", ASKED)  # type: ignore[arg-type]  # one field each


def test_it_is_the_same_for_every_page_of_a_source() -> None:
    assert stamp("site", replace(ASKED, known_text_sha="f00")) == stamp("site", ASKED)
    assert stamp("feed", ASKED) != stamp("site", ASKED)


def _covered(module: str) -> bool:
    part, _, rest = module.partition(".")
    name = rest.partition(".")[0]
    return name in CODE[part] or f"{name}.py" in CODE[part]


def _at_run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a module without what only a checker of types sees."""
    if isinstance(tree, ast.If) and ast.unparse(tree.test) == "TYPE_CHECKING":
        return
    yield tree
    for node in ast.iter_child_nodes(tree):
        yield from _at_run_time(node)


def _imported() -> Iterator[str]:
    """Modules of the project that the covered code imports."""
    for part, names in CODE.items():
        for path in (ROOT / part / name for name in names):
            for file in path.glob("*.py") if path.is_dir() else [path]:
                for node in _at_run_time(ast.parse(file.read_text(encoding="utf-8"))):
                    if isinstance(node, ast.ImportFrom) and node.module in CODE:
                        yield from (f"{node.module}.{one.name}" for one in node.names)
                    elif isinstance(node, ast.ImportFrom) and node.module:
                        yield node.module


def test_it_covers_all_modules_that_the_code_imports_which_reads() -> None:
    ours = {module for module in _imported() if module.partition(".")[0] in CODE}
    assert len(ours) > 20
    assert {module for module in ours if not _covered(module)} - NOT_READING == set()


@pytest.mark.parametrize("source", load_sources(DEFAULT_PACK), ids=lambda source: source.name)
def test_a_source_is_found_again_in_what_the_catalogue_keeps(source: Source) -> None:
    record = source.record()
    again = source_defined(record.definition)
    assert again.record() == record
