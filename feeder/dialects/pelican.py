"""Pelican: posts in ``content``, what the site says in ``pelicanconf.py``."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from feeder.addresses.tokens import Syntax, date_token, expanded, of_date, says, tokens_in
from feeder.kinds import Dialect
from feeder.texts.datestyles import as_in_dateutil
from feeder.texts.fieldnames import names_with
from feeder.texts.pathnames import below_directory
from feeder.texts.plaintext import resolve_references
from feeder.texts.slugs import without_marks
from feeder.texts.tagnames import tags_by_meaning

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


def _in_path(path: str, name: str, habits: Habits) -> str:
    """Return what the site's patterns of paths say of a field, "" for nothing."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    options = habits.options
    for text, subject in ((options.get("FILENAME_METADATA") or _NAME, stem), (options.get("PATH_METADATA", ""), path)):
        pattern = _pattern_named(text) if text else None
        found = pattern.match(subject) if pattern else None
        if found and found.groupdict().get(name):
            return str(found[name])
    return ""


def root(posts: str, habits: Habits) -> str:
    """Return the posts directory below the content."""
    return below_directory(posts, habits.options.get("PATH") or "content")


def _listed(habits: Habits, name: str, default: str) -> list[str]:
    text = habits.options.get(name, default)
    return [part.strip(" '\"[]()/") for part in text.split(",") if part.strip(" '\"[]()/")]


def is_post(path: str, above: str, habits: Habits) -> bool:
    """Whether Pelican takes a file for an article, and not for a page."""
    full = f"{above}/{path}" if above else path
    apart = (*_listed(habits, "PAGE_PATHS", "pages"), *_listed(habits, "ARTICLE_EXCLUDES", ""))
    return not any(full.startswith(f"{directory}/") for directory in apart)


def dated(path: str, habits: Habits) -> str:
    """Return the date that the file's name begins with, or where the site's patterns say, else the site's default."""
    return _in_path(path, "date", habits) or _default_date(habits.options.get("DEFAULT_DATE", ""))


@lru_cache(8)
def _default_date(text: str) -> str:
    """Return the numbers of a tuple as a date; "" for "fs", since the files of a checkout have the time of that."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if not 3 <= len(numbers) <= 6:  # noqa: PLR2004 - a day, and what of a time there is
        return ""
    year, month, day, hour, minute, second = (*numbers, 0, 0, 0)[:6]
    return f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"


def filed(path: str, given: tuple[str, ...], habits: Habits) -> tuple[str, ...]:
    """Return the one category: that of the front matter, else of the path, else the site's default."""
    named = given[:1] or (_in_path(path, "category", habits),)
    if not named[0] and habits.options.get("USE_FOLDER_AS_CATEGORY", "true").lower() == "true":
        named = (path.rpartition("/")[0].rpartition("/")[2],)
    return named if named[0] else (habits.options.get("DEFAULT_CATEGORY") or "misc",)


def split(key: str, text: str) -> Iterable[str]:
    """Return the names in text: one of a category, else those between semicolons, or commas where there is none."""
    return (text,) if key == "category" else text.split(";" if ";" in text else ",")


# Tokens


def _slug(traits: Traits, habits: Habits) -> str:
    if found := traits.slug or _in_path(traits.path, "slug", habits):
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


@lru_cache(8)
def _syntax(*patterns: str) -> Syntax:
    """Return the syntax with the tokens that are groups of the site's patterns of paths, too."""
    named = {name for text in patterns for name in _GROUP.findall(text)}
    groups = {name: partial(_group, name=name) for name in sorted(named - SYNTAX.tokens.keys())}
    return SYNTAX._replace(tokens=_Tokens({**SYNTAX.tokens, **groups}))


def _group(traits: Traits, habits: Habits, name: str) -> str:
    return _in_path(f"{traits.root}/{traits.path}".lstrip("/"), name, habits)


def _syntax_of(habits: Habits) -> Syntax:
    return _syntax(habits.options.get("FILENAME_METADATA", ""), habits.options.get("PATH_METADATA", ""))


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
    tokens = (token for pattern in _patterns(habits) for token in tokens_in(pattern, _syntax_of(habits)))
    return frozenset({"language", *(_NEEDS[token] for token in tokens if token in _NEEDS)})


def address(traits: Traits, habits: Habits) -> str:
    """Return the path that the site's pattern for the post's language gives."""
    own, translated = _patterns(habits)
    foreign = traits.language and traits.language.lower() != _default_language(habits)
    return "/" + expanded(translated if foreign else own, _syntax_of(habits), traits, habits).lstrip("/")


def page(traits: Traits, habits: Habits) -> str:
    """Return the path that the site's pattern for pages gives. Raises `ValueError` for a file that is none."""
    if not any(traits.path.startswith(f"{directory}/") for directory in _listed(habits, "PAGE_PATHS", "pages")):
        message = "is unknown: the file is not in PAGE_PATHS"
        raise ValueError(message)
    foreign = traits.language and traits.language.lower() != _default_language(habits)
    name, default = ("PAGE_LANG_URL", "pages/{slug}-{lang}.html") if foreign else ("PAGE_URL", "pages/{slug}.html")
    pattern = habits.options.get(name) or default
    tokens_in(pattern, SYNTAX)
    return "/" + expanded(pattern, SYNTAX, traits, habits).lstrip("/")


TAGS = tags_by_meaning(
    raw="literal raw",
    code="highlight",
    picture="figure",
    hexo_picture="img b64img photo illus",
    youtube="youtube",
    vimeo="vimeo",
    video="video",
    audio="audio soundcloud",
    gist="gist",
    include_code="include_code",
    quote="blockquote",
    nothing="flickr",
)
"""What the plug-in Liquid Tags brings, which most sites with tags have; notebooks and others are told as unknown."""
SYNTAXES = {"": ("pelican", "liquidtags", "toc"), ".rst": ("restructuredtext", "pelican")}

DIALECT = Dialect.of(
    "pelican",
    names_with(
        url="url",
        published="date",
        updated="modified updated lastmod",
        categories="category categories",
        tags="tags keywords tag",
        summary="summary description excerpt",
    ),
    flavor="python-markdown",
    extensions=(".md", ".markdown", ".mkd", ".mdown", ".html", ".htm", ".rst"),
    marks=("static", "attach", "filename"),
    headers="lines",
    hidden=frozenset({"draft", "hidden", "skip"}),
    local=False,
    marked=True,
    several=frozenset({"authors"}),
    split=split,
    filed=filed,
    root=root,
    clock=as_in_dateutil,
    dated=dated,
    is_post=is_post,
    address=address,
    page=page,
    wants=wants,
    tags=TAGS,
    syntaxes=SYNTAXES,
)
