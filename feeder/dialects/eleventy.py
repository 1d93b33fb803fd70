"""Eleventy: posts anywhere, what the site says in JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.addresses.tokens import Syntax, UnknownTokenError, date_token, expanded, one_slash, tokens_in
from feeder.dialects import titled_by_site
from feeder.kinds import Dialect
from feeder.texts.fieldnames import folded_key, names_with
from feeder.texts.npmslugs import slug, slug_without, slugify
from feeder.texts.tagnames import LIQUID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeder.addresses.tokens import Token
    from feeder.kinds import Traits
    from feeder.model import Habits

_DATED = re.compile(r".*?\d{4}-\d{2}-\d{2}-(.*)", re.DOTALL)
_IN_PATH = re.compile(r".*?(\d{4}-\d{2}-\d{2})")
_KEY = re.compile(r"[A-Za-z_]\w*")
_TEMPLATE = re.compile(r"\{[{%]-?\s*(.*?)\s*-?[}%]\}")
_BRANCH = r"((?:(?!\{%-?\s*if\b).){0,500}?)"
_IF = re.compile(
    rf"\{{%-?\s*if\s+(\w+)\s*-?%\}}{_BRANCH}(?:\{{%-?\s*else\s*-?%\}}{_BRANCH})?\{{%-?\s*endif\s*-?%\}}", re.DOTALL
)
_APART = re.compile(r"(?:.*/)?(?:_includes|_layouts|_data|_site)/")


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


_ALIKE = re.compile(r"(?:[A-Z]?[a-z0-9]+|[A-Z0-9]+)(?:[ -]+(?:[A-Z]?[a-z0-9]+|[A-Z0-9]+))*")
"""Text of which any filter for addresses makes the same."""


def _filtered(token: Token, name: str) -> Token:
    def filtered(traits: Traits, habits: Habits) -> str:
        text = token(traits, habits)
        removed = habits.options.get(f"filters.{name}")
        if removed is not None:
            return slug_without(text, removed)
        if _is_own(name, habits) and not _ALIKE.fullmatch(text):
            message = f"is made by the site's own filter {name}, which feeder does not run; write out the permalink"
            raise ValueError(message)
        old = name == "slugify" and habits.options.get("release", "") in {"0", "1", "2"}
        return FILTERS[name](text.replace("'", " ") if old else text)  # which knew no contractions

    return filtered


def _is_own(name: str, habits: Habits) -> bool:
    return name in habits.options.get("filters", "").split(", ")


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
    found = _WORDS.get(word) or (_said(word) if _KEY.fullmatch(word) else None)
    for name in filters:
        if found is None or name not in FILTERS:
            return None
        found = _filtered(found, name)
    return found


def _said(word: str) -> Token:
    """Return the token for a key of the front matter."""

    def token(traits: Traits, _: Habits) -> str:
        if text := traits.given.get(folded_key(word)):
            return text
        message = f"needs {word}, which the front matter does not say"
        raise ValueError(message)

    return token


def names_in(text: str) -> frozenset[str]:
    """Return the keys of the front matter that a permalink is made of, but for those that it has anyway."""
    words = (token.partition("|")[0].strip() for token in _TEMPLATE.findall(text))
    return frozenset(word for word in words if _KEY.fullmatch(word) and word not in _WORDS and word != "date")


def _date(name: str) -> Token | None:
    """Return the token for a date in the form that Liquid's filter takes; ``form`` is a program's, and no filter."""
    found = re.fullmatch(r"(date|form):\s*(['\"])([^'\"]*)\2", name)
    written = date_token(found[3]) if found else None
    by_filter = found is not None and found[1] == "date"

    def token(traits: Traits, habits: Habits) -> str:
        if written is None or (by_filter and _is_own("date", habits)):
            message = "is made by the site's own filter date, which feeder does not run; write out the permalink"
            raise ValueError(message)
        return written(traits, habits)

    return token if written else None


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
    patterns, unknown = habits.permalinks.values(), []
    tokens: list[str] = []
    for pattern in patterns:
        try:
            tokens += tokens_in(_IF.sub(r"\2\3", pattern), SYNTAX)
        except UnknownTokenError as error:
            unknown.append(UnknownTokenError(pattern, str(error)))
    if unknown and (len(unknown) == len(patterns) or habits.permalinks.get("") == unknown[0].pattern):
        raise unknown[0]  # else they concern some posts only, which will be told
    title = any(token.startswith("title") for token in tokens)
    return frozenset({"title"} if title else ()) | (
        frozenset({"given"}) if any(_IF.search(one) or names_in(one) for one in patterns) else frozenset()
    )


def _nearest(known: Mapping[str, str], path: str) -> str:
    """Return what is known of a file, or of the nearest directory above it, "" for nothing."""
    directory = path if path in known else path.rpartition("/")[0]
    while directory and directory not in known:
        directory = directory.rpartition("/")[0]
    return known.get(directory, "")


def address(traits: Traits, habits: Habits) -> str:
    """Return the path of a post: that of its file, as a directory."""
    if pattern := _nearest(habits.permalinks, traits.path):
        return _href(_filled(pattern, traits, habits))
    directory, name = _full(traits)
    own = name == "index" or directory.rpartition("/")[2] == name
    return one_slash(f"/{directory}/" if own else f"/{directory}/{name}/")


def url(text: str, traits: Traits, habits: Habits) -> str:
    """Return a front matter's permalink, with its variables replaced. Raises `ValueError` for one that needs Eleventy."""
    if text.startswith(("http:", "https:")):
        return text
    return _href(_filled(text, traits, habits) if "{" in text else text)


