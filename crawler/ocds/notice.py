"""Procurement notices: one OCDS release in, one draft out.

Names of contact persons, their addresses and telephone numbers are never read. What a publisher
left out stays empty; what is odd is noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from catalogue import vocabularies
from catalogue.drafts import NoticeDraft, Party, Quote
from catalogue.errors import HorizonError
from catalogue.text import one_line, quote
from crawler.address import clean
from crawler.ocds.values import (
    Json,
    amount,
    code,
    day,
    mapping,
    mappings,
    moment,
    party,
    words,
)

EXTRACTOR: Final = "notice@1"

MAX_LOTS: Final = 30
"""Most lots whose words are kept."""

_BY_TAG: Final = (
    ("contractTermination", "NTC_TERMINATION"),
    ("tenderCancellation", "NTC_TERMINATION"),
    ("awardCancellation", "NTC_TERMINATION"),
    ("contractAmendment", "NTC_MODIFICATION"),
    ("award", "NTC_AWARD_LEGACY"),
    ("implementation", "NTC_CONTRACT"),
    ("contract", "NTC_CONTRACT"),
    ("tender", "NTC_CONTRACT_NOTICE"),
    ("planning", "NTC_PRIOR_INFORMATION"),
)
"""The type of a notice that does not say its own, by its tags: the first that it has. Award
notices of the old forms are tagged `award` and `contract` at once."""

_ENDED: Final = frozenset({"cancelled", "unsuccessful", "withdrawn"})
_FRAMEWORK = re.compile(
    r"\bframeworks?(?:\s+agreements?)?\b|\bdynamic (?:purchasing|market)\b|\bDPS\b", re.IGNORECASE
)
_CALL_OFF = re.compile(
    r"\bcall[- ]?offs?\b|\b(?:under|via|through|from)\b.{0,80}\bframework\b", re.IGNORECASE
)
_CPV = re.compile(r"\d{8}")
_DYNAMIC: Final = frozenset({"NTC_UK13", "NTC_UK14", "NTC_UK15", "NTC_UK16"})


class NoticeError(HorizonError):
    """A release cannot be told from others: it has no ocid."""


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """A notice and the words that are searched for tools."""

    draft: NoticeDraft
    text: str
    """Description, lots, buyer, suppliers: everything but the title."""
    subject: str
    """Title, description, lots, and the classifications in words: what it is about."""
    language: str
    notes: tuple[str, ...]


def notice(release: Json, place: str, page: str = "", published: str = "") -> ReadNotice:
    """Read one release.

    Args:
        release: The release.
        place: JSON pointer to it in the body it stands in.
        page: Address of the notice for people, where the service makes it from the number; else
            one of the documents of the release.
        published: When the package was published, for a release without a date.

    Raises:
        NoticeError: it has no ocid.
    """
    return _Reader(release, place).read(page, published)


class _Reader:
    def __init__(self, release: Json, place: str) -> None:
        self.release = release
        self.place = place
        self.ocid = code(release.get("ocid"))
        if not self.ocid:
            raise NoticeError(f"{place or '/'} has no ocid.")
        self.tender = mapping(release.get("tender"))
        self.planning = mapping(release.get("planning"))
        self.awards = mappings(release.get("awards"))
        self.contracts = mappings(release.get("contracts"))
        self.lots = mappings(self.tender.get("lots"))[:MAX_LOTS]
        self.parties = {code(one.get("id")): one for one in mappings(release.get("parties"))}
        tags = release.get("tag")
        self.tags = [code(one) for one in (tags if isinstance(tags, list) else [tags])]
        self.notes: list[str] = []

    def read(self, page: str, published: str) -> ReadNotice:
        title, title_place = self._title()
        description = self._description(title)
        published_at = moment(self.release.get("date")) or moment(published)
        release_id = code(self.release.get("id"))
        if not release_id:
            release_id = f"{self.ocid}@{published_at:%Y-%m-%d}" if published_at else self.ocid
            self._note("has no id")
        buyer, suppliers = self._buyer(), tuple(self._suppliers())
        kind = self._type(release_id)
        low, high, currency, vat = self._value()
        draft = NoticeDraft(
            extractor=EXTRACTOR,
            ocid=self.ocid,
            release_id=release_id,
            notice_type=kind,
            changes=any(tag.endswith(("Update", "Amendment")) for tag in self.tags),
            title=title or f"Notice {release_id}",
            description=description,
            buyer=buyer,
            suppliers=suppliers,
            value_low=low,
            value_high=high,
            currency=currency,
            vat="excluded" if vat else "not_stated",
            framework=kind in _DYNAMIC or self._framework(title),
            published_at=published_at,
            deadline=day(mapping(self.tender.get("tenderPeriod")).get("endDate")),
            starts_on=self._bound("startDate"),
            ends_on=self._bound("endDate"),
            signed_on=min(
                filter(None, (day(c.get("dateSigned")) for c in self.contracts)), default=None
            ),
            cpv=tuple(dict.fromkeys(number for number, _ in self._classes()))[:50],
            url=clean(page) if page else self._page(release_id),
            quote=Quote(text=quote(title or description or release_id), place=title_place),
        )
        who = [f"Buyer: {buyer.name}."] if buyer else []
        who += [f"Supplier: {one}." for one in dict.fromkeys(one.name for one in suppliers)]
        classes = " ".join(f"{number} {label}" for number, label in self._classes())
        language = code(self.release.get("language")).lower()[:2]
        return ReadNotice(
            draft=draft,
            text="\n".join([*filter(None, [description]), *who]),
            subject=f"{draft.title}\n{description}\n{classes}",
            language=language if language.isalpha() and language.isascii() else "en",
            notes=tuple(self.notes),
        )

    def _title(self) -> tuple[str, str]:
        places = (
            ("tender/title", self.tender.get("title")),
            *((f"awards/{at}/title", one.get("title")) for at, one in enumerate(self.awards)),
            *((f"contracts/{at}/title", one.get("title")) for at, one in enumerate(self.contracts)),
            ("planning/project", mapping(self.planning.get("budget")).get("project")),
            ("title", self.release.get("title")),
            ("description", self.release.get("description")),
            ("tender/description", self.tender.get("description")),
        )
        for place, value in places:
            if title := one_line(words(value), 300):
                return title, f"{self.place}/{place}"
        self._note("has no title")
        return "", f"{self.place}/id"

    def _description(self, title: str) -> str:
        """What is bought, in all its parts, each text once."""
        said = [
            self.tender.get("description"),
            self.planning.get("rationale"),
            mapping(self.planning.get("budget")).get("description"),
            *(one.get(key) for one in self.lots for key in ("title", "description")),
            *(one.get("description") for one in (*self.awards, *self.contracts)),
            self.release.get("description"),
        ]
        texts = dict.fromkeys(words(value) for value in said)
        return "\n".join(text for text in texts if text and text != title)

    def _buyer(self) -> Party | None:
        """The buyer; else the party that plays its part."""
        named = [mapping(self.release.get("buyer"))]
        for role in ("buyer", "procuringEntity", "centralPurchasingBody"):
            named += [one for one in self.parties.values() if role in _roles(one)]
        named.append(mapping(self.tender.get("procuringEntity")))
        found = (party(one, self.parties) for one in named)
        buyer = next((one for one in found if one is not None), None)
        if buyer is None:
            self._note("names no buyer")
        return buyer

    def _suppliers(self) -> Iterator[Party]:
        """To whom contracts were awarded, each once for each award."""
        seen: set[tuple[str, str]] = set()
        found = False
        for award in self.awards:
            number = code(award.get("id"))
            for reference in mappings(award.get("suppliers")):
                one = party(reference, self.parties, number)
                if one is not None and (one.name, number) not in seen:
                    seen.add((one.name, number))
                    found = True
                    yield one
        for reference in self.parties.values():
            one = None if found or "supplier" not in _roles(reference) else party(reference, {})
            if one is not None:
                yield one

    def _type(self, release_id: str) -> str:
        """The type that the notice's own document gives; else what the tags come to."""
        known = vocabularies.load()["notice_types"]
        said: list[tuple[bool, str, str]] = []
        for document in self._documents():
            term = known.match(code(document.get("noticeType")) or "-")
            if term is not None:
                own = release_id in (
                    code(document.get("id")),
                    code(document.get("url")).rpartition("/")[2],
                )
                said.append((own, code(document.get("datePublished")), term.code))
        if said:
            return max(said)[2]
        if odd := {code(one.get("noticeType")) for one in self._documents()} - {""}:
            self._note(f"is of an unknown type, {', '.join(sorted(odd))[:80]}")
        by_tag = next((kind for tag, kind in _BY_TAG if self._tagged(tag)), "NTC_NOT_STATED")
        ended = code(self.tender.get("status")) in _ENDED and not self.awards
        return "NTC_TERMINATION" if ended else by_tag

    def _tagged(self, tag: str) -> bool:
        return any(one in (tag, f"{tag}Update", f"{tag}Amendment") for one in self.tags)

    def _documents(self) -> Iterator[Json]:
        for place in (self.planning, self.tender, *self.awards, *self.contracts):
            yield from mappings(place.get("documents"))

    def _page(self, release_id: str) -> str:
        """The page of this notice among its documents; else any page of the process."""
        pages: list[tuple[bool, bool, str, str]] = []
        for document in self._documents():
            url, kind = clean(code(document.get("url")) or "-"), code(document.get("documentType"))
            if url and (kind.endswith("Notice") or "html" in code(document.get("format"))):
                own = release_id in (code(document.get("id")), url.rpartition("/")[2])
                when = code(document.get("datePublished"))
                pages.append((own, kind.endswith("Notice"), when, url))
        return max(pages)[3] if pages else ""

    def _value(self) -> tuple[float | None, float | None, str, bool]:
        """Least and greatest amount of one contract, the currency, and whether tax is left out."""
        tender = [self.tender.get("minValue"), self.tender.get("value")]
        budget = [mapping(self.planning.get("budget")).get("amount")]
        for places in (
            [one.get("value") for one in self.contracts],
            [one.get("value") for one in self.awards],
            tender,
            [one.get("value") for one in self.lots],
            budget,
        ):
            found = [said for said in map(amount, places) if said is not None]
            currencies = {currency for _, currency, _ in found}
            if len(currencies) > 1:
                self._note(f"gives amounts in {', '.join(sorted(currencies))}; no value is kept")
                break
            if found:
                figures = [figure for figure, _, _ in found]
                net = all(without for _, _, without in found)
                return min(figures), max(figures), currencies.pop(), net
        return None, None, "", False

    def _framework(self, title: str) -> bool:
        """Whether it sets up a framework, by its own word, else by its title."""
        for place in (self.tender, *self.lots):
            techniques = mapping(place.get("techniques"))
            if (
                techniques.get("hasFrameworkAgreement") is True
                or techniques.get("hasDynamicPurchasingSystem") is True
                or mapping(techniques.get("frameworkAgreement"))
                or mapping(techniques.get("dynamicPurchasingSystem"))
            ):
                return True
        return bool(_FRAMEWORK.search(title)) and not _CALL_OFF.search(title)

    def _bound(self, key: str) -> date | None:
        """First start or last end of the contracts, by the nearest part that says it."""
        for periods in (
            [one.get("period") for one in self.contracts],
            [one.get("contractPeriod") for one in self.awards],
            [one.get("contractPeriod") for one in (self.tender, *self.lots)],
        ):
            days = [found for one in periods if (found := day(mapping(one).get(key)))]
            if days:
                return max(days) if key == "endDate" else min(days)
        return None

    def _classes(self) -> Iterator[tuple[str, str]]:
        """Codes of the procurement vocabulary and what they say."""
        items = mappings(self.tender.get("items"))
        for one in (*self.awards, *self.contracts):
            items += mappings(one.get("items"))
        for place in (self.tender, *items, *self.lots):
            for said in (
                *mappings(place.get("classification")),
                *mappings(place.get("additionalClassifications")),
            ):
                found = _CPV.match(code(said.get("id")))
                if found and code(said.get("scheme")).upper() == "CPV":
                    yield found[0], words(said.get("description"))

    def _note(self, what: str) -> None:
        self.notes.append(f"A release {what}.")


def _roles(one: Mapping[str, object]) -> Iterable[str]:
    roles = one.get("roles")
    return [code(role) for role in roles] if isinstance(roles, list) else [code(roles)]
