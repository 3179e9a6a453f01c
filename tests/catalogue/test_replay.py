"""Replay: the same bytes read otherwise change what is known, and tell nothing of the market."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from catalogue.clock import fixed_clock
from catalogue.database import Database, copy
from catalogue.drafts import AnyDraft, LeadDraft, ListingDraft, Origin, Reading
from catalogue.errors import NotFoundError
from catalogue.frontier import Frontier
from catalogue.ingest import Ingestor, Outcome
from catalogue.models import (
    Claim,
    Deployment,
    Document,
    Lead,
    Listing,
    Ruling,
    Signal,
    Snapshot,
    Statement,
    Tag,
    Tool,
)
from catalogue.queries.check import check
from catalogue.queries.fingerprint import fingerprint
from catalogue.replay import Replay, Reread
from catalogue.review.rulings import Decision, Rulings
from tests.catalogue.visits import (
    DAY_1,
    DAY_2,
    Site,
    claim,
    crawl,
    deployment,
    page,
    quoted,
    source,
    tool,
    visit_of,
)

DAY_3 = datetime(2026, 12, 5, 9, tzinfo=UTC)
ROTA = "http://www.rotaflow.example/products/rota"
SAVES = "RotaFlow saves up to 2 hours a week."
PILOT = "Tallow Vale ICB is piloting RotaFlow."
OLD, NEW = Origin(reader="old"), Origin(reader="new")


def read(text: str, *drafts: AnyDraft, by: Origin = OLD, title: str = "RotaFlow") -> Reading:
    """A page whose chosen text is the same whoever reads it."""
    same = page(title, text)
    return same.model_copy(update={"drafts": drafts, "origin": by})


def rota(by: Origin = OLD, text: str = SAVES, **values: str) -> Reading:
    return read(text, tool("RotaFlow", ROTA, **values), claim(SAVES), by=by)


def supplier(reading: Reading) -> Site:
    return Site(source(), {ROTA: reading})


def replay(
    database: Database, url: str, *readings: Reading | None, dry: bool = False
) -> Reread | None:
    door = Replay(database)
    (number,) = door.documents(door.source_of(url), url=url)
    return door.store(door.kept(number), readings, dry=dry)


def values(database: Database, name: str) -> dict[str, str]:
    """The current values of a property, each with what read it."""
    with database.read() as session:
        rows = session.execute(
            select(Statement.value, Statement.extractor)
            .join(Document, Document.id == Statement.document_id)
            .where(Statement.property == name, Statement.last_seen == Document.last_seen)
        )
        return dict(rows.all())


def spans(database: Database, name: str) -> dict[str, tuple[datetime, datetime]]:
    with database.read() as session:
        rows = session.scalars(select(Statement).where(Statement.property == name))
        return {row.value: (row.first_seen, row.last_seen) for row in rows}


def signals(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Signal.type)))


def differences(outcome: Reread | None) -> list[tuple[str, str, str, str]]:
    assert outcome is not None
    return sorted((one.kind, one.what, one.before, one.after) for one in outcome.differences)


def sound(database: Database) -> None:
    assert check(database, lambda sha: sha != "") == []


def test_what_is_read_the_same_changes_nothing(database: Database) -> None:
    crawl(database, supplier(rota(price="£2")))
    with database.read() as session:
        before = fingerprint(session)
    assert replay(database, ROTA, rota(NEW, price="£2")) == Reread()
    with database.read() as session:
        assert fingerprint(session) == before
        assert session.scalars(select(Document.reader)).all() == ["new"]


def test_another_value_takes_the_place_of_a_misreading_and_tells_nothing(
    database: Database,
) -> None:
    crawl(database, supplier(rota(price="£2")))
    outcome = replay(database, ROTA, rota(NEW, price="£2.50"))
    assert ("statement", "changed", "price: £2", "price: £2.50") in differences(outcome)
    assert values(database, "price") == {"£2.50": "product_page@1"}
    assert spans(database, "price") == {"£2.50": (DAY_1, DAY_1)}
    crawl(database, supplier(rota(NEW, price="£2.50")), at=DAY_2)
    assert signals(database) == []
    assert spans(database, "price") == {"£2.50": (DAY_1, DAY_2)}
    sound(database)


def test_a_change_of_the_page_is_told_after_a_replay(database: Database) -> None:
    crawl(database, supplier(rota(price="£2")))
    replay(database, ROTA, rota(NEW, price="£2.50"))
    crawl(database, supplier(rota(NEW, text=f"{SAVES} It is £3.", price="£3")), at=DAY_2)
    assert signals(database) == ["SIG_PRICE_CHANGED"]


def test_the_version_that_read_a_value_the_same_is_kept(database: Database) -> None:
    crawl(database, supplier(rota(price="£2")))
    newer = [draft.model_copy(update={"extractor": "product_page@2"}) for draft in rota(NEW).drafts]
    newer[0] = tool("RotaFlow", ROTA, price="£2").model_copy(update={"extractor": "product_page@2"})
    outcome = replay(database, ROTA, read(SAVES, *newer, by=NEW))
    assert outcome is not None
    assert {one.what for one in outcome.differences} == {"renewed"}
    assert values(database, "price") == {"£2": "product_page@2"}
    with database.read() as session:
        assert session.scalars(select(Claim.extractor)).all() == ["product_page@2"]


def test_a_value_is_dated_by_the_states_that_say_it(database: Database) -> None:
    """Today's extractors find the setting in both states, and the price in the first alone."""
    first, second = rota(price="£2"), rota(text=f"{SAVES} Ask us.")
    crawl(database, supplier(first))
    crawl(database, supplier(second), at=DAY_2)
    crawl(database, supplier(second), at=DAY_3)
    told = signals(database)
    replay(
        database,
        ROTA,
        rota(NEW, price="£2.50", version="7"),
        rota(NEW, text=f"{SAVES} Ask us.", version="7"),
    )
    assert spans(database, "version") == {"7": (DAY_1, DAY_3)}
    assert spans(database, "price") == {"£2.50": (DAY_1, DAY_1)}
    assert values(database, "price") == {}
    assert signals(database) == told
    sound(database)