def _filled(pattern: str, traits: Traits, habits: Habits) -> str:
    """Return a template with what it stands for, of its conditions on keys of the front matter what holds."""

    def branch(condition: re.Match[str]) -> str:
        if not traits.given:
            message = "depends on the front matter"
            raise ValueError(message)
        said = traits.given.get(folded_key(condition[1]), "")
        return (condition[3] or "") if said in {"", "false", "null"} else condition[2]

    text = _IF.sub(branch, pattern)
    tokens_in(text, SYNTAX)
    return expanded(text, SYNTAX, traits, habits)


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
    "renderTemplate": "inner",
    "import": "nothing",
    "extends": "nothing",
    "from": "nothing",
    "macro": "comment",
}
"""Liquid's and Nunjucks's tags, and shortcodes that many sites define alike."""
SYNTAXES = {"": ("nunjucks", "kramdown", "containers", "formulas", "unindentedtext", "toc")}

PLUGINS = {"abbr": "abbreviations", "attrs": "attrs", "emoji": "emoji"}
"""Plug-ins of markdown-it -> what bodies hold with them."""


def suited(dialect: Dialect, habits: Habits) -> Dialect:
    """Return the dialect with the key of titles that the site's templates show, and what its plug-ins for Markdown read."""
    dialect = titled_by_site(dialect, habits)
    names = filter(None, habits.options.get("markdown-it", "").split(", "))
    return dialect._replace(syntaxes={"": (*dialect.syntaxes[""], *(PLUGINS[name] for name in names))})


DIALECT = Dialect.of(
    "eleventy",
    names_with(
        title="eleventycomputed.title title",
        summary="eleventycomputed.description description summary excerpt",
        url="eleventycomputed.permalink permalink",
        draft="draft isdraft",
        published="date pubdate publishdate datepublished",
        updated="updated lastmod modified updateddate lastmodified updatedate",
        unlisted="eleventyexcludefromcollections unlisted",
        tags="tags tag",
    ),
    extensions=(".md", ".markdown", ".html"),
    pages=("pagination",),
    computed="eleventycomputed",
    every=frozenset({"tags"}),
    added=frozenset({"tags"}),
    templates=True,
    root=root,
    is_post=is_post,
    dated=dated,
    address=address,
    url=url,
    undated=frozenset({"last modified", "created", "git last modified", "git created"}),
    suited=suited,
    wants=wants,
    tags=TAGS,
    filters=FILTERS,
    syntaxes=SYNTAXES,
)
