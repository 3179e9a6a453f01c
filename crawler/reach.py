"""Which machines a crawl may reach: public ones, and those that a source file names itself.

The check is made twice. `Reach.refusal` looks at the address as written, which is all there is
to look at when a proxy does the connecting. `GuardedResolver` looks at the number that a name
turned into, at the moment it is connected to, so a name that changes its mind gains nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Final, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler.address import host_of, leads_to_a_host

NAMED_HOSTS: Final = "HORIZON_NAMED_HOSTS"
"""The Scrapy setting that lists the hosts which may have private addresses."""

_INNER_SUFFIXES: Final = (
    ".localhost",
    ".local",
    ".localdomain",
    ".internal",
    ".intranet",
    ".lan",
    ".home.arpa",
)
_NOWHERE_SUFFIXES: Final = (".example", ".test", ".invalid")
"""Names that stand for no machine (RFC 2606): only a proxy can answer for them."""

_NOT_GLOBAL: Final = tuple(
    ip_network(text)
    for text in (
        "64:ff9b:1::/48",  # NAT64 of private use (RFC 8215)
        "100.64.0.0/10",  # carrier-grade NAT (RFC 6598)
        "192.88.99.0/24",  # 6to4 relays, withdrawn (RFC 7526)
        "2001::/23",  # protocol assignments, Teredo among them
        "5f00::/16",  # segment routing (RFC 9602)
        "fec0::/10",  # site-local, withdrawn (RFC 3879)
    )
)
_CARRYING_IPV4: Final = (
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64 (RFC 6052)
    (IPv6Network("2002::/16"), 80),  # 6to4 (RFC 3056)
    (IPv6Network("::/96"), 0),  # IPv4-compatible, withdrawn
)


@dataclass(frozen=True, slots=True)
class Reach:
    """What the requests of one source may reach."""

    named: Collection[str]
    """Hosts that the source file names, in lower case: they may be private."""
    through_proxy: bool = False
    """Whether a proxy resolves the names, so that they must be looked up beforehand."""

    def refusal(self, url: str) -> str:
        """Why an address may not be reached, as a sentence; "" when it may, as far as its
        spelling tells.
        """
        host = host_of(url)
        return _misspelt(url, host) or ("" if host in self.named else _private(host))

    def refusal_by_lookup(self, url: str) -> str:
        """As `refusal`, after looking the name up; blocks while the resolver works.

        A name that cannot be looked up here is left to the proxy.
        """
        host = host_of(url)
        if (said := self.refusal(url)) or host in self.named or host.endswith(_NOWHERE_SUFFIXES):
            return said
        try:
            found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
        except OSError:
            return ""
        private = [str(entry[4][0]) for entry in found if not is_public(_address(entry[4][0]))]
        return f"{host} has the private address {private[0]}." if private else ""


class GuardedResolver(CachingThreadedResolver):
    """Twisted's resolver, which refuses names that turn out to be private machines."""

    def __init__(
        self, reactor: ReactorBase, cache_size: int, timeout: float, named: Collection[str]
    ) -> None:
        super().__init__(reactor, cache_size, timeout)
        self._named = frozenset(named)
        self.refused: dict[str, str] = {}
        """The private numbers that names turned out to have."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Build it from the settings; Scrapy passes its process in place of a crawler."""
        settings = crawler.settings
        return cls(
            reactor,
            settings.getint("DNSCACHE_SIZE"),
            settings.getfloat("DNS_TIMEOUT"),
            settings.getlist(NAMED_HOSTS),
        )

    def getHostByName(  # noqa: N802 (Twisted's name)
        self, name: str, timeout: Sequence[int] = ()
    ) -> Deferred[str]:
        """The number of a host; fails with DNSLookupError where it is private and not named."""
        found = super().getHostByName(name, timeout)
        return found.addCallback(self._check, name)

    def _check(self, number: str, name: str) -> str:
        if name.lower().rstrip(".") in self._named or is_public(_address(number)):
            return number
        self.refused[name.lower().rstrip(".")] = number
        raise DNSLookupError(f"{name} has the private address {number}")


def _misspelt(url: str, host: str) -> str:
    """Why an address is none that can be fetched; "" when it can be."""
    if urlsplit(url).scheme not in {"http", "https"} or not host:
        return "Only http and https addresses are fetched."
    if not leads_to_a_host(url):
        return f"{host} is not the name of a host."
    if "@" in urlsplit(url).netloc:
        return "Addresses with a user name are not fetched."
    return ""


def _private(host: str) -> str:
    """Why a host is taken for a private machine, as far as its name tells; "" when not."""
    address = literal(host)
    if address is not None and not is_public(address):
        return f"{host} is a private address, and the source file does not name it."
    if address is None and ("." not in host or host.endswith(_INNER_SUFFIXES)):
        return f"{host} is a name inside a network, and the source file does not name it."
    return ""


def is_loopback(host: str) -> bool:
    """Whether a host is written as an address of this computer, or as `localhost`."""
    address = literal(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """The number that a host is written as, in any form that a resolver takes (`127.1`,
    `2130706433`, `0x7f000001`, `::1`); None for a name.
    """
    try:
        return ip_address(host)
    except ValueError:
        pass
    if not host.replace(".", "").replace("x", "0").isalnum():
        return None
    try:
        return IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is of a machine on the public internet; IPv6 addresses that carry an
    IPv4 address are judged by what they carry.
    """
    if isinstance(address, IPv6Address):
        if address.scope_id:
            return False
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        for network, shift in _CARRYING_IPV4:
            if address in network:
                return is_public(IPv4Address(int(address) >> shift & 0xFFFFFFFF))
    return (
        address.is_global
        and not address.is_multicast
        and not any(_within(address, network) for network in _NOT_GLOBAL)
    )


def _within(address: IPv4Address | IPv6Address, network: IPv4Network | IPv6Network) -> bool:
    return address.version == network.version and address in network


def _address(text: str | int) -> IPv4Address | IPv6Address:
    return ip_address(str(text))
