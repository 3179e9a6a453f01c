"""Where a page says that something is in use, since when, how far, and who paid."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from catalogue.drafts import DeploymentDraft
from crawler.extractors.deployments import deployments
from crawler.page import Page, ReadRequest
from crawler.view.page_view import view_html

TRUST = "Saltreach Community Health NHS Trust"


def read(*paragraphs: str, title: str = "A year on") -> list[DeploymentDraft]:
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    page = Page(
        "http://www.network.example/news/one",
        f"<html><title>{title}</title><main><h1>{title}</h1>{body}</main></html>".encode(),
        "text/html",
        datetime(2026, 10, 5, tzinfo=UTC),
    )
    request = ReadRequest(("news",), "Network", "VOICE_NETWORK", "http://www.network.example/")
    return list(deployments(view_html(page), request, "news@1"))


@pytest.mark.parametrize(
    "words",
    [
        f"{TRUST} plans to roll out QuillNote next year.",
        f"{TRUST} hopes to use QuillNote on its wards.",
        f"{TRUST} is considering QuillNote, and could use it in every clinic.",
        f"{TRUST} would like to try QuillNote.",
        f"{TRUST} is set to become the first trust to roll out QuillNote.",
        f"If it helps, QuillNote will be rolled out at {TRUST}.",
        f"{TRUST} will use QuillNote for a second winter.",
        f"QuillNote has not yet been rolled out at {TRUST}.",
        f"{TRUST} has never used QuillNote.",
        f"{TRUST} doesn't use QuillNote.",
        f"{TRUST} decided against using QuillNote.",
        f"Nurses at {TRUST} used to type their notes by hand.",
        f"Our customers: {TRUST}, Fenbury General Hospitals NHS Trust, Rosewood Surgery.",
        f"We are proud partners of {TRUST}.",
        f"We work with {TRUST} on research.",
        f"The figures come from data provided by {TRUST}.",
    ],
)
def test_wishes_plans_denials_and_lists_are_no_deployment(words: str) -> None:
    assert read(words) == []


@pytest.mark.parametrize(
    ("words", "phase"),
    [
        (f"{TRUST} uses QuillNote.", "PH_PRODUCTION"),
        (f"{TRUST} uses QuillNote in a pilot with 40 nurses.", "PH_BETA_PILOT"),
        (f"After a pilot, {TRUST} plans to roll QuillNote out.", "PH_BETA_PILOT"),
        (f"{TRUST} is trialling QuillNote, which could save an hour a day.", "PH_BETA_PILOT"),
        (f"{TRUST} uses QuillNote and plans to extend it.", "PH_PRODUCTION"),
        (f"QuillNote went live at {TRUST} in May.", "PH_PRODUCTION"),
        (f"{TRUST} not only uses QuillNote, it helped to design it.", "PH_PRODUCTION"),
        (f"{TRUST} has signed a contract for QuillNote after a pilot.", "PH_PRE_DEPLOYMENT"),
        (f"{TRUST} will go live with QuillNote on 3 March 2027.", "PH_PRE_DEPLOYMENT"),
        (f"{TRUST} will introduce QuillNote in the autumn.", "PH_PRE_DEPLOYMENT"),
        (f"{TRUST} is the first community trust to adopt QuillNote.", "PH_NOT_STATED"),
        (f"{TRUST} led an evaluation of QuillNote.", "PH_BETA_PILOT"),
        (f"{TRUST} introduced QuillNote in 2025.", "PH_PRODUCTION"),
        (f"{TRUST} scrapped the tool after a pilot.", "PH_RETIRED"),
        (f"{TRUST} stopped using QuillNote.", "PH_RETIRED"),
        (f"{TRUST} no longer uses QuillNote.", "PH_RETIRED"),
        (f"{TRUST} did not renew its licence.", "PH_RETIRED"),
        (f"{TRUST} has paused its pilot of QuillNote.", "PH_PAUSED"),
    ],
)
def test_how_far_a_use_has_come(words: str, phase: str) -> None:
    (one,) = read(words)
    assert (one.buyer, one.phase, one.setting) == (TRUST, phase, "SET_COMMUNITY")
    assert one.quote.text == words


def test_each_organisation_has_what_is_said_of_it() -> None:
    found = read(
        f"{TRUST} uses QuillNote, while Fenbury General Hospitals NHS Trust has not yet used it.",
        "Rosewood Surgery is trialling QuillNote, but Aldermoor Council plans to use it in 2027.",
    )
    assert [(one.buyer, one.phase) for one in found] == [
        (TRUST, "PH_PRODUCTION"),
        ("Rosewood Surgery", "PH_BETA_PILOT"),
    ]


def test_those_who_use_it_together_are_named_together() -> None:
    found = read("Leeds Hospitals NHS Trust and Barts Health NHS Trust use QuillNote.")
    assert [one.buyer for one in found] == ["Leeds Hospitals NHS Trust", "Barts Health NHS Trust"]


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("has used it since March 2026.", date(2026, 3, 1), None),
        ("tried it from January to June 2025.", date(2025, 1, 1), date(2025, 6, 1)),
        ("piloted it between 3 May and 14 June 2025.", date(2025, 5, 3), date(2025, 6, 14)),
        ("trialled it from November 2025 to March 2026.", date(2025, 11, 1), date(2026, 3, 1)),
        ("began a 12-week pilot of it on 2nd March 2026.", date(2026, 3, 2), None),
        ("went live with it in early May 2026.", date(2026, 5, 1), None),
        ("has used it since 2024.", date(2024, 1, 1), None),
        ("stopped using it in August 2026.", None, date(2026, 8, 1)),
        ("uses it. The pilot began on 2 March 2026.", date(2026, 3, 2), None),
        ("uses it. The trust bought it in May 2025 and has used it since June 2025.",
         date(2025, 6, 1), None),
        ("uses it for 2026 patients. It was founded in March 1998.", None, None),
        ("uses it since last spring.", None, None),
        ("uses it. Rosewood Surgery has used it since May 2024.", None, None),
    ],
)  # fmt: skip
def test_dates_are_those_that_the_words_give(
    words: str, start: date | None, end: date | None
) -> None:
    one = read(f"{TRUST} {words}")[0]
    assert (one.started_on, one.ended_on) == (start, end)


@pytest.mark.parametrize(
    ("words", "phase", "funding"),
    [
        ("is trialling it free of charge.", "PH_FREE_TRIAL", "SUPPLIER_FREE"),
        ("is trialling it. The supplier paid for the trial.", "PH_FREE_TRIAL", "SUPPLIER_FREE"),
        ("uses it, after a free six-week trial.", "PH_PRODUCTION", "SUPPLIER_FREE"),
        ("is trialling it. The trial is not free of charge.", "PH_BETA_PILOT", "UNKNOWN"),
        ("uses it, free of charge to patients.", "PH_PRODUCTION", "UNKNOWN"),
        ("uses it at a discount.", "PH_PRODUCTION", "SUPPLIER_DISCOUNT"),
        ("piloted it with a grant from the Lark Foundation.", "PH_BETA_PILOT", "GRANT"),
        ("piloted it, funded by NHS England.", "PH_BETA_PILOT", "NATIONAL_PROGRAMME"),
        ("piloted it. The trust paid from its own budget.", "PH_BETA_PILOT", "LOCAL_BUDGET"),
    ],
)
def test_who_paid(words: str, phase: str, funding: str) -> None:
    one = read(f"{TRUST} {words}")[0]
    assert (one.phase, one.funding) == (phase, f"TRIAL_FUND_{funding}")


def test_a_payer_is_that_of_the_organisation_it_is_said_of() -> None:
    found = read(
        f"{TRUST} uses QuillNote and paid from its own budget.",
        "Rosewood Surgery has it as a free trial.",
    )
    assert [one.funding for one in found] == [
        "TRIAL_FUND_LOCAL_BUDGET",
        "TRIAL_FUND_SUPPLIER_FREE",
    ]


def test_a_national_body_is_a_user_only_where_it_uses_something_itself() -> None:
    assert read("NHS England has funded a pilot of QuillNote and launched a framework.") == []
    assert [one.buyer for one in read("NHSBSA uses QuillNote.")] == ["NHSBSA"]
