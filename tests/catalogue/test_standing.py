"""What the evidence makes of a claim."""

from __future__ import annotations

import pytest

from catalogue.standing import EvidenceFacts, Relation, Standing, independent, standing, strength
from tests.catalogue.claims import study


def test_a_claim_without_evidence_is_unsupported() -> None:
    assert standing([]) == "unsupported"


def test_independent_support_supports_it_independently() -> None:
    assert standing([("supports", study())]) == "independent"


@pytest.mark.parametrize("relation", ["REL_SUPPLIER", "REL_JOINT", "REL_UNKNOWN"])
def test_the_supplier_or_nobody_known_does_not_make_it_independent(relation: str) -> None:
    mixed = EvidenceFacts(1, "EVS_3", "REL_INDEPENDENT", relation, "REL_INDEPENDENT")
    assert not independent(mixed)
    assert standing([("supports", mixed)]) == "supported"


@pytest.mark.parametrize("relation", ["partly", "context", "unrelated"])
def test_what_does_not_bear_it_out_supports_nothing(relation: Relation) -> None:
    assert standing([(relation, study())]) == "unsupported"


@pytest.mark.parametrize(
    ("support", "against", "stands"),
    [
        (study(), study(), "contradicted"),
        (study(), study(grade="EVS_2"), "independent"),
        (study(grade="EVS_2"), study(), "contradicted"),
        (study(relation="REL_SUPPLIER"), study(grade="EVS_2"), "contradicted"),
        (study(grade="EVS_2"), study(relation="REL_SUPPLIER"), "independent"),
    ],
)
def test_of_support_and_contradiction_the_weightier_counts(
    support: EvidenceFacts, against: EvidenceFacts, stands: Standing
) -> None:
    assert standing([("supports", support), ("contradicts", against)]) == stands
    assert standing([("contradicts", against), ("supports", support)]) == stands


def test_contradiction_alone_contradicts() -> None:
    assert standing([("contradicts", study(relation="REL_UNKNOWN"))]) == "contradicted"


def test_strength_is_the_number_of_the_code() -> None:
    assert (strength("EVS_4"), strength("EVS_NOT_STATED")) == (4, 0)
