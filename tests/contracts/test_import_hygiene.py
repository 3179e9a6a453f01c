"""What must not be imported where: the linter cannot see a deferred import, a process can."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("torch", "sentence_transformers", "faiss", "onnxruntime", "tantivy", "scrapy", "twisted")
SCREENS = ("textual",)
STORE = ("sqlalchemy", "alembic")

CASES = {
    "horizon --help": (
        (
            "import sys; sys.argv = ['horizon', '--help']\n"
            "from tui.cli.main import main\n"
            "try: main()\n"
            "except SystemExit: pass"
        ),
        (*HEAVY, *SCREENS, *STORE, "pydantic"),
    ),
    "the app's module": ("import tui.app", (*HEAVY, *STORE, "pydantic")),
    "the catalogue": (
        "import catalogue.ingest, catalogue.shelf, catalogue.queries.detail",
        (*HEAVY, *SCREENS, "click"),
    ),
    "the search engine": (
        "import search.engine, search.indexer, search.model",
        ("torch", "sentence_transformers", "transformers", "scrapy", "textual", "sqlalchemy"),
    ),
    "a crawl, whose reader is a process of its own": (
        "import crawler.runner",
        ("trafilatura", "extruct", "htmldate", "pypdfium2", "keyring", "torch", "textual"),
    ),
    "the extractors": (
        "import crawler.extractors, crawler.reading",
        ("scrapy", "twisted", "sqlalchemy", "textual", "torch"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_nothing_heavy_comes_along(name: str) -> None:
    code, unwanted = CASES[name]
    probe = f"{code}\nimport sys\nprint('LOADED', *sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert loaded & set(unwanted) == set()
