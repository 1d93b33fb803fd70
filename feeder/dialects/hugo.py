"""Hugo: posts in ``content``, what the site says in ``hugo.toml`` and its other names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus

from feeder.addresses import DAYS, MONTHS, Syntax, expanded, of_date, tokens_in
from feeder.fieldnames import names_with
from feeder.kinds import Dialect
from feeder.pathnames import below, below_directory, date_in_path, is_below, slug_in_path
from feeder.tagnames import tags_by_meaning

if TYPE_CHECKING:
    from feeder.addresses import Token
    from feeder.kinds import Traits
    from feeder.model import Habits

_PLAIN = re.compile(r"[a-z0-9./_-]*", re.ASCII)
_TOKEN = re.compile(r"(?<!\\):(\w+(?:\[.+?\])?)")
_SLICE = re.compile(r"sections\[(?:(last|\d+)|(last|\d*):(last|\d*))\]")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@lru_cache(4096)
def sanitized(text: str) -> str:
    """Return text with the characters that Hugo lets into addresses, its spaces hyphens; its case stays."""
    if _PLAIN.fullmatch(text):
        return text
    kept = "".join(character for character in _PERCENT.sub("", text) if character in "./\\_#+~-%" or character.isspace()
                   or unicodedata.category(character)[0] in "LM" or unicodedata.category(character) == "Nd")  # fmt: skip
    return re.sub(r"\s+", "-", re.sub(r"\s+(?=-)|(?<=-)\s+", "", kept.strip()))


def _says(habits: Habits, name: str) -> bool:
    return habits.options.get(name, "").lower() == "true"


def _folded(text: str, habits: Habits) -> str:
    """Return text as the site's addresses have it: sanitised, in lower case, perhaps without accents."""
    if _says(habits, "removePathAccents"):
        bare = (part for part in unicodedata.normalize("NFD", text) if unicodedata.category(part) != "Mn")
        text = unicodedata.normalize("NFC", "".join(bare))
    text = sanitized(text)
    return text if _says(habits, "disablePathToLower") else text.lower()


def _urlized(text: str, habits: Habits) -> str:
    return unquote_plus(_folded(text, habits))


# What a path says


def _languages(habits: Habits) -> frozenset[str]:
    return frozenset(name.split(".")[1].lower() for name in habits.options if name.startswith("languages."))


def named(path: str, habits: Habits) -> str:
    """Return the language that a file's name ends in, ``post.zh.md``, where the site has it."""
    name, dot, suffix = path.rpartition("/")[2].rpartition(".")[0].rpartition(".")
    return suffix if name and dot and suffix.lower() in _languages(habits) else ""


def _stem(traits: Traits, habits: Habits) -> str:
    """Return the path below the content, without extension and language, and without the ``index`` of a bundle."""
    path = f"{traits.root}/{traits.path}" if traits.root else traits.path
    if language := named(path, habits):
        whole, _, extension = path.rpartition(".")
        path = f"{whole.removesuffix('.' + language)}.{extension}"
    return below(path)


def root(posts: str, habits: Habits) -> str:
    """Return the posts directory below the content."""
    options = habits.options
    own = (value for name, value in options.items() if name.startswith("languages.") and name.endswith(".contentDir"))
    places = (*sorted(own, key=len, reverse=True), options.get("contentDir") or "content")
    return next((below_directory(posts, place) for place in places if is_below(posts, place)), "")


def is_post(path: str, _: str, __: Habits) -> bool:
    """Whether a file is a page: ``_index`` is that of its directory."""
    return not path.rpartition("/")[2].startswith("_index.")


def _by_name(habits: Habits) -> bool:
    return ":filename" in habits.options.get("frontmatter.date", "")


def dated(path: str, habits: Habits) -> str:
    """Return the date in a file's name, where the site's configuration tells Hugo to look there."""
    return date_in_path(path) if _by_name(habits) else ""


def _slug(traits: Traits, habits: Habits) -> str:
    return traits.slug or (slug_in_path(traits.path) if _by_name(habits) and date_in_path(traits.path) else "")


# Tokens


def _name(traits: Traits, habits: Habits) -> str:
    return _urlized(_stem(traits, habits).rpartition("/")[2], habits)


def _title(traits: Traits, habits: Habits) -> str:
    return _urlized(traits.title.replace("/", " "), habits)


def _section(traits: Traits, habits: Habits) -> str:
    return _stem(traits, habits).rpartition("/")[0].partition("/")[0]


def _sections(traits: Traits, habits: Habits) -> list[str]:
    """Return the directories that are sections: the first, and those with an ``_index``."""
    directory = _stem(traits, habits).rpartition("/")[0]
    found = ""
    for at, name in enumerate(directory.split("/")):
        path = f"{found}/{name}" if found else name
        if at and path not in traits.branches:
            break
        found = path
    return found.split("/") if found else []


def _sliced(token: str) -> slice:
    match = _SLICE.fullmatch(token)
    if not match:
        raise KeyError(token)
    one, first, last = match.groups()
    if one:
        at = -1 if one == "last" else int(one)
        return slice(at, at + 1 or None)
    ends = (-1 if end == "last" else int(end) if end else None for end in (first, last))
    return slice(*ends)


class _Tokens(dict[str, "Token"]):
    """The tokens, those of slices of sections too."""

    def __contains__(self, token: object) -> bool:
        return super().__contains__(token) or _SLICE.fullmatch(str(token)) is not None

    def __missing__(self, token: str) -> Token:
        part = _sliced(token)
        return lambda traits, habits: "/".join(_sections(traits, habits)[part])


def _slug_or(other: Token) -> Token:
    return lambda traits, habits: _urlized(slug, habits) if (slug := _slug(traits, habits)) else other(traits, habits)


