"""``feeder next``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from feeder.cli import building
from feeder.cli.building import builds
from feeder.cli.documents import document
from feeder.cli.printing import messages, results
from feeder.schedule import Change, cron_line, next_change
from feeder.texts.dates import format_rfc3339

if TYPE_CHECKING:
    from feeder.cli.building import Request


@click.command(name="next", epilog="Example: feeder next posts --json")
@click.argument("posts", required=False)
@builds
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
def command(request: Request, *, as_json: bool) -> None:
    """Show when the next scheduled, updated or expiring post in POSTS changes the feeds.

    Two lines go to standard output: the time (RFC 3339), and the cron schedule for a build at that time, in UTC.
    The posts concerned go to standard error. Nothing is printed if no post will change the feeds. Exit code
    0: success, in either case. 2: usage or configuration error.
    """
    chosen = building.choose(request, quiet=as_json)
    context = chosen.context
    change = next_change(chosen.posts, request.now, context.settings, context.channel)
    if as_json:
        document(_said(change))
    elif change:
        messages(f"{event.post.shown}: {event.what} at that time" for event in change.events)
        results([format_rfc3339(change.time), cron_line(change.time)])


def _said(change: Change | None) -> dict[str, Any]:
    """Return what ``--json`` prints."""
    if change is None:
        return {"time": None, "cron": None, "posts": []}
    return {
        "time": format_rfc3339(change.time),
        "cron": cron_line(change.time),
        "posts": [{"path": event.post.shown, "event": event.what} for event in change.events],
    }
