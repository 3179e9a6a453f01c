"""Strings: a list of any length as one parameter of a query, read by the database as rows.

A query with a parameter for each of some hundreds of strings is written and parsed anew each time;
with one parameter for all of them it is prepared once.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import JSON, Select, Text, bindparam, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

STRINGS: Final = "strings"
"""The parameter that holds the list."""


class _Rows(FunctionElement[str]):
    """The strings of a list in JSON, a row each."""

    type = Text()
    inherit_cache = True


@compiles(_Rows)
def _sqlite_rows(rows: _Rows, compiler: SQLCompiler, **how: object) -> str:
    return f"json_each({compiler.process(rows.clauses, **how)})"


@compiles(_Rows, "postgresql")
def _postgresql_rows(rows: _Rows, compiler: SQLCompiler, **how: object) -> str:
    return f"json_array_elements_text({compiler.process(rows.clauses, **how)})"


def strings() -> Select[str]:
    """The strings of the parameter STRINGS (a list), a row each."""
    return select(_Rows(bindparam(STRINGS, type_=JSON())).column_valued("value"))
