"""The written precedence, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.precedence import Spoken, shown

DAY = datetime(2026, 10, 5, 9, tzinfo=UTC)
OWN = "http://www.rotaflow.example/rota"
HOMES = frozenset({"rotaflow.example/rota"})


@dataclass
class Said:
    """A statement with what a test cares about; the rest is the same for all."""

    value: str
    property: str = "price"
    absence: str = "yes"
    voice: str = "VOICE_SUPPLIER"
    url: str = OWN
    confidence: float = 0.9
    day: int = 0
    place: str = "h1"

    def spoken(self, number: int) -> Spoken:
        return Spoken(
            id=number,
            property=self.property,
            value=self.value,
            original="",
            absence=self.absence,
            quote=self.value,
            place=self.place,
            confidence=self.confidence,
            voice=self.voice,
            first_seen=DAY + timedelta(days=self.day),
            url=self.url,
        )


def values(*said: Said) -> list[str]:
    (rows,) = shown([one.spoken(number) for number, one in enumerate(said)], HOMES).values()
    return [row.value for row in rows]


DTAC = "assurance.ASR_DTAC"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # 1. what is given, what is not there, silence, looked and not found
        (Said("given", confidence=0.1), Said("", absence="no", confidence=1)),
        (Said("no", absence="no", confidence=0.1), Said("", absence="not_stated")),
        (Said("silent", absence="not_stated"), Said("", absence="looked_not_found", day=9)),
        # ... before the voice
        (Said("given", voice="VOICE_PRESS"), Said("", absence="no")),
        # 2. the voice: the supplier, but for assurance
        (Said("supplier", url="http://x.example/"), Said("press", voice="VOICE_PRESS")),
        (
            Said("regulator", DTAC, voice="VOICE_REGULATOR", url="http://x.example/"),
            Said("government", DTAC, voice="VOICE_GOV"),
        ),
        (
            Said("government", DTAC, voice="VOICE_GOV", confidence=0.1),
            Said("supplier", DTAC),
        ),
        # 3. the tool's own page
        (Said("own", confidence=0.1), Said("other", url="http://www.rotaflow.example/")),
        # 4. the reader's confidence
        (Said("sure", confidence=0.9), Said("unsure", confidence=0.8, day=9)),
        # 5. the newest
        (Said("new", day=2), Said("old", day=1)),
        # 6. the address, shorter first, then the place
        (
            Said("short", url="http://a.example/z"),
            Said("long", url="http://a.example/a/b"),
        ),
        (Said("a", url="http://a.example/a"), Said("b", url="http://a.example/b")),
        (Said("first", place="chars:1-2"), Said("second", place="h1")),
    ],
)
def test_the_first_is_shown_whatever_the_order(first: Said, second: Said) -> None:
    assert values(first, second) == [first.value]
    assert values(second, first) == [first.value]


def test_a_supplier_has_no_precedence_in_matters_of_assurance() -> None:
    sure = Said("press", DTAC, voice="VOICE_PRESS", confidence=0.9)
    assert values(Said("supplier", DTAC, confidence=0.8), sure) == ["press"]


def test_all_different_values_of_a_property_with_many_are_shown_in_order() -> None:
    said = (
        Said("Swaps", "feature", confidence=0.5),
        Said("Bank staff", "feature"),
        Said("SWAPS", "feature", confidence=0.4),
    )
    assert values(*said) == ["Bank staff", "Swaps"]


def test_that_there_is_none_is_shown_only_where_nobody_gives_one() -> None:
    none = Said("", "integration", absence="no")
    assert values(none, Said("EMIS", "integration", voice="VOICE_PRESS")) == ["EMIS"]
    assert values(none) == [""]


SAID = st.builds(
    Said,
    value=st.sampled_from(["a", "A", "b", "c"]),
    property=st.sampled_from(["price", "feature", DTAC]),
    absence=st.sampled_from(["yes", "no", "looked_not_found"]),
    voice=st.sampled_from(["VOICE_SUPPLIER", "VOICE_GOV", "VOICE_REGULATOR", "VOICE_PRESS"]),
    url=st.sampled_from([OWN, "http://a.example/", "http://b.example/"]),
    confidence=st.sampled_from([0.5, 0.9]),
    day=st.integers(0, 2),
    place=st.sampled_from(["h1", "h2"]),
)


@given(said=st.lists(SAID, max_size=12), data=st.data())
def test_the_order_of_reading_does_not_matter(said: list[Said], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(said))
    assert _shown(said) == _shown(mixed)


def _shown(said: list[Said]) -> dict[str, list[tuple[str, ...]]]:
    """All but the number, which only says which came first."""
    rows = shown([one.spoken(number) for number, one in enumerate(said)], HOMES)
    return {
        name: [(one.value, one.absence, one.voice, one.url, one.place) for one in chosen]
        for name, chosen in rows.items()
    }
