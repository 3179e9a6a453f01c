from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.drafts import MAX_QUOTE
from catalogue.text import (
    QUOTE_LIMIT,
    clean,
    name_key,
    one_line,
    organisation_key,
    quote,
    sentences,
    without_legal_form,
)

NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "\x1b[]PX^_\\0;mH\x07\x9b\x9d\x9c\x90\x98\x80\r\n\v\x85\u2028\u200d\u200b\u202e"
            "\ufeff\ud800\U000e0041\U0001f469\u2695\ufe0f\u0301\u0327\u0344\u0345\u3099 aE.\u2019&"
        ),
        st.characters(),
    )
)


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("a\x1b]52;c;Zm9v\x07b", "ab"),
        ("a\x1b]8;;http://x.example\x1b\\link\x1b]8;;\x1b\\", "alink"),
        ("a\x1b]0;never ended\nnext line", "a\nnext line"),
        ("\x9b2Jx", "x"),
        ("\x9d0;title\x9cx", "x"),
        ("\x9d0;never ended", "0;never ended"),
        ("\x1bPq#0\x1b\\x", "x"),
        ("\x1b_Gf=100;AA\x1b\\x", "x"),
        ("\x1b^private\x1b\\x", "x"),
        ("\x1bc reset", " reset"),
        ("end\x1b", "end"),
        ("end\x1b[", "end"),
        ("a\x00b\x07\x08\x7f", "ab"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("\ufeffzero\u200bwidth", "zerowidth"),
        ("flag\U000e0041\U000e007f", "flag"),
        ("lone \ud800", "lone \ufffd"),
        ("no\u200djoin", "nojoin"),
    ],
)
def test_what_a_terminal_obeys_or_nobody_sees_is_removed(hostile: str, safe: str) -> None:
    assert clean(hostile) == safe


def test_what_people_write_is_kept() -> None:
    text = "Café 👩\u200d⚕️ [bold] £1.50 — “yes”\tfull-width 全角\nnext"
    assert clean(text) == text


def test_wrongly_decoded_quotation_marks_do_not_swallow_the_words_between() -> None:
    mojibake = "â\x80\x9dquoted wordsâ\x80\x9c and the rest"
    assert "quoted words" in clean(mojibake)


def test_a_tower_of_combining_marks_is_cut() -> None:
    tower = clean("o" + "\u0316\u0317" * 50 + "k")
    assert tower.startswith("o")
    assert tower.endswith("k")
    assert len(tower) < 10


def test_text_is_composed() -> None:
    assert clean("e\u0301") == "é"


@given(NASTY)
@example("\x1b\x1b]x\x1b[m\x9b")
@example("e" + "\u0344" * 9)
def test_cleaning_leaves_nothing_that_controls_and_nothing_to_clean(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not [c for c in cleaned if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\n"]
    cleaned.encode("utf-8")


@given(NASTY, st.integers(min_value=2, max_value=40))
def test_one_line_keeps_to_one_line_and_its_limit(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert line.splitlines() in ([], [line])
    assert one_line(line, limit) == line


def test_a_long_line_is_cut_at_a_word() -> None:
    assert one_line("saves two  hours\na week", limit=14) == "saves two…"
    assert one_line("saves two hours", limit=15) == "saves two hours"


@given(st.text(min_size=250, max_size=900))
def test_a_quote_fits_where_quotes_are_kept(text: str) -> None:
    assert len(quote(text)) <= MAX_QUOTE
    assert quote(quote(text)) == quote(text)


def test_the_quote_limit_is_the_one_of_the_drafts() -> None:
    assert QUOTE_LIMIT == MAX_QUOTE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("X-on Health", "Xon  health"),
        ("Ward & Theatre", "ward and theatre"),
        ("Müller\u2019s", "MULLERS"),
        ("Straße", "STRASSE"),
    ],
)
def test_spellings_of_one_name_have_one_key(left: str, right: str) -> None:
    assert name_key(left) == name_key(right)


def test_different_names_have_different_keys() -> None:
    assert name_key("Rotaflow 2") != name_key("Rotaflow 3")
    assert name_key("Flow+") != name_key("Flow")
    assert name_key("--") != name_key("..")


@pytest.mark.parametrize(
    "name",
    [
        "Acme Health",
        "ACME HEALTH LTD.",
        "Acme Health Limited",
        "The Acme Health Co. Ltd",
        "Acme Health (UK) Limited",
        "Acme Health P.L.C.",
        "Acme Health UK",
        "Acme Health, Inc",
    ],
)
def test_legal_forms_do_not_make_another_organisation(name: str) -> None:
    assert organisation_key(name) == "acmehealth"


@pytest.mark.parametrize(
    ("said", "registered"),
    [
        ("Tallow Vale ICB", "NHS TALLOW VALE INTEGRATED CARE BOARD"),
        ("Holm PCN", "Holm Primary Care Network"),
        ("Saltreach Community Health NHS FT", "Saltreach Community Health NHS Foundation Trust"),
    ],
)
def test_a_buyer_has_one_key_as_said_and_as_registered(said: str, registered: str) -> None:
    assert organisation_key(said) == organisation_key(registered)


@pytest.mark.parametrize("name", ["The Limited", "UK Ltd", "Co", "(UK)", "!!"])
def test_a_name_made_of_legal_forms_still_has_a_key(name: str) -> None:
    assert organisation_key(name)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Quillon Hythe Ltd", "Quillon Hythe"),
        ("Penbrook & Sallow (UK) Limited.", "Penbrook & Sallow"),
        ("Marlow, Inc.", "Marlow"),
        ("Limited", "Limited"),
    ],
)
def test_a_supplier_is_said_without_its_legal_form(name: str, bare: str) -> None:
    assert without_legal_form(name) == bare


@given(NASTY)
@example("\xb4\xb8")
def test_keys_are_their_own_keys(text: str) -> None:
    key = name_key(text)
    assert name_key(key) == key
    assert organisation_key(organisation_key(text)) == organisation_key(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It works. It helps.", ["It works.", "It helps."]),
        ("Dr. Smith and J. Jones agree, e.g. on DNAs.", None),
        ("It costs £1.5m in version 2.0 of the tool.", None),
        ("At No. 10 and in Fig. 3 it is shown.", None),
        ("Letters, rotas etc. Then more", ["Letters, rotas etc.", "Then more"]),
        ("Is it safe? Yes! It is…", ["Is it safe?", "Yes!", "It is…"]),
        ('"It works." Then "Fine."', ['"It works."', 'Then "Fine."']),
        ("Heading\nFirst line\nwrapped on", ["Heading", "First line\nwrapped on"]),
        ("one\n\ntwo", ["one", "two"]),
        ("It took 2. 30 people came.", ["It took 2.", "30 people came."]),
        ("  \n ", []),
    ],
)
def test_sentences_are_found(text: str, expected: list[str] | None) -> None:
    one_sentence = [text]
    found = [sentence for _, _, sentence in sentences(text)]
    assert found == (one_sentence if expected is None else expected)


@given(st.text(alphabet="aB .!?\n\"'e.g2£"))
def test_sentences_say_where_they_stand_and_lose_no_word(text: str) -> None:
    found = list(sentences(text))
    assert all(text[start:end] == sentence.strip() for start, end, sentence in found)
    assert "".join(text.split()) == "".join("".join(s for _, _, s in found).split())
    assert [start for start, _, _ in found] == sorted(start for start, _, _ in found)
