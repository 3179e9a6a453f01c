"""The walk to a table: one address, or one file."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from catalogue.frontier import Found
from crawler.archetypes import Listing, ListingError
from crawler.archetypes.table import Table

URL = "https://www.tables.example/tools.csv"
COLUMNS = {"name": "Product", "supplier": "Company"}


def table(**options: object) -> Table:
    return Table.model_validate({"columns": COLUMNS, **options})


def test_it_visits_the_one_address() -> None:
    walk = table(url=URL)

    assert walk.seeds() == (Found(URL, 0, "page"),)
    assert walk.hosts == {"www.tables.example"}
    assert walk.elsewhere("https://other.example/")
    with pytest.raises(ListingError):
        walk.leads(Listing(URL, b"", "text/csv"))


def test_a_file_is_known_by_its_address_and_has_no_host(tmp_path: Path) -> None:
    file = tmp_path / "my tools.csv"
    walk = table(file=str(file))

    assert walk.seeds() == (Found(file.as_uri(), 0, "page"),)
    assert walk.hosts == frozenset()
    assert Table.model_validate(walk.model_dump()) == walk


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "give url"),
        ({"url": "ftp://x.example/t.csv"}, "give url"),
        ({"file": "tools.csv"}, "from the root"),
        ({"file": "/t.csv", "url": URL}, "both given"),
        ({"url": URL, "columns": {}}, "at least 1 item"),
        ({"url": URL, "columns": {"supplier": "Company"}}, "must say"),
        ({"url": URL, "columns": {**COLUMNS, "use_cas": "For"}}, "Did you mean 'use_case'"),
        ({"url": URL, "rows_are": "supplier", "columns": COLUMNS}, "no field 'supplier'"),
        ({"url": URL, "rows_are": "listing", "columns": {"name": "x"}}, "registry is missing"),
        ({"url": URL, "rows_are": "tools"}, "'tool', 'supplier' or 'listing'"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        table(**options)
