"""The values that travel through feeder, named after the stage that makes them. None reads, parses or writes itself."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - annotations are read at run time by the tests
from datetime import datetime  # noqa: TC003
from pathlib import Path  # noqa: TC003
from typing import TYPE_CHECKING

from feeder.nodes import Node, Repeated, Scalar  # noqa: TC001
from feeder.problems import START, Mark, Problem
from feeder.records import NamedTuple

if TYPE_CHECKING:  # podcasts are few, and defining their values takes time
    from feeder.cascades import Bequest  # and few sites have these
    from feeder.podcasts.values import Episode, Recording, Show


class Habits(NamedTuple):
    """What a site's generator does with posts beyond its defaults, as the site's own configuration says it."""

    permalinks: Mapping[str, str] = {}
    """Section ("" for every post) -> pattern of addresses, in the generator's own syntax."""
    options: Mapping[str, str] = {}
    """Other settings by the generator's dotted name, as written: a list of texts is one with ``, ``, a flag ``true`` or ``false``."""
    places: Mapping[str, str] = {}
    """Section -> the file and line that say its pattern."""
    bequests: tuple[Bequest, ...] = ()
    """Front matter that the configuration gives posts by default, best first."""
    pages: tuple[Bequest, ...] | None = None
    """What it gives pages, where that is not the same."""


# posts/* -> Content -> Source -> Draft -> Post

Stamp = tuple[int, int, int, int]
"""What changes with a file: when it was modified and when its facts were, in nanoseconds; its length; its number."""


class Content(NamedTuple):
    """A file as it was read: its bytes, and its stamp at that moment (None where there is none)."""

    data: bytes
    stamp: Stamp | None


class Source(NamedTuple):
    """A post's file as text. ``path`` is below the posts directory, with ``/``; ``shown`` is how messages name it."""

    path: str
    shown: str
    text: str


class Draft(NamedTuple):
    """A file taken apart: its front matter by folded key (lower case, no ``-`` or ``_``), and its body.

    ``keys`` are as spelled, ``repeated`` those that were there before, ``late`` those of headers that came too late. The
    body begins at the offset ``start`` of the text, and at ``origin``: in line 0 where only the body was looked at.
    """

    path: str
    shown: str
    fields: Mapping[str, Node]
    body: str
    keys: Mapping[str, Scalar] = {}
    start: int = 0
    origin: Mark = START
    repeated: tuple[Repeated, ...] = ()
    late: tuple[Scalar, ...] = ()

    def place(self, mark: Mark) -> Mark:
        """Return where in the file a place of the body is."""
        return Mark(self.origin.line + mark.line - 1, mark.column + (self.origin.column - 1) * (mark.line == 1))


class Author(NamedTuple):
    """A person or a robot; at least a name."""

    name: str
    email: str = ""
    url: str = ""


class Category(NamedTuple):
    """A category (``kind`` "category") or a tag ("tag"), as the author spelled it."""

    name: str
    kind: str


class Reference(NamedTuple):
    """A picture or an enclosure as front matter names it, with its absolute URL.

    ``local`` is the path to look for on disk, or "" when the URL points elsewhere. A leading ``/`` means
    the site's root. ``length`` is in bytes, ``type`` a media type, ``duration`` text; as the author gave them, if at all.
    """

    url: str
    local: str
    mark: Mark
    length: int | None = None
    type: str = ""
    title: str = ""
    duration: str = ""


class Post(NamedTuple):
    """A sound post: typed, absolute, aware. Its body goes beside it, and only where it is rendered.

    ``id`` is a URI or the author's guid, ``url`` the permalink (percent-encoded), every datetime aware and in whole seconds,
    ``updated`` never before ``published``, ``summary`` plain text.
    """

    path: str
    shown: str
    id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    language: str = ""
    authors: tuple[Author, ...] = ()
    categories: tuple[Category, ...] = ()
    image: Reference | None = None
    thumbnail: Reference | None = None
    enclosures: tuple[Reference, ...] = ()
    summary: str = ""
    comments: str = ""
    expires: datetime | None = None
    marks: Mapping[str, Mark] = {}
    """Where the front matter gives each field, by the field's name here."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with it, and did not keep it from being published."""
    episode: Episode | None = None  # only where a podcast is published
    notice: str | None = None  # what stands for a body that a password protects; None for all others


