"""Suppliers on a registry, in each of the layouts that registries have."""

from __future__ import annotations

import pytest

from catalogue.drafts import ListingDraft, Reading, ToolDraft
from crawler.page import Page, ReadRequest
from crawler.reading import read
from tests.crawler.extractors.recorded import FETCHED_AT

URL = "https://registry.example/ambient/"

TABLE = """
<table><caption>Suppliers</caption>
<tr><th>Supplier name</th><th>Product</th><th>Website</th><th>Company number</th></tr>
<tr><td>Quillfeather Ltd</td><td>LetterLark</td>
    <td><a href="https://www.quillfeather.example/">Site</a></td><td>1234567</td></tr>
<tr><td>Ostler t/a Rota &amp; Co</td><td></td><td>ask us</td><td>SC 123456</td></tr>
<tr><td></td><td>Nobody's tool</td><td></td><td></td></tr>
</table>"""
DEFINITIONS = """
<dl><dt><a href="https://www.quillfeather.example/">Quillfeather</a></dt><dd>Drafts letters.</dd>
<dt>Ostler</dt><dd>Rosters, <a href="https://ostler.example/">more</a></dd></dl>"""
GROUPS = """
<dl><dt>Supplier</dt><dd>Quillfeather</dd><dt>Product</dt><dd>LetterLark</dd>
<dt>Supplier</dt><dd>Ostler</dd><dt>Website</dt><dd><a href="https://ostler.example/">x</a></dd></dl>
"""
LIST = """
<ul><li>Apply</li><li>Guidance</li></ul>
<h2>Registered suppliers</h2><p>As of October.</p>
<ul><li><a href="https://www.quillfeather.example/">Quillfeather</a></li>
<li>Ostler - rosters for wards</li><li>Thornapple</li></ul>"""


def reading(body: str, **options: object) -> Reading:
    html = f"<html><body><main><h1>Registry</h1>{body}</main></body></html>".encode()
    told = {"registry": "Ambient Registry", "self_certified": True, **options}
    request = ReadRequest(
        ("registry_listing",), "NHS", "VOICE_REGULATOR", "https://registry.example/", options=told
    )
    return read(Page(URL, html, "text/html", FETCHED_AT), request)


def listings(body: str, **options: object) -> list[ListingDraft]:
    return [d for d in reading(body, **options).drafts if isinstance(d, ListingDraft)]


@pytest.mark.parametrize(
    ("body", "names", "homepages"),
    [
        (
            TABLE,
            ["Quillfeather Ltd", "Ostler t/a Rota & Co"],
            ["https://www.quillfeather.example/", ""],
        ),
        (
            DEFINITIONS,
            ["Quillfeather", "Ostler"],
            ["https://www.quillfeather.example/", "https://ostler.example/"],
        ),
        (GROUPS, ["Quillfeather", "Ostler"], ["", "https://ostler.example/"]),
        (
            LIST,
            ["Quillfeather", "Ostler", "Thornapple"],
            ["https://www.quillfeather.example/", "", ""],
        ),
    ],
    ids=["table", "definitions", "groups", "list"],
)
def test_every_layout_gives_the_suppliers(
    body: str, names: list[str], homepages: list[str]
) -> None:
    found = listings(body)

    assert [one.name.text for one in found] == names
    assert [one.homepage for one in found] == homepages
    assert {one.registry for one in found} == {"Ambient Registry"}
    assert all(one.self_certified for one in found)


def test_a_company_number_is_an_identifier_in_its_full_form() -> None:
    assert [one.identifiers for one in listings(TABLE)] == [
        (("GB-COH", "01234567"),),
        (("GB-COH", "SC123456"),),
    ]


def test_a_product_that_is_listed_is_a_tool_said_to_be_listed_and_nothing_more() -> None:
    (tool,) = [d for d in reading(TABLE).drafts if isinstance(d, ToolDraft)]

    assert (tool.name.text, tool.supplier, tool.homepage) == ("LetterLark", "Quillfeather Ltd", "")
    assert [(one.property, one.value) for one in tool.values] == [
        ("listing", "Ambient Registry, self-certified")
    ]
    assert "approv" not in reading(TABLE).model_dump_json().casefold()


def test_columns_are_named_by_the_source_where_headings_are_unusual() -> None:
    body = "<table><tr><th>No</th><th>Who</th></tr><tr><td>1</td><td>Ostler</td></tr></table>"

    assert [one.name.text for one in listings(body, columns={"name": "Who"})] == ["Ostler"]
    assert listings(body) == []


def test_a_heading_that_the_table_has_not_is_noted_with_the_nearest() -> None:
    given = reading(TABLE, columns={"name": "Suplier name"})

    assert given.drafts == ()
    assert "There is no column 'Suplier name' for name. Did you mean 'Supplier name'?" in (
        given.notes
    )


def test_the_list_is_found_by_the_heading_above_it() -> None:
    body = f"{LIST}<h2>Links</h2><ul><li>A</li><li>B</li><li>C</li><li>D</li></ul>"

    found = listings(body, heading="registered suppliers")
    assert [one.name.text for one in found] == ["Quillfeather", "Ostler", "Thornapple"]


def test_a_page_without_table_or_list_says_so() -> None:
    given = reading("<p>The registry is being rebuilt; please come back soon.</p>")

    assert given.drafts == ()
    assert given.notes == ("The page has neither table nor list of suppliers.",)


def test_every_listing_says_where_it_stands() -> None:
    html = reading(TABLE)
    places = [d.name.place for d in html.drafts if isinstance(d, ListingDraft)]

    assert all(place.startswith(("chars:", "table tr:nth-child(")) for place in places)
