"""The stamp of what reads pages: it changes when the same bytes may be read differently."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from json import dumps
from typing import Final

from crawler.page import ReadRequest

CODE: Final = {
    "crawler": (
        *("archetypes", "extractors", "ocds", "view"),
        *("address.py", "fault_pages.py", "page.py", "reading.py"),
    ),
    "catalogue": (
        *("vocabularies", "assurance.py", "drafts.py", "properties.py", "redact.py", "text.py"),
    ),
}
"""What decides how pages are read: packages and modules of each part."""

LIBRARIES: Final = (
    *("trafilatura", "htmldate", "extruct", "selectolax", "lxml", "feedparser"),
    *("pypdfium2", "pypdf", "openpyxl", "charset-normalizer", "w3lib", "phonenumbers"),
)
"""Libraries that pages are read with: a new version of one may give another text."""

_WRITTEN: Final = (".py", ".yml")


def stamp(archetype: str, request: ReadRequest) -> str:
    """A hash over everything but the page that a reading depends on.

    Args:
        archetype: The archetype of the source, which reads the documents in its listings.
        request: How the source has its pages read.
    """
    asked = asdict(request) | {"archetype": archetype, "known_text_sha": ""}
    told = dumps(asked, sort_keys=True)
    return sha256(f"{_code()}\n{told}".encode()).hexdigest()[:16]


@cache
def _code() -> str:
    """SHA-256 over the code that reads, as it is written, and the libraries under it.

    Nobody has to remember to raise a version: what is not read differently after all costs a
    reading, and changes nothing.
    """
    digest = sha256("\n".join(f"{name} {version(name)}" for name in LIBRARIES).encode())
    for part, names in CODE.items():
        root = files(part)
        for name in names:
            found = root.joinpath(name)
            inside = [found] if found.is_file() else list(found.iterdir())
            for file in sorted(inside, key=lambda one: one.name):
                if file.name.endswith(_WRITTEN):
                    digest.update(file.read_text(encoding="utf-8").encode())
    return digest.hexdigest()
