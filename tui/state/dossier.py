"""The tabs of the detail pane: everything known of one tool, as entries.

Each value comes with who said it, in which words and when; an absence is said in words, and what
other sources say differently is marked with "!".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from catalogue.rows import (
    FunctionRow,
    Hit,
    MergedRow,
    NoticeRow,
    Provenance,
    ToolDetail,
    ToolRow,
    ValueRow,
)
from tui.state import proof, reasons
from tui.state.entries import Entry, Line, Piece, Role, Subject, heading, remark, voice
from tui.state.wording import (
    ABSENCES,
    autonomy,
    day,
    quoted,
    retold,
    says,
    seen,
    stars,
)
from tui.text import fit

if TYPE_CHECKING:
    from catalogue.resemblance import Resemblance

LABEL = 16
"""Cells of the column of labels."""

TABS: tuple[str, ...] = ("Overview", "Evidence", "Sources", "History", "Similar")


def overview(detail: ToolDetail, why: Hit | None = None) -> list[Entry]:
    """Tab 1: what the tool is, and every value with its source."""
    entries: list[Entry] = []
    if detail.summary:
        summary = Line(((detail.summary, "plain"),))
        entries += [Entry((Line(()),), still=True), Entry((summary,), url=detail.homepage)]
    if why is not None and why.passage:
        entries += [
            heading("Why it was found"),
            Entry(tuple(reasons.lines(why)), url=why.passage_url),
        ]
    if detail.merged:
        entries.append(heading("One with", "'horizon dedupe' takes it back"))
    entries += [_merged(row) for row in detail.merged]
    entries.append(heading("Values", "Enter shows the whole source"))
    entries += [_value(value) for value in detail.values]
    if detail.functions:
        entries.append(heading("Functions", "what decides scope and autonomy"))
    entries += [_function(function) for function in detail.functions]
    if detail.tags:
        entries.append(heading("Tags", "+ accepts, - rejects"))
    for tag in detail.tags:
        role: Role = "warning" if tag.state == "suggested" else "plain"
        mark = {"suggested": "? ", "rejected": "- "}.get(tag.state, "  ")
        entries.append(
            Entry(
                (
                    Line(((mark, role), (tag.label, "strong"), (f"  {tag.state}", role))),
                    Line(((f"  by {tag.by}{f': {tag.why}' if tag.why else ''}", "muted"),), 2),
                ),
                tag=tag,
            )
        )
    if detail.row.shortlists:
        entries.append(heading("Shortlists"))
        entries += [remark(f"  {name}", "plain") for name in detail.row.shortlists]
    return entries


def _merged(row: MergedRow) -> Entry:
    """Another record of the same tool, and by whose word it is."""
    why = f": {row.why}" if row.why else ""
    return Entry(
        (
            Line(((f"{row.name} by {row.supplier}", "strong"), (f"  number {row.id}", "plain"))),
            Line(((f"  judged the same by {row.by}, {day(row.on)}{why}", "muted"),), 2),
        )
    )


def _function(function: FunctionRow) -> Entry:
    """One function: its scope, the rule and the words that decided, and what to look into."""
    lines = [
        Line(((function.use_case or "Use case not stated", "strong"),)),
        Line(((f"  {function.autonomy or 'autonomy not stated'}", "plain"),), 2),
        Line(((f"  {function.scope}: {function.rule}", "muted"),), 2),
    ]
    if function.quote:
        lines.append(Line((("  ", "plain"), (quoted(function.quote), "quote")), 2))
    if function.device != "undecided":
        note = f"  Medical device: {function.device} (a pointer, no finding)"
        lines.append(Line(((note, "muted"),), 2))
    return Entry(tuple(lines))


def evidence(detail: ToolDetail) -> list[Entry]:
    """Tab 2: claims with what supports them, evidence with who paid, measured and wrote."""
    entries = [*proof.claims(detail), *proof.evidence(detail)]
    entries.append(heading("In use"))
    if not detail.deployments:
        entries.append(remark("No place where it is used was found."))
    for place in detail.deployments:
        facts = [place.setting, place.phase, place.when, place.funding]
        told: list[Piece] = [("  " + " · ".join(filter(None, facts)), "plain")]
        if place.supplier_paid:
            facts.append(place.supplier_paid)
            told.append((f" · {place.supplier_paid}", "warning"))
        entries.append(
            Entry(
                (
                    Line(((place.buyer, "strong"),)),
                    Line(tuple(told), 2),
                    *voice(place.provenance),
                ),
                subject=Subject(
                    "In use at",
                    place.buyer,
                    place.provenance,
                    notes=tuple(filter(None, facts)),
                ),
                url=place.provenance.url,
            )
        )
    if detail.notices:
        entries.append(
            heading("Procurement", "notices of buyers; a framework's ceiling is no value")
        )
    entries += [_notice(row) for row in detail.notices]
    return entries


def sources(detail: ToolDetail) -> list[Entry]:
    """Tab 3: the pages behind the tool."""
    entries = [heading("Pages", "o opens one in your browser")]
    if not detail.documents:
        entries.append(remark("No page is kept for this tool."))
    for page in detail.documents:
        dates = f"last seen {day(page.last_seen)}"
        if page.published_on is not None:
            dates = f"published {day(page.published_on)} · {dates}"
        again = retold(page.retells, page.also)
        named = [Line(((f"  names it: \u201c{page.mention}\u201d", "quote"),), 2)] * bool(
            page.mention
        )
        entries.append(
            Entry(
                (
                    Line(((page.title or page.url, "strong"),)),
                    Line(((f"  {page.publisher} ({page.voice}) · {page.kind}", "plain"),), 2),
                    Line(((f"  {dates}", "plain"),), 2),
                    *named,
                    *([Line(((f"  {again}", "warning"),), 2)] if again else []),
                    Line(((f"  {page.url}", "muted"),), 2),
                ),
                url=page.url,
            )
        )
    return entries


def history(detail: ToolDetail) -> list[Entry]:
    """Tab 4: what changed, newest first."""
    entries = [heading("What changed")]
    if not detail.signals:
        entries.append(remark("Nothing has changed since it was first seen."))
    for signal in detail.signals:
        change: list[Piece] = []
        if signal.before:
            change += [("  - ", "bad"), (signal.before, "plain")]
        horizon: list[Piece] = [(f"  {signal.horizon.casefold()}", "muted")] * bool(signal.horizon)
        lines = [
            Line(((f"{day(signal.detected_on)}  ", "muted"), (signal.label, "strong"), *horizon), 2)
        ]
        if change:
            lines.append(Line(tuple(change), 4))
        if signal.after:
            lines.append(Line((("  + ", "good"), (signal.after, "plain")), 4))
        if signal.quote:
            lines.append(Line((("    ", "plain"), (quoted(signal.quote), "quote")), 4))
        entries.append(Entry(tuple(lines), url=signal.url))
    return entries


def similar(answers: Sequence[tuple[ToolRow, Resemblance]] | None, reason: str = "") -> list[Entry]:
    """Tab 5: tools that are like this one; None while they are looked for."""
    entries = [heading("Similar by meaning", "Enter opens one")]
    if answers is None:
        return [*entries, remark(reason or "Looking...")]
    if not answers:
        entries.append(remark(reason or "None found."))
    for row, like in answers:
        stands = f"      {stars(row.evidence)} · autonomy {autonomy(row.autonomy)}"
        entries.append(
            Entry(
                (
                    Line(((f"{like.score:.2f}  ", "muted"), (row.name, "strong")), 6),
                    Line(((f"      {row.supplier} · {row.use_case or 'not stated'}", "plain"),), 6),
                    Line(((stands, "muted"),), 6),
                    Line(((f"      {like.likenesses()}", "muted"),), 6),
                    Line(((f"      {like.told()}", "plain"),), 6),
                ),
                tool_id=row.id,
            )
        )
    return entries


_BASES: dict[str, str] = {
    "NAME_IN_TEXT": "a notice names the tool",
    "IDENTIFIER": "a contract of its supplier, by registered number; the tool is not named",
    "NAME": "a contract of a supplier of this name; the tool is not named",
}


def _notice(row: NoticeRow) -> Entry:
    """One procurement: what it has come to, why it is shown here, and its notices in order."""
    dates = (
        f"published {day(row.published_on)}" if row.published_on else "",
        f"tenders until {day(row.deadline)}" if row.deadline else "",
        f"from {day(row.starts_on)}" if row.starts_on else "",
        f"ends {day(row.ends_on)}" if row.ends_on else "",
    )
    money = f"framework ceiling {row.ceiling}" if row.ceiling else row.value or "value not stated"
    who = f"  to {', '.join(row.suppliers)}" if row.suppliers else "  no supplier named"
    last = row.releases[-1].provenance
    notices = tuple(
        f"{day(one.published_on) if one.published_on else 'not dated'}: {one.type}"
        for one in row.releases
    )
    return Entry(
        (
            Line(((row.title, "strong"),)),
            Line(((f"  {row.type}, {row.buyer or 'buyer not stated'}", "plain"),), 2),
            Line(((who, "plain"), (f" · {money}", "plain")), 2),
            Line((("  " + " · ".join(filter(None, dates)), "plain"),), 2),
            Line(((f"  {_BASES[row.basis]}", "muted"),), 2),
            *voice(last),
        ),
        subject=Subject(
            "Procurement", row.title, last, notes=(*notices, money, _BASES[row.basis], row.ocid)
        ),
        url=row.url,
    )


def _value(value: ValueRow) -> Entry:
    absent = value.provenance is None or value.absence in {"not_stated", "looked_not_found"}
    shown = value.value if value.value and not absent else ABSENCES.get(value.absence, "not stated")
    first: list[Piece] = [
        (fit(value.label, LABEL - 2), "label"),
        ("! " if value.others else "  ", "warning"),
        (shown, "muted" if absent else "strong"),
    ]
    lines = [Line(tuple(first), LABEL)]
    if value.provenance is not None:
        lines += voice(value.provenance, LABEL)
    for other, provenance in value.others:
        pieces: tuple[Piece, ...] = (
            (" " * LABEL, "plain"),
            (f"! {says(provenance.voice)} otherwise: ", "warning"),
            (other, "plain"),
            (f", {day(provenance.last_seen)}", "muted"),
        )
        lines.append(Line(pieces, LABEL + 2))
    return Entry(
        tuple(lines),
        subject=Subject(
            value.label, shown, value.provenance, original=value.original, others=value.others
        ),
        url=value.provenance.url if value.provenance else "",
    )


def provenance_lines(subject: Subject) -> list[Line]:
    """Everything known about where a value comes from: the text of the provenance window."""
    lines = [Line(((subject.value, "strong"),))]
    if subject.original and subject.original != subject.value:
        lines.append(Line((("As said: ", "label"), (subject.original, "plain")), 9))
    lines += [Line(((note, "plain"),)) for note in subject.notes if note]
    if subject.provenance is None:
        return [*lines, Line(()), Line((("No page states this.", "muted"),))]
    lines += [Line(()), *_whole(subject.provenance)]
    for other, provenance in subject.others:
        lines += [
            Line(()),
            Line((("! Said otherwise: ", "warning"), (other, "strong")), 2),
            *_whole(provenance),
        ]
    return lines


def _whole(provenance: Provenance) -> Iterator[Line]:
    yield Line(
        ((quoted(provenance.quote), "quote"),)
        if provenance.quote
        else (("no words were kept", "muted"),)
    )
    for label, text in (
        ("Said by", f"{provenance.said_by} ({provenance.voice})"),
        ("Page", provenance.document),
        ("Place", provenance.place),
        ("Address", provenance.url),
        ("When", seen(provenance.first_seen, provenance.last_seen)),
        ("Read by", provenance.extractor),
    ):
        yield Line(((label.ljust(10), "label"), (text or "not known", "plain")), 10)


def page_lines(hit: Hit) -> list[Line]:
    """A page that matches: its title, the passage, its address."""
    lines = [Line(((hit.title or "Untitled page", "strong"),)), Line(())]
    lines.append(Line(((f"{reasons.speaker(hit)}: ", "muted"), *reasons.passage(hit))))
    lines.append(Line(()))
    if hit.speaker is not None:
        said_by = f"{hit.speaker.publisher} ({hit.speaker.voice})"
        lines.append(Line((("Said by   ", "label"), (said_by, "plain")), 10))
    lines.append(Line((("Address   ", "label"), (hit.url, "plain")), 10))
    if hit.passage_url and hit.passage_url != hit.url:
        lines.append(Line((("Passage   ", "label"), (hit.passage_url, "plain")), 10))
    if again := retold(hit.retells, hit.also):
        lines.append(Line((("Story     ", "label"), (again, "plain")), 10))
    if told := reasons.score(hit):
        lines.append(Line((("Score     ", "label"), (f"{hit.score:.3f}: {told}", "plain")), 10))
    return lines
