"""What variables of the site and of the post stand for in bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.nodes import Table
from feeder.texts.dates import format_rfc3339
from feeder.texts.fieldnames import folded_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeder.model import Post
    from feeder.nodes import Node
    from feeder.settings import Settings


def of_site(name: str, settings: Settings, origin: str, base: str) -> str | None:
    """Return what the site's variable of a name stands for, None when that is not known."""
    site = settings.site
    author = site.author[0] if site.author else None
    known = {
        "url": origin,
        "baseurl": base,
        "baseurl_root": base,
        "root": f"{base}/",
        "title": site.title,
        "name": site.title,
        "description": site.description,
        "language": site.language,
        "lang": site.language,
        "active_lang": site.language,
        "timezone": site.timezone,
        "author": author.name if author else None,
        "author.name": author.name if author else None,
        "email": author.email if author else None,
        "author.email": author.email if author else None,
    }
    told = settings.habits.options.get(name)
    if (value := told if told is not None else known.get(name)) is not None:
        return value
    # what the pages of GitHub add, unless the site has its own
    return settings.habits.options.get(f"site.{name}", f"{origin}{base}" if name == "github.url" else None)


def of_post(name: str, post: Post, address: str) -> str | None:
    """Return what is known of a post by this name; ``address`` is its own in the site's way."""
    known = {
        "title": post.title,
        "url": address,
        "permalink": post.url,
        "date": format_rfc3339(post.published),
        "updated": format_rfc3339(post.updated),
        "author": post.authors[0].name if post.authors else None,
        "excerpt": post.summary or None,
        "description": post.summary or None,
        "path": post.path,
    }
    return known.get(name)


def inside_of(node: Node | None, path: Iterable[str]) -> Node | None:
    """Return what a table says under the folded keys of a path, table by table; None where there is nothing."""
    for name in path:
        said = {folded_key(key.text): value for key, value in node.pairs} if isinstance(node, Table) else {}
        node = said.get(name)
    return node
