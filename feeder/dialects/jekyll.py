"""Jekyll: posts in ``_posts``, what the site says in ``_config.yml``."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.addresses.tokens import DATES, Syntax, expanded, of_date, one_slash, tokens_in
from feeder.kinds import Dialect
from feeder.texts.datestyles import as_in_ruby
from feeder.texts.fieldnames import names_with
from feeder.texts.tagnames import LIQUID, tags_by_meaning

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
_NAME = re.compile(r"(?:.*/)?(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)\.[^./]+")
_HIDDEN = re.compile(r"[._#~]|.*/[._#~][^/]*$|.*~$")
_TOKEN = re.compile(r":([a-z_]+)")
_REPLACED = {
    "raw": re.compile(r"\s+"),
    "default": re.compile("[^A-Za-z0-9]+"),
    "pretty": re.compile("[^A-Za-z0-9._~!$&'()+,;=@]+"),
    "ascii": re.compile("[^A-Za-z0-9]+"),
}
"""What becomes a hyphen in a slug, by Jekyll's names for kinds of slugs."""
_MONTHS, _SHORTEST, _LONGEST = 12, 28, 31
_ZONELESS = re.compile(r"\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?")
"""A timestamp of YAML that says no zone."""


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
    dated = _NAME.fullmatch(traits.path)
    return (dated[2] if dated else traits.path.rpartition("/")[2].rpartition(".")[0]).rstrip(".")


def _categories(traits: Traits, *, plain: bool) -> str:
    named = (name.lower() if plain else slugify(name) for name in traits.categories)
    return "/".join(dict.fromkeys(named))


_TOKENS: Mapping[str, Token] = {
    **{name: of_date(name) for name in DATES},
    "title": lambda traits, _: slugify(_slug(traits), "pretty", cased=True),
    "slug": lambda traits, _: slugify(_slug(traits)),
    "name": lambda traits, _: slugify(traits.path.rpartition("/")[2].rpartition(".")[0]),
    "path": lambda traits, _: traits.path.rpartition(".")[0].rstrip("."),
    "categories": lambda traits, _: _categories(traits, plain=True),
    "slugified_categories": lambda traits, _: _categories(traits, plain=False),
    "collection": lambda *_: "posts",
    "output_ext": lambda *_: ".html",
}


def _underscored(token: Token) -> Token:
    return lambda traits, habits: f"{token(traits, habits)}_"


SYNTAX = Syntax(_TOKEN, {**_TOKENS, **{f"{name}_": _underscored(token) for name, token in _TOKENS.items()}})
"""Each token is there a second time: an underscore behind a token may be no part of it."""


def _pattern(habits: Habits) -> str:
    style = habits.permalinks.get("posts") or habits.permalinks.get("") or habits.options.get("permalink") or "date"
    return _STYLES.get(style, style)


def wants(habits: Habits) -> frozenset[str]:
    """Return the traits that the site's pattern needs. Raises `ValueError` naming an unknown token."""
    tokens = tokens_in(_pattern(habits), SYNTAX)
    return frozenset({"categories"} if any("categories" in token for token in tokens) else ())


def address(traits: Traits, habits: Habits) -> str:
    """Return the path that the site's pattern gives."""
    return _sanitized(expanded(_pattern(habits), SYNTAX, traits, habits))


def url(text: str, traits: Traits, habits: Habits) -> str:
    """Return a front matter's permalink, with its tokens replaced. Raises `ValueError` for an unknown one."""
    if text.startswith(("http:", "https:", "//")):
        return text
    if ":" in text:
        tokens_in(text, SYNTAX)
        text = expanded(text, SYNTAX, traits, habits)
    return _sanitized(text)


_EXTENSIONS = {"scss": "css", "sass": "css", "coffee": "js"}
_MARKDOWN = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd")
_COLLECTION = "/:collection/:path"


def page(traits: Traits, habits: Habits) -> str:
    """Return the path of a page, or of a document of a collection. Raises `ValueError` for what Jekyll leaves alone."""
    path = traits.path
    folder, _, name = path.rpartition("/")
    stem, _, extension = name.rpartition(".")
    ending = ".html" if name.endswith(_MARKDOWN) else f".{_EXTENSIONS.get(extension, extension)}"
    style = habits.options.get("site.permalink") or "date"
    above, _, below = path.removeprefix(f"{_collections(habits)}/").partition("/")
    collection = f"site.collections.{above[1:]}"
    if above[:1] == "_" and habits.options.get(f"{collection}.output") == "true":
        pattern = habits.options.get(f"{collection}.permalink") or _suffixed(_COLLECTION, style)
        syntax, within = _of_collection(above[1:], ending), traits._replace(path=below)
        tokens_in(pattern, syntax)
        return _sanitized(expanded(_STYLES.get(pattern, pattern), syntax, within, habits))
    if ending != ".html":
        return _sanitized(f"{folder}/{stem}{ending}")
    if stem == "index":
        return _sanitized(f"{folder}/")
    return _sanitized(_suffixed(f"{folder}/{stem}", style).replace(":output_ext", ending))


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


