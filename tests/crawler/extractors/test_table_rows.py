"""Rows of CSV files and workbooks."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from catalogue.drafts import ListingDraft, Reading, SupplierDraft, ToolDraft
from crawler.page import Page, ReadRequest, UnreadablePageError
from crawler.reading import read
from tests.crawler.extractors.recorded import FETCHED_AT

URL = "https://www.tables.example/tools.csv"
COLUMNS = {
    "name": "Product",
    "supplier": "Company",
    "number": "Company number",
    "homepage": "Link",
    "use_case": "Used for",
    "feature": "What it does",
    "price": "Price",
}
HEADER = ["Product", "Company", "Company number", "Link", "Used for", "What it does", "Price"]
ROWS = [
    [
        *("RotaFlow", "Ostler Ltd", "1234567", "www.ostler.example/rota"),
        *("Rostering", "Builds rosters; Swaps shifts", "£2 a user"),
    ],
    ["LetterLark", "Quillfeather & Sønner", "", "", "Basket weaving", "", ""],
]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv(separator: str = ",", *, above: str = "") -> str:
    lines = ([f'"{words}"' for words in line] for line in (HEADER, *ROWS))
    return above + "".join(f"{separator.join(line)}\r\n" for line in lines)


def workbook(*above: list[str]) -> bytes:
    book, file = Workbook(), BytesIO()
    book.active.title = "Notes"  # type: ignore[union-attr]  # a new workbook has a sheet
    sheet = book.create_sheet("Tools 2026")
    for line in (*above, HEADER, *ROWS):
        sheet.append(line)
    book.save(file)
    return file.getvalue()


def reading(
    body: str | bytes, kind: str = "text/csv", *, url: str = URL, **options: object
) -> Reading:
    told = {"columns": COLUMNS, "rows_are": "tool", **options}
    request = ReadRequest(
        ("table_rows",), "Somebody", "VOICE_NETWORK", "https://www.tables.example/", options=told
    )
    sent = body.encode() if isinstance(body, str) else body
    return read(Page(url, sent, kind, FETCHED_AT), request)


def tools(given: Reading) -> list[ToolDraft]:
    return [draft for draft in given.drafts if isinstance(draft, ToolDraft)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_and_separator_gives_the_same(separator: str, encoding: str) -> None:
    given = tools(reading(csv(separator).encode(encoding)))

    assert [(one.name.text, one.supplier) for one in given] == [
        ("RotaFlow", "Ostler Ltd"),
        ("LetterLark", "Quillfeather & Sønner"),
    ]


def test_a_workbook_gives_what_the_same_csv_gives() -> None:
    given = reading(workbook(), XLSX, url="https://www.tables.example/t.xlsx", sheet="Tools 2026")

    assert given.drafts == reading(csv()).drafts


def test_every_value_has_the_number_of_its_row_and_its_heading() -> None:
    rota = tools(reading(csv(above="Tools in use\r\n\r\n")))[0]

    assert rota.name.place == "row 4, column Product"
    assert [(one.property, one.value, one.quote.place) for one in rota.values] == [
        ("use_case", "UC_SCHED_ROTA", "row 4, column Used for"),
        ("feature", "Builds rosters", "row 4, column What it does"),
        ("feature", "Swaps shifts", "row 4, column What it does"),
        ("price", "£2 a user", "row 4, column Price"),
    ]
    assert rota.homepage == "https://www.ostler.example/rota"


def test_a_company_number_says_which_supplier_it_is() -> None:
    (supplier,) = [d for d in reading(csv()).drafts if isinstance(d, SupplierDraft)]

    assert supplier.name.text == "Ostler Ltd"
    assert supplier.identifiers == (("GB-COH", "01234567"),)


def test_a_word_that_the_vocabulary_does_not_know_is_noted() -> None:
    assert reading(csv()).notes == ("Row 3: 'Basket weaving' is no Use case known.",)


def test_a_wrong_heading_is_a_fault_that_names_the_nearest() -> None:
    columns = {**COLUMNS, "price": "Pric"}

    with pytest.raises(UnreadablePageError, match=r"no column 'Pric'\. Did you mean 'Price'\?"):
        reading(csv(), columns=columns)


def test_a_wrong_sheet_is_a_fault_that_names_the_nearest() -> None:
    with pytest.raises(UnreadablePageError, match="Did you mean 'Tools 2026'"):
        reading(workbook(), XLSX, sheet="Tools 2025")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"PK\x03\x04 and no more of it", XLSX),
        (workbook()[:900], XLSX),
        (b"just a sentence", "text/csv"),
        (b"\x00\x01\x02", "text/csv"),
    ],
)
def test_what_is_no_table_is_a_fault(body: bytes, kind: str) -> None:
    with pytest.raises(UnreadablePageError):
        reading(body, kind)


def test_a_row_without_name_or_supplier_is_noted_and_left_out() -> None:
    given = reading(
        'Product,Company\r\n"",Ostler\r\nRotaFlow,\r\n',
        columns={"name": "Product", "supplier": "Company"},
    )

    assert given.drafts == ()
    assert given.notes == (
        "Row 2 has no name and was left out.",
        "Row 3 names no supplier and was left out.",
    )


def test_rows_may_be_suppliers_or_listings() -> None:
    body = "Company,No,Was\r\nOstler Ltd,01234567,Rota House Ltd; Old Ostler\r\n"
    columns = {"name": "Company", "number": "No"}

    (supplier,) = reading(
        body, rows_are="supplier", columns={**columns, "former_name": "Was"}
    ).drafts
    assert isinstance(supplier, SupplierDraft)
    assert supplier.former_names == ("Rota House Ltd", "Old Ostler")
    (listing,) = reading(body, rows_are="listing", columns=columns, registry="the List").drafts
    assert isinstance(listing, ListingDraft)
    assert (listing.registry, listing.self_certified) == ("the List", False)


def test_personal_details_in_cells_are_redacted() -> None:
    body = "Product,Company,Price\r\nRotaFlow,Ostler,ask jo.bloggs@ostler.example\r\n"
    columns = {"name": "Product", "supplier": "Company", "price": "Price"}

    assert "jo.bloggs" not in reading(body, columns=columns).model_dump_json()
