"""The configuration as values: every key, its type, its default and its documentation, in one place.

`feeder.config` reads ``feeder.yml`` into these; the documentation and the JSON Schema are made from them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from feeder.model import Author, Habits
from feeder.records import Default, NamedTuple

if TYPE_CHECKING:  # podcasts are few
    from collections.abc import Mapping

    from feeder.podcasts.settings import Podcast


def key(kind: str, doc: str, default: Any = None, **more: Any) -> Any:
    """Return the default of a configuration key, as its class has it: ``kind`` names its converter in `feeder.keykinds`."""
    return Default(default, kind=kind, doc=doc, **more)


def _group(doc: str) -> Any:
    """Return a field for the feeds of a kind of groups: a flag, or the table that says how they are."""
    return key("flag", f"{doc}; or a table with details.", default=False, table=Group)


class Site(NamedTuple):
    """``site:`` what the feeds say of the site they belong to."""

    title: str = key("text", "The title of the site's feed.", "", shown="the URL's host")
    url: str = key("url", "The URL of the site. The only required setting: here, as `--url` or as `FEEDER_URL`.", "")
    description: str = key("text", "One sentence in plain text.", "", shown="the title")
    language: str = key("language", "The language of the posts, a BCP 47 tag.", "en")
    timezone: str = key("timezone", "The time zone of dates without one, an IANA name such as `Europe/Berlin`.", "UTC")
    author: tuple[Author, ...] = key(
        "people",
        "The author of posts that name none: a name, a table of `name`, `email`, `url`, or a list of these.",
        (),
    )
    image: str = key("picture", "A picture for posts without one, and for RSS's `image` (GIF, JPEG or PNG).", "")
    icon: str = key("picture", "A small square picture: Atom's `icon`, JSON Feed's `icon` and `favicon`.", "")
    logo: str = key("picture", "A picture twice as wide as it is high: Atom's `logo`.", "")
    copyright: str = key("text", "The copyright line, used as it is; feeder adds no year.", "")
    categories: tuple[str, ...] = key("texts", "Categories of the site itself: of the feed, not of posts.", ())
    managing_editor: str = key("mailbox", "RSS's `managingEditor`, as `mail@example.org (Name)`.", "")
    generator: str = key("text", "The program that feeds name as their generator; empty for none.", "feeder")
    dialect: str = key(
        "dialect",
        "The site's generator, whose configuration is read: `hexo`, `jekyll`, `hugo`, `eleventy`, `astro`, `docusaurus`, "
        "`pelican`, or `plain` for none. `auto` detects it from the files in the directory.",
        "auto",
    )
    assets: tuple[str, ...] = key(
        "paths",
        "Directories, or their URLs, whose files are served from the site's root; pictures are looked for there.",
        ("static",),
    )


class Posts(NamedTuple):
    """``posts:`` which files are posts, and where they live on the site."""

    path: str = key(
        "path", "The directory of the posts, or its URL.", "", shown="the first of the usual ones that exists"
    )
    include: tuple[str, ...] = key(
        "texts", "Patterns such as `news/*`; a post must match one. `*` matches `/`, too.", ()
    )
    exclude: tuple[str, ...] = key("texts", "Patterns of files to ignore.", ())
    permalink: str = key(
        "permalink",
        "The address of posts that give none, relative to the site: `:path` (its path without extension, `index` dropped), "
        "`:dir`, `:name`, `:slug`, `:title`, `:year`, `:month`, `:day`.",
        "",
        shown="as the site's generator makes it; `/:path/` without a generator",
    )


class Group(NamedTuple):
    """How the feeds of one kind of groups are made: a table in place of ``true``."""

    path: str = key(
        "feed_path", "The directory of a feed in the output directory, with `:slug` in it.", "", shown="`<kind>/:slug/`"
    )
    title: str = key(
        "feed_title",
        "The title of a feed: `:name` is the group's, `:site` (or `:title`) the site's, `:slug` as in the path.",
        ":site: :name",
    )
    minimum: int = key("count", "How many posts a group needs to get a feed.", 1)
    limit: int | None = key("count", "How many posts a feed holds; 0 for all.", None, shown="`feeds.limit`")


class Feeds(NamedTuple):
    """``feeds:`` which feeds are written, and how much each holds."""

    formats: tuple[str, ...] = key("formats", "The formats to write.", ("rss", "atom", "json"))
    names: Mapping[str, str] = key("names", "The file name of a format, such as `{rss: index.xml}`.", {})
    limit: int = key("count", "How many posts a feed holds; 0 for all.", 20)
    content: str = key("choice", "`full`: entries with their whole text; `summary`: only with their summary.", "full",
                       choices=("full", "summary"))  # fmt: skip
    categories: bool | Group = _group("Whether each category has its own feeds, in `categories/<slug>/`")
    tags: bool | Group = _group("The same for tags, in `tags/<slug>/`")
    authors: bool | Group = _group("The same for authors, in `authors/<slug>/`")
    languages: bool | Group = _group("The same for languages, in `languages/<tag>/`")
    sections: bool | Group = _group(
        "The same for sections, the top directories of the posts directory, in `sections/<slug>/`"
    )
    archive: int = key(
        "archive",
        "Whether posts that the site's feed no longer holds are kept in archives (RFC 5005) of 50 posts; or how many posts each holds.",
        0,
        shown="`false`",
    )
    url: str = key("url", "Where the output directory is served, if not at the site's root.", "", shown="`site.url`")
    hub: tuple[str, ...] = key("urls", "WebSub hubs that the feeds announce.", ())
    max_bytes: int = key(
        "count",
        "Maximum size of a feed in bytes: in a larger one, older entries are cut to their summary, then left out. "
        "`feeder check` warns beyond half of it. 0 for no maximum.",
        1_000_000,
    )
    ttl: int = key("count", "Minutes for which a reader may cache an RSS feed; 0 for no statement.", 0)


class Markdown(NamedTuple):
    """``markdown:`` how bodies are read that are not HTML."""

    flavor: str = key(
        "choice",
        "Which Markdown: `python-markdown`, with definition lists, abbreviations and attributes; or `commonmark`, with "
        "GitHub's tables, task lists, strikethrough, footnotes and bare addresses; `smartypants` is that with typographic "
        "quotes and dashes, `definitions` with definition lists, `kramdown` and `goldmark` with both, `kramdown-straight` "
        "with quotes as they are typed. `auto` is what the site's generator "
        "makes: `kramdown` for Jekyll, `goldmark` for Hugo, `smartypants` for Hexo and Astro, `commonmark` for Eleventy and "
        "Docusaurus, `python-markdown` for Pelican and for none.",
        "auto",
        choices=(
            "auto",
            "python-markdown",
            "commonmark",
            "smartypants",
            "definitions",
            "kramdown",
            "kramdown-straight",
            "goldmark",
            "markdown-it",
        ),
    )
    breaks: bool = key(
        "flag",
        "`true` turns every line ending into a line break. The site's generator may set it: Hexo does, unless `marked.breaks` is "
        "`false`; Jekyll's `kramdown.hard_wrap` and Hugo's `markup.goldmark.renderer.hardWraps` do.",
        default=False,
    )


class Images(NamedTuple):
    """``images:`` what is made of the posts' pictures."""

    thumbnail_width: int = key(
        "count",
        "The width in pixels of the thumbnails of wider local pictures, which are written to `thumbnails/` for "
        "`media:thumbnail`; 0 for none. See [pictures.md](pictures.md).",
        0,
    )


class Settings(NamedTuple):
    """All of ``feeder.yml``."""

    site: Site = key("section", "", Site())
    posts: Posts = key("section", "", Posts())
    feeds: Feeds = key("section", "", Feeds())
    markdown: Markdown = key("section", "", Markdown())
    images: Images = key("section", "", Images())
    podcast: Podcast | None = key("section", "", module="feeder.podcasts.settings")
    rules: Mapping[str, str] = key(
        "severities",
        "The severity of a problem code, such as `{missing-date: warning}`: `off`, `note`, `warning` or `error`.",
        {},
    )
    output: str = key("path", "The directory that the feeds are written to, or its URL.", "public")
    habits: Habits = Habits()
    """No key of ``feeder.yml``: what the site's generator is told by its own configuration."""


def keys_of(section: type[Any] | Any) -> Mapping[str, Mapping[str, Any]]:
    """Return what there is to know of each key of a section, by its name, in their order."""
    return {name: default.known for name, default in section.described.items()}


def section_of(settings: Any, name: str) -> Any:
    """Return a section; with its defaults where nobody gave it, and it is loaded only then."""
    found = getattr(settings, name)
    module = "" if found is not None else keys_of(settings)[name]["module"]
    return import_module(module).DEFAULT if module else found
