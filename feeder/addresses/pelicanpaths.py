"""Pelican's addresses: its slugs, what it takes from paths, and the tokens of its patterns."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache, partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeder.addresses.tokens import Syntax, date_token, expanded, of_date, says, tokens_in
from feeder.texts.fieldnames import folded_key
from feeder.texts.plaintext import resolve_references
from feeder.texts.slugs import without_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from feeder.addresses.tokens import Token
    from feeder.kinds import Traits
    from feeder.model import Habits

_NAME = r"(?P<date>\d{4}-\d{2}-\d{2}).*"
_TAGS = re.compile(r"<[^<>]*>")
_SUBSTITUTIONS = ((r"[^\w\s-]", ""), (r"\A\s+", ""), (r"\s+\Z", ""), (r"[-\s]+", "-"))
"""What Pelican puts in the place of what, unless the site says otherwise."""


@lru_cache(4096)
def slugify(
    text: str,
    substitutions: tuple[tuple[str, str], ...] = _SUBSTITUTIONS,
    *,
    unicode: bool = False,
    cased: bool = False,
) -> str:
    """Return text as Pelican writes it in addresses. Raises `ValueError` where that takes the package Unidecode."""
    text = unicodedata.normalize("NFKC", resolve_references(_TAGS.sub("", text)))
    if not unicode and not text.isascii():
        text = _ascii()(text)
    for sought, put in substitutions:
        text = re.sub(sought, put, text, flags=re.IGNORECASE)
    return (text if cased else text.lower()).strip()


@lru_cache(1)
def _ascii() -> Callable[[str], str]:
    """Return what turns text into ASCII: the package that Pelican uses, where it is installed."""
    from importlib import import_module

    try:
        found: Callable[[str], str] = import_module("unidecode").unidecode
    except ImportError:
        return _latin
    return found


def _latin(text: str) -> str:
    bare = without_marks(text.replace("ß", "ss").replace("\u2014", "--").replace("\u20ac", "EUR"))
    if foreign := next((one for one in bare if not one.isascii() and one.isalnum()), ""):
        message = (
            f"the title has the letter {foreign!r}, which Pelican spells in ASCII with the package Unidecode: "
            "pip install 'feeder[pelican]', or write a slug"
        )
        raise ValueError(message)
    return bare.encode("ascii", "ignore").decode()


def _slugged(text: str, habits: Habits, of: str = "SLUG") -> str:
    """Return what stands for text in addresses: of a title, or ``of`` a CATEGORY or an AUTHOR."""
    unicode, cased = says(habits, "SLUGIFY_USE_UNICODE"), says(habits, "SLUGIFY_PRESERVE_CASE")
    told = (habits.options.get(f"{name}_REGEX_SUBSTITUTIONS") for name in (of, "SLUG"))
    pairs = next((_pairs(text) for text in told if text is not None), _SUBSTITUTIONS)
    return slugify(text, pairs, unicode=unicode, cased=cased)


@lru_cache(8)
def _pairs(told: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs in a list, as `feeder.sites.generators.pelican` writes it."""
    import json  # few sites have any

    return tuple((sought, put) for sought, put in json.loads(told))


# What a path says


@lru_cache(8)
def _pattern_named(text: str) -> re.Pattern[str] | None:
    try:
        return re.compile(text)
    except re.error:
        return None


def in_path(path: str, name: str, habits: Habits) -> str:
    """Return what the site's patterns of paths say of a field, "" for nothing."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    options = habits.options
    for text, subject in ((options.get("FILENAME_METADATA") or _NAME, stem), (options.get("PATH_METADATA", ""), path)):
        pattern = _pattern_named(text) if text else None
        found = pattern.match(subject) if pattern else None
        if found and found.groupdict().get(name):
            return str(found[name])
    return ""


def listed(habits: Habits, name: str, default: str) -> list[str]:
    """Return the names in a setting that is a list, as one text."""
    text = habits.options.get(name, default)
    return [part.strip(" '\"[]()/") for part in text.split(",") if part.strip(" '\"[]()/")]


# Tokens


def _slug(traits: Traits, habits: Habits) -> str:
    if found := traits.slug or in_path(traits.path, "slug", habits):
        return found.strip()
    name = traits.path.rpartition("/")[2].rpartition(".")[0]
    return _slugged(name if habits.options.get("SLUGIFY_SOURCE") == "basename" else traits.title or name, habits)


class _Tokens(dict[str, "Token"]):
    """The tokens, those of dates too: ``date:`` and directives."""

    def __contains__(self, token: object) -> bool:
        return super().__contains__(token) or _date(str(token)) is not None

    def __missing__(self, token: str) -> Token:
        if (found := _date(token)) is None:
            raise KeyError(token)
        return found


def _date(token: str) -> Token | None:
    return date_token(token.removeprefix("date:")) if token.startswith("date:") else None


_GROUP = re.compile(r"\(\?P<(\w+)>")


@lru_cache(16)
def _syntax(pattern: str, *of_paths: str) -> Syntax:
    """Return the syntax of a pattern, with the tokens that are groups of the site's patterns of paths, or keys of front matter."""
    groups = {name: partial(_group, name=name) for text in of_paths for name in _GROUP.findall(text)}
    tokens = {**groups, **SYNTAX.tokens}
    keys = (token for token in SYNTAX.mark.findall(pattern) if _is_key(token, tokens))
    return SYNTAX._replace(tokens=_Tokens({**tokens, **{key: partial(_said, key=key) for key in keys}}))


