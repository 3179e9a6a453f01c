"""An invented market: suppliers, tools, and what is known of each, made by rule from its number.

Every name and address is invented. Number `n` always gives the same tool, so a market of forty
and one of a hundred thousand are the same market, seen less or more.
"""

from __future__ import annotations

from datetime import date, timedelta

from catalogue.resemblance import Resemblance
from catalogue.rows import (
    ClaimRow,
    DeploymentRow,
    DocumentRow,
    EvidenceRow,
    FunctionRow,
    Provenance,
    SignalRow,
    TagRow,
    ToolDetail,
    ToolRow,
    ValueRow,
)

USE_CASES = (
    ("UC_ROSTER", "Rostering and shift planning"),
    ("UC_LETTERS", "Clinic letters and documentation"),
    ("UC_CODING", "Clinical coding support"),
    ("UC_BOOKING", "Booking and waiting-list contact"),
    ("UC_TRIAGE_ADMIN", "Document triage and routing"),
    ("UC_BO_FIN", "Finance and invoices"),
    ("UC_INS_FEEDBACK", "Feedback and complaints analysis"),
    ("UC_KNOW_SEARCH", "Policy and knowledge search"),
)
SETTINGS = (
    ("SET_ACUTE_OP", "Acute, outpatient"),
    ("SET_COMMUNITY", "Community"),
    ("SET_PRIMARY", "Primary care"),
    ("SET_MH", "Mental health"),
    ("SET_CORP", "Corporate"),
)
AUTONOMY = ("rules", "operator", "collaborator", "consultant", "approver", "observer")
SCOPES = (("SC_IN", "In scope"), ("SC_BORDERLINE", "Borderline"))
FIRST = ("Rota", "Scribe", "Coda", "Queue", "Ledger", "Letter", "Signal", "Harbour")
SECOND = ("flow", "well", "line", "path", "desk", "wise", "craft", "bridge")
HOUSES = ("Systems Ltd", "Health Ltd", "Software LLP", "Labs Ltd", "Digital CIC")

TODAY = date(2026, 11, 5)
FIRST_SEEN = date(2026, 10, 5)


