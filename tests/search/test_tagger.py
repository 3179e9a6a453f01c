"""Words and meaning give one confidence, with the reason in words."""

from __future__ import annotations

from itertools import pairwise

import pytest

from catalogue.tagging import SHOWN, TAGGED
from catalogue.vocabularies import Term, Vocabulary, load
from search import calibration
from search.calibration import Weights, weights
from search.nearness import Near, Nearness, whole
from search.tagger import Features, Tagger, calibrated, features_of, usually
from tests.search.shelf import HashingEmbedder

TERMS = (
    Term(
        "colours", "COL_RED", "Scarlet paint", "Paint of a red colour for walls.", cues=("rouge",)
    ),
    Term("colours", "COL_BLUE", "Azure dye", "Dye of a blue colour for cloth."),
    Term("colours", "COL_NAVY", "Navy dye", "Dark blue dye for uniforms.", broader="COL_BLUE"),
    Term("colours", "COL_GREY", "Slate tiles", "Tiles for roofs, cut from stone."),
    Term("colours", "COL_GOLD", "Gilding", "Leaf of gold laid on frames."),
    Term("colours", "COL_OTHER", "Other", "Anything else."),
    # As many terms as a vocabulary has, so that one of them can stand out.
    *(
        Term("colours", f"COL_{at}", f"shade{at} tint{at}", f"hue{at} tone{at}.")
        for at in range(30)
    ),
)
COLOURS = Vocabulary("colours", "COL_", 1, "Colours", "invented", TERMS)


@pytest.fixture
def tagger(hashing: HashingEmbedder) -> Tagger:
    return Tagger(hashing.encode)


def test_what_a_written_rule_accepts_stays_accepted_and_first(tagger: Tagger) -> None:
    first = tagger.suggest(COLOURS, "Scarlet paint by the pot", "")[0]
    assert (first.code, first.state, first.confidence) == ("COL_RED", "accepted", 1.0)
    assert first.why.endswith("(rule T1).")


def test_meaning_alone_suggests_and_says_which_name_is_near_and_how_near(tagger: Tagger) -> None:
    text = "Paint of a red colour for walls. A paint that is scarlet, for walls."
    (first, *_) = tagger.suggest(COLOURS, "A new product", text)
    assert (first.code, first.state) == ("COL_RED", "suggested")
    assert "ear in meaning to 'Scarlet paint' (0." in first.why
    assert first.why.endswith("; nobody has confirmed it.")
    assert first.quote in text


def test_words_and_meaning_are_told_together_and_count_together(tagger: Tagger) -> None:
    text = "Paint of a red colour for walls. Scarlet, as paint. Call it"
    alone = {s.code: s for s in tagger.suggest(COLOURS, "New", f"{text} carmine.")}
    both = {s.code: s for s in tagger.suggest(COLOURS, "New", f"{text} rouge.")}
    assert both["COL_RED"].confidence > alone["COL_RED"].confidence
    assert "'rouge'" in both["COL_RED"].why
    assert "near in meaning" in both["COL_RED"].why


def test_what_is_not_likely_enough_is_not_suggested(tagger: Tagger) -> None:
    for one in tagger.suggest(COLOURS, "Red walls", "Cloth on frames and roofs."):
        assert one.confidence >= SHOWN
    assert tagger.suggest(COLOURS, "", "") == tagger.suggest(COLOURS, "", "")


def test_a_term_for_what_is_unsaid_is_never_suggested(tagger: Tagger) -> None:
    found = tagger.suggest(COLOURS, "Other", "Anything else.")
    assert "COL_OTHER" not in {one.code for one in found}


def test_a_broader_term_is_at_least_as_likely_as_the_narrower_one(tagger: Tagger) -> None:
    found = {s.code: s for s in tagger.suggest(COLOURS, "New", "Dark navy dye for uniforms.")}
    assert found["COL_BLUE"].confidence >= found["COL_NAVY"].confidence


def test_a_setting_that_is_ordinary_for_a_use_case_says_so(tagger: Tagger) -> None:
    title = "Recruitment software"
    found = tagger.suggest_all(title, "Onboarding and pre-employment checks of new starters.")
    corporate = next(one for one in found["settings"] if one.code == "SET_CORP")
    assert corporate.state == "suggested"
    assert "rdinary for 'Recruitment and people services'" in corporate.why
    assert set(found) == {name for name, _ in TAGGED}


def test_the_likeliest_use_case_speaks_for_its_setting(tagger: Tagger) -> None:
    found = tagger.suggest(load()["use_cases"], "Recruitment, with invoice processing", "")
    assert usually(found)["SET_CORP"].confidence == 1.0


def test_confidence_rises_with_words_and_with_meaning() -> None:
    for name, _ in TAGGED:
        given = weights(name)
        for low, high in pairwise([Features(0, 0, 0), Features(0, 2, 0), Features(1, 2, 0)]):
            assert calibrated(given, low) < calibrated(given, high)


def test_a_vocabulary_without_labelled_lines_has_weights_of_its_own() -> None:
    assert weights("colours") == weights(calibration.ANY)
    assert weights("use_cases") != weights(calibration.ANY)
    assert calibrated(Weights(0, 1, 1, 1), Features(0, 0, 0)) == pytest.approx(0.5)


def test_the_weights_say_where_they_come_from() -> None:
    assert "Fitted on" in calibration.written()
    assert "labelled pages" in calibration.written()


def test_nothing_said_weighs_nothing() -> None:
    assert features_of(None, Near(1.5, "", 0.4, ""), None) == Features(0.0, 1.5, 0.0)


class TestNearness:
    def test_scores_are_standard_deviations_from_the_mean_over_all_terms(
        self, hashing: HashingEmbedder
    ) -> None:
        near, _ = Nearness(COLOURS, hashing.encode).of("Slate tiles", "Tiles for roofs.")
        assert max(near, key=lambda code: near[code].score) == "COL_GREY"
        assert sum(one.score for one in near.values()) == pytest.approx(0, abs=1e-5)
        assert near["COL_GREY"].sentence == "Slate tiles"
        assert near["COL_GREY"].cosine == pytest.approx(1)

    def test_gives_the_vector_of_the_whole_text(self, hashing: HashingEmbedder) -> None:
        _, vector = Nearness(COLOURS, hashing.encode).of("Slate", "Tiles.")
        assert vector.tolist() == hashing.encode([whole("Slate", "Tiles.")])[0].tolist()

    def test_encodes_the_terms_once(self, hashing: HashingEmbedder) -> None:
        nearness = Nearness(COLOURS, hashing.encode)
        nearness.of("Slate", "")
        hashing.seen.clear()
        nearness.of("Azure", "")
        assert hashing.seen == ["Azure", "Azure"]

    def test_no_term_is_near_where_there_is_none(self, hashing: HashingEmbedder) -> None:
        empty = Vocabulary("none", "NO_", 1, "None", "invented", ())
        assert Nearness(empty, hashing.encode).of("Slate", "")[0] == {}

    def test_a_single_term_stands_out_from_nothing(self, hashing: HashingEmbedder) -> None:
        one = Vocabulary("one", "COL_", 1, "One", "invented", TERMS[:1])
        assert Nearness(one, hashing.encode).of("Slate", "")[0]["COL_RED"].score == 0
