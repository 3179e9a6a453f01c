"""Sitemaps and sitemap indexes (sitemaps.org), plain, gzipped or as a list of lines."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from lxml import etree

from catalogue.errors import HorizonError

MAX_ENTRIES: Final = 50_000
"""Most entries taken from one sitemap: the protocol allows no more."""

MAX_UNPACKED: Final = 50 * 1024 * 1024
"""Longest sitemap after unpacking, in bytes: the protocol allows no more."""

_GZIP: Final = b"\x1f\x8b"
_GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS


class SitemapError(HorizonError):
    """A body is not a sitemap."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one sitemap file lists, in its order."""

    sitemaps: tuple[str, ...] = ()
    """Further sitemaps, from an index."""
    pages: tuple[str, ...] = ()


def read_sitemap(body: bytes) -> Sitemap:
    """Read a sitemap; what follows a fault in the XML, or `MAX_ENTRIES`, is left out.

    Raises:
        SitemapError: it is no sitemap, or longer than `MAX_UNPACKED`.
    """
    plain = _unpack(body).lstrip()
    if not plain.startswith((b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")):
        return _read_lines(plain)
    return _read_xml(plain)


def _read_xml(plain: bytes) -> Sitemap:
    events = etree.iterparse(
        BytesIO(plain),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    kind, listed = "", []
    try:
        for event, element in events:
            name = etree.QName(element).localname
            if event == "start":
                kind = kind or name
                continue
            if name == "loc" and _local(element.getparent()) in {"url", "sitemap"}:
                listed.append((element.text or "").strip())
            elif name in {"url", "sitemap"}:
                _forget(element)
            if kind not in {"urlset", "sitemapindex"} or len(listed) >= MAX_ENTRIES:
                break
    except etree.XMLSyntaxError as error:
        if not listed:
            raise SitemapError("The sitemap is not XML.") from error
    if kind not in {"urlset", "sitemapindex"}:
        raise SitemapError("This is not a sitemap.")
    urls = tuple(url for url in listed if url)
    return Sitemap(sitemaps=urls) if kind == "sitemapindex" else Sitemap(pages=urls)


def _read_lines(plain: bytes) -> Sitemap:
    """A text sitemap: one address on each line."""
    lines = [line.strip() for line in plain.decode("utf-8", errors="replace").splitlines()]
    urls = [line for line in lines if line]
    if not urls or not all(url.startswith(("http://", "https://")) for url in urls):
        raise SitemapError("This is not a sitemap.")
    return Sitemap(pages=tuple(urls[:MAX_ENTRIES]))


def _unpack(body: bytes) -> bytes:
    if not body.startswith(_GZIP):
        return body
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        plain = unpacker.decompress(body, MAX_UNPACKED)
    except zlib.error as error:
        raise SitemapError("The sitemap cannot be unpacked.") from error
    if unpacker.unconsumed_tail:
        raise SitemapError(f"The sitemap is longer than {MAX_UNPACKED} bytes.")
    return plain


def _local(element: etree._Element | None) -> str:
    return "" if element is None else etree.QName(element).localname


def _forget(element: etree._Element) -> None:
    """Let go of an entry that has been read, and of those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
