"""Why something was found: whose words, which of them, and what made up its score."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from catalogue.rows import Hit
from catalogue.text import one_line
from tui.state.entries import Line, Piece
from tui.state.wording import day, quoted, says

BEFORE = 60
"""Characters kept before the first word that matched, where a passage is cut."""
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def speaker(hit: Hit) -> str:
    """Who says the passage and when: "Supplier says, 5 Nov 2026"."""
    if hit.speaker is None:
        return "Not known who says"
    return f"{says(hit.speaker.voice)}, {day(hit.speaker.last_seen)}"


def document(hit: Hit) -> str:
    """The document that the passage stands in: its title, publisher and address."""
    told = hit.speaker
    parts = (quoted(told.document), told.publisher) if told else ()
    return ", ".join(filter(None, (*parts, hit.passage_url)))


def score(hit: Hit) -> str:
    """The parts of the score: "by words 0.016 + by meaning 0.015; cosine 0.61"; "" where nothing
    but filters was asked.
    """
    parts = " + ".join(f"by {name} {part:.3f}" for name, part in sorted(hit.parts, reverse=True))
    cosine = "" if hit.cosine is None else f"cosine {hit.cosine:.2f}"
    return "; ".join(filter(None, (parts, cosine)))


def passage(hit: Hit, most: int | None = None) -> tuple[Piece, ...]:
    """The passage in quotation marks, the words that matched set off; at most about `most`
    characters of it, from shortly before the first word that matched.
    """
    text = one_line(hit.passage)
    marks = _marked(hit.matched)
    if most is not None and len(text) > most:
        first = marks.search(text) if marks else None
        start = max(0, first.start() - BEFORE) if first and first.end() > most else 0
        cut = text[start:]
        text = f"{ELLIPSIS if start else ''}{one_line(cut, most)}"
    return tuple(_set_off(quoted(text), marks))


def lines(hit: Hit) -> Iterator[Line]:
    """All of it, a line or more each: who says it in which words, where, and the score."""
    yield Line(((f"{speaker(hit)}: ", "muted"), *passage(hit)))
    yield Line(((f"  {document(hit)}", "muted"),), 2)
    if told := score(hit):
        yield Line(((f"  Score {hit.score:.3f}: {told}", "muted"),), 2)


def _marked(words: Sequence[str]) -> re.Pattern[str] | None:
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    if not words:
        return None
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(longest_first)})(?![^\W_])")


def _set_off(text: str, marks: re.Pattern[str] | None) -> Iterator[Piece]:
    end = 0
    for found in marks.finditer(text) if marks else ():
        if found.start() > end:
            yield text[end : found.start()], "quote"
        yield found[0], "match"
        end = found.end()
    if end < len(text):
        yield text[end:], "quote"
