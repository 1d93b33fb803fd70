"""What each reader does with what happened to a post: facts from the readers' own sources, as data.

Miniflux 2 (storage/entry.go), NetNewsWire 7 (ArticlesDatabase), FreshRSS 1.24 (Entry.php) and Thunderbird
(FeedItem.jsm). Where a source leaves it open, nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.comparison.compare import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_UNREAD = "a new unread entry"
_BESIDE = "a new unread entry next to the old one"
_STORED = "stored messages are never updated: nobody who has the post sees it"

READERS: Mapping[str, Mapping[Kind, str]] = {
    "Miniflux": {
        Kind.RESENT: _BESIDE,
        Kind.REUSED: "the new post replaces the stored one, and is not marked unread",
        Kind.VANISHED: "the stored entry stays",
        Kind.DATE: "the date that was stored first stays",
        Kind.PICTURE: "the stored entry loses its thumbnail, or the picture in its text, too",
        Kind.CATEGORY: "the tags of the stored entry change",
        Kind.EDITED: "title, link, text, author and tags of the stored entry change; it is not marked unread",
        Kind.NEW: _UNREAD,
        Kind.OLDER: f"{_UNREAD}, unless it was stored before",
        Kind.AGED: "the stored entry stays",
    },
    "NetNewsWire": {
        Kind.RESENT: _BESIDE,
        Kind.REUSED: "the new post replaces the stored one, and is not marked unread",
        Kind.DATE: "while the feed has the post, the stored article moves to the new date",
        Kind.PICTURE: "the stored article loses a picture in its text, too; apart from enclosures, no others were ever shown",
        Kind.CATEGORY: "categories are not shown",
        Kind.EDITED: "the stored article changes; it is not marked unread",
        Kind.NEW: _UNREAD,
        Kind.OLDER: f"{_UNREAD}, unless it was stored before",
    },
    "FreshRSS": {
        Kind.RESENT: _BESIDE,
        Kind.REUSED: "the new post replaces the stored one; unread only if the user chose that for edits",
        Kind.VANISHED: "the stored article stays as long as the user keeps articles",
        Kind.DATE: "a new date alone is not noticed",
        Kind.PICTURE: "the stored article loses a picture in its text, too; one outside the text is not noticed",
        Kind.CATEGORY: "the stored article changes; unread again only if the user chose that for edits",
        Kind.EDITED: "the stored article changes; unread again only if the user chose that for edits",
        Kind.NEW: _UNREAD,
        Kind.OLDER: f"{_UNREAD}, unless it is still stored",
        Kind.AGED: "the stored article stays as long as the user keeps articles",
    },
    "Thunderbird": {
        Kind.RESENT: "a new unread message next to the old one",
        Kind.REUSED: "the id is known: nobody who has the old post sees the new one",
        Kind.VANISHED: "the stored message stays, unless the user has old ones deleted",
        Kind.DATE: _STORED,
        Kind.PICTURE: _STORED,
        Kind.CATEGORY: _STORED,
        Kind.EDITED: _STORED,
        Kind.NEW: "a new unread message",
        Kind.OLDER: "a new unread message, unless it was stored before",
        Kind.AGED: "the stored message stays, unless the user has old ones deleted",
    },
}


_READ: Mapping[str, frozenset[str]] = {
    "Miniflux": frozenset(
        {"title", "link", "text", "pictures in the text", "authors", "picture", "thumbnail", "enclosures"}
    ),
    "NetNewsWire": frozenset({"title", "link", "text", "pictures in the text", "authors", "enclosures"}),
    "FreshRSS": frozenset({"title", "link", "text", "pictures in the text", "authors"}),
}
"""The fields, as `feeder.comparison.edits` names them, of which each reader takes an edit; Thunderbird takes none."""


def effects(kind: Kind, fields: Collection[str] = ()) -> Mapping[str, str]:
    """Return what readers do, by the reader's name; ``fields`` are those that changed in posts that were edited."""
    found = {reader: known[kind] for reader, known in READERS.items() if kind in known}
    if kind is not Kind.EDITED or not fields:
        return found
    return {reader: _of_edit(effect, [field for field in fields if field not in _READ.get(reader, fields)], fields)
            for reader, effect in found.items()}  # fmt: skip


def _of_edit(effect: str, unread: Sequence[str], fields: Collection[str]) -> str:
    """Return what a reader does with an edit, some of whose fields it does not look at."""
    ignored = f"not noticed: {', '.join(unread)}"
    return effect if not unread else ignored if len(unread) == len(fields) else f"{effect}; {ignored}"
