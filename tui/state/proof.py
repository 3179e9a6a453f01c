"""Claims and evidence in the detail pane: what is claimed, how it travels, what bears it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from catalogue.rows import BearingRow, ClaimRow, EvidenceRow, ToolDetail
from tui.state.entries import Entry, Line, Piece, Role, Subject, heading, remark, voice
from tui.state.wording import STANDINGS, claims_heading, day, host, plural, quoted, stars

_STANDING_ROLES: dict[str, Role] = {
    "independent": "good",
    "supported": "plain",
    "unsupported": "warning",
    "contradicted": "bad",
}

_BEARS: dict[str, Piece] = {
    "supports": ("  + supported by ", "good"),
    "partly": ("  ~ in part by ", "warning"),
    "contradicts": ("  ! contradicted by ", "bad"),
    "context": ("  . beside it ", "muted"),
    "unrelated": ("  . unrelated ", "muted"),
}
"""How evidence bears on a claim: the mark says it without colour, too."""

TELLINGS = 6
"""Most tellings of one result that are listed one by one."""

ARROW = " \N{RIGHTWARDS ARROW} "


def claims(detail: ToolDetail) -> list[Entry]:
    """The claims, each with where it stands, what bears on it, and where it was said first."""
    items = {item.id: item for item in detail.evidence}
    entries = [
        heading("Claims", "as said; a claim is not evidence"),
        remark(claims_heading(detail.claims), "plain"),
    ]
    return entries + [_claim(claim, items) for claim in detail.claims]


def evidence(detail: ToolDetail) -> list[Entry]:
    """The evidence, each item with who paid, who measured and who wrote."""
    entries = [heading("Evidence", "who paid, who measured, who wrote")]
    if not detail.evidence:
        entries.append(remark("No study, evaluation or account was found."))
    return entries + [_item(item) for item in detail.evidence]


def _claim(claim: ClaimRow, items: Mapping[int, EvidenceRow]) -> Entry:
    standing: Piece = (STANDINGS[claim.standing], _STANDING_ROLES[claim.standing])
    figure = claim.figure or "No figure given"
    facts = [
        claim.dimension,
        f"rung {claim.rung}" if claim.rung else "",
        f"hedged {quoted(claim.hedge)}" if claim.hedge else "not hedged",
    ]
    lines = [
        Line(((figure, "strong"), ("  ", "plain"), standing)),
        Line((("  " + " · ".join(filter(None, facts)), "plain"),), 2),
        *voice(claim.provenance),
    ]
    if claim.stops and claim.repeats is None:
        lines.append(_muted(claim.stops))
    lines += [_warning(f"assumes that {label}: {quoted(said)}") for label, said in claim.flags]
    lines += [_warning(f"costs elsewhere: {label}") for label in claim.counter_effects]
    lines += _lineage(claim)
    shown = [one for one in claim.bearings if claim.repeats is None or one.relation != "context"]
    lines += [line for one in shown for line in _bearing(one, items, claim)]
    beside = len(items) - len(claim.bearings)
    if claim.repeats is None and beside:
        lines.append(_muted(f"{plural(beside, 'item')} of evidence without data for it (L8)"))
    notes = [f"Rung: {claim.rung}", f"Hedge: {claim.hedge or 'none'}", standing[0]]
    notes += [_told(line) for line in lines[3:]]
    return Entry(
        tuple(lines),
        subject=Subject(
            claim.dimension,
            claim.figure or "no figure given",
            claim.provenance,
            notes=tuple(notes),
        ),
        url=claim.provenance.url,
    )


def _lineage(claim: ClaimRow) -> Iterator[Line]:
    """Where a result was said first, or how its figure changed as it travelled."""
    if claim.repeats is not None:
        first = claim.repeats
        moved = first.figure != claim.figure
        when = f"on {day(first.on)}" if first.dated else "on a page without a date"
        said = f"  repeats {first.figure}, first said by {first.said_by} {when}"
        yield Line(((said, "warning" if moved else "muted"),), 2)
        return
    if not claim.path:
        return
    figures = [figure for figure, _ in groupby(telling.figure for telling in claim.path)]
    told = f"  told {plural(len(claim.path), 'time')}: {ARROW.join(figures)}"
    yield Line(((told, "warning" if len(figures) > 1 else "plain"),), 2)
    for telling in claim.path[:TELLINGS]:
        who = f"{telling.said_by} ({telling.voice}), {host(telling.url)}"
        when = day(telling.on) if telling.dated else "not dated"
        yield Line(((f"      {when.rjust(11)}  {telling.figure}  {who}", "muted"),), 19)
    more = len(claim.path) - TELLINGS
    if more > 0:
        yield _muted(f"    and {more} more")


def _bearing(
    bearing: BearingRow, items: Mapping[int, EvidenceRow], claim: ClaimRow
) -> Iterator[Line]:
    """How one item of evidence bears on a claim, by which rule or whose word, and whose it is."""
    item = items.get(bearing.evidence)
    published = f", {day(item.published_on)}" if item and item.published_on else ""
    yield Line((_BEARS[bearing.relation], (bearing.title, "plain"), (published, "muted")), 4)
    said = bearing.why if bearing.by == "rule" else f"says {bearing.by}"
    if bearing.by != "rule" and bearing.why:
        said = f"{said}: {quoted(bearing.why)}"
    yield Line(((f"      {said}", "muted"),), 6)
    if item is not None and bearing.relation != "context" and claim.repeats is None:
        yield Line(((f"      {stars(item.strength)} · {_who(item)}", "muted"),), 6)


def _item(item: EvidenceRow) -> Entry:
    independent: Piece = (
        ("independent", "good") if item.independent else ("not independent", "warning")
    )
    about = [
        f"measured by {item.measurement.lower()}" if item.measurement else "",
        *_reviewed(item),
        f"published {day(item.published_on)}" if item.published_on else "",
    ]
    told = " · ".join(filter(None, about))
    lines = [
        Line(((item.title, "strong"),)),
        Line(((f"  {stars(item.strength)}  {item.kind}  ", "plain"), independent), 2),
        *([Line(((f"  {told}", "plain"),), 2)] if told else []),
        Line(((f"  {_who(item)}", "plain"),), 2),
        *voice(item.provenance),
    ]
    for label, said in item.against:
        denied: tuple[Piece, ...] = (
            (f"  ! found no benefit in {label.lower()}: ", "bad"),
            (quoted(said), "quote"),
        )
        lines.append(Line(denied, 4))
    return Entry(
        tuple(lines),
        subject=Subject(
            item.kind,
            item.title,
            item.provenance,
            notes=(stars(item.strength), _who(item), independent[0], told),
        ),
        url=item.provenance.url,
    )


def _who(item: EvidenceRow) -> str:
    return (
        f"paid for by {_party(item.funder)} · measured by {_party(item.measurer)}"
        f" · written by {_party(item.author)}"
    )


def _party(label: str) -> str:
    """A relation within a sentence: "not known" is no name."""
    return label.lower() if label == "Not known" else label


def _reviewed(item: EvidenceRow) -> Sequence[str]:
    if item.peer_reviewed is None:
        return ()
    return ("peer-reviewed",) if item.peer_reviewed else ("not peer-reviewed",)


def _muted(said: str) -> Line:
    return Line(((f"  {said}", "muted"),), 2)


def _warning(said: str) -> Line:
    return Line(((f"  {said}", "warning"),), 2)


def _told(line: Line) -> str:
    return "".join(words for words, _ in line.pieces).strip()
