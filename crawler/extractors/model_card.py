"""Reads applied model cards: what a developer says of its model, in fixed fields.

All of it is the developer's own word. Whom to contact is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from catalogue.drafts import AnyDraft, ClaimDraft, EvidenceDraft, ToolDraft, Value
from catalogue.properties import ASSURANCE
from catalogue.text import one_line, quote
from crawler.extractors.amounts import amounts
from crawler.extractors.assurance import dated
from crawler.extractors.autonomy import autonomy
from crawler.extractors.relations import funder_named
from crawler.extractors.terms import codes, cued
from crawler.page import ReadRequest
from crawler.view.page_view import PageView

NAME = "model_card@2"

_STATED: Final = (
    ("summary", "ModelSummary/Summary"),
    ("intended_use", "UsesAndDirections/IntendedUseAndWorkflow"),
    ("version", "ReleaseInfo/ReleaseVersion"),
    ("limitation", "UsesAndDirections/CautionedOutOfScopeSettings"),
    ("limitation", "Warnings/KnownRisksAndLimitations"),
    ("limitation", "Warnings/KnownBiasesOrEthicalConsiderations"),
)
"""Properties of a tool, and the fields that give them."""

_GROUPS: Final = {
    "UsefulnessUsabilityEfficacy": "BEN_QUALITY",
    "FairnessEquity": "BEN_EQUITY",
    "SafetyReliability": "BEN_SAFETY",
}
"""Groups of metrics, and the benefit that each is about unless its words name another."""

_INSIDE: Final = re.compile(r"\binternal|\bdeveloper|\bcompany|\bself\b|\bin-house", re.IGNORECASE)
_OUTSIDE: Final = re.compile(r"\bexternal|\bindependent|\bthird[ -]party", re.IGNORECASE)
_OWN_MONEY: Final = re.compile(
    r"\b(?:company|self|developer|internal(?:ly)?|privately)[ -]?(?:funded|funding|financed)?\b"
    r"|\bventure|\binvestors?\b",
    re.IGNORECASE,
)


def model_card(view: PageView, request: ReadRequest) -> Iterator[AnyDraft]:
    """The tool with its intended use, limits and version; each metric as a claim; and the tests
    that the metrics come from as evidence, with who paid and who measured.
    """
    del request
    card = view.record or {}
    name, developer = _at(card, "BasicInfo/ModelName"), _at(card, "BasicInfo/ModelDeveloper")
    if not name or not developer:
        return
    yield ToolDraft(
        extractor=NAME,
        name=view.quote_of(name, "/BasicInfo/ModelName"),
        supplier=one_line(developer, 200),
        homepage="",
        values=tuple(dict.fromkeys(_values(view, card))),
    )
    metrics = list(_metrics(card.get("KeyMetrics"), "/KeyMetrics"))
    for place, metric in metrics:
        yield _claim(view, place, metric)
    if metrics:
        yield _evidence(view, card, metrics, name)


def _values(view: PageView, card: Mapping[str, Any]) -> Iterator[Value]:
    for known, path in _STATED:
        if words := _at(card, path):
            said = view.quote_of(quote(words), f"/{path}")
            yield Value(property=known, value=said.text, quote=said)
    users = "UsesAndDirections/PrimaryIntendedUsers"
    if words := _at(card, users):
        for code in codes("user_groups", words):
            said = view.quote_of(quote(words), f"/{users}")
            yield Value(property="user_group", value=code, original=said.text, quote=said)
    directions = ("UsesAndDirections/IntendedUseAndWorkflow", "UsesAndDirections/HowToUse")
    for path in directions:
        words = _at(card, path)
        if level := autonomy(words, labelled=False):
            said = view.quote_of(words[level.start : level.end], f"/{path}")
            yield Value(property="autonomy", value=level.code, original=said.text, quote=said)
            break
    approval = "ReleaseInfo/RegulatoryApproval"
    words = _at(card, approval)
    said = view.quote_of(quote(words), f"/{approval}")
    for cue in cued("assurance_artefacts", words):
        yield dated(cue.term.code, "AST_CLAIMED", words, said)
    named = view.quote_of(view.title, "/BasicInfo/ModelName")
    yield Value(property=f"{ASSURANCE}ASR_MODEL_CARD", value="AST_EVIDENCE_SEEN", quote=named)


def _metrics(value: object, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every metric: a group of fields that has a result, however deep it stands."""
    if isinstance(value, list):
        for at, one in enumerate(value):
            yield from _metrics(one, f"{place}/{at}")
    elif isinstance(value, Mapping):
        if isinstance(value.get("Result"), str) and value["Result"]:
            yield place, value
            return
        for name, inner in value.items():
            yield from _metrics(inner, f"{place}/{name}")


def _claim(view: PageView, place: str, metric: Mapping[str, Any]) -> ClaimDraft:
    """A metric as the developer's claim: with a figure where its result has exactly one."""
    result, goal = str(metric["Result"]), _text(metric.get("MetricGoal"))
    group = next((code for name, code in _GROUPS.items() if name in place), "BEN_QUALITY")
    told = next((cue.term.code for cue in cued("benefits", f"{goal} {result}")), group)
    figures = list(amounts(result))
    figure = figures[0] if len(figures) == 1 else None
    return ClaimDraft(
        extractor=NAME,
        quote=view.quote_of(quote(result), f"{place}/Result"),
        dimension=told if group == "BEN_QUALITY" else group,
        metric=one_line(goal, 80),
        low=None if figure is None or figure.bound else figure.low,
        high=None if figure is None else figure.high,
        unit="" if figure is None else figure.unit,
        hedge="" if figure is None else figure.bound,
        population=one_line(_text(metric.get("TestingDataDescription")), 60),
        method=one_line(_text(metric.get("TestType")), 60) or "NOT_STATED",
    )


def _evidence(
    view: PageView,
    card: Mapping[str, Any],
    metrics: list[tuple[str, Mapping[str, Any]]],
    name: str,
) -> EvidenceDraft:
    """The tests behind the metrics: the developer's own unless the card says otherwise."""
    types = "; ".join(dict.fromkeys(_text(metric.get("TestType")) for _, metric in metrics))
    outside = _OUTSIDE.search(types) is not None and _INSIDE.search(types) is None
    money = _at(card, "TrustIngredients/TransparencyInformation/FundingSource")
    place, metric = metrics[0]
    funder = "REL_SUPPLIER" if _OWN_MONEY.search(money) else funder_named([money] if money else [])
    return EvidenceDraft(
        extractor=NAME,
        title=one_line(f"{name}: tests on its model card ({types or 'not described'})", 200),
        quote=view.quote_of(quote(str(metric["Result"])), f"{place}/Result"),
        evidence_type="EVT_NRNC" if outside else "EVT_UNPUB",
        strength="EVS_2" if outside else "EVS_1",
        funder=funder,
        measurer="REL_INDEPENDENT" if outside else "REL_SUPPLIER",
        author="REL_SUPPLIER",
        peer_reviewed=None if outside else False,
    )


def _at(card: Mapping[str, Any], path: str) -> str:
    """The words at a path; "" where there are none."""
    value: object = card
    for part in path.split("/"):
        value = value.get(part) if isinstance(value, Mapping) else None
    return _text(value)


def _text(value: object) -> str:
    """The words of a field; several are joined."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    if isinstance(value, Mapping):
        return "; ".join(filter(None, map(_text, value.values())))
    return value if isinstance(value, str) else ""
