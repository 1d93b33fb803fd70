"""What feedgen cannot say, put right on its finished elements: two extensions, which it calls last. Services of `xmlfeed`."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from datetime import UTC
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from lxml import etree

from feeder.patterns import pattern
from feeder.records import NamedTuple
from feeder.texts.dates import format_rfc822, format_rfc3339
from feeder.texts.plaintext import escape


@contextmanager
def _standing_in_for_dateutil() -> Iterator[None]:
    """Let what is imported meanwhile have the one thing of dateutil that feedgen uses of its own accord: UTC.

    dateutil takes longer to load than all the rest of feedgen, which wants its parser to read dates from text. feedgen
    gets no text from here, and whoever else gives it some has the real parser. Where dateutil is loaded already, it has
    that.
    """
    threading = sys.modules.get("threading")
    if "dateutil" in sys.modules or (threading is not None and threading.active_count() > 1):  # others would see it
        yield
        return
    parts = {name: ModuleType(name) for name in ("dateutil", "dateutil.parser", "dateutil.tz")}
    parts["dateutil"].__dict__.update(parser=parts["dateutil.parser"], tz=parts["dateutil.tz"], __path__=[])
    parts["dateutil.tz"].__dict__["tzutc"] = lambda: UTC
    parts["dateutil.parser"].__dict__["parse"] = lambda *text, **how: import_module("dateutil.parser").parse(
        *text, **how
    )
    sys.modules.update(parts)
    try:
        yield
    finally:
        for name in parts:
            del sys.modules[name]


with _standing_in_for_dateutil():
    from feedgen.ext.base import BaseEntryExtension, BaseExtension
    from feedgen.feed import FeedGenerator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from feeder.model import Channel, Entry, Feed, Picture

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "http://search.yahoo.com/mrss/"
DC = "http://purl.org/dc/elements/1.1/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
HISTORY = "http://purl.org/syndication/history/1.0"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RSS_IMAGE_TYPES = (".gif", ".jpg", ".jpeg", ".png")
"""What RSS 2.0 lets ``image`` be."""
_LIKE_MARKUP = pattern(r"</\w|&#?\w+;")


class Dress(NamedTuple):
    """What a kind of feed has beside the elements of its format: namespaces, and who puts its elements right."""

    namespaces: Mapping[str, str]
    feed: type[FeedExtension] | None = None
    entry: type[EntryExtension] | None = None


def new_generator(feed: Feed, dress: Dress, history: Sequence[tuple[str, str, str]] = ()) -> FeedGenerator:
    """Return feedgen's generator of a feed, with nothing in it but the extensions of this module.

    ``history`` are the relation, the URL and the type of each document of the feed's history that it links to.
    """
    generator = FeedGenerator()
    # Under a name that none of feedgen's methods has: it would be overwritten.
    generator.register_extension("feeder", dress.feed or FeedExtension, dress.entry or EntryExtension)
    generator.feeder.feed = feed
    generator.feeder.namespaces = dress.namespaces if feed.before is None else {**dress.namespaces, "fh": HISTORY}
    generator.feeder.history = history
    return generator


class FeedExtension(BaseExtension):  # type: ignore[misc]
    """Puts a finished channel or feed element right, before its entries are appended."""

    feed: Feed
    namespaces: Mapping[str, str]
    history: Sequence[tuple[str, str, str]]

    def extend_ns(self) -> Mapping[str, str]:
        return self.namespaces

    def extend_rss(self, root: Any) -> Any:
        channel, feed = root[0], self.feed
        set_text(channel.find("title"), feed.title)
        set_text(channel.find("description"), feed.channel.description)
        own = channel.find(f"{{{ATOM}}}link")
        for hub in reversed(feed.channel.hubs):
            own.addnext(etree.Element(f"{{{ATOM}}}link", href=hub, rel="hub"))
        self._add_history(own, f"{{{ATOM}}}link")
        # feedgen takes the image from Atom's logo, whatever its type; RSS knows three.
        for image in channel.findall("image"):
            channel.remove(image)
        for element in channel.iterfind("category"):
            set_text(element, element.text)
        if feed.channel.copyright:
            set_text(channel.find("copyright"), feed.channel.copyright)
        if feed.channel.image.partition("?")[0].lower().endswith(RSS_IMAGE_TYPES):
            image = etree.SubElement(channel, "image")
            for name, value in (("url", feed.channel.image), ("title", feed.title), ("link", feed.home)):
                set_text(etree.SubElement(image, name), value)
        built = channel.find("lastBuildDate")
        if feed.posts:
            built.text = format_rfc822(feed.updated)
        else:
            channel.remove(built)
        return root

    def extend_atom(self, root: Any) -> Any:
        root.find("updated").text = format_rfc3339(self.feed.updated)
        _set_plain(root.find("title"), self.feed.title)
        _set_plain(root.find("subtitle"), self.feed.channel.description)
        generator = root.find("generator")
        if generator is not None and not self.feed.channel.generator:
            root.remove(generator)
        own = next(link for link in root.iterfind("link") if link.get("rel") == "self")
        self._add_history(own, "link")
        return root

    def _add_history(self, own: Any, name: str) -> None:
        """Put after a feed's link to itself what tells of its history (RFC 5005); in Atom, names have no namespace."""
        for rel, href, media_type in reversed(self.history):
            own.addnext(etree.Element(name, href=href, rel=rel, type=media_type))
        if self.feed.archive or self.feed.before == 0:
            own.addnext(etree.Element(f"{{{HISTORY}}}{'archive' if self.feed.archive else 'complete'}"))


