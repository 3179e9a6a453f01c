"""`horizon evaluate tags`: does the product suggest the terms that a person would give?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from tui.cli.evaluate.labelled import Line, read
from tui.cli.evaluate.report import Miss, Report, report_options, show
from tui.cli.frame import HorizonCommand

if TYPE_CHECKING:
    from catalogue.tagging import Suggestion

VOCABULARIES: Final = ("use_cases", "settings")


class TagsLine(Line):
    """A page, and the codes that a person gave it."""

    title: str
    text: str
    use_cases: tuple[str, ...]
    settings: tuple[str, ...]

    def marked(self, vocabulary: str) -> tuple[str, ...]:
        """The codes of one vocabulary."""
        return self.use_cases if vocabulary == "use_cases" else self.settings


@click.command(cls=HorizonCommand, example="horizon evaluate tags labelled.jsonl --misses")
@report_options
def tags(file: Path, *, misses: bool, as_json: bool) -> None:
    """Judge the suggestion of tags.

    Lines: {"title", "text", "use_cases": [codes], "settings": [codes]} with codes of the
    vocabularies. Where the embedding model is missing, words alone are judged.
    """
    lines = read(file, TagsLine, _known)
    show(_report(lines, _suggested(lines)), misses=misses, as_json=as_json)


def _suggested(lines: Mapping[int, TagsLine]) -> list[Mapping[str, Sequence[Suggestion]]]:
    """What the product suggests for each line, by vocabulary, the likeliest first."""
    from catalogue import tagging
    from catalogue.errors import ModelError
    from catalogue.vocabularies import load
    from tui.cli import opening, render

    with opening.services() as services:
        try:
            tagger = services.tagger()
        except ModelError as error:
            render.say(f"{error} Tags are suggested from words alone.")
            return [
                {name: tagging.suggest(load()[name], one.title, one.text) for name in VOCABULARIES}
                for one in lines.values()
            ]
        return [tagger.suggest_all(one.title, one.text) for one in lines.values()]


def _report(
    lines: Mapping[int, TagsLine], given: Sequence[Mapping[str, Sequence[Suggestion]]]
) -> Report:
    from catalogue.quality import Score, by_label, macro_f1, micro

    labels: dict[str, dict[str, Score]] = {}
    figures: dict[str, float] = {}
    misses: list[Miss] = []
    for name in VOCABULARIES:
        pairs = [
            (one[name], line.marked(name)) for one, line in zip(given, lines.values(), strict=True)
        ]
        labels[name] = by_label(([one.code for one in found], marked) for found, marked in pairs)
        firsts = [found[0].code in marked for found, marked in pairs if found]
        figures[f"{name}: macro F1"] = macro_f1(labels[name].values())
        figures[f"{name}: precision of the first suggestion"] = (
            sum(firsts) / len(firsts) if firsts else 0.0
        )
        for number, (found, marked) in zip(lines, pairs, strict=True):
            misses += _misses(number, lines[number].title, found, marked)
    overall = {name: micro(scores.values()) for name, scores in labels.items()}
    overall["all"] = micro(overall.values())
    misses.sort(key=lambda one: one.line)
    return Report(len(lines), overall, figures, labels, misses)


def _misses(
    number: int, title: str, found: Sequence[Suggestion], marked: Sequence[str]
) -> Iterator[Miss]:
    for one in found:
        if one.code not in marked:
            yield Miss(number, one.code, "wrong", f"{one.confidence:.2f} {one.why}")
    for code in marked:
        if code not in {one.code for one in found}:
            yield Miss(number, code, "missed", title)


def _known(line: TagsLine) -> None:
    """VocabularyError names the nearest code to one that does not exist."""
    from catalogue.vocabularies import load

    for name in VOCABULARIES:
        for code in line.marked(name):
            load()[name].get(code)
