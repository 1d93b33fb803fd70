"""Hexo's posts by their names, and the tokens of its patterns of addresses."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.addresses.tokens import Syntax, of_date, says, tokens_in
from feeder.patterns import pattern
from feeder.texts.fieldnames import COMMON, folded_key
from feeder.texts.slugs import without_marks

if TYPE_CHECKING:
    from feeder.addresses.tokens import Token
    from feeder.kinds import Traits
    from feeder.model import Habits

_DEFAULT = ":year/:month/:day/:title/"
_SPECIAL = re.compile(r"[\s~`!@#$%^&*()\-_+=[\]{}|\\;:\"'<>,.?/]+")
_CONTROLS = re.compile(r"[\x00-\x1f]")
_SEGMENTS = {"year": r"\d{4}", "month": r"\d{2}", "day": r"\d{2}", "i_month": r"\d{1,2}", "i_day": r"\d{1,2}", "hash": "[0-9a-f]{12}"}  # fmt: skip
_TOKEN = re.compile(r":(\w*[^\W_])")
_IN_NAMES = re.compile(r"(:\w*[^\W_])")


def slugize(text: str, case: str = "") -> str:
    """Return a name as Hexo writes it in addresses: words of any script, hyphens between; ``case`` is `filename_case`."""
    text = _SPECIAL.sub("-", _CONTROLS.sub("", without_marks(text))).strip("-")
    return text.lower() if case == "1" else text.upper() if case == "2" else text


# What a path says


def below_posts(path: str) -> str:
    """Return the path of a post, or a draft, below the directory of those."""
    return path.removeprefix("_posts/").removeprefix("_drafts/")


def new_name(habits: Habits) -> str:
    """Return the pattern of the names of new posts, with its extension."""
    name = habits.options.get("new_post_name", "")
    return name if "." in name else f"{name or ':title'}.md"


@lru_cache(16)
def _name_pattern(pattern: str) -> re.Pattern[str] | None:
    """Return what ``new_post_name`` looks for in paths without their extension, None where it cannot be looked for."""
    stem = pattern.rpartition(".")[0] or pattern
    parts: list[str] = []
    for part in _IN_NAMES.split(stem):
        name = part[1:] if part[:1] == ":" else ""
        inner = f"(?P<{name}>{_SEGMENTS.get(name, '.+?')})" if name.isidentifier() else re.escape(part)
        parts.append(inner)
    try:
        return re.compile("".join(parts))
    except re.error:  # a token twice
        return None


def in_name(path: str, habits: Habits) -> dict[str, str]:
    """Return what the path of a post says, as ``new_post_name`` reads it."""
    stem = below_posts(path).rpartition(".")[0]
    pattern = _name_pattern(new_name(habits))
    found = pattern.fullmatch(stem) if pattern else None
    said = found.groupdict() if found else {}
    return {"title": slugize(stem), **said}


# Tokens


def _title(traits: Traits, habits: Habits) -> str:
    return in_name(traits.path, habits)["title"]


def _name(traits: Traits, habits: Habits) -> str:
    return _title(traits, habits).rpartition("/")[2]


def _category(traits: Traits, habits: Habits) -> str:
    """Return the path of the post's narrowest category."""
    options = habits.options
    if not traits.categories:
        return options.get("default_category", "uncategorized")
    named = (options.get(f"category_map.{name}", name) for name in traits.categories)
    return "/".join(slugize(name, options.get("filename_case", "")) for name in named)


def _hash(traits: Traits, habits: Habits) -> str:
    seconds = str(int(traits.date.timestamp())) if traits.date else ""
    return hashlib.sha1(f"{_title(traits, habits)}{seconds}".encode(), usedforsecurity=False).hexdigest()[:12]


def _id(traits: Traits, _: Habits) -> str:
    if not traits.id:
        message = "has the token :id, but the post has no id; Hexo makes up a different one each time"
        raise ValueError(message)
    return traits.id


def _own(name: str) -> Token:
    """Return the token that stands for what front matter says under its name."""

    def said(traits: Traits, habits: Habits) -> str:
        text = traits.slug or habits.options.get(f"permalink_defaults.{name}", "")
        if not text:
            message = f"has the token :{name}, but the post has no such key"
            raise ValueError(message)
        return text

    return said


_ABBRLINK = "abbrlink"
_BITS = 8


def made_token(habits: Habits) -> str:
    """Return the token of the site's addresses that a plug-in makes where a post has no such key, "" for none."""
    return _ABBRLINK if _ABBRLINK in habits.options and f":{_ABBRLINK}" in pattern_of(habits) else ""


def _abbrlink(traits: Traits, habits: Habits) -> str:
    """Return what a post says, else the checksum of its title, where the site has the plug-in hexo-abbrlink."""
    if not made_token(habits) or (traits.slug and not says(habits, f"{_ABBRLINK}.force")):
        return _own(_ABBRLINK)(traits, habits)
    if not traits.title:
        message = "is made of the title by hexo-abbrlink, but the post has none"
        raise ValueError(message)
    data = traits.title.encode()
    if habits.options.get(f"{_ABBRLINK}.alg") == "crc32":
        from zlib import crc32

        number = crc32(data)
    else:
        number = _crc16(data)
    return f"{number:x}" if habits.options.get(f"{_ABBRLINK}.rep") == "hex" else str(number)