def test_reading_all_states_as_they_were_read_changes_no_history(database: Database) -> None:
    first, second = rota(price="£2", version="7"), rota(text=f"{SAVES} Ask us.", version="8")
    crawl(database, supplier(first))
    crawl(database, supplier(second), at=DAY_2)
    with database.read() as session:
        before = fingerprint(session)
        ended = session.scalars(select(Snapshot.last_seen).order_by(Snapshot.id)).all()
    assert ended == [DAY_1, None]
    assert replay(database, ROTA, first, second) == Reread()
    with database.read() as session:
        assert fingerprint(session) == before


def test_a_state_that_is_lost_keeps_what_was_read_in_it(database: Database) -> None:
    first, second = rota(price="£2", version="7"), rota(text=f"{SAVES} Ask us.", version="8")
    crawl(database, supplier(first))
    crawl(database, supplier(second), at=DAY_2)
    outcome = replay(database, ROTA, None, rota(NEW, text=f"{SAVES} Ask us.", version="9"))
    assert ("statement", "changed", "version: 8", "version: 9") in differences(outcome)
    assert spans(database, "price") == {"£2": (DAY_1, DAY_1)}
    assert spans(database, "version") == {"7": (DAY_1, DAY_1), "9": (DAY_2, DAY_2)}
    sound(database)


def test_a_tool_that_is_found_late_is_joined_and_is_no_news(database: Database) -> None:
    told = page("A pilot", PILOT, deployment(PILOT, "Tallow Vale ICB"))
    network = Site(source("network", kind="network"), {"http://www.network.example/pilot": told})
    crawl(database, network, supplier(read(SAVES)))
    outcome = replay(database, ROTA, rota(NEW))
    assert outcome is not None
    assert outcome.new_tools == ("RotaFlow",)
    with database.read() as session:
        (tool_id,) = session.scalars(select(Tool.id))
        assert session.scalars(select(Deployment.tool_id)).all() == [tool_id]
    crawl(database, network, supplier(rota(NEW)), at=DAY_2)
    assert signals(database) == []
    sound(database)


