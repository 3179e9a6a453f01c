"""The tables of `docs/adding-a-source.md`, made from the models' own docstrings.

`python -m crawler.reference docs/adding-a-source.md` writes them into the page; a test compares.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from catalogue import docstrings
from crawler.archetypes import ARCHETYPES, Archetype
from crawler.extractors import EXTRACTORS
from crawler.source import Source

_BLOCK: Final = re.compile(
    r"(?P<start><!-- generated: (?P<name>[a-z ]+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL
)


def refreshed(page: str) -> str:
    """The page, each generated block made anew.

    Raises:
        KeyError: the page names a block that nobody makes.
    """
    return _BLOCK.sub(
        lambda found: f"{found['start']}\n{_BLOCKS[found['name']]()}\n{found['end']}", page
    )


def source_keys() -> str:
    """A table of all keys of a source file."""
    return _table(_keys(Source))


def archetypes() -> str:
    """The archetypes: what each walks, what reads its pages, and a table of its options."""
    parts = ["Every archetype has these:", "", _table(_options(Archetype))]
    for name, model in sorted(ARCHETYPES.items()):
        readers = ", ".join(f"`{one}`" for one in model.extractors) or "nothing"
        parts += ["", f"### `{name}`: {model.title}", ""]
        parts += [f"{_first_paragraph(model)} Its pages are read by {readers}."]
        if own := list(_options(model, Archetype)):
            parts += ["", _table(own)]
    return "\n".join(parts)


def extractors() -> str:
    """A list of the extractors."""
    return "\n".join(
        f"- `{name}`: {' '.join((run.__doc__ or '').split())}" for name, run in EXTRACTORS.items()
    )


_BLOCKS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {"source keys": source_keys, "archetypes": archetypes, "extractors": extractors}
)


def _keys(model: type[BaseModel], above: str = "") -> Iterator[tuple[str, str, str]]:
    """Name, default and meaning of each key, keys below keys included."""
    meant = docstrings.of_fields(model)
    for name, field in model.model_fields.items():
        part = _part(field)
        row = f"{above}{name}", _default(field), _meaning(field, meant.get(name) or _told(part))
        if part is None or part is Archetype:
            yield row
        else:
            if name in meant:
                yield row
            yield from _keys(part, f"{above}{name}.")


def _options(
    model: type[BaseModel], shared: type[BaseModel] | None = None
) -> Iterator[tuple[str, str, str]]:
    """The options of an archetype that differ from those in `shared`."""
    known = {name: (default, means) for name, default, means in _options(shared)} if shared else {}
    meant = docstrings.of_fields(model)
    for name, field in model.model_fields.items():
        row = _default(field), _meaning(field, meant.get(name, ""))
        if name != "archetype" and known.get(name) != row:
            yield name, *row


def _part(field: FieldInfo) -> type[BaseModel] | None:
    """The model of a key that has keys below it."""
    for kind in (field.annotation, *get_args(field.annotation)):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return None


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    value: Any = field.get_default(call_default_factory=True, validated_data={})
    if value is PydanticUndefined or value in ("", None, (), {}) or isinstance(value, BaseModel):
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _told(part: type[BaseModel] | None) -> str:
    return (part.__doc__ or "") if part else ""


def _meaning(field: FieldInfo, words: str) -> str:
    words = " ".join(words.split())
    if choices := [str(one) for one in get_args(field.annotation) if isinstance(one, str) and one]:
        words = f"{words} One of {', '.join(f'`{one}`' for one in choices)}.".strip()
    return words


def _table(rows: Iterator[tuple[str, str, str]] | Sequence[tuple[str, str, str]]) -> str:
    lines = ["| key | default | meaning |", "|---|---|---|"]
    for name, default, meaning in rows:
        cells = (f"`{name}`", default, meaning)
        lines.append(f"| {' | '.join(cell.replace('|', r'&#124;') for cell in cells)} |")
    return "\n".join(lines)


def _first_paragraph(model: type[BaseModel]) -> str:
    return " ".join((model.__doc__ or "").partition("\n\n")[0].split())


def main(paths: Sequence[str]) -> None:
    """Make the generated blocks of these pages anew."""
    for path in map(Path, paths):
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
