"""``feeder check``: the streams and exit codes around `feeder.check`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeder import __version__
from feeder.check import check
from feeder.cli import building
from feeder.cli.building import HERE, PROBLEMS, builds
from feeder.cli.printing import messages, results
from feeder.cli.wording import count
from feeder.problems import Severity
from feeder.reports import REPORTS, report
from feeder.storage.placenames import is_remote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeder.check import Checked
    from feeder.problems import Problem

_OF_A_PROJECT = frozenset({"github", "gitlab", "sarif"})
"""Forms whose readers look for files below the project's directory, wherever in it feeder was run."""


@click.command(name="check", epilog="Example: feeder check posts --url https://example.org/ --format github --strict")
@click.argument("posts", required=False)
@click.option(
    "--format", "form", type=click.Choice(list(REPORTS)), default="text", show_default=True,
    help="Report format.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@builds
@click.pass_context
def command(ctx: click.Context, request: building.Request, *, form: str, strict: bool) -> None:
    """Report every problem in the posts in POSTS and in their feeds; write nothing.

    It finds everything that a build finds, and also checks every post in full, however few the feeds show, and the
    finished feeds. The report goes to standard output, everything else to standard error. Run feeder explain CODE to
    learn more about a problem. Exit code 0: no errors. 1: errors (or warnings, with --strict; notes never count).
    2: usage or configuration error.
    """
    settings = building.load_settings(request)
    with building.means_of(request, settings) as means:
        found = check(settings, HERE, request.now, __version__, means)
    problems = _in_project(found.problems) if form in _OF_A_PROJECT else found.problems
    if text := report(form, problems, __version__):
        results([text])
    messages([_summary(found)])
    failed = found.number(Severity.ERROR) + (found.number(Severity.WARNING) if strict else 0)
    ctx.exit(PROBLEMS if failed else 0)


def _in_project(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems with paths below the project's directory: the one that git has, else that of the run; others stay."""
    here = Path.cwd()
    project = next((place for place in (here, *here.parents) if (place / ".git").exists()), here)

    def placed(path: str) -> str:
        if is_remote(path):
            return path
        relative = Path(os.path.relpath(path, project))
        return path if relative.parts[:1] == (os.pardir,) else relative.as_posix()

    return [item._replace(path=placed(item.path)) for item in problems]


def _summary(found: Checked) -> str:
    numbers = [count(found.number(severity), severity) for severity in Severity if found.number(severity)]
    return (
        f"Checked {count(found.posts, 'post')} and {count(found.feeds, 'feed')}: {', '.join(numbers) or 'no problems'}."
    )
