"""The live services over a small real catalogue and a real index, without a model."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from catalogue.database import Database
from catalogue.errors import CatalogueError, ModelError, NotFoundError, StaleWriteError
from catalogue.query import Query, read
from catalogue.rows import FACETS, Filters, Speaker
from catalogue.settings import Settings
from search import generation
from search.embedder import Embedder
from tests.catalogue.visits import DAY_1, Site, claim, crawl, deployment, page, source, tool
from tests.search.harm import flip, remove, truncate
from tests.search.shelf import HashingEmbedder
from tui.live import Live
from tui.services import SORTS, Services

SITE = "http://www.{}.example/products/{}"
ROTAS = "plans rotas for wards and fills shifts"
LETTERS = "writes clinic letters from dictation"
EVERYTHING = Filters()


class Hashing(Live):
    """The services with an embedder that needs no model."""

    def embedder(self) -> Embedder:
        return HashingEmbedder()

    def model_key(self) -> str:
        return "hashing"


class Modelless(Live):
    """The services where no model can be loaded."""

    def embedder(self) -> Embedder:
        raise ModelError("The model is not there.")


@dataclass(frozen=True)
class Tools:
    """Ids of the three tools of the market."""

    roster: int
    shifts: int
    scribe: int


@pytest.fixture
def market(database: Database) -> Database:
    """Two rostering tools of two suppliers, and one that writes letters."""
    pages = {
        "rotaflow": [
            ("Rotaflow", f"Rotaflow {ROTAS}.", {"use_case": "UC_SCHED_ROTA", "price": "£2 a user"}),
        ],
        "wardwise": [
            ("Wardwise", f"Wardwise {ROTAS}, too.", {"use_case": "UC_SCHED_ROTA"}),
            ("Quill", f"Quill {LETTERS}.", {"use_case": "UC_DOC_SCRIBE", "setting": "SET_ACUTE"}),
        ],
    }
    for name, found in pages.items():
        readings = {}
        for title, words, values in found:
            url = SITE.format(name, title.lower())
            readings[url] = page(
                title,
                words,
                tool(title, url, summary=words, **values),
                claim(f"{title} saves up to 2 hours per week."),
                deployment(f"Westmarch NHS Trust uses {title}.", "Westmarch NHS Trust"),
                kind="product",
            )
        crawl(database, Site(source(name), readings))
    return database


def opened(kind: type[Live], settings: Settings, reviewer: str = "JS") -> Live:
    review = settings.review.model_copy(update={"reviewer": reviewer})
    return kind(settings.model_copy(update={"review": review, "today": DAY_1}))


@pytest.fixture
def live(market: Database, settings: Settings) -> Iterator[Live]:
    """The services over the market, indexed."""
    del market
    services = opened(Hashing, settings)
    services.indexer().refresh(quiet)
    yield services
    services.close()


@pytest.fixture
def tools(live: Live) -> Tools:
    return Tools(*(live.find_tool(name) for name in ("Rotaflow", "Wardwise", "Quill")))


def quiet(done: int, total: int) -> None:
    assert done <= total


def test_they_are_what_the_screens_ask_for(live: Live) -> None:
    services: Services = live
    assert services.reviewer() == "JS"
    assert services.totals().tools == 3
    assert [row.name for row in live.sources()] == ["rotaflow", "wardwise"]


@pytest.mark.parametrize("sort", [name for name, _ in SORTS])
def test_all_tools_are_listed_in_any_order(live: Live, sort: str) -> None:
    listed = live.browse(Query(), sort)
    assert sorted(row.name for row in live.rows(listed).values()) == [
        "Quill",
        "Rotaflow",
        "Wardwise",
    ]


def test_words_match_while_somebody_types(live: Live, tools: Tools) -> None:
    assert set(live.words(Query("rota"))) == {tools.roster, tools.shifts}
    assert list(live.words(Query("dictat"))) == [tools.scribe]
    assert not live.words(Query("zeppelin"))


def test_what_only_narrows_is_listed_in_order_without_words_that_must_not_stand(
    live: Live, tools: Tools
) -> None:
    assert list(live.browse(read("-dictation"), "name")) == [tools.roster, tools.shifts]
    assert [hit.id for hit in live.search(read("-dictation use:rostering"), 1)] == [tools.roster]
    assert list(live.browse(read("supplier:wardwise -rotas"), "name")) == [tools.scribe]


def test_it_knows_the_names_that_a_query_may_narrow_to(live: Live) -> None:
    live.new_shortlist("Winter", "")
    assert dict(live.names()) == {
        "supplier": ["Rotaflow Ltd", "Wardwise Ltd"],
        "shortlisted": ["Winter"],
    }


def test_a_word_no_page_has_is_searched_as_it_is_likely_meant(live: Live) -> None:
    assert live.meant(Query("dictatoin")) == [("dictatoin", "dictation")]


def test_words_and_meaning_answer_together_each_with_its_passage(live: Live, tools: Tools) -> None:
    first, *_ = live.search(Query("clinic letters from dictation"), 5)
    assert (first.kind, first.id) == ("tool", tools.scribe)
    assert LETTERS in first.passage
    assert first.passage_url == SITE.format("wardwise", "quill")
    assert {name for name, _ in first.parts} == {"words", "meaning"}
    assert first.cosine is not None
    assert first.matched == ("clinic", "letters", "from", "dictation")
    assert first.speaker == Speaker("Quill", "Wardwise Ltd", "Supplier", DAY_1.date())
    assert live.warm() == ""


def test_filters_narrow_the_list_the_words_and_the_search(live: Live, tools: Tools) -> None:
    letters = EVERYTHING.toggled("use_case", "UC_DOC_SCRIBE")
    assert list(live.browse(Query(filters=letters), "name")) == [tools.scribe]
    assert not live.words(Query("rotas", filters=letters))
    found = live.search(Query("rotas for wards from dictation", filters=letters), 10)
    assert {hit.id for hit in found if hit.kind == "tool"} == {tools.scribe}


def test_facets_count_the_list_and_the_hits(live: Live, tools: Tools) -> None:
    everything = {(one.facet, one.code): one.count for one in live.facets(EVERYTHING, None)}
    assert everything["use_case", "UC_SCHED_ROTA"] == 2
    assert {facet for facet, _ in everything} <= {facet for facet, _ in FACETS}
    hits = live.facets(EVERYTHING, live.words(Query("dictation")))
    assert sum(one.count for one in hits if one.facet == "supplier") == 1
    assert ("use_case", "UC_SCHED_ROTA") not in {(one.facet, one.code) for one in hits}
    assert tools.scribe


def test_a_tool_is_told_with_who_said_what(live: Live, tools: Tools) -> None:
    told = live.detail(tools.roster)
    assert (told.row.name, told.row.supplier) == ("Rotaflow", "Rotaflow Ltd")
    price = next(value for value in told.values if value.property == "price")
    assert price.value == "£2 a user"
    assert price.provenance is not None
    assert price.provenance.url == SITE.format("rotaflow", "rotaflow")
    assert [one.provenance.quote for one in told.claims] == [
        "Rotaflow saves up to 2 hours per week."
    ]
    assert [place.buyer for place in told.deployments] == ["Westmarch NHS Trust"]
    with pytest.raises(NotFoundError):
        live.detail(10**6)


def test_the_nearest_in_meaning_comes_first_and_a_tool_is_not_like_itself(
    live: Live, tools: Tools
) -> None:
    near = live.similar(tools.roster, 5)
    assert near[0][0].id == tools.shifts
    assert tools.roster not in {row.id for row, _ in near}
    assert all(-1 <= like.score <= 1 for _, like in near)
    assert [name for name, _ in near[0][1].parts] == ["does", "serves", "claimed"]
    own, other = next((own, other) for name, own, other in near[0][1].pairs if name == "does")
    assert own != other
    assert live.similar(tools.roster, 1, by="serves")[0][1].score == pytest.approx(
        dict(live.similar(tools.roster, 1, by="serves")[0][1].parts)["serves"]
    )


def test_a_step_is_taken_back_and_done_again(live: Live, tools: Tools) -> None:
    live.new_shortlist("Rotas", "a pilot")
    assert live.add("Rotas", [tools.roster, tools.shifts], "cheap") == 2
    assert live.remove("Rotas", [tools.roster], "dear after all") == 1
    assert "Rotaflow" in live.undo()
    assert [item.tool_id for item in live.shortlist("rotas").items] == [tools.roster, tools.shifts]
    assert live.redo()
    assert [item.tool_id for item in live.shortlist("rotas").items] == [tools.shifts]
    assert live.rows([tools.shifts])[tools.shifts].shortlists == ("Rotas",)
    with pytest.raises(CatalogueError, match="already"):
        live.new_shortlist("ROTAS", "")


def test_two_reviewers_see_each_other_and_undo_only_their_own(
    live: Live, tools: Tools, settings: Settings
) -> None:
    other = opened(Hashing, settings, "KP")
    live.new_shortlist("Rotas", "")
    live.add("Rotas", [tools.roster], "mine")
    assert other.add("Rotas", [tools.scribe], "theirs") == 1
    assert [item.added_by for item in live.shortlist("Rotas").items] == ["JS", "KP"]
    assert "Quill" in other.undo()
    assert [item.tool_id for item in live.shortlist("Rotas").items] == [tools.roster]
    other.remove("Rotas", [tools.roster], "not asked for")
    with pytest.raises(StaleWriteError, match="KP"):
        live.undo()
    assert live.shortlist("Rotas").items == ()
    other.close()


def test_a_shortlist_is_written_in_every_format(live: Live, tools: Tools, tmp_path: Path) -> None:
    live.new_shortlist("Rotas", "a pilot")
    live.add("Rotas", [tools.roster, tools.scribe], "cheap")
    steps: list[tuple[int, int]] = []
    for name, _, suffix in live.formats():
        path = tmp_path / f"rotas.{suffix.lstrip('.')}"
        assert live.export("Rotas", name, path, lambda *step: steps.append(step)) == 2
        assert path.stat().st_size > 500
    assert steps == [(1, 2), (2, 2)] * len(live.formats())
    text = (tmp_path / "rotas.csv").read_text(encoding="utf-8-sig")
    assert "cheap" in text
    assert "JS" in text
    assert len(list(csv.reader(text.splitlines()))) > 2
    with pytest.raises(NotFoundError):
        live.export("Other", "csv", tmp_path / "other.csv", quiet)
    assert not (tmp_path / "other.csv").exists()


def test_without_an_index_words_are_searched_at_once(market: Database, settings: Settings) -> None:
    del market
    services = opened(Hashing, settings)
    assert len(services.words(Query("rotas"))) == 2
    assert services.search(Query("dictation"), 3)
    assert "Meaning is not indexed yet." in services.warm()
    services.close()


@pytest.mark.parametrize(
    ("name", "harm", "open_before"),
    [
        (generation.MANIFEST, truncate, True),
        (generation.MANIFEST, remove, False),
        ("meta.json", remove, True),
        ("*.term", truncate, True),
        ("vectors.faiss", flip, True),
        ("removed.npy", flip, False),
    ],
)
def test_a_damaged_index_is_made_again_with_its_meaning_and_it_is_said(
    live: Live,
    tools: Tools,
    settings: Settings,
    name: str,
    harm: Callable[[Path], None],
    open_before: bool,
) -> None:
    asked = Query("dictation")
    right = live.search(asked, 3)
    assert right[0].id == tools.scribe
    assert list(live.notices()) == []
    (path,) = settings.indexes.rglob(name)
    harm(path)
    services = live if open_before else opened(Hashing, settings)
    assert services.warm() == ""
    assert services.search(asked, 3) == right
    assert services.similar(tools.roster, 1)[0][0].id == tools.shifts
    (sentence,) = services.notices()
    assert path.name in sentence
    assert sentence.endswith("It was made anew from the catalogue.")
    assert list(services.notices()) == []
    if services is not live:
        services.close()


def test_indexes_that_were_deleted_are_made_again_with_their_meaning(
    live: Live, tools: Tools, settings: Settings
) -> None:
    right = live.search(Query("dictation"), 3)
    shutil.rmtree(settings.indexes)
    assert live.search(Query("dictation"), 3) == right
    assert live.similar(tools.roster, 1)[0][0].id == tools.shifts


def test_without_a_model_words_are_searched_and_it_is_said(
    live: Live, tools: Tools, settings: Settings
) -> None:
    assert live.warm() == ""
    services = opened(Modelless, settings)
    assert services.search(Query("dictation"), 3)[0].id == tools.scribe
    assert services.warm() == "The model is not there."
    assert services.similar(tools.roster, 1)[0][0].id == tools.shifts
    services.close()


def test_what_another_process_indexed_is_found_without_opening_anew(
    live: Live, market: Database, settings: Settings
) -> None:
    assert not live.words(Query("invoices"))
    url = SITE.format("ledger", "ledger")
    reading = page("Ledger", "Ledger matches invoices.", tool("Ledger", url), kind="product")
    crawl(market, Site(source("ledger"), {url: reading}))
    other = opened(Hashing, settings, "KP")
    other.indexer().refresh(quiet)
    other.close()
    assert list(live.words(Query("invoices"))) == [live.find_tool("Ledger")]


def test_a_clinical_tool_is_kept_and_found_by_nobody_who_did_not_ask(
    market: Database, settings: Settings
) -> None:
    url = SITE.format("lens", "lens")
    words = f"Lens {ROTAS}, and detects cancer on CT scans. It diagnoses patients."
    said = tool("Lens", url, summary=words, use_case="UC_SCHED_ROTA")
    crawl(market, Site(source("lens"), {url: page("Lens", words, said, kind="product")}))
    services = opened(Hashing, settings)
    services.indexer().refresh(quiet)
    lens, roster = services.find_tool("Lens"), services.find_tool("Rotaflow")
    (function,) = services.detail(lens).functions
    assert function.rule.startswith("R6: ")
    asked = EVERYTHING.toggled("scope", "SC_CLINICAL_OUT")

    def found(filters: Filters) -> list[bool]:
        listed = services.browse(Query(filters=filters), "name")
        counts = {one.code: one.count for one in services.facets(filters, None)}
        return [
            lens in listed,
            lens in services.words(Query("rotas", filters=filters)),
            lens
            in [hit.id for hit in services.search(Query("detects cancer", filters=filters), 9)],
            counts.get("UC_SCHED_ROTA", 0) == (1 if filters is asked else 3),
        ]

    assert found(EVERYTHING) == [False, False, False, False]
    assert lens not in [row.id for row, _ in services.similar(roster, 9)]
    assert found(asked) == [True, True, True, True]
    services.close()


def test_undo_takes_back_the_newest_step_whatever_it_was(live: Live, tools: Tools) -> None:
    live.new_shortlist("Rotas", "")
    assert live.correct(tools.roster, ["Finance", "SET_MH"], "accepted") == (
        "'Finance' accepted and 'Mental health' accepted."
    )
    live.add("Rotas", [tools.roster], "")
    assert "Rotaflow" in live.undo()
    assert live.undo() == "Undone: 'Finance' accepted and 'Mental health' accepted."
    assert "Rotas" in live.undo()
    assert "Rotas" in live.redo()
    assert live.redo() == "Done again."
    accepted = [tag.code for tag in live.detail(tools.roster).tags if tag.corrected]
    assert sorted(accepted) == ["SET_MH", "UC_BO_FIN"]


def test_a_refresh_holds_each_tool_against_the_terms_once(
    market: Database, settings: Settings
) -> None:
    del market
    services = opened(Hashing, settings)
    assert [services.indexer().refresh(quiet).hinted for _ in range(2)] == [3, 0]
    services.close()
