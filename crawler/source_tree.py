"""The tree of keys that a source file means: its own, over those of the family it belongs to.

A family is a file in `families/` beside the source, or in the default pack: any keys of a source
but its name. Keys below keys are joined one by one, and the source's own win; a list replaces a
list. Where source and family name different archetypes, the family's `walk` is left out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from catalogue.errors import SourceError, nearest

SUFFIX: Final = ".yml"

DEFAULT_PACK: Final = Path(__file__).parent / "sources"
"""The folder of the sources that come with the program."""

FAMILIES: Final = "families"
"""Name of the folder of families, inside a folder of sources."""

_OF_A_SOURCE_ALONE: Final = ("name", "family")


@dataclass(frozen=True, slots=True)
class SourceTree:
    """What a source file means, before its values are judged."""

    values: dict[str, Any]
    origins: Mapping[str, str]
    """For each dotted key the place its value came from: `source`, or `family` and its name."""


def read_tree(path: Path) -> SourceTree:
    """Read one source file, and the family that it names.

    Raises:
        SourceError: a file cannot be read, is not YAML or holds no keys, or there is no such
            family.
    """
    own = _read(path)
    origins = dict.fromkeys(_keys(own), "source")
    family = own.get("family")
    if not family:
        return SourceTree(own, origins)
    shared = _read_family(path.parent, str(family))
    if _archetype(own) not in ("", _archetype(shared)):
        shared.pop("walk", None)
    inherited = dict.fromkeys(_keys(shared), f"family {family}")
    return SourceTree(_joined(shared, own), {**inherited, **origins})


def _read_family(folder: Path, name: str) -> dict[str, Any]:
    known = {
        path.stem: path
        for place in (DEFAULT_PACK, folder)
        for path in sorted((place / FAMILIES).glob(f"*{SUFFIX}"))
    }
    if name not in known:
        raise SourceError(f"There is no family '{name}'.", nearest(name, known))
    tree = _read(known[name])
    for key in _OF_A_SOURCE_ALONE:
        if key in tree:
            raise SourceError(f"{known[name]} has the key '{key}', which a family cannot give.")
    return tree


def _read(path: Path) -> dict[str, Any]:
    try:
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=_OnceLoader)  # noqa: S506 (safe)
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read: {error}.") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise SourceError(f"{path} is not valid YAML: {error}.") from error
    if not isinstance(tree, dict):
        raise SourceError(f"{path} is empty or is not a list of keys and values.")
    return tree


def _joined(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Two trees as one, in which `above` wins."""
    tree = dict(below)
    for key, value in above.items():
        under = below.get(key)
        both = isinstance(value, Mapping) and isinstance(under, Mapping)
        tree[key] = _joined(under, value) if both else value  # type: ignore[arg-type]  # `both` says so
    return tree


def _archetype(tree: Mapping[str, Any]) -> str:
    walk = tree.get("walk")
    return str(walk.get("archetype", "")) if isinstance(walk, Mapping) else ""


def _keys(tree: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for key, value in tree.items():
        if isinstance(value, Mapping) and value:
            yield from _keys(value, f"{above}{key}.")
        else:
            yield f"{above}{key}"


class _OnceLoader(yaml.SafeLoader):
    """YAML's safe loader, which refuses a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key}' stands twice", node.start_mark
                )
        return super().construct_mapping(node, deep)
