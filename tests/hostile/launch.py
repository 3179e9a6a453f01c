"""The `horizon` command with an embedder that needs no model: `python -m tests.hostile.launch`."""

from __future__ import annotations

from unittest.mock import patch

from search.embedder import Embedder
from tests.search.shelf import HashingEmbedder
from tui.cli.main import main
from tui.live import Live


def hashing(live: Live) -> Embedder:
    """In place of `Live.embedder`."""
    del live
    return HashingEmbedder()


if __name__ == "__main__":
    with patch.object(Live, "embedder", hashing):
        main()
