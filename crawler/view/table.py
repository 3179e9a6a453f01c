"""Tables as files: CSV in any usual encoding and with any usual separator, and XLSX."""

from __future__ import annotations

import csv
import hashlib
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from itertools import islice
from typing import Final
from xml.etree.ElementTree import ParseError

from charset_normalizer import from_bytes
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from selectolax.lexbor import LexborHTMLParser

from catalogue.errors import nearest
from catalogue.text import name_key, one_line
from crawler.page import Page, UnreadablePageError
from crawler.view.main_text import readable
from crawler.view.page_view import PageView
from crawler.view.rows import Row, Table
from crawler.view.structured import Structured

MAX_ROWS: Final = 10_000
"""Most rows read from one table."""

MAX_COLUMNS: Final = 200
MAX_TOLD: Final = 2_000
"""Most rows that the text of the document holds."""
_SEPARATORS: Final = ",;\t|"
_TRIED: Final = 50
"""Rows by which the separator is found."""
_ABOVE: Final = 20
"""Rows that may stand above the headings: a title, a date."""
_ENCODINGS: Final = ["cp1252", "utf_16_le", "utf_16_be", "mac_roman"]


def view_table(page: Page, wanted: Iterable[str] = (), sheet: str = "") -> PageView:
    """Parse a table.

    Args:
        page: The file.
        wanted: Headings that the row of headings has; without them it is the first row with two
            cells.
        sheet: Name of the sheet of a workbook; "" means the first.

    Raises:
        UnreadablePageError: it is no table, or has no such sheet, or no row of headings.
    """
    lines = _sheet(page.body, sheet) if page.is_workbook else _csv(page)
    table = _below_headings([*islice(lines, MAX_ROWS + _ABOVE)], [*wanted])
    text = readable("\n".join(_line(table.header, row) for row in table.rows[:MAX_TOLD]))
    title = one_line(page.url.rsplit("/", 1)[-1], 200)
    return PageView(
        url=page.url,
        canonical=page.url,
        title=title,
        heading=title,
        text=text or " | ".join(table.header),
        text_sha=hashlib.sha256(
            repr((table.header, [row.cells for row in table.rows])).encode()
        ).hexdigest(),
        kind="listing",
        language="en",
        published_on=None,
        links=(),
        tree=LexborHTMLParser(""),
        data=Structured(),
        table=table,
    )


def _line(header: Sequence[str], row: Row) -> str:
    """A row as a line of text, each cell behind its heading."""
    pairs = zip(header, row.cells, strict=False)
    return "; ".join(f"{heading}: {words}" for heading, words in pairs if words and heading)


def _below_headings(lines: Sequence[Sequence[str]], wanted: Sequence[str]) -> Table:
    """The table that begins with the row that has most of the headings wanted."""
    keys = {name_key(heading) for heading in wanted}
    best, most = -1, 0
    for at, line in enumerate(lines[:_ABOVE]):
        filled = [name_key(words) for words in line if words]
        score = len(keys.intersection(filled)) if keys else int(len(filled) > 1)
        if score > most:
            best, most = at, score
    if best < 0:
        told = next((line for line in lines if any(line)), ())
        hints = [nearest(heading, filter(None, told)) for heading in wanted[:1]]
        raise UnreadablePageError(
            "unreadable", " ".join(["The table has none of the headings expected.", *hints])
        )
    header = tuple(lines[best])
    missing = [heading for heading in wanted if name_key(heading) not in map(name_key, header)]
    if missing:
        hints = [
            f"There is no column '{heading}'. {nearest(heading, filter(None, header))}"
            for heading in missing
        ]
        raise UnreadablePageError("unreadable", one_line(" ".join(hints), 400))
    rows = [
        Row(number, tuple(line))
        for number, line in enumerate(lines[best + 1 :], best + 2)
        if any(line)
    ]
    return Table(header, tuple(rows))


def _csv(page: Page) -> Iterable[tuple[str, ...]]:
    text = _decoded(page.body)
    separator = max(_SEPARATORS, key=lambda one: _evenness(text, one))
    try:
        for line in csv.reader(StringIO(text, newline=""), delimiter=separator, strict=False):
            yield tuple(map(one_line, line[:MAX_COLUMNS]))
    except csv.Error as error:
        raise UnreadablePageError("unreadable", f"This is no CSV: {error}.") from error


def _evenness(text: str, separator: str) -> tuple[float, int]:
    """How well a separator divides the first rows: into how many like rows, and how wide."""
    try:
        widths = [
            len(line)
            for line in islice(csv.reader(StringIO(text, newline=""), delimiter=separator), _TRIED)
            if any(line)
        ]
    except csv.Error:
        return 0.0, 0
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0, 0
    usual = max(set(wide), key=wide.count)
    return wide.count(usual) / len(widths), usual


def _decoded(body: bytes) -> str:
    """The text by its byte order mark, else as UTF-8, else by what its bytes look like."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace").replace("\0", "")
    try:
        return body.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        found = from_bytes(body[: 64 * 1024], cp_isolation=_ENCODINGS).best()
        return body.decode(found.encoding if found else "cp1252", "replace").replace("\0", "")


def _sheet(body: bytes, sheet: str) -> Iterable[tuple[str, ...]]:
    try:
        book = load_workbook(BytesIO(body), read_only=True, data_only=True, keep_links=False)
        if sheet and sheet not in book.sheetnames:
            raise UnreadablePageError(
                "unreadable", f"There is no sheet '{sheet}'. {nearest(sheet, book.sheetnames)}"
            )
        pages = book[sheet] if sheet else book.worksheets[0]
        for line in pages.iter_rows(values_only=True, max_col=MAX_COLUMNS):
            yield tuple(map(_cell, line))
        book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise UnreadablePageError("unreadable", f"This is no workbook: {error}.") from error
    except ParseError as error:
        raise UnreadablePageError("unreadable", f"The workbook is broken: {error}.") from error


def _cell(value: object) -> str:
    """What a cell shows: whole numbers without a point, days without a time."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    words = str(value)
    return one_line(words.removesuffix(" 00:00:00"))
