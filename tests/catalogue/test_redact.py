from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.redact import redact

FACTS = [
    "£1,250,000 and £2 345 678 901, or 12 000 000 patients",
    "23.5% of 17,000 encounters in 2024, 2025 and 2026",
    "2026-11-21, 21/11/2026 09:30 and 21.11.2026",
    "ISO/IEC 27001:2022, ISO 13485:2016 and DCB0129",
    "company number 01234567, SC123456; charity 1234567",
    "version 2.19.1, G-Cloud 14, RM6200, UK17",
    "notice 012345-2026, ocds-b5fd17-089071a7, arXiv 2504.01627",
    "doi 10.1017/S0266462325100469, isbn 978-0-306-40615-7",
    "call 111 or 999; 48 from 16 per cent; 10.30am",
    "company number 07946 001234",
    "look at this dot chart, at home dot matrix, meet @ noon",
    "see the site at www.acme.example and look at acme.co.uk",
    "reference 9434765919 and £9434765919",
    "192.168.100.200",
]

TELEPHONES = [
    "020 7946 0018",
    "02079460018",
    "(020) 7946 0018",
    "+44 20 7946 0018",
    "+44 (0)20 7946 0018",
    "0044 161 496 0000",
    "07700 900123",
    "+447700900123",
    "01632 960 983",
    "0800 123 4567",
    "0300-123-1234",
    "01632.960983",
    "+1 212 736 5000",
]

E_MAILS = [
    "jo.smith@acme.co.uk",
    "o'neil+nhs@trust.nhs.uk",
    "info [at] acme dot uk",
    "sales (at) acme (dot) com",
    "sales[at]acme[dot]co[dot]uk",
    "jane at acme dot nhs dot uk",
    "jane.doe at nhs.net",
]


@pytest.mark.parametrize("fact", FACTS)
def test_facts_stay(fact: str) -> None:
    assert redact(fact) == fact


@pytest.mark.parametrize("number", TELEPHONES)
@pytest.mark.parametrize("frame", ["{}", "Tel: {}.", "Ring {}, please", "at 9am on {} or 2 Nov"])
def test_telephone_numbers_go(number: str, frame: str) -> None:
    assert redact(frame.format(number)) == frame.format("[telephone]")


@pytest.mark.parametrize("address", E_MAILS)
@pytest.mark.parametrize("frame", ["{}", "Write to {}.", "<{}>", "me: {}, or call"])
def test_e_mail_addresses_go(address: str, frame: str) -> None:
    assert redact(frame.format(address)) == frame.format("[e-mail]")


def nhs_number(first_nine: int) -> str | None:
    digits = [int(digit) for digit in f"{first_nine:09d}"]
    check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=True)) % 11
    return None if check == 10 else f"{first_nine:09d}{0 if check == 11 else check}"


@given(
    st.integers(min_value=400_000_000, max_value=499_999_999).map(nhs_number),
    st.sampled_from(["", " ", "-"]),
)
def test_nhs_numbers_go_and_others_stay(number: str | None, gap: str) -> None:
    if number is None:
        return
    written = gap.join((number[:3], number[3:6], number[6:]))
    assert redact(f"patient {written} was") == "patient [NHS number] was"
    wrong = written[:-1] + str((int(written[-1]) + 1) % 10)
    assert "[NHS number]" not in redact(f"patient {wrong} was")


def test_a_number_that_is_called_an_nhs_number_goes_whatever_its_range() -> None:
    assert redact("NHS number: 0123456789") == "NHS number: [NHS number]"


def test_several_in_a_row_all_go() -> None:
    text = "020 7946 0018 07700 900123 / jo@acme.example; jo@acme.example"
    assert redact(text) == "[telephone] [telephone] / [e-mail]; [e-mail]"


@given(st.lists(st.sampled_from([*FACTS, *TELEPHONES, *E_MAILS]), max_size=6))
def test_planted_details_go_and_facts_beside_them_stay(parts: list[str]) -> None:
    redacted = redact("\n\n".join(parts))
    expected = [
        "[telephone]" if p in TELEPHONES else "[e-mail]" if p in E_MAILS else p for p in parts
    ]
    assert redacted == "\n\n".join(expected)
    assert redact(redacted) == redacted


@given(st.text(alphabet="0123456789 .+()-@atdouk[]£"))
def test_redacting_twice_is_redacting_once(text: str) -> None:
    assert redact(redact(text)) == redact(text)
