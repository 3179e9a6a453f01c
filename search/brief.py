"""A brief: the parts of a page of requirements, each with the heading and the words above it.

Read as Markdown (markdown-it-py, CommonMark with tables), which plain text and the text of a PDF
nearly are; what people write in their place - dots, dashes, "3.1", "R12:", "(a)" before a line - is
made into Markdown's own marks first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from catalogue.text import clean, one_line, sentences

Kind = Literal["item", "row", "sentence"]

_BULLET = re.compile(
    r"^(\s*)(?:[\u2022\u25aa\u25e6\u2023\u00b7\u25cf\u25cb\u25a0\uf0b7\u2013\u2014]|o(?=\s{2}|\t))\s+"
)
_NUMBER = re.compile(r"^\s*(\d{1,3}(?:\.\d{1,3})+)\.?\s+(?=\S)|^\s*(\d{1,3})[.)]?\s+(?=[A-Z])")
_LABEL = re.compile(
    r"""
    ^\s* (?: [A-Z]{1,5}[-_\ ]?\d+(?:\.\d+)* (?: [.:)] | \s+[-\u2013:] | \t | \s{2} )
        | \(?[a-z]\) | \(?[ivx]{1,4}\) ) \s*(?=\S)
    """,
    re.VERBOSE,
)
_CELL = re.compile(
    r"requirement|need|description|specification|function|feature|user story|capabilit|what",
    re.IGNORECASE,
)
_MARK = re.compile(r"priorit|moscow|importance|mandatory|must|type|essential", re.IGNORECASE)
_YES = re.compile(r"y(?:es)?|x|\u2713|\u2714|true", re.IGNORECASE)
_PRIORITY_LINE = re.compile(
    r"\s*(?:(?:must|should|could|won['\u2019]?t)[- ]haves?|essential|mandatory|desirable|optional|"
    r"nice to have|out of scope)\s*:?\s*",
    re.IGNORECASE,
)
"""A line of its own that is a heading though nothing marks it as one, also below a list."""
_HEADING_WORDS: Final = 8
"""Most words of a line that is taken for a heading though nothing marks it as one."""
_DEEPEST: Final = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the page that may ask for something."""

    kind: Kind
    text: str
    heading: str
    """The heading it stands under."""
    lead: str = ""
    """The words that lead its list in: "The system must:"."""
    mark: str = ""
    """What a cell of its own says of its priority."""
    line: int = 1


def parts(text: str) -> Iterator[Part]:
    """The parts of a text in order: items of lists, rows of tables, and sentences elsewhere."""
    marked = _marked(clean(text).split("\n"))
    reader = MarkdownIt("commonmark").enable("table").disable(["code", "html_block"])
    return _Walk(reader.parse("\n".join(marked))).parts()


def _marked(lines: Sequence[str]) -> list[str]:
    """The lines, with Markdown's marks where people wrote others; as many as there were."""
    numbers = [_depth(line) for line in lines]
    made = []
    for at, line in enumerate(lines):
        if numbers[at]:
            bare = _NUMBER.sub("", line, count=1).strip()
            after = next((number for number in numbers[at + 1 :] if number), "")
            if after.startswith(f"{numbers[at]}.") and _like_heading(bare):
                made.append(f"{'#' * min(_DEEPEST, numbers[at].count('.') + 1)} {bare}")
                continue
            if "." in numbers[at]:
                made.append(f"- {bare}")
                continue
        if _PRIORITY_LINE.fullmatch(line):
            made.append(f"{'#' * _DEEPEST} {line.strip().rstrip(':')}")
        elif label := _LABEL.match(line):
            made.append(f"- {line[label.end() :].strip()}")
        else:
            made.append(_BULLET.sub(r"\1- ", line))
    return made


def _depth(line: str) -> str:
    """The number that a line begins with ("3.1"); "" for none."""
    found = _NUMBER.match(line)
    return (found[1] or found[2]) if found else ""


def _like_heading(line: str) -> bool:
    return len(line.split()) <= _HEADING_WORDS and not re.search(
        r"[.;,!?]$|\b(?:must|shall|should|could)\b", line
    )


class _Walk:
    """One walk over the tokens of a page."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._headings: list[tuple[int, str]] = []
        self._leads: list[str] = []
        """For each list that is open, the words that lead it in."""
        self._said = ""
        """The last words before the present place, which lead a list in that begins here."""
        self._line = 1
        self._columns: list[str] = []
        self._row: list[str] = []

    def parts(self) -> Iterator[Part]:
        for before, token in pairwise([Token("", "", 0), *self._tokens]):
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self._leads.append(self._said if self._said.endswith(":") else "")
                case "bullet_list_close" | "ordered_list_close":
                    self._leads.pop()
                    self._said = ""
                case "thead_open":
                    self._columns = []
                case "tr_open":
                    self._row = []
                case "tr_close":
                    if self._columns:
                        yield from self._of_row()
                    else:
                        self._columns = self._row
                case "tbody_close" | "table_close":
                    self._columns = self._columns if token.type == "tbody_close" else []
                case "inline":
                    self._line = (token.map or [0])[0] + 1
                    yield from self._inline(before, token)

    def _inline(self, before: Token, token: Token) -> Iterator[Part]:
        text = _plain(token)
        if before.type == "heading_open":
            self._under(int(before.tag[1:]), text)
        elif before.type in {"th_open", "td_open"}:
            self._row.append(one_line(text))
        elif self._leads:
            yield from self._item(text)
        else:
            yield from self._paragraph(text)

    def _under(self, level: int, text: str) -> None:
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        bare = re.sub(r"^[\d.]+\s+", "", one_line(text)).strip("* ").rstrip(":")
        self._headings.append((level, bare))
        self._said = one_line(text)

    @property
    def _heading(self) -> str:
        return self._headings[-1][1] if self._headings else ""

    def _item(self, text: str) -> Iterator[Part]:
        self._said = one_line(text)
        if self._said and not self._said.endswith(":"):
            lead = next((lead for lead in reversed(self._leads) if lead), "")
            yield Part("item", self._said, self._heading, lead, line=self._line)

    def _paragraph(self, text: str) -> Iterator[Part]:
        lone = one_line(text)
        self._said = lone
        if lone.endswith(":") or not lone:
            return
        if "\n" not in text and _like_heading(lone) and not lone[-1:].isdigit():
            self._under(_DEEPEST + 1, lone)
            return
        for start, _end, sentence in sentences(text):
            line = self._line + text.count("\n", 0, start)
            yield Part("sentence", one_line(sentence), self._heading, line=line)

    def _of_row(self) -> Iterator[Part]:
        cells = [*self._row, *[""] * len(self._columns)][: len(self._columns)]
        places = range(len(cells))
        named = [at for at in places if _CELL.search(self._columns[at])]
        chosen = max(named or places, key=lambda at: len(cells[at]))
        marks = [at for at in places if at != chosen and _MARK.search(self._columns[at])]
        if not cells[chosen]:
            return
        mark = cells[marks[0]] if marks else ""
        if _YES.fullmatch(mark):
            mark = self._columns[marks[0]]
        yield Part("row", cells[chosen], self._heading, mark=mark, line=self._line)


def _plain(token: Token) -> str:
    """The words of a stretch, without their marks."""
    said = []
    for child in token.children or []:
        if child.type in {"softbreak", "hardbreak"}:
            said.append("\n")
        elif child.type in {"text", "code_inline", "image"}:
            said.append(child.content)
    return "".join(said).strip()
