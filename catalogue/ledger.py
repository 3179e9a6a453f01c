"""The ledger: how each item of evidence on a tool bears on each of its claims, by written rules.

A person's word leads (P). The rules are asked in their order, and the first that answers holds; a
pair of which nothing is recorded is context by the last one. The texts are shown with the results.

Claims and evidence are named by what outlives replay: the address of their page and their words
(`claim_key`, `evidence_key`). Rulings of people are kept under `claim/<key>` and `evidence/<key>`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, NamedTuple

from catalogue.comparison import HEDGED, SLACK, ClaimFacts, Measure, near, pairs, same_matter
from catalogue.standing import DATA, SUPPLIER, EvidenceFacts, Relation, strength
from catalogue.text import name_key

RULES: Final[Mapping[str, str]] = {
    "L1": "it reports data, and finds no such benefit or the opposite",
    "L2": "it tells again of a study that is counted where it was first reported",
    "L3": "its page reports data, but these words say what could be, or what the supplier says",
    "L4": "the page that makes the claim reports data for it",
    "L5": "it finds as much, on another page",
    "L6": "it finds less than is claimed",
    "L7": "it gives a figure without data, and is not the supplier's own: in part at most",
    "L8": "it reports no data for this figure",
}
"""The rules by which evidence bears on a claim, in the order in which they are asked."""

DEFAULT: Final = "L8"

RULE: Final = "rule"
"""Who decided, where it was no person."""

KEY: Final = 10
"""Characters of a key."""

_SCHEME = re.compile(r"^https?://(?:www\.)?")


class Bearing(NamedTuple):
    """How one item of evidence bears on one claim."""

    relation: Relation
    by: str
    """`rule` or a person's name."""
    why: str


@dataclass(frozen=True, slots=True)
class Word:
    """A person's word on one claim and one item of evidence."""

    relation: Relation
    by: str
    why: str


def claim_key(url: str, quote: str, low: float | None, high: float | None) -> str:
    """Key of a claim: by its page, its words and its figure, which tells two claims of one
    sentence apart.
    """
    return _key("claim", url, quote, f"{low}..{high}")


def evidence_key(url: str, title: str) -> str:
    """Key of an item of evidence: by its page and its title."""
    return _key("evidence", url, title)


def _key(kind: str, url: str, *words: str) -> str:
    address = _SCHEME.sub("", url).rstrip("/")
    parts = (kind, address, *(name_key(one) if kind == "evidence" else one for one in words))
    return sha256("\0".join(parts).encode()).hexdigest()[:KEY]


def bearings(
    claims: Sequence[ClaimFacts],
    evidence: Sequence[EvidenceFacts],
    heads: Mapping[int, int],
    words: Mapping[tuple[str, str], Word],
) -> dict[tuple[int, int], Bearing]:
    """How the evidence on a tool bears on its claims, by the ids of claim and evidence.

    A pair that is left out is context by the last rule.

    Args:
        claims: The current claims of one tool.
        evidence: The current evidence on it.
        heads: The claim that each retelling repeats (`catalogue.lineage`).
        words: What people said, by the keys of claim and evidence.
    """
    if not evidence:
        return {}
    ledger = _Ledger(claims, evidence, heads)
    found: dict[tuple[int, int], Bearing] = {}
    for claim in claims:
        for item in evidence:
            word = words.get((claim.key, item.key))
            if word is not None:
                found[claim.id, item.id] = Bearing(word.relation, word.by, word.why)
            elif (rule := ledger.rule(claim, item)) is not None:
                found[claim.id, item.id] = rule
    return found


def by_default() -> Bearing:
    """How evidence bears on a claim where nothing more is known."""
    return _by("context", DEFAULT)


