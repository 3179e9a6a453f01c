"""Ways in which a file comes to harm."""

from __future__ import annotations

from pathlib import Path


def put(path: Path, content: bytes) -> None:
    """Put other bytes in a file's place. To shorten a file that is mapped into memory would end
    the process that has it open.
    """
    beside = path.with_name("beside")
    beside.write_bytes(content)
    beside.replace(path)


def truncate(path: Path) -> None:
    put(path, path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x40
    put(path, bytes(content))


def remove(path: Path) -> None:
    path.unlink()
