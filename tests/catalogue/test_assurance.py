"""What is left, on a day, of what is said of a certificate or assessment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.assurance import Stated, admitted, edition, held, last_day, named, told, version_of
from catalogue.drafts import Quote, Value
from catalogue.vocabularies import load

SEEN = date(2026, 11, 5)
TODAY = SEEN
A4_SAID = (
    "Lapsed on 6 April 2026 (supplier says: version 1, undated; A4: version 2 replaced version 1)"
)


def stated(
    artefact: str,
    words: str = "",
    state: str = "AST_CLAIMED",
    on: date | None = None,
    until: date | None = None,
) -> Stated:
    return Stated(f"ASR_{artefact}", state, SEEN, words, on, until)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (stated("DTAC", "DTAC compliant"), "Supplier says: undated, version not stated"),
        (
            stated("DTAC", "DTAC v2.0", on=date(2026, 3, 1)),
            "Supplier says: version 2.0, March 2026",
        ),
        (stated("DTAC", "DTAC 2"), "Supplier says: version 2, undated"),
        (stated("DCB0129", "DCB0129 compliant"), "Supplier says"),
        (stated("ISO27001", "ISO 27001:2022"), "Supplier says: version 2022, undated"),
        (stated("WCAG", "WCAG 2.2 AA"), "Supplier says: AA, version 2.2"),
        (stated("MHRA_REG", "registered with the MHRA, Class IIa"), "Supplier says: Class IIa"),
        (
            stated("CYBER_ESS", until=date(2027, 5, 3)),
            "Supplier says: holds until 3 May 2027",
        ),
        (
            stated("CYBER_ESS", on=date(2026, 3, 15)),
            "Supplier says: 15 March 2026, holds until 15 March 2027 by the usual validity",
        ),
        (
            stated("DSPT", "Standards Met 2025-26"),
            "Supplier says: Standards Met, 2025-26, holds until 30 June 2027 by the usual validity",
        ),
        (stated("CYBER_ESS", state="AST_EVIDENCE_SEEN"), "Document seen: undated"),
        (
            stated("AVT_REGISTRY", state="AST_VERIFIED_REGISTER"),
            "Checked on the register on 5 November 2026",
        ),
        (stated("ISO27001", state="AST_IN_PROGRESS"), "In progress"),
        (
            stated("CYBER_ESS", until=date(2026, 6, 30)),
            "Lapsed on 30 June 2026 (supplier says)",
        ),
        (
            stated("CYBER_ESS", state="AST_LAPSED", until=date(2026, 6, 30)),
            "Lapsed on 30 June 2026, its page says",
        ),
        (
            stated("DTAC", "DTAC v1"),
            A4_SAID,
        ),
    ],
)
def test_what_is_left_in_words(said: Stated, expected: str) -> None:
    assert told(said, held(said, TODAY)) == expected


@pytest.mark.parametrize(
    ("said", "until", "rule"),
    [
        (stated("PEN_TEST", on=date(2026, 3, 15)), date(2027, 3, 15), "A3"),
        (stated("ICO_REG", on=date(2026, 3, 1)), date(2027, 3, 31), "A3"),
        (stated("PEN_TEST", on=date(2026, 1, 1)), date(2027, 12, 31), "A3"),
        (stated("ISO9001", on=date(2024, 2, 29)), date(2027, 2, 28), "A3"),
        (stated("PEN_TEST", on=date(2026, 3, 15), until=date(2026, 9, 1)), date(2026, 9, 1), "A1"),
        (stated("DTAC", "DTAC", on=date(2025, 6, 4)), date(2026, 4, 6), "A4"),
        (stated("DTAC", "DTAC v1.0", on=date(2026, 3, 4)), date(2026, 4, 6), "A4"),
        (stated("DTAC", "DTAC", on=date(2026, 3, 4)), None, ""),
        (stated("DCB0129", on=date(2020, 3, 4)), None, ""),
    ],
)
def test_the_last_day_and_the_rule_that_gives_it(
    said: Stated, until: date | None, rule: str
) -> None:
    what = held(said, TODAY)
    assert (what.until, what.why[:2]) == (until, rule)


def test_it_holds_on_its_last_day_and_has_lapsed_on_the_next() -> None:
    said = stated("CYBER_ESS", until=date(2027, 5, 3))
    assert held(said, date(2027, 5, 3)).state == "AST_CLAIMED"
    assert held(said, date(2027, 5, 4)).state == "AST_LAPSED"


def test_a_register_is_believed_as_long_as_it_shows_it() -> None:
    said = stated("ICO_REG", state="AST_VERIFIED_REGISTER", on=date(2020, 1, 2))
    assert held(said, TODAY).state == "AST_VERIFIED_REGISTER"


def value(state: str, words: str = "") -> Value:
    said = Quote(text="We meet it.", place="p")
    return Value(property="assurance.ASR_DTAC", value=state, original=words, quote=said)


@pytest.mark.parametrize(
    ("voice", "state"),
    [
        ("VOICE_SUPPLIER", "AST_CLAIMED"),
        ("VOICE_PRESS", "AST_CLAIMED"),
        ("VOICE_REGULATOR", "AST_VERIFIED_REGISTER"),
        ("VOICE_GOV", "AST_VERIFIED_REGISTER"),
    ],
)
def test_only_who_keeps_a_register_lets_it_be_checked_there(voice: str, state: str) -> None:
    assert admitted(value("AST_VERIFIED_REGISTER"), voice).value == state
    assert admitted(value("AST_EVIDENCE_SEEN"), voice).value == "AST_EVIDENCE_SEEN"


def test_a_renewed_certificate_is_another_one() -> None:
    first = value("AST_CLAIMED", "DTAC v1")
    assert edition(first) != edition(value("AST_CLAIMED", "DTAC v2"))
    assert edition(first) == edition(value("AST_CLAIMED", "we meet DTAC v1"))
    renewed = first.model_copy(update={"valid_until": date(2027, 5, 3)})
    assert edition(renewed) != edition(first)
    assert edition(value("AST_CLAIMED")) == ()


def test_a_month_and_a_year_stand_for_all_their_days() -> None:
    assert named(date(2026, 3, 1)) == "March 2026"
    assert named(date(2026, 1, 1)) == "2026"
    assert named(date(2026, 3, 1), whole=True) == "1 March 2026"
    assert last_day(date(2026, 2, 1)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("artefact", "words", "version"),
    [
        ("ASR_DTAC", "version 2", "2"),
        ("ASR_DTAC", "DTAC Version 1.0 form", "1.0"),
        ("ASR_DTAC", "v2", "2"),
        ("ASR_DTAC", "12 May", ""),
        ("ASR_DSPT", "2024/25 Standards Met", "2024-25"),
        ("ASR_DSPT", "2024-2025", "2024-25"),
        ("ASR_DSPT", "2024-31", ""),
        ("ASR_ISO42001", "ISO/IEC 42001:2023", "2023"),
    ],
)
def test_versions(artefact: str, words: str, version: str) -> None:
    assert version_of(artefact, words) == version


ARTEFACTS = st.sampled_from([term.code for term in load()["assurance_artefacts"]])
DATES = st.dates(date(2018, 1, 1), date(2032, 1, 1))


@given(
    artefact=ARTEFACTS,
    on=st.none() | DATES,
    until=st.none() | DATES,
    day=DATES,
    later=st.integers(0, 2000),
)
def test_what_has_lapsed_stays_lapsed(
    artefact: str, on: date | None, until: date | None, day: date, later: int
) -> None:
    said = Stated(artefact, "AST_CLAIMED", SEEN, "DTAC v1, 2023-24", on, until)
    if held(said, day).state == "AST_LAPSED":
        assert held(said, day + timedelta(days=later)).state == "AST_LAPSED"


@given(artefact=ARTEFACTS, on=st.none() | DATES, until=st.none() | DATES, day=DATES)
def test_what_is_said_is_never_called_approved(
    artefact: str, on: date | None, until: date | None, day: date
) -> None:
    said = Stated(artefact, "AST_CLAIMED", SEEN, "NHS approved", on, until)
    assert "approv" not in told(said, held(said, day)).casefold()