def test_a_tool_that_nothing_speaks_of_any_more_is_named_and_stays(database: Database) -> None:
    crawl(database, supplier(rota()))
    outcome = replay(database, ROTA, read(SAVES, by=NEW))
    assert outcome is not None
    assert outcome.silent_tools == ("RotaFlow",)
    with database.read() as session:
        assert session.scalars(select(Tool.name)).all() == ["RotaFlow"]
        assert session.scalars(select(Statement.id)).all() == []
    sound(database)


def test_what_people_ruled_stays(database: Database) -> None:
    crawl(database, supplier(rota(use_case="UC_DOC_DICT")))
    rulings = Rulings(database, "ada")
    with database.read() as session:
        (tool_id,) = session.scalars(select(Tool.id))
        before = list(session.scalars(select(Ruling.id)))
    rulings.decide(
        "tag", [Decision(f"tool/{tool_id}", "use_cases/UC_WF_AGENT", "accepted", "seen it")]
    )
    replay(database, ROTA, rota(NEW, summary="Something else altogether."))
    with database.read() as session:
        assert session.scalars(select(Tool.id)).all() == [tool_id]
        assert len(session.scalars(select(Ruling.id)).all()) == len(before) + 1
        tag = session.scalars(select(Tag).where(Tag.code == "UC_WF_AGENT")).one()
        assert (tag.state, tag.by) == ("accepted", "ada")
    sound(database)


def test_a_dry_run_tells_and_keeps_nothing(database: Database) -> None:
    crawl(database, supplier(rota(price="£2")))
    outcome = replay(database, ROTA, rota(NEW, price="£3"), dry=True)
    assert outcome is not None
    assert outcome.changed
    assert values(database, "price") == {"£2": "product_page@1"}
    with database.read() as session:
        assert session.scalars(select(Document.reader)).all() == ["old"]


def test_a_page_that_was_visited_meanwhile_is_left_alone(database: Database) -> None:
    crawl(database, supplier(rota()))
    door = Replay(database)
    (number,) = door.documents("rotaflow")
    kept = door.kept(number)
    crawl(database, supplier(rota(text=f"{SAVES} More.")), at=DAY_2)
    assert door.store(kept, [rota(NEW)]) is None


def test_the_order_of_documents_does_not_matter(database: Database, tmp_path: Path) -> None:
    """Two pages become readable: one names the tool that the other makes known."""
    if not database.is_sqlite:
        pytest.skip("Only a catalogue in SQLite is copied as a file.")
    pilot = "http://www.network.example/pilot"
    network = Site(source("network", kind="network"), {pilot: read(PILOT, title="A pilot")})
    crawl(database, network, supplier(read(SAVES)))
    late = read(PILOT, deployment(PILOT, "Tallow Vale ICB"), by=NEW, title="A pilot")
    readings = {pilot: late, ROTA: rota(NEW)}
    said: list[str] = []
    for order in (sorted(readings), sorted(readings, reverse=True)):
        path = tmp_path / f"{len(said)}.db"
        copy(database, path)
        other = Database(f"sqlite:///{path}")
        for url in order:
            replay(other, url, readings[url])
        with other.read() as session:
            said.append(fingerprint(session))
            assert session.scalars(select(Deployment.tool_id)).one() is not None
        sound(other)
        other.close()
    assert said[0] == said[1]


def listed(*names: str, by: Origin = OLD) -> Reading:
    drafts = [
        ListingDraft(extractor="registry_listing@1", registry="A registry", name=quoted(name))
        for name in names
    ]
    return read("Suppliers", *drafts, by=by, title="Registry")


def registry(reading: Reading) -> Site:
    return Site(source("registry", kind="publisher"), {"http://www.registry.example/": reading})


@pytest.mark.parametrize("then", [("Alpha", "Beta"), ("Alpha",), ("Gamma",)])
def test_who_is_read_on_a_registry_otherwise_has_neither_joined_nor_left(
    database: Database, then: Sequence[str]
) -> None:
    crawl(database, registry(listed("Alpha", "Omega")))
    replay(database, "http://www.registry.example/", listed(*then, by=NEW))
    crawl(database, registry(listed(*then, by=NEW)), at=DAY_2)
    with database.read() as session:
        assert session.scalars(select(Listing.listed)).all() == [True] * len(then)
    assert signals(database) == []


