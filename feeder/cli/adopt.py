"""``feeder adopt``."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

import click

from feeder.adopt import adopt
from feeder.cli import building
from feeder.cli.building import PROBLEMS, builds
from feeder.cli.pinned import told
from feeder.cli.printing import messages
from feeder.published.read import read_feed

if TYPE_CHECKING:
    from feeder.adopt import Adoption
    from feeder.cli.building import Request
    from feeder.published.items import PublishedFeed, PublishedItem


class Feed(click.File):
    """A file, or ``-`` for standard input; not a URL, since one command is enough that fetches."""

    name = "feed"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            self.fail(f"feeder adopt does not fetch URLs; run: curl -s {value} | feeder adopt -", param, ctx)
        return super().convert(value, param, ctx)


@click.command(name="adopt", epilog="Example: feeder adopt old/feed.xml posts --dry-run")
@click.argument("feed", type=Feed("rb"))
@click.argument("posts", required=False)
@builds
@click.option("-n", "--dry-run", is_flag=True, help="Print the patch; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document instead of file names or the patch.")
@click.option("-v", "--verbose", is_flag=True, help="Show which post each item belongs to, and how it was recognised.")
@click.pass_context
def command(
    ctx: click.Context, request: Request, *, feed: IO[bytes], dry_run: bool, as_json: bool, verbose: bool
) -> None:
    """Write the ids of FEED's items into the front matter of the matching posts in POSTS.

    FEED is an RSS, Atom or JSON feed made by any generator: a file, or - for standard input. Items are matched
    to posts by id, link (whatever the host), title and date, or text. An item that could belong to several posts
    is not adopted. Items that are not adopted are listed with the reason. One line is added to each
    file, as feeder pin does.

    The names of changed files go to standard output; with --dry-run, the patch. Exit code 0: every item's id
    was adopted. 1: some were not, or posts have problems. 2: usage or configuration error, or FEED is not
    a feed.
    """
    name = getattr(feed, "name", "standard input")
    published = read_feed(feed.read(), name)
    chosen = building.choose(request)
    found = adopt(published.items, chosen.choice.posts, chosen.context, atom=published.format == "atom")
    if published.fault:
        messages([f"{name} is not well-formed and may have been read only in part: {published.fault}"])
    messages(f"{match.post.shown}: {match.item.id}, matched by {match.by}" for match in found.matches if verbose)
    failed = told(chosen, found.pinning, dry_run=dry_run, more=_said(published, found) if as_json else None)
    messages(f"not adopted: {_named(left.item)}: {left.reason}" for left in found.left)
    messages([f"{'Would adopt' if dry_run else 'Adopted'} {len(found.matches)} of {len(published.items)} items."])
    ctx.exit(PROBLEMS if failed or found.left else 0)


def _said(published: PublishedFeed, found: Adoption) -> dict[str, Any]:
    """Return what ``--json`` prints beside what `feeder pin` does."""
    return {
        "items": len(published.items),
        "fault": published.fault or None,
        "adopted": [{"path": match.post.shown, "id": match.item.id, "by": match.by} for match in found.matches],
        "not_adopted": [
            {"id": left.item.id, "url": left.item.url, "title": left.item.title, "reason": left.reason}
            for left in found.left
        ],
    }


def _named(item: PublishedItem) -> str:
    title = f'"{item.title}"' if item.title else "an untitled item"
    address = item.url or item.id
    return f"{title} ({address})" if address else title
