"""The frame of every command: `--home` on both sides, help with an example, lazy loading.

Nothing here imports more than Click, so that help and completion answer at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from catalogue.errors import nearest

HOME: Final = "horizon.home"
"""Key under which a context remembers the home folder that was given."""

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class HorizonCommand(click.Command):
    """A command that takes `--home` and whose help ends with an example."""

    def __init__(self, *args: Any, example: str, **kwargs: Any) -> None:  # noqa: ANN401 -- Click's
        super().__init__(*args, **kwargs)
        self.example = example
        self.params.append(_home_option())

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example, then the epilog."""
        with formatter.section("Example"):
            for line in self.example.splitlines():
                formatter.write(f"{' ' * formatter.current_indent}{line}\n")
        super().format_epilog(ctx, formatter)


class HorizonGroup(HorizonCommand, click.Group):
    """A group of such commands, listed in the order in which they are taught."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of definition."""
        del ctx
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for, or say which is nearest to it."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            hint = nearest(name, self.list_commands(ctx))
            raise click.UsageError(f"There is no command {name!r}. {hint}", ctx)
        return super().resolve_command(ctx, args)


@dataclass(frozen=True, slots=True)
class Entry:
    """A command that is imported when it is called."""

    name: str
    target: str
    """`module:attribute`."""
    topic: str
    """Heading under which the help lists it."""
    help: str
    """Its one line of help, the same as its own."""

    def load(self) -> click.Command:
        """Import the command."""
        module, _, attribute = self.target.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.target} is not a command.")
        return command


class LazyGroup(HorizonGroup):
    """A group whose commands stand in a table and are imported when they are called."""

    def __init__(self, *args: Any, entries: Sequence[Entry], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.entries = {entry.name: entry for entry in entries}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        del ctx
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None when there is none of this name."""
        del ctx
        entry = self.entries.get(cmd_name)
        return None if entry is None else entry.load()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by topic, from the table alone."""
        del ctx
        width = max(len(name) for name in self.entries)
        for topic in dict.fromkeys(entry.topic for entry in self.entries.values()):
            with formatter.section(topic):
                formatter.write_dl(
                    [
                        (entry.name.ljust(width), entry.help)
                        for entry in self.entries.values()
                        if entry.topic == topic
                    ]
                )


def json_option(command: Decorated) -> Decorated:
    """Add `--json` to a command that prints data."""
    return click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")(
        command
    )


def _home_option() -> click.Option:
    return click.Option(
        ["--home"],
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        expose_value=False,
        callback=_remember_home,
        help="Folder of the catalogue, before or after the command. [env: HORIZON_HOME]",
    )


def _remember_home(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    del param
    if value is not None:
        ctx.meta[HOME] = value