class Card(NamedTuple):
    """What choosing needs to know of a sound post: all are held at once, so it is small, and has no text.

    Its fields are those of `Post`, but for ``authors``, which are names, and ``episode``: its guid, "" for none.
    """

    path: str
    shown: str
    id: str
    url: str
    published: datetime
    updated: datetime
    expires: datetime | None = None
    language: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    episode: str = ""


# Card -> Feed of Cards; Post -> Entry -> Item; Feed and Items -> Artifact


class Facts(NamedTuple):
    """What a file is: ``type`` by its content; bytes, pixels, and the seconds that it plays; 0 and "" unknown."""

    length: int
    type: str = ""
    width: int = 0
    height: int = 0
    duration: int = 0


class Sight(NamedTuple):
    """What was seen where a post names a local file. Equal sights give equal entries.

    ``there`` is false when no root has it, and then ``missing`` says whether that can be said at all. ``asset`` is its
    path below the site's root, ``own`` that below the post's own address, both encoded; where both are "", it is served
    where the reference leads, or, if ``renamed``, under the name ``copy``, "" if only the site's build knows it. ``fault``
    is why a picture cannot be read.
    """

    local: str
    as_picture: bool
    there: bool
    missing: bool = False
    asset: str = ""
    own: str = ""
    renamed: bool = False
    copy: str = ""
    facts: Facts = Facts(0)
    fault: str = ""
    stamp: tuple[int, ...] = ()
    """The file's, before it was looked at; empty where there is none, or it says nothing."""
    digest: str = ""  # that of all the file holds, where the entry rests on that
    as_audio: bool = False


class Picture(NamedTuple):
    """A picture with what is known of it: ``width`` and ``height`` in pixels, ``length`` in bytes, 0 when unknown."""

    url: str
    type: str
    width: int = 0
    height: int = 0
    length: int = 0


class Enclosure(NamedTuple):
    """A file that goes with an entry. ``length`` in bytes, 0 when unknown (RSS profile)."""

    url: str
    type: str
    length: int = 0
    title: str = ""


class Entry(NamedTuple):
    """A post with its rendered body: ``html`` is safe and absolute, ``summary`` plain text, ``categories`` have each name once."""

    post: Post
    html: str
    summary: str
    categories: tuple[Category, ...]
    image: Picture | None
    thumbnail: Picture | None
    image_in_body: bool
    enclosures: tuple[Enclosure, ...]
    recording: Recording | None = None


class Channel(NamedTuple):
    """What all feeds of a site share: their own metadata, as the configuration gives it, made absolute."""

    title: str
    link: str
    description: str
    language: str
    authors: tuple[Author, ...]
    base: str  # where the output directory is served; ends with ``/``
    generator: str = ""
    generator_version: str = ""
    copyright: str = ""
    image: str = ""
    icon: str = ""
    logo: str = ""
    ttl: int = 0  # minutes; 0 for none
    hubs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    managing_editor: str = ""
    category_scheme: str = ""
    tag_scheme: str = ""
    show: Show | None = None  # the podcast; only its own feed speaks of it


class Feed(NamedTuple):
    """One feed, whatever its format: posts, newest first. ``directory`` is below the output, "" or ending in ``/``."""

    id: str  # a URI of its own, the same in every format
    directory: str
    title: str
    home: str  # the page that the feed is about
    updated: datetime
    posts: tuple[Card, ...]
    channel: Channel
    limit: int = 0
    """How many posts it may hold; 0 for any number."""
    kind: str = ""
    """The kind of groups that it is the feed of one of; "" for the site's."""
    before: int | None = None
    """How many archives hold what is older (RFC 5005); None where no history is kept."""
    archive: bool = False
    path: str = ""
    """Its only file, where it is not one in each format that is configured."""


class Artifact(NamedTuple):
    """A finished file: its path below the output directory (with ``/``), its media type, its bytes."""

    path: str
    media_type: str
    data: bytes


class Written(NamedTuple):
    """One artifact at a path or a URL; ``changed`` is false when the very bytes were there before, and nothing was touched."""

    artifact: Artifact
    path: Path | str
    changed: bool

    @property
    def shown(self) -> str:
        """The place as messages name it."""
        return self.path if isinstance(self.path, str) else self.path.as_posix()


class LeftOut(NamedTuple):
    """A post that no feed shows, though nothing is wrong with it: its ``kind`` (draft, expired, scheduled, opted out) and the whole ``reason``."""

    path: str
    kind: str
    reason: str
