"""Tests of how often a process of a crawl looks for garbage, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

from crawler.garbage import EVERY

ASKED = """
import gc
from crawler.garbage import look_for_garbage_rarely
look_for_garbage_rarely()
print(gc.isenabled(), gc.get_threshold()[0], gc.get_freeze_count() > 0)
"""


def test_what_is_there_is_settled_and_the_rest_looked_through_rarely() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["True", str(EVERY), "True"]
