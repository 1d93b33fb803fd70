"""Bytes -> Card, at a glance: the posts that are plain and certainly sound, which nearly all are.

It reads what `frontmatter` and `normalize` read, with their own functions where a field takes thought, and gives up on
anything that could be a problem, or is out of the ordinary; these take over then, and say what is wrong. That both
give one card is a property test.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder import urls
from feeder.categories import categories_of
from feeder.fieldnames import folded_key
from feeder.fields import FALSE, TRUE
from feeder.kinds import Traits
from feeder.languages import language_tag
from feeder.mailboxes import author_from_text, is_address
from feeder.model import Card, Scalar
from feeder.normalize import DRAFT_DIRECTORY, UNLISTED, title_from_text
from feeder.pathnames import section_in_path
from feeder.permalinks import address
from feeder.plaintext import nfc
from feeder.rulings import address_date, date_in, filed_in, language_in, moment
from feeder.trees import plainyaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from feeder.model import Author, Category
    from feeder.rulings import Rules

Said = str | tuple[str, ...]
"""What a key says: text, or a list of texts."""

# What `feeder.plaintext.clean` would take out or turn into something else.
_UNCLEAN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff]")
_PATH = re.compile(r"/?\w[\w-]*(?:[./]\w[\w-]*)*", re.ASCII)
"""A path that leads nowhere but down, and needs no encoding."""
_SLUG = re.compile(r"[a-z0-9]{1,40}(?:-[a-z0-9]{1,40}){0,20}")


_TOKEN = re.compile(r":(?!//)|\{")
"""What an address may have that is no plain one."""
_HIDDEN = frozenset({"draft", "hidden", "skip"})
"""What keeps a post out, in one dialect or another."""
_FILED = frozenset({"categories", "tags"})


class _DoubtError(Exception):
    """The post takes a closer look."""


class Glance:
    """Reads posts by one set of rules."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._fields = rules.dialect.ranks
        self._folded: dict[str, str] = {}

    def card(self, data: bytes, path: str, shown: str) -> Card | None:
        """Return the card of a post that has no problem; None for one that takes a closer look."""
        try:
            text = data.decode()
            if "\r" in text:
                text = text.replace("\r\n", "\n")
            if DRAFT_DIRECTORY.match(path):
                return None
            if self._rules.dialect.headers and not text.startswith("---"):
                return self._card(self._in_headers(text, path), path, shown)
            end = text.find("\n---\n", 3)
            if end < 0 or not text.startswith("---\n"):
                return None
            return self._card(self._given(text[4:end]), path, shown)
        except (_DoubtError, ValueError):  # of dates, addresses and text
            return None

    def _given(self, head: str) -> dict[str, Said]:
        """Return what the front matter says, by the name of the field. Raises `_DoubtError`."""
        lines = None if _UNCLEAN.search(head) else plainyaml.lines(head)
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

    def _in_headers(self, text: str, path: str) -> dict[str, Said]:
        """Return what headers say, by the name of the field. Raises `_DoubtError`."""
        from feeder.headers import headers  # one dialect has these

        found = headers(text, path)
        if found is None or _UNCLEAN.search(text, 0, found.start):
            raise _DoubtError
        return self._fields_of({key: node.text for key, node in found.fields.items() if isinstance(node, Scalar)})

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
                if field in given or (harmless and not harmless(text)):
                    raise _DoubtError
                given[field] = self._split(key, text) if field in _FILED else text
        return given

    def _split(self, key: str, said: Said) -> tuple[str, ...]:
        """Return the names of categories or tags that a key gives."""
        if isinstance(said, tuple):
            return tuple(filter(str.strip, said))
        split = self._rules.dialect.split
        return tuple(filter(str.strip, split(key, said) if split else (said,)))

    def _card(self, given: Mapping[str, Said], path: str, shown: str) -> Card:
        rules = self._rules
        published = self._date(given.get("published") or date_in(path, rules))
        updated = self._date(given["updated"]) if "updated" in given else published
        if updated < published:
            raise _DoubtError
        filed = filed_in(path, tuple(given.get("categories", ())), rules)
        language = _one(given["language"]) if "language" in given else language_in(path, rules)
        site_authors = tuple([item.name for item in rules.authors])
        authors = (self._names(given["authors"]) if "authors" in given else ()) or site_authors
        traits = Traits(
            path,
            rules.root,
            address_date(published, rules),
            self._title(given) if "title" in rules.wants else "",
            _one(given.get("slug", "")),
            filed if "categories" in rules.wants else (),
            authors[0] if authors else "",
            language if "language" in rules.wants else "",
            _one(given.get("id", "")),
            rules.branches,
        )
        text = nfc(_one(given["url"])) if "url" in given else ""
        url = address(text, traits, rules)
        return Card(
            path,
            shown,
            _one(given["id"]).strip() if "id" in given else url,
            url,
            published,
            updated,
            self._date(given["expires"]) if "expires" in given else None,
            _language(language) if language else rules.language,
            authors,
            _categories(filed, tuple(given.get("tags", ()))),
            section_in_path(path),
        )

    def _title(self, given: Mapping[str, Said]) -> str:
        """Return the title that an address is made of: what readers see in feeder's own pattern, else what is written."""
        title = _one(given.get("title", ""))
        if self._rules.permalink and not (title := title_from_text(title)):
            raise _DoubtError
        return title

    def _names(self, said: Said) -> tuple[str, ...]:
        known = self._rules.people
        texts = (said,) if isinstance(said, str) else said
        if known and any(text.strip() in known for text in texts):
            people = dict.fromkeys(known.get(text.strip()) or _author(text) for text in texts)
            return tuple(person.name for person in people)
        return _names(said)

    def _date(self, text: Said) -> datetime:
        return moment(_one(text), self._rules)


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
def _names(said: Said) -> tuple[str, ...]:
    people = dict.fromkeys(map(_author, (said,) if isinstance(said, str) else said))
    return tuple(person.name for person in people)


def _author(text: str) -> Author:
    author = author_from_text(text)
    if author is None or (author.email and not is_address(author.email)):
        raise _DoubtError
    return author


@lru_cache(4096)
def _categories(filed: tuple[str, ...], tagged: tuple[str, ...]) -> tuple[Category, ...]:
    return (*categories_of(filed, "category"), *categories_of(tagged, "tag"))


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
