"""The properties, and how their values are shown."""

from __future__ import annotations

import pytest

from catalogue.errors import VocabularyError
from catalogue.properties import PROPERTIES, display, property_named
from catalogue.vocabularies import load


def test_every_vocabulary_that_a_property_names_is_there() -> None:
    for known in PROPERTIES.values():
        if known.vocabulary:
            assert list(load()[known.vocabulary])


@pytest.mark.parametrize("name", PROPERTIES)
def test_a_property_is_found_by_its_name(name: str) -> None:
    assert property_named(name).name == name


def test_each_assurance_artefact_is_a_property() -> None:
    for term in load()["assurance_artefacts"]:
        known = property_named(f"assurance.{term.code}")
        assert (known.label, known.vocabulary) == (term.label, "assurance_states")


@pytest.mark.parametrize(
    ("name", "hint"), [("prise", "price"), ("assurance.ASR_DTACC", "ASR_DTAC")]
)
def test_a_wrong_name_is_answered_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(VocabularyError, match=hint):
        property_named(name)


def test_codes_are_shown_as_labels_and_words_as_they_are() -> None:
    assert display(PROPERTIES["price"], "£2 per user") == "£2 per user"
    assert display(PROPERTIES["autonomy"], "AUT_1_OPERATOR") == "User operates"
    with pytest.raises(VocabularyError):
        display(PROPERTIES["autonomy"], "AUT_9")
