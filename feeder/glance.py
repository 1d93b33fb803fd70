"""Bytes -> Card, or Post, at a glance: the posts that are plain and certainly sound, which nearly all are.

It reads what `frontmatter` and `normalize` read, with their own functions where a field takes thought, and gives up on
anything that could be a problem, or is out of the ordinary; these take over then, and say what is wrong. That both
give one card, and one post, is a property test.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder import urls
from feeder.categories import categories_from_names, names_in_text
from feeder.dates import BadDateError, parse_date
from feeder.fieldnames import EPISODE
from feeder.fields import FALSE, TRUE
from feeder.frontmatter import folded_key
from feeder.languages import language_tag
from feeder.mailboxes import author_from_text, is_address
from feeder.mediatypes import media_type_of
from feeder.model import Card, Post, Reference
from feeder.normalize import DRAFT_DIRECTORY, title_from_text
from feeder.pathnames import date_in_path, facts_of, permalink_by_pattern, slug_in_path
from feeder.patterns import pattern
from feeder.plaintext import clean, fold, is_clean, nfc, without_markup
from feeder.problems import START
from feeder.references import SWITCHES, located
from feeder.slugs import slug
from feeder.trees import plainyaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from feeder.model import Author, Category
    from feeder.normalize import Rules

Said = str | tuple[str, ...]
"""What a key says: text, or a list of texts."""

_PATH = pattern(r"/?\w[\w-]*(?:[./]\w[\w-]*)*", re.ASCII)
"""A path that leads nowhere but down, and needs no encoding."""
_EPISODE = frozenset(EPISODE)
"""Fields that make more of a post than a card can tell at a glance."""
_SLUG = pattern(r"[a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){0,20}")


class _DoubtError(Exception):
    """The post takes a closer look."""


class Glance:
    """Reads posts by one set of rules."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._doubtful = _EPISODE | ({"enclosures"} if rules.podcast else set())
        self._fields = rules.dialect.ranks
        self._folded: dict[str, str] = {}

    def card(self, data: bytes, path: str, shown: str) -> Card | None:
        """Return the card of a post that has no problem; None for one that takes a closer look."""
        try:
            head, _ = _parted(data)
            return None if DRAFT_DIRECTORY.match(path) else self._card(self._given(head), path, shown)
        except _DOUBTS:
            return None

    def post(self, data: bytes, card: Card) -> tuple[Post, str] | None:
        """Return the post with this card, without the places of its fields, and its body; None as `card` does."""
        try:
            head, body = _parted(data)
            given = self._given(head)
            if self._card(given, card.path, card.shown)._replace(updated=card.updated) != card:
                return None  # it changed since
            return self._post(given, card), clean(body)
        except _DOUBTS:
            return None

    def _given(self, head: str) -> dict[str, Said]:
        """Return what the front matter says, by the name of the field. Raises `_DoubtError`."""
        lines = plainyaml.lines(head) if is_clean(head) else None
        if lines is None:
            raise _DoubtError
        folded, value = self._folded, plainyaml.value
        said: dict[str, Said | None] = {}
        key = indent = ""
        for name, _, text, dash, _, item in lines:
            if name:
                key = folded.get(name) or folded.setdefault(name, folded_key(name))
                if key in said or name[0] == " " or name in plainyaml.NULLS:
                    raise _DoubtError
                said[key] = value(text) if text else ""
                indent = "" if text else "?"
            elif item:
                one = value(item)
                if one is None or indent not in {"?", dash}:
                    raise _DoubtError
                said[key] = (*(said[key] or ()), one)
                indent = dash
        return self._fields_of(said)

    def _fields_of(self, said: Mapping[str, Said | None]) -> dict[str, Said]:
        """Return what the keys say by the name of the field, without what is blank. Raises `_DoubtError`."""
        given: dict[str, Said] = {}
        for key, text in said.items():
            if text is None:
                raise _DoubtError
            known = self._fields.get(key)
            if known and (isinstance(text, tuple) or text.strip()):
                field = known[0]
                harmless = _HARMLESS.get(field)
                if field in given or field in self._doubtful or (harmless and not harmless(text)):
                    raise _DoubtError
                given[field] = text
        return given

    def _card(self, given: Mapping[str, Said], path: str, shown: str) -> Card:
        rules = self._rules
        published = self._date(given.get("published") or date_in_path(path))
        updated = self._date(given["updated"]) if "updated" in given else published
        if updated < published:
            raise _DoubtError
        if "url" in given:
            url = urls.site_absolute(nfc(_one(given["url"])), rules.roots.site)
        else:
            slug_text = title = ""
            if ":slug" in rules.permalink:
                slug_text = slug(_one(given["slug"])) if "slug" in given else slug_in_path(path)
            if ":title" in rules.permalink and not (title := title_from_text(_one(given.get("title", "")))):
                raise _DoubtError
            url = permalink_by_pattern(rules.roots.site, rules.permalink, facts_of(path, title, slug_text, published))
        return Card(
            path,
            shown,
            _one(given["id"]).strip() if "id" in given else url,
            url,
            published,
            updated,
            self._date(given["expires"]) if "expires" in given else None,
            _language(_one(given["language"])) if "language" in given else rules.language,
            _names(given["authors"]) if "authors" in given else tuple([item.name for item in rules.authors]),
            (
                *(_categories(given["categories"], "category") if "categories" in given else ()),
                *(_categories(given["tags"], "tag") if "tags" in given else ()),
            ),
        )

    def _post(self, given: Mapping[str, Said], card: Card) -> Post:
        title = title_from_text(_one(given.get("title", "")))
        if not title:
            raise _DoubtError
        image, thumbnail = (next(self._references(given, name, card), None) for name in ("image", "thumbnail"))
        comments = given.get("comments", "")
        return Post(
            card.path,
            card.shown,
            card.id,
            card.url,
            title,
            card.published,
            card.updated,
            card.language,
            _authors(given["authors"]) if "authors" in given else self._rules.authors,
            card.categories,
            image or thumbnail,
            thumbnail or image,
            tuple({item.url: item for item in self._references(given, "enclosures", card)}.values()),
            fold(without_markup(_one(given.get("summary", "")))),
            f"{card.url.partition('#')[0]}#comments" if _one(comments).strip().lower() in TRUE else "",
            card.expires,
        )

    def _references(self, given: Mapping[str, Said], field: str, card: Card) -> Iterator[Reference]:
        """Yield what a field with names of files refers to."""
        said = given.get(field, ())
        for text in (said,) if isinstance(said, str) else said:
            if text.lower() in SWITCHES:
                continue
            found = (text, "") if urls.is_canonical(text) else located(text, card.path, card.url, self._rules.roots)
            if not found:
                raise _DoubtError
            yield Reference(*found, START, type=media_type_of(found[0]))

    def _date(self, text: Said) -> datetime:
        return parse_date(_one(text), self._rules.zone)


