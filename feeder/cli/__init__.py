"""The command line: one file per command, each imported only when it runs. The only place that prints and exits."""

from __future__ import annotations

import errno
import os
import signal
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn

import click

from feeder import __version__

COMMANDS = {
    "build": "Write the feeds of a directory of posts.",
    "check": "Report every problem in posts and feeds; write nothing.",
    "diff": "Show what subscribers would see if you published this build.",
    "pin": "Write each published post's id into its front matter.",
    "adopt": "Take over the ids of a feed that is already published.",
    "next": "Show when the feeds change next.",
    "explain": "Explain how a post is read, or what a problem means.",
    "init": "Write feeder.yml and a workflow for the site in this directory.",
    "ping": "Notify WebSub hubs of changed feeds.",
    "schema": "Print the JSON Schema of feeder.yml.",
}
"""Name of a command (and of its module) -> its line in the help."""

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _LazyGroup(click.Group):
    """A group that imports a command's module when the command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"feeder.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # a name the terminal's encoding lacks is still told
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Aborted!", err=True)
            ctx.exit(INTERRUPTED)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"the commands are {', '.join(COMMANDS)}."
            ctx.fail(f"no such command {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_LazyGroup,
    context_settings=CONTEXT,
    epilog="Example: feeder build posts --url https://example.org/",
    no_args_is_help=True,
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Publish RSS, Atom and JSON feeds from a directory of posts."""


class Terminated(SystemExit):
    """The end that a signal asks for: no code that runs meanwhile is to be blamed for it."""


def _terminated(number: int, frame: object) -> NoReturn:  # noqa: ARG001 - the signal module's signature
    """Leave as on any error: with worker processes ended, and locks given back."""
    raise Terminated(128 + number)


def run() -> None:
    """Run the command line and leave at once: to take the interpreter apart takes a third as long as a small build."""
    code: object = 0
    signal.signal(signal.SIGTERM, _terminated)
    try:
        main(prog_name="feeder")
    except SystemExit as left:
        code = left.code
    except KeyboardInterrupt:  # before click could say so
        code = INTERRUPTED
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.stderr.write(f"error: cannot print: {error.strerror}\n")  # the help, which click itself prints
        code = 2
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except OSError:
        code = code or 1
    os._exit(code if isinstance(code, int) else int(code is not None))
