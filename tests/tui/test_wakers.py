"""Only our own entry is ever written or taken away: tested against programs that stand in."""

from __future__ import annotations

import configparser
import json
import shlex
import stat
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from catalogue.errors import HorizonError, NotFoundError
from tui.wakers import Cron, Systemd, Waking, WindowsTask, waker

CRONTAB = """
import pathlib, sys
table = pathlib.Path({folder!r}) / "crontab.txt"
if sys.argv[1] == "-l":
    if not table.exists():
        sys.exit("no crontab for nobody")
    print(table.read_text(), end="")
else:
    table.write_text(sys.stdin.read())
"""
SYSTEMCTL = """
import json, pathlib, sys
with (pathlib.Path({folder!r}) / "systemctl.jsonl").open("a") as log:
    log.write(json.dumps(sys.argv[1:]) + "\\n")
"""
SCHTASKS = """
import pathlib, sys
given = dict(zip(sys.argv, sys.argv[1:]))
task = pathlib.Path({folder!r}) / (given["/TN"] + ".task")
if "/Create" in sys.argv:
    task.write_bytes(pathlib.Path(given["/XML"]).read_bytes())
elif not task.exists():
    sys.exit("ERROR: The system cannot find the file specified.")
elif "/Query" in sys.argv:
    print(task.read_text(encoding="utf-16"))
else:
    task.unlink()
"""
OTHERS = "MAILTO=me\n5 4 * * * echo horizonscan # not ours\n"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose only programs are those that a test gives it."""
    folder = tmp_path / "machine"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    return folder


def give(machine: Path, name: str, code: str) -> None:
    path = machine / name
    path.write_text(f"#!{sys.executable}\n{code.format(folder=str(machine))}", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def waking(tmp_path: Path) -> Waking:
    """A home folder whose name is as awkward as may be."""
    return Waking(tmp_path / 'my 100% "home" & $co\'s')


def asked(machine: Path) -> list[list[str]]:
    log = (machine / "systemctl.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in log.splitlines()]


def test_cron_keeps_one_line_and_leaves_the_others_alone(machine: Path, waking: Waking) -> None:
    give(machine, "crontab", CRONTAB)
    table = machine / "crontab.txt"
    table.write_text(OTHERS, encoding="utf-8")
    cron, other = Cron(waking), Cron(Waking(waking.home / "other"))
    cron.install()
    other.install()
    cron.install()
    assert table.read_text(encoding="utf-8").count("\n") == 4
    assert cron.show() == cron.draft()
    cron.remove()
    assert table.read_text(encoding="utf-8") == f"{OTHERS}{other.draft()}\n"
    assert (cron.show(), other.show()) == ("", other.draft())
    cron.remove()
    other.remove()
    assert table.read_text(encoding="utf-8") == OTHERS


def test_cron_begins_a_crontab_where_there_is_none(machine: Path, waking: Waking) -> None:
    give(machine, "crontab", CRONTAB)
    Cron(waking).remove()
    assert not (machine / "crontab.txt").exists()
    Cron(waking).install()
    assert Cron(waking).show() == Cron(waking).draft()


def test_what_the_shell_of_cron_gets_is_the_command(waking: Waking) -> None:
    line = Cron(waking).draft()
    minute, *stars, rest = line.split(" ", 5)
    assert 0 <= int(minute) < 60
    assert stars == ["*"] * 4
    command = rest.replace(r"\%", "%").partition(" >> ")[0]
    assert tuple(shlex.split(command)) == waking.command
    assert "%" not in rest.replace(r"\%", ""), "cron would end the line there"


def test_a_crontab_that_cannot_be_read_is_not_overwritten(machine: Path, waking: Waking) -> None:
    give(machine, "crontab", "import sys\nsys.exit('you are not allowed to use this program')")
    with pytest.raises(HorizonError, match="not allowed"):
        Cron(waking).install()


def test_systemd_gets_a_persistent_timer(machine: Path, waking: Waking) -> None:
    give(machine, "systemctl", SYSTEMCTL)
    units = machine / "config" / "systemd" / "user"
    (units).mkdir(parents=True)
    (units / "other.timer").write_text("[Timer]\n", encoding="utf-8")
    systemd = waker("systemd", waking.home)
    assert isinstance(systemd, Systemd)
    systemd.install()
    timer, service = (configparser.RawConfigParser() for _ in range(2))
    timer.read(units / f"{waking.name}.timer", encoding="utf-8")
    service.read(units / f"{waking.name}.service", encoding="utf-8")
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert "100%%" in service["Service"]["ExecStart"]
    assert "$$co's" in service["Service"]["ExecStart"]
    assert systemd.show().count("# ") == 2
    systemd.remove()
    systemd.remove()
    assert [path.name for path in units.iterdir()] == ["other.timer"]
    name = f"{waking.name}.timer"
    assert asked(machine) == [
        ["--user", "daemon-reload"],
        ["--user", "enable", "--now", name],
        ["--user", "disable", "--now", name],
        ["--user", "daemon-reload"],
    ]


def test_windows_gets_a_task_that_makes_up_for_what_was_missed(
    machine: Path, waking: Waking
) -> None:
    give(machine, "schtasks", SCHTASKS)
    (machine / "Other.task").write_text("x", encoding="utf-8")
    task = WindowsTask(waking)
    task.install()
    task.install()
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    tree = ET.fromstring(task.show().partition("?>")[2])  # noqa: S314 (our own)
    told = {node.tag.removeprefix(space): node.text for node in tree.iter()}
    assert (told["StartWhenAvailable"], told["MultipleInstancesPolicy"]) == ("true", "IgnoreNew")
    assert told["Command"] == waking.command[0]
    assert str(told["Arguments"]).endswith("crawl --due")
    task.remove()
    task.remove()
    assert [path.name for path in machine.glob("*.task")] == ["Other.task"]


@pytest.mark.parametrize(
    ("programs", "kind"),
    [
        ({"crontab": CRONTAB, "systemctl": SYSTEMCTL}, Systemd),
        ({"crontab": CRONTAB, "systemctl": "import sys\nsys.exit(1)"}, Cron),
        ({"crontab": CRONTAB, "schtasks": SCHTASKS}, WindowsTask),
    ],
)
def test_what_the_machine_has_is_taken(
    machine: Path, waking: Waking, programs: dict[str, str], kind: type
) -> None:
    for name, code in programs.items():
        give(machine, name, code)
    assert isinstance(waker("auto", waking.home), kind)


def test_a_machine_that_has_nothing_is_told_what_else_there_is(
    machine: Path, waking: Waking
) -> None:
    assert not list(machine.iterdir())
    with pytest.raises(NotFoundError, match="horizon watch"):
        waker("auto", waking.home)


def test_two_homes_have_two_names(tmp_path: Path) -> None:
    assert Waking(tmp_path / "a").name != Waking(tmp_path / "b").name