def _is_key(token: str, known: Iterable[str]) -> bool:
    """Whether a token names a key of front matter; one that nearly is another token is that, misspelt."""
    if not token.isidentifier() or token in known:
        return False
    from difflib import get_close_matches  # few sites have such a token

    return not get_close_matches(token, known, 1, 0.75)


def _group(traits: Traits, habits: Habits, name: str) -> str:
    return in_path(f"{traits.root}/{traits.path}".lstrip("/"), name, habits)


def _said(traits: Traits, _: Habits, key: str) -> str:
    if text := traits.given.get(folded_key(key), "").strip():
        return text
    message = f"needs {{{key}}}, which the front matter does not have"
    raise ValueError(message)


def _syntax_for(pattern: str, habits: Habits) -> Syntax:
    return _syntax(pattern, habits.options.get("FILENAME_METADATA", ""), habits.options.get("PATH_METADATA", ""))


SYNTAX = Syntax(
    re.compile(r"\{([^{}]*)\}"),
    _Tokens({
        "date:%Y": of_date("year"),
        "slug": _slug,
        "category": lambda traits, habits: _slugged(next(iter(traits.categories), ""), habits, "CATEGORY"),
        "lang": lambda traits, habits: traits.language or _default_language(habits),
        "author": lambda traits, habits: _slugged(
            traits.author or habits.options.get("AUTHOR", ""), habits, "AUTHOR"
        ),
        "path": lambda traits, _: f"{traits.root}/{traits.path}".lstrip("/"),
    }),
    "{{{}}}",
)  # fmt: skip
_NEEDS = {"slug": "title", "category": "categories", "lang": "language", "author": "author"}


def _default_language(habits: Habits) -> str:
    return habits.options.get("DEFAULT_LANG", "en").lower()


def _patterns(habits: Habits) -> tuple[str, str]:
    """Return the pattern of posts in the site's language, and that of translations."""
    options = habits.options
    own = habits.permalinks.get("") or options.get("ARTICLE_URL") or "{slug}.html"
    return own, habits.permalinks.get("lang") or options.get("ARTICLE_LANG_URL") or "{slug}-{lang}.html"


def wants(habits: Habits) -> frozenset[str]:
    """Return the traits that the site's patterns need. Raises `ValueError` naming an unknown token."""
    syntaxes = [(pattern, _syntax_for(pattern, habits)) for pattern in _patterns(habits)]
    found = [syntax.tokens[token] for pattern, syntax in syntaxes for token in tokens_in(pattern, syntax)]
    given = {"given"} if any(getattr(token, "func", None) is _said for token in found) else set()
    named = {token for pattern, _ in syntaxes for token in SYNTAX.mark.findall(pattern)}
    return frozenset({"language", *given, *(_NEEDS[token] for token in named & _NEEDS.keys())})


def address(traits: Traits, habits: Habits) -> str:
    """Return the path that the site's pattern for the post's language gives."""
    own, translated = _patterns(habits)
    foreign = traits.language and traits.language.lower() != _default_language(habits)
    return _path(translated if foreign else own, traits, habits)


def page(traits: Traits, habits: Habits) -> str:
    """Return the path that the site's pattern for pages gives. Raises `ValueError` for a file that is none."""
    if not any(traits.path.startswith(f"{directory}/") for directory in listed(habits, "PAGE_PATHS", "pages")):
        message = "is unknown: the file is not in PAGE_PATHS"
        raise ValueError(message)
    foreign = traits.language and traits.language.lower() != _default_language(habits)
    name, default = ("PAGE_LANG_URL", "pages/{slug}-{lang}.html") if foreign else ("PAGE_URL", "pages/{slug}.html")
    pattern = habits.options.get(name) or default
    tokens_in(pattern, _syntax_for(pattern, habits))
    return _path(pattern, traits, habits)


def _path(pattern: str, traits: Traits, habits: Habits) -> str:
    """Return the path of a pattern. What a slug has percent-encoded stays so, since Pelican encodes nothing."""
    path = "/" + expanded(pattern, _syntax_for(pattern, habits), traits, habits).lstrip("/")
    try:
        return unquote(path, errors="strict")
    except UnicodeDecodeError:
        return path
