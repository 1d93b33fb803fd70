"""Atom 1.0 (RFC 4287), as a stranger reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeder.finished.xml import (
    ATOM,
    entry_faults,
    history_faults,
    language_faults,
    links_of,
    mark_of,
    namespace_faults,
    pictures_of,
    repeated,
    root_of,
    text_in,
)
from feeder.subjects import FinishedItem
from feeder.texts.mailboxes import has_address, is_address
from feeder.texts.urls import is_uri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import FinishedFeed

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TEXTS = frozenset({None, "text", "html", "xhtml"})
_COUNT = "{http://purl.org/syndication/thread/1.0}count"
_NEEDED = [f"{ATOM}{name}" for name in ("id", "title", "updated")]
_ONCE = [f"{ATOM}{name}" for name in ("subtitle", "generator", "icon", "logo", "rights")]
_ONCE_IN_ENTRY = [f"{ATOM}{name}" for name in ("published", "content", "summary", "rights", "source")]


def read_atom(feed: FinishedFeed, url: str) -> FinishedFeed:
    """Return what the feed at ``url`` says. Raises `feeder.finished.xml.NotWellFormedError`."""
    root = root_of(feed.data)
    if root.tag != f"{ATOM}feed":
        return feed._replace(syntax="no <feed> in the Atom namespace", mark=mark_of(root))
    links = root.findall(f"{ATOM}link")
    pictures = [(name, text_in(root, f"{ATOM}{name}")) for name in ("icon", "logo") if root.find(f"{ATOM}{name}") is not None]  # fmt: skip
    authored = root.find(f"{ATOM}author/{ATOM}name") is not None
    return feed._replace(
        updated=text_in(root, f"{ATOM}updated"),
        urls=(*links_of(links), *pictures),
        items=tuple(_entry(entry, authored=authored) for entry in root.iterfind(f"{ATOM}entry")),
        faults=(*_feed_faults(root, links, url), *namespace_faults(root)),
    )


def _feed_faults(root: Any, links: list[Any], url: str) -> Iterator[str]:
    if any(element.prefix for element in root.iter(f"{ATOM}*")):
        yield "the Atom namespace must be the default one: some readers match names, not namespaces"
    for name in _NEEDED:
        if not text_in(root, name).strip():
            yield f"the feed has no {name.removeprefix(ATOM)}"
    yield from repeated(root, [*_NEEDED, *_ONCE])
    yield from _value_faults(root)
    own = [link for link in links if link.get("rel") == "self"]
    if [link.get("href") for link in own] != [url]:
        yield f"the feed needs one link rel=self, to {url}"
    if own and own[0].get("type") != "application/atom+xml":
        yield "the link rel=self needs the type application/atom+xml"
    kinds = list(_alternates(links))
    if not kinds:
        yield "the feed has no link rel=alternate to its page"
    if len(set(kinds)) < len(kinds):
        yield "the feed has two alternate links of one type and language"
    if not root.get(_LANGUAGE):
        yield "the feed has no xml:lang"
    yield from language_faults(root.get(_LANGUAGE, ""))
    yield from history_faults(root, links, url)
    yield from _shared_faults(root)


def _value_faults(root: Any) -> Iterator[str]:
    """Yield what is wrong with single elements of the feed."""
    if (identity := text_in(root, f"{ATOM}id")) and not is_uri(identity):
        yield f"the feed's id must be a URI, not {identity!r}"
    if any(not (found.text or "").strip() or not is_uri(found.get("uri", "x:y")) for found in root.iterfind(f"{ATOM}generator")):  # fmt: skip
        yield "the generator needs a name, and its uri must be absolute"


def _entry(entry: Any, *, authored: bool) -> FinishedItem:
    links = entry.findall(f"{ATOM}link")
    schemes = [("category's scheme", found.get("scheme")) for found in entry.iterfind(f"{ATOM}category") if found.get("scheme")]  # fmt: skip
    return FinishedItem(
        mark=mark_of(entry),
        id=text_in(entry, f"{ATOM}id"),
        url=next((link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate"), ""),
        title=text_in(entry, f"{ATOM}title"),
        published=text_in(entry, f"{ATOM}published"),
        updated=text_in(entry, f"{ATOM}updated"),
        html="\n".join(found.text or "" for found in _texts(entry) if found.get("type") == "html"),
        enclosures=tuple(
            {"url": link.get("href", ""), "type": link.get("type", ""), "length": link.get("length", "")}
            for link in links
            if link.get("rel") == "enclosure"
        ),
        pictures=pictures_of(entry),
        urls=(*schemes, *links_of(links)),
        faults=(*_entry_faults(entry, links, authored=authored), *entry_faults(entry, links)),
    )


def _entry_faults(entry: Any, links: list[Any], *, authored: bool) -> Iterator[str]:
    for name in _NEEDED:
        if not text_in(entry, name).strip():
            yield f"an entry needs one {name.removeprefix(ATOM)}"
    yield from repeated(entry, [*_NEEDED, *_ONCE_IN_ENTRY])
    if not authored and entry.find(f"{ATOM}author/{ATOM}name") is None:
        yield "an entry needs an author, because the feed has none"
    kinds = list(_alternates(links))
    if len(set(kinds)) < len(kinds):
        yield "an entry has two alternate links of the same type and language"
    if any(link.get("rel") == "replies" and link.get("type") != "text/html" for link in links):
        yield "a link rel=replies needs the type text/html: readers look for it"
    if any(not link.get(_COUNT, "0").isdigit() for link in links):
        yield "thr:count must be a number"
    content = entry.find(f"{ATOM}content")
    if content is None and not kinds:
        yield "an entry needs content or an alternate link"
    if content is not None and content.get("type") != "html":
        yield 'content must have type="html"'
    if content is None and entry.find(f"{ATOM}summary") is None:
        yield "an entry without content needs a summary"
    yield from language_faults(entry.get(_LANGUAGE, ""))
    yield from _shared_faults(entry)


def _texts(entry: Any) -> Iterator[Any]:
    yield from (found for name in ("title", "summary", "content") for found in entry.iterfind(f"{ATOM}{name}"))


def _alternates(links: list[Any]) -> Iterator[tuple[str | None, str | None]]:
    """Yield type and language of each alternate link (RFC 4287 section 4.1.1)."""
    yield from (
        (link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"
    )


def _shared_faults(parent: Any) -> Iterator[str]:
    """Yield what a feed or an entry has against the rules for people and categories (RFC 4287 sections 3.2 and 4.2.2)."""
    for name in parent.iterfind(f"{ATOM}author/{ATOM}name"):
        if not (name.text or "").strip() or has_address(name.text or ""):
            yield "an author needs a name without an email address in it"
    if any(not is_uri(page.text or "") for page in parent.iterfind(f"{ATOM}author/{ATOM}uri")):
        yield "the uri of an author must be absolute"
    if any(not is_address(found.text or "") for found in parent.iterfind(f"{ATOM}author/{ATOM}email")):
        yield "the email of an author must be an email address"
    if any(found.get("type") not in _TEXTS for name in ("title", "subtitle", "rights", "summary") for found in parent.iterfind(f"{ATOM}{name}")):  # fmt: skip
        yield "a text has the type text, html or xhtml, or none"
    if any(not found.get("term", "").strip() for found in parent.iterfind(f"{ATOM}category")):
        yield "a category needs a term"
