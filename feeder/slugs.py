"""Slugs and permalink patterns: names turned into addresses that are safe in URLs and on every file system."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from feeder.patterns import pattern
from feeder.plaintext import nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

MAX_BYTES = 120
"""Bytes of UTF-8 in a slug; file systems take 255, and readers show the URL."""

_WORDS = {
    "+": "plus",
    "#": "sharp",
    "&": "and",
    "@": "at",
    "%": "percent",
    "*": "star",
    "=": "equals",
    "<": "lt",
    ">": "gt",
}
_DOTS = pattern(r"\.+(?=-|$)|(?<![^-])\.+")
# Device names of Windows, whatever the extension.
_RESERVED = pattern(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_TOKEN = pattern(r":([a-z_]+)")


def slug(name: str) -> str:
    """Return ``name`` as one path segment: lower case, letters and digits of any script, ``.`` and ``-``.

    ``C``, ``C++`` and ``C#`` are ``c``, ``c-plus-plus`` and ``c-sharp``; what leaves nothing gets a hash.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    text = "".join(f"-{_WORDS[character]}-" if character in _WORDS else character for character in text)
    text = "".join(character if _is_word(character) else "-" for character in nfc(text))
    text = _DOTS.sub("-", text)
    text = re.sub("-{2,}", "-", text).strip("-.")
    if len(text.encode()) > MAX_BYTES:
        text = (
            text.encode()[: MAX_BYTES - len(_hash(name)) - 1].decode("utf-8", "ignore").rstrip("-.") + "-" + _hash(name)
        )
    if not text or _RESERVED.fullmatch(text):
        return f"{text.replace('.', '-')}-{_hash(name)}".lstrip("-")
    return text


def _is_word(character: str) -> bool:
    """Whether a slug may hold the character: a letter, a mark on one (half of Hindi and Thai), a digit, or a dot."""
    return character == "." or unicodedata.category(character)[0] in "LMN"


def distinct_slugs(names: Iterable[str]) -> dict[str, str]:
    """Return a slug for each name, no two alike on file systems that fold case.

    ``names`` come oldest first: where two would share a slug the older keeps it, the other gets a hash of its name.
    So a new name never moves an old one.
    """
    given: dict[str, str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(names):
        text = slug(name)
        if text in taken:
            text = next(hashed for length in range(6, 65) if (hashed := f"{text}-{_hash(name, length)}") not in taken)
        taken.add(text)
        given[name] = text
    return given


def permalink_tokens(pattern: str) -> tuple[str, ...]:
    """Return the tokens of a permalink pattern. Raises `ValueError` naming one that is unknown, or a bad shape."""
    tokens = tuple(match[1] for match in _TOKEN.finditer(pattern))
    for token in tokens:
        if token not in TOKENS:
            message = f"has the unknown token :{token}; known are {', '.join(f':{name}' for name in sorted(TOKENS))}"
            raise ValueError(message)
    if not tokens:
        message = "needs a token such as :path, or all posts would have one address"
        raise ValueError(message)
    if ".." in pattern.split("/"):
        message = "must not contain .."
        raise ValueError(message)
    return tokens


def permalink(pattern: str, facts: Facts) -> str:
    """Return the pattern with each token replaced by what it stands for."""
    literal, *parts = _TOKEN.split(pattern)
    for token, after in zip(parts[::2], parts[1::2], strict=True):
        literal += TOKENS[token](facts) + after
    return re.sub("/{2,}", "/", literal) if "//" in literal else literal


class Facts(NamedTuple):
    """What a permalink can be made of: ``path`` has no extension, ``title`` is as it is shown."""

    path: str
    slug: str
    title: str
    date: datetime | None


def _hash(name: str, length: int = 6) -> str:
    return hashlib.sha256(nfc(name).encode("utf-8", "replace")).hexdigest()[:length]


TOKENS: Mapping[str, Callable[[Facts], str]] = {
    "path": lambda facts: facts.path,
    "dir": lambda facts: facts.path.rpartition("/")[0],
    "name": lambda facts: facts.path.rpartition("/")[2],
    "slug": lambda facts: facts.slug,
    "title": lambda facts: slug(facts.title),
    "year": lambda facts: f"{facts.date.year:04}" if facts.date else "",
    "month": lambda facts: f"{facts.date.month:02}" if facts.date else "",
    "day": lambda facts: f"{facts.date.day:02}" if facts.date else "",
}
"""Token of a permalink pattern -> how its text comes from a post's facts."""
