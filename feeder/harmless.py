"""What the text of a field may be without any doubt, so that `feeder.glance` need not look at it closely."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder import urls
from feeder.fields import FALSE, TRUE
from feeder.normalize import UNLISTED
from feeder.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Said = str | tuple[str, ...]
"""What a key says: text, or a list of texts."""

_PATH = pattern(r"/?(?!src/)\w[\w-]*(?:[./]\w[\w-]*)*", re.ASCII)
"""A path that leads nowhere but down, needs no encoding, and is not one of the sources."""
_SLUG = pattern(r"[a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){0,20}")


_TOKEN = pattern(r":(?!//)|\{")
"""What an address may have that is no plain one."""
_HIDDEN = frozenset({"draft", "hidden", "skip"})
"""What keeps a post out, in one dialect or another."""


def _is_reference(said: Said) -> bool:
    return all(map(_is_sound, (said,) if isinstance(said, str) else said))


def _is_sound(text: str) -> bool:
    return urls.is_canonical(text) or _PATH.fullmatch(text) is not None


def _is_flag(*words: str) -> Callable[[Said], bool]:
    return lambda said: isinstance(said, str) and said.strip().lower() in words


HARMLESS: Mapping[str, Callable[[Said], bool]] = {
    "title": lambda said: isinstance(said, str),
    "summary": lambda said: isinstance(said, str),
    "id": lambda said: isinstance(said, str) and urls.is_uri(said.strip()),
    "url": lambda said: isinstance(said, str) and said.strip().lower() not in FALSE and not _TOKEN.search(said),
    "slug": lambda said: isinstance(said, str) and _SLUG.fullmatch(said) is not None,
    "image": _is_reference,
    "thumbnail": _is_reference,
    "enclosures": _is_reference,
    "comments": _is_flag(*TRUE, *FALSE),
    "draft": _is_flag(*FALSE),
    "public": _is_flag(*TRUE),
    "feed": _is_flag(*TRUE),
    "status": lambda said: isinstance(said, str) and said.strip().lower() not in _HIDDEN,
    "unlisted": _is_flag(*FALSE),
    "listed": lambda said: isinstance(said, str) and said.strip().lower() not in UNLISTED,
}
"""Field -> whether what it says can do no harm. The other fields are read, since the card has them."""