def _crc16(data: bytes) -> int:
    """Return the checksum CRC-16/ARC."""
    number = 0
    for byte in data:
        number ^= byte
        for _ in range(_BITS):
            number = number >> 1 ^ 0xA001 * (number & 1)
    return number


SYNTAX = Syntax(
    _TOKEN,
    {
        **{name: of_date(name) for name in ("year", "month", "i_month", "day", "i_day", "hour", "minute", "second")},
        "title": _title,
        "name": _name,
        "post_title": lambda traits, _: slugize(traits.title, "1"),
        "id": _id,
        _ABBRLINK: _abbrlink,
        "urlname": _own("urlname"),
        "category": _category,
        "hash": _hash,
        "timestamp": lambda traits, _: str(int(traits.date.timestamp())) if traits.date else "",
        "lang": lambda traits, habits: traits.language or habits.options.get("permalink_defaults.lang", ""),
    },
)
"""The tokens that Hexo makes itself, and those that plug-ins put into front matter."""
_LONG = 4
"""Characters of a token that may be a slip of another: `:pid` is none of `:id`."""
_NEEDS = {"post_title": "title", "id": "id", "category": "categories", "lang": "language"}


def pattern_of(habits: Habits) -> str:
    """Return the pattern of the site's addresses."""
    return habits.permalinks.get("", "") or habits.options.get("permalink", "") or _DEFAULT


@lru_cache(16)
def own_token(pattern: str) -> str:
    """Return the token of a pattern that is the name of a key of front matter, which any may be; "" for none.

    Of several, none is, nor one that is a field of another kind: a post has one key for its address. What is nearly
    one of Hexo's own is a slip.
    """
    token, *more = {token for token in _TOKEN.findall(pattern) if token not in SYNTAX.tokens} or ("",)
    taken = {key for field, keys in COMMON.items() if field != "slug" for key in keys}
    if more or not token or folded_key(token) in taken:
        return ""
    from difflib import get_close_matches  # few sites have such a token

    slip = len(token) >= _LONG and get_close_matches(token, SYNTAX.tokens, 1, 0.7)
    return "" if slip else token


@lru_cache(16)
def syntax_of(pattern: str) -> Syntax:
    """Return the tokens that there are for a pattern."""
    name = own_token(pattern)
    return SYNTAX._replace(tokens={**SYNTAX.tokens, name: _own(name)}) if name else SYNTAX


def wants(habits: Habits) -> frozenset[str]:
    """Return the traits that the site's pattern needs. Raises `ValueError` naming an unknown token."""
    pattern = pattern_of(habits)
    needs = {**_NEEDS, made_token(habits): "title"}
    return frozenset(needs[token] for token in tokens_in(pattern, syntax_of(pattern)) if token in needs)


# What hexo-permalink-pinyin makes of an address

_PINYIN = "permalink_pinyin"
_UNKNOWN = pattern(
    "[^\\x00-\u024f\u2010-\u2027\u2030-\u2049\u3000-\u303a\u3041-\u30fe\u4e00-\u9fa5\uff01-\uff5e\U00010000-\U0010ffff]"
    "|[\u00bc-\u00be\u00dd\u01f2\u0241\u0242\u0245\u3057\u3061\u3063\u3064\u3095-\u309f\u30b7\u30c1\u30c3\u30c4\u30fb\u30fc]"
)
"""What the plug-in's table and Unidecode's spell in two ways, or one of them not at all."""
_READINGS = str.maketrans(
    {"万": "Wan ", "么": "Me ", "宁": "Ning ", "广": "Guang ", "汉": "Han ", "沈": "Shen ", "重": "Chong "}
)
"""Characters of several readings, of which the plug-in takes another than Unidecode."""
_JOINED = pattern(r"(?<=\w)(?=[\u4e00-\u9fa5])", re.ASCII)
_BEYOND = pattern("[\U00010000-\U0010ffff]")


def spelled(path: str, habits: Habits) -> str:
    """Return an address in Latin letters, where the site has a plug-in for that.

    Raises `ValueError` where it takes the package Unidecode, or a letter that the plug-in may spell in another way.
    """
    if not says(habits, f"{_PINYIN}.enable"):
        return path
    excluded = habits.options.get(f"{_PINYIN}.exclude", "")
    with suppress(re.error):
        if excluded and re.search(excluded, path):
            return path
    separator = habits.options.get(f"{_PINYIN}.separator", "-")
    return "".join(part if part in "/." else _in_latin(part, separator) for part in re.split("([/.])", path))


def _in_latin(text: str, separator: str) -> str:
    if not text.isascii():
        if foreign := _UNKNOWN.search(text):
            message = f"has the letter {foreign[0]!r}, and feeder does not know how hexo-permalink-pinyin spells it; write a permalink"
            raise ValueError(message)
        try:
            from unidecode import unidecode
        except ImportError as error:
            message = "is spelled by hexo-permalink-pinyin, which takes the package Unidecode: pip install 'feeder[pelican]', or write a permalink"
            raise ValueError(message) from error
        text = unidecode(_BEYOND.sub("-", _JOINED.sub(" ", text)).translate(_READINGS))
    text = re.sub("[^a-zA-Z0-9]+", lambda _: separator, text).lower()
    while separator and text.startswith(separator):
        text = text.removeprefix(separator)
    while separator and text.endswith(separator):
        text = text.removesuffix(separator)
    return text
