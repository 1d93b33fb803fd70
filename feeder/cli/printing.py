"""Printing, for all commands: a stream that takes no more ends the run with a message, not with a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable


class _FullError(click.ClickException):
    """A stream that takes no more: no fault of usage, but nothing can be said of the posts either."""

    exit_code = 2


def results(lines: Iterable[str | bytes]) -> None:
    """Print lines to standard output. Raises `click.ClickException` when it is full."""
    _print(lines, err=False)


def messages(lines: Iterable[str]) -> None:
    """Print lines to standard error."""
    _print(lines, err=True)


def _print(lines: Iterable[str | bytes], *, err: bool) -> None:
    for line in lines:
        try:
            click.echo(line, err=err)
        except BrokenPipeError:
            raise  # click's own business: nobody reads on
        except OSError as error:
            raise _FullError(f"cannot print: {error.strerror or error}") from error
