"""Calibration: what words and meaning weigh in the confidence of a suggestion.

The weights stand in `calibration.yml` with their origin; `benchmarks/quality/calibrate.py` fits
them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression: each is added to the score times what it weighs."""

    intercept: float
    words: float
    meaning: float
    usual: float


ANY = "any"
"""Weights of vocabularies for which no labelled lines were at hand."""


def weights(vocabulary: str) -> Weights:
    """The weights of a vocabulary."""
    fitted = _fitted()
    return fitted.get(vocabulary, fitted[ANY])


@cache
def written() -> str:
    """The file of weights, as written."""
    return files("search").joinpath("calibration.yml").read_text(encoding="utf-8")


@cache
def _fitted() -> dict[str, Weights]:
    return {name: Weights(**one) for name, one in yaml.safe_load(written())["weights"].items()}