def test_only_what_another_reader_read_is_handed_out(database: Database) -> None:
    crawl(database, supplier(rota()))
    door = Replay(database)
    assert door.documents("rotaflow", reader="old") == []
    assert len(door.documents("rotaflow", reader="new")) == 1
    assert [one.name for one in door.sources()] == ["rotaflow"]
    with pytest.raises(NotFoundError):
        door.sources(["rotaflo"])
    with pytest.raises(NotFoundError):
        door.source_of("http://www.rotaflow.example/nowhere")


def test_a_visit_by_another_reader_raises_no_signal(database: Database) -> None:
    """Where the old bytes are lost, nobody can tell what changed from what is read otherwise."""
    crawl(database, supplier(rota(price="£2")))
    crawl(database, supplier(rota(NEW, text=f"{SAVES} New.", price="£3")), at=DAY_2)
    assert signals(database) == []
    later = DAY_2 + timedelta(days=30)
    crawl(database, supplier(rota(NEW, text=f"{SAVES} Newer.", price="£4")), at=later)
    assert signals(database) == ["SIG_PRICE_CHANGED"]


def test_a_held_reading_keeps_what_read_it(database: Database) -> None:
    crawl(database, supplier(rota()))
    changed = rota(Origin(reader="old", url="http://www.rotaflow.example/rota?x=1"), text="New.")
    crawl(database, supplier(changed), at=DAY_2)
    with database.read() as session:
        assert session.scalars(select(Snapshot.url).order_by(Snapshot.id)).all() == [
            "",
            "http://www.rotaflow.example/rota?x=1",
        ]


def test_a_document_that_is_gone_stays_gone(database: Database) -> None:
    crawl(database, supplier(rota(price="£2")))
    with database.write() as session:
        session.execute(update(Document).values(gone_at=DAY_2))
    replay(database, ROTA, rota(NEW, price="£3"))
    with database.read() as session:
        assert session.scalars(select(Document.gone_at)).all() == [DAY_2]


def test_a_page_whose_old_bytes_are_lost_is_asked_for_whole_and_read_in_silence(
    database: Database,
) -> None:
    """The crawl could not read it again by itself: the page gives its words once more."""
    crawl(database, Site(replace(source(), reader="old"), {ROTA: rota(price="£2")}))
    newer = replace(source(), reader="new")
    clock = fixed_clock(DAY_2)
    frontier = Frontier(database, clock)
    frontier.register([newer])
    run = frontier.start(newer.name, [], 10)
    (task,) = frontier.lease(run, 10)
    assert (task.outdated, task.etag, task.last_modified) == (True, "", "")
    visit = visit_of(run, replace(task, text_sha=""), rota(NEW, price="£3"), DAY_2)
    assert Ingestor(database, clock).ingest(visit) == Outcome()
    Ingestor(database, clock).conclude(run)
    assert values(database, "price") == {"£3": "product_page@1"}
    assert spans(database, "price") == {"£3": (DAY_1, DAY_2)}
    assert signals(database) == []
    with database.read() as session:
        assert session.scalars(select(Snapshot.raw_sha)).all() == [visit.raw_sha]
        assert session.scalars(select(Document.reader)).all() == ["new"]
    sound(database)
    again = frontier.start(newer.name, [], 10)
    assert [one.outdated for one in frontier.lease(again, 10)] == [False]


def test_a_lead_that_a_person_accepted_is_a_tool_after_a_replay(database: Database) -> None:
    told = "Clerks at Tallow Vale write letters with Quill Scribe."
    lead = LeadDraft(extractor="news@1", name="Quill Scribe", quote=quoted(told))
    url = "http://www.press.example/a"
    press = source("press", kind="publisher")
    crawl(database, Site(press, {url: read(told, lead, title="News")}))
    accepted = Decision("lead/quillscribe", "Quillon Hythe Ltd", "accepted", "seen it")
    Rulings(database, "ada").decide("lead", [accepted])
    said = claim("Quill Scribe saves up to 2 hours a week.")
    replay(database, url, read(told, lead, said, by=NEW, title="News"))
    with database.read() as session:
        (known,) = session.scalars(select(Tool))
        assert known.name == "Quill Scribe"
        assert session.scalars(select(Claim.tool_id)).all() == [known.id]
        assert session.scalars(select(Lead.state)).all() == ["accepted"]
    sound(database)
