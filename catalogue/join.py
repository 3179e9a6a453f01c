"""Joining: from the drafts of one document to statements, claims, evidence and deployments.

Joining is a function of the document's drafts and of the tools that are known. It may be done
again at any time, and is, when a tool becomes known that an older document names: so the order
in which pages are read does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeVar

from pydantic import TypeAdapter
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from catalogue import assurance, cues, identity, leads, ledger, listings, notices
from catalogue.drafts import (
    AnyDraft,
    ClaimDraft,
    DeploymentDraft,
    EvidenceDraft,
    LeadDraft,
    ListingDraft,
    NoticeDraft,
    Quote,
    SupplierDraft,
    ToolDraft,
    Value,
)
from catalogue.models import (
    Claim,
    Deployment,
    Document,
    Evidence,
    Organisation,
    Snapshot,
    Statement,
)
from catalogue.properties import ASSURANCE
from catalogue.subjects import STORIES, About, Subjects, Words, keep_mentions
from catalogue.text import name_key, quote, without_legal_form

DRAFTS: TypeAdapter[tuple[AnyDraft, ...]] = TypeAdapter(tuple[AnyDraft, ...])
"""Writes and reads the drafts that a document keeps."""

Said = Claim | Evidence | Deployment
Kind = TypeVar("Kind", Claim, Evidence, Deployment)


@dataclass
class Joined:
    """What joining a document touched."""

    tools: set[int] = field(default_factory=set)
    new_tools: set[int] = field(default_factory=set)
    new_names: set[str] = field(default_factory=set)
    short_names: set[tuple[str, int]] = field(default_factory=set)
    """New names that count only where their supplier is named, each with the supplier."""

    def add(self, other: Joined) -> None:
        """Take up what joining the same document in another state touched."""
        self.tools |= other.tools
        self.new_tools |= other.new_tools
        self.new_names |= other.new_names
        self.short_names |= other.short_names


def join(session: Session, document: Document) -> Joined:
    """Bring everything that hangs on one document in step with its drafts."""
    snapshot_id = session.scalars(
        select(Snapshot.id)
        .where(Snapshot.document_id == document.id)
        .order_by(Snapshot.id.desc())
        .limit(1)
    ).one()
    drafts = DRAFTS.validate_json(document.drafts)
    stated = select(Statement).where(Statement.document_id == document.id)
    return _Joining(session, document, drafts, snapshot_id, session.scalars(stated).all()).run()


def join_new(
    session: Session, document: Document, drafts: Sequence[AnyDraft], snapshot_id: int
) -> Joined:
    """Join a document that was not known, by the drafts it keeps: nothing hangs on it yet."""
    return _Joining(session, document, drafts, snapshot_id).run()


_ANOTHER = (
    select(Document.id)
    .where(Document.source_id == bindparam("source"), Document.id != bindparam("document"))
    .limit(1)
)
"""A document of a source besides one of them."""

_NEWEST = select(func.max(Organisation.id))


class _Joining:
    def __init__(
        self,
        session: Session,
        document: Document,
        drafts: Sequence[AnyDraft],
        snapshot_id: int,
        stated: Sequence[Statement] | None = None,
    ) -> None:
        """`stated` is what was stated by it before; None where the document is new."""
        self.session = session
        self.document = document
        self.publisher = document.source.publisher
        self.drafts = drafts
        self.joined = Joined()
        self.snapshot_id = snapshot_id
        self.words = Words(session, document)
        self.new = stated is None
        self.met: set[tuple[str, int, str]] = set()
        """The statements that the drafts have made so far: of two alike the first counts."""
        self.statements = {
            (row.subject_type, row.subject_id, row.fingerprint): row for row in stated or ()
        }

    def run(self) -> Joined:
        for draft in self.drafts:
            if isinstance(draft, SupplierDraft):
                self._supplier(draft)
        listed = [draft for draft in self.drafts if isinstance(draft, ListingDraft)]
        if listed or not self.new:
            entries = [(one, self._listed(one)) for one in listed]
            listings.keep(self.session, self.document, entries)
        for draft in self.drafts:
            if isinstance(draft, NoticeDraft):
                row = notices.keep(self.session, self.document, draft)
                self.drafts = [*self.drafts, *notices.in_use(self.session, draft, row)]
        own = [self._tool(draft) for draft in self.drafts if isinstance(draft, ToolDraft)]
        self._leads()
        self._said(list(dict.fromkeys(own)))
        if self.new and self.publisher.kind == "supplier" and self._is_first():
            self.joined.new_names.add(without_legal_form(self.publisher.name))
        if not self.new or self.document.kind in STORIES:
            keep_mentions(self.session, self.words, self.publisher, new=self.new)
        return self.joined

    def _is_first(self) -> bool:
        """Whether the document is the first that is read of its source: what tells of its
        publisher was read without knowing it.
        """
        this = {"source": self.document.source_id, "document": self.document.id}
        return self.session.scalar(_ANOTHER, this) is None

    def _supplier(self, draft: SupplierDraft) -> None:
        organisation = self._organisation(
            draft.name.text,
            draft.homepage,
            draft.identifiers,
            kind=draft.kind,
            former_names=draft.former_names,
        )
        values = [Value(property="legal_name", value=draft.name.text, quote=draft.name)]
        names = {"GB-COH": "company_number", "DOMAIN": "domain"}
        values += [
            Value(property=names[scheme], value=value, quote=draft.name)
            for scheme, value in draft.identifiers
            if scheme in names
        ]
        for value in (*values, *draft.values):
            self._state("organisation", organisation.id, value, draft.extractor)

    def _listed(self, draft: ListingDraft) -> Organisation:
        """The organisation that a registry lists: its name there is not taken for its legal one."""
        organisation = self._organisation(
            draft.name.text, draft.homepage, draft.identifiers, kind="supplier"
        )
        said = listings.place_of(draft.registry, self_certified=draft.self_certified)
        values = [Value(property="listing", value=said, quote=draft.name)]
        if draft.artefact:
            checked = ASSURANCE + draft.artefact
            values.append(Value(property=checked, value=assurance.VERIFIED, quote=draft.name))
        for value in values:
            self._state("organisation", organisation.id, value, draft.extractor)
        return organisation

    def _tool(self, draft: ToolDraft) -> int:
        supplier = (
            self._organisation(draft.supplier, "", (), kind="supplier")
            if draft.supplier
            else self.publisher
        )
        tool_id = self._identify(draft, supplier)
        values = [Value(property="name", value=draft.name.text, quote=draft.name)]
        if draft.homepage:
            place = Quote(text=quote(draft.homepage), place="address")
            values.append(Value(property="homepage", value=draft.homepage, quote=place))
        for value in (*values, *draft.values):
            self._state("tool", tool_id, value, draft.extractor)
        return tool_id

    def _identify(self, draft: ToolDraft, supplier: Organisation) -> int:
        """The tool that a draft speaks of."""
        found = identity.tool(self.session, draft, supplier, self.document.changed_at)
        if found.new:
            self.joined.new_tools.add(found.tool.id)
        self.joined.new_names.update(found.new_names)
        # Where its supplier is named, the rest of a name that begins with the supplier's is one.
        first = supplier.name.partition(" ")[0].casefold()
        for words in found.new_names:
            beginning, _, rest = words.partition(" ")
            if rest and beginning.casefold() == first:
                self.joined.short_names.add((rest, supplier.id))
        self.joined.tools.add(found.tool.id)
        return found.tool.id

    def _leads(self) -> None:
        """Keep the leads of the document; of one that a person accepted, its words name a tool.

        What the document itself tells of is no lead any more, in whichever document it is one.
        """
        drafts = [draft for draft in self.drafts if isinstance(draft, LeadDraft)]
        accepted = leads.keep(self.session, self.document, drafts) if drafts else {}
        for draft in drafts:
            supplier = accepted.get(name_key(draft.name))
            if supplier is None:
                continue
            name = Quote(text=draft.name, place=draft.quote.place)
            tool = ToolDraft(extractor=draft.extractor, name=name, homepage="")
            maker = self._organisation(supplier, "", (), kind="supplier")
            value = Value(property="name", value=draft.name, quote=draft.quote)
            self._state("tool", self._identify(tool, maker), value, draft.extractor)
        known = {
            draft.name.text
            for draft in self.drafts
            if isinstance(draft, ToolDraft | SupplierDraft | ListingDraft)
        }
        known |= {draft.supplier for draft in self.drafts if isinstance(draft, ToolDraft)}
        if known and self.publisher.kind == "supplier":
            known.add(self.publisher.name)
        leads.become_known(self.session, known - {""})

    def _organisation(
        self,
        name: str,
        homepage: str,
        identifiers: Iterable[tuple[str, str]],
        *,
        kind: str,
        former_names: Iterable[str] = (),
    ) -> Organisation:
        """An organisation as this page names it; on a supplier's own site, the supplier."""
        own = self.publisher
        if own.kind == "supplier" and kind == "supplier":
            home = identity.domain(homepage)
            if home == identity.domain(own.homepage) or identity.same_name(name, own.name):
                homepage, name = own.homepage, own.name
        newest = self.session.scalar(_NEWEST) or 0
        found = identity.organisation(
            self.session,
            name,
            kind=kind,
            homepage=homepage,
            identifiers=identifiers,
            former_names=former_names,
            now=self.document.changed_at,
        )
        if kind == "supplier" and found.id > newest:
            self.joined.new_names.add(without_legal_form(found.name))
        return found

    def _state(self, subject_type: str, subject_id: int, value: Value, extractor: str) -> None:
        value = assurance.admitted(value, self.document.voice)
        fingerprint = _fingerprint(
            value.property, value.value, value.absence, *assurance.edition(value)
        )
        key = subject_type, subject_id, fingerprint
        row = self.statements.get(key)
        if row is None:
            row = self.statements[key] = Statement(
                subject_type=subject_type,
                subject_id=subject_id,
                document_id=self.document.id,
                fingerprint=fingerprint,
                property=value.property,
                value=value.value,
                absence=value.absence,
                first_seen=self.document.changed_at,
            )
            self.session.add(row)
        if key not in self.met:
            self.met.add(key)
            row.extractor = extractor
            # The words of a statement are those in which it was said first.
            if row.first_seen >= self.document.changed_at:
                row.first_seen = self.document.changed_at
                row.original, row.confidence = value.original, value.confidence
                row.quote, row.place = value.quote.text, value.quote.place
                row.stated_on, row.valid_until = value.stated_on, value.valid_until
                row.voice, row.snapshot_id = self.document.voice, self.snapshot_id
        row.last_seen = self.document.last_seen

    def _said(self, own: list[int]) -> None:
        """Claims, evidence and deployments, each with the tools it is about.

        What is said again is extended, what is new is added; what was joined to another tool
        from the same words moves.
        """
        rows: list[Said] = []
        if not self.new:
            rows += [
                *self._rows_of(Claim),
                *self._rows_of(Evidence),
                *self._rows_of(Deployment),
            ]
        held = {(row.fingerprint, row.tool_id): row for row in rows}
        wanted: dict[str, set[int | None]] = {}
        met: set[tuple[str, int | None]] = set()
        for draft, tools in self._about(own):
            mark = _mark(draft)
            for tool_id in tools:
                wanted.setdefault(mark, set()).add(tool_id)
                row = held.get((mark, tool_id))
                if row is None:
                    row = held[mark, tool_id] = self._row(draft)
                    row.fingerprint = mark
                    row.tool_id = tool_id
                    row.first_seen = self.document.changed_at
                    self.session.add(row)
                if (mark, tool_id) not in met:
                    met.add((mark, tool_id))
                    row.extractor = draft.extractor
                    if row.first_seen >= self.document.changed_at:
                        row.first_seen = self.document.changed_at
                        row.place, row.voice = draft.quote.place, self.document.voice
                row.last_seen = self.document.last_seen
                self._name(row)
        for (mark, tool_id), row in held.items():
            if tool_id is not None:
                self.joined.tools.add(tool_id)
            if mark in wanted and tool_id not in wanted[mark]:
                self.session.delete(row)

    def _about(self, own: list[int]) -> list[tuple[About, Sequence[int | None]]]:
        """The drafts that speak of tools, each with those it speaks of; with None where it
        speaks of none that is known.
        """
        drafts = [
            draft
            for draft in self.drafts
            if isinstance(draft, ClaimDraft | EvidenceDraft | DeploymentDraft)
        ]
        if not drafts:
            return []
        finder = Subjects(self.session, self.words, self.publisher, own)
        return [(draft, finder.of(draft) or [None]) for draft in drafts]

    def _rows_of(self, model: type[Kind]) -> Sequence[Kind]:
        return self.session.scalars(
            select(model).where(model.document_id == self.document.id)
        ).all()

    def _name(self, row: Said) -> None:
        """Give a row the key that rulings know it by, and a claim what tells its study."""
        page = self.document
        if isinstance(row, Claim):
            row.key = ledger.claim_key(page.url, row.quote, row.low, row.high)
            row.study = list(cues.cues(cues.near(page.title, page.text, row.quote, row.place)))
        elif isinstance(row, Evidence):
            row.key = ledger.evidence_key(page.url, row.title)

    def _row(self, draft: About) -> Said:
        words = {
            "document_id": self.document.id,
            "quote": draft.quote.text,
            "place": draft.quote.place,
            "voice": self.document.voice,
        }
        facts = draft.model_dump(exclude=_NO_COLUMNS)
        match draft:
            case ClaimDraft():
                return Claim(**facts, **words)
            case EvidenceDraft():
                return Evidence(**facts, **words)
            case DeploymentDraft():
                buyer = self._organisation(draft.buyer, "", draft.buyer_ids, kind="buyer")
                return Deployment(**facts, **words, buyer_id=buyer.id)


_NO_COLUMNS = {"type", "about", "quote", "supplier", "supplier_ids", "buyer", "buyer_ids"}
"""What of a draft says which rows are meant, and is kept in no column."""


def _mark(draft: About) -> str:
    """What makes it the same again: what is said and in which words, not where it stands."""
    return _fingerprint(draft.model_dump_json(exclude={"extractor": True, "quote": {"place"}}))


def _fingerprint(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
