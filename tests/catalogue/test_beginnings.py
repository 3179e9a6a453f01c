"""Beginnings: the documents that may name something are found without reading the others."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from catalogue.beginnings import LONGEST, beginnings, keep, naming
from catalogue.database import Database
from catalogue.mentions import candidates
from catalogue.models import Document, NameBeginning
from tests.builders import make_document, make_organisation
from tests.catalogue.visits import DAY_2, Site, claim, crawl, page, source

WORDS = st.sampled_from(
    [*("Rota", "rota", "RotaFlow", "Flow", "flow", "Quill's", "2"), *("Integrated", "Care", "and")]
)
TEXTS = st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=60)


@settings(deadline=None)
@given(TEXTS)
def test_every_name_that_a_text_can_give_has_its_beginning(text: str) -> None:
    kept = beginnings(Document(title="", text=text, drafts="[1]", kind="page"))
    for key in candidates(text):
        assert any(one.startswith(key[:LONGEST]) for one in kept)


def test_no_beginning_is_kept_that_a_longer_one_tells() -> None:
    text = "Rota Flow Pro is here. RotaFlow Pro was there."
    kept = beginnings(Document(title="", text=text, drafts="[1]", kind="page"))
    assert kept == {
        "rotaflowproisher",
        "rotaflowprowasth",
        "flowproishere",
        "proishere",
        "prowasthere",
    }


def test_a_document_without_anything_to_join_has_none() -> None:
    plain = Document(title="Rota", text="Rota", drafts="[]", kind="page")
    assert beginnings(plain) == frozenset()
    plain.kind = "news"
    assert beginnings(plain) == {"rota"}


def test_finds_names_however_they_are_written_and_no_other(database: Database) -> None:
    texts = (
        "We use Rota-Flow here.",
        "RotaFlow's makers say so.",
        "They rota, and flow.",
        "Rota Flowers",
        "An Integrated Care Copilot Of Ours.",
        "The Integrated Care Board.",
    )
    with database.write() as session:
        documents = [make_document(session, text=text, title="A page") for text in texts]
        for document in documents:
            document.drafts = "[1]"
            keep(session, document)
        numbers = [one.id for one in documents]
        assert list(naming(session, ["Rota Flow"])) == numbers[:2]
        assert list(naming(session, ["Integrated Care Copilot of Ours"])) == [numbers[4]]
        assert list(naming(session, ["Nothing Of The Kind"])) == []


def test_a_short_name_is_looked_for_where_its_supplier_is_named(database: Database) -> None:
    texts = ("Quillon Hythe has launched Scribe.", "A Scribe is a writer.", "Quillon Hythe grows.")
    with database.write() as session:
        maker = make_organisation(session, "Quillon Hythe Ltd").id
        documents = [make_document(session, text=text, title="A page") for text in texts]
        for document in documents:
            document.drafts = "[1]"
            keep(session, document)
        assert list(naming(session, [], [("Scribe", maker)])) == [documents[0].id]


def test_keeps_step_with_what_a_page_says(database: Database) -> None:
    url = "http://www.rotaflow.example/"
    said = claim("RotaFlow saves up to 2 hours a week.")
    crawl(database, Site(source(), {url: page("A", "RotaFlow and Scribe.", said)}))
    crawl(database, Site(source(), {url: page("B", "RotaFlow and Desk.", said)}), at=DAY_2)
    with database.write() as session:
        document = session.scalars(select(Document)).one()
        kept = set(session.scalars(select(NameBeginning.beginning)))
        assert kept == beginnings(document)
        session.execute(delete(NameBeginning))
        keep(session, document)
        assert set(session.scalars(select(NameBeginning.beginning))) == kept
