"""Hugo: posts in ``content``, what the site says in ``hugo.toml`` and its other names."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeder.addresses.golang import sanitized
from feeder.addresses.hugopaths import (
    SYNTAX,
    dated,
    default_language,
    folded,
    languages,
    named,
    place,
    slug_of,
    stem_of,
)
from feeder.addresses.tokens import expanded, says, tokens_in
from feeder.kinds import Dialect
from feeder.texts.fieldnames import folded_key, names_with
from feeder.texts.pathnames import below_directory, is_below
from feeder.texts.tagnames import tags_by_meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.kinds import Traits
    from feeder.model import Habits


def root(posts: str, habits: Habits) -> str:
    """Return the posts directory below the content."""
    options = habits.options
    own = (value for name, value in options.items() if name.startswith("languages.") and name.endswith(".contentDir"))
    places = (*sorted(own, key=len, reverse=True), options.get("contentDir") or "content")
    return next((below_directory(posts, place) for place in places if is_below(posts, place)), "")


def is_post(path: str, _: str, __: Habits) -> bool:
    """Whether a file is a page: ``_index`` is that of its directory, and ``#`` begins a name that editors make."""
    return not path.rpartition("/")[2].startswith(("_index.", "#"))


def _pattern(page: str, habits: Habits) -> str:
    """Return the pattern for a page: that of the narrowest section above it, or the first whose own pattern it fits."""
    sections: dict[str, str] = {}
    for name, pattern in habits.permalinks.items():
        if name[:1] == "/" and name.strip(" /"):
            from feeder.cascades import pattern_of  # few sites have these

            if re.fullmatch(pattern_of(name), f"/{page}"):
                return pattern
        else:
            sections[name.strip(" /").lower() or name.strip()] = pattern
    above = page
    while "/" in above:
        above = above.rpartition("/")[0]
        if above in sections:
            return sections[above]
    return (sections.get("/", "") if "/" not in page else "") or sections.get("", "")


def wants(habits: Habits) -> frozenset[str]:
    """Return the traits that the site's patterns need. Raises `ValueError` naming an unknown token."""
    wanted = {"language"} if languages(habits) else set()
    for pattern in habits.permalinks.values():
        tokens = tokens_in(pattern, SYNTAX)
        wanted.update("title" for name in tokens if name in {"title", "slug"})
        wanted.update("branches" for name in tokens if name.startswith("section") and name != "section")
        wanted.update("titles" for name in tokens if name.startswith("sectionslug"))
    return frozenset(wanted)


def address(traits: Traits, habits: Habits) -> str:
    """Return the path that the pattern of the post's section gives, else its own path."""
    stem = stem_of(traits, habits)
    directory = stem.rpartition("/")[0]
    pattern = _pattern(place(traits.path, traits.root, habits), habits)
    if pattern:
        path = expanded(pattern, SYNTAX, traits, habits).replace("\\:", ":")
    else:
        spaced = stem if says(habits, "disablePathToLower") else stem.replace(" ", "-")
        slug = slug_of(traits, habits)
        path = f"{spaced.rpartition('/')[0]}/{sanitized(slug)}" if slug else spaced
    path = unquote(folded(normpath("/" + path.lstrip("/")), habits))
    ugly = says(habits, "uglyURLs") or says(habits, f"uglyURLs.{directory.partition('/')[0]}")
    return _prefix(traits, habits) + (f"{path.rstrip('/')}.html" if ugly else f"{path.rstrip('/')}/")


def page(traits: Traits, habits: Habits) -> str:
    """Return the path of any page: that of a section is its directory's, whatever the pattern for pages in it is."""
    folder, _, name = traits.path.rpartition("/")
    if not name.startswith("_index."):
        return address(traits, habits)
    return address(traits._replace(path=f"{folder}/{name[1:]}".lstrip("/")), habits._replace(permalinks={}))


def _prefix(traits: Traits, habits: Habits) -> str:
    """Return the directory of the post's language, "" for that of a site's only or default one, or one with a host of its own."""
    default = default_language(habits)
    language = (traits.language or habits.options.get("postLanguage", "")).lower() or default
    if f"languages.{language}.baseURL" in habits.options:
        return ""
    if language == default and not says(habits, "defaultContentLanguageInSubdir"):
        return ""
    return f"/{language}" if language == default or language in languages(habits) else ""


def url(text: str, traits: Traits, habits: Habits) -> str:
    """Return a front matter's address, with its tokens replaced, and a slash where it names no file, or the one that is none."""
    if text.startswith(("http:", "https:", "//")):
        return text
    if ":" in text:
        tokens_in(text, SYNTAX)
        text = expanded(text, SYNTAX, traits, habits)
    path = text if "." in text or text.endswith("/") else f"{text}/"
    if f"/{path}".endswith("/index.html"):
        path = path.removesuffix("index.html")
    return path if path.startswith("/") else f"{_prefix(traits, habits)}/{path}"


