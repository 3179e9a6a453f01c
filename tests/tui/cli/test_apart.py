from __future__ import annotations

import pytest

from catalogue.errors import CatalogueError
from tui.cli.apart import keep_apart


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ([], []),
        ([], ["demo_a"]),
        ([], ["a"]),
        (["demo_a"], ["demo_b"]),
        (["a"], ["b"]),
        (["a"], []),
    ],
)
def test_one_kind_may_stay_together(known: list[str], wanted: list[str]) -> None:
    keep_apart(known, wanted, "/home/x")


@pytest.mark.parametrize(
    ("known", "wanted", "says"),
    [
        (["a"], ["demo_b"], "holds real sources"),
        (["demo_a"], ["b"], "is a demonstration"),
        ([], ["demo_a", "b"], "do not belong"),
        (["a", "demo_b"], ["b"], "do not belong"),
    ],
)
def test_both_kinds_are_refused(known: list[str], wanted: list[str], says: str) -> None:
    with pytest.raises(CatalogueError, match=says) as refused:
        keep_apart(known, wanted, "/home/x")
    assert "--home" in refused.value.hint
