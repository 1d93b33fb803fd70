"""Jekyll's addresses: of posts, of documents of collections, and of pages, by the patterns of ``_config.yml``."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.addresses.tokens import DATES, Syntax, expanded, of_date, one_slash, tokens_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeder.addresses.tokens import Token
    from feeder.kinds import Traits
    from feeder.model import Habits

_STYLES = {
    "none": "/:categories/:title:output_ext",
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}
DATED = re.compile(r"(?:.*/)?(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)\.[^./]+")
_TOKEN = re.compile(r":([a-z_]+)")
_REPLACED = {
    "raw": re.compile(r"\s+"),
    "default": re.compile("[^A-Za-z0-9]+"),
    "pretty": re.compile("[^A-Za-z0-9._~!$&'()+,;=@]+"),
    "ascii": re.compile("[^A-Za-z0-9]+"),
}
"""What becomes a hyphen in a slug, by Jekyll's names for kinds of slugs."""


@lru_cache(4096)
def slugify(text: str, mode: str = "default", *, cased: bool = False) -> str:
    """Return text as Jekyll writes it in addresses: letters, marks and digits of any script, hyphens between.

    ``pretty`` lets some punctuation stay. Raises `KeyError` for another mode than those.
    """
    replaced = _REPLACED[mode]
    if text.isascii() or mode in {"raw", "ascii"}:
        words = replaced.sub("-", text)
    else:
        also = "._~!$&'()+,;=@" if mode == "pretty" else ""
        kept = (one if one in also or unicodedata.category(one) in _WORDS else " " for one in text)
        words = re.sub(" +", "-", "".join(kept))
    words = words.removeprefix("-").removesuffix("-")
    return words if cased else words.lower()


_WORDS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd"})


def _slug(traits: Traits) -> str:
    """Return the post's slug, else its name without the date."""
    if traits.slug:
        return traits.slug
    dated = DATED.fullmatch(traits.path)
    return (dated[2] if dated else traits.path.rpartition("/")[2].rpartition(".")[0]).rstrip(".")


def _categories(traits: Traits, *, plain: bool) -> str:
    named = (name.lower() if plain else slugify(name) for name in traits.categories)
    return "/".join(dict.fromkeys(named))


def _path(traits: Traits, _: Habits) -> str:
    """Return the post's path below its collection: the directory of that is no part of it, wherever it lies."""
    stem = traits.path.rpartition(".")[0].rstrip(".")
    return "/".join(name for name in stem.split("/") if name != "_posts")


_TOKENS: Mapping[str, Token] = {
    **{name: of_date(name) for name in DATES},
    "title": lambda traits, _: slugify(_slug(traits), "pretty", cased=True),
    "slug": lambda traits, _: slugify(_slug(traits)),
    "name": lambda traits, _: slugify(traits.path.rpartition("/")[2].rpartition(".")[0]),
    "path": _path,
    "categories": lambda traits, _: _categories(traits, plain=True),
    "slugified_categories": lambda traits, _: _categories(traits, plain=False),
    "collection": lambda _, habits: posts_collection(habits) or "posts",
    "output_ext": lambda *_: ".html",
}


def _underscored(token: Token) -> Token:
    return lambda traits, habits: f"{token(traits, habits)}_"


SYNTAX = Syntax(_TOKEN, {**_TOKENS, **{f"{name}_": _underscored(token) for name, token in _TOKENS.items()}})
"""Each token is there a second time: an underscore behind a token may be no part of it."""


def _pattern(habits: Habits) -> str:
    """Return the pattern of posts; those that are a collection's documents have its own, else that of all of them."""
    style = habits.permalinks.get("posts") or habits.permalinks.get("")
    if not style and (name := posts_collection(habits)):
        own = habits.options.get(f"site.collections.{name}.permalink")
        return own or _suffixed(_COLLECTION, habits.options.get("site.permalink") or "date")
    style = style or habits.options.get("permalink") or "date"
    return _STYLES.get(style, style)


def posts_collection(habits: Habits) -> str:
    """Return the name of the collection whose documents are the posts, "" where they are in ``_posts``."""
    return habits.options.get("posts.collection", "")


def wants(habits: Habits) -> frozenset[str]:
    """Return the traits that the site's pattern needs. Raises `ValueError` naming an unknown token."""
    tokens = tokens_in(_pattern(habits), SYNTAX)
    named = {"categories"} if any("categories" in token for token in tokens) else set()
    return frozenset(named | ({"language"} if LANGUAGES in habits.options else set()))


def address(traits: Traits, habits: Habits) -> str:
    """Return the path that the site's pattern gives."""
    return in_language(sanitized(expanded(_pattern(habits), SYNTAX, traits, habits)), traits, habits)


LANGUAGES = "polyglot.languages"
"""The option that has the languages of a site, between spaces, but for its default one: each has a copy of the site."""


def in_language(path: str, traits: Traits, habits: Habits) -> str:
    """Return a path in the copy of the site that is in the post's language."""
    said = traits.language.casefold()
    language = next((name for name in habits.options.get(LANGUAGES, "").split() if name.casefold() == said), "")
    return f"/{language}{path}" if language else path


_EXTENSIONS = {"scss": "css", "sass": "css", "coffee": "js"}
MARKDOWN = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd")
_COLLECTION = "/:collection/:path"


def page(traits: Traits, habits: Habits) -> str:
    """Return the path of a page, or of a document of a collection. Raises `ValueError` for what Jekyll leaves alone."""
    path = traits.path
    folder, _, name = path.rpartition("/")
    stem, _, extension = name.rpartition(".")
    ending = ".html" if name.endswith(MARKDOWN) else f".{_EXTENSIONS.get(extension, extension)}"
    style = habits.options.get("site.permalink") or "date"
    above, _, below = path.removeprefix(f"{_collections(habits)}/").partition("/")
    collection = f"site.collections.{above[1:]}"
    if above[:1] == "_" and habits.options.get(f"{collection}.output") == "true":
        pattern = habits.options.get(f"{collection}.permalink") or _suffixed(_COLLECTION, style)
        syntax, within = _of_collection(above[1:], ending), traits._replace(path=below)
        tokens_in(pattern, syntax)
        return sanitized(expanded(_STYLES.get(pattern, pattern), syntax, within, habits))
    if ending != ".html":
        return sanitized(f"{folder}/{stem}{ending}")
    if stem == "index":
        return sanitized(f"{folder}/")
    return sanitized(_suffixed(f"{folder}/{stem}", style).replace(":output_ext", ending))


def _suffixed(path: str, style: str) -> str:
    """Return what the site's style for posts makes of the end of other addresses."""
    if style == "pretty" or (style not in _STYLES and style.endswith("/")):
        return f"{path}/"
    return f"{path}:output_ext" if style in {"date", "ordinal", "none"} or style.endswith(":output_ext") else path


def _of_collection(name: str, ending: str) -> Syntax:
    own = {"collection": lambda *_: name, "output_ext": lambda *_: ending}
    return SYNTAX._replace(tokens={**SYNTAX.tokens, **own})


def _collections(habits: Habits) -> str:
    return habits.options.get("collections_dir", "").strip("./")


def sought(path: str, habits: Habits) -> Iterable[str]:
    """Return the files that a path may stand for: those of collections lie in a directory that it does not name."""
    directory = _collections(habits)
    return (path, f"{directory}/{path}") if directory and path[:1] == "_" else (path,)


def sanitized(path: str) -> str:
    """Return a path without what leads elsewhere: with one slash before it, and no dots between slashes."""
    return one_slash(f"/{path}".replace("..", "/").replace("./", ""))
