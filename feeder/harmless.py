"""What the text of a field may be without any doubt, and what it is then: what `feeder.glance` need not look at closely."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.fields.categories import categories_of
from feeder.fields.lookup import FALSE, TRUE
from feeder.fields.references import is_file_name
from feeder.nodes import Items, Scalar
from feeder.normalize import UNLISTED
from feeder.patterns import pattern
from feeder.texts import urls
from feeder.texts.languages import language_tag
from feeder.texts.mailboxes import author_from_text, is_address
from feeder.texts.mediatypes import is_recording
from feeder.trees import plainyaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeder.model import Author, Category
    from feeder.nodes import Node

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
    "url": lambda said: (
        isinstance(said, str) and said.strip().lower() not in FALSE and not (_TOKEN.search(said) or is_recording(said))
    ),
    "slug": lambda said: isinstance(said, str) and _SLUG.fullmatch(said) is not None,
    "image": _is_reference,
    "thumbnail": _is_reference,
    "enclosures": lambda said: (
        _is_reference(said) and all(map(is_file_name, (said,) if isinstance(said, str) else said))
    ),
    "comments": _is_flag(*TRUE, *FALSE),
    "draft": _is_flag(*FALSE),
    "public": _is_flag(*TRUE),
    "feed": _is_flag(*TRUE),
    "sealed": lambda _: False,
    "status": lambda said: isinstance(said, str) and said.strip().lower() not in _HIDDEN,
    "unlisted": _is_flag(*FALSE),
    "listed": lambda said: isinstance(said, str) and said.strip().lower() not in UNLISTED,
}
"""Field -> whether what it says can do no harm. The other fields are read, since the card has them."""


class DoubtError(Exception):
    """The post takes a closer look."""


# Each of these raises `DoubtError` for a text that could be a problem, or is out of the ordinary.


def listed_of(text: str) -> tuple[str, ...] | None:
    """Return the items of a list on one line, None where it is empty or more than plain."""
    return tuple([said for _, said in plainyaml.listed(text) or ()]) or None


def said_of(node: Node) -> Said | None:
    """Return what a value says, None for one that takes a closer look."""
    if isinstance(node, Scalar):
        return node.text
    items = node.items if isinstance(node, Items) else ()
    texts = tuple(item.text for item in items if isinstance(item, Scalar))
    return texts if len(texts) == len(items) > 0 else None


def text_of(said: Said) -> str:
    """Return what is said as one text."""
    if not isinstance(said, str):
        raise DoubtError
    return said


@lru_cache
def language_of(text: str) -> str:
    """Return the language tag that a text is."""
    tag = language_tag(text)
    if tag is None:
        raise DoubtError
    return tag


@lru_cache(1024)
def authors_of(texts: tuple[str, ...]) -> tuple[Author, ...]:
    """Return the authors that texts name, each once."""
    return tuple(dict.fromkeys(map(author_of, texts)))


@lru_cache(1024)
def names_of(people: tuple[Author, ...]) -> tuple[str, ...]:
    """Return the names of authors."""
    return tuple([person.name for person in people])


def author_of(text: str) -> Author:
    """Return the author that a text names."""
    author = author_from_text(text)
    if author is None or (author.email and not is_address(author.email)):
        raise DoubtError
    return author


@lru_cache(4096)
def kept_categories(filed: tuple[str, ...], tagged: tuple[str, ...]) -> tuple[Category, ...]:
    """Return the categories and tags that names stand for: many posts have the same."""
    return (*categories_of(filed, "category"), *categories_of(tagged, "tag"))
