"""`horizon evaluate`: how well the product reads, on lines that your own team has labelled."""

from __future__ import annotations

from typing import Final

import click

from tui.cli.frame import Entry, LazyGroup

ENTRIES: Final = (
    Entry("tags", "tui.cli.evaluate.tags:tags", "Evaluate", "Judge the suggestion of tags."),
    Entry("scope", "tui.cli.evaluate.scope:scope", "Evaluate", "Judge the rules of scope."),
    Entry("claims", "tui.cli.evaluate.claims:claims", "Evaluate", "Judge the reading of claims."),
    Entry(
        "matching",
        "tui.cli.evaluate.matching:matching",
        "Evaluate",
        "Judge the finding of duplicates.",
    ),
    Entry(
        "screening",
        "tui.cli.evaluate.screening:screening",
        "Evaluate",
        "Judge what prioritised screening saves.",
    ),
    Entry("search", "tui.cli.evaluate.search:search", "Evaluate", "Judge what the search finds."),
)


@click.group(cls=LazyGroup, entries=ENTRIES, example="horizon evaluate tags labelled.jsonl")
def evaluate() -> None:
    """Judge how well the product reads and finds.

    Each runs the product's own code, with the settings as they stand, over what your team has
    labelled. Reading is judged on a file of JSON lines, by precision, recall and F1, overall and
    per label.
    """
