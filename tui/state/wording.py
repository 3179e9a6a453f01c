"""How things are said: the words for voices, absences, strengths, counts and dates.

Nothing here ever says that a tool is endorsed by anybody; a supplier's word stays a supplier's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from catalogue.rows import BearingRow, ClaimRow, Provenance, Totals

HOUR = 60
"""Minutes."""

ABSENCES = {
    "not_stated": "not stated",
    "looked_not_found": "looked, not found",
    "no": "no",
    "yes": "yes",
}
"""The kinds of absence, as words."""

STANDINGS = {
    "independent": "independently supported",
    "supported": "supported, not independently",
    "unsupported": "unsupported",
    "contradicted": "contradicted",
}
"""What the joined evidence makes of a claim, as words."""

RELATIONS = {
    "supports": "supports",
    "partly": "supports in part",
    "contradicts": "contradicts",
    "context": "is context to",
    "unrelated": "has nothing to do with",
}
"""How evidence bears on a claim, as a verb."""

_SPEAKERS = {
    "customer": "A customer says",
    "joint": "Supplier and customer say",
    "independent": "An independent source says",
    "government": "Government says",
    "regulator": "A regulator says",
    "press": "The press says",
    "network": "A network says",
    "social": "Social media say",
}

_STRENGTHS = (
    "none",
    "account",
    "some data",
    "comparison",
    "independent",
    "at scale",
)

_AUTONOMY = ("rules", "operator", "collaborator", "consultant", "approver", "observer")


def says(voice: str) -> str:
    """Who speaks, as the start of a sentence: "Supplier says"."""
    return _SPEAKERS.get(voice.strip().casefold(), f"{voice.strip() or 'Somebody'} says")


def quoted(words: str) -> str:
    """Words in quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"


def day(when: date) -> str:
    """A date as written in Britain: "5 Nov 2026"."""
    return f"{when.day} {when:%b %Y}"


def said(provenance: Provenance) -> str:
    """Who said it and when: "Supplier says, 5 Nov 2026"."""
    return f"{says(provenance.voice)}, {day(provenance.last_seen)}"


def seen(first: date, last: date) -> str:
    """How long something has been on its page: "first seen 5 Oct 2026, last 5 Nov 2026"."""
    if first == last:
        return f"seen {day(last)}"
    return f"first seen {day(first)}, last {day(last)}"


def number(count: int) -> str:
    """A count with its thousands set apart: "1,204"."""
    return f"{count:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 tool", "3 tools"."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def remaining(seconds: float) -> str:
    """How long something will take still: "about 3 minutes left"."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute left"
    if minutes < 2 * HOUR:
        return f"about {plural(minutes, 'minute')} left"
    return f"about {plural(round(minutes / HOUR), 'hour')} left"


def strength(level: int) -> str:
    """A strength of evidence in one or two words."""
    return _STRENGTHS[level] if 0 <= level < len(_STRENGTHS) else "unknown"


def stars(level: int) -> str:
    """A strength of evidence as level and bar: "E3 ●●●○○"; without evidence, words."""
    if level <= 0:
        return "E0 none"
    full = min(level, 5)
    return f"E{level} {'●' * full}{'○' * (5 - full)}"


def autonomy(level: int | None) -> str:
    """A level of autonomy with its role: "A2 collaborator"."""
    if level is None:
        return ABSENCES["not_stated"]
    return f"A{level} {_AUTONOMY[level]}" if 0 <= level < len(_AUTONOMY) else f"A{level}"


def bears(bearing: BearingRow) -> str:
    """How evidence bears on a claim and who says so: "supports (L4)", "partly (Kim)"."""
    by = bearing.why.partition(":")[0] if bearing.by == "rule" else bearing.by
    return f"{bearing.relation} ({by})"


def claims_heading(claims: Sequence[ClaimRow]) -> str:
    """How the claims stand: "7 claims · 1 independently supported · 4 unsupported". What only
    repeats another claim is counted apart: one result told three times is one result.
    """
    if not claims:
        return "No claim of benefit found"
    counts: Counter[str] = Counter(claim.standing for claim in claims if claim.repeats is None)
    parts = [plural(len(claims), "claim")]
    parts += [f"{counts[key]} {words}" for key, words in STANDINGS.items() if counts[key]]
    if again := sum(claim.repeats is not None for claim in claims):
        parts.append(f"{again} {'repeats' if again == 1 else 'repeat'} another")
    return " · ".join(parts)


def retold(retells: str, also: int) -> str:
    """How a page stands to others that tell the same; empty where no other does."""
    if not also:
        return ""
    if retells:
        return f"tells again what {host(retells) or retells} told first"
    return f"also told by {plural(also, 'other page')}"


def searched(meant: Sequence[tuple[str, str]]) -> str:
    """What was searched for instead of words that no page has: "Searched 'rostering' for
    'rostring'."; empty where all are known.
    """
    pairs = ", ".join(f"'{instead}' for '{word}'" for word, instead in meant)
    return f"Searched {pairs}." if pairs else ""


def totals_line(totals: Totals, *, short: bool = False) -> str:
    """How much the catalogue holds, on one line."""
    parts = [plural(totals.tools, "tool"), plural(totals.suppliers, "supplier")]
    if not short:
        parts += [
            plural(totals.claims, "claim"),
            f"{number(totals.evidence)} evidence",
            plural(totals.documents, "page"),
        ]
    return " · ".join(parts)


def host(url: str) -> str:
    """The host of an http or https address; "" for anything else."""
    try:
        parts = urlsplit(url.strip())
        name = parts.hostname or ""
    except ValueError:
        return ""
    return name if parts.scheme in {"http", "https"} else ""
