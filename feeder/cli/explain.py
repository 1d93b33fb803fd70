"""``feeder explain``: what a problem's code means."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from feeder.cli.printing import results
from feeder.explanations import all_codes, code_named
from feeder.problems import CODES
from feeder.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.problems import Code


@click.command(name="explain", epilog="Example: feeder explain missing-date")
@click.argument("code", required=False)
@click.pass_context
def command(ctx: click.Context, code: str | None) -> None:
    """Tell what the problem CODE means, why readers care, and what to do about it, with an example.

    Without CODE, list all codes.
    """
    if code is None:
        results(f"{item.name:25}{item.severity:8}  {item.meaning}" for item in all_codes())
    elif code in CODES or code in RULES:
        results(_lines(code_named(code)))
    else:
        near = get_close_matches(code, (*CODES, *RULES), 1)
        hint = f"did you mean {near[0]!r}?" if near else "feeder explain lists all of them"
        ctx.fail(f"no such code {code!r}; {hint}")


def _lines(code: Code) -> Iterator[str]:
    wrong, _, right = code.example.partition("\n--\n")
    yield from (f"{code.name} ({code.severity})", "", code.meaning, code.why, code.mend, "", "Not so:")
    yield from (f"    {line}" for line in wrong.split("\n"))
    yield "But so:"
    yield from (f"    {line}" for line in right.split("\n"))
