"""Slugs and permalink patterns: names turned into addresses that are safe in URLs and on every file system."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from feeder.plaintext import nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

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
_NOT_IN_A_SLUG = re.compile(r"[^\w.]+|_")
_DOTS = re.compile(r"\.+(?=-|$)|(?<![^-])\.+")
# Device names of Windows, whatever the extension.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_TOKEN = re.compile(r":([a-z_]+)")


def slug(name: str) -> str:
    """Return ``name`` as one path segment: lower case, letters and digits of any script, ``.`` and ``-``.

    ``C``, ``C++`` and ``C#`` are ``c``, ``c-plus-plus`` and ``c-sharp``; what leaves nothing gets a hash.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    text = "".join(f"-{_WORDS[character]}-" if character in _WORDS else character for character in text)
    text = _DOTS.sub("-", _NOT_IN_A_SLUG.sub("-", nfc(text)))
    text = re.sub("-{2,}", "-", text).strip("-.")
    if len(text.encode()) > MAX_BYTES:
        text = (
            text.encode()[: MAX_BYTES - len(_hash(name)) - 1].decode("utf-8", "ignore").rstrip("-.") + "-" + _hash(name)
        )
    if not text or _RESERVED.fullmatch(text):
        return f"{text}-{_hash(name)}".lstrip("-")
    return text


def distinct_slugs(names: Iterable[str]) -> dict[str, str]:
    """Return a slug for each name, no two alike on file systems that fold case.

    ``names`` come oldest first: where two would share a slug, one that is spelled like it keeps it, else the
    older; the others get a hash of their name. So a new name never moves an old one that is spelled plainly.
    """
    wanted: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        wanted.setdefault(slug(name), []).append(name)
    given: dict[str, str] = {}
    for text, rivals in wanted.items():
        winner = next((name for name in rivals if re.sub(r"\s+", "-", name.casefold()) == text), rivals[0])
        for name in rivals:
            given[name] = text if name == winner else f"{text}-{_hash(name)}"
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


def permalink(pattern: str, facts: Mapping[str, str]) -> str:
    """Return the pattern with each token replaced by its fact; ``facts`` has one for each of `TOKENS`' needs."""
    text = _TOKEN.sub(lambda match: TOKENS[match[1]](facts), pattern)
    return re.sub("/{2,}", "/", text)


def _hash(name: str) -> str:
    return hashlib.sha256(nfc(name).encode("utf-8", "replace")).hexdigest()[:6]


TOKENS: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "path": lambda facts: facts["path"],
    "dir": lambda facts: facts["path"].rpartition("/")[0],
    "name": lambda facts: facts["path"].rpartition("/")[2],
    "slug": lambda facts: facts["slug"],
    "title": lambda facts: slug(facts["title"]),
    "year": lambda facts: facts["date"][:4],
    "month": lambda facts: facts["date"][5:7],
    "day": lambda facts: facts["date"][8:10],
}
"""Token of a permalink pattern -> how its text comes from a post's facts (``path``, ``slug``, ``title``, ``date``)."""
