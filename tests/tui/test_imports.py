from __future__ import annotations

import json
import subprocess
import sys

SLOW = ("sqlalchemy", "alembic", "scrapy", "torch", "faiss", "tantivy", "onnxruntime", "numpy",
        "sentence_transformers", "pydantic", "trafilatura", "click", "yaml")  # fmt: skip


def test_the_first_paint_imports_nothing_slow() -> None:
    code = (
        "import json, sys; import tui.app; "
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = set(json.loads(run.stdout))
    assert "textual" in loaded
    assert loaded.isdisjoint(SLOW)


def test_screens_know_the_services_by_their_protocol_only() -> None:
    code = (
        "import sys; import tui.app; "
        "bad = [n for n in sys.modules if n.startswith(('catalogue.', 'search.', 'crawler.')) "
        "and n not in ('catalogue.rows', 'catalogue.said_rows', 'catalogue.errors', "
        "'catalogue.text', 'catalogue.hits', 'catalogue.completion', 'catalogue.query', "
        "'catalogue.fields', 'catalogue.filters', "
        "'catalogue.vocabularies', 'catalogue.vocabularies.term')]; print(bad)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert run.stdout.strip() == "[]"