# Front matter


_DATES = {
    "date": "date publishdate lastmod",
    "publishdate": "publishdate date",
    "lastmod": "lastmod date publishdate",
    "expirydate": "expirydate",
}
_ALIASES = {"lastmod": ("modified",), "publishdate": ("pubdate", "published"), "expirydate": ("unpublishdate",)}


def _date_keys(name: str, habits: Habits) -> Iterator[str]:
    """Yield the keys that give one of Hugo's dates, best first, by the site's ``[frontmatter]``."""
    told = {key.lower(): value for key, value in habits.options.items()}.get(f"frontmatter.{name}", ":default")
    for key in told.lower().replace(":default", _DATES[name].replace(" ", ",")).split(","):
        folded_name = folded_key(key.strip())
        yield from (folded_name, *_ALIASES.get(folded_name, ()))


def suited(dialect: Dialect, habits: Habits) -> Dialect:
    """Return the dialect with the keys of dates and of categories, and the syntaxes, that the site's configuration has."""
    if says(habits, "enableEmoji"):
        dialect = dialect._replace(syntaxes={kind: (*names, "emoji") for kind, names in dialect.syntaxes.items()})
    options = {key.lower(): value for key, value in habits.options.items()}
    filed = {folded_key(value) for key, value in options.items() if key.startswith("taxonomies.")} - {*dialect.ranks}
    if not filed and not any(key.startswith("frontmatter.") for key in options):
        return dialect
    names = {**dialect.names, "tags": (*dialect.names["tags"], *sorted(filed))}
    taken: set[str] = set()
    for field, dates in (
        ("published", ("publishdate", "date")),
        ("updated", ("lastmod",)),
        ("expires", ("expirydate",)),
    ):
        given = (key for name in dates for key in _date_keys(name, habits) if key[:1] != ":")
        late = names["updated"] if field == "published" else ()
        keys = [key for key in dict.fromkeys((*given, *names[field])) if key not in taken and key not in late]
        names[field] = tuple(keys)
        taken.update(keys)
    return dialect.with_names(names)._replace(every=dialect.every | ({"tags"} if filed else frozenset()))


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
    site_url="baseurl baseURL baseUrl base_url siteurl siteURL siteUrl site_url",
    post_url="blogdown/postref",
    details="details expand collapse spoiler accordion",
    aside="notice note admonition callout alert hint tip info warning caution danger important success pageinfo",
    quote="quote blockquote pullquote",
    inner="tabs tabpane lead columns column steps center table rawmd gallery timeline timelineItem keywordList cards cardpane card "
    "katex mathjax style typeit mention conditional-text blocks/cover blocks/section blocks/lead blocks/feature br",
    tab="tab",
    button="button btn",
    link="link",
    text="keyword badge glossary_tooltip",
    sealed="hugo-encrypt hugo-encryptor hugoencrypt fixit-encryptor encrypt encrypted password",
    nothing="skew toc qr feature-state icon spacer related related-pages swatches list_tags list_categories",
)
"""Hugo's own shortcodes, and those that its themes have come to share."""
SYNTAXES = {"": ("filelinks", "shortcodes", "goldmark", "toc")}

DIALECT = Dialect.of(
    "hugo",
    names_with(
        url="url",
        published="publishdate pubdate published date",
        public="",
        updated="lastmod modified updated",
        expires="expirydate unpublishdate expires",
        tags="tags tag",
        unlisted="headless unlisted",
        listed="build.list build.render listed",
        authors="authors author params.authors params.author",
        summary="summary description excerpt params.summary params.description",
        image="images image cover featuredimage featureimage featuredimg banner ogimage coverimage hero heroimage headimg "
        "params.images params.image params.cover params.featuredimage params.banner params.hero",
        thumbnail="thumbnail thumb thumbnailurl thumbnailimage params.thumbnail",
        comments="comments params.comments",
        sealed="password passwd postpassword encrypt encrypted hugoencryptpassword params.password params.encrypted",
    ),
    extensions=(".md", ".markdown", ".mdown", ".html", ".htm"),
    flavor="goldmark",
    beside="bundle",
    last_wins=True,
    named_date=True,
    inherits_by_key=True,
    bundles=True,
    dated_by="date",
    local=False,
    dates=("published", "updated"),
    pages=("layout",),
    suited=suited,
    root=root,
    dated=dated,
    named=named,
    is_post=is_post,
    sections="_index.",
    place=place,
    address=address,
    page=page,
    url=url,
    wants=wants,
    tags=TAGS,
    syntaxes=SYNTAXES,
)
