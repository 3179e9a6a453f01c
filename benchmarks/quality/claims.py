"""How well claims of benefit are read: value, unit, denominator and hedge, and no claim in a trap.

The sentences of `claims.jsonl` are invented. About a third are traps without a claim: years,
prices, telephone numbers, counts of staff, problems, policy, questions. The part `tuned` was seen
while the reader was made, the part `held` never. Beside them stand 40 real pages in a few
sentences each, whose labels are of the whole pages, and what taking every amount for a claim would
give.

    python -m benchmarks.quality.claims
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.quality.real import REAL
from catalogue.drafts import ClaimDraft, Quote
from catalogue.quality import Score
from catalogue.text import sentences
from crawler.extractors.amounts import amounts
from tui.cli.evaluate.claims import ClaimsLine, Pair, pair, readings, report
from tui.cli.evaluate.labelled import read
from tui.cli.evaluate.labelled_claims import Labelled, read_draft

LINES = Path(__file__).with_name("claims.jsonl")
PAGES = REAL / "nhs-pages-dev.jsonl"

Reader = Callable[[str, str], list[tuple[Labelled, str]]]


class PartLine(ClaimsLine):
    """A labelled sentence and the part of the set that it belongs to."""

    part: str = ""


def every_amount(title: str, text: str) -> list[tuple[Labelled, str]]:
    """Each amount of a text as if it were a claim: what the reading is measured against."""
    return list(_amounts(f"{title}\n\n{text}"))


def _amounts(text: str) -> Iterator[tuple[Labelled, str]]:
    for _, _, sentence in sentences(text):
        for amount in amounts(sentence):
            draft = ClaimDraft(
                extractor="",
                quote=Quote(text="", place=""),
                dimension="BEN_OTHER",
                low=amount.low,
                high=amount.high,
                unit=amount.unit,
                hedge=amount.bound,
            )
            if (one := read_draft(draft)) is not None:
                yield one, sentence


def scores(lines: dict[int, PartLine], reader: Reader) -> dict[str, Score]:
    """The score of each field over all lines."""
    pairs: dict[int, list[Pair]] = {
        number: list(pair(line.labels(), reader(line.title, line.text)))
        for number, line in lines.items()
    }
    return dict(report(pairs, {number: line.text for number, line in lines.items()}).overall)


def show(name: str, lines: dict[int, PartLine]) -> None:
    """Print one row for each reader and field."""
    labels = sum(len(line.labels()) for line in lines.values())
    traps = sum(not line.labels() for line in lines.values())
    print(f"\n{name}: {len(lines)} texts, {labels} claims, {traps} texts without one")
    print(f"{'':34}{'precision':>10}{'recall':>8}{'F1':>7}")
    readers: tuple[tuple[str, Reader], ...] = (
        ("claim reader", readings),
        ("every amount", every_amount),
    )
    for reader_name, reader in readers:
        for field, one in scores(lines, reader).items():
            row = f"{reader_name}: {field}"
            print(f"{row:34}{one.precision:10.3f}{one.recall:8.3f}{one.f1:7.3f}")


def main() -> None:
    """Print the table of each part and, where they are there, of the real pages."""
    lines = read(LINES, PartLine)
    for part in ("tuned", "held"):
        show(part, {number: line for number, line in lines.items() if line.part == part})
    if PAGES.is_file():
        show("real pages", read(PAGES, PartLine))
    else:
        print(f"\nThe real pages are not there ({PAGES.name} in ../shared/real).")


if __name__ == "__main__":
    main()
