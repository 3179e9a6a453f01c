"""Which organisation, and which tool, is the same one."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue import identity
from catalogue.database import Database
from catalogue.drafts import ToolDraft
from catalogue.models import Identifier, Organisation, Tool, ToolName
from tests.builders import DAY, make_organisation
from tests.catalogue.visits import tool as drafted

HOME = "https://www.quill.example/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.quill.example/Scribe/?ref=1#top", "quill.example/Scribe"),
        ("http://quill.example/Scribe", "quill.example/Scribe"),
        ("http://quill.example", "quill.example"),
        ("", ""),
    ],
)
def test_two_addresses_of_one_page_are_equal(url: str, expected: str) -> None:
    assert identity.address(url) == expected


def supplier(session: Session, name: str = "Quill Ltd", **known: object) -> Organisation:
    return identity.organisation(session, name, kind="supplier", now=DAY, **known)  # type: ignore[arg-type] # keywords as given


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ({"name": "Quill Ltd"}, {"name": "QUILL Limited"}),
        (
            {"name": "Quill Ltd", "identifiers": [("GB-COH", "01234567")]},
            {"name": "Quillon Hythe", "identifiers": [("GB-COH", "01234567")]},
        ),
        ({"name": "Quill Ltd", "homepage": HOME}, {"name": "Quillon", "homepage": f"{HOME}about"}),
    ],
    ids=["name", "company number", "domain"],
)
def test_one_organisation(
    database: Database, first: dict[str, object], again: dict[str, object]
) -> None:
    with database.write() as session:
        one = supplier(session, **first)  # type: ignore[arg-type] # keywords as given
        assert supplier(session, **again).id == one.id  # type: ignore[arg-type] # as above


def test_an_identifier_outweighs_a_name(database: Database) -> None:
    with database.write() as session:
        numbered = supplier(session, "Quill Ltd", identifiers=[("GB-COH", "01234567")])
        named = supplier(session, "Inkwell Ltd")
        found = supplier(session, "Inkwell Ltd", identifiers=[("GB-COH", "01234567")])
        assert found.id == numbered.id != named.id


def test_a_network_does_not_own_its_domain(database: Database) -> None:
    with database.write() as session:
        identity.organisation(session, "AHSN", kind="network", homepage=HOME, now=DAY)
        assert session.scalar(select(func.count(Identifier.id))) == 0
        assert supplier(session, "Quill Ltd", homepage=HOME).name == "Quill Ltd"


def test_an_identifier_belongs_to_one_organisation(database: Database) -> None:
    with database.write() as session:
        supplier(session, "Quill Ltd", identifiers=[("GB-COH", "01234567")])
        supplier(session, "Quill", identifiers=[("GB-COH", "01234567"), ("VAT", "GB1")])
        owners = session.scalars(select(Identifier.organisation_id).distinct()).all()
        assert len(owners) == 1


@pytest.mark.parametrize("names", [("Vale ICB", "The Vale ICB"), ("The Vale ICB", "Vale ICB")])
def test_the_longest_spelling_is_kept_in_either_order(
    database: Database, names: tuple[str, str]
) -> None:
    with database.write() as session:
        for name in names:
            found = identity.organisation(session, name, kind="buyer", now=DAY)
        assert found.name == "The Vale ICB"


def test_who_supplies_is_a_supplier_from_then_on(database: Database) -> None:
    with database.write() as session:
        identity.organisation(session, "Quill Ltd", kind="buyer", now=DAY)
        assert supplier(session, "Quill Ltd").kind == "supplier"
        assert identity.organisation(session, "Quill Ltd", kind="buyer", now=DAY).kind == "supplier"


def recognised(session: Session, draft: ToolDraft, by: str = "Quill Ltd") -> identity.Recognised:
    return identity.tool(session, draft, make_organisation(session, by), DAY)


SCRIBE = "http://www.quill.example/scribe"


def formerly(name: str, draft: ToolDraft) -> ToolDraft:
    return draft.model_copy(update={"former_names": (name,)})


@pytest.mark.parametrize(
    "again",
    [
        drafted("Quill Scribe", SCRIBE),
        drafted("QuillScribe", "http://www.quill.example/elsewhere"),
        drafted("Pen", "https://quill.example/scribe/?from=home"),
        formerly("Quill Scribe", drafted("Pen", "http://www.quill.example/pen")),
    ],
    ids=["again", "other spelling", "own page", "former name"],
)
def test_one_tool(database: Database, again: ToolDraft) -> None:
    with database.write() as session:
        first = recognised(session, drafted("Quill Scribe", SCRIBE))
        found = recognised(session, again)
        assert (first.new, found.new) == (True, False)
        assert found.tool.id == first.tool.id


def test_tools_of_one_name_by_two_suppliers_are_two(database: Database) -> None:
    with database.write() as session:
        recognised(session, drafted("Scribe", SCRIBE))
        found = recognised(session, drafted("Scribe", "http://www.pen.example/scribe"), "Pen Ltd")
        assert found.new
        assert session.scalar(select(func.count(Tool.id))) == 2


def test_only_names_that_were_not_known_are_new(database: Database) -> None:
    with database.write() as session:
        draft = formerly("Quill Scribe", drafted("Pen", SCRIBE))
        assert recognised(session, draft).new_names == ("Pen", "Quill Scribe")
        assert recognised(session, draft).new_names == ()
        assert recognised(session, drafted("PEN", SCRIBE)).new_names == ()
        kinds = session.scalars(select(ToolName.kind).order_by(ToolName.kind)).all()
        assert kinds == ["homepage", "name", "name"]