def name_of(number: int) -> str:
    """Name of a tool: "Rotaflow 2"."""
    word = FIRST[number % len(FIRST)] + SECOND[number // len(FIRST) % len(SECOND)]
    edition = number // (len(FIRST) * len(SECOND))
    return f"{word} {edition + 1}" if edition else word


def supplier_number(number: int) -> int:
    """Suppliers have three tools each, on average."""
    return number * 7 % max(5, 41) + number // 120


def supplier_of(number: int) -> str:
    """Name of the supplier of a tool."""
    house = supplier_number(number)
    return f"{SECOND[house % 8].title()}{FIRST[house * 3 % 8].lower()} {HOUSES[house % 5]}"


def host_of(number: int) -> str:
    """Host of the supplier of a tool."""
    return f"www.{name_of(number).replace(' ', '-').lower()}.example"


def strength_of(number: int) -> int:
    """Strength of the best evidence: most tools have little."""
    return (0, 1, 2, 0, 1, 3, 0, 2, 4, 1, 5)[number % 11]


def autonomy_of(number: int) -> int | None:
    """Level of autonomy; not always stated."""
    return None if number % 5 == 0 else number % 6


def row(number: int, shortlists: tuple[str, ...] = ()) -> ToolRow:
    """The line of a tool in the list."""
    use_case = USE_CASES[number % len(USE_CASES)][1]
    return ToolRow(
        id=number,
        name=name_of(number),
        supplier=supplier_of(number),
        use_case=use_case + ("?" if number % 9 == 4 else ""),
        setting=SETTINGS[number % len(SETTINGS)][1],
        evidence=strength_of(number),
        independent=strength_of(number) >= 4,
        claims=number % 8,
        scope=SCOPES[number % 6 == 5][0],
        autonomy=autonomy_of(number),
        last_seen=TODAY - timedelta(days=number % 40),
        shortlists=shortlists,
    )


def provenance(number: int, voice: str, quote: str, page: str) -> Provenance:
    """Where a value of a tool comes from."""
    return Provenance(
        said_by=supplier_of(number) if voice == "Supplier" else f"{voice} bulletin",
        voice=voice,
        quote=quote,
        place="paragraph 2",
        url=f"http://{host_of(number)}/{page}",
        document=f"{name_of(number)}: {page}",
        first_seen=FIRST_SEEN,
        last_seen=TODAY,
        extractor="product_page",
    )


def detail(number: int, shortlists: tuple[str, ...] = ()) -> ToolDetail:
    """Everything known of a tool."""
    pence = 150 + number % 40 * 10
    price = f"£{pence / 100:.2f} per user per month"
    hours = 1 + number % 4
    use_case, code = USE_CASES[number % 8][1], USE_CASES[number % 8][0]
    values = (
        ValueRow("price", "Price", price, f"From {price}, billed yearly.", "yes",
                 provenance(number, "Supplier", f"From {price}, billed yearly.", "pricing"),
                 ((f"£{pence / 100 + 1:.2f} per user per month",
                   provenance(number, "Government", "Listed on the framework at this rate.",
                              "framework")),) if number % 3 == 0 else ()),
        ValueRow("data_location", "Data location", "United Kingdom", "UK data centres", "yes",
                 provenance(number, "Supplier", "All data stays in UK data centres.", "security")),
        ValueRow("integration", "Integrations", "EMIS Web, SystmOne", "", "yes",
                 provenance(number, "Supplier", "Works with EMIS Web and SystmOne.", "product")),
        ValueRow("assurance.ASR_DTAC", "DTAC", "Supplier says it is met", "DTAC compliant", "yes",
                 provenance(number, "Supplier", "We are DTAC compliant.", "security")),
        ValueRow("assurance.ASR_DSPT", "DSPT", "", "", "looked_not_found", None),
        ValueRow("version", "Version", "", "", "not_stated", None),
    )  # fmt: skip
    standings = ("unsupported", "independent", "unsupported", "contradicted", "supported")
    claims = tuple(
        ClaimRow(
            number * 10 + place,
            ("Staff time", "Capacity released", "Patient flow")[place % 3],
            f"up to {hours + place} hours per week" if place % 4 != 3 else "",
            "up to" if place % 4 != 3 else "",
            ("Task time", "Net time", "Capacity")[place % 3],
            standings[(number + place) % 5],  # type: ignore[arg-type]  # one of the literals
            provenance(
                number,
                "Customer" if place % 3 == 1 else "Supplier",
                f"Ward managers save up to {hours + place} hours a week.",
                "case-study",
            ),
        )
        for place in range(number % 8)
    )
    evidence = tuple(
        EvidenceRow(
            number * 10 + place,
            f"Evaluation of {name_of(number)} in {place + 2} trusts",
            "Before-and-after study",
            strength_of(number) - place,
            "Supplier" if strength_of(number) < 4 else "Research funder",
            "Customer",
            "Independent" if strength_of(number) >= 4 else "Supplier",
            strength_of(number) - place >= 4,
            provenance(number, "Independent", "Mean time fell by 11 per cent.", "evaluation"),
        )
        for place in range(min(2, strength_of(number)))
    )
    deployments = (
        (
            DeploymentRow(
                number, "Northmoor NHS Trust (invented)", SETTINGS[number % 5][1], "Pilot",
                "Supplier free of charge",
                provenance(number, "Press", "Northmoor has begun a pilot.", "news"),
            ),
        )
        if number % 2
        else ()
    )  # fmt: skip
    signals = (
        SignalRow(number, "SIG_PRICE_CHANGED", "Price changed", name_of(number), number, TODAY,
                  f"£{pence / 100 - 0.5:.2f} per user per month", price,
                  f"http://{host_of(number)}/pricing"),
        SignalRow(number + 1, "SIG_NEW_PRODUCT", "First seen", name_of(number), number,
                  FIRST_SEEN, "", name_of(number), f"http://{host_of(number)}/"),
    )  # fmt: skip
    documents = tuple(
        DocumentRow(place, f"{name_of(number)}: {page}", f"http://{host_of(number)}/{page}",
                    supplier_of(number), "Supplier", kind, FIRST_SEEN if place % 2 else None, TODAY)
        for place, (page, kind) in enumerate(
            (("product", "Product page"), ("pricing", "Product page"), ("case-study", "Case study"))
        )
    )  # fmt: skip
    return ToolDetail(
        row=row(number, shortlists),
        summary=f"{name_of(number)} helps teams with {use_case.lower()}: it drafts, people decide.",
        homepage=f"http://{host_of(number)}/",
        values=values,
        tags=(
            TagRow("use_cases", code, use_case, "accepted", "rule R2", "words of the page"),
            TagRow("settings", "SET_MH", "Mental health", "suggested", "tagger", "0.81 by meaning"),
        ),
        functions=(
            FunctionRow(use_case, "A2 collaborator", "in scope", "R3: drafts text for a person"),
        ),
        claims=claims,
        evidence=evidence,
        deployments=deployments,
        signals=signals,
        documents=documents,
    )


def resemblance(score: float) -> Resemblance:
    """How like a tool is another."""
    return Resemblance(
        score=score,
        parts=(("does", score), ("serves", 0.8)),
        missing=("claimed",),
        alike=("care setting Acute hospital", "both claim time"),
        differs=("evidence E1 against E3",),
    )
