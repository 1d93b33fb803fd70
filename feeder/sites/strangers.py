"""What to say of a site of a generator whose configuration feeder does not read, and of one whose posts nobody names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.sites.generators import PLAIN, detected, sites_below

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeder.sites.generators import Detected

_NEVER = frozenset({"node_modules", "vendor", "venv", "dist", "build", "output", "site", "_site", "_build"})
_DEEPEST, _MANY, _HEAD = 6, 20_000, 2048
_ENDINGS = (".md", ".mdx", ".markdown", ".rst")
_DATED = pattern(
    rb"(?mi)^(?:---|\+\+\+)?\s*(?::|\.\. )?(?:pub(?:lish(?:ed)?)?_?)?date(?:_?(?:published|created))?\"?\s*[:=]\s*\S"
)
_NAME = pattern(r"\d{4}-\d\d-\d\d-.")
_PAGES = {"MkDocs": "docs", "Zensical": "docs", "mdBook": "src"}
"""Where generators of documentation have their pages: what lies elsewhere in a repository is not theirs."""
_MOST = 0.9
"""The part of all dated files that a directory has for which the others do not count."""


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
    if not likely and next(_dated(directory), None) == ():
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
    for depth, above in enumerate(place.parents[:_DEEPEST], 1):
        if (place / ".git").exists():
            break
        place = above
        if (whose := detected(place)).dialect != PLAIN:
            return f"this is a directory of a site ({whose.dialect}: {whose.reason}): run feeder in {'/'.join(['..'] * depth)}"
    return ""


def likely_posts(directory: Path) -> str:
    """Return the directory that nearly all files lie in that look like posts, "" where there are none, or only the top."""
    counts: dict[tuple[str, ...], int] = {}
    for path in _dated(directory):
        for depth in range(len(path) + 1):
            counts[path[:depth]] = counts.get(path[:depth], 0) + 1
    found: tuple[str, ...] = ()
    while counts:
        below = {path: count for path, count in counts.items() if len(path) == len(found) + 1 and path[:-1] == found}
        best = max(below, key=lambda path: below[path], default=None)
        if best is None or below[best] < _MOST * counts[found]:
            break
        found = best
    return "/".join(found)


def _dated(directory: Path) -> Iterator[tuple[str, ...]]:
    """Yield the directory, as its parts, of each file that looks like a post."""
    seen = 0
    for place, below, names in os.walk(directory):
        parts = Path(place).relative_to(directory).parts
        below[:] = sorted(name for name in below if name[0] != "." and name not in _NEVER and len(parts) < _DEEPEST)
        for name in names:
            if name.endswith(_ENDINGS) and (seen := seen + 1) <= _MANY and _is_dated(Path(place, name)):
                yield parts


def _is_dated(path: Path) -> bool:
    if _NAME.match(path.name):
        return True
    try:
        with path.open("rb") as stream:
            return _DATED.search(stream.read(_HEAD)) is not None
    except OSError:
        return False
