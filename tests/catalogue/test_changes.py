"""What differs between two states of what is said, as signals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.changes import (
    NOTHING,
    Change,
    Company,
    Said,
    Shown,
    between_said,
    between_shown,
    claims_elsewhere,
    said,
    shown,
)
from catalogue.database import Database
from tests.builders import (
    DAY,
    make_claim,
    make_deployment,
    make_document,
    make_evidence,
    make_statement,
    make_tool,
)

NOBODY: frozenset[tuple[int, str, str]] = frozenset()
TWO = (1, "BEN_TIME hours", "2 hours")
THREE = (1, "BEN_TIME hours", "3 hours")
COST = (1, "BEN_COST gbp", "£9")


def doc(
    *claims: tuple[int, str, str],
    evidence: frozenset[tuple[int, str]] = frozenset(),
    deployments: frozenset[tuple[int, str, str]] = frozenset(),
    companies: dict[int, Company] | None = None,
) -> Said:
    return Said(frozenset(claims), evidence, deployments, companies or {})


@pytest.mark.parametrize(
    ("prop", "before", "after", "expected"),
    [
        ("name", "RotaFlow", "RotaFlow One", ("SIG_RENAMED", "RotaFlow", "RotaFlow One")),
        ("name", "", "RotaFlow", None),
        ("price", "", "£2", ("SIG_PRICE_CHANGED", "not stated", "£2")),
        ("price", "£2", "", ("SIG_PRICE_CHANGED", "£2", "not stated")),
        ("price", "£2", "£2", None),
        ("summary", "One", "Two", None),
        (
            "autonomy",
            "AUT_1_OPERATOR",
            "AUT_4_APPROVER",
            ("SIG_AUTONOMY_RAISED", "User operates", "User approves"),
        ),
        ("autonomy", "AUT_4_APPROVER", "AUT_1_OPERATOR", None),
        ("autonomy", "", "AUT_4_APPROVER", None),
        ("autonomy", "AUT_NOT_STATED", "AUT_4_APPROVER", None),
        (
            "assurance.ASR_DTAC",
            "",
            "AST_CLAIMED",
            ("SIG_ASSURANCE_ADDED", "not stated", "DTAC: Supplier says"),
        ),
        (
            "assurance.ASR_DTAC",
            "AST_CLAIMED",
            "AST_EVIDENCE_SEEN",
            ("SIG_ASSURANCE_ADDED", "DTAC: Supplier says", "DTAC: Document seen"),
        ),
        (
            "assurance.ASR_DTAC",
            "AST_LAPSED",
            "AST_CLAIMED",
            ("SIG_ASSURANCE_ADDED", "DTAC: Lapsed", "DTAC: Supplier says"),
        ),
        ("assurance.ASR_DTAC", "AST_VERIFIED_REGISTER", "AST_CLAIMED", None),
        ("assurance.ASR_DTAC", "", "AST_LOOKED_NOT_FOUND", None),
        ("assurance.ASR_DTAC", "", "AST_NOT_APPLICABLE", None),
        ("assurance.ASR_DTAC", "AST_CLAIMED", "", None),
        (
            "assurance.ASR_DTAC",
            "AST_CLAIMED",
            "AST_LAPSED",
            ("SIG_ASSURANCE_LAPSED", "DTAC: Supplier says", "DTAC: Lapsed"),
        ),
    ],
)
def test_a_change_of_what_is_shown(
    prop: str, before: str, after: str, expected: tuple[str, str, str] | None
) -> None:
    def state(value: str) -> Shown:
        return Shown({prop: value} if value else {})

    found = [
        (one.type, one.before, one.after) for one in between_shown(1, state(before), state(after))
    ]
    assert found == ([expected] if expected else [])


def test_a_framework_that_newly_lists_a_tool_is_told_with_its_words() -> None:
    before = Shown({}, frozenset({"G-Cloud 13"}))
    after = Shown({}, frozenset({"G-Cloud 13", "G-Cloud 14"}), {"G-Cloud 14": "Framework: 14"})
    (told,) = between_shown(1, before, after)
    assert told == Change("SIG_FRAMEWORK_LISTED", 1, "", "listed on G-Cloud 14")
    assert told.quote == "Framework: 14"
    assert list(between_shown(1, after, before)) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (doc(), doc(TWO), [Change("SIG_CLAIM_ADDED", 1, "", "2 hours")]),
        (doc(TWO), doc(), [Change("SIG_CLAIM_REMOVED", 1, "2 hours", "")]),
        (doc(TWO), doc(THREE), [Change("SIG_CLAIM_CHANGED", 1, "2 hours", "3 hours")]),
        (
            doc(TWO),
            doc(COST),
            [Change("SIG_CLAIM_ADDED", 1, "", "£9"), Change("SIG_CLAIM_REMOVED", 1, "2 hours", "")],
        ),
        (
            doc(TWO),
            doc((2, *TWO[1:])),
            [
                Change("SIG_CLAIM_ADDED", 2, "", "2 hours"),
                Change("SIG_CLAIM_REMOVED", 1, "2 hours", ""),
            ],
        ),
        (
            doc(),
            doc(evidence=frozenset({(1, "A trial")})),
            [Change("SIG_EVIDENCE_PUBLISHED", 1, "", "A trial")],
        ),
        (
            doc(companies={7: Company("Quill Ltd", "active")}),
            doc(companies={7: Company("Quill Ltd", "dissolved")}),
            [Change("SIG_DISSOLVED", None, "Quill Ltd: active", "Quill Ltd: dissolved")],
        ),
    ],
)
def test_a_change_of_what_a_document_says(
    before: Said, after: Said, expected: list[Change]
) -> None:
    assert list(between_said(before, after, NOBODY)) == expected


def test_only_a_marketplace_tells_of_a_framework(database: Database) -> None:
    with database.write() as session:
        tool = make_tool(session)
        market = make_statement(session, tool, "listing", "G-Cloud 14, service 123456")
        market.extractor = "service_listing@2"
        make_statement(session, tool, "listing", "the Ambient Registry, self-certified")
        make_statement(session, tool, "price", "£2", quote="It costs £2.")
        session.flush()
        found = shown(session, tool.id)
    assert found.frameworks == {"G-Cloud 14"}
    assert found.quotes["price"] == "It costs £2."


@pytest.mark.parametrize(("before", "after"), [(doc(), doc(TWO)), (doc(TWO), doc())])
def test_what_another_page_says_as_well_is_neither_new_nor_gone(before: Said, after: Said) -> None:
    assert list(between_said(before, after, frozenset({TWO}))) == []


CLAIMS = st.frozensets(
    st.tuples(st.integers(1, 2), st.sampled_from(["time", "cost"]), st.sampled_from("123"))
)


@given(before=CLAIMS, after=CLAIMS)
def test_every_difference_between_claims_is_told_once(
    before: frozenset[tuple[int, str, str]], after: frozenset[tuple[int, str, str]]
) -> None:
    changes = list(between_said(doc(*before), doc(*after), NOBODY))
    gone = sorted((one.tool_id, one.before) for one in changes if one.before)
    come = sorted((one.tool_id, one.after) for one in changes if one.after)
    assert gone == sorted((tool, figure) for tool, _, figure in before - after)
    assert come == sorted((tool, figure) for tool, _, figure in after - before)


def test_what_a_document_says_is_what_is_current_on_it(database: Database) -> None:
    with database.write() as session:
        tool, page = make_tool(session), make_document(session)
        make_claim(session, tool, document=page)
        make_claim(session, None, "Saves time.", document=page)
        make_evidence(session, tool, "A trial", document=page)
        make_deployment(session, tool, "Vale ICB", document=page)
        old = make_claim(session, tool, "Saved 9 hours.", document=page, high=9)
        old.last_seen = DAY.replace(year=2025)
        session.flush()
        assert said(session, page) == Said(
            frozenset({(tool.id, "BEN_TIME hours", "up to 2 hours per week")}),
            frozenset({(tool.id, "A trial")}),
            frozenset({(tool.id, "Vale ICB", "PH_PRODUCTION")}),
            {},
        )
        assert said(session, make_document(session)) == NOTHING


def test_claims_elsewhere_are_those_of_pages_that_stand(database: Database) -> None:
    with database.write() as session:
        tool, page = make_tool(session), make_document(session)
        other, gone = make_document(session), make_document(session)
        gone.gone_at = DAY
        for where, hours in ((page, 1), (other, 2), (gone, 3)):
            make_claim(session, tool, f"Saves {hours}.", document=where, high=hours)
        session.flush()
        assert claims_elsewhere(session, [tool.id], page) == {
            (tool.id, "BEN_TIME hours", "up to 2 hours per week")
        }
