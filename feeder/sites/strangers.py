"""What to say of a site of a generator whose configuration feeder does not read, and of one whose posts nobody names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.sites.dated import DEEPEST, dated, likely_posts
from feeder.sites.generators import PLAIN, detected, sites_below

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from feeder.sites.generators import Detected

_PAGES = {"MkDocs": "docs", "Zensical": "docs", "mdBook": "src"}
"""Where generators of documentation have their pages: what lies elsewhere in a repository is not theirs."""


def unread(whose: Detected, posts: str) -> str:
    """Return what to say of a site whose generator nobody can ask for the addresses of its posts, "" if they are not its own."""
    if posts.partition("/")[0] != _PAGES.get(whose.unread, posts.partition("/")[0]):
        return ""
    return (
        f"this is a site of {whose.unread} ({whose.reason}), whose configuration feeder does not read, so the addresses of "
        "posts are not known. Say in feeder.yml what they are, such as\n"
        f'  posts: {{path: {posts}, permalink: "/blog/:name/"}}\n'
        "With `site.dialect: plain`, they are the paths of the files: /:path/"
    )


def without_posts(directory: Path) -> list[str]:
    """Return what to say of a directory in which no posts were found."""
    whose, likely, below = detected(directory), likely_posts(directory), sites_below(directory)
    if whose.dialect == PLAIN and not whose.unread and not below and (above := _site_above(directory)):
        return [above]
    if said := whose.unread and unread(whose, likely or "content/blog"):
        return [said, *below]
    if not likely and next(dated(directory), None) == ():
        return below or ["files with dates in their front matter are here: feeder build ."]
    return below or (
        [f"files with dates in their front matter are in {likely}: feeder build {likely}"] if likely else []
    )


def without_url(directory: Path, details: Sequence[str]) -> list[str]:
    """Return what to say of a site without a URL; ``details`` are what is known of its generator, if it has one."""
    if details:
        return [f"{details[0]}. Its configuration has no URL"]
    return list(filter(None, [_site_above(directory)]))


def _site_above(directory: Path) -> str:
    """Return what to say of the site that a directory lies in, as far as its repository goes; "" for none."""
    place = directory.resolve()
    for depth, above in enumerate(place.parents[:DEEPEST], 1):
        if (place / ".git").exists():
            break
        place = above
        if (whose := detected(place)).dialect != PLAIN:
            return f"this is a directory of a site ({whose.dialect}: {whose.reason}): run feeder in {'/'.join(['..'] * depth)}"
    return ""
