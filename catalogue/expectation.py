"""What a source is expected to give, and how a run is judged by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from catalogue.drafts import AnyDraft
from catalogue.errors import nearest

DOCUMENT_FIELDS: Final = ("title", "published_on", "text")
"""What of a document may be asked to be filled."""

DRAFT_TYPES: Final[frozenset[str]] = frozenset(
    model.model_fields["type"].default for model in get_args(get_args(AnyDraft)[0])
)
"""The kinds of draft: `tool`, `claim` ..."""

IN_LANGUAGE: Final = 0.8
"""Least share of documents in the expected language: a site in another one has changed hands, or
shows us another face."""

TOO_MANY_FAULTS: Final = 0.5
"""Share of addresses that end in a fault beyond which a run tells nothing of the rest."""

Share = Annotated[float, Field(gt=0, le=1)]


class Wanted(BaseModel):
    """Base: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Range(Wanted):
    """How many are expected."""

    min: Annotated[int, Field(ge=0)] = 0
    """Fewer make a run fail."""
    max: Annotated[int, Field(ge=0)] | None = None
    """More are noted; nothing else happens."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.max is not None and self.max < self.min:
            raise ValueError(f"max {self.max} is less than min {self.min}")
        return self


class Expectation(Wanted):
    """What a run is judged by. A run that fails it changes nothing of what is known."""

    documents: Range = Range()
    """Pages that were read or found unchanged."""
    tools: Range = Range()
    """Accounts of a tool that the pages give; so with the other kinds of draft."""
    suppliers: Range = Range()
    claims: Range = Range()
    evidence: Range = Range()
    deployments: Range = Range()
    notices: Range = Range()
    listings: Range = Range()
    leads: Range = Range()
    filled: Mapping[str, Share] = Field(default_factory=dict)
    """Least share in which something is given: of documents, `published_on: 0.8`, or of what
    they gave, `tool.summary: 0.9`."""
    may_be_empty: bool = False
    """Whether a run without a document is in order: of sources that are asked for what is new."""
    language: Annotated[str, Field(pattern=r"^(?:[a-z]{2,3})?$")] = ""
    """The language of the pages (`en`); empty means any."""

    @field_validator("filled")
    @classmethod
    def _known_fields(cls, filled: Mapping[str, float]) -> Mapping[str, float]:
        for key in filled:
            kind, dot, name = key.partition(".")
            if not dot and key not in DOCUMENT_FIELDS:
                raise ValueError(f"documents have no '{key}'. {nearest(key, DOCUMENT_FIELDS)}")
            if dot and kind not in DRAFT_TYPES:
                raise ValueError(f"there is no draft '{kind}'. {nearest(kind, DRAFT_TYPES)}")
            if dot and not name:
                raise ValueError(f"'{key}' does not say what of a {kind} is to be filled")
        return filled

    @property
    def ranges(self) -> Mapping[str, Range]:
        """All that is counted, by the name under which the file gives it."""
        return {name: value for name, value in self if isinstance(value, Range)}

    @property
    def looks_inside(self) -> bool:
        """Whether what the pages gave must be looked at, and not only how many there are."""
        return bool(self.model_fields_set - {"documents", "may_be_empty"})


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a run brought in, counted."""

    documents: int = 0
    """Pages that were read or found unchanged."""
    withdrawn: int = 0
    """Pages that say themselves that they are gone for good (410)."""
    faults: int = 0
    """Addresses whose last visit was a fault."""
    visited: int = 0
    """Addresses visited, refused ones left out."""
    drafts: Mapping[str, int] = field(default_factory=dict)
    """How many drafts of each type the documents hold."""
    filled: Mapping[str, int] = field(default_factory=dict)
    """How many documents, or drafts, give what `Expectation.filled` asks for."""
    languages: Mapping[str, int] = field(default_factory=dict)
    """Documents by language."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a run is judged."""

    sound: bool
    reasons: tuple[str, ...] = ()
    """A sentence for each thing that is not as expected, worst first."""


def plural(draft_type: str) -> str:
    """The key under which a source file counts a type of draft: `tools`, `evidence`."""
    return draft_type if draft_type == "evidence" else f"{draft_type}s"


def judge(expected: Expectation, harvest: Harvest) -> Verdict:
    """Judge a run. Without expectations it must give a page, and more pages than faults."""
    wrong, noted = [], []
    counts = {plural(kind): count for kind, count in harvest.drafts.items()}
    counts["documents"] = harvest.documents
    nothing = harvest.documents + harvest.withdrawn == 0
    if nothing and expected.documents.min == 0 and not expected.may_be_empty:
        wrong.append("0 documents, at least 1 expected.")
    for name, wanted in expected.ranges.items():
        got = counts.get(name, 0)
        if got < wanted.min:
            wrong.append(f"{got} {name}, at least {wanted.min} expected.")
        if wanted.max is not None and got > wanted.max:
            noted.append(f"{got} {name}, at most {wanted.max} expected.")
    if harvest.faults > TOO_MANY_FAULTS * harvest.visited:
        wrong.append(f"{harvest.faults} of {harvest.visited} addresses ended in a fault.")
    wrong += _shares(expected, harvest)
    return Verdict(not wrong, (*wrong, *noted))


def _shares(expected: Expectation, harvest: Harvest) -> list[str]:
    wrong = []
    for key, least in expected.filled.items():
        kind, dot, _ = key.partition(".")
        of = harvest.drafts.get(kind, 0) if dot else harvest.documents
        got = harvest.filled.get(key, 0)
        if of and got < least * of:
            wrong.append(f"{key} is given by {got} of {of}, by {least:.0%} expected.")
    told = sum(harvest.languages.values())
    right = harvest.languages.get(expected.language, 0)
    if expected.language and right < IN_LANGUAGE * told:
        wrong.append(f"{right} of {told} documents are in '{expected.language}'.")
    return wrong
