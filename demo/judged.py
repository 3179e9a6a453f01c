"""The judged market: questions that people might ask of it, and the tools that answer them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml
from pydantic import Field

from demo.market import Page, Record, load_market

FILE: Final = Path(__file__).parent / "judged.yml"


class Question(Record):
    """A question, and how well tools answer it: 2 does what is asked, 1 helps with it."""

    ask: str
    answers: dict[str, int] = Field(min_length=1)


def questions() -> tuple[Question, ...]:
    """All questions, in the order of the file."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(Question.model_validate(one) for one in raw["queries"])


def texts() -> Iterator[tuple[str, str, str]]:
    """Name, title and words of every page of day 1: of a product page, the name is its tool's."""
    for host in load_market(1).values():
        for page in host.standing:
            name = page.tool.name if page.tool else f"{host.host}{page.path}"
            yield name, page.title, "\n".join(_words(page))


def _words(page: Page) -> Iterator[str]:
    if page.tool:
        yield from (page.tool.tagline, page.tool.summary)
        yield from (*page.tool.features, *page.tool.benefits)
        yield from (f"{label}: {fact}" for label, fact in page.tool.facts.items())
    yield from (page.description, page.body)
