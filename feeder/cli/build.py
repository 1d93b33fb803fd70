"""``feeder build``: the streams and exit codes around `feeder.pipeline` and `feeder.publish`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feeder import __version__, publish
from feeder.cli import building
from feeder.cli.building import PROBLEMS, builds
from feeder.cli.documents import document, listed
from feeder.cli.printing import messages, results
from feeder.cli.turns import turn
from feeder.cli.wording import archive_lines, difference_line, kept_lines, problem_lines, summary_line
from feeder.formats import FORMATS
from feeder.problems import Severity
from feeder.storage import places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.kinds import Outlet
    from feeder.pipeline import Build


@click.command(
    name="build",
    epilog="Example: feeder build posts -o public --url https://example.org/ --format rss --limit 50",
)
@click.argument("posts", required=False)
@builds
@click.option(
    "--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="A feed format; may be repeated."
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors, and write nothing if there are any.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if the output is out of date.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document instead of file names.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Show where settings come from, why posts are left out, how many archives changed.",
)
@click.pass_context
def command(
    ctx: click.Context, request: building.Request,
    *, strict: bool, check: bool, as_json: bool, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Write the feeds of the posts in POSTS.

    POSTS is a directory, or a URL such as s3://bucket/posts. By default it is the directory that the site's
    generator uses, else the first of posts, _posts, source/_posts, content/posts, content/post, content/blog,
    content and src/content/blog that exists.

    The names of changed files go to standard output, everything else to standard error. Files that an earlier
    build wrote and this one does not are removed; no other file ever is. Exit code 0: success. 1: posts have
    problems; the others are published, and if there are no others, the feeds stay as they are. 2: usage or
    configuration error, and nothing is written; or the output cannot be written, and every feed is whole, either the
    old one or the new.
    """
    settings = building.load_settings(request, quiet=quiet, verbose=verbose)
    outlet = places.outlet(settings.output, Path())
    with turn(outlet.lockable, make=not check) as alone:
        _, build = building.build(request, settings=settings)
        messages(problem_lines(build.problems, every=verbose or strict))
        refused = _refusal(build, outlet, strict=strict)
        emptied = build.failed and not build.published and refused
        differing = publish.differences(build.artifacts, outlet) if check and not emptied else []
        outcome = (
            publish.Outcome()
            if refused or check
            else publish.publish(build.artifacts, outlet, __version__, alone=alone)
        )
    messages(kept_lines(outcome, outlet))
    if as_json:
        document(_said(build, outcome, differing, outlet))
    if not quiet:
        if not as_json:
            results(item.shown for item in outcome.written if item.changed)
            results(f"{outlet.shown(item.path)}: {item.how}" for item in differing)
        messages(f"{item.path}: left out: {item.reason}" for item in build.left_out if verbose)
        messages(archive_lines(build, outcome) if verbose and outcome.written else ())
        messages(
            [
                difference_line(build, differing, settings.output)
                if check
                else summary_line(build, outcome, settings.output, refused=refused)
            ]
        )
    ctx.exit(PROBLEMS if refused or differing or build.errors else 0)


def _refusal(build: Build, outlet: Outlet, *, strict: bool) -> str:
    """Return why nothing is written, "" if it is: feeds without a post would take all others from their subscribers."""
    if strict and any(item.severity is not Severity.NOTE for item in build.problems):
        return "because of --strict"
    if build.failed and not build.published and publish.has_files(outlet):
        return "because no post can be published; the feeds stay as they are"
    return ""


def _said(
    build: Build, outcome: publish.Outcome, differing: Sequence[publish.Difference], outlet: Outlet
) -> dict[str, Any]:
    """Return what ``--json`` prints."""
    return {
        "files": [
            {
                "path": item.shown,
                "type": item.artifact.media_type,
                "bytes": len(item.artifact.data),
                "changed": item.changed,
            }
            for item in outcome.written
        ],
        "removed": [outlet.shown(path) for path in outcome.removed],
        "differences": [{"path": outlet.shown(item.path), "how": item.how} for item in differing],
        "feeds": [
            {"path": feed.path or feed.directory, "title": feed.title, "posts": [post.shown for post in feed.posts]}
            for feed in build.feeds
        ],
        "published": len(build.published),
        "failed": build.failed,
        "left_out": [{"path": item.path, "reason": item.reason} for item in build.left_out],
        "problems": listed(build.problems),
    }
