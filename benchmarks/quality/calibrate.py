"""Fit the weights of `search/calibration.yml`: a logistic regression (Platt's method) of whether a
term is marked, on what words, meaning and use cases say.

It is fitted on the labelled pages, each read with a vocabulary as if nobody had seen it
(`benchmarks.quality.pages`), and prints the file:

    python -m benchmarks.quality.calibrate > search/calibration.yml
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.quality.pages import PAGES, Encoder, LabelledPage, held_out, labelled_pages
from benchmarks.quality.selfhosted import tools, vocabulary
from catalogue.tagging import Suggestion
from catalogue.vocabularies import load
from search.calibration import Weights
from search.tagger import Features, Tagger, Usual, calibrated, usually

HEAD = """\
# What words, meaning and use cases weigh in the confidence of a suggestion.
# Fitted on {day} by python -m benchmarks.quality.calibrate: logistic regression (Platt's
# method), C = {c:g}. use_cases and settings: on {pages} labelled pages of {file}, each read
# without the names and cues that it alone vouches for; user_groups: as settings, for want of
# labelled lines; any (a vocabulary of which nothing is known): on every second one of {tools}
# self-hosted tools, with a vocabulary made from the descriptions of their tags.
weights:
"""
C = 10.0
VOCABULARIES = ("use_cases", "settings")
TUNED_ON = slice(None, None, 2)
"""Of the self-hosted tools, those that the weights of 'any' are fitted on."""

Line = Mapping[str, Features]
"""Features of one page by code."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The features of all pages in one vocabulary, and what is marked."""

    lines: Sequence[Line]
    pages: Sequence[LabelledPage]

    def fit(self, leave_out: int = -1) -> Weights:
        """Fit on all pages but one."""
        return fit([pair for at, pair in enumerate(self._pairs()) if at != leave_out])

    def confidences(self) -> list[dict[str, float]]:
        """The confidence in each term of each page, by weights fitted on the other pages."""
        return [
            {code: calibrated(weights, one) for code, one in line.items()}
            for line, weights in ((line, self.fit(at)) for at, line in enumerate(self.lines))
        ]

    def _pairs(self) -> list[tuple[Line, frozenset[str]]]:
        return [(line, page.codes) for line, page in zip(self.lines, self.pages, strict=True)]


def fit(pairs: Sequence[tuple[Line, frozenset[str]]]) -> Weights:
    """Fit weights on pages, each with what is marked on it."""
    seen = np.array([astuple(one) for line, _ in pairs for one in line.values()], np.float64)
    marks = np.array([code in marked for line, marked in pairs for code in line])
    regression = LogisticRegression(C=C, max_iter=1000).fit(seen, marks)
    return Weights(float(regression.intercept_[0]), *(float(one) for one in regression.coef_[0]))


def sheets(encoder: Encoder, pages: Sequence[LabelledPage]) -> dict[str, Sheet]:
    """The features of the pages in both vocabularies, with nothing of a page known beforehand."""
    held = {name: held_out(load()[name], pages) for name in VOCABULARIES}

    def features(name: str, usual: Sequence[Mapping[str, Usual]]) -> Sheet:
        lines = [
            Tagger(encoder).features(held[name][at], page.title, page.text, usual[at])
            for at, page in enumerate(pages)
        ]
        return Sheet(lines, pages)

    use_cases = features("use_cases", [{} for _ in pages])
    usual = [
        usually(Suggestion(code, "suggested", "", "", sure) for code, sure in line.items())
        for line in use_cases.confidences()
    ]
    return {"use_cases": use_cases, "settings": features("settings", usual)}


def main() -> None:
    """Print the file of weights."""
    pages = labelled_pages()
    encoder = Encoder()
    fitted = sheets(encoder, pages)
    terms = vocabulary()
    all_tools = tools(terms)
    tagger = Tagger(encoder)
    known = all_tools[TUNED_ON]
    lines = [tagger.features(terms, f"{one.name}. {one.summary}", "") for one in known]
    weights = {name: sheet.fit() for name, sheet in fitted.items()}
    weights["user_groups"] = weights["settings"]
    weights["any"] = fit(list(zip(lines, (one.codes for one in known), strict=True)))
    day = datetime.now(UTC).date()
    print(HEAD.format(c=C, pages=len(pages), file=PAGES, tools=len(all_tools), day=day), end="")
    for name, one in weights.items():
        values = zip(Weights.__slots__, astuple(one), strict=True)
        print(f"  {name}: {{{', '.join(f'{key}: {value:.3f}' for key, value in values)}}}")


if __name__ == "__main__":
    main()
