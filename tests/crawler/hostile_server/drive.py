"""Runs `crawler.runner` with a resolver of our own, and writes how much memory it took.

    python -m tests.crawler.hostile_server.drive MEMORY_FILE ARGUMENTS...

Names that end in `.rebind.test` have two numbers in turn: first that of a host which this process
takes for public, then that of a private one. Names that end in `.inner.test` are private.
"""

from __future__ import annotations

import itertools
import json
import resource
import socket
import sys
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

from crawler import reach, runner

PUBLIC = "127.2.0.1"
"""Taken for a public address, so that nothing leaves this machine."""

PRIVATE = "127.2.0.2"

_turns: dict[str, itertools.cycle[str]] = {}
_judge = reach.is_public
_resolve = socket.gethostbyname


def _lookup(name: str) -> str:
    if name.endswith(".rebind.test"):
        return next(_turns.setdefault(name, itertools.cycle([PUBLIC, PRIVATE])))
    if name.endswith(".inner.test"):
        return PRIVATE
    if reach.literal(name) is None:
        raise socket.gaierror(socket.EAI_NONAME, f"{name} is not known")
    return _resolve(name)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return str(address) == PUBLIC or _judge(address)


def main() -> int:
    socket.gethostbyname = _lookup
    reach.is_public = _is_public
    memory, *arguments = sys.argv[1:]
    code = runner.main(arguments)
    peaks = {
        "crawler": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "reader": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }
    Path(memory).write_text(json.dumps(peaks), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main())
