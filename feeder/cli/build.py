"""``feeder build``: the streams and exit codes around `feeder.pipeline`."""

from __future__ import annotations

import json
import os
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feeder import __version__, cache, config, pipeline, places
from feeder.cli.caching import cache_file, installed
from feeder.cli.printing import messages, results
from feeder.cli.progress import Progress
from feeder.cli.wording import summary_line
from feeder.cli.working import workers_for
from feeder.dates import BadDateError, parse_date
from feeder.formats import FORMATS
from feeder.problems import ConfigurationError, Severity, format_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.model import Written

PROBLEMS, USAGE = 1, 2
"""Exit codes: something is wrong with posts; feeder cannot work with what it was told."""


class Moment(click.ParamType[datetime]):
    """A date in any form that front matter may have; without zone, UTC."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return parse_date(value, UTC)
        except BadDateError as error:
            self.fail(str(error), param, ctx)


@click.command(
    name="build",
    epilog="Example: feeder build posts -o public --url https://example.org/ --format rss --limit 50",
)
@click.argument("posts", required=False)
@click.option("-o", "--output", metavar="DIR", help="Where the feeds go.  [default: public]")
@click.option("-c", "--config", "config_file", metavar="FILE", help="The configuration.  [default: feeder.yml]")
@click.option("--url", help="The site's URL; also FEEDER_URL.")
@click.option("--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="A format; may be repeated.")
@click.option("--limit", type=click.IntRange(0), metavar="N", help="Posts in a feed, 0 for all.  [default: 20]")
@click.option("--now", type=Moment(), metavar="TIME", help="Build as if it were that time.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes to work in.  [default: one per processor]")
@click.option(
    "--executor", metavar="NAME", help="Where to work: module:callable of an executor, or dask:tcp://HOST:PORT."
)
@click.option("--cache", "cache_directory", metavar="DIR", help="Where to remember what was read and rendered.")
@click.option(
    "--no-cache", "caching", is_flag=True, default=True, flag_value=False, help="Read and render everything anew."
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors, and write nothing if there are any.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document in place of file names.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.option("-v", "--verbose", is_flag=True, help="Say which posts are left out, and why.")
@click.pass_context
def command(
    ctx: click.Context, posts: str | None, output: str | None, config_file: str | None, url: str | None,
    formats: Sequence[str], limit: int | None, now: datetime | None, jobs: int | None, executor: str | None,
    cache_directory: str | None,
    *, caching: bool, strict: bool, as_json: bool, quiet: bool,
    verbose: bool,
) -> None:  # fmt: skip
    """Write the feeds of the posts in POSTS.

    POSTS is a directory, or a URL such as s3://bucket/posts; without it, the first of posts, _posts, source/_posts, content/posts, content/post,
    content/blog, content and src/content/blog that exists.

    The names of the files that changed go to standard output, all else to standard error. Exit code 0: all
    is well. 1: posts have problems; the others are published. 2: usage or configuration, and nothing
    is written; or the output cannot be written, and every feed is whole, the old one or the new.
    """
    options = config.Options(
        posts=posts, config=config_file, url=url, formats=tuple(formats), limit=limit, output=output
    )
    now = now or datetime.now(UTC).replace(microsecond=0)
    here = Path()
    try:
        settings, notes = config.load(options, os.environ, here)
        messages(() if quiet else notes)
        where = places.roots(settings, here)
        with closing(Progress()) as progress, workers_for(executor, jobs, where) as workers:
            means = pipeline.Means(
                workers=workers,
                progress=progress,
                cache=cache.Cache(cache_file(cache_directory, os.environ)) if caching else None,
                installation=installed(),
            )
            build = pipeline.build(settings, here, now, __version__, means)
        messages(map(format_problem, build.problems))
        refused = strict and bool(build.problems)
        written = [] if refused else list(places.write(build.artifacts, settings.output, here))
    except ConfigurationError as error:
        messages([f"error: {error}"])
        ctx.exit(USAGE)
    if as_json:
        results([json.dumps(_document(build, written), indent=2, ensure_ascii=False)])
    if not quiet:
        if not as_json:
            results(item.shown for item in written if item.changed)
        messages(f"{item.path}: left out: {item.reason}" for item in build.left_out if verbose)
        messages([summary_line(build, written, settings.output, refused=refused)])
    ctx.exit(PROBLEMS if refused or build.errors else 0)


def _document(build: pipeline.Build, written: Sequence[Written]) -> dict[str, Any]:
    """Return what ``--json`` prints."""
    return {
        "version": __version__,
        "files": [
            {
                "path": item.shown,
                "type": item.artifact.media_type,
                "bytes": len(item.artifact.data),
                "changed": item.changed,
            }
            for item in written
        ],
        "feeds": [
            {"path": feed.directory, "title": feed.title, "posts": [post.shown for post in feed.posts]}
            for feed in build.feeds
        ],
        "published": len(build.published),
        "failed": build.failed,
        "left_out": [{"path": item.path, "reason": item.reason} for item in build.left_out],
        "problems": [
            {
                "path": item.path,
                "line": item.line,
                "column": item.column,
                "severity": str(Severity(item.severity)),
                "code": item.code,
                "message": item.message,
                "got": item.got,
            }
            for item in build.problems
        ],
    }