_DOUBTS = (_DoubtError, UnicodeDecodeError, BadDateError, urls.BadUrlError)


def _parted(data: bytes) -> tuple[str, str]:
    """Return a file's front matter and its body. Raises `_DoubtError`, or `UnicodeDecodeError`."""
    text = data.decode()
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    end = text.find("\n---\n", 3)
    if end < 0 or not text.startswith("---\n"):
        raise _DoubtError
    return text[4:end], text[end + 5 :]


def _one(said: Said) -> str:
    if not isinstance(said, str):
        raise _DoubtError
    return said


@lru_cache
def _language(text: str) -> str:
    tag = language_tag(text)
    if tag is None:
        raise _DoubtError
    return tag


@lru_cache(1024)
def _authors(said: Said) -> tuple[Author, ...]:
    return tuple(dict.fromkeys(map(_author, (said,) if isinstance(said, str) else said)))


@lru_cache(1024)
def _names(said: Said) -> tuple[str, ...]:
    return tuple(author.name for author in _authors(said))


def _author(text: str) -> Author:
    author = author_from_text(text)
    if author is None or (author.email and not is_address(author.email)):
        raise _DoubtError
    return author


@lru_cache(4096)
def _categories(said: Said, kind: str) -> tuple[Category, ...]:
    texts = (said,) if isinstance(said, str) else said
    return categories_from_names((name for text in texts for name in names_in_text(text)), kind)


def _is_reference(said: Said) -> bool:
    return all(map(_is_sound, (said,) if isinstance(said, str) else said))


def _is_sound(text: str) -> bool:
    return urls.is_canonical(text) or _PATH.fullmatch(text) is not None


def _is_flag(*words: str) -> Callable[[Said], bool]:
    return lambda said: isinstance(said, str) and said.strip().lower() in words


_HARMLESS: Mapping[str, Callable[[Said], bool]] = {
    "title": lambda said: isinstance(said, str),
    "summary": lambda said: isinstance(said, str),
    "id": lambda said: isinstance(said, str) and urls.is_uri(said.strip()),
    "slug": lambda said: isinstance(said, str) and _SLUG.fullmatch(said) is not None,
    "image": _is_reference,
    "thumbnail": _is_reference,
    "enclosures": _is_reference,
    "comments": _is_flag(*TRUE, *FALSE),
    "draft": _is_flag(*FALSE),
    "public": _is_flag(*TRUE),
    "feed": _is_flag(*TRUE),
    "status": lambda said: isinstance(said, str) and said.strip().lower() != "draft",
}
"""Field -> whether what it says can do no harm. The other fields are read, since the card has them."""
