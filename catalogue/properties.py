"""The properties that statements give values for, and how each is shown."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.errors import VocabularyError, nearest
from catalogue.vocabularies import load


@dataclass(frozen=True, slots=True)
class Property:
    """One property of tools or organisations."""

    name: str
    label: str
    many: bool = False
    """Whether all current values are shown, and not the one that takes precedence."""
    vocabulary: str = ""
    """Name of the vocabulary that its values are codes of."""
    expected: bool = False
    """Whether its absence is shown ("not stated")."""


PROPERTIES: dict[str, Property] = {
    known.name: known
    for known in (
        Property("name", "Name"),
        Property("summary", "What it does"),
        Property("homepage", "Page"),
        Property("feature", "Feature", many=True),
        Property("use_case", "Use case", many=True, vocabulary="use_cases"),
        Property("setting", "Care setting", many=True, vocabulary="settings"),
        Property("user_group", "Users", many=True, vocabulary="user_groups"),
        Property("autonomy", "Autonomy", vocabulary="autonomy", expected=True),
        Property("price", "Price", expected=True),
        Property("integration", "Integrates with", many=True, expected=True),
        Property("data_location", "Data kept in", vocabulary="data_locations", expected=True),
        Property("version", "Version"),
        Property("availability", "Availability"),
        Property("listing", "Listed on", many=True),
        Property("reselling", "Sold as"),
        Property("resold_from", "Resold from"),
        Property("intended_use", "Intended use"),
        Property("limitation", "Limits and risks", many=True),
        Property("constraint", "Constraints"),
        Property("requirement", "Needs", many=True),
        Property("hosting", "Hosting", many=True),
        Property("api_use", "What its API allows"),
        Property("sign_in", "Signing in", many=True),
        Property("support", "Support"),
        Property("trial", "Free trial"),
        Property("export_format", "Data can be taken out as", many=True),
        Property("exit", "When a contract ends"),
        Property("staff_clearance", "Staff clearance"),
        Property("legal_name", "Legal name"),
        Property("company_number", "Company number"),
        Property("domain", "Domain"),
        Property("company_status", "Status"),
        Property("incorporated_on", "Incorporated on"),
        Property("dissolved_on", "Dissolved on"),
        Property("insolvency", "Insolvency"),
        Property("role", "Role"),
    )
}
"""Properties by name, in the order shown."""

WITHDRAWN = "withdrawn"
"""Value of `availability` where a page says that the tool can no longer be bought."""

ASSURANCE = "assurance."
"""Prefix of the properties whose value is the state of one assurance artefact."""


def property_named(name: str) -> Property:
    """The property of this name; `assurance.ASR_...` stands for each artefact.

    Raises:
        VocabularyError: there is none.
    """
    if name.startswith(ASSURANCE):
        artefact = load()["assurance_artefacts"].get(name.removeprefix(ASSURANCE))
        return Property(name, artefact.label, vocabulary="assurance_states")
    if name not in PROPERTIES:
        raise VocabularyError(f"There is no property '{name}'.", nearest(name, PROPERTIES))
    return PROPERTIES[name]


def display(known: Property, value: str) -> str:
    """A value as a person reads it: the label where the value is a code."""
    if not known.vocabulary:
        return value
    return load()[known.vocabulary].get(value).label
