"""What wakes a crawl: cron, a systemd timer of the user, or a task of Windows.

Each keeps exactly one entry for one home folder, which bears a name of its own; what else stands
in the same place is never touched. Which sources are due is decided by the crawl that is woken,
so an hour that was slept through is made up for by the next.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol
from xml.sax.saxutils import escape

from catalogue.errors import HorizonError, NotFoundError


@dataclass(frozen=True, slots=True)
class Waking:
    """What is to be woken, for one home folder."""

    home: Path

    @property
    def name(self) -> str:
        """Name of the entry: two homes have two."""
        return f"horizonscan-{sha256(str(self.home).encode()).hexdigest()[:8]}"

    @property
    def minute(self) -> int:
        """Minute of each hour: not the same on every machine."""
        return sha256(str(self.home).encode()).digest()[0] % 60

    @property
    def command(self) -> tuple[str, ...]:
        """The command line."""
        home = str(self.home)
        return (sys.executable, "-m", "tui.cli", "--home", home, "crawl", "--due")


class Waker(Protocol):
    """One way to be woken."""

    def draft(self) -> str:
        """The entry as it would be written."""

    def install(self) -> None:
        """Write the entry, in place of an older one."""

    def show(self) -> str:
        """The entry as it stands; empty when there is none."""

    def remove(self) -> None:
        """Take the entry away; nothing happens when there is none."""


@dataclass(frozen=True, slots=True)
class Cron:
    """A line in the user's crontab, marked at its end."""

    waking: Waking

    def draft(self) -> str:
        """The line."""
        words = " ".join(shlex.quote(word) for word in self.waking.command)
        log = shlex.quote(str(self.waking.home / "logs" / "schedule.log"))
        # cron takes a bare per cent sign for the end of the line
        command = f"{words} >> {log} 2>&1".replace("%", r"\%")
        return f"{self.waking.minute} * * * * {command} {self._mark}"

    def install(self) -> None:
        """Write the crontab again with the line at its end."""
        (self.waking.home / "logs").mkdir(parents=True, exist_ok=True)
        self._write([*self._others(), self.draft()])

    def show(self) -> str:
        """The line as it stands."""
        return "\n".join(line for line in self._lines() if line.endswith(self._mark))

    def remove(self) -> None:
        """Write the crontab again without the line."""
        if self.show():
            self._write(self._others())

    @property
    def _mark(self) -> str:
        return f"# {self.waking.name}"

    def _others(self) -> list[str]:
        return [line for line in self._lines() if not line.endswith(self._mark)]

    def _lines(self) -> list[str]:
        listed = _run("crontab", "-l", refused_by=("no crontab",))
        return listed.splitlines()

    def _write(self, lines: Sequence[str]) -> None:
        _run("crontab", "-", told="".join(f"{line}\n" for line in lines))


@dataclass(frozen=True, slots=True)
class Systemd:
    """A timer and a service of the user; what was missed while the machine slept is made up."""

    waking: Waking
    folder: Path

    def draft(self) -> str:
        """Both files, one after the other."""
        return "\n".join(f"# {path}\n{text}" for path, text in self._files().items())

    def install(self) -> None:
        """Write both files and start the timer."""
        for path, text in self._files().items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        _run("systemctl", "--user", "daemon-reload")
        _run("systemctl", "--user", "enable", "--now", self._timer)

    def show(self) -> str:
        """Both files as they stand."""
        there = [path for path in self._files() if path.exists()]
        return "\n".join(f"# {path}\n{path.read_text(encoding='utf-8')}" for path in there)

    def remove(self) -> None:
        """Stop the timer and delete both files."""
        if self.show():
            _run("systemctl", "--user", "disable", "--now", self._timer)
            for path in self._files():
                path.unlink(missing_ok=True)
            _run("systemctl", "--user", "daemon-reload")

    @property
    def _timer(self) -> str:
        return f"{self.waking.name}.timer"

    def _files(self) -> Mapping[Path, str]:
        # In a unit, % begins a specifier and $ a variable.
        words = (word.replace("%", "%%").replace("$", "$$") for word in self.waking.command)
        quoted = " ".join(
            '"' + word.replace("\\", r"\\").replace('"', r"\"") + '"' for word in words
        )
        return {
            self.folder / f"{self.waking.name}.service": (
                "[Unit]\nDescription=Horizonscan: crawl what is due\n\n"
                f"[Service]\nType=oneshot\nExecStart={quoted}\n"
            ),
            self.folder / self._timer: (
                "[Unit]\nDescription=Horizonscan: wake every hour\n\n"
                f"[Timer]\nOnCalendar=*-*-* *:{self.waking.minute:02}:00\nPersistent=true\n\n"
                "[Install]\nWantedBy=timers.target\n"
            ),
        }


