"""What the detail pane is made of: entries a reader can stand on, each able to say its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from catalogue.rows import Provenance, TagRow
from tui.state.wording import quoted, said

Role = Literal[
    "plain", "strong", "heading", "label", "quote", "match", "muted", "good", "warning", "bad"
]
"""How a piece of text is meant; the widget gives it a style."""

Piece = tuple[str, Role]


@dataclass(frozen=True, slots=True)
class Subject:
    """One value with everything known about where it comes from: what Enter and `y` show."""

    title: str
    value: str
    provenance: Provenance | None
    original: str = ""
    """The words as said, where the value was put in other words."""
    notes: tuple[str, ...] = ()
    others: tuple[tuple[str, Provenance], ...] = ()
    """What other sources say of the same thing, where it differs."""

    def as_text(self) -> str:
        """The value with its source, as one paragraph for the clipboard."""
        lines = [f"{self.title}: {self.value}"]
        if self.provenance is not None:
            by = self.provenance
            if by.quote:
                lines.append(quoted(by.quote))
            lines.append(f"{by.said_by} ({by.voice}), {by.last_seen.isoformat()}, {by.url}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an entry before it is wrapped; further lines are indented by `hang`."""

    pieces: tuple[Piece, ...]
    hang: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a heading or a blank cannot be stood on, all else can."""

    lines: tuple[Line, ...]
    still: bool = False
    """Whether the cursor passes over it."""
    subject: Subject | None = None
    tool_id: int | None = None
    """The tool that Enter opens."""
    tag: TagRow | None = None
    """The tag that can be accepted or rejected here."""
    url: str = ""
    """The page that `o` opens."""


def heading(text: str, note: str = "") -> Entry:
    """A heading with a blank line above it."""
    pieces: list[Piece] = [(text, "heading")]
    if note:
        pieces.append((f"  {note}", "muted"))
    return Entry((Line(()), Line(tuple(pieces))), still=True)


def remark(text: str, role: Role = "muted") -> Entry:
    """A sentence that is not a value."""
    return Entry((Line(((text, role),)),), still=True)


def voice(provenance: Provenance, indent: int = 2) -> Iterator[Line]:
    """Who said it, when and in which words."""
    pad: Piece = (" " * indent, "plain")
    words: tuple[Piece, ...] = ((quoted(provenance.quote), "quote"),) if provenance.quote else ()
    yield Line(
        (pad, (f"{said(provenance)}: " if words else said(provenance), "muted"), *words), indent
    )
