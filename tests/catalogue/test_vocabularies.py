from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from catalogue.errors import VocabularyError
from catalogue.text import name_key
from catalogue.vocabularies import PREFIXES, Vocabulary, load
from catalogue.vocabularies.reader import read_vocabulary

VOCABULARIES = list(load())

FILE = """
vocabulary: colours
prefix: COL_
version: 2
title: Colours
origin: The test
attributes: [warmth]
terms:
  - code: COL_RED
    label: Red
    definition: The colour of blood.
    aliases: [scarlet]
    cues: [blood*]
    crosswalks: {rgb: [FF0000, F00]}
    warmth: warm
  - code: COL_PINK
    label: Pink
    definition: A pale red.
    broader: COL_RED
  - code: COL_ROSE
    label: Rose
    definition: Another word for pink.
    retired_on: 2026-01-31
    replaced_by: COL_PINK
"""


def colours(text: str = FILE) -> Vocabulary:
    return read_vocabulary(text, name="colours", prefix="COL_")


def test_there_is_one_file_for_each_vocabulary_and_no_other() -> None:
    names = {file.name for file in files("catalogue.vocabularies").iterdir()}
    assert {name for name in names if name.endswith(".yml")} == {f"{n}.yml" for n in PREFIXES}


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.name)
def test_every_term_means_something(vocabulary: Vocabulary) -> None:
    for term in vocabulary:
        assert term.code.startswith(vocabulary.prefix)
        assert len(term.definition.split()) >= 4, term.code
        assert term.definition.endswith("."), term.code
        assert name_key(term.definition) != name_key(term.label), term.code
        assert term.origin, term.code


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.name)
def test_every_name_of_a_term_finds_it(vocabulary: Vocabulary) -> None:
    for term in vocabulary:
        for name in (term.code, *term.names):
            assert vocabulary.match(name) is term
            assert vocabulary.match(f"  {name.upper()}. ") is term


@pytest.mark.parametrize(
    "name",
    [
        "use_cases",
        "settings",
        "user_groups",
        "benefits",
        "autonomy",
        "evidence_types",
        "assurance_artefacts",
        "phases",
    ],
)
def test_terms_that_are_suggested_from_text_have_cues(name: str) -> None:
    for term in load()[name]:
        if not term.code.endswith(("_OTHER", "_NOT_STATED", "_SILENT")):
            assert term.cues, term.code


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda v: v.name)
def test_a_cue_has_a_star_only_at_the_end_of_a_word(vocabulary: Vocabulary) -> None:
    for term in vocabulary:
        for cue in term.cues:
            assert all(re.fullmatch(r"[^*]+\*?", word) for word in cue.split()), (term.code, cue)


def test_codes_that_other_parts_rely_on_are_there() -> None:
    for code in (
        "EVM_NOT_STATED",
        "REL_UNKNOWN",
        "PH_NOT_STATED",
        "TRIAL_FUND_UNKNOWN",
        "RUNG_0_ASSERTED",
        "AST_CLAIMED",
        "SC_CLINICAL_OUT",
        "SIG_SOURCE_FAULT",
        "VOICE_SUPPLIER",
        "LOC_UK",
    ):
        assert load().term(code).code == code
    assert [term.code for term in load()["evidence_strengths"]] == [f"EVS_{n}" for n in range(6)]


def test_the_longest_prefix_finds_the_vocabulary() -> None:
    assert load().term("R1").vocabulary == "scope_rules"
    assert load().term("RUNG_1_TASK_TIME").vocabulary == "rungs"
    assert load().label("UC_DOC_SCRIBE") == "Ambient scribe"
    assert load().label("ZZ_1") == "ZZ_1"


def test_a_wrong_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(VocabularyError, match="Did you mean 'use_cases'"):
        load()["use_case"]
    with pytest.raises(VocabularyError, match="Did you mean 'UC_DOC_SCRIBE'"):
        load()["use_cases"].get("UC_DOC_SCRIB")


