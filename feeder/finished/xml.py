"""What RSS and Atom have in common, as a stranger reads it: the tree, Media RSS, languages, archives (RFC 5005)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from feeder.patterns import pattern
from feeder.problems import Mark
from feeder.texts.languages import language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
_HISTORY = "{http://purl.org/syndication/history/1.0}"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_NAMESPACES = (
    "http://www.w3.org/2005/Atom",
    "http://search.yahoo.com/mrss/",
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/rss/1.0/modules/content/",
    "http://purl.org/syndication/history/1.0",
    "http://purl.org/syndication/thread/1.0",
    "http://purl.org/rss/1.0/modules/slash/",
    "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "https://podcastindex.org/namespace/1.0",
)
"""Namespaces, letter for letter: readers compare them so."""
_SCHEME_AND_END = pattern(r"^https?://(?:www\.)?|[/#]+$")
_ELSEWHERE = ("prev-archive", "next-archive")
_PAGING = frozenset({*_ELSEWHERE, "current", "first", "last", "previous", "next"})


class NotWellFormedError(Exception):
    """No XML; ``mark`` is where it ends being any."""

    def __init__(self, error: etree.XMLSyntaxError) -> None:
        super().__init__(error.msg)
        line, column = error.position
        self.mark = Mark(max(line or 1, 1), max(column or 1, 1))


def root_of(data: bytes) -> Any:
    """Return the root of a document. Raises `NotWellFormedError`."""
    try:
        return etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise NotWellFormedError(error) from error


def mark_of(element: Any) -> Mark:
    """Return where an element begins."""
    return Mark(element.sourceline or 1, 1)


def text_in(parent: Any, name: str) -> str:
    """Return the text of the first child of this name, "" without one."""
    return str(parent.findtext(name) or "")


def attributes_of(element: Any) -> Mapping[str, str]:
    """Return the attributes of an element."""
    return {str(name): str(value) for name, value in element.attrib.items()}


def links_of(links: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Yield the name and the address of each of Atom's links."""
    yield from ((f"{link.get('rel', 'alternate')} link", link.get("href", "")) for link in links)


def pictures_of(parent: Any) -> tuple[Mapping[str, str], ...]:
    """Return Media RSS's pictures of an entry (its specification, "media:content" and "media:thumbnail")."""
    places = [parent, *parent.iterfind(f"{MEDIA}group")]
    found = [
        element for name in ("content", "thumbnail") for place in places for element in place.iterfind(MEDIA + name)
    ]
    return tuple({"element": element.tag.removeprefix(MEDIA), **attributes_of(element)} for element in found)


def repeated(parent: Any, names: Sequence[str]) -> Iterator[str]:
    """Yield a fault for each child that is there more than once."""
    tags = [child.tag for child in parent]
    yield from (f"{name.removeprefix(ATOM)} is there more than once" for name in names if tags.count(name) > 1)


def language_faults(language: str) -> Iterator[str]:
    """Yield a fault for what is no language tag (BCP 47)."""
    if language and (language_tag(language) or "").lower() != language.lower():
        yield f"{language!r} is no language tag"


def namespace_faults(root: Any) -> Iterator[str]:
    """Yield a fault for each namespace that is misspelled [MediaRssNamespace], and for addresses that need a base."""
    known = {_SCHEME_AND_END.sub("", name.lower()): name for name in _NAMESPACES}
    declared = {uri for element in root.iter(etree.Element) for uri in element.nsmap.values()}
    for uri in sorted(declared - set(_NAMESPACES)):
        if meant := known.get(_SCHEME_AND_END.sub("", uri.lower())):
            yield f"the namespace {uri!r} is spelled {meant!r}"
    if any(element.get(_BASE) is not None for element in root.iter(etree.Element)):
        yield "xml:base is passed over by some readers: addresses must be absolute by themselves"


def history_faults(parent: Any, links: Sequence[Any], own: str) -> Iterator[str]:
    """Yield what a feed, whose own address is ``own``, has against RFC 5005 (sections 2 and 4)."""
    rels = [link.get("rel") for link in links]
    complete, archive = (parent.find(f"{_HISTORY}{name}") is not None for name in ("complete", "archive"))
    if complete and archive:
        yield "a feed is either complete or an archive"
    if complete and any(link.get("rel") in _PAGING and link.get("href") != own for link in links):
        yield "a complete feed has no links to other parts of it"
    if archive and "current" not in rels:
        yield "an archive needs a link rel=current"
    if not archive and "next-archive" in rels:
        yield "only an archive has a link rel=next-archive; it needs fh:archive"
    if not archive and any(link.get("rel") == "current" and link.get("href") != own for link in links):
        yield "the link rel=current of a feed that is no archive must lead to the feed itself"
    if any(link.get("rel") in _ELSEWHERE and link.get("href") == own for link in links):
        yield "a link to an archive must not lead to the document itself"
    yield from (f"a feed has one link rel={rel} at the most" for rel in _ELSEWHERE if rels.count(rel) > 1)


def entry_faults(entry: Any, links: Sequence[Any]) -> Iterator[str]:
    """Yield what an entry has against RFC 5005 and Media RSS."""
    if any(link.get("rel") in _PAGING for link in links):
        yield "links to other parts of the feed are the feed's own, not an entry's"
    if any(len(group.findall(f"{MEDIA}content")) <= 1 for group in entry.iterfind(f"{MEDIA}group")):
        yield "a media:group needs at least two media:content"
