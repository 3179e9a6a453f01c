"""How long does a reader wait? The app beside Textual's own DataTable, in a pseudo-terminal.

    python -m benchmarks.app.latency [--tools 100000] [--size 120x40] [--keys 60] [--home DIR]

First paint and first row count from the start of the process. Of a key, `first` is the time to
the first byte painted and `last` to the last one before 50 ms of silence; p50 and p95 over many
keys, each pressed after the app has come to rest. Without --home both subjects show the same
invented tools, in memory; with --home the app runs on the real services of that folder, and the
peer still shows --tools rows. The exit code is 1 when the app is over a budget.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.app.terminal import Painted, Terminal

KEYS: dict[str, bytes] = {"down": b"\x1b[B", "page down": b"\x1b[6~"}
EDGES: dict[str, bytes] = {"end": b"\x1b[F", "home": b"\x1b[H"}

BUDGETS: dict[str, float] = {
    "first paint": 600,
    "first row": 1200,
    "down": 20,
    "page down": 30,
    "end": 60,
    "home": 60,
}
"""Milliseconds; for keys, of the 95th percentile until the row is painted (`first`)."""

FIRST_PAINT = "Horizonscan"
FIRST_ROW = {
    "horizon": r"> \x1b|>[ *](?:\x1b\[[0-9;]*m)*[A-Za-z0-9]",
    "datatable": "row 1 of",
}


@dataclass(slots=True)
class Result:
    """What was measured of one subject."""

    name: str
    first_paint: float = 0.0
    first_row: float = 0.0
    memory: float = 0.0
    busy: dict[str, float] = field(default_factory=dict)
    """Processor time of one key, in milliseconds: tells the app's own work from a busy machine."""
    keys: dict[str, list[Painted]] = field(default_factory=dict)

    def first(self, key: str, share: float) -> float:
        """A percentile of the time to the first byte."""
        return percentile([painted.first for painted in self.keys[key]], share)

    def last(self, key: str, share: float) -> float:
        """A percentile of the time to the last byte."""
        return percentile([painted.last for painted in self.keys[key]], share)

    def size(self, key: str) -> float:
        """Median of the bytes painted."""
        return percentile([float(painted.size) for painted in self.keys[key]], 0.5)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that is at least as great as `share` of them."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else float("nan")


def measure(name: str, options: Sequence[str], size: tuple[int, int], keys: int) -> Result:
    """Start a subject, wait for its first row, press keys."""
    command = [sys.executable, "-m", "benchmarks.app.subject", name, *options]
    result = Result(name)
    with Terminal(command, *size) as terminal:
        result.first_paint = terminal.until(FIRST_PAINT)
        result.first_row = terminal.until(FIRST_ROW[name])
        terminal.rest(1.5)
        for key, code in KEYS.items():
            before = terminal.busy()
            result.keys[key] = _press(terminal, [code] * keys)
            result.busy[key] = (terminal.busy() - before) / keys
        for key in EDGES:
            result.keys[key] = []
        for _ in range(max(5, keys // 6)):
            for key, code in EDGES.items():
                result.keys[key] += _press(terminal, [code])
        result.memory = terminal.memory()
    return result


def _press(terminal: Terminal, codes: Sequence[bytes]) -> list[Painted]:
    """Press keys one after the other, each when all that the last one led to is painted."""
    painted = []
    for code in codes:
        one = terminal.press(code)
        terminal.rest(0.2)
        if one is not None:
            painted.append(one)
    return painted


def over_budget(result: Result) -> list[str]:
    """What took longer than its budget, as sentences."""
    times = {"first paint": result.first_paint, "first row": result.first_row}
    times |= {key: result.first(key, 0.95) for key in result.keys}
    return [
        f"{what}: {times[what]:.0f} ms, budget {budget:.0f} ms"
        for what, budget in BUDGETS.items()
        if not times[what] <= budget
    ]


def table(results: Sequence[Result]) -> str:
    """The figures side by side, in milliseconds."""
    rows = [["", *(result.name for result in results), "budget"]]
    for what in ("first paint", "first row"):
        times = [result.first_paint if what == "first paint" else result.first_row
                 for result in results]  # fmt: skip
        rows.append([what, *(f"{time:.0f}" for time in times), f"{BUDGETS[what]:.0f}"])
    for key in results[0].keys:
        for label, share in (("p50", 0.5), ("p95", 0.95)):
            cells = [f"{r.first(key, share):.1f} / {r.last(key, share):.1f}" for r in results]
            budget = f"{BUDGETS[key]:.0f}" if share > 0.5 else ""
            rows.append([f"{key}, {label} first / last", *cells, budget])
    for key in KEYS:
        cells = [f"{result.busy[key]:.1f}" for result in results]
        rows.append([f"{key}, processor time, all that follows", *cells, ""])
    rows.append(["bytes for one row down", *(f"{r.size('down'):.0f}" for r in results), ""])
    rows.append(["memory, MB", *(f"{r.memory:.0f}" for r in results), ""])
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def main() -> int:
    """Measure both and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tools", type=int, default=100_000)
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--no-peer", action="store_true")
    chosen = parser.parse_args()
    columns, lines = (int(part) for part in chosen.size.split("x"))
    tools = ["--tools", str(chosen.tools)]
    home = ["--home", str(chosen.home)] if chosen.home else []
    results = [measure("horizon", [*tools, *home], (columns, lines), chosen.keys)]
    if not chosen.no_peer:
        results.append(measure("datatable", tools, (columns, lines), max(10, chosen.keys // 3)))
    what = f"the catalogue in {chosen.home}" if chosen.home else f"{chosen.tools:,} invented tools"
    load = os.getloadavg()[0]
    print(f"{what}, {chosen.size}, load {load:.1f} on {os.cpu_count()} cores; milliseconds\n")
    print(table(results))
    over = over_budget(results[0])
    print("\n" + ("Over budget: " + "; ".join(over) if over else "Within all budgets."))
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())
