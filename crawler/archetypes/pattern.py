"""Patterns by which a source file says which addresses it wants."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator

from crawler.address import junk


def _expression(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"'{pattern}' is not a regular expression: {error}") from error
    return pattern


Expression = Annotated[str, AfterValidator(_expression)]
"""A regular expression, searched for in an address."""


def wanted(url: str, allow: Iterable[str], deny: Iterable[str]) -> bool:
    """Whether an address is worth following, matches one of `allow` (if there is any) and none
    of `deny`.
    """
    patterns = tuple(allow)
    return (
        not junk(url)
        and (not patterns or any(re.search(pattern, url) for pattern in patterns))
        and not any(re.search(pattern, url) for pattern in deny)
    )
