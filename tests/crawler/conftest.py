"""Fixtures of the crawler's tests."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.small_site import SmallSite

ROOT = Path(__file__).parents[2]

Order = dict[str, Any]
Result = dict[str, Any]


def source(site: SmallSite | str, name: str = "rota", **options: object) -> dict[str, Any]:
    """A source over a small site."""
    url = site if isinstance(site, str) else site.root
    return {
        "name": name,
        "publisher": {"name": "Rota Ltd"},
        "walk": {"archetype": "site", "url": url, **options},
    }


def crawl_once(home: Path, sources: list[dict[str, Any]], **order: object) -> Result:
    """Crawl in a process of its own, with the fakes of `tests.crawler.fakes`."""
    crawl = {"delay": 0.0, "timeout": 5.0, **dict(order.pop("crawl", {}))}  # type: ignore[call-overload]  # a dict, by use
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.crawler.drive"],
        input=json.dumps(
            {"settings": {"home": str(home), "crawl": crawl}, "sources": sources, **order}
        ),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr, done.stderr
    result: Result = json.loads(done.stdout)
    return result


Crawl = Callable[..., Result]


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    """`crawl_once` in a fresh home."""
    return lambda sources, **order: crawl_once(tmp_path, sources, **order)
