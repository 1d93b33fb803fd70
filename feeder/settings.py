"""The configuration as values: every key, its type, its default and its documentation, in one place.

`feeder.config` reads ``feeder.yml`` into these; the documentation and the JSON Schema are made from them.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - dataclass fields are read at run time
from dataclasses import Field, dataclass, field, fields
from typing import Any

from feeder.model import Author, Habits
from feeder.problems import Mark  # noqa: TC001


def key(kind: str, doc: str, default: Any = None, **more: Any) -> Any:
    """Return a dataclass field for a configuration key: ``kind`` names its converter in `feeder.keykinds`."""
    metadata = {"kind": kind, "doc": doc, **more}
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """``site:`` what the feeds say of the site they belong to."""

    title: str = key("text", "The title of the site's feed.", "", shown="the URL's host")
    url: str = key("url", "Where the site lives. The only key that is needed, here, as `--url` or as `FEEDER_URL`.", "")
    description: str = key("text", "One sentence in plain text.", "", shown="the title")
    language: str = key("language", "The language of the posts, a BCP 47 tag.", "en")
    timezone: str = key("timezone", "The zone of dates that name none, an IANA name such as `Europe/Berlin`.", "UTC")
    author: tuple[Author, ...] = key(
        "people",
        "Who writes posts that name no author: a name, a table of `name`, `email`, `url`, or a list of these.",
        (),
    )
    image: str = key("picture", "A picture for posts that have none, and for RSS's `image` (GIF, JPEG or PNG).", "")
    icon: str = key("picture", "A small square picture: Atom's `icon`, JSON Feed's `icon` and `favicon`.", "")
    logo: str = key("picture", "A picture twice as wide as high: Atom's `logo`.", "")
    copyright: str = key("text", "The copyright line, as it is; feeder adds no year.", "")
    categories: tuple[str, ...] = key(
        "texts", "What the site itself is about: categories of the feed, not of posts.", ()
    )
    managing_editor: str = key("mailbox", "RSS's `managingEditor`, as `mail@example.org (Name)`.", "")
    generator: str = key("text", "The name of the program that feeds give as theirs; empty for none.", "feeder")
    dialect: str = key(
        "dialect",
        "Whose front matter the posts have: `plain` knows every common name of a field. `auto` is `plain`.",
        "auto",
    )
    assets: tuple[str, ...] = key(
        "paths",
        "Directories, or URLs of such, whose files stand at the site's root; pictures are looked for there.",
        ("static",),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """``posts:`` which files are posts, and where they live on the site."""

    path: str = key(
        "path", "The directory of the posts, or its URL.", "", shown="the first that exists of the usual ones"
    )
    include: tuple[str, ...] = key("texts", "Patterns such as `news/*`; a post must match one. `*` spans `/`.", ())
    exclude: tuple[str, ...] = key("texts", "Patterns of files to leave alone.", ())
    permalink: str = key(
        "permalink",
        "The address of a post without one, below the site: `:path` (its path without extension, `index` dropped), "
        "`:dir`, `:name`, `:slug`, `:title`, `:year`, `:month`, `:day`.",
        "/:path/",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """``feeds:`` which feeds are written, and how much each holds."""

    formats: tuple[str, ...] = key("formats", "The formats to write.", ("rss", "atom", "json"))
    names: Mapping[str, str] = key("names", "The file name of a format, such as `{rss: index.xml}`.", {})
    limit: int = key("count", "How many posts a feed holds; 0 for all.", 20)
    content: str = key("choice", "`full`: each entry has its whole text; `summary`: its summary only.", "full",
                       choices=("full", "summary"))  # fmt: skip
    categories: bool = key(
        "flag", "Whether each category has feeds of its own, in `categories/<slug>/`.", default=False
    )
    tags: bool = key("flag", "The same for tags, in `tags/<slug>/`.", default=False)
    authors: bool = key("flag", "The same for authors, in `authors/<slug>/`.", default=False)
    languages: bool = key("flag", "The same for languages, in `languages/<tag>/`.", default=False)
    url: str = key("url", "Where the output directory is served, if not at the site's root.", "", shown="`site.url`")
    hub: tuple[str, ...] = key("urls", "WebSub hubs that the feeds announce.", ())
    max_bytes: int = key(
        "count", "Bytes that a feed may have; `feeder check` warns beyond half of them. 0 for any number.", 1_000_000
    )
    ttl: int = key("count", "Minutes for which a reader may keep an RSS feed; 0 says nothing.", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Markdown:
    """``markdown:`` how bodies are read that are not HTML."""

    flavor: str = key(
        "choice",
        "Which Markdown: `python-markdown`, with definition lists, abbreviations and attributes; or `commonmark`, with "
        "GitHub's tables, task lists, strikethrough, footnotes and bare addresses.",
        "python-markdown",
        choices=("python-markdown", "commonmark"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Podcast:
    """``podcast:`` a feed of the posts that have audio or video, as podcast apps want it. Without it there is none."""

    path: str = key("file", "Its file, below the output directory.", "podcast.xml")
    title: str = key("text", "The name of the show.", "", shown="`site.title`")
    description: str = key("text", "What the show is about, up to 4000 bytes.", "", shown="`site.description`")
    link: str = key("web", "The page of the show.", "", shown="`site.url`")
    language: str = key("language", "The language that is spoken.", "", shown="`site.language`")
    author: str = key("text", "Who makes the show.", "", shown="the names in `site.author`")
    owner: tuple[Author, ...] = key(
        "people", "Whom Apple writes to: a name and a mail address, which the feed tells everybody.", (),
        shown="the first of `site.author` with an address",
    )  # fmt: skip
    image: str = key("picture", "The artwork: a square JPEG or PNG of 1400 to 3000 pixels. Needed.", "")
    category: tuple[tuple[str, str], ...] = key(
        "apple categories",
        "Apple's categories, such as `Technology` or `Society & Culture > Documentary`, or a list of these. Needed.",
        (),
    )
    explicit: bool = key("flag", "Whether the show is not for children's ears.", default=False)
    type: str = key("choice", "`episodic`: newest first; `serial`: in order, by number.", "episodic",
                    choices=("episodic", "serial"))  # fmt: skip
    copyright: str = key("text", "The copyright line.", "", shown="`site.copyright`")
    block: bool = key("flag", "`true` asks directories to leave the show out.", default=False)
    complete: bool = key("flag", "`true` says that no further episode will come.", default=False)
    locked: bool = key("flag", "`true` forbids other hosts to import the show.", default=False)
    new_feed_url: str = key("web", "Where the feed has moved to.", "")
    guid: str = key("uuid", "The show's UUID.", "", shown="made from the feed's URL, as Podcasting 2.0 says")
    medium: str = key("choice", "What the feed is.", "podcast",
                      choices=("podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "course"))  # fmt: skip
    funding: tuple[tuple[str, str], ...] = key(
        "funding", "Where listeners can pay: a URL, a table of `url` and `text`, or a list of these.", ()
    )
    people: tuple[Any, ...] = key(
        "persons", "Who is heard: a name, a table of `name`, `role`, `group`, `img`, `href`, or a list of these.", ()
    )
    media_url: str = key("url", "Where recordings lie that posts name by a relative path, if not beside them.", "")
    limit: int = key("count", "How many episodes the feed holds; 0 for all.", 0)
    shown: str = ""
    """No key: the file that says all this."""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """No key: where it says it, by the key's name, the whole at ""."""

    @property
    def wanted(self) -> bool:
        """Whether there is to be a podcast."""
        return bool(self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of ``feeder.yml``."""

    site: Site = key("section", "", Site())
    posts: Posts = key("section", "", Posts())
    feeds: Feeds = key("section", "", Feeds())
    markdown: Markdown = key("section", "", Markdown())
    podcast: Podcast = key("section", "", Podcast())
    rules: Mapping[str, str] = key(
        "severities",
        "A severity for a problem's code, such as `{missing-date: warning}`: `off`, `note`, `warning` or `error`.",
        {},
    )
    output: str = key("path", "The directory that the feeds are written to, or its URL.", "public")
    habits: Habits = Habits()
    """No key of ``feeder.yml``: what the site's generator is told by its own configuration."""


def keys_of(section: type[Any] | Any) -> dict[str, Field[Any]]:
    """Return the keys of a section by name, in their order."""
    return {item.name: item for item in fields(section) if item.metadata}