SYNTAX = Syntax(
    _TOKEN,
    _Tokens({
        "year": lambda traits, _: str(traits.date.year) if traits.date else "",
        "month": of_date("month"),
        "monthname": lambda traits, _: MONTHS[traits.date.month - 1] if traits.date else "",
        "day": of_date("day"),
        "weekday": lambda traits, _: str(traits.date.isoweekday() % 7) if traits.date else "",
        "weekdayname": lambda traits, _: DAYS[traits.date.weekday()] if traits.date else "",
        "yearday": lambda traits, _: str(traits.date.timetuple().tm_yday) if traits.date else "",
        "section": _section,
        "sections": lambda traits, habits: "/".join(_sections(traits, habits)),
        "title": _title,
        "slug": _slug_or(_title),
        "filename": _name,
        "slugorfilename": _slug_or(_name),
        "contentbasename": _name,
        "slugorcontentbasename": _slug_or(_name),
    }),
)  # fmt: skip


def _pattern(section: str, habits: Habits) -> str:
    patterns = habits.permalinks
    return patterns.get(section, "") or patterns.get("/" if not section else "", "") or patterns.get("", "")


def wants(habits: Habits) -> frozenset[str]:
    """Return the traits that the site's patterns need. Raises `ValueError` naming an unknown token."""
    wanted = {"language"} if _languages(habits) else set()
    for pattern in habits.permalinks.values():
        tokens = tokens_in(pattern, SYNTAX)
        wanted.update("title" for token in tokens if token in {"title", "slug"})
        wanted.update("branches" for token in tokens if token.startswith("sections"))
    return frozenset(wanted)


def address(traits: Traits, habits: Habits) -> str:
    """Return the path that the pattern of the post's section gives, else its own path."""
    stem = _stem(traits, habits)
    directory = stem.rpartition("/")[0]
    pattern = _pattern(directory.partition("/")[0], habits)
    if pattern:
        path = expanded(pattern, SYNTAX, traits, habits).replace("\\:", ":")
    else:
        spaced = stem if _says(habits, "disablePathToLower") else stem.replace(" ", "-")
        slug = _slug(traits, habits)
        path = f"{spaced.rpartition('/')[0]}/{slug}" if slug else spaced
    path = unquote(_folded(normpath(f"/{path}"), habits))
    ugly = _says(habits, "uglyURLs") or _says(habits, f"uglyURLs.{directory.partition('/')[0]}")
    return _prefix(traits, habits) + (f"{path.rstrip('/')}.html" if ugly else f"{path.rstrip('/')}/")


def _prefix(traits: Traits, habits: Habits) -> str:
    """Return the directory of the post's language, "" for that of a site's only or default one."""
    default = habits.options.get("defaultContentLanguage", "en").lower()
    language = traits.language.lower() or default
    if language == default and not _says(habits, "defaultContentLanguageInSubdir"):
        return ""
    return f"/{language}" if language == default or language in _languages(habits) else ""


def url(text: str, traits: Traits, habits: Habits) -> str:
    """Return a front matter's address, with its tokens replaced, and a slash where it names no file."""
    if text.startswith(("http:", "https:", "//")):
        return text
    if ":" in text:
        tokens_in(text, SYNTAX)
        text = expanded(text, SYNTAX, traits, habits)
    path = text if "." in text or text.endswith("/") else f"{text}/"
    return path if path.startswith("/") else f"{_prefix(traits, habits)}/{path}"


TAGS = tags_by_meaning(
    picture="figure img image imgproc picture",
    code="highlight code mermaid math",
    raw="rawhtml raw unsafe",
    comment="comment",
    youtube="youtube youtubeLite",
    vimeo="vimeo vimeo_simple",
    bilibili="bilibili",
    gist="gist",
    tweet="tweet twitter twitter_simple x x_simple",
    instagram="instagram instagram_simple",
    codepen="codepen",
    jsfiddle="jsfiddle",
    video="video",
    audio="audio",
    iframe="iframe",
    address="ref relref absref",
    param="param",
    details="details expand collapse spoiler accordion",
    aside="notice note admonition callout alert hint tip info warning caution danger important success pageinfo",
    quote="quote blockquote pullquote",
    inner="tabs tabpane lead columns column steps center table rawmd gallery timeline keywordList",
    tab="tab",
    button="button btn",
    link="link",
    text="keyword badge glossary_tooltip",
    nothing="skew toc qr feature-state",
)
"""Hugo's own shortcodes, and those that its themes have come to share."""
SYNTAXES = {"": ("filelinks", "shortcodes", "goldmark", "toc")}

DIALECT = Dialect.of(
    "hugo",
    names_with(
        url="url",
        published="publishdate pubdate date",
        updated="lastmod modified updated",
        expires="expirydate unpublishdate expires",
        tags="tags tag",
        unlisted="headless unlisted",
        listed="build.list listed",
        authors="authors author params.authors params.author",
        summary="summary description excerpt params.summary params.description",
        image="images image cover featuredimage featureimage featuredimg banner ogimage coverimage hero heroimage headimg "
        "params.images params.image params.cover params.featuredimage params.banner params.hero",
        thumbnail="thumbnail thumb thumbnailurl thumbnailimage params.thumbnail",
        comments="comments params.comments",
    ),
    extensions=(".md", ".markdown", ".mdown", ".html", ".htm"),
    flavor="goldmark",
    beside="bundle",
    bundles=True,
    dated_by="date",
    local=False,
    pages=True,
    root=root,
    dated=dated,
    named=named,
    is_post=is_post,
    address=address,
    url=url,
    wants=wants,
    tags=TAGS,
    syntaxes=SYNTAXES,
)
