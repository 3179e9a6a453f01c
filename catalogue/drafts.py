"""What reading a page gives: drafts, in which every value carries its words and its place.

Extractors (`crawler.extractors`) return drafts; `catalogue.ingest` turns them into statements.
A draft is never a fact by itself: it is what one page said, in which words, and where.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from catalogue.text import clean

MAX_QUOTE = 300
"""Longest quote kept, in characters: closed-licence text is never stored beyond it."""

Absence = Literal["yes", "no", "not_stated", "looked_not_found"]
"""yes: the page gives the value; no: the page says it has not; not_stated: the page is silent;
looked_not_found: the page that should say it was read and does not."""


class Draft(BaseModel):
    """Base of all drafts: immutable, unknown fields refused, every text cleaned."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, values: object) -> object:
        if not isinstance(values, dict):
            return values
        return {
            name: clean(value) if isinstance(value, str) else value
            for name, value in values.items()
        }


class Quote(Draft):
    """The words on the page that gave a value, and where they stand."""

    text: str = Field(max_length=MAX_QUOTE)
    place: str
    """CSS selector, JSON pointer (`/@graph/1/name`) or character range in the main text
    (`chars:120-180`)."""


class Value(Draft):
    """One value for one property, as one page gives it."""

    property: str
    """A property name of `catalogue.properties`, such as `name`, `price` or `assurance.DSPT`."""
    value: str
    """The normalised value: a vocabulary code where the property has a vocabulary."""
    original: str = ""
    """The value as the page writes it, where that differs."""
    quote: Quote
    absence: Absence = "yes"
    confidence: float = Field(default=1.0, ge=0, le=1)
    stated_on: date | None = None
    """The day that the words give for it, such as that of a certificate."""
    valid_until: date | None = None
    """The last day on which it holds, where the words give one."""


class ToolDraft(Draft):
    """A page's account of one tool that it is about (not merely mentions)."""

    type: Literal["tool"] = "tool"
    extractor: str
    """Name and version of the reader, `json_ld@1`."""
    name: Quote
    supplier: str = ""
    """Supplier's name as the page gives it; empty means the source's publisher."""
    homepage: str
    """Absolute URL of the tool's own page: with the supplier, its strongest identifier. Empty
    where a page tells of a tool that has none, such as a row of a table."""
    former_names: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()


class SupplierDraft(Draft):
    """A page's account of an organisation that supplies tools."""

    type: Literal["supplier"] = "supplier"
    extractor: str
    name: Quote
    homepage: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    """Pairs (scheme, value): `("GB-COH", "01234567")`, `("DOMAIN", "rota.example")`."""
    kind: Literal["supplier", "buyer"] = "supplier"
    """What it is to this catalogue: a register lists buyers, too."""
    former_names: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()


class ClaimDraft(Draft):
    """One sentence of benefit, read without a model. A hedge never becomes a point value."""

    type: Literal["claim"] = "claim"
    extractor: str
    about: str = ""
    """Name of the tool the sentence is about; empty means the tool(s) of the page."""
    quote: Quote
    dimension: str
    """Code of the benefit dimension (BEN_...)."""
    metric: str = ""
    direction: Literal["up", "down", "none"] = "none"
    low: float | None = None
    high: float | None = None
    unit: str = ""
    """`percent`, `minutes`, `hours`, `days`, `gbp`, `count`, `fte`."""
    per: str = "NOT_STATED"
    """Denominator: `consultation`, `patient`, `clinician`, `day`, `week` ... or NOT_STATED."""
    baseline: str = ""
    hedge: str = ""
    """The hedging words, such as "up to"; empty when the figure is stated flatly."""
    rung: str = "RUNG_0_ASSERTED"
    population: str = ""
    sites: int | None = None
    duration_days: int | None = None
    method: str = "NOT_STATED"
    counter_effects: tuple[str, ...] = ()
    """CTR_ codes of what the words say it costs elsewhere."""
    flags: tuple[tuple[str, str], ...] = ()
    """Pairs of an ASM_ code, a narrow assumption that is made, and the sentence that makes it."""


class EvidenceDraft(Draft):
    """A study, evaluation or account that a page reports."""

    type: Literal["evidence"] = "evidence"
    extractor: str
    about: str = ""
    title: str
    quote: Quote
    evidence_type: str
    """EVT_ code."""
    strength: str
    """EVS_ code."""
    measurement: str = "EVM_NOT_STATED"
    funder: str = "REL_UNKNOWN"
    measurer: str = "REL_UNKNOWN"
    author: str = "REL_UNKNOWN"
    peer_reviewed: bool | None = None
    """Whether it was reviewed by peers; None where nobody says."""
    against: tuple[tuple[str, str], ...] = ()
    """Pairs of a BEN_ code and the sentence that finds no such benefit, or the opposite."""
    published_on: date | None = None


