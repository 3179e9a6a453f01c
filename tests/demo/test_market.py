"""The invented market is as large, as varied and as consistent as it is said to be."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from demo import observed_at
from demo.market import Day, Host, _changed, load_market
from demo.render import NOTICE, render_page
from tests.demo.reading import addresses, get, words

DAYS: tuple[Day, ...] = (1, 2)


def suppliers(day: Day) -> list[Host]:
    return [host for host in load_market(day).values() if host.kind == "supplier"]


@pytest.mark.parametrize("day", DAYS)
def test_every_page_says_that_it_is_invented(day: Day) -> None:
    for url in addresses(day):
        assert NOTICE in words(day, url), url


@pytest.mark.parametrize("day", DAYS)
def test_every_machine_page_says_that_it_is_invented(day: Day) -> None:
    for host in load_market(day).values():
        for path in ("/robots.txt", "/sitemap.xml", "/no-such-page", *(["/feed/"] * host.feed)):
            assert NOTICE in get(day, host.base + path).body, host.base + path


def test_the_market_is_as_large_as_promised() -> None:
    market = load_market(1)
    assert len(suppliers(1)) >= 14
    assert sum(len(host.products) for host in market.values()) >= 22
    assert 90 <= len(addresses(1)) <= 140
    assert {host.kind for host in market.values()} == {"supplier", "network", "press", "government"}


def test_sites_differ_as_real_ones_do() -> None:
    hosts = suppliers(1)
    assert len({host.layout for host in hosts}) >= 6
    assert {host.structured for host in hosts} == {"graph", "list", "none"}
    assert {host.validators for host in hosts} == {"both", "etag", "last_modified", "none"}
    assert {host.sitemap for host in hosts} == {"plain", "index"}
    assert any(host.rebuilt for host in hosts)
    assert any(host.moved for host in hosts)
    assert [host.host for host in hosts if "/pricing" in host.disallow] == ["www.gatewick.example"]


def test_hosts_and_company_numbers_are_of_ranges_that_nobody_has() -> None:
    for host in load_market(2).values():
        assert host.host.endswith(".example")
        if host.company:
            assert re.fullmatch(r"99000\d{3}", host.company.number)
    numbers = [host.company.number for host in suppliers(2) if host.company]
    assert len(set(numbers)) == len(numbers) == len(suppliers(2))


@pytest.mark.parametrize("day", DAYS)
def test_every_link_leads_to_a_page_or_to_what_moved_or_is_forbidden(day: Day) -> None:
    for url in addresses(day):
        base = url[: url.index("/", len("http://"))]
        for target in re.findall(r'href="([^"#]+)"', get(day, url).body):
            address = base + target if target.startswith("/") else target
            assert get(day, address).status in {200, 301}, f"{url} -> {address}"


@pytest.mark.parametrize("day", DAYS)
def test_every_product_page_names_its_tool_and_its_supplier_states_its_number(day: Day) -> None:
    for host in suppliers(day):
        assert host.company is not None
        for page in host.products:
            assert page.tool is not None
            assert page.tool.name in words(day, host.base + page.path)
        pages = [words(day, host.base + page.path) for page in host.standing]
        assert any(host.company.number in text for text in pages), host.host


def test_a_day_has_the_same_bytes_but_for_the_counters() -> None:
    for host in load_market(1).values():
        for page in host.pages:
            first, again = (render_page(host, page, viewers) for viewers in (4, 4))
            assert first == again
            other = render_page(host, page, 5)
            assert (other != first) == host.counter, f"{host.base}{page.path}"


def test_nothing_on_day_1_is_dated_after_it() -> None:
    for day in DAYS:
        for host in load_market(day).values():
            for page in host.pages:
                if page.published:
                    at = datetime.combine(page.published, datetime.min.time(), UTC)
                    assert at <= observed_at(day), page.path


def test_a_change_of_day_2_that_changes_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="are not there"):
        _changed({"title": "Rota"}, {"replace": {"roster": "rota"}}, "/x")
    with pytest.raises(ValueError, match="knows 'replace' and 'set'"):
        _changed({"title": "Rota"}, {"remove": "title"}, "/x")


def test_a_change_of_day_2_reaches_a_key_inside_a_key() -> None:
    raw = {"tool": {"name": "Rota", "price": ""}}
    changed = _changed(raw, {"set": {"tool.price": "£1"}}, "/x")
    assert changed == {"tool": {"name": "Rota", "price": "£1"}}
    assert raw == {"tool": {"name": "Rota", "price": ""}}
