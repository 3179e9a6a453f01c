"""Keys that publishers give out: where they are kept, and how one is sent."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Mapping
from typing import Final

from catalogue.errors import CrawlError
from crawler.source import Key, Source

SERVICE: Final = "horizonscan"
"""Under which name the system's keyring holds them."""


def find_key(key: Key, env: Mapping[str, str] = os.environ) -> str:
    """The key itself, from the environment or else from the keyring; "" where neither has it."""
    if found := env.get(key.env, "").strip():
        return found
    import keyring  # noqa: PLC0415 (few sources have a key, and it brings much along)
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return (keyring.get_password(SERVICE, key.env) or "").strip()
    except KeyringError:  # a computer without a keyring, or one that is locked
        return ""


def missing_key(source: Source, env: Mapping[str, str] = os.environ) -> str:
    """Name of the key that a source needs and nobody has given; "" when nothing is missing."""
    if source.key is None or find_key(source.key, env):
        return ""
    return source.key.env


def require_key(source: Source, env: Mapping[str, str] = os.environ) -> None:
    """Refuse to crawl a source whose key is missing.

    Raises:
        CrawlError: it is; the hint says where to get one and where to put it.
    """
    if source.key is not None and missing_key(source, env):
        where = f" One is given out at {source.key.url}." if source.key.url else ""
        raise CrawlError(
            f"{source.name} is not crawled without the key {source.key.env}.{where}",
            f"Set the environment variable {source.key.env}, or keep it in the system's keyring: "
            f"keyring set {SERVICE} {source.key.env}",
        )


def header_of(key: Key, value: str) -> tuple[str, str]:
    """Name and value of the request header that carries a key."""
    if key.sent_as == "bearer":
        return "Authorization", f"Bearer {value}"
    if key.sent_as == "basic":
        return "Authorization", f"Basic {b64encode(f'{value}:'.encode()).decode()}"
    return key.sent_as.removeprefix("header "), value
