"""Notices: from the draft of one to its row, the tools it names, and what it tells the market."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue import identity, mentions
from catalogue.changes import Change
from catalogue.drafts import DeploymentDraft, NoticeDraft, Party
from catalogue.models import Document, Notice, NoticeSupplier, NoticeTool, Tool
from catalogue.text import one_line, organisation_key
from catalogue.vocabularies import Term, load

CHANGED: Final = "SIG_NOTICE_CHANGE"
"""What a notice means that changes an earlier one."""

_PHASES: Final = {"award": "PH_PRE_DEPLOYMENT", "contract": "PH_NOT_STATED"}
"""How far a use has come by the stage of a notice; none in the other stages."""

_SIGNS: Final = {"GBP": "£", "EUR": "€", "USD": "$"}
_HEADLINE: Final = 300


def keep(session: Session, document: Document, draft: NoticeDraft) -> Notice:
    """Bring the notice of a document in step with its draft, and with the tools that are known."""
    row = session.scalar(select(Notice).where(Notice.document_id == document.id))
    if row is None:
        row = Notice(document_id=document.id)
        session.add(row)
    for name, value in draft.model_dump(
        exclude={"type", "description", "buyer", "suppliers", "cpv", "quote"}
    ).items():
        setattr(row, name, value)
    row.cpv = " ".join(draft.cpv)
    row.quote, row.place = draft.quote.text, draft.quote.place
    row.buyer_id = None
    if draft.buyer is not None:
        row.buyer_id = identity.organisation(
            session,
            draft.buyer.name,
            kind="buyer",
            identifiers=draft.buyer.identifiers,
            now=document.changed_at,
        ).id
    _suppliers(row, draft.suppliers)
    _tools(session, row, draft)
    session.flush()
    return row


def in_use(session: Session, draft: NoticeDraft, row: Notice) -> Iterator[DeploymentDraft]:
    """Where a contract puts tools to use: one for each tool that an award or contract names.

    What is paid for is not yet in use, so an award is of no later phase than before deployment.
    A framework is no contract, and a supplier's number alone names no tool of its.
    """
    phase = _PHASES.get(_type(row).attribute("stage"), "")
    ended = _type(row).code == "NTC_UK11"
    if draft.buyer is None or draft.framework or not (phase or ended):
        return
    paid = bool(draft.value_high)
    for one in row.tools:
        tool = session.get_one(Tool, one.tool_id)
        yield DeploymentDraft(
            extractor=draft.extractor,
            about=tool.name,
            supplier=tool.supplier.name,
            buyer=draft.buyer.name,
            buyer_ids=draft.buyer.identifiers,
            quote=draft.quote,
            phase="PH_RETIRED" if ended else phase,
            funding="TRIAL_FUND_LOCAL_BUDGET" if paid else "TRIAL_FUND_UNKNOWN",
            started_on=draft.starts_on,
            ended_on=draft.ends_on,
        )


def signal(row: Notice) -> str:
    """SIG_ code of what a new notice means; "" where it means nothing for the market."""
    code = _type(row).attribute("signal")
    return CHANGED if code and row.changes else code


def news(row: Notice, *, new: bool) -> Iterator[Change]:
    """What a notice tells the market: of each tool that it names, else of none in particular.

    A notice that was read before and says something else now has changed, whatever it is.
    """
    code = signal(row)
    if code:
        named: list[int | None] = [one.tool_id for one in row.tools]
        for tool_id in named or [None]:
            yield Change(code if new else CHANGED, tool_id, "", headline(row), row.quote)


def headline(row: Notice) -> str:
    """A notice in one line: what it is, whose, for whom, for how much, until when."""
    parts = [_type(row).label]
    if row.buyer is not None:
        parts.append(f"by {row.buyer.name}")
    if names := list(dict.fromkeys(one.name for one in row.suppliers)):
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004 (three are told)
        parts.append(f"to {', '.join(names[:3])}{more}")
    told = [" ".join(parts)]
    if words := money(row.value_low, row.value_high, row.currency):
        told.append(f"framework ceiling {words}" if row.framework else words)
    if row.deadline is not None and not row.suppliers:
        told.append(f"closes {row.deadline.day} {row.deadline:%B %Y}")
    told.append(f"“{row.title}”")
    return one_line(", ".join(told), _HEADLINE)


def money(low: float | None, high: float | None, currency: str) -> str:
    """Amounts of one currency in words: "£120,000", "£1 million to £2.5 million" is not rounded
    and so "£1,000,000 to £2,500,000"; "" where there is none.
    """
    if low is None or high is None:
        return ""
    sign = _SIGNS.get(currency, f"{currency} " if currency else "")
    ends = dict.fromkeys(f"{sign}{end:,.2f}".removesuffix(".00") for end in (low, high))
    return " to ".join(ends)


def _type(row: Notice) -> Term:
    return load()["notice_types"].get(row.notice_type)


def _suppliers(row: Notice, parties: tuple[Party, ...]) -> None:
    wanted = [
        (ordinal, one.award, one.name, organisation_key(one.name), scheme, value)
        for ordinal, one in enumerate(parties)
        for scheme, value in one.identifiers or (("", ""),)
    ]
    held = [(s.ordinal, s.award, s.name, s.key, s.scheme, s.value) for s in row.suppliers]
    if held != wanted:
        names = ("ordinal", "award", "name", "key", "scheme", "value")
        row.suppliers = [NoticeSupplier(**dict(zip(names, one, strict=True))) for one in wanted]


def _tools(session: Session, row: Notice, draft: NoticeDraft) -> None:
    """The tools that are named by what is bought, and not by who buys or sells; who sells tells
    which of several tools of one name it is.
    """
    text = f"{draft.title}\n{draft.description}"
    sellers = "\n".join(one.name for one in draft.suppliers)
    names = mentions.known_names(session, f"{text}\n{sellers}")
    found = {one.tool_id for one in mentions.find(text, names)}
    row.tools = [one for one in row.tools if one.tool_id in found]
    known = {one.tool_id for one in row.tools}
    row.tools += [NoticeTool(tool_id=tool_id) for tool_id in sorted(found - known)]
