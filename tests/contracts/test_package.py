"""What an installed package needs beside its modules is inside a package."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_migrations_and_styles_stand_in_packages_and_so_come_along() -> None:
    for found in (*ROOT.glob("migrations/**/*.py"), *ROOT.glob("tui/**/*.tcss")):
        assert (found.parent / "__init__.py").is_file(), found
