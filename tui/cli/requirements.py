"""A page of requirements, from a file or from standard input, as text."""

from __future__ import annotations

import sys
from pathlib import Path

from catalogue.errors import HorizonError, NotFoundError

LARGEST = 20_000_000
"""Bytes of a file that are read at most."""

LONGEST = 500_000
"""Characters of its text that are read at most."""

STDIN = "-"

_OFFICE = {".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx"}


def text_of(name: str) -> tuple[str, str]:
    """The title and the text of a page; "-" is standard input.

    Raises:
        HorizonError: it is no text, is too large, or there is nothing in it.
        NotFoundError: there is no such file.
    """
    if name == STDIN:
        title, text = "Pasted text", _decoded(sys.stdin.buffer.read(LARGEST + 1))
    else:
        path = Path(name)
        title, text = path.name, _of_file(path)
    if not text.strip():
        raise HorizonError(f"There is nothing to read in {title}.", "A scan has no text in it.")
    if len(text) > LONGEST:
        raise HorizonError(
            f"{title} has {len(text):,} characters; {LONGEST:,} are read at most.",
            "Give the pages with the requirements.",
        )
    return title, text


def _of_file(path: Path) -> str:
    if path.suffix.casefold() in _OFFICE:
        raise HorizonError(
            f"{path.name} is an office document, which is not read.",
            "Save it as PDF or as plain text, or paste its text: horizon match -",
        )
    if not path.is_file():
        raise NotFoundError(
            f"There is no file {path}.", "To paste the text instead, say: horizon match -"
        )
    with path.open("rb") as stream:
        body = stream.read(LARGEST + 1)
    if body.startswith(b"%PDF-"):
        return _of_pdf(path, body)
    return _decoded(body)


def _of_pdf(path: Path, body: bytes) -> str:
    from crawler.page import UnreadablePageError
    from crawler.view.pdf_text import pdf_text

    try:
        return "\n\n".join(pdf_text(body).pages)
    except UnreadablePageError as error:
        raise HorizonError(f"{path.name} cannot be read: {error}") from error


def _decoded(body: bytes) -> str:
    if len(body) > LARGEST:
        raise HorizonError(f"There are more than {LARGEST:,} bytes to read.")
    if b"\0" in body and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise HorizonError("That is no text.", "Markdown, plain text and PDF are read.")
    for encoding in ("utf-8-sig", "utf-16") if b"\0" in body else ("utf-8-sig", "cp1252"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode("utf-8", errors="replace")
