"""What is expected of the market stands on its pages, in codes that the vocabularies know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

import demo
from catalogue import vocabularies
from demo.market import Day, load_market
from tests.demo.reading import addresses, get, words

DAYS: tuple[Day, ...] = (1, 2)
VOCABULARY_OF = {
    "UC_": "use_cases",
    "SET_": "settings",
    "SC_": "scope_classes",
    "AUT_": "autonomy",
    "BEN_": "benefits",
    "PH_": "phases",
    "TRIAL_FUND_": "trial_funding",
    "EVT_": "evidence_types",
    "EVS_": "evidence_strengths",
    "ASR_": "assurance_artefacts",
    "AST_": "assurance_states",
    "SIG_": "signals",
}


def strings(tree: object) -> Iterator[str]:
    match tree:
        case str():
            yield tree
        case list():
            for item in tree:
                yield from strings(item)
        case dict():
            for key, item in tree.items():
                yield from strings(key)
                yield from strings(item)


def quoted(day: Day) -> Iterator[dict[str, Any]]:
    expected = demo.load_expected(day)
    for tool in expected["tools"].values():
        yield from tool["claims"]
    yield from expected["not_claims"]
    yield from expected["deployments"]


@pytest.mark.parametrize("day", DAYS)
def test_every_quote_stands_on_its_page(day: Day) -> None:
    items = list(quoted(day))
    assert len(items) > 80
    for item in items:
        assert " ".join(item["quote"].split()) in words(day, item["url"]), item


@pytest.mark.parametrize("day", DAYS)
def test_every_code_is_in_its_vocabulary(day: Day) -> None:
    known = vocabularies.load()
    codes = {
        (name, text)
        for text in strings(demo.load_expected(day))
        for prefix, name in VOCABULARY_OF.items()
        if text.startswith(prefix)
    }
    assert len(codes) > 60
    for name, code in sorted(codes):
        assert known[name].get(code).code == code


@pytest.mark.parametrize("day", DAYS)
def test_every_tool_stands_on_its_homepage_with_its_price(day: Day) -> None:
    gone = demo.load_expected(day)["gone"]
    for name, tool in demo.load_expected(day)["tools"].items():
        if tool["homepage"] in gone:
            assert get(day, tool["homepage"]).status == 410
            assert not tool["claims"]
            continue
        text = words(day, tool["homepage"])
        assert name in text
        if tool["price"] is None:
            assert "£" not in text
            assert "Price" not in text
        else:
            assert tool["price"] in text


def test_every_product_page_of_the_market_is_expected() -> None:
    for day in DAYS:
        expected = {tool["homepage"] for tool in demo.load_expected(day)["tools"].values()}
        pages = {
            host.base + page.path for host in load_market(day).values() for page in host.products
        }
        assert pages == expected - set(demo.load_expected(day)["gone"])


def test_the_market_is_as_varied_as_promised() -> None:
    tools = demo.load_expected(1)["tools"]
    assert len(tools) >= 22
    assert len({code for tool in tools.values() for code in tool["use_cases"]}) >= 12
    assert len({code for tool in tools.values() for code in tool["settings"]}) >= 8
    assert [name for name, tool in tools.items() if tool["scope"] == "SC_CLINICAL_OUT"] == [
        "ThoraxLens"
    ]
    assert {tool["autonomy"] for tool in tools.values() if tool["autonomy"]} >= {
        "AUT_0_RULES",
        "AUT_1_OPERATOR",
        "AUT_2_COLLABORATOR",
        "AUT_3_CONSULTANT",
        "AUT_4_APPROVER",
        "AUT_5_OBSERVER",
    }
    hedges = {claim["hedge"] for tool in tools.values() for claim in tool["claims"]}
    assert {"", "up to", "nearly", "more than", "estimated"} <= hedges


@pytest.mark.parametrize("day", DAYS)
def test_a_hedged_figure_is_never_a_point(day: Day) -> None:
    for tool in demo.load_expected(day)["tools"].values():
        for claim in tool["claims"]:
            assert bool(claim["hedge"]) == (claim["low"] != claim["high"]), claim
            assert claim["hedge"] in claim["quote"].lower(), claim


@pytest.mark.parametrize("day", DAYS)
def test_suppliers_are_those_of_the_sites(day: Day) -> None:
    expected = demo.load_expected(day)
    companies = {
        host.company.legal_name: {"number": host.company.number, "host": host.host}
        for host in load_market(day).values()
        if host.company
    }
    assert expected["suppliers"] == companies
    assert {tool["supplier"] for tool in expected["tools"].values()} == set(companies)


@pytest.mark.parametrize("day", DAYS)
def test_documents_are_counted_as_a_polite_crawl_would(day: Day) -> None:
    expected = demo.load_expected(day)
    assert {file.stem for file in demo.source_files(day)} == set(expected["documents"])
    for file in demo.source_files(day):
        walk = yaml.safe_load(file.read_text(encoding="utf-8"))["walk"]
        host = load_market(day)[str(urlsplit(walk["url"]).hostname)]
        pages = {
            "site": [page for page in host.standing if page.path not in host.disallow],
            "feed": list(host.articles),
            "govuk": [page for page in host.standing if page.gov],
        }[walk["archetype"]]
        assert len(pages) == expected["documents"][file.stem], file.stem


@pytest.mark.parametrize("day", DAYS)
def test_forbidden_addresses_are_forbidden_and_gone_ones_gone(day: Day) -> None:
    expected = demo.load_expected(day)
    for url in expected["forbidden"]:
        parts = urlsplit(url)
        assert f"Disallow: {parts.path}" in get(day, f"http://{parts.hostname}/robots.txt").body
        assert not any(item["url"] == url for item in quoted(day))
    for url in expected["gone"]:
        assert get(day, url).status == 410


def test_a_page_names_four_tools_in_one_pilot() -> None:
    mentions = demo.load_expected(1)["mentions"]
    assert max(len(names) for names in mentions.values()) == 4
    for url, names in mentions.items():
        assert all(name in words(1, url) for name in names)


def test_one_study_is_told_with_a_number_that_drifts() -> None:
    retold = demo.load_expected(1)["restated"]
    claims = demo.load_expected(1)["tools"]["Quill Scribe"]["claims"]
    for telling in retold:
        assert any(
            claim["url"] == telling["url"] and claim["high"] == telling["figure"]
            for claim in claims
        )
    assert [telling["figure"] for telling in retold] == [23.5, 25, 25]


def test_exactly_the_changed_pages_changed() -> None:
    expected = demo.load_expected(2)
    before, after = set(addresses(1)), set(addresses(2))
    crawled = {url for url in after - before if "wardandwire.example/2" in url or "tide" in url}
    assert after - before == crawled == set(expected["new"])
    assert before - after == {"http://www.tansyrow.example/products/minutemill"}
    own_words = {url for url in before & after if said(1, url) != said(2, url)}
    # The paper's front page lists its stories, and is read by nobody: its feed is.
    assert own_words - {"http://www.wardandwire.example/"} == set(expected["changed"])


def said(day: Day, url: str) -> str:
    """A page's own words: navigation, related stories and counters left out."""
    tree = LexborHTMLParser(get(day, url, visit=0).body)
    tree.strip_tags(["nav", "aside", "script", "style", "head"])
    for css in (".sidebar", "#leftnav", ".more"):
        for node in tree.css(css):
            node.decompose()
    return " ".join(tree.body.text(separator=" ").split()) if tree.body else ""


