"""docs/searching.md and the help of search teach the fields that there are."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from catalogue.fields import FIELDS
from catalogue.query import read
from tests.tui.cli.conftest import Horizon
from tui.cli.find import search

PAGE = (Path(__file__).parents[3] / "docs" / "searching.md").read_text(encoding="utf-8")


def test_the_page_has_every_field_in_order_with_what_it_narrows_to() -> None:
    rows = [
        f"| `{one.name}:` | {one.help} | `{one.name}:{one.example}` |" for one in FIELDS.values()
    ]
    assert "\n".join(rows) in PAGE
    assert PAGE.count(":` | ") == len(rows)


def test_the_help_teaches_every_field(horizon: Horizon) -> None:
    shown = horizon("search", "--help").out
    for one in FIELDS.values():
        assert f"  {one.name}:{one.example}" in shown
        assert one.help in shown


@pytest.mark.parametrize("name", FIELDS)
def test_every_example_is_understood(name: str) -> None:
    assert read(f"{name}:{FIELDS[name].example}").filters.count()


def test_the_shell_is_offered_fields_and_values() -> None:
    (query, *_) = search.params
    offered = query.shell_complete(click.Context(search), "rota setting:prim")
    assert [one.value for one in offered] == ["rota setting:primary"]
