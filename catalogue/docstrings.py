"""The docstrings under the fields of a class."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from itertools import pairwise
from textwrap import dedent


def of_fields(model: type) -> Mapping[str, str]:
    """What stands in the source under each field of a class and of those that it extends.

    Pydantic would read the same at every start (`use_attribute_docstrings`), and that took a
    twentieth of the start of a crawl; it is wanted only where a person asks what a field means.
    """
    told: dict[str, str] = {}
    for cls in reversed(model.__mro__):
        if cls.__module__ not in ("builtins", "abc", "typing", "pydantic.main"):
            told |= _own(cls)
    return told


def _own(cls: type) -> Mapping[str, str]:
    (tree,) = ast.parse(dedent(inspect.getsource(cls))).body
    assert isinstance(tree, ast.ClassDef)  # noqa: S101 (the source of a class)
    return {
        field.target.id: inspect.cleandoc(said.value.value)
        for field, said in pairwise(tree.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(said, ast.Expr)
        and isinstance(said.value, ast.Constant)
        and isinstance(said.value.value, str)
    }
