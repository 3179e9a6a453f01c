"""Labelled lines: a file of JSON, one object a line, with what a person marked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from catalogue.errors import HorizonError, nearest


class LabelledError(HorizonError):
    """A labelled line cannot be read."""

    exit_code: ClassVar[int] = 4


class Line(BaseModel):
    """One labelled line. Keys that its fields do not name are ignored: notes, ids, other labels."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


LineT = TypeVar("LineT", bound=Line)


def read(
    path: Path, model: type[LineT], check: Callable[[LineT], object] = lambda line: line
) -> dict[int, LineT]:
    """The lines of a file by their number, from 1; blank lines are passed over.

    Args:
        path: A file of UTF-8.
        model: The fields that a line has.
        check: Called with each line; a HorizonError that it raises is told with file and line.

    Raises:
        LabelledError: a line is no JSON object, lacks a field or has a wrong one, or there is no
            line at all. It names the file, the line and the field.
    """
    try:
        rows = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise LabelledError(f"{path} is not UTF-8: {error.reason}.") from error
    lines: dict[int, LineT] = {}
    for number, row in enumerate(rows, start=1):
        if not row.strip():
            continue
        where = f"{path}, line {number}"
        line = _line(row, model, where)
        try:
            check(line)
        except HorizonError as error:
            raise LabelledError(f"{where}: {error.message}", error.hint) from error
        lines[number] = line
    if not lines:
        raise LabelledError(f"{path} holds no line.", "It should hold one JSON object a line.")
    return lines


def _line(row: str, model: type[LineT], where: str) -> LineT:
    try:
        keys = json.loads(row)
    except ValueError as error:
        raise LabelledError(f"{where} is not JSON: {error}.") from error
    except RecursionError as error:
        raise LabelledError(f"{where} is nested too deeply.") from error
    if not isinstance(keys, dict):
        raise LabelledError(f"{where} is not an object such as {{...}}.")
    try:
        return model.model_validate_json(row)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        if first["type"] == "missing":
            top = len(first["loc"]) == 1
            hint = nearest(field, set(keys) - set(model.model_fields)) if top else ""
            close = hint if hint.startswith("Did") else ""
            raise LabelledError(f"{where} has no '{field}'.", close) from error
        if first["type"] == "extra_forbidden":
            known = nearest(field, model.model_fields)
            raise LabelledError(f"{where}: unknown field '{field}'.", known) from error
        raise LabelledError(f"{where}, '{field}': {first['msg']}.") from error
