"""``feeder pin``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feeder.cli import building
from feeder.cli.building import PROBLEMS, builds
from feeder.cli.pinned import told
from feeder.pins import pins

if TYPE_CHECKING:
    from feeder.cli.building import Request


@click.command(name="pin", epilog="Example: feeder pin posts --dry-run")
@click.argument("posts", required=False)
@builds
@click.option("-n", "--dry-run", is_flag=True, help="Print the patch; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document instead of file names or the patch.")
@click.pass_context
def command(ctx: click.Context, request: Request, *, dry_run: bool, as_json: bool) -> None:
    """Write the id of each published post in POSTS into its front matter.

    A post with an id of its own no longer depends on its address: moving or renaming it, or redesigning the
    site, cannot send it again. One line is added to each file; nothing else changes. Posts that already have
    an id are left alone, so a second run changes nothing.

    The names of changed files go to standard output; with --dry-run, the patch. Exit code 0: every published
    post has an id. 1: posts have problems, or cannot be pinned. 2: usage or configuration error.
    """
    chosen = building.choose(request)
    pinning = pins(chosen.context.survey, ((post, post.id) for post in chosen.choice.posts))
    ctx.exit(PROBLEMS if told(chosen, pinning, dry_run=dry_run, more={} if as_json else None) else 0)
