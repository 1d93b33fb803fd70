"""Problems of missing pictures -> those of pictures that no other post has: a bundle's are served to all, by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeder.texts import urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feeder.kinds import FileStore
    from feeder.model import Card
    from feeder.problems import Problem

_CODES = frozenset({"picture-missing", "body-picture-missing"})


def without_lent(
    problems: Iterable[Problem], cards: Sequence[Card], library: FileStore, site: str
) -> Iterator[Problem]:
    """Yield problems without those of pictures that lie in another post's bundle; ``site`` is the site's URL."""
    bundles: dict[str, str] = {}
    posts: dict[str, str] = {}
    for item in problems:
        if item.code in _CODES and item.got and library.beside == "bundle":
            if not bundles:
                bundles = {urls.own_address(card.url): card.path for card in cards}
                posts = {card.shown: card.url for card in cards}
            if any(_is_in(bundles, url, library) for url in _led_to(item.got, posts.get(item.path, site), site)):
                continue
        yield item


def _led_to(named: str, post: str, site: str) -> Iterator[str]:
    """Yield where a name leads from a post: one with a slash before it from the root of the site, too."""
    if named.startswith("/"):
        yield site + named.lstrip("/")
    try:
        yield urls.bare(urls.absolute(named, post))
    except urls.BadUrlError:
        return


def _is_in(bundles: dict[str, str], url: str, library: FileStore) -> bool:
    """Whether the bundle whose address is the nearest above a URL has a file of the rest of it."""
    above = url
    while "/" in (above := above.rstrip("/")):
        above = above[: above.rindex("/") + 1]
        if post := bundles.get(above):
            sight = library.see(unquote(url.removeprefix(above)), post, as_picture=False)
            return sight.there and bool(sight.own)
    return False
