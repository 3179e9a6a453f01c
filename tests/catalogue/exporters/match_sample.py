"""A match of three needs beside two invented tools: one covered by two voices, one denied, one that
nobody covers.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from catalogue.match_rows import (
    CoverRow,
    LeftOutRow,
    MatchedToolRow,
    MatchReport,
    NeedRow,
    SaidRow,
)
from catalogue.rows import ToolRow

SEEN = date(2026, 11, 5)


def tool(number: int, name: str, evidence: int = 0) -> ToolRow:
    return ToolRow(
        number, name, "Rotaflow Systems Ltd", "Rostering", "Acute hospital", evidence,
        independent=evidence > 1, claims=1, scope="SC_NONCLIN_OPS", autonomy=None, last_seen=SEEN,
    )  # fmt: skip


def said(text: str, voice: str = "Supplier", by: str = "Rotaflow Systems Ltd") -> SaidRow:
    host = "www.rotaflow.example" if voice == "Supplier" else "www.network.example"
    return SaidRow(
        text=text,
        said_by=by,
        voice=voice,
        independent=voice != "Supplier",
        url=f"http://{host}/page",
        document="Rotaflow",
        published_on=None if voice == "Supplier" else date(2026, 3, 18),
        last_seen=SEEN,
    )


def report(text: str = "Drafts a six-week rota.") -> MatchReport:
    drafts = CoverRow(
        1, "covered", 0.91, said(text), "",
        also=(said("Wards were given drafts of rotas.", "Network", "Westmarch Network"),),
        parts=(("kind", 1.2), ("meaning", 3.1), ("words", 0.75)),
    )  # fmt: skip
    denied = CoverRow(2, "partly", 0.72, said("It does not send text messages."), "its words deny")
    return MatchReport(
        title="spec.md",
        made_at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
        query="setting:acute",
        compared=26,
        needs=(
            NeedRow(1, "Draft a rota for each ward", "must", "Rostering", 5),
            NeedRow(2, "Send offers by text message", "should", "Rostering", 6),
            NeedRow(3, "Track | infusion pumps", "", "", 9),
        ),
        left_out=(LeftOutRow("Payment within 30 days.", 12, "a term of the contract"),),
        tools=(
            MatchedToolRow(tool(7, "Rotaflow Pro", 3), "http://www.rotaflow.example/", (drafts,)),
            MatchedToolRow(tool(9, "BankBridge"), "http://www.rotaflow.example/bank", (denied,)),
        ),
        covered=(1, 0, 0),
        partly=(0, 1, 0),
    )
