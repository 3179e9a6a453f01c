from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.clock import fixed_clock
from catalogue.corpus import Text, fill
from catalogue.database import Database
from catalogue.errors import CatalogueError
from catalogue.models import Document, Source
from catalogue.shelf import Shelf
from tests.builders import DAY, make_document

ROTA = Text("1", "Rota planning", "Fills shifts.")
LETTERS = Text("a/b?", "Letters", "Writes letters. \x1b[31mRed ones.")


def shelved(database: Database) -> dict[str, str]:
    """What can be found: bodies by title."""
    shelf = Shelf(database, fixed_clock(DAY))
    shelf.refresh()
    return {one.title: one.body for one in shelf.documents(shelf.ids())}


def test_texts_become_pages_that_can_be_found(database: Database) -> None:
    assert fill(database, [ROTA, LETTERS], DAY) == 2
    assert shelved(database) == {
        "Rota planning": "Rota planning. Fills shifts.",
        "Letters": "Letters. Writes letters. Red ones.",
    }


def test_filling_again_changes_what_differs_and_nothing_else(database: Database) -> None:
    fill(database, [ROTA, LETTERS], DAY)
    later = DAY + timedelta(days=1)
    assert fill(database, [ROTA, LETTERS], later) == 0
    assert fill(database, [Text("1", "Rota planning", "Fills all shifts.")], later) == 2
    assert shelved(database) == {"Rota planning": "Rota planning. Fills all shifts."}
    assert fill(database, [ROTA, LETTERS], later) == 2
    assert set(shelved(database)) == {"Rota planning", "Letters"}


def test_names_of_any_kind_have_addresses_of_their_own() -> None:
    names = ["a/b", "a%2Fb", "a b", "a?b", "\ud800", "\u00e9"]
    assert len({Text(name, "", "").url for name in names}) == len(names)


def test_a_catalogue_of_something_else_is_left_alone(database: Database) -> None:
    with database.write() as session:
        make_document(session)
    with pytest.raises(CatalogueError, match="Name another folder"):
        fill(database, [ROTA], DAY)
    with database.read() as session:
        assert session.scalar(select(Document.title)) == "Rotaflow Pro"
        assert session.scalars(select(Source.name)).all() == ["rotaflow"]
