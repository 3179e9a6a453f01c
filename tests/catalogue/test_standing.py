"""What the evidence makes of a claim."""

from __future__ import annotations

import pytest

from catalogue.standing import ClaimFacts, EvidenceFacts, independent, standing, strength

CLAIM = ClaimFacts(1, "BEN_TIME", "percent", 23.5)


def study(
    document: int = 1, grade: str = "EVS_3", relation: str = "REL_INDEPENDENT"
) -> EvidenceFacts:
    return EvidenceFacts(document, grade, relation, relation, relation)


def test_a_claim_without_evidence_is_unsupported() -> None:
    assert standing(CLAIM, [CLAIM], []) == "unsupported"


def test_independent_data_in_the_same_document_support_it_independently() -> None:
    assert standing(CLAIM, [CLAIM], [study()]) == "independent"


@pytest.mark.parametrize("relation", ["REL_SUPPLIER", "REL_JOINT", "REL_UNKNOWN"])
def test_the_supplier_or_nobody_known_does_not_make_it_independent(relation: str) -> None:
    mixed = EvidenceFacts(1, "EVS_3", "REL_INDEPENDENT", relation, "REL_INDEPENDENT")
    assert not independent(mixed)
    assert standing(CLAIM, [CLAIM], [mixed]) == "supported"


def test_an_account_without_data_supports_nothing() -> None:
    assert standing(CLAIM, [CLAIM], [study(grade="EVS_1")]) == "unsupported"


def test_the_same_figure_elsewhere_brings_its_evidence() -> None:
    other = ClaimFacts(2, "BEN_TIME", "percent", 23.5)
    assert standing(CLAIM, [CLAIM, other], [study(document=2)]) == "independent"


def test_another_figure_elsewhere_does_not() -> None:
    other = ClaimFacts(2, "BEN_TIME", "percent", 25)
    assert standing(CLAIM, [CLAIM, other], [study(document=2)]) == "unsupported"


def test_a_claim_without_a_figure_is_only_supported_where_it_stands() -> None:
    vague = ClaimFacts(1, "BEN_TIME", "", None)
    other = ClaimFacts(2, "BEN_TIME", "", None)
    assert standing(vague, [vague, other], [study(document=2)]) == "unsupported"


def test_strength_is_the_number_of_the_code() -> None:
    assert (strength("EVS_4"), strength("EVS_NOT_STATED")) == (4, 0)
