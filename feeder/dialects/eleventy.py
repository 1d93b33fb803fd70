"""Eleventy: posts anywhere, what the site says in JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.addresses.tokens import Syntax, date_token, expanded, one_slash, tokens_in
from feeder.kinds import Dialect
from feeder.texts.fieldnames import names_with
from feeder.texts.slugs import without_marks
from feeder.texts.tagnames import LIQUID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeder.addresses.tokens import Token
    from feeder.kinds import Traits
    from feeder.model import Habits

_DATED = re.compile(r".*?\d{4}-\d{2}-\d{2}-(.*)", re.DOTALL)
_IN_PATH = re.compile(r".*?(\d{4}-\d{2}-\d{2})")
_TEMPLATE = re.compile(r"\{[{%]-?\s*(.*?)\s*-?[}%]\}")
_APART = re.compile(r"(?:.*/)?(?:_includes|_layouts|_data|_site)/")
# What the slugify filter spells out, where taking off the marks would not do.
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "&": " and "})


def slugify(text: str) -> str:
    """Return text as the filter of that name writes it. Raises `ValueError` for letters of other scripts."""
    bare = without_marks(text.translate(_SPELLED).replace("'", "").replace("\u2019", ""))
    if foreign := next((one for one in bare if not one.isascii() and one.isalpha()), ""):
        message = f"has the letter {foreign!r}, which slugify spells in its own way; write out the permalink"
        raise ValueError(message)
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")


def slug(text: str) -> str:
    """Return text as the older filter of that name writes it. Raises `ValueError` for what it has rules of its own for."""
    if foreign := re.search(r"[^A-Za-z0-9 -]", text):
        message = f"has {foreign[0]!r}, which the filter slug spells in its own way; write out the permalink"
        raise ValueError(message)
    return re.sub(r"[ -]+", "-", text).strip("-").lower()


def _full(traits: Traits) -> tuple[str, str]:
    path = f"{traits.root}/{traits.path}" if traits.root else traits.path
    directory, _, name = path.rpartition(".")[0].rpartition("/")
    return directory, name


def _undated(name: str) -> str:
    found = _DATED.fullmatch(name)
    return found[1] if found else name


def _file_slug(traits: Traits, _: Habits) -> str:
    directory, name = _full(traits)
    slug = _undated(name)
    return _undated(directory.rpartition("/")[2]) if slug == "index" else slug


def _path_stem(traits: Traits, _: Habits) -> str:
    directory, name = _full(traits)
    return f"/{directory}/{_undated(name)}" if directory else f"/{_undated(name)}"


FILTERS: Mapping[str, Callable[[str], str]] = {"slugify": slugify, "slug": slug, "url": str}


def _filtered(token: Token, name: str) -> Token:
    return lambda traits, habits: FILTERS[name](token(traits, habits))


_WORDS: Mapping[str, Token] = {
    "page.fileSlug": _file_slug,
    "page.filePathStem": _path_stem,
    "title": lambda traits, _: traits.title,
    "slug": lambda traits, _: traits.slug,
}


class _Tokens(dict[str, "Token"]):
    """What stands between braces, however it is spaced and its filters are written."""

    def __contains__(self, token: object) -> bool:
        return _meaning(str(token)) is not None

    def __missing__(self, token: str) -> Token:
        found = _meaning(token)
        if found is None:
            raise KeyError(token)
        return found


def _meaning(token: str) -> Token | None:
    word, *filters = (part.strip() for part in token.split("|"))
    if word in {"page.date", "date"} and len(filters) == 1:
        return _date(filters[0])
    found = _WORDS.get(word)
    for name in filters:
        if found is None or name not in FILTERS:
            return None
        found = _filtered(found, name)
    return found


def _date(name: str) -> Token | None:
    """Return the token for a date in the form that Liquid's filter takes."""
    found = re.fullmatch(r"date:\s*(['\"])([^'\"]*)\1", name)
    return date_token(found[2]) if found else None


SYNTAX = Syntax(_TEMPLATE, _Tokens(_WORDS), "{{{{ {} }}}}")


def root(posts: str, habits: Habits) -> str:
    """Return the posts directory below the input directory."""
    source = habits.options.get("dir.input", "").strip("./")
    place = posts.removeprefix("./").strip("/")
    if not source:
        return "" if posts.startswith("/") or "://" in posts or place == "." else place
    return place.removeprefix(source).strip("/") if f"{place}/".startswith(f"{source}/") else ""


def is_post(path: str, _: str, __: Habits) -> bool:
    """Whether a file may be a post: what is included by others is none."""
    return not _APART.match(path)


def dated(path: str, _: Habits) -> str:
    """Return the first date in a path."""
    found = _IN_PATH.match(path)
    return found[1] if found else ""


def wants(habits: Habits) -> frozenset[str]:
    """Return the traits that the site's patterns need. Raises `ValueError` naming what is no plain variable."""
    tokens = [token for pattern in habits.permalinks.values() for token in tokens_in(pattern, SYNTAX)]
    return frozenset({"title"} if any(token.startswith("title") for token in tokens) else ())


def _nearest(known: Mapping[str, str], path: str) -> str:
    """Return what is known of a file, or of the nearest directory above it, "" for nothing."""
    directory = path if path in known else path.rpartition("/")[0]
    while directory and directory not in known:
        directory = directory.rpartition("/")[0]
    return known.get(directory, "")


def address(traits: Traits, habits: Habits) -> str:
    """Return the path of a post: that of its file, as a directory."""
    if pattern := _nearest(habits.permalinks, traits.path):
        return _href(expanded(pattern, SYNTAX, traits, habits))
    directory, name = _full(traits)
    own = name == "index" or directory.rpartition("/")[2] == name
    return one_slash(f"/{directory}/" if own else f"/{directory}/{name}/")


def url(text: str, traits: Traits, habits: Habits) -> str:
    """Return a front matter's permalink, with its variables replaced. Raises `ValueError` for one that needs Eleventy."""
    if text.startswith(("http:", "https:")):
        return text
    if "{" in text:
        tokens_in(text, SYNTAX)
        text = expanded(text, SYNTAX, traits, habits)
    return _href(text)


def _href(path: str) -> str:
    path = one_slash(f"/{path}")
    return path.removesuffix("index.html") if path.endswith("/index.html") else path


TAGS = {
    **LIQUID,
    "js": "comment",
    "css": "comment",
    "img": "picture",
    "respimg": "picture",
    "link": "link",
    "callout": "aside",
    "aside": "aside",
    "blockquote": "quote",
    "iframe": "iframe",
    "video": "video",
    "toc": "nothing",
    "block": "inner",
    "import": "nothing",
    "extends": "nothing",
    "from": "nothing",
    "macro": "comment",
}
"""Liquid's and Nunjucks's tags, and shortcodes that many sites define alike."""
SYNTAXES = {"": ("nunjucks", "kramdown", "containers", "formulas", "unindentedtext", "toc")}

DIALECT = Dialect.of(
    "eleventy",
    names_with(
        url="permalink",
        published="date pubdate publishdate",
        updated="updated lastmod modified updateddate lastmodified",
        unlisted="eleventyexcludefromcollections unlisted",
        tags="tags tag",
    ),
    extensions=(".md", ".markdown", ".html"),
    pages=("pagination",),
    every=frozenset({"tags"}),
    added=frozenset({"tags"}),
    templates=True,
    root=root,
    is_post=is_post,
    dated=dated,
    address=address,
    url=url,
    undated=frozenset({"last modified", "created", "git last modified", "git created"}),
    wants=wants,
    tags=TAGS,
    filters=FILTERS,
    syntaxes=SYNTAXES,
)
