"""Attribution: under which licences the words in an export are quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from catalogue.rows import SourceRow

OPEN_GOVERNMENT = (
    "Contains public sector information licensed under the Open Government Licence v{version}."
)
"""The sentence that the Open Government Licence asks for."""

CLOSED = "all-rights-reserved"


def attributions(publishers: Iterable[str], sources: Iterable[SourceRow]) -> list[str]:
    """One sentence for each licence, naming the publishers that are quoted under it.

    Args:
        publishers: Names of the publishers of the documents that are quoted.
        sources: The sources of the catalogue. A publisher with several licences is named under
            each of them; one without a source is said to have none recorded.
    """
    licences: dict[str, set[str]] = defaultdict(set)
    for source in sources:
        licences[source.publisher].add(source.licence)
    quoted: dict[str, set[str]] = defaultdict(set)
    for publisher in publishers:
        for licence in licences.get(publisher, {""}):
            quoted[licence].add(publisher)
    return [
        f"{_sentence(licence)} Quoted: {', '.join(sorted(quoted[licence]))}."
        for licence in sorted(quoted, key=lambda name: (not _is_open(name), name))
    ]


def _sentence(licence: str) -> str:
    if _is_open(licence):
        return OPEN_GOVERNMENT.format(version=licence.rpartition("-")[2])
    if licence == CLOSED:
        return "All rights reserved: facts and short quotes only, each with its source."
    return f"Licence: {licence}." if licence else "Licence not recorded."


def _is_open(licence: str) -> bool:
    return licence.upper().startswith("OGL-")
