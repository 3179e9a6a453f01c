"""A small judged collection in the layout of BEIR."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

TEXTS = (
    {
        "_id": "rota",
        "title": "Rota planning",
        "text": "Fills the shifts of a ward.",
        "metadata": {},
    },
    {"_id": "scribe", "title": "Scribe", "text": "Writes clinic letters from speech."},
    {"_id": 7, "title": None, "text": "Answers the telephone of a practice."},
)
QUERIES = (
    {"_id": "q1", "text": 'who fills the shifts -of: a "ward'},
    {"_id": "q2", "text": "letters"},
    {"_id": 3, "text": "telephone"},
    {"_id": "unjudged", "text": "anything"},
)
JUDGED = (("q1", "rota", 2), ("q1", "scribe", 0), ("q2", "scribe", 1), (3, 7, 1))


def written(
    folder: Path,
    *,
    texts: Sequence[Mapping[str, object]] = TEXTS,
    queries: Sequence[Mapping[str, object]] = QUERIES,
    judged: Sequence[tuple[object, ...]] = JUDGED,
    qrels: str = "qrels/test.tsv",
) -> Path:
    """Write a collection into a folder, and return it."""
    (folder / qrels).parent.mkdir(parents=True, exist_ok=True)
    for name, lines in (("corpus.jsonl", texts), ("queries.jsonl", queries)):
        (folder / name).write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    rows = [("query-id", "corpus-id", "score"), *judged]
    (folder / qrels).write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), "utf-8")
    return folder
