"""The `horizon` command: the table of commands, and how each of them ends.

Standard output carries data and nothing else; what is told along the way goes to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Final

import click

from catalogue.errors import HorizonError
from catalogue.text import clean
from tui.cli.exits import EXIT_CODES, INTERRUPTED
from tui.cli.frame import Entry, LazyGroup

ENTRIES: Final = (
    Entry("demo", "tui.cli.demo:demo", "Start", "Try it out on an invented market."),
    Entry("config", "tui.cli.config:config", "Start", "Show the settings in force."),
    Entry("sources", "tui.cli.sources:sources", "Collect", "The public places that are crawled."),
    Entry("crawl", "tui.cli.crawl:crawl", "Collect", "Visit sources and store what they say."),
    Entry("watch", "tui.cli.watch:watch", "Collect", "Crawl what is due, whenever it is due."),
    Entry("schedule", "tui.cli.schedule:schedule", "Collect", "Let this machine wake the crawl."),
    Entry("runs", "tui.cli.runs:runs", "Collect", "List the newest runs."),
    Entry("issues", "tui.cli.issues:issues", "Collect", "What a person should look at."),
    Entry("replay", "tui.cli.replay:replay", "Collect", "Read what was kept once more."),
    Entry("diff", "tui.cli.diff:diff", "Collect", "Compare two states of a page, word by word."),
    Entry(
        "index", "tui.cli.index:index", "Find", "Keep the search index in step with the catalogue."
    ),
    Entry("model", "tui.cli.model:model", "Find", "Embedding models: what finds tools by meaning."),
    Entry("search", "tui.cli.find:search", "Find", "Find tools by words and meaning."),
    Entry("similar", "tui.cli.similar:similar", "Find", "Find tools that are like one tool."),
    Entry("match", "tui.cli.match:match", "Find", "Find tools for a page of requirements."),
    Entry("saved", "tui.cli.saved:saved", "Find", "Searches that report only what is new."),
    Entry("show", "tui.cli.show:show", "Find", "Show all that is known of one tool."),
    Entry(
        "signals",
        "tui.cli.signals:signals",
        "Find",
        "List what changed in the market, newest first.",
    ),
    Entry("dedupe", "tui.cli.dedupe:dedupe", "Review", "Judge records that may be one."),
    Entry("leads", "tui.cli.leads:leads", "Review", "Judge names that are likely a tool's."),
    Entry("claims", "tui.cli.claims:claims", "Review", "Judge claims by the evidence."),
    Entry("tags", "tui.cli.tags:tags", "Review", "Use cases, settings and users of tools."),
    Entry("project", "tui.cli.project:project", "Review", "Screen tools for a question."),
    Entry("shortlist", "tui.cli.shortlist:shortlist", "Review", "Make and keep shortlists."),
    Entry("export", "tui.cli.export:export", "Hand over", "Write a shortlist to a file."),
    Entry(
        "evaluate",
        "tui.cli.evaluate:evaluate",
        "Keep",
        "Judge how well the product reads and finds.",
    ),
    Entry("db", "tui.cli.db:db", "Keep", "Upgrade and check the catalogue."),
)


def _epilog() -> str:
    codes = "\n".join(f"{code:>5}  {meaning}" for code, meaning in EXIT_CODES)
    return f"\b\nExit codes:\n{codes}"


@click.group(
    cls=LazyGroup,
    entries=ENTRIES,
    invoke_without_command=True,
    epilog=_epilog(),
    example="horizon demo\nhorizon search 'rota planning' --json\nhorizon --home ~/market",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="horizonscan", message="horizonscan %(version)s")
@click.pass_context
def horizon(context: click.Context) -> None:
    """Horizonscan: which AI tools the NHS could use, who says what about them, and on what
    evidence.

    Without a command it opens the terminal app. Data goes to standard output, everything else to
    standard error; `--json` gives data to scripts.
    """
    if context.invoked_subcommand is None:
        from tui.cli.opening import open_app

        open_app()


def main() -> None:
    """Run the command line and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code.

    Every error that a person can act on is told as a sentence on standard error.
    """
    try:
        code = horizon.main(list(arguments), prog_name="horizon", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes standard output once more when it ends, and must not find the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return HorizonError.exit_code
    except (click.ClickException, click.Abort, HorizonError, OSError) as error:
        return _told(error)
    return code if isinstance(code, int) else 0


def _told(error: click.ClickException | click.Abort | HorizonError | OSError) -> int:
    """Say what is wrong, and on a line of its own what to do; returns the exit code."""
    hint, code = "", HorizonError.exit_code
    match error:
        case click.UsageError():
            path = error.ctx.command_path if error.ctx is not None else "horizon"
            message, hint, code = error.format_message(), f"Try '{path} --help'.", error.exit_code
        case click.ClickException():
            message, code = error.format_message(), error.exit_code
        case click.Abort():
            message, code = "Interrupted.", INTERRUPTED
        case HorizonError():
            message, hint, code = error.message, error.hint, error.exit_code
        case OSError():
            message = f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")
    lines = [f"horizon: {message}", *([hint] if hint else [])]
    click.echo("\n".join(clean(line) for line in lines), err=True)
    return code
