"""Subjects: which tools the sentences of a document are about, and what else it names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import identity, mentions
from catalogue.drafts import ClaimDraft, DeploymentDraft, EvidenceDraft
from catalogue.models import Document, Mention, Organisation
from catalogue.text import name_key, organisation_key, quote, sentences

About = ClaimDraft | EvidenceDraft | DeploymentDraft

STORIES = frozenset({"case_study", "news"})
"""Kinds of documents that are listed with every tool and supplier they name."""

TITLE = "/title"


class Words:
    """The words of a document, title first, and which known names stand in them: looked up once,
    and only when it is asked.
    """

    def __init__(self, session: Session, document: Document) -> None:
        self._session = session
        self.document = document
        self.text = f"{document.title}\n{document.text}"
        self.shift = len(document.title) + 1
        """Where the main text begins."""

    @cached_property
    def suppliers(self) -> Mapping[str, int]:
        """The names of known suppliers, by key."""
        return mentions.suppliers(self._session, self._said)

    @cached_property
    def names(self) -> Mapping[str, int]:
        """The names of known tools, by key."""
        return mentions.known_names(
            self._session, self.text, said=self._said, makers=self.suppliers
        )

    def names_of(self, supplier_id: int) -> Mapping[str, int]:
        """The names of one supplier's tools, by key: the words are its own."""
        return mentions.known_names(self._session, self.text, supplier_id)

    def find(self, names: Mapping[str, int], but: Collection[str] = ()) -> list[mentions.Named]:
        """All mentions of these names in order, but where others' names are meant."""
        return mentions.find(self.text, names, self._said, but) if names else []

    @cached_property
    def _said(self) -> mentions.Spans:
        return mentions.candidates(self.text)


class Subjects:
    """Which tools a sentence of a document is about."""

    def __init__(
        self, session: Session, words: Words, publisher: Organisation, own: list[int]
    ) -> None:
        self._session = session
        self._own = own
        self._text = words.document.text
        # A supplier's site names others' tools too ("integrates with ..."): they get no claims.
        theirs = publisher.kind == "supplier"
        self._names = words.names_of(publisher.id) if theirs else words.names
        self._but: Collection[str] = ()
        if self._names:
            self._but = [organisation_key(publisher.name)] if theirs else words.suppliers.keys()
        found, shift = words.find(self._names, self._but), words.shift
        self._title = list(dict.fromkeys(one.tool_id for one in found if one.start < shift))
        self._mentions = [
            mentions.Named(one.start - shift, one.end - shift, one.tool_id)
            for one in found
            if one.start >= shift
        ]

    def of(self, draft: About) -> list[int]:
        """Ids of the tools, in the order named; empty when none is known."""
        if draft.about:
            named = self._of_supplier(draft) or self._names.get(name_key(draft.about))
            if named is not None:
                return [named]
            if isinstance(draft, DeploymentDraft):
                return []  # its tool is named, and nobody knows it
        in_words = mentions.find(draft.quote.text, self._names, but=self._but)
        if in_words:
            return list(dict.fromkeys(mention.tool_id for mention in in_words))
        if self._own:
            return self._own[:1]
        return self._about(draft)

    def _about(self, draft: About) -> list[int]:
        """The tools that a draft is about which names none itself."""
        start, end = self._span(draft)
        if isinstance(draft, ClaimDraft):
            return mentions.nearest_before(self._mentions, start, end) or self._title[:1]
        # A study or a place of use is the whole document's matter.
        everywhere = list(dict.fromkeys(mention.tool_id for mention in self._mentions))
        if len(everywhere) > 1 and not self._title and isinstance(draft, DeploymentDraft):
            return mentions.nearest_before(self._mentions, start, end)
        return self._title or everywhere

    def _of_supplier(self, draft: About) -> int | None:
        """The tool of that name of the supplier that the draft names."""
        if not isinstance(draft, DeploymentDraft) or not draft.supplier:
            return None
        return identity.tool_of(self._session, draft.about, draft.supplier, draft.supplier_ids)

    def _span(self, draft: About) -> tuple[int, int]:
        place = draft.quote.place.removeprefix("chars:")
        start, _, end = place.partition("-")
        if start.isdigit() and end.isdigit():
            return int(start), int(end)
        found = max(self._text.find(draft.quote.text), 0)
        return found, found + len(draft.quote.text)


def keep_mentions(
    session: Session, words: Words, publisher: Organisation, *, new: bool = False
) -> None:
    """Bring what a story names in step with its words and with the names that are known: every
    tool and supplier once, with the first sentence that names it, but no supplier on its own site.
    Of a `new` document nothing is kept yet.
    """
    document = words.document
    wanted = _named(words, publisher) if document.kind in STORIES else {}
    told = _sentences(document, wanted.values())
    kept = select(Mention).where(Mention.document_id == document.id)
    for row in () if new else session.scalars(kept):
        at = wanted.pop((row.tool_id, row.organisation_id), None)
        if at is None:
            session.delete(row)
        else:
            row.quote, row.place = told[at]
    for (tool_id, organisation_id), at in wanted.items():
        said, place = told[at]
        session.add(
            Mention(
                document_id=document.id,
                tool_id=tool_id,
                organisation_id=organisation_id,
                quote=said,
                place=place,
            )
        )


def _named(words: Words, publisher: Organisation) -> dict[tuple[int | None, int | None], int]:
    """What is named, a tool or a supplier, and where it is first."""
    first: dict[tuple[int | None, int | None], int] = {}
    for one in words.find(words.names, words.suppliers.keys()):
        first.setdefault((one.tool_id, None), one.start)
    for one in words.find(words.suppliers, words.names.keys()):
        if one.tool_id != publisher.id:
            first.setdefault((None, one.tool_id), one.start)
    return first


def _sentences(document: Document, places: Collection[int]) -> dict[int, tuple[str, str]]:
    """The sentence, as a quote with its place, at each of these places of title and text."""
    shift = len(document.title) + 1
    told = {at: (quote(document.title), TITLE) for at in places if at < shift}
    left = sorted(at - shift for at in places if at >= shift)
    for start, end, words in sentences(document.text) if left else ():
        while left and left[0] < end:
            told[left.pop(0) + shift] = (quote(words), f"chars:{start}-{end}")
        if not left:
            break
    return told
