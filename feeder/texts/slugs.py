"""Slugs: names turned into parts of addresses that are safe in URLs and on every file system."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.texts.plaintext import nfc

if TYPE_CHECKING:
    from collections.abc import Callable

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


def distinct_slug(name: str, fits: Callable[[str], bool]) -> str:
    """Return the slug of a name; where that does not fit, with as much of a hash of the name as it takes."""
    text = slug(name)
    if fits(text):
        return text
    return next(hashed for length in range(6, 65) if fits(hashed := f"{text}-{_hash(name, length)}"))


def _hash(name: str, length: int = 6) -> str:
    return hashlib.sha256(nfc(name).encode("utf-8", "replace")).hexdigest()[:length]


# What some Latin letters are without their marks, where Unicode takes none off.
_BARE = {
    "Æ": "AE",
    "æ": "ae",
    "Œ": "OE",
    "œ": "oe",
    "Ø": "O",
    "ø": "o",
    "ß": "s",
    "ẞ": "S",
    "Đ": "D",
    "đ": "d",
    "Ł": "L",
    "ł": "l",
    "Ħ": "H",
    "ħ": "h",
    "Ŧ": "T",
    "ŧ": "t",
    "\u0131": "i",
    "Ɖ": "D",
    "ŉ": "n",
}


def without_marks(text: str) -> str:
    """Return text with its Latin letters bare: ``é`` is ``e``, ``ø`` is ``o``. Other scripts stay as they are."""
    return text if text.isascii() else "".join(map(_bare, text))


@lru_cache(4096)
def _bare(character: str) -> str:
    if character.isascii() or character in _BARE:
        return _BARE.get(character, character)
    if unicodedata.decomposition(character).startswith(("<compat>", "<super>", "<sub>", "<fraction>")):
        return character
    letters = "".join(part for part in unicodedata.normalize("NFKD", character) if unicodedata.category(part) != "Mn")
    return letters if letters.isascii() and letters.isalpha() else character
