"""How alike two tools, or two organisations, are."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.likeness import THRESHOLD, Likeness, Profile
from catalogue.matching import TOOL_BIAS, tool_likeness
from catalogue.organisation_matching import names_in, organisation_likeness
from catalogue.rarity import Rarity

FEW = Rarity()

NAMES = st.text(st.characters(codec="utf-8"), max_size=24) | st.sampled_from(
    ["Rota Plus", "RotaPlus 2", "Accurx Scribe", "Scribe v2 for iOS", "", "+", "2", "Ltd"]
)
PROFILES = st.builds(
    Profile,
    names=st.lists(NAMES, max_size=2).map(tuple),
    suppliers=st.lists(NAMES, max_size=1).map(tuple),
    text=st.text(max_size=40),
)


def tools(name: str, other: str, suppliers: tuple[str, str] = ("", "")) -> Likeness:
    left, right = (
        Profile((one,), (supplier,) if supplier else ())
        for one, supplier in zip((name, other), suppliers, strict=True)
    )
    return tool_likeness(left, right, FEW)


def organisations(name: str, other: str) -> float:
    return organisation_likeness(Profile((name,)), Profile((other,)), FEW).score


@pytest.mark.parametrize(
    ("name", "other", "suppliers"),
    [
        ("Rota Plus", "RotaPlus", ("Wardshift Ltd", "Wardshift")),
        ("Accurx Scribe", "Scribe", ("Accurx", "AccuRx Ltd")),
        ("Radford Chat", "RadfordChat", ("Radford", "Radford")),
        ("Referral Assistant", "Referrals Assistant", ("Northmoor", "Northmoor Systems Ltd")),
        ("Interpreta", "Interpr\u00e9ta", ("", "Lingua Health")),
        ("Letterly 2.0", "Letterly v2", ("Inkwell", "Inkwell")),
    ],
)
def test_spellings_of_one_tool_are_put_before_a_person(
    name: str, other: str, suppliers: tuple[str, str]
) -> None:
    assert tools(name, other, suppliers).score >= THRESHOLD


@pytest.mark.parametrize(
    ("name", "other", "suppliers"),
    [
        ("Scribe", "Scribe", ("Accurx", "Heidi Health")),
        ("Letterly v1", "Letterly v2", ("Inkwell", "Inkwell")),
        ("Rota Lite", "Rota Enterprise", ("Wardshift", "Wardshift")),
        ("NoteStream for iOS", "NoteStream for Android", ("Meridian", "Meridian")),
        ("Wardshift Roster", "Wardshift Bank", ("Wardshift", "Wardshift")),
        ("", "", ("", "")),
    ],
)
def test_neighbours_of_one_family_are_not(
    name: str, other: str, suppliers: tuple[str, str]
) -> None:
    assert tools(name, other, suppliers).score < THRESHOLD


def test_the_parts_add_up_to_the_score() -> None:
    found = tools("Rota Plus 2", "Rota Plus 3", ("Wardshift", "Wardshift"))
    total = TOOL_BIAS + sum(part.points for part in found.parts)
    assert log(found.score / (1 - found.score)) == pytest.approx(total)
    assert [abs(part.points) for part in found.parts] == sorted(
        (abs(part.points) for part in found.parts), reverse=True
    )
    assert "version" in {part.name for part in found.parts if part.points < 0}


def test_a_shared_page_is_told_and_outweighs_the_name() -> None:
    page = frozenset({("HOMEPAGE", "rota.example/plus")})
    found = tool_likeness(
        Profile(("Rota Plus",), identifiers=page), Profile(("Planner",), identifiers=page), FEW
    )
    assert found.shared == (("HOMEPAGE", "rota.example/plus"),)
    assert found.score >= THRESHOLD


def test_a_former_name_counts_as_the_name() -> None:
    renamed = Profile(("Vesper Notes", "Inkwell Notes"), ("Vesper Labs",))
    old = Profile(("Inkwell Notes",), ("Vesper Labs",))
    assert tool_likeness(renamed, old, FEW).score >= THRESHOLD


@settings(max_examples=60)
@given(PROFILES, PROFILES)
def test_which_one_stands_on_the_left_hardly_matters(left: Profile, right: Profile) -> None:
    for compare in (tool_likeness, organisation_likeness):
        one, other = compare(left, right, FEW).score, compare(right, left, FEW).score
        assert 0 <= one <= 1
        assert one == pytest.approx(other, abs=0.35)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Pungo Ltd t/a Joy", "Joy"),
        ("Lexacom (Aprobrium Ltd)", "Lexacom"),
        ("X-on Health Ltd", "Xon Health"),
        ("Meridian Voice Ltd", "Meridien Voice"),
        ("Tarn Workforce Solutions", "Tarn Workforce"),
        ("NHS Kent and Medway ICB", "NHS Kent and Medway Integrated Care Board"),
    ],
)
def test_names_of_one_organisation_are_put_before_a_person(name: str, other: str) -> None:
    assert organisations(name, other) >= THRESHOLD


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("NHS South East London ICB", "NHS South West London ICB"),
        ("Northampton General Hospital", "Southampton General Hospital"),
        ("Tandem Health", "Tandem Diabetes"),
        ("Oakhurst Analytics plc", "Oakhurst Estates plc"),
        ("Leeds Teaching Hospitals NHS Trust", "Leeds and York Partnership NHS FT"),
    ],
)
def test_one_word_tells_two_organisations_apart(name: str, other: str) -> None:
    assert organisations(name, other) < THRESHOLD


def test_other_registered_numbers_weigh_against_one_name() -> None:
    name = ("Meridian Voice",)
    alone = organisation_likeness(Profile(name), Profile(name), FEW)
    numbered = organisation_likeness(
        Profile(name, identifiers=frozenset({("GB-COH", "09000001")})),
        Profile(name, identifiers=frozenset({("GB-COH", "09000002")})),
        FEW,
    )
    assert numbered.score < THRESHOLD < alone.score


def test_a_name_holds_the_ones_traded_under() -> None:
    assert names_in("Pungo Ltd t/a Joy") == ("Pungo Ltd", "Joy")
    assert names_in("Pungo Ltd") == ("Pungo Ltd",)


def test_a_word_in_many_names_tells_less() -> None:
    rarity = Rarity.of(["Rota Planner", "Bed Planner", "Job Planner"])
    assert rarity.weight("planner") < rarity.weight("rota") < rarity.weight("zephyr") == 1
    assert rarity.weight("health") < rarity.weight("planner")