def source(habits: Habits) -> str:
    """Return the directory of all that the site is made of."""
    return habits.options.get("source") or "."


def _sanitized(path: str) -> str:
    return one_slash(f"/{path}".replace("..", "/").replace("./", ""))


def root(posts: str, habits: Habits) -> str:
    """Return the posts directory below the site's source: of an absolute path, ``_posts`` and what is below it."""
    above = [part for name in ("source", "collections_dir") for part in habits.options.get(name, "").split("/")]
    above = [part for part in above if part not in {"", "."}]
    segments = [part for part in posts.split("/") if part not in {"", "."}]
    segments = segments[len(above) :] if segments[: len(above)] == above else segments
    if posts.startswith("/") or "://" in posts:
        last = len(segments) - 1 - segments[::-1].index("_posts") if "_posts" in segments else len(segments)
        segments = segments[last:] or ["_posts"]
    return "/".join(segments) if posts else "_posts"


def _split_at_posts(path: str) -> tuple[str, str]:
    """Return what a path has before ``_posts`` and below it, where there is one."""
    before, found, after = f"/{path}".rpartition("/_posts/")
    return (before.strip("/"), after) if found else ("", path)


def is_post(path: str, above: str, _: Habits) -> bool:
    """Whether Jekyll reads a file: below ``_posts``, with a date in its name; or below ``_drafts``."""
    full = f"{above}/{path}" if above else path
    if f"/{full}".find("/_drafts/") >= 0:
        return True
    below = _split_at_posts(full)[1]
    if not above and below is full:
        return False
    return _NAME.fullmatch(below) is not None and not _HIDDEN.match(below)


def clock(text: str) -> str:
    """Return a date as Jekyll takes it: YAML's timestamps without a zone are UTC, all other dates local."""
    return f"{text}Z" if _ZONELESS.fullmatch(text) else as_in_ruby(text)


def titled(path: str) -> str:
    """Return the title of a post that says none: the words of its name, each capitalized."""
    found = _NAME.fullmatch(path)
    return " ".join(word.capitalize() for word in (found[2] if found else "").split("-"))


def dated(path: str, _: Habits) -> str:
    """Return the date in a file's name; as Ruby has it, the 31st of April is the 1st of May."""
    found = _NAME.fullmatch(path)
    if not found:
        return ""
    year, month, day = map(int, found[1].split("-"))
    if _SHORTEST < day <= _LONGEST and 1 <= month < _MONTHS:
        from calendar import monthrange  # the last days of a month are few

        if day > (last := monthrange(year, month)[1]):
            return f"{year}-{month + 1:02}-{day - last:02}"
    return found[1]


def filed(path: str, given: tuple[str, ...], _: Habits) -> tuple[str, ...]:
    """Return the categories: the directories before ``_posts``, then those of the front matter."""
    before = _split_at_posts(path)[0]
    return tuple(dict.fromkeys((*filter(None, before.split("/")), *given))) if before else given


def split(key: str, text: str) -> Iterable[str]:
    """Return the names in text: words, but for a key that names one thing."""
    return (text,) if key in {"category", "tag"} else text.split()


TAGS = {
    **LIQUID,
    **tags_by_meaning(
        address="post_url link",
        include="include_relative include_cached",
        code="codeblock",
        quote="blockquote pullquote",
        picture="img asset",
        nothing="seo feed_meta toc",
    ),
}
"""Jekyll's own tags, and those of its plug-ins, Octopress's among them."""
SYNTAXES = {"": ("filelinks", "liquid", "kramdown", "toc")}

DIALECT = Dialect.of(
    "jekyll",
    names_with(
        url="permalink",
        published="date",
        updated="lastmodifiedat lastmodified updated lastmod modified",
        categories="categories category",
        tags="tag tags",
        unlisted="unlisted hidden",
        summary="description summary excerpt subtitle",
        image="image headimg headerimg cover banner featuredimage featureimage ogimage coverimage hero heroimage header.image header.overlayimage",
        thumbnail="thumbnail thumb thumbnailurl thumbnailimage header.teaser teaser",
    ),
    extensions=(*_MARKDOWN, ".html", ".htm"),
    flavor="kramdown",
    beside="nowhere",
    last_wins=True,
    named_date=True,
    added=frozenset({"categories"}),
    marks=("site.url", "site.baseurl"),
    every=frozenset({"categories"}),
    split=split,
    filed=filed,
    root=root,
    clock=clock,
    titled=titled,
    dated=dated,
    is_post=is_post,
    source=source,
    address=address,
    page=page,
    sought=sought,
    served=True,
    url=url,
    wants=wants,
    tags=TAGS,
    filters={"slugify": slugify},
    syntaxes=SYNTAXES,
)
