"""What follows from judgements on pairs of records."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.errors import CatalogueError
from catalogue.judgements import Judgement, Judgements, Verdict, judgements, ordered
from catalogue.models import Ruling

AT = datetime(2026, 11, 3, 9, tzinfo=UTC)


def said(left: int, right: int, verdict: Verdict, by: str = "ann") -> Judgement:
    return Judgement(*ordered(left, right), verdict, by, AT)


def ruling(subject: str, other: str, value: str) -> Ruling:
    return Ruling(
        id=7,
        kind="identity",
        subject=subject,
        object=other,
        value=value,
        actor="ann",
        at=AT,
        why="",
    )


@st.composite
def judged(draw: st.DrawFn) -> list[Judgement]:
    """At most one judgement on each pair of a few records."""
    numbers = st.integers(1, 9)
    pairs = draw(
        st.sets(st.tuples(numbers, numbers).filter(lambda pair: pair[0] < pair[1]), max_size=12)
    )
    verdicts: st.SearchStrategy[Verdict] = st.sampled_from(["same", "different", "unsure"])
    return [said(*pair, draw(verdicts)) for pair in sorted(pairs)]


def everything(known: Judgements) -> object:
    verdicts = [known.verdict(left, right) for left in range(1, 10) for right in range(1, 10)]
    return dict(known.canonical), dict(known.members), known.conflicts, verdicts


@settings(max_examples=40)
@given(judged(), st.randoms(use_true_random=False))
def test_the_order_of_judgements_does_not_matter(some: list[Judgement], chance: object) -> None:
    mixed = list(some)
    chance.shuffle(mixed)  # type: ignore[attr-defined] # hypothesis draws a random.Random
    assert everything(Judgements(mixed)) == everything(Judgements(some))


@settings(max_examples=40)
@given(judged())
def test_same_is_an_equivalence_and_the_smallest_number_stands_for_all(
    some: list[Judgement],
) -> None:
    known = Judgements(some)
    for shown, records in known.members.items():
        assert shown == min(records)
        for left in records:
            assert known.canonical[left] == shown
            assert all(known.verdict(left, right) == "same" for right in records)
    for one in some:
        if one.verdict == "same":
            assert known.verdict(*one.pair) == "same"


@settings(max_examples=40)
@given(judged())
def test_different_holds_between_all_members(some: list[Judgement]) -> None:
    known = Judgements(some)
    for one in some:
        left = known.members.get(known.canonical.get(one.left, 0), (one.left,))
        right = known.members.get(known.canonical.get(one.right, 0), (one.right,))
        if one.verdict == "different" and left != right:
            assert {known.verdict(a, b) for a in left for b in right} == {"different"}


@settings(max_examples=40)
@given(judged())
def test_a_conflict_is_told_with_the_chain_that_makes_it(some: list[Judgement]) -> None:
    known = Judgements(some)
    told = {found.different.pair: found.same for found in known.conflicts}
    for one in some:
        chain = known.chain(*one.pair)
        assert (one.pair in told) == (one.verdict == "different" and bool(chain))
    for pair, chain in told.items():
        assert all(step.verdict == "same" for step in chain)
        ends = [record for step in chain for record in step.pair]
        assert {record for record in ends if ends.count(record) % 2} == set(pair)
        assert not Judgements([one for one in some if one != chain[0]]).chain(*pair) or (
            len(Judgements([one for one in some if one != chain[0]]).chain(*pair)) >= len(chain)
        )


@settings(max_examples=40)
@given(judged())
def test_without_a_judgement_it_is_as_if_it_had_never_been(some: list[Judgement]) -> None:
    if some:
        without = some[:-1]
        assert everything(Judgements(without)) == everything(Judgements(iter(without)))
        last = some[-1]
        if last.verdict != "same":
            assert Judgements(some).canonical == Judgements(without).canonical


def test_unsure_decides_nothing_and_is_remembered() -> None:
    known = Judgements([said(1, 2, "unsure"), said(2, 3, "same")])
    assert known.verdict(1, 2) == known.verdict(1, 3) == "unsure"
    assert known.canonical.get(1, 1) == 1


def test_a_conflict_names_who_said_what() -> None:
    known = Judgements(
        [said(1, 2, "different", "bob"), said(1, 3, "same"), said(3, 2, "same", "cy")]
    )
    (found,) = known.conflicts
    assert found.told() == (
        "1 and 2 are different (bob, 3 November 2026), and yet "
        "1 and 3 are the same (ann, 3 November 2026); 2 and 3 are the same (cy, 3 November 2026)."
    )


def test_rulings_are_read_for_one_table_whichever_way_round() -> None:
    rulings = [
        ruling("tool/40", "tool/12", "same"),
        ruling("organisation/4", "organisation/3", "same"),
    ]
    assert judgements(rulings, "tool").canonical == {12: 12, 40: 12}
    assert judgements(rulings, "organisation").canonical == {3: 3, 4: 3}


@pytest.mark.parametrize(
    ("subject", "other", "value"),
    [
        ("tool/12", "organisation/12", "same"),
        ("tool/12", "tool/12", "same"),
        ("tool/12", "tool/x", "same"),
        ("tool/12", "", "same"),
        ("tool/12", "tool/13", "accepted"),
    ],
)
def test_a_ruling_that_is_about_no_pair_is_refused(subject: str, other: str, value: str) -> None:
    with pytest.raises(CatalogueError):
        judgements([ruling(subject, other, value)], "tool")