class _Ledger:
    """The claims and the evidence of one tool."""

    def __init__(
        self,
        claims: Sequence[ClaimFacts],
        evidence: Sequence[EvidenceFacts],
        heads: Mapping[int, int],
    ) -> None:
        self.heads = heads
        self.page = {claim.id: claim.document_id for claim in claims}
        self.findings: defaultdict[tuple[int, str], list[ClaimFacts]] = defaultdict(list)
        for claim in claims:
            self.findings[claim.document_id, claim.dimension].append(claim)
        self.reported = {item.document_id for item in evidence if strength(item.strength) >= DATA}

    def rule(self, claim: ClaimFacts, item: EvidenceFacts) -> Bearing | None:
        """The first rule that answers; None where nothing but the last would."""
        same_page = claim.document_id == item.document_id
        told = self.findings[item.document_id, claim.dimension]
        found = [one for one in told if one.id != claim.id and one.found]
        denial = next((said for code, said in item.against if code == claim.dimension), "")
        if not (same_page or found or denial):
            return None
        data = strength(item.strength) >= DATA
        if denial and data and not self._positive(claim, item):
            return _by("contradicts", "L1", denial)
        if not data:
            return self._account(claim, item, found)
        if same_page:
            return self._own_page(claim)
        return self._another_page(claim, found)

    def _positive(self, claim: ClaimFacts, item: EvidenceFacts) -> bool:
        """Whether the page that denies a benefit also reports some of the same kind, found by
        itself and not repeated from elsewhere.
        """
        told = self.findings[item.document_id, claim.dimension]
        return any(one.id not in self.heads and one.found for one in told)

    def _own_page(self, claim: ClaimFacts) -> Bearing:
        if self._told_elsewhere(claim):
            return _by("context", "L2")
        if not claim.found:
            return _by("context", "L3")
        return _by("supports", "L4")

    def _another_page(self, claim: ClaimFacts, found: Iterable[ClaimFacts]) -> Bearing | None:
        compared = [(one, verdict) for one in found if (verdict := compare(claim, one)) is not None]
        first = [(one, verdict) for one, verdict in compared if not self._told_elsewhere(one)]
        for wanted, rule in (("supports", "L5"), ("partly", "L6")):
            for one, verdict in first:
                if verdict == wanted:
                    return _by(verdict, rule, one.quote)
        return _by("context", "L2") if compared else None

    def _account(
        self, claim: ClaimFacts, item: EvidenceFacts, found: Iterable[ClaimFacts]
    ) -> Bearing | None:
        """What is said without data: it supports nothing."""
        if claim.document_id != item.document_id and item.author not in SUPPLIER:
            for one in found:
                if one.id not in self.heads and compare(claim, one) is not None:
                    return _by("partly", "L7", one.quote)
        return None

    def _told_elsewhere(self, claim: ClaimFacts) -> bool:
        """Whether a page only repeats a result whose own page reports data."""
        head = self.heads.get(claim.id)
        if head is None:
            return False
        page = self.page[head]
        return page != claim.document_id and page in self.reported


def compare(claim: ClaimFacts, finding: ClaimFacts) -> Relation | None:
    """What a figure that was found makes of one that is claimed; None where they are of different
    things.

    "Up to two hours" is borne out by what lies between one and two; "at least two" by two or more;
    a flat figure by as much, or but a little less; a blurred one by what it may have been rounded
    from.
    """
    if not (same_matter(claim, finding) or near(claim, finding) or _plain(claim, finding)):
        return None
    verdicts = {_enough(claim, mine, theirs) for mine, theirs in pairs(claim, finding)}
    if not verdicts:
        return None
    return "supports" if True in verdicts else "partly"


def _plain(claim: ClaimFacts, finding: ClaimFacts) -> bool:
    """Whether both give amounts for the same span, such as minutes a day: of one tool and one
    benefit, those are of the same thing. Shares of different things are not.
    """
    return any(
        mine.unit not in {"percent", "points"} and mine.per != ""
        for mine, _ in pairs(claim, finding)
    )


def _enough(claim: ClaimFacts, mine: Measure, theirs: Measure) -> bool:
    found = theirs.value
    if claim.up_to:
        return found >= mine.value / 2
    least = mine.low if mine.low is not None else mine.value * (1 - HEDGED)
    return found >= least * (1 - SLACK)


def _by(relation: Relation, rule: str, words: str = "") -> Bearing:
    said = f"{rule}: {RULES[rule]}"
    return Bearing(relation, RULE, f"{said}: {words}" if words else said)
