"""What the rules of a check look at: one post's front matter, one post in full, all posts with their links, one feed."""

from __future__ import annotations

import re
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feeder.html.excerpts import text_of
from feeder.nodes import Items, Scalar
from feeder.problems import START, Mark
from feeder.records import NamedTuple
from feeder.texts import urls
from feeder.texts.plaintext import nfc, resolve_references

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from feeder.bodies.bodytext import BodyText, Link
    from feeder.kinds import Dialect, FileStore
    from feeder.model import Draft, Entry
    from feeder.nodes import Node
    from feeder.settings import Settings

OPEN = frozenset({"opted out", "page", "unlisted"})
"""The kinds of posts that are left out of the feeds and have a page all the same."""
_CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL)
_ADDRESSES = re.compile(r'\s(?:href|src|srcset|poster)="([^"]*)"')
_FILE = re.compile(r"\.mdx?(?:[#?]|$)")
_WORDS = re.compile(r"[\w-]+")
_ENDING = re.compile(r"\.\w+(?:[?#].*)?$", re.DOTALL)
_TELLING = 4
"""Letters of a name that is hardly a part of another by chance."""


class Manuscript(NamedTuple):
    """A file taken apart, before it has any meaning: the one thing that a post that is left out has, too."""

    text: str
    draft: Draft
    dialect: Dialect
    settings: Settings
    codes: Collection[str]
    """The names of all rules and other problems."""


class Reading:
    """One post in full, from its file's text to its entry."""

    def __init__(self, draft: Draft, entry: Entry, body: BodyText, settings: Settings, library: FileStore) -> None:
        self.draft = draft
        self.post = entry.post
        self.entry = entry
        self.body = body
        self.settings = settings
        self.library = library
        self._urls: dict[str, str] = {}
        self._meanings: dict[str, str] = {}

    @cached_property
    def html(self) -> str:
        """The rendered body without its code."""
        return _CODE.sub(" ", self.entry.html)

    @cached_property
    def text(self) -> str:
        """What a person reads of it, on one line."""
        return text_of(self.html)

    @cached_property
    def _addresses(self) -> str:
        return _plainly(resolve_references("\n".join(_ADDRESSES.findall(self.html))))

    def mark(self, field: str) -> Mark:
        """Return where the front matter gives a field, the file's start where it does not."""
        return self.post.marks.get(field, START)

    def written(self, field: str) -> tuple[int, str]:
        """Return what the front matter gives a field, as it is written, and at which offset; "" where it does not."""
        mark = self.post.marks.get(field)
        if mark is None:
            return 0, ""
        start = self.body.offset(mark)
        later = (self.body.offset(key.mark) for key in self.draft.keys.values() if key.mark > mark)
        return start, self.body.text[start : min(later, default=self.draft.start)]

    def url_of(self, link: Link) -> str:
        """Return where a link of the body leads, "" when that is no page or file, or the link was not rendered as one.

        Nor is it told for one that has a tag of the site's generator in it, or names a file that was made a post's address.
        """
        if link.target not in self._urls:
            self._urls[link.target] = self._url_of(link.target)
        return self._urls[link.target]

    def _url_of(self, target: str) -> str:
        if self._is_tagged(target) or not self.is_rendered(target):
            return ""
        try:
            return urls.absolute(target, self.post.url)
        except urls.BadUrlError:
            return ""

    def _is_tagged(self, target: str) -> bool:
        """Whether a target is none before the site's generator has read it."""
        names_file = "filelinks" in self.body.spoken.syntaxes and _FILE.search(target)
        return bool(self.body.spoken.syntaxes and (names_file or "{" in target or target.startswith("|")))

    def is_rendered(self, target: str) -> bool:
        """Whether something of the kind is an address in the rendered body."""
        words = max(_WORDS.findall(_plainly(target)), key=len, default="")
        return bool(words) and words in self._addresses

    def is_shown(self, picture: str) -> bool:
        """Whether an address in the rendered body has the name of a picture, less its ending, which others have too."""
        name = _ENDING.sub("", _plainly(picture).rpartition("/")[2])
        word = max(_WORDS.findall(name), key=len, default="")
        return word in (self._addresses if len(word) >= _TELLING else _WORDS.findall(self._addresses))

    def meant_by(self, link: Link) -> str:
        """Return where a link leads that names a post in the generator's own way, "" for one that does not, or to nowhere."""
        if link.target not in self._meanings:
            self._meanings[link.target] = self._meaning(link.target)
        return self._meanings[link.target]

    def _meaning(self, target: str) -> str:
        return self.absolute(self.body.spoken.meant(target)) if self._is_tagged(target) else ""

    def absolute(self, url: str) -> str:
        """Return an address of the translated body as the rendered one has it, "" when that does not have it."""
        try:
            return urls.absolute(url, self.post.url) if self.is_rendered(url) else ""
        except urls.BadUrlError:
            return ""


def _plainly(address: str) -> str:
    """Return an address as all ways of writing it agree: encoded or not, a host in any case."""
    return nfc(unquote(address)).casefold()


