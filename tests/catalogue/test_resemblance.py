from __future__ import annotations

from dataclasses import replace

from catalogue.resemblance import Resemblance, alike, differs
from catalogue.rows import TagRow, ToolDetail
from tests.catalogue.exporters.sample import ROTAFLOW


def tag(vocabulary: str, code: str, label: str, *, suggested: bool = False) -> TagRow:
    return TagRow(vocabulary, code, label, "suggested" if suggested else "accepted", "rule", "")


def with_tags(tool: ToolDetail, *tags: TagRow) -> ToolDetail:
    return replace(tool, tags=tags)


ACUTE = tag("settings", "SET_ACUTE", "Acute hospital")
COMMUNITY = tag("settings", "SET_COMMUNITY", "Community")
ROTA = tag("use_cases", "UC_SCHED_ROTA", "Rostering")
MAYBE = tag("use_cases", "UC_BO_HR", "Recruitment", suggested=True)


def test_a_tool_differs_from_itself_in_nothing() -> None:
    assert differs(ROTAFLOW, ROTAFLOW) == ()


def test_shared_terms_and_claims_are_alike_and_suggestions_are_not() -> None:
    own = with_tags(ROTAFLOW, ROTA, ACUTE, MAYBE)
    other = with_tags(ROTAFLOW, ROTA, COMMUNITY, MAYBE)
    found = alike(own, other)
    assert "use case Rostering" in found
    assert not any("Acute" in one or "Recruitment" in one for one in found)
    claimed = {claim.dimension for claim in ROTAFLOW.claims}
    assert {one for one in found if one.startswith("both claim")} == {
        f"both claim {dimension.lower()}" for dimension in claimed
    }


def test_what_the_other_has_otherwise_is_told_with_its_value_first() -> None:
    own = with_tags(ROTAFLOW, ACUTE)
    row = replace(own.row, evidence=own.row.evidence + 1, independent=not own.row.independent)
    other = replace(with_tags(own, COMMUNITY), row=replace(row, autonomy=5))
    own = replace(own, row=replace(own.row, autonomy=2))
    found = differs(own, other)
    assert found[0] == f"evidence E{own.row.evidence + 1} against E{own.row.evidence}"
    assert "autonomy A5 against A2" in found
    assert "also for Community" in found
    assert "no word of Acute hospital" in found


def test_what_one_of_the_two_does_not_state_is_passed_over() -> None:
    bare = replace(ROTAFLOW, values=(), row=replace(ROTAFLOW.row, autonomy=None))
    found = differs(ROTAFLOW, bare)
    assert not any(one.startswith(("price", "autonomy", "data kept")) for one in found)


def test_it_is_told_in_one_line() -> None:
    like = Resemblance(0.5, (("does", 0.62),), ("serves", "claimed"), ("use case Rostering",))
    assert like.likenesses() == "does 0.62, serves not said, claimed not said"
    assert like.told() == ("alike: use case Rostering; differs: nothing that is stated of both")
