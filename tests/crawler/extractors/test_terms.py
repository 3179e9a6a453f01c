from __future__ import annotations

import pytest

from catalogue.vocabularies import load
from crawler.extractors.terms import cued


@pytest.mark.parametrize("vocabulary", ["assurance_artefacts", "autonomy", "benefits", "use_cases"])
def test_each_word_of_a_vocabulary_is_found_as_it_is_written_and_with_hyphens(
    vocabulary: str,
) -> None:
    for term in load()[vocabulary]:
        if term.code.endswith(("_OTHER", "_NOT_STATED")):
            continue
        for word in {*term.names, *term.cues}:
            said = word.replace("*", "s")
            for written in (said, said.replace(" ", "-"), f"It has {said}, and"):
                assert list(cued(vocabulary, written)), written


def test_words_all_in_capitals_are_found_as_capitals_only() -> None:
    assert [cue.term.code for cue in cued("assurance_artefacts", "Our DTAC")] == ["ASR_DTAC"]
    assert list(cued("assurance_artefacts", "our dtac")) == []


def test_a_word_within_another_is_none() -> None:
    assert list(cued("assurance_artefacts", "It is XDTAC, or DTACX.")) == []
