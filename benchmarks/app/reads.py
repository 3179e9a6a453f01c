"""How long do the catalogue's reading queries take? Medians over a market of any size.

    python -m benchmarks.app.market --home DIR --tools 100000
    python -m benchmarks.app.reads --home DIR [--runs 15]

The exit code is 1 when a median is over its budget (milliseconds, for 100,000 tools). Budgets are
held against the processor's time, which on a machine with nothing else to do is the wall's.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalogue.database import open_database
from catalogue.models import Tool
from catalogue.queries.detail import detail
from catalogue.queries.tools import browse, facets, rows
from catalogue.queries.totals import totals
from catalogue.rows import Filters
from catalogue.settings import load

ROTA = Filters((("use_case", frozenset({"UC_SCHED_ROTA"})),))
NARROW = ROTA.toggled("setting", "SET_ACUTE").toggled("autonomy", "AUT_1_OPERATOR")
LINES = 64
"""Lines that a tall terminal shows."""


def queries(session: Session) -> dict[str, tuple[float, Callable[[], object]]]:
    """Budget in milliseconds and query, by name."""
    names = browse(session, Filters())
    middle = names[len(names) // 2 :][:LINES]
    rota = browse(session, ROTA)
    return {
        "browse by name": (100, lambda: browse(session, Filters())),
        "browse by evidence": (100, lambda: browse(session, Filters(), "evidence")),
        "browse by change": (100, lambda: browse(session, Filters(), "changed")),
        "browse by supplier": (100, lambda: browse(session, Filters(), "supplier")),
        "browse one use case": (100, lambda: browse(session, ROTA)),
        "browse narrowed": (100, lambda: browse(session, NARROW)),
        "rows of 64": (5, lambda: rows(session, middle)),
        "facets": (250, lambda: facets(session, Filters())),
        "facets narrowed": (250, lambda: facets(session, NARROW)),
        "facets of hits": (250, lambda: facets(session, Filters(), rota[:1000])),
        "detail": (30, lambda: detail(session, middle[0])),
        "totals": (250, lambda: totals(session)),
    }


def main() -> int:
    """Time every query; says what is over its budget."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=15)
    given = parser.parse_args()
    database = open_database(load(given.home))
    slow = 0
    with database.read() as session:
        print(f"{session.scalar(select(func.count(Tool.id)))} tools, {given.runs} runs each")
        for name, (budget, query) in queries(session).items():
            wall, busy = [], []
            for _ in range(given.runs):
                session.expunge_all()
                began, worked = time.perf_counter(), time.process_time()
                query()
                busy.append((time.process_time() - worked) * 1000)
                wall.append((time.perf_counter() - began) * 1000)
            median = statistics.median(busy)
            slow += median > budget
            print(
                f"{name:22}{median:9.1f} ms CPU{statistics.median(wall):9.1f} ms wall,"
                f" budget {budget:.0f} ms{'  over' if median > budget else ''}"
            )
    database.close()
    return int(slow > 0)


if __name__ == "__main__":
    raise SystemExit(main())
