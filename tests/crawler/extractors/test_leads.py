"""Likely names of tools that nobody knows, and everything that is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extractors.leads import candidates, leads
from crawler.page import Page, ReadRequest
from crawler.view.page_view import view_html


@pytest.mark.parametrize(
    ("sentence", "name", "supplier"),
    [
        ("RotaFlow is an AI tool that plans shifts.", "RotaFlow", ""),
        ("Emma, an AI receptionist, answers calls.", "Emma", ""),
        ("MedQuill is a NER+L tool for notes.", "MedQuill", ""),
        ("The practice has a chatbot called Robin Answers.", "Robin Answers", ""),
        ("Quill Scribe, developed by Hythe Ltd, listens.", "Quill Scribe", "Hythe Ltd"),
        ("Lark Answer, a telephone assistant made by Lark Lines.", "Lark Answer", "Lark Lines"),
        ("Nurses read it on the Visitway app each morning.", "Visitway", ""),
        ("The trust is piloting SlotWren in dermatology.", "SlotWren", ""),
        ("The surgery uses the Fernhollow Visitway software.", "Fernhollow Visitway", ""),
        ("GPs are using Lark Lines's Quill Scribe for notes.", "Quill Scribe", "Lark Lines"),
        ("The board bought Bedlight from Curlew Bank, an AI forecast.", "Bedlight", "Curlew Bank"),
        ("Tansy Row built AskFold, which finds policies.", "AskFold", "Tansy Row"),
        ("The team wrote a robot, Lizzie, for offer letters.", "Lizzie", ""),
        ("The ROVA tool read a million documents.", "ROVA", ""),
        ("eCommunity went live on the wards.", "eCommunity", ""),
    ],
)  # fmt: skip
def test_words_that_tell_of_a_tool_give_its_name(sentence: str, name: str, supplier: str) -> None:
    assert [(one.name, one.supplier) for one in candidates(sentence)] == [(name, supplier)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The trust uses Microsoft Teams, Excel and the NHS App.",
        "The hospital is piloting an Ambient Scribe with its Electronic Patient Record.",
        "It uses FHIR, SNOMED CT and the EMIS system.",
        "The trust uses SystmOne and went live with Epic in March.",
        "Leeds Teaching Hospitals NHS Trust uses it, says Dr Jane Marlow, a clinical lead.",
        "Jane Marlow, a nurse, tried the software on the ward.",
        "It was launched by NHS England's Digital Productivity Programme.",
        "The Data Protection Act is a law that tools must keep.",
        "The council introduced it in September with the Health Foundation.",
        "Staff used the Lark Index method and the Marlow dataset.",
        "We used PyTorch to train a BERT model.",
        "An AI-driven tool and a RAG-based platform were tried on the ward.",
        "Having piloted the software, the trust stopped.",
        "The Quality Framework for Note Writing is a tool for practices.",
        "The scribe wrote the note, as a scribe does.",
        "Is ROVA used in London by patients?",
    ],
)
def test_bodies_people_places_and_standards_are_no_tools(sentence: str) -> None:
    assert candidates(sentence) == []


def page(body: str, publisher: str = "Network") -> list[tuple[str, str]]:
    html = f"<html><title>News</title><main><h1>News</h1><p>{body}</p></main></html>"
    view = view_html(
        Page("http://www.n.example/news/1", html.encode(), "text/html", datetime.now(UTC))
    )
    request = ReadRequest(("news",), publisher, "VOICE_NETWORK", "http://www.n.example/")
    return [(lead.name, lead.quote.text) for lead in leads(view, request, "news@1")]


def test_a_name_is_one_lead_with_the_first_sentence_that_tells_of_it() -> None:
    told = "The trust is piloting SlotWren in its clinics."
    assert page(f"{told} SlotWren is a booking tool.") == [("SlotWren", told)]


def test_the_publisher_is_no_lead_and_other_trades_give_none() -> None:
    assert page("SlotWren is a booking tool for patients.", publisher="SlotWren Ltd") == []
    assert page("SlotWren is a booking tool for drivers.") == []
