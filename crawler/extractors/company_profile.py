"""Reads registers of organisations: company profiles of Companies House, and the ODS.

Nothing of officers, owners or addresses is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from catalogue.drafts import Quote, SupplierDraft, Value
from catalogue.text import one_line, quote
from crawler.page import ReadRequest
from crawler.view.page_view import PageView

COMPANY = "company_profile@1"
ODS = "ods_organisations@1"

_STATED = {
    "company_status": "company_status",
    "date_of_creation": "incorporated_on",
    "date_of_cessation": "dissolved_on",
}


def company_profile(view: PageView, request: ReadRequest) -> Iterator[SupplierDraft]:
    """A company with its number, status, days, insolvency and former names."""
    del request
    record = view.record or {}
    name, number = _words(record, "company_name"), _words(record, "company_number")
    if not name or not number:
        return
    values = [
        Value(property=known, value=said, quote=_quote(said, f"/{field}"))
        for field, known in _STATED.items()
        if (said := _words(record, field))
    ]
    insolvent = record.get("has_insolvency_history")
    if isinstance(insolvent, bool):
        said = str(insolvent).lower()
        values.append(
            Value(
                property="insolvency",
                value="has a history of insolvency" if insolvent else "none on the register",
                original=said,
                quote=_quote(said, "/has_insolvency_history"),
            )
        )
    previous = record.get("previous_company_names")
    yield SupplierDraft(
        extractor=COMPANY,
        name=_quote(name, "/company_name"),
        identifiers=(("GB-COH", number),),
        former_names=tuple(
            words
            for one in (previous if isinstance(previous, list) else ())
            if isinstance(one, dict) and (words := _words(one, "name"))
        ),
        values=tuple(values),
    )


def ods_organisations(found: Sequence[object]) -> Iterator[SupplierDraft]:
    """The buyers in an answer of the Organisation Data Service, with code, status and role."""
    for at, one in enumerate(found):
        if not isinstance(one, dict):
            continue
        name, code = _words(one, "Name"), _words(one, "OrgId")
        if not name or not code:
            continue
        place = f"/Organisations/{at}"
        stated = (("company_status", "Status"), ("role", "PrimaryRoleDescription"))
        yield SupplierDraft(
            extractor=ODS,
            kind="buyer",
            name=_quote(name, f"{place}/Name"),
            identifiers=(("GB-NHS", code),),
            values=tuple(
                Value(property=known, value=said, quote=_quote(said, f"{place}/{field}"))
                for known, field in stated
                if (said := _words(one, field))
            ),
        )


def _words(record: Mapping[str, Any], field: str) -> str:
    value = record.get(field)
    return one_line(value, 200) if isinstance(value, str) else ""


def _quote(words: str, place: str) -> Quote:
    return Quote(text=quote(words), place=place)
