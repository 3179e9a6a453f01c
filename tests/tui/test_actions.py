from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections import Counter

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import tui
from catalogue.errors import SettingsError
from tui.actions import ACTIONS, FORBIDDEN_KEYS, check_keys, keys_of
from tui.modals.help import found_actions, key_words


def classes() -> list[type[DOMNode]]:
    """Every class of the app that can have bindings."""
    found: list[type[DOMNode]] = []
    for package in ("screens", "modals", "widgets"):
        folder = importlib.import_module(f"tui.{package}")
        for module in pkgutil.iter_modules(folder.__path__):
            found += [
                kind
                for _, kind in inspect.getmembers(
                    importlib.import_module(f"tui.{package}.{module.name}"), inspect.isclass
                )
                if issubclass(kind, DOMNode) and kind.__module__.startswith(tui.__name__)
            ]
    found.append(importlib.import_module("tui.app").HorizonApp)
    return found


def own_bindings() -> list[Binding]:
    return [
        binding
        for kind in classes()
        for binding in kind.__dict__.get("BINDINGS", [])
        if isinstance(binding, Binding)
    ]


def test_every_action_has_an_id_of_its_own() -> None:
    assert [name for name, count in Counter(one.id for one in ACTIONS).items() if count > 1] == []


def test_every_binding_of_the_app_is_made_from_the_registry() -> None:
    registered = {action.id for action in ACTIONS}
    bound = {binding.id for binding in own_bindings()}
    assert bound == registered


def test_every_action_can_be_run_where_it_is_bound() -> None:
    for kind in classes():
        for binding in kind.__dict__.get("BINDINGS", []):
            name = binding.action.partition("(")[0]
            if not name.startswith("screen."):
                assert hasattr(kind, f"action_{name}"), (kind, name)


def test_no_key_is_one_that_terminals_keep_for_themselves() -> None:
    allowed = set("pszyroqfgdu")
    for action in ACTIONS:
        for key in keys_of(action, {}):
            assert key not in FORBIDDEN_KEYS, action.id
            assert "shift+" not in key
            assert "alt+" not in key
            if key.startswith("ctrl+"):
                assert key.removeprefix("ctrl+") in allowed, action.id


def test_every_control_key_but_three_has_a_second_way() -> None:
    only = {a.id for a in ACTIONS if all(key.startswith("ctrl+") for key in keys_of(a, {}))}
    assert only == {"app.palette", "app.quit", "app.reload"}


def test_the_registry_has_no_clash_and_the_footer_is_short() -> None:
    assert check_keys({}) == {}
    table = [a for a in ACTIONS if a.footer and a.where in {"app", "browse", "table"}]
    assert len(table) <= 8


def test_the_reader_can_give_other_keys() -> None:
    assert check_keys({"shortlist.add": " x , f7 "}) == {"shortlist.add": "x,f7"}
    action = next(one for one in ACTIONS if one.id == "shortlist.add")
    assert keys_of(action, {"shortlist.add": "x,f7"}) == ("x", "f7")


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"shortlist.ad": "x"}, "Did you mean 'shortlist.add'?"),
        ({"shortlist.add": " , "}, "is given no key"),
        ({"shortlist.add": "ctrl+c"}, "never reaches the app"),
        ({"shortlist.add": "f"}, "would mean both 'filters.toggle' and 'shortlist.add'"),
    ],
)
def test_wrong_keys_are_refused_with_a_sentence(keys: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(sentence)):
        check_keys(keys)


def test_help_finds_actions_by_any_of_their_words() -> None:
    assert [a.id for a in found_actions("undo")] == ["review.undo"]
    assert "shortlist.add" in {a.id for a in found_actions("marked shortlist")}
    assert len(found_actions("")) == len(ACTIONS)
    assert key_words(("question_mark", "f1", "ctrl+z", "F")) == "?, F1, ctrl+z, F"