def test_signals_follow_from_what_is_expected_of_both_days() -> None:
    first, second = demo.load_expected(1), demo.load_expected(2)
    signals = {signal["type"]: signal for signal in second["signals"]}
    assert len(signals) == len(second["signals"]) == 7
    assert "signals" not in first
    changed = signals["SIG_CLAIM_CHANGED"]
    assert first["tools"][changed["subject"]]["claims"] != second["tools"]["RotaFlow"]["claims"]
    renamed = signals["SIG_RENAMED"]
    assert renamed["before"] in first["tools"]
    assert renamed["before"] not in second["tools"]
    assert first["tools"][renamed["before"]] == second["tools"][renamed["after"]]
    for kind, key in (("SIG_AUTONOMY_RAISED", "autonomy"), ("SIG_PRICE_CHANGED", "price")):
        signal = signals[kind]
        assert first["tools"][signal["subject"]][key] == signal["before"]
        assert second["tools"][signal["subject"]][key] == signal["after"]
    lapsed = signals["SIG_ASSURANCE_LAPSED"]
    for expected, state in ((first, lapsed["before"]), (second, lapsed["after"])):
        assert expected["tools"][lapsed["subject"]]["assurance"][lapsed["artefact"]] == state
    assert set(second["suppliers"]) - set(first["suppliers"]) == {
        signals["SIG_NEW_SUPPLIER"]["subject"]
    }
    assert set(second["tools"]) - set(first["tools"]) - {renamed["after"]} == {
        signals["SIG_NEW_SUPPLIER"]["after"]
    }
    assert set(second["gone"]) - set(first["gone"]) == {signals["SIG_SITE_GONE"]["before"]}


def test_tools_that_no_signal_names_stay_as_they_were() -> None:
    first, second = demo.load_expected(1)["tools"], demo.load_expected(2)["tools"]
    subjects = {signal["subject"] for signal in demo.load_expected(2)["signals"]}
    for name in first.keys() & second.keys():
        assert (first[name] == second[name]) or name in subjects, name


def test_no_other_certificate_ends_between_the_days() -> None:
    lapsing = set()
    before = set(addresses(1))
    for url in addresses(2):
        text = words(1 if url in before else 2, url)
        for until in re.findall(r"until (\d{1,2} [A-Z][a-z]+ 20\d\d)", text):
            if datetime.strptime(until, "%d %B %Y").replace(tzinfo=UTC) < demo.observed_at(2):
                lapsing.add(url)
    assert lapsing == {"http://www.murmurthrush.example/products/murmuration"}