class EntryExtension(BaseEntryExtension):  # type: ignore[misc]
    """Puts a finished item or entry element right."""

    entry: Entry
    channel: Channel

    def extend_rss(self, item: Any) -> Any:
        entry, post = self.entry, self.entry.post
        set_text(item.find("title"), post.title)
        for element in item.iterfind("category"):
            set_text(element, element.text)
        # RSS knows an author by mail address only; names go to Dublin Core, one element each.
        for person in post.authors:
            sub_element(item, f"{{{DC}}}creator", person.name)
        sub_element(item, "pubDate", format_rfc822(post.published))
        if post.updated != post.published:
            sub_element(item, f"{{{ATOM}}}updated", format_rfc3339(post.updated))
        if post.language != self.channel.language:
            sub_element(item, f"{{{DC}}}language", post.language)
        if entry.enclosures:  # the profile allows one
            first = entry.enclosures[0]
            sub_element(item, "enclosure", url=first.url, length=str(first.length), type=first.type)
        self._media(item)
        return item

    def extend_atom(self, element: Any) -> Any:
        entry, post = self.entry, self.entry.post
        element.find("updated").text = format_rfc3339(post.updated)
        _set_plain(element.find("title"), post.title)
        if post.language != self.channel.language:
            element.set(LANG, post.language)
        for link in element.findall("link"):
            element.remove(link)
        anchor = element.find("summary")
        anchor = element.find("content") if anchor is None else anchor
        if anchor is None:  # neither text nor summary: the title says all there is
            anchor = sub_element(element, "summary", post.title)
        links = [{"href": post.url, "rel": "alternate", "type": "text/html"}]
        for enclosure in entry.enclosures:
            links.append(
                {"href": enclosure.url, "rel": "enclosure", "type": enclosure.type, "length": str(enclosure.length)}
            )
            if enclosure.title:
                links[-1]["title"] = enclosure.title
        if post.comments:
            links.append({"href": post.comments, "rel": "replies", "type": "text/html"})
        for link in reversed(links):
            anchor.addnext(etree.Element("link", link))
        # In its place before the extensions' elements, and never through feedgen's clock.
        sub_element(element, "published", format_rfc3339(post.published))
        self._media(element)
        return element

    def _media(self, parent: Any) -> None:
        """Append the picture as Media RSS has it, directly below the item: a group needs two of them."""
        image, thumbnail = self.entry.image, self.entry.thumbnail
        if image:
            sub_element(
                parent, f"{{{MEDIA}}}content", url=image.url, type=image.type, medium="image", **_size(image, file=True)
            )
        if thumbnail:
            sub_element(parent, f"{{{MEDIA}}}thumbnail", url=thumbnail.url, **_size(thumbnail))


def _size(picture: Picture, *, file: bool = False) -> dict[str, str]:
    size = {"width": picture.width, "height": picture.height, "fileSize": picture.length if file else 0}
    return {name: str(value) for name, value in size.items() if value}


def sub_element(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    """Append an element and return it."""
    element = etree.SubElement(parent, name, attributes)
    element.text = text or None
    return element


def set_text(element: Any, text: str) -> None:
    """Set plain text in RSS so that no reader takes it for markup: ``<`` and ``&`` as numeric references (RSS profile)."""
    element.text = text or None
    if "<" not in text and "&" not in text:
        return
    element.text = None
    last = None
    for part in filter(None, re.split("([<&])", text)):
        if part in {"<", "&"}:
            last = etree.Entity("#x3C" if part == "<" else "#x26")
            element.append(last)
        elif last is None:
            element.text = part
        else:
            last.tail = part


def _set_plain(element: Any, text: str) -> None:
    """Set plain text in Atom; what a reader or the validator could take for markup is declared as escaped HTML."""
    if _LIKE_MARKUP.search(text):
        element.set("type", "html")
        element.text = escape(text)
