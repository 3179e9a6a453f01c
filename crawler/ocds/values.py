"""Values of an OCDS release, whatever a publisher put in their places.

Every function takes anything and gives a value or nothing: a wrong type is a missing value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from catalogue.drafts import Party
from catalogue.redact import redact
from catalogue.text import clean

Json = Mapping[str, Any]

LEAST_AMOUNT: Final = 1.0
"""Amounts up to this one stand for "not said": buyers must fill the field in."""

MAX_WORDS: Final = 20_000
"""Longest description kept, in characters."""

_ORG_ID = re.compile(r"([A-Z]{2,3}-[A-Z0-9]{2,6})-(\S.*)")
_PPON = re.compile(r"[A-Z]{4}-\d{4}-[A-Z]{4}")
_COMPANY = re.compile(r"[A-Z]{0,2}\d{5,8}")
_CODE = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9./-]{1,29}|[A-Z0-9]{3,6}")
_PRIVATE: Final = frozenset({"GB-FTS", "GB-CFS", "GB-SRS"})
"""Schemes whose numbers belong to one service's accounts, and not to an organisation."""

_DAY = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)")


def mapping(value: object) -> Json:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def mappings(value: object) -> list[Json]:
    """The objects of a list; one that stands without its list counts."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, dict)]


def words(value: object) -> str:
    """Text, cleaned and without personal contact details."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return redact(clean(str(value)).strip()[:MAX_WORDS])


def code(value: object) -> str:
    """A short text that is a code, as it stands."""
    return clean(value).strip()[:200] if isinstance(value, str) else words(value)[:200]


def amount(value: object) -> tuple[float, str, bool] | None:
    """Amount, currency, and whether tax is said to be left out; None where none is said."""
    said = mapping(value)
    net, gross = number(said.get("amount")), number(said.get("amountGross"))
    figure = gross if net is None else net
    if figure is None or figure <= LEAST_AMOUNT:
        return None
    currency = code(said.get("currency")).upper()[:3]
    return figure, currency, net is not None and gross is not None


def number(value: object) -> float | None:
    """A number, also one written with commas in a string."""
    if isinstance(value, str):
        try:
            value = float(value.replace(",", "").strip())
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def day(value: object) -> date | None:
    """The day of an ISO 8601 date or time."""
    found = _DAY.match(value) if isinstance(value, str) else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def moment(value: object) -> datetime | None:
    """An ISO 8601 time; without a zone it is taken for UTC."""
    if not isinstance(value, str):
        return None
    try:
        said = datetime.fromisoformat(value.strip())
        return (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        whole = day(value)
        return datetime(whole.year, whole.month, whole.day, tzinfo=UTC) if whole else None


def party(reference: Json, parties: Mapping[str, Json], award: str = "") -> Party | None:
    """The organisation that a reference names, with what the list of parties says of it."""
    known = parties.get(code(reference.get("id")), {})
    named = mapping(known.get("identifier")) or mapping(reference.get("identifier"))
    name = words(reference.get("name")) or words(known.get("name")) or words(named.get("legalName"))
    found = dict.fromkeys(_identifiers(reference, known))
    if not name and not found:
        return None
    return Party(name=name or " ".join(next(iter(found))), identifiers=tuple(found), award=award)


def _identifiers(*places: Json) -> Iterator[tuple[str, str]]:
    for place in places:
        said = [mapping(place.get("identifier")), *mappings(place.get("additionalIdentifiers"))]
        pairs = [(code(one.get("scheme")), code(one.get("id"))) for one in said]
        whole = _ORG_ID.fullmatch(code(place.get("id")))
        for scheme, value in [*pairs, *([(whole[1], whole[2])] if whole else [])]:
            if known := _identifier(scheme.upper(), value.upper()):
                yield known


def _identifier(scheme: str, value: str) -> tuple[str, str] | None:
    """A number in its one spelling; None for what is no number of an organisation."""
    value = value.removeprefix(f"{scheme}-").replace(" ", "")
    if not re.fullmatch(r"[A-Z]{2,3}-[A-Z0-9]{2,6}", scheme) or scheme in _PRIVATE:
        return None
    if scheme == "GB-COH":
        value = value.zfill(8) if value.isdigit() else value
        return (scheme, value) if _COMPANY.fullmatch(value) and value.strip("0") else None
    if scheme == "GB-PPON":
        return (scheme, value) if _PPON.fullmatch(value) else None
    return (scheme, value) if _CODE.fullmatch(value) else None
