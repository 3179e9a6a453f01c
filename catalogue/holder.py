"""Names of processes, by which another process can tell whether they still live."""

from __future__ import annotations

import socket

import psutil


def holder(pid: int) -> str:
    """The name of a process of this machine: machine, number and when it began."""
    return f"{socket.gethostname()}/{pid}/{psutil.Process(pid).create_time():.2f}"


def alive(name: str) -> bool:
    """Whether the process of this machine lives; of other machines only time can tell."""
    host, pid, _began = name.rsplit("/", 2)
    if host != socket.gethostname():
        return True
    try:
        return holder(int(pid)) == name
    except psutil.NoSuchProcess:
        return False
