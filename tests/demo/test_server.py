"""The server of the invented market answers as a proxy, a web server and an API do."""

from __future__ import annotations

import gzip
import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from demo.server import MarketServer

ROTAFLOW = "http://www.rotaflow.example/products/rotaflow"


@pytest.fixture(scope="module")
def market() -> Iterator[MarketServer]:
    with MarketServer(day=1) as server:
        yield server


@contextmanager
def asked(
    server: MarketServer, target: str, method: str = "GET", **headers: str
) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(str(urlsplit(server.address).netloc), timeout=5)
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, target, headers=fields)
    try:
        yield connection.getresponse()
    finally:
        connection.close()


def test_listens_on_loopback_only(market: MarketServer) -> None:
    assert market.address.startswith("http://127.0.0.1:")


def test_takes_the_absolute_form_as_a_proxy_does(market: MarketServer) -> None:
    with asked(market, ROTAFLOW) as reply:
        assert reply.status == 200
        assert "RotaFlow" in reply.read().decode()


def test_takes_the_origin_form_with_a_host_header(market: MarketServer) -> None:
    with asked(market, "/products/rotaflow", Host="www.rotaflow.example") as reply:
        assert reply.status == 200
        assert "RotaFlow" in reply.read().decode()


def test_a_host_outside_the_market_is_a_bad_gateway(market: MarketServer) -> None:
    with asked(market, "http://www.nowhere.example/") as reply:
        assert reply.status == 502


def test_a_new_supplier_is_there_on_day_2_only(market: MarketServer) -> None:
    with asked(market, "http://www.tidewrack.example/") as reply:
        assert reply.status == 502
    with (
        MarketServer(day=2) as later,
        asked(later, "http://www.tidewrack.example/") as reply,
    ):
        assert reply.status == 200


def test_head_gives_the_headers_without_the_body(market: MarketServer) -> None:
    with asked(market, ROTAFLOW) as whole:
        length = len(whole.read())
    with asked(market, ROTAFLOW, method="HEAD") as reply:
        assert reply.status == 200
        assert int(reply.headers["Content-Length"]) == length
        assert reply.read() == b""


def test_compresses_where_it_is_accepted(market: MarketServer) -> None:
    with asked(market, ROTAFLOW) as plain:
        assert plain.headers["Content-Encoding"] is None
        text = plain.read()
    with asked(market, ROTAFLOW, Accept_Encoding="gzip, deflate") as zipped:
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(zipped.read()) == text


def test_an_entity_tag_that_still_holds_is_answered_with_304(market: MarketServer) -> None:
    with asked(market, ROTAFLOW) as first:
        tag = first.headers["ETag"]
    with asked(market, ROTAFLOW, If_None_Match=tag) as again:
        assert again.status == 304
        assert again.headers["ETag"] == tag
        assert again.read() == b""
    with asked(market, ROTAFLOW, If_None_Match='"other"') as changed:
        assert changed.status == 200


def test_an_entity_tag_outweighs_a_date(market: MarketServer) -> None:
    with asked(
        market,
        ROTAFLOW,
        If_None_Match='"other"',
        If_Modified_Since="Fri, 01 Jan 2027 00:00:00 GMT",
    ) as reply:
        assert reply.status == 200


def test_a_date_that_still_holds_is_answered_with_304(market: MarketServer) -> None:
    sortwell = "http://www.marlpit.example/products/sortwell"
    with asked(market, sortwell) as first:
        assert first.headers["ETag"] is None
        date = first.headers["Last-Modified"]
    with asked(market, sortwell, If_Modified_Since=date) as again:
        assert again.status == 304
    with asked(market, sortwell, If_Modified_Since="Sat, 01 Jan 2022 00:00:00 GMT") as older:
        assert older.status == 200
    with asked(market, sortwell, If_Modified_Since="yesterday") as nonsense:
        assert nonsense.status == 200


def test_a_changed_page_has_another_tag_and_date_on_day_2(market: MarketServer) -> None:
    with asked(market, ROTAFLOW) as first:
        tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    with MarketServer(day=2) as later:
        with asked(later, ROTAFLOW, If_None_Match=tag) as changed:
            assert changed.status == 200
            assert "up to 3 hours a week" in changed.read().decode()
        with asked(later, ROTAFLOW, If_Modified_Since=date) as changed:
            assert changed.status == 200
        about = "http://www.rotaflow.example/about"
        with asked(market, about) as before:
            kept = before.headers["ETag"]
        with asked(later, about, If_None_Match=kept) as unchanged:
            assert unchanged.status == 304


def test_counters_move_and_such_hosts_give_no_validators(market: MarketServer) -> None:
    bodies = set()
    for _ in range(2):
        with asked(market, "http://www.hailbridge.example/about") as reply:
            assert reply.headers["ETag"] is None
            assert reply.headers["Last-Modified"] is None
            bodies.add(reply.read())
    assert len(bodies) == 2


def test_a_moved_page_says_where_it_went(market: MarketServer) -> None:
    with asked(market, "http://www.rotaflow.example/solutions/rotaflow") as reply:
        assert reply.status == 301
        assert reply.headers["Location"] == ROTAFLOW


def test_a_page_that_never_was_and_one_that_is_gone_differ(market: MarketServer) -> None:
    gone = "http://www.tansyrow.example/products/minutemill"
    with asked(market, f"{gone}s") as missing:
        assert missing.status == 404
    with asked(market, gone) as still:
        assert still.status == 200
    with MarketServer(day=2) as later, asked(later, gone) as reply:
        assert reply.status == 410


def test_the_search_api_refuses_a_parameter_it_does_not_know(market: MarketServer) -> None:
    with asked(market, "http://www.govdemo.example/api/search.json?colour=blue") as reply:
        assert reply.status == 422
        assert json.loads(reply.read()) == {"error": "Unexpected parameters: colour"}


def test_leaving_the_context_closes_the_port() -> None:
    with MarketServer(day=1) as server:
        address = urlsplit(server.address)
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection(str(address.netloc), timeout=2).request("GET", "/")