def scalars(node: Node) -> Iterator[Scalar]:
    """Yield the values of a list, also of lists in it, or the one value; what is in tables is theirs."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Items):
        for item in node.items:
            yield from scalars(item)


class Spot(NamedTuple):
    """A value of a post with its place."""

    text: str
    mark: Mark


class Page(NamedTuple):
    """What is remembered of each post until all are known: its address, what can be linked to in it, what it links to."""

    path: str
    shown: str
    url: str
    placed: bool
    """Whether its address is known; if not, ``url`` is that of its file."""
    whole: bool
    """Whether all of its front matter could be read; if not, nothing can be said to be missing."""
    published: datetime
    marks: Mapping[str, Mark]
    entire: bool
    """Whether all of its body is known; if not, a tag that was removed may have brought headings."""
    anchors: frozenset[str]
    """The ids in its body, and `anchor` of its headings, which most sites make ids of."""
    spelled: frozenset[tuple[str, str]]
    """`anchor` of what stands before and behind the emoji of each heading that has some."""
    links: tuple[tuple[str, Spot], ...]
    """Links to the site itself: the whole URL, and what is written."""
    named: tuple[tuple[str, Spot], ...]
    """The same of links that its generator makes: by a tag, or by the name of a post's file."""
    former: tuple[str, ...]
    """The addresses that the site redirects to it."""
    names: tuple[tuple[str, Spot], ...]
    """Its categories and tags: the kind, and the name as it is written."""
    has: frozenset[str]
    """Of ``summary``, ``picture``, ``time`` and ``zone``, what the front matter gives (the picture: that there is one)."""


def _nowhere(_: str) -> bool:
    return False


class Site(NamedTuple):
    """All posts, in the order of their paths, and what else is known of the site."""

    pages: Sequence[Page]
    settings: Settings
    moment: datetime
    published: Collection[str]
    """The paths of the posts that are published."""
    left_out: Mapping[str, str]
    """Those that are not though nothing is wrong with them, as messages name them, and why, as `LeftOut.kind`."""
    known: Mapping[str, str]
    """The path of every file that is named like a post, and how messages name it."""
    library: FileStore
    elsewhere: Callable[[str], bool] = _nowhere
    """Tells of an address, as `address_of` gives it, whether something is there that is no post."""

    @property
    def wanted(self) -> list[Page]:
        """The pages of posts that their authors do not keep out: nothing should be missing there."""
        return [page for page in self.pages if page.whole and self.left_out.get(page.shown) not in {"draft", *OPEN}]

    @property
    def settled(self) -> Sequence[Page]:
        """The pages in such an order that of those at one address the last is the one that is published."""
        return sorted(self.pages, key=lambda page: page.path in self.published)

    def why_unpublished(self, page: Page) -> str:
        """Return why no one can open a post's page, "" when one can."""
        if page.path in self.published or self.left_out.get(page.shown) in OPEN:
            return ""
        return self.left_out.get(page.shown, "it has an error")

    def is_habit(self, code: str, having: Sequence[Page], of: Sequence[Page]) -> bool:
        """Whether most of the pages ``of`` are ``having`` something, or the configuration asks for it of all."""
        return self.settings.rules.get(code, "off") != "off" or 2 * len(having) >= len(of) > 1


def anchor(text: str) -> str:
    """Return a heading or a fragment as far as all ways to make ids of headings agree: its letters and digits."""
    return "".join(character for character in text.casefold() if character.isalnum())


def address_of(url: str) -> str:
    """Return the path of a URL as most servers take it: with or without a final slash, ``index.html`` or ``.html``."""
    path = unquote(urlsplit(url).path).removesuffix("index.html").removesuffix(".html")
    return path.rstrip("/")


class FinishedItem(NamedTuple):
    """One entry of a finished feed, as it says of itself; what it does not say is "" or empty."""

    mark: Mark
    id: str
    url: str
    title: str
    published: str
    updated: str
    html: str
    """All of it that readers take for HTML: the body, and the summary where that is HTML, too."""
    enclosures: tuple[Mapping[str, str], ...] = ()
    """``url``, ``type`` and ``length`` of each."""
    pictures: tuple[Mapping[str, str], ...] = ()
    """The attributes of Media RSS's elements, or ``url`` of JSON Feed's pictures."""
    urls: tuple[tuple[str, str], ...] = ()
    """The name of each other element of it that holds a URL, and the URL."""
    faults: tuple[str, ...] = ()
    """What its elements are against the rules of its format."""


class FinishedFeed(NamedTuple):
    """A finished file of one feed, and what a stranger reads in it."""

    shown: str
    name: str
    """The format's."""
    data: bytes
    settings: Settings
    moment: datetime
    syntax: str = ""
    """Why nothing could be read in it, "" when something could."""
    mark: Mark = START
    """Where that is."""
    updated: str = ""
    urls: tuple[tuple[str, str], ...] = ()
    """The name of each element of the feed's own that holds a URL, and the URL."""
    items: tuple[FinishedItem, ...] = ()
    ids: Mapping[tuple[str, str], str] = MappingProxyType({})
    """The ids that other feeds of the site give to entries, by link and title."""
    faults: tuple[str, ...] = ()
