"""docs/adding-a-source.md cannot drift: its tables are made from the models."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue import docstrings
from crawler import reference
from crawler.archetypes import ARCHETYPES
from crawler.extractors import EXTRACTORS

PAGE = Path(__file__).parents[2] / "docs" / "adding-a-source.md"


def test_the_page_says_what_the_models_say() -> None:
    page = PAGE.read_text(encoding="utf-8")
    remade = reference.refreshed(page)
    assert page == remade, "run: python -m crawler.reference docs/adding-a-source.md"
    for name in ("source keys", "archetypes", "extractors"):
        assert f"<!-- generated: {name} -->" in page


@pytest.mark.parametrize("name", ARCHETYPES)
def test_every_option_has_a_meaning(name: str) -> None:
    model = ARCHETYPES[name]
    assert model.__doc__
    meant = docstrings.of_fields(model)
    for option in model.model_fields:
        assert option == "archetype" or meant[option], f"{name}.{option} has no docstring"


def test_every_key_and_extractor_has_a_meaning() -> None:
    for row in reference.source_keys().splitlines()[2:]:
        assert row.split("|")[3].strip(), row
    assert all(run.__doc__ for run in EXTRACTORS.values())


def test_a_table_has_the_default_and_the_choices() -> None:
    table = reference.source_keys()
    assert (
        "| `publisher.kind` | `supplier` | What they are to the market. One of `supplier`," in table
    )
    assert "| `publisher.name` | must be given |" in table


def test_refreshing_keeps_what_people_wrote(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Before.\n\n<!-- generated: source keys -->\nXYZ\n<!-- end -->\n\nAfter.\n")
    reference.main([str(page)])
    text = page.read_text()
    assert text.startswith("Before.\n\n<!-- generated")
    assert text.endswith("<!-- end -->\n\nAfter.\n")
    assert "`publisher.name`" in text
    assert "XYZ" not in text
    with pytest.raises(KeyError):
        reference.refreshed("<!-- generated: nothing -->\n<!-- end -->")