_TASK: Final = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Horizonscan: crawl what is due</Description></RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <StartBoundary>2026-01-01T00:{minute:02}:00</StartBoundary>
      <Repetition><Interval>PT1H</Interval></Repetition>
    </TimeTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT12H</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec><Command>{command}</Command><Arguments>{arguments}</Arguments></Exec>
  </Actions>
</Task>
"""


@dataclass(frozen=True, slots=True)
class WindowsTask:
    """A task of Windows' scheduler; a start that was missed is made up."""

    waking: Waking

    def draft(self) -> str:
        """The task as XML."""
        command, *arguments = self.waking.command
        return _TASK.format(
            minute=self.waking.minute,
            command=escape(command),
            arguments=escape(subprocess.list2cmdline(arguments)),
        )

    def install(self) -> None:
        """Register the task, in place of an older one."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "task.xml"
            path.write_text(self.draft(), encoding="utf-16")
            _run("schtasks", "/Create", "/TN", self.waking.name, "/XML", str(path), "/F")

    def show(self) -> str:
        """The task as it is registered."""
        query = ("schtasks", "/Query", "/TN", self.waking.name, "/XML")
        return _run(*query, refused_by=("cannot find", "does not exist"))

    def remove(self) -> None:
        """Delete the task."""
        if self.show():
            _run("schtasks", "/Delete", "/TN", self.waking.name, "/F")


def waker(kind: str, home: Path, env: Mapping[str, str] = os.environ) -> Waker:
    """A waker for a home folder: `cron`, `systemd` or `windows`; `auto` is what this machine has.

    Raises:
        NotFoundError: this machine has none of them.
    """
    waking = Waking(home)
    if kind == "auto":
        kind = _usual()
    if kind == "systemd":
        config = Path(env.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        return Systemd(waking, config / "systemd" / "user")
    return WindowsTask(waking) if kind == "windows" else Cron(waking)


def _usual() -> str:
    """What this machine has: its own scheduler on Windows, else systemd where the user has one."""
    if shutil.which("schtasks"):
        return "windows"
    systemctl = shutil.which("systemctl")
    if systemctl and _answers(systemctl, "--user", "show-environment"):
        return "systemd"
    if shutil.which("crontab"):
        return "cron"
    raise NotFoundError(
        "This machine has neither schtasks nor a systemd of the user nor crontab.",
        "Let anything that can start a command run 'horizon crawl --due', or keep 'horizon watch' "
        "open.",
    )


def _answers(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 (found on the path, no text of others)


def _run(
    program: str, *arguments: str, told: str | None = None, refused_by: tuple[str, ...] = ()
) -> str:
    """What a program says; empty when it fails with one of the words of `refused_by`.

    Raises:
        HorizonError: it is not there, or fails otherwise.
    """
    found = shutil.which(program)
    if found is None:
        raise HorizonError(f"The program {program} is not on this machine.", "Choose another --by.")
    done = subprocess.run(  # noqa: S603 (found on the path, our own words)
        [found, *arguments], input=told, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return done.stdout
    said = f"{done.stdout} {done.stderr}".strip()
    if any(words in said.casefold() for words in refused_by):
        return ""
    raise HorizonError(f"{program} failed: {' '.join(said.split())[:300]}")
