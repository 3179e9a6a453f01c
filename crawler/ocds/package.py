"""Release packages of the Open Contracting Data Standard (OCDS): bytes in, releases out.

What publishers send is often not quite JSON. What can be repaired without guessing is repaired
before it is read, and each repair is told: bytes that are not UTF-8, digits in groups
(`10 000,`), numbers beyond all bounds (`1e9999`), missing values, and line breaks that became the
letters "rn". https://standard.open-contracting.org/1.1/en/schema/
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from catalogue.errors import HorizonError

MAX_REFUSED: Final = 20
"""Most refusals of one package that are told one by one."""

Json = Mapping[str, Any]

_STRING = re.compile(r'("(?:[^"\\]++|\\.)*+")', re.DOTALL)
_GROUPED = re.compile(r"(?<![\d.])(\d{1,3})((?:[ \u00a0\u202f]\d{3})+)(?![\d])")
_LEADING_ZEROS = re.compile(r"(?<![\d.eE+-])0+(?=\d)")
_MISSING = re.compile(r":(?=\s*[,}])")
_TRAILING = re.compile(r",(?=\s*[}\]])")
_STRAY_BREAK = re.compile(r"(?:(?<=[{}\[\],:\s])|\A)(?:rn)+(?=[\s{}\[\],:]|\Z)")

_REPAIRS: Final = (
    ("line breaks that had become the letters rn", _STRAY_BREAK, " "),
    ("digits in groups", _GROUPED, None),
    ("leading zeros", _LEADING_ZEROS, ""),
    ("missing values", _MISSING, ": null"),
    ("commas at the end of a list", _TRAILING, ""),
)
"""What is repaired between the strings of a text: in words, where, and what takes its place."""

_LOST_BREAK = re.compile(
    r"(?<=[.,;:!?)\]0-9])(?:rn)+(?=[\s(A-Z0-9\u2022\u2013-]|\Z)"
    r"|(?<=[bcdfghjklmnpqstvxz])(?:rn)+(?=[\s(\u2022\u2013-]|\Z)"
)
"""The letters "rn" where no word can have them: after a mark, or at the end after a consonant
that no English or Welsh word has there. After a vowel ("modern") nothing can be told."""

_PACKAGE_KEYS: Final = frozenset(
    {"uri", "publisher", "publishedDate", "version", "license", "publicationPolicy", "extensions"}
)
_RELEASE_KEYS: Final = frozenset(
    {"tag", "tender", "planning", "awards", "contracts", "initiationType", "buyer"}
)


class PackageError(HorizonError):
    """A body is not a package, record or release, and cannot be made one."""


@dataclass(frozen=True, slots=True)
class Release:
    """One release, and where in the body it stands."""

    body: Json
    place: str
    """JSON pointer: `/releases/3`."""


@dataclass(frozen=True, slots=True)
class Package:
    """What one answer holds."""

    releases: tuple[Release, ...]
    next: str = ""
    """Address of the next page as the package gives it; "" on the last."""
    published: str = ""
    """When the package says that it was published."""
    notes: tuple[str, ...] = ()
    """Surprises: what was repaired, and what was refused and why."""


def read_package(body: bytes, *, lost_breaks: bool = False) -> Package:
    """Read a release package, record package, record, release, or a list of these.

    A package without releases is an empty one. Linked releases (an address in place of the
    release) and versioned ones are refused; the compiled release takes their place where there
    is one.

    Args:
        body: The answer, as it came.
        lost_breaks: Whether its publisher turns line breaks in texts into the letters "rn".

    Raises:
        PackageError: it is not JSON even when repaired, or nothing of OCDS.
    """
    notes: list[str] = []
    try:
        tree = _parsed(_text(body, notes), notes)
        tree = _mended(tree) if lost_breaks else tree
        found = list(_releases(tree, ""))
    except RecursionError as error:
        raise PackageError("The JSON is nested too deeply.") from error
    refused = [one for one in found if isinstance(one, str)]
    notes += refused[:MAX_REFUSED]
    if len(refused) > MAX_REFUSED:
        notes.append(f"{len(refused) - MAX_REFUSED} more were refused.")
    head = tree if isinstance(tree, dict) else {}
    links = head.get("links")
    further = links.get("next") if isinstance(links, dict) else None
    return Package(
        releases=tuple(one for one in found if isinstance(one, Release)),
        next=further if isinstance(further, str) else "",
        published=str(head.get("publishedDate") or ""),
        notes=tuple(notes),
    )


def mend_breaks(text: str) -> str:
    """Put line breaks back where they became the letters "rn", as far as that can be told."""
    return _LOST_BREAK.sub("\n", text)


def _mended(tree: Any) -> Any:  # noqa: ANN401 (whatever the JSON holds)
    if isinstance(tree, str):
        return mend_breaks(tree)
    if isinstance(tree, list):
        return [_mended(one) for one in tree]
    if isinstance(tree, dict):
        return {key: _mended(one) for key, one in tree.items()}
    return tree


def _text(body: bytes, notes: list[str]) -> str:
    encoding = json.detect_encoding(body)
    try:
        return body.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        notes.append("The bytes are not UTF-8 and were read as Windows-1252.")
        return body.decode("cp1252", "replace")


def _parsed(text: str, notes: list[str]) -> Any:  # noqa: ANN401 (whatever the JSON holds)
    beyond: set[str] = set()

    def number(digits: str) -> float | None:
        value = float(digits)
        if not math.isfinite(value):
            beyond.add(digits[:20])
            return None
        return value

    def whole(digits: str) -> int | float | None:
        return int(digits) if len(digits) < 300 else number(digits)  # noqa: PLR2004 (float's end)

    def loads(words: str) -> Any:  # noqa: ANN401
        beyond.clear()
        return json.loads(
            words, strict=False, parse_float=number, parse_int=whole, parse_constant=number
        )

    try:
        tree = loads(text)
    except ValueError as error:
        mended, done = _repaired(text)
        try:
            tree = loads(mended)
        except ValueError:
            raise PackageError(f"This is not JSON, even when repaired: {error}.") from error
        notes.append(f"The JSON was broken and was repaired: {', '.join(done)}.")
    notes += [f"The number {digits} is none and was left out." for digits in sorted(beyond)]
    return tree


def _repaired(text: str) -> tuple[str, list[str]]:
    """The text with everything mended that stands between its strings, and what that was."""
    done: dict[str, None] = {}
    parts = _STRING.split(text)
    for at in range(0, len(parts), 2):
        for words, pattern, instead in _REPAIRS:
            parts[at], times = pattern.subn(_joined if instead is None else instead, parts[at])
            if times:
                done[words] = None
    return "".join(parts), [words for words, _, _ in _REPAIRS if words in done]


def _joined(found: re.Match[str]) -> str:
    return re.sub(r"\D", "", found[0])


def _releases(tree: object, place: str) -> Iterator[Release | str]:
    """The releases in a tree, in order; a sentence for each that is refused."""
    if isinstance(tree, list):
        for at, one in enumerate(tree):
            yield from _releases(one, f"{place}/{at}")
        return
    if not isinstance(tree, dict):
        yield f"{place or '/'} is no release, but a {type(tree).__name__}."
        return
    for key in ("releases", "records", "results"):
        if isinstance(tree.get(key), list) and "ocid" not in tree:
            yield from _releases(tree[key], f"{place}/{key}")
            return
    if "compiledRelease" in tree or "versionedRelease" in tree or "releases" in tree:
        yield from _of_record(tree, place)
    elif "ocid" in tree and _RELEASE_KEYS & tree.keys():
        yield Release(tree, place)
    elif place:
        yield f"{place} is no release: it has no ocid or says nothing of a process."
    elif not _PACKAGE_KEYS & tree.keys() or "properties" in tree:
        raise PackageError("This is not an OCDS package, record or release.")


def _of_record(record: Json, place: str) -> Iterator[Release | str]:
    """The releases that a record embeds; else the compiled one."""
    held = record.get("releases")
    whole = [
        Release(one, f"{place}/releases/{at}")
        for at, one in enumerate(held if isinstance(held, list) else ())
        if isinstance(one, dict) and "ocid" in one
    ]
    compiled = record.get("compiledRelease")
    if whole:
        yield from whole
    elif isinstance(compiled, dict) and "ocid" in compiled:
        yield Release(compiled, f"{place}/compiledRelease")
    else:
        yield f"{place or '/'} is a record without a release that can be read."
