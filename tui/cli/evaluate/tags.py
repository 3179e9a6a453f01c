"""`horizon evaluate tags`: does the product suggest the terms that a person would give?"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from tui.cli.evaluate.labelled import Line, read
from tui.cli.evaluate.report import Miss, Report, report_options, show
from tui.cli.frame import HorizonCommand

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
    vocabularies.
    """
    from catalogue.quality import Score, by_label, macro_f1, micro
    from catalogue.tagging import suggest
    from catalogue.vocabularies import load

    lines = read(file, TagsLine, _known)
    found = {
        (name, number): suggest(load()[name], line.title, line.text)
        for name in VOCABULARIES
        for number, line in lines.items()
    }
    labels: dict[str, dict[str, Score]] = {}
    figures, wrong = {}, []
    for name in VOCABULARIES:
        labels[name] = by_label(
            ([one.code for one in found[name, number]], line.marked(name))
            for number, line in lines.items()
        )
        firsts = [
            found[name, number][0].code in line.marked(name)
            for number, line in lines.items()
            if found[name, number]
        ]
        figures[f"{name}: macro F1"] = macro_f1(labels[name].values())
        figures[f"{name}: precision of the first suggestion"] = (
            sum(firsts) / len(firsts) if firsts else 0.0
        )
        for number, line in lines.items():
            given = {one.code: one.why for one in found[name, number]}
            wrong += [
                Miss(number, code, "wrong", why)
                for code, why in given.items()
                if code not in line.marked(name)
            ]
            wrong += [
                Miss(number, code, "missed", line.title)
                for code in line.marked(name)
                if code not in given
            ]
    overall = {name: micro(scores.values()) for name, scores in labels.items()}
    overall["all"] = micro(overall.values())
    report = Report(len(lines), overall, figures, labels, sorted(wrong, key=lambda one: one.line))
    show(report, misses=misses, as_json=as_json)


def _known(line: TagsLine) -> None:
    """VocabularyError names the nearest code to one that does not exist."""
    from catalogue.vocabularies import load

    for name in VOCABULARIES:
        for code in line.marked(name):
            load()[name].get(code)
