"""What a field means, read from the source when somebody asks."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel

from catalogue import docstrings


class Base(BaseModel):
    """A class."""

    kept: int = 1
    """Said by
    the base."""
    told_anew: int = 2
    """Said by the base."""
    untold: int = 3


class Extended(Base):
    """Its docstring is no field's."""

    told_anew: int = 4
    """Said by the heir."""
    kept: int = 5


@dataclass
class Plain:
    """A dataclass."""

    field: str = ""
    """Of a plain class."""
    "not the field's: it follows a docstring"


def test_what_stands_under_a_field_is_its_meaning() -> None:
    assert docstrings.of_fields(Base) == {
        "kept": "Said by\nthe base.",
        "told_anew": "Said by the base.",
    }
    assert docstrings.of_fields(Plain) == {"field": "Of a plain class."}


def test_an_heir_means_what_its_base_does_unless_it_says_otherwise() -> None:
    assert docstrings.of_fields(Extended) == {
        "kept": "Said by\nthe base.",
        "told_anew": "Said by the heir.",
    }
