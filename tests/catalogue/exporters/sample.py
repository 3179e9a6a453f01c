"""A shortlist of two invented tools: one well described, one of which little is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from catalogue import assurance
from catalogue.exporters import Edition, export
from catalogue.rows import (
    AssuranceRow,
    BearingRow,
    ClaimRow,
    DeploymentRow,
    DocumentRow,
    EvidenceRow,
    FunctionRow,
    Provenance,
    ShortlistItemRow,
    ShortlistRow,
    SignalRow,
    SourceRow,
    TagRow,
    TellingRow,
    ToolDetail,
    ToolRow,
    Totals,
    ValueRow,
)
from catalogue.vocabularies import load

PRODUCT = "http://www.rotaflow.example/pro"
CASE = "http://www.rotaflow.example/westmarch"
REPORT = "http://www.govdemo.example/evaluation"
SEEN = date(2026, 11, 5)


def said(
    quote: str,
    url: str = PRODUCT,
    by: str = "Rotaflow Systems Ltd",
    voice: str = "Supplier",
    last_seen: date = SEEN,
) -> Provenance:
    return Provenance(
        said_by=by,
        voice=voice,
        quote=quote,
        place="chars:10-60",
        url=url,
        document="Rotaflow Pro",
        first_seen=date(2026, 10, 5),
        last_seen=last_seen,
        extractor="product_page@1",
    )


def certificate(
    artefact: str, state: str, words: Provenance, until: date | None = None
) -> ValueRow:
    """A value of assurance, as it stands on the day of the export."""
    stated = assurance.Stated(artefact, state, SEEN, words.quote, None, until)
    what = assurance.held(stated, SEEN)
    return ValueRow(
        f"assurance.{artefact}",
        load()["assurance_artefacts"].get(artefact).label,
        assurance.told(stated, what),
        words.quote,
        "yes",
        words,
        assurance=AssuranceRow(
            what.state, what.version, what.grade, None, what.until, what.why, what.origin
        ),
    )


GOVERNMENT = said(
    "The evaluation found 1.6 hours per week.",
    REPORT,
    "Office for Demonstrations",
    "Government",
    date(2026, 10, 5),
)

ROTAFLOW = ToolDetail(
    row=ToolRow(
        id=7,
        name="Rotaflow Pro",
        supplier="Rotaflow Systems Ltd",
        use_case="Rostering",
        setting="Acute hospital",
        evidence=3,
        independent=True,
        claims=2,
        scope="SC_NONCLIN_OPS",
        autonomy=2,
        last_seen=date(2026, 11, 5),
        shortlists=("Rota tools", "Another list"),
    ),
    summary="Builds ward rotas from rules and requests.",
    homepage=PRODUCT,
    values=(
        ValueRow(
            "summary",
            "What it does",
            "Builds ward rotas from rules and requests.",
            "",
            "yes",
            said("Builds ward rotas from rules and requests."),
        ),
        ValueRow(
            "price",
            "Price",
            "£2.50 per user per month",
            "",
            "yes",
            said("From just £2.50 per user per month"),
            (("£3.00 per user per month", said("£3.00 per user per month", CASE)),),
        ),
        ValueRow("autonomy", "Autonomy", "", "", "looked_not_found", said("Features")),
        ValueRow("integration", "Integrates with", "ESR", "", "yes", said("Connects to ESR")),
        ValueRow("integration", "Integrates with", "Allocate", "", "yes", said("and to Allocate")),
        ValueRow("data_location", "Data kept in", "", "", "not_stated", None),
        certificate("ASR_DSPT", "AST_CLAIMED", said("We are DSPT compliant.")),
        certificate(
            "ASR_CYBER_ESS",
            "AST_EVIDENCE_SEEN",
            said("Certificate to 3 May 2026"),
            date(2026, 5, 3),
        ),
        certificate(
            "ASR_ICO_REG",
            "AST_VERIFIED_REGISTER",
            said("Rotaflow Systems Ltd", REPORT, "Information Commissioner", "Regulator"),
        ),
    ),
    tags=(TagRow("use_cases", "UC_ROSTERING", "Rostering", "accepted", "rule", "said outright"),),
    functions=(FunctionRow("Rostering", "User collaborates", "Operations", "R1 No part in care"),),
    claims=(
        ClaimRow(
            1,
            "Staff time",
            "up to 2 hours per week",
            "up to",
            "Time per task",
            "independent",
            said("Saves up to 2 hours per week for each ward manager.", CASE),
            key="c1a1b1c1d1",
            stops="stops at minutes saved; nothing says what the minutes became",
            bearings=(
                BearingRow(
                    3,
                    "e1a1b1c1d1",
                    "Evaluation of rota tools",
                    "supports",
                    "rule",
                    "L5: it finds as much, on another page",
                ),
                BearingRow(
                    4, "e2a2b2c2d2", "A rota in a day", "unrelated", "KP", "It is another tool."
                ),
            ),
            path=(
                TellingRow(
                    1,
                    "up to 2 hours per week",
                    "Rotaflow Systems Ltd",
                    "Supplier",
                    date(2026, 6, 30),
                    dated=True,
                    url=CASE,
                ),
                TellingRow(
                    3,
                    "2 hours per week",
                    "Ward & Wire",
                    "Press",
                    date(2026, 7, 2),
                    dated=True,
                    url=REPORT,
                ),
            ),
        ),
        ClaimRow(
            2,
            "Staff wellbeing",
            "",
            "",
            "Asserted",
            "unsupported",
            said("Happier teams from day one."),
        ),
    ),
    evidence=(
        EvidenceRow(
            3,
            "Evaluation of rota tools",
            "Non-randomised comparison",
            3,
            "Government",
            "Government",
            "Government",
            True,
            GOVERNMENT,
            key="e1a1b1c1d1",
            measurement="System log",
            peer_reviewed=True,
            published_on=date(2026, 9, 1),
            against=(("Money saved", "No money was saved."),),
        ),
    ),
    deployments=(
        DeploymentRow(
            4,
            "Westmarch NHS Trust",
            "Acute hospital",
            "In use",
            "Not known",
            said("Westmarch uses it on all 40 wards.", CASE),
        ),
        DeploymentRow(
            5,
            "Holm Surgery",
            "Primary care",
            "Free trial",
            "Free from the supplier",
            said("Holm Surgery tried it free of charge from March to June 2026.", CASE),
            started_on=date(2026, 3, 1),
            ended_on=date(2026, 6, 1),
            when="from March 2026 to June 2026",
            supplier_paid="free trial, paid by the supplier",
        ),
    ),
    signals=(
        SignalRow(
            5,
            "SIG_PRICE",
            "Price changed",
            "Rotaflow Pro",
            7,
            date(2026, 11, 5),
            "£3.00 per user per month",
            "£2.50 per user per month",
            PRODUCT,
        ),
    ),
    documents=(
        DocumentRow(
            11,
            "Evaluation of rota tools",
            REPORT,
            "Office for Demonstrations",
            "Government",
            "guidance",
            date(2026, 9, 1),
            date(2026, 10, 5),
        ),
        DocumentRow(
            12,
            "Rotaflow Pro",
            PRODUCT,
            "Rotaflow Systems Ltd",
            "Supplier",
            "product",
            None,
            date(2026, 11, 5),
        ),
        DocumentRow(
            13,
            "Westmarch saves hours",
            CASE,
            "Rotaflow Systems Ltd",
            "Supplier",
            "case_study",
            date(2026, 6, 30),
            date(2026, 11, 5),
        ),
    ),
)

CLERKWELL = ToolDetail(
    row=ToolRow(
        id=9,
        name="Clerkwell",
        supplier="Clerkwell & Co",
        use_case="Clinic letters?",
        setting="",
        evidence=0,
        independent=False,
        claims=0,
        scope="",
        autonomy=None,
        last_seen=date(2026, 10, 5),
    ),
    summary="",
    homepage="http://www.clerkwell.example/",
    values=(
        ValueRow("price", "Price", "", "", "not_stated", None),
        ValueRow("autonomy", "Autonomy", "", "", "not_stated", None),
    ),
    tags=(),
    functions=(),
    claims=(),
    evidence=(),
    deployments=(),
    signals=(),
    documents=(),
)

SHORTLIST = ShortlistRow(
    id=1,
    name="Rota tools",
    purpose="Tools to see before the spring tender",
    query='rota "annual leave" setting:acute',
    created_by="JS",
    created_at=datetime(2026, 11, 6, 9, tzinfo=UTC),
    version=4,
    items=(
        ShortlistItemRow(
            1,
            7,
            "Rotaflow Pro",
            "Rotaflow Systems Ltd",
            "The only one with an independent evaluation",
            "JS",
            datetime(2026, 11, 6, 9, 5, tzinfo=UTC),
        ),
        ShortlistItemRow(
            2, 9, "Clerkwell", "Clerkwell & Co", "", "KP", datetime(2026, 11, 7, 14, tzinfo=UTC)
        ),
    ),
)


def source(name: str, publisher: str, licence: str) -> SourceRow:
    return SourceRow(
        name=name,
        title=publisher,
        archetype="site",
        publisher=publisher,
        voice="VOICE_SUPPLIER",
        licence=licence,
        cadence="weekly",
        enabled=True,
    )


EDITION = Edition(
    at=datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
    by="JS",
    totals=Totals(
        documents=1204,
        tools=96,
        suppliers=61,
        claims=310,
        evidence=44,
        deployments=58,
        signals=17,
    ),
    sources=(
        source("rotaflow", "Rotaflow Systems Ltd", "all-rights-reserved"),
        source("govdemo", "Office for Demonstrations", "OGL-UK-3.0"),
        source("unused", "Nobody Quoted Ltd", "CC-BY-4.0"),
    ),
)


def written(
    format_name: str,
    path: Path,
    *,
    shortlist: ShortlistRow = SHORTLIST,
    details: Sequence[ToolDetail] = (ROTAFLOW, CLERKWELL),
) -> bytes:
    """The bytes of the sample in one format."""
    export(shortlist, details, format_name, path, lambda _done, _total: None, edition=EDITION)
    return path.read_bytes()


def alone(detail: ToolDetail, reason: str = "") -> ShortlistRow:
    """A shortlist of one tool."""
    item = replace(
        SHORTLIST.items[0],
        tool_id=detail.row.id,
        name=detail.row.name,
        supplier=detail.row.supplier,
        reason=reason,
    )
    return replace(SHORTLIST, items=(item,))
