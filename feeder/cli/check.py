"""``feeder check``: the streams and exit codes around `feeder.check`."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feeder import __version__, config, pipeline
from feeder.check import check
from feeder.cli.options import PROBLEMS, USAGE, Moment
from feeder.cli.printing import messages, results
from feeder.cli.progress import Progress
from feeder.cli.wording import count
from feeder.items import load
from feeder.problems import ConfigurationError, Severity
from feeder.reports import REPORTS, report
from feeder.workers import Forked

if TYPE_CHECKING:
    from feeder.check import Checked


@click.command(name="check", epilog="Example: feeder check posts --url https://example.org/ --format github --strict")
@click.argument("posts", required=False)
@click.option("-c", "--config", "config_file", metavar="FILE", help="The configuration.  [default: feeder.yml]")
@click.option("--url", help="The site's URL; also FEEDER_URL.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(REPORTS)),
    default="text",
    help="The form of the report.  [default: text]",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option("--now", type=Moment(), metavar="TIME", help="Check as if it were that time.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes to work in.  [default: one per processor]")
@click.pass_context
def command(
    ctx: click.Context, posts: str | None, config_file: str | None, url: str | None, form: str, now: datetime | None,
    jobs: int | None, *, strict: bool,
) -> None:  # fmt: skip
    """Tell every problem of the posts in POSTS and of their feeds, and write nothing.

    It finds what a build finds, and looks into every post in full, however few the feeds show, and into the finished
    feeds. The report goes to standard output, all else to standard error; feeder explain CODE says more of a problem.
    Exit code 0: there is no error. 1: there are errors (with --strict: or warnings; notes never count). 2: usage or
    configuration.
    """
    options = config.Options(posts=posts, config=config_file, url=url)
    try:
        settings, notes = config.load(options, os.environ, Path())
        messages(notes)
        with closing(Progress()) as progress:
            workers = Forked(jobs or os.cpu_count() or 1, meanwhile=partial(load, settings))
            means = pipeline.Means(workers=workers, progress=progress)
            found = check(settings, Path(), now or datetime.now(UTC).replace(microsecond=0), __version__, means)
    except ConfigurationError as error:
        messages([f"error: {error}"])
        ctx.exit(USAGE)
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