def test_what_people_write_is_understood() -> None:
    found = {
        "e-rostering": "UC_SCHED_ROTA",
        "Ambient Voice Technology": "UC_DOC_SCRIBE",
        "robotic process automation": "UC_WF_RPA",
        "ISO/IEC 27001": "ASR_ISO27001",
        "Cyber Essentials+": "ASR_CYBER_ESS_PLUS",
        "Cyber Essentials": "ASR_CYBER_ESS",
        "DCB 0129": "ASR_DCB0129",
        "general practice": "SET_PRIMARY",
    }
    for words, code in found.items():
        vocabularies = [v for v in load() if code.startswith(v.prefix)]
        assert [term.code for v in vocabularies if (term := v.match(words))] == [code]
    assert load()["use_cases"].match("") is None
    assert load()["use_cases"].match("something else") is None


def test_the_term_carries_what_its_file_says() -> None:
    red = colours().get("COL_RED")
    assert red.names == ("Red", "scarlet")
    assert red.crosswalk("rgb") == ("FF0000", "F00")
    assert red.attribute("warmth") == "warm"
    assert colours().get("COL_PINK").attribute("warmth") == ""
    assert [term.code for term in colours().narrower("COL_RED")] == ["COL_PINK"]


def test_a_retired_code_is_kept_but_not_offered() -> None:
    assert [term.code for term in colours()] == ["COL_RED", "COL_PINK"]
    assert colours().get("COL_ROSE").retired_on == "2026-01-31"
    match = colours().match("col_rose")
    assert match is not None
    assert match.code == "COL_PINK"
    assert colours().match("Rose") is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("code: COL_PINK", "code: COL_RED", "colours.yml: the code COL_RED stands twice"),
        ("code: COL_PINK", "code: PINK", "the code PINK is not COL_"),
        ("label: Pink", "label: Scarlet!", "COL_PINK: 'Scarlet!' already stands under COL_RED"),
        ("broader: COL_RED", "broader: COL_RAD", "'broader' names COL_RAD.*mean 'COL_RED'"),
        ("broader: COL_RED", "broader: COL_PINK", "'broader' names COL_PINK"),
        ("warmth: warm", "broader: COL_PINK", "'broader' goes in a circle"),
        ("definition: A pale red.", "definition: ''", "COL_PINK: 'definition' is empty"),
        ("    label: Pink\n", "", "COL_PINK: 'label' is empty"),
        ("label: Pink", "lable: Pink", "COL_PINK: unknown key 'lable'.*mean 'label'"),
        ("[scarlet]", "[999]", "COL_RED: 'aliases' is empty or not text"),
        ("[scarlet]", "scarlet", "COL_RED: 'aliases' is not a list"),
        ("replaced_by: COL_PINK", "replaced_by: COL_BLUE", "'replaced_by' names COL_BLUE"),
        ("    retired_on: 2026-01-31\n", "", "COL_ROSE: replaced, but without 'retired_on'"),
        ("retired_on: 2026-01-31", "retired_on: soon", "'retired_on' is not a date"),
        ("version: 2", "version: two", "'version' is not a whole number"),
        ("title: Colours\n", "", "colours.yml has no 'title'"),
        ("prefix: COL_", "prefix: C_", "must say.*'prefix: COL_'"),
        ("title: Colours", "title: [", "colours.yml is not YAML"),
        ("- code: COL_RED", "- kode: COL_RED", "a term has no 'code'"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_term(old: str, new: str, message: str) -> None:
    assert old in FILE
    with pytest.raises(VocabularyError, match=message):
        colours(FILE.replace(old, new))


def test_the_guide_counts_the_terms_that_there_are() -> None:
    guide = Path(__file__).parents[2] / "docs" / "vocabularies.md"
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (\d+) \|", guide.read_text("utf-8"), re.MULTILINE)
    assert rows == [(v.name, v.prefix, str(len(v))) for v in load()]