class DeploymentDraft(Draft):
    """A tool in use, or being tried, at a named organisation."""

    type: Literal["deployment"] = "deployment"
    extractor: str
    about: str = ""
    supplier: str = ""
    supplier_ids: tuple[tuple[str, str], ...] = ()
    """Name and registered numbers (scheme, value) of the supplier, where the page gives them: they
    tell which of several tools of one name is meant."""
    buyer: str
    buyer_ids: tuple[tuple[str, str], ...] = ()
    """Pairs (scheme, value), as of a `SupplierDraft`."""
    quote: Quote
    phase: str = "PH_NOT_STATED"
    setting: str = ""
    funding: str = "TRIAL_FUND_UNKNOWN"
    started_on: date | None = None
    ended_on: date | None = None


class LeadDraft(Draft):
    """A name on a page that is likely a tool's. Where a tool of that name is known it is none."""

    type: Literal["lead"] = "lead"
    extractor: str
    name: str
    supplier: str = ""
    """Name of the supplier, where the words give it."""
    quote: Quote
    """The sentence that tells of it."""


class Party(Draft):
    """An organisation as a procurement notice names it: no person, no way to reach one."""

    name: str
    identifiers: tuple[tuple[str, str], ...] = ()
    """Pairs (scheme, value) of org-id.guide: `("GB-COH", "01234567")`, `("GB-NHS", "R0A")`,
    `("GB-PPON", "PMZV-7732-XXTT")`."""
    award: str = ""
    """Id of the award that names it as a supplier; empty for a buyer."""


class NoticeDraft(Draft):
    """One procurement notice, as one OCDS release gives it."""

    type: Literal["notice"] = "notice"
    extractor: str
    ocid: str
    """Names the procurement; several buyers may stand under one."""
    release_id: str
    notice_type: str
    """NTC_ code."""
    changes: bool = False
    """Whether the release says that it changes an earlier one of its kind."""
    title: str
    description: str = ""
    buyer: Party | None = None
    suppliers: tuple[Party, ...] = ()
    """To whom contracts were awarded; nobody who merely took part."""
    value_low: float | None = None
    value_high: float | None = None
    """Least and greatest amount that the notice gives for one contract; of a framework, the
    ceiling of all that may be bought under it."""
    currency: str = ""
    """ISO 4217 code."""
    vat: Literal["included", "excluded", "not_stated"] = "not_stated"
    framework: bool = False
    """Whether it sets up a framework or dynamic market: its values are then no contract's."""
    published_at: datetime | None = None
    deadline: date | None = None
    """Last day for tenders or requests to take part."""
    starts_on: date | None = None
    ends_on: date | None = None
    """First and last day of the contracts."""
    signed_on: date | None = None
    cpv: tuple[str, ...] = ()
    """Codes of the Common Procurement Vocabulary."""
    url: str = ""
    """Page of the notice for people; empty when it has none."""
    quote: Quote


class ListingDraft(Draft):
    """A registry's word that it lists a supplier: a fact about the registry, and no approval."""

    type: Literal["listing"] = "listing"
    extractor: str
    registry: str
    """Name of the registry."""
    name: Quote
    """The supplier as the registry names it: often a trading name."""
    self_certified: bool = False
    """Whether suppliers certify themselves that they meet what the registry asks."""
    artefact: str = ""
    """ASR_ code of the artefact of which it is the register; empty where it is that of none."""
    identifiers: tuple[tuple[str, str], ...] = ()
    """Pairs (scheme, value), as of a `SupplierDraft`."""
    tool: str = ""
    """Name of the tool that is listed; empty where the supplier alone is."""
    homepage: str = ""


AnyDraft = Annotated[
    ToolDraft
    | SupplierDraft
    | ClaimDraft
    | EvidenceDraft
    | DeploymentDraft
    | LeadDraft
    | NoticeDraft
    | ListingDraft,
    Field(discriminator="type"),
]


class Origin(Draft):
    """What read something, and where its bytes came from: what reading it again needs."""

    reader: str = ""
    """Hash over the code that read it, and its options: equal means it would be read the same."""
    url: str = ""
    """Address that the bytes came from, after redirects; empty means that of the document."""
    listed: bool = False
    """Whether the bytes are those of a listing in which the document stands."""


class Reading(Draft):
    """Everything that reading one page gave."""

    title: str
    text: str
    """The main text: banners, navigation and footers left out, cleaned and redacted."""
    text_sha: str
    """SHA-256 of the chosen text (main text and structured data) with volatile phrases
    substituted: equal means "nothing a person would call a change"."""
    kind: str = "page"
    """`product`, `case_study`, `news`, `guidance`, `listing`, `page`."""
    published_on: date | None = None
    language: str = "en"
    licence: str = ""
    """The page's own licence, where it gives one and it is not simply its source's."""
    drafts: tuple[AnyDraft, ...] = ()
    links: tuple[str, ...] = ()
    """Absolute URLs found on the page, in order, without fragments."""
    notes: tuple[str, ...] = ()
    """Surprises a person should see: an unknown label, an unreadable block."""
    origin: Origin = Origin()
