"""How often a process of a crawl looks for garbage."""

from __future__ import annotations

import gc
from typing import Final

EVERY: Final = 10_000
"""Objects made, beyond those given up, after which garbage is looked for. A page makes thousands
that go by themselves; at Python's 700, looking for others took a twelfth of a crawl's time."""


def look_for_garbage_rarely() -> None:
    """Settle what is there for good, as modules do, and look through the rest rarely. For a
    process that does nothing but crawl or read.
    """
    gc.freeze()
    gc.set_threshold(EVERY)
