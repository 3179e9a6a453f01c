from __future__ import annotations

from ipaddress import ip_address

import pytest
from twisted.internet.error import DNSLookupError

from crawler.reach import GuardedResolver, Reach, is_public, literal

PRIVATE = """
127.0.0.1 127.0.0.2 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0
192.0.2.1 198.18.0.1 192.88.99.1 224.0.0.1 255.255.255.255
:: ::1 ::ffff:127.0.0.2 ::127.0.0.1 64:ff9b::7f00:2 64:ff9b:1::1 2002:7f00:2::
2001:0:4136:e378:: fe80::1 fe80::1%eth0 fc00::1 fec0::1 ff02::1 2001:db8::1
"""

PUBLIC = """
8.8.8.8 1.1.1.1 151.101.0.144 2606:4700::1111 64:ff9b::808:808 2002:808:808::
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_are(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.2", "2130706434", "0x7f000002", "017700000002", "127.2", "0x7f.2", "::ffff:7f00:2"],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_spelling_of_a_private_number_is_refused(scheme: str, host: str) -> None:
    url = f"{scheme}://{f'[{host}]' if ':' in host else host}/secret"
    assert "private" in Reach({"rota.example"}).refusal(url)


@pytest.mark.parametrize(
    "host", ["localhost", "intranet", "db.internal", "nas.local", "x.home.arpa", "LOCALHOST"]
)
def test_names_inside_a_network_are_refused(host: str) -> None:
    assert "inside a network" in Reach(set()).refusal(f"http://{host}/")


@pytest.mark.parametrize("url", ["ftp://a.example/", "file:///etc/passwd", "gopher://a.example/"])
def test_only_web_schemes_are_fetched(url: str) -> None:
    assert "Only http" in Reach({"a.example"}).refusal(url)


@pytest.mark.parametrize("host", ["a..b.example", "ex%61mple.example", "x" * 64 + ".example"])
def test_what_is_no_name_of_a_host_is_refused(host: str) -> None:
    assert "not the name" in Reach(set()).refusal(f"http://{host}/")


def test_nobody_logs_in() -> None:
    assert "user name" in Reach({"rota.example"}).refusal("http://user:word@rota.example/")


def test_what_the_source_names_may_be_private() -> None:
    reach = Reach({"127.0.0.1", "intranet"})
    assert reach.refusal("http://127.0.0.1:8741/x") == ""
    assert reach.refusal("http://intranet/") == ""
    assert reach.refusal("http://127.0.0.2:8741/x") != ""


def test_a_name_is_looked_up_before_a_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(host: str, *_: object, **__: object) -> list[object]:
        if host == "unknown.nhs.uk":
            raise OSError
        number = "10.0.0.8" if host == "inner.nhs.uk" else "151.101.0.144"
        return [(2, 1, 6, "", (number, 0))]

    monkeypatch.setattr("crawler.reach.socket.getaddrinfo", lookup)
    reach = Reach({"named.nhs.uk"}, through_proxy=True)
    assert "10.0.0.8" in reach.refusal_by_lookup("http://inner.nhs.uk/")
    assert reach.refusal_by_lookup("http://www.nhs.uk/") == ""
    assert reach.refusal_by_lookup("http://unknown.nhs.uk/") == ""
    assert reach.refusal_by_lookup("http://rota.example/") == ""


def test_the_resolver_judges_the_number_that_is_connected_to() -> None:
    resolver = GuardedResolver.__new__(GuardedResolver)
    resolver._named = frozenset({"named.nhs.uk"})
    resolver.refused = {}
    assert resolver._check("151.101.0.144", "www.nhs.uk") == "151.101.0.144"
    assert resolver._check("10.0.0.8", "named.nhs.uk") == "10.0.0.8"
    with pytest.raises(DNSLookupError):
        resolver._check("10.0.0.8", "Rebound.nhs.uk")
    assert resolver.refused == {"rebound.nhs.uk": "10.0.0.8"}


def test_a_name_is_no_number() -> None:
    assert literal("rota.example") is None
    assert literal("dead.beef") is None
    assert str(literal("127.1")) == "127.0.0.1"
