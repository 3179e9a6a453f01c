"""`horizon tags`: a person's word on the terms of a tool."""

from __future__ import annotations

import json

import pytest

from tests.tui.cli.conftest import Ended, Horizon, Stock


def tags(horizon: Horizon) -> dict[str, tuple[str, str, str]]:
    ended = horizon("tags", "list", "Rotaflow Pro", "--json")
    return {one["code"]: (one["state"], one["by"], one["why"]) for one in json.loads(ended.out)}


@pytest.mark.usefixtures("stock")
class TestTags:
    def test_accepts_terms_by_name_or_code_and_says_so(self, horizon: Horizon) -> None:
        ended = horizon(
            "tags", "accept", "Rotaflow Pro", "Ambient scribe", "SET_MH", "--why", "Seen in use."
        )
        assert ended.code == 0
        assert "'Ambient scribe' accepted and 'Mental health' accepted." in ended.err
        found = tags(horizon)
        assert found["UC_DOC_SCRIBE"][0] == "accepted"
        assert found["SET_MH"][2] == "Seen in use."

    def test_rejects_clears_and_undoes(self, horizon: Horizon) -> None:
        horizon("tags", "reject", "Rotaflow Pro", "UC_BO_FIN")
        assert tags(horizon)["UC_BO_FIN"][0] == "rejected"
        horizon("tags", "clear", "Rotaflow Pro", "Finance")
        assert "UC_BO_FIN" not in tags(horizon)
        ended = horizon("tags", "undo")
        assert "Undone: 'Finance' left to the rules." in ended.err
        assert tags(horizon)["UC_BO_FIN"][0] == "rejected"

    def test_an_unknown_term_is_told_and_nothing_is_written(self, horizon: Horizon) -> None:
        ended: Ended = horizon("tags", "accept", "Rotaflow Pro", "SET_MH", "Nonsense")
        assert ended.code == 4
        assert "There is no use case, setting or user group 'Nonsense'" in ended.err
        assert "SET_MH" not in tags(horizon)

    def test_an_unknown_tool_is_told(self, horizon: Horizon) -> None:
        assert horizon("tags", "accept", "4711", "SET_MH").code == 3

    def test_there_is_nothing_to_undo_at_first(self, horizon: Horizon) -> None:
        assert "There is nothing to undo." in horizon("tags", "undo").err

    def test_lists_tags_for_people(self, horizon: Horizon) -> None:
        horizon("tags", "accept", "Rotaflow Pro", "SET_MH")
        assert "Mental health" in horizon("tags", "list", "Rotaflow Pro").out


def test_a_tool_without_tags_says_so(horizon: Horizon, stock: Stock) -> None:
    del stock
    assert horizon("tags", "list", "Rotaflow Pro").code == 0
