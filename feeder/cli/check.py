"""``feeder check``: the streams and exit codes around `feeder.check`."""

from __future__ import annotations

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

if TYPE_CHECKING:
    from feeder.check import Checked


@click.command(name="check", epilog="Example: feeder check posts --url https://example.org/ --format github --strict")
@click.argument("posts", required=False)
@click.option(
    "--format", "form", type=click.Choice(list(REPORTS)), default="text", show_default=True,
    help="The form of the report.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@builds
@click.pass_context
def command(ctx: click.Context, request: building.Request, *, form: str, strict: bool) -> None:
    """Tell every problem of the posts in POSTS and of their feeds, and write nothing.

    It finds what a build finds, and looks into every post in full, however few the feeds show, and into the finished
    feeds. The report goes to standard output, all else to standard error; feeder explain CODE says more of a problem.
    Exit code 0: there is no error. 1: there are errors (with --strict: or warnings; notes never count). 2: usage or
    configuration.
    """
    settings = building.load_settings(request)
    with building.means_of(request, settings) as means:
        found = check(settings, HERE, request.now, __version__, means)
    if text := report(form, found.problems, __version__):
        results([text])
    messages([_summary(found)])
    failed = found.number(Severity.ERROR) + (found.number(Severity.WARNING) if strict else 0)
    ctx.exit(PROBLEMS if failed else 0)


def _summary(found: Checked) -> str:
    numbers = [count(found.number(severity), severity) for severity in Severity if found.number(severity)]
    return (
        f"Checked {count(found.posts, 'post')} and {count(found.feeds, 'feed')}: {', '.join(numbers) or 'no problems'}."
    )
