"""Printing, for all commands: a stream that takes no more ends the run with a message, not with a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable


def results(lines: Iterable[str]) -> None:
    """Print lines to standard output. Raises `click.UsageError` when it is full."""
    _print(lines, err=False)


def messages(lines: Iterable[str]) -> None:
    """Print lines to standard error."""
    _print(lines, err=True)


def _print(lines: Iterable[str], *, err: bool) -> None:
    for line in lines:
        try:
            click.echo(line, err=err)
        except BrokenPipeError:
            raise  # click's own business: nobody reads on
        except OSError as error:
            message = f"cannot print: {error.strerror or error}"
            raise click.UsageError(message) from error
