"""Numbers in running text, in figures and in words: "82,000", "1.2m", "twenty-five"."""

from __future__ import annotations

import re

_ONES = {
    name: value
    for value, name in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    name: value
    for value, name in zip(
        range(20, 100, 10),
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        strict=True,
    )
}
_SCALES = {
    "hundred": 100.0,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
}

WORD = "|".join(sorted([*_ONES, *_TENS, "hundred", "thousand", "million", "dozen"], key=len)[::-1])
"""The words that numbers are made of, as alternatives."""

FIGURE = r"\d[\d,]{0,14}(?:\.\d+)?(?:\s?(?:k|m|bn|million|billion|thousand)\b)?"
"""A number in figures, as a regular expression without groups."""


def _by_first_letter(words: str) -> str:
    """The same alternatives, those that begin with one letter together: a word that begins with
    another is passed over by ten letters and not by each of the words.
    """
    ends: dict[str, list[str]] = {}
    for word in words.split("|"):
        ends.setdefault(word[0], []).append(word[1:])
    either = "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in ends.items())
    return f"(?=[{''.join(ends)}])(?:{either})"


_ONE_WORD = _by_first_letter(WORD)
_SPELT = (
    rf"(?:{_ONE_WORD}(?:(?:(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+|[\s-]){_ONE_WORD}){{0,5}}"
    r"|an?\s+(?:hundred|thousand|million|dozen))"
)
NUMBER = rf"(?:{FIGURE}|{_SPELT})"
"""A number in figures or words, as a regular expression without groups."""


def number(words: str) -> float | None:
    """The value of a number in figures or words; None when it is none."""
    text = words.strip().lstrip("£").strip().casefold()
    figure = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)\s?([a-z]*)", text)
    if figure:
        scale = _SCALES.get(figure[2], 1.0 if not figure[2] else None)
        return None if scale is None else float(figure[1].replace(",", "")) * scale
    total = current = 0.0
    for word in re.split(r"[\s-]+", text):
        if word in {"a", "an"}:
            current = 1
        elif word in _ONES:
            current += _ONES[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0
        elif word == "dozen":
            current = max(current, 1) * 12
        elif word != "and":
            return None
    return total + current
