"""What a known tool newly does, and what evidence newly speaks against."""

from __future__ import annotations

from catalogue.changes import Change
from catalogue.database import Database
from catalogue.gains import Against, Borne, borne, gained
from catalogue.models import Bearing, Tag
from tests.builders import DAY, make_claim, make_evidence, make_tool

AGAINST = Against("up to 2 hours", "A trial")


def state(*functions: str, against: frozenset[Against] = frozenset()) -> Borne:
    return Borne(frozenset(functions), against)


def test_a_function_more_is_told() -> None:
    before, after = state("UC_DOC_DICT"), state("UC_DOC_DICT", "UC_DOC_SUMM")
    (told,) = gained(1, before, after)
    assert (told.type, told.before) == ("SIG_NEW_FUNCTION", "")
    assert told.after.startswith("Summari")


def test_a_tool_of_which_no_function_was_known_gains_none() -> None:
    assert list(gained(1, state(), state("UC_DOC_DICT"))) == []


def test_a_function_less_is_none() -> None:
    assert list(gained(1, state("UC_DOC_DICT", "UC_DOC_SUMM"), state("UC_DOC_DICT"))) == []


def test_evidence_against_a_claim_is_told_once() -> None:
    after = state(against=frozenset({AGAINST}))
    told = Change("SIG_EVIDENCE_CONTRADICTS", 1, "up to 2 hours", "contradicted by: A trial")
    assert list(gained(1, state(), after)) == [told]
    assert list(gained(1, after, after)) == []


def test_what_stands_in_the_books(database: Database) -> None:
    with database.write() as session:
        tool = make_tool(session)
        claim, study = make_claim(session, tool), make_evidence(session, tool)
        for evidence, relation in (
            (study, "contradicts"),
            (make_evidence(session, tool), "partly"),
        ):
            session.add(
                Bearing(
                    claim_id=claim.id,
                    evidence_id=evidence.id,
                    relation=relation,
                    by="rule",
                    why="L1: it says so",
                )
            )
        for code, decided in (("UC_DOC_DICT", "accepted"), ("UC_DOC_SUMM", "suggested")):
            session.add(
                Tag(
                    tool_id=tool.id,
                    vocabulary="use_cases",
                    code=code,
                    state=decided,
                    by="rule",
                    why="",
                    quote="It dictates.",
                    confidence=1.0,
                    at=DAY,
                )
            )
        session.flush()
        found = borne(session, tool.id)
        assert found.functions == {"UC_DOC_DICT"}
        (against,) = found.against
        assert against.evidence == study.title
        assert found.quotes["UC_DOC_DICT"] == "It dictates."
        assert found.quotes[against] == study.quote
