"""What the child process of `crawler.reader` answers for one page, as one line of JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from catalogue.drafts import Reading


class Answer(BaseModel):
    """A reading; or a fault and a note on it."""

    model_config = ConfigDict(frozen=True)

    reading: Reading | None = None
    fault: str = ""
    """`memory`, or the kind of an `UnreadablePageError`; empty with a reading."""
    note: str = ""
    """One line for a person."""
