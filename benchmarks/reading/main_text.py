"""How well the main text of real article pages is found, beside trafilatura alone.

The pages are those of the article-extraction benchmark of Scrapinghub, with the text that a
person marked; the score is the mean F1 over shingles of four words, as that benchmark counts.
Run it with the folder that holds `html/` and `ground-truth.json`:

    python -m benchmarks.reading.main_text ../shared/real/article-extraction
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import trafilatura

from crawler.page import Page
from crawler.view.page_view import view_html

SHINGLE = 4


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """All runs of four words of a text, or the whole text when it is shorter."""
    words = re.findall(r"\w+", text)
    if len(words) < SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def score(found: str, wanted: str) -> tuple[float, float]:
    """Precision and recall of the found text."""
    ours, gold = shingles(found), shingles(wanted)
    shared = sum((ours & gold).values())
    precision = shared / ours.total() if ours else float(not gold)
    recall = shared / gold.total() if gold else float(not ours)
    return precision, recall


def ours(html: str) -> str:
    """The main text as this project reads it."""
    page = Page(
        "http://page.example/a/b", html.encode(), "text/html; charset=utf-8", datetime.now(UTC)
    )
    return view_html(page).text


def peer(html: str) -> str:
    """The main text by trafilatura with its defaults."""
    return trafilatura.extract(html) or ""


def peer_recall(html: str) -> str:
    """The main text by trafilatura, asked for recall."""
    return trafilatura.extract(html, favor_recall=True, include_comments=False) or ""


def main(folder: Path) -> None:
    """Print precision, recall, F1 and time of each way to read."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {
        path.name.split(".")[0]: gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        for path in sorted((folder / "html").glob("*.html.gz"))
    }
    pages = {name: html for name, html in pages.items() if name in truth}
    ways: tuple[Callable[[str], str], ...] = (ours, peer, peer_recall)
    print(f"{len(pages)} pages")
    for way in ways:
        started = time.process_time()
        scores = [score(way(html), truth[name]["articleBody"]) for name, html in pages.items()]
        spent = (time.process_time() - started) / len(pages) * 1000
        precision = sum(pair[0] for pair in scores) / len(scores)
        recall = sum(pair[1] for pair in scores) / len(scores)
        f1 = 2 * precision * recall / (precision + recall)
        print(f"{way.__name__:12} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  {spent:.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
