"""Two lists of items -> [Finding]: what changes for who subscribed to the old ones and is given the new ones."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeder.comparison.edits import Change, edits, exchanged, moment, text_change
from feeder.comparison.matching import A_DAY, Pair, file_name, link_key, match
from feeder.records import NamedTuple
from feeder.texts.urls import atom_id, bare, is_uri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from feeder.model import Card
    from feeder.published.items import PublishedItem


class Kind(StrEnum):
    """What can happen to a subscriber, the worst first. The value is its name for ``--fail-on``."""

    RESENT = "resent"
    REUSED = "reused"
    GONE = "gone"
    VANISHED = "vanished"
    DATE = "date"
    PICTURE = "picture"
    CATEGORY = "category"
    EDITED = "edited"
    REORDERED = "reordered"
    NEW = "new"
    OLDER = "older"
    AGED = "aged"


LABELS: Mapping[Kind, str] = {
    Kind.RESENT: "RE-SENT",
    Kind.REUSED: "ID REUSED",
    Kind.GONE: "FEED GONE",
    Kind.VANISHED: "VANISHED",
    Kind.DATE: "DATE MOVED",
    Kind.PICTURE: "PICTURE LOST",
    Kind.CATEGORY: "CATEGORY CHANGED",
    Kind.EDITED: "EDITED",
    Kind.REORDERED: "REORDERED",
    Kind.NEW: "NEW",
    Kind.OLDER: "OLDER",
    Kind.AGED: "AGED OUT",
}

MEANINGS: Mapping[Kind, str] = {
    Kind.RESENT: "A post is already published under another id: every subscriber gets it again.",
    Kind.REUSED: "A post now has the id of another post; most readers take it for an edit of that post.",
    Kind.GONE: "A published feed is no longer built: from now on its subscribers get an error, or nothing.",
    Kind.VANISHED: "A post is no longer in the feed, although it is not too old for it.",
    Kind.DATE: "The publication date of a post changed.",
    Kind.PICTURE: "A post lost its picture, the picture's file no longer exists, or its text shows fewer pictures.",
    Kind.CATEGORY: "The categories or tags of a post changed.",
    Kind.EDITED: "The title, link, text, pictures in the text, summary, authors, picture, thumbnail or enclosures of a post changed.",
    Kind.REORDERED: "The position of a post among the others changed, although its date did not.",
    Kind.NEW: "A post that was not published before.",
    Kind.OLDER: (
        "A post older than all published ones is added at the end: the limit was raised, a newer post is gone, or the "
        "post is backdated. Readers that never had it show it as new."
    ),
    Kind.AGED: "A post was pushed out of the feed by newer ones or a lower limit. Readers keep what they have.",
}


class Finding(NamedTuple):
    """One thing that happens to subscribers; ``old`` is None for what was not published, ``new`` for what no longer is."""

    kind: Kind
    old: PublishedItem | None
    new: PublishedItem | None
    changes: tuple[Change, ...] = ()
    reason: str = ""

    @property
    def item(self) -> PublishedItem:
        """The item as it will be, else as it was."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - one of them is there
        return found


class Surroundings(NamedTuple):
    """What the maker of the new feed knows and its items don't tell."""

    posts: Mapping[str, Card] = {}
    """All posts that are published, whether or not the feed shows them, as `by_name` gives them."""
    absent: Mapping[str, str] = {}
    """Why posts are not published whose files are there, by what `name_in` gives for their addresses, where one has it alone."""
    full: bool = False
    """Whether the limit keeps posts out of the feed."""
    was_full: bool = True
    """Whether a limit may have kept posts out of the old feed."""
    one_enclosure: bool = False
    """Whether either feed shows the first enclosure only, as RSS does."""
    were: frozenset[str] = frozenset()
    """The ids of the old items of all documents that make one history with this one (RFC 5005), if it is an archive."""
    will_be: frozenset[str] = frozenset()
    """Those of the new items."""
    without_file: frozenset[tuple[str, str]] = frozenset()
    """The path of each post that names a picture whose file is not there, and the file's name."""


def by_name(posts: Iterable[Card]) -> dict[str, Card]:
    """Return posts by all that a published item may know them by: their ids, and their links without what redesigns change."""
    listed = list(posts)
    return {
        **{link_key(card.url): card for card in listed},
        **{identity: card for card in listed for identity in ids(card)},
    }


def name_in(url: str) -> str:
    """Return what most generators make of a post's file name: the last part of its address."""
    path = unquote(bare(url)).rstrip("/").removesuffix("/index.html").rpartition("/")[2]
    return path.removesuffix(".html").casefold()


def ids(card: Card) -> tuple[str, str]:
    """Return the ids by which feeds show a post: its own, and the one in Atom."""
    return card.id, atom_id(card.id, card.url)


def compare(old: Sequence[PublishedItem], new: Sequence[PublishedItem], surroundings: Surroundings) -> list[Finding]:
    """Return what changes from ``old`` to ``new``, the worst first, then in the order of the feeds."""
    # What goes from one document of a history to another one is neither gone nor new.
    here, there = {item.id for item in new}, {item.id for item in old}
    old = [item for item in old if item.id in here or item.id not in surroundings.will_be]
    new = [item for item in new if item.id in there or item.id not in surroundings.were]
    found = match(old, new, {item.id for item in old if _holds(surroundings.posts.get(item.id), item)})
    end = min((item.published for item in new if item.published), default=None) if surroundings.full else None
    start = min((item.published for item in old if item.published), default=None) if surroundings.was_full else None
    findings = [
        *(_moved(pair) for pair in found.moved),
        *(_reused(pair) for pair in found.reused),
        *(_gone(candidate.item, surroundings.posts, surroundings.absent, end) for candidate in found.gone),
        *(_fresh(candidate.item, start) for candidate in found.fresh),
        *(finding for pair in found.same for finding in _changed(pair, surroundings)),
        *_reordered(found.same),
    ]
    places = {id(item): place for items in (old, new) for place, item in enumerate(items)}
    order = {kind: number for number, kind in enumerate(Kind)}
    return sorted(findings, key=lambda finding: (order[finding.kind], places[id(finding.item)]))


def _holds(card: Card | None, item: PublishedItem) -> bool:
    """Whether the post that has an item's id now is the item's: an id that was given to another post is nobody's proof."""
    return card is not None and (item.published is None or abs(card.published - item.published) <= A_DAY)


# One function for each fate of a post


_REMEDY = "put the old id in its front matter, and nobody gets it again"
_NO_REMEDY = "its old id is not a URI, so only RSS and JSON Feed can keep it, as guid in the front matter"


def _moved(pair: Pair) -> Finding:
    change = Change("id", pair.old.item.id, pair.new.item.id)
    remedy = _REMEDY if is_uri(change.old) else _NO_REMEDY
    return Finding(Kind.RESENT, pair.old.item, pair.new.item, (change,), f"recognised by its {pair.by}; {remedy}")


def _reused(pair: Pair) -> Finding:
    changes = (text_change("title", pair.old.item.title, pair.new.item.title),)
    return Finding(Kind.REUSED, pair.old.item, pair.new.item, tuple(filter(None, changes)))


def _gone(item: PublishedItem, posts: Mapping[str, Card], absent: Mapping[str, str], end: datetime | None) -> Finding:
    """Return why a post is no longer there: ``end`` is the date of the oldest that a full feed shows."""
    card = posts.get(item.id) or posts.get(link_key(item.url))
    published = card.published if card else item.published
    if end and published and published <= end:
        if card and item.published and item.published > end:
            change = Change("published", moment(item.published), moment(published.astimezone(UTC)))
            return Finding(Kind.DATE, item, None, (change,), "with this date it is beyond the limit")
        reason = "it is beyond the limit" if card else "it would be beyond the limit; the post is also gone"
        return Finding(Kind.AGED, item, None, reason=reason)
    reason = (
        "still published, but not in this feed"
        if card
        else absent.get(name_in(item.url), "deleted, left out or broken")
    )
    return Finding(Kind.VANISHED, item, None, reason=reason)


def _fresh(item: PublishedItem, start: datetime | None) -> Finding:
    older = start is not None and item.published is not None and item.published < start
    return Finding(Kind.OLDER if older else Kind.NEW, None, item)


def _changed(pair: Pair, surroundings: Surroundings) -> Iterator[Finding]:
    """Yield what changed in a post that kept its id."""
    old, new = pair.old.item, pair.new.item
    moved = old.published is not None and new.published is not None and old.published != new.published
    if moved:
        yield Finding(Kind.DATE, old, new, (Change("published", moment(old.published), moment(new.published)),))
    yield from _lost_pictures(pair, surroundings)
    if set(old.categories) != set(new.categories):
        removed = [f"- {name}" for name in old.categories if name not in new.categories]
        added = [f"+ {name}" for name in new.categories if name not in old.categories]
        sides = ", ".join(old.categories), ", ".join(new.categories)
        yield Finding(Kind.CATEGORY, old, new, (Change("categories", *sides, ", ".join((*removed, *added))),))
    edited = tuple(filter(None, edits(pair, one_enclosure=surroundings.one_enclosure)))
    if not edited and not moved and old.updated and new.updated and old.updated != new.updated:
        edited = (Change("updated", moment(old.updated), moment(new.updated)),)
    if edited:
        yield Finding(Kind.EDITED, old, new, edited)


def _lost_pictures(pair: Pair, surroundings: Surroundings) -> Iterator[Finding]:
    """Yield what a post no longer shows: the picture that stands for it, and those in its text."""
    old, new = pair.old.item, pair.new.item
    without_file = _file_is_gone(old, new, surroundings)
    own = Change("picture", old.picture, "") if without_file or (old.picture and not new.picture) else None
    pictures = exchanged(pair)
    inner = pictures.change(*((old.picture,) if own else ())) if pictures.lost else None
    if changes := tuple(filter(None, (own, inner))):
        yield Finding(Kind.PICTURE, old, new, changes, "its file no longer exists" if without_file else "")


def _file_is_gone(old: PublishedItem, new: PublishedItem, surroundings: Surroundings) -> bool:
    """Whether the feed still names a picture, of which the old one told the size, and whose file is missing now.

    Both must be known: a picture that lies elsewhere has no size here, whatever another generator said of it.
    """
    card = surroundings.posts.get(new.id)
    name = file_name(new.picture)
    return (
        old.picture_found is True
        and new.picture_found is False
        and card is not None
        and (card.shown, name) in surroundings.without_file
    )


def _reordered(pairs: Iterable[Pair]) -> Iterator[Finding]:
    """Yield the fewest posts by whose moves the order can be explained; a post whose date moved needs no explanation."""
    kept = [pair for pair in pairs if pair.old.item.published == pair.new.item.published]
    by_new = sorted(kept, key=lambda pair: pair.new.place)
    new_ranks = {id(pair): rank for rank, pair in enumerate(by_new)}
    ranks = [new_ranks[id(pair)] for pair in kept]
    steady = _longest_rise(ranks)
    for rank, pair in enumerate(kept):
        if ranks[rank] not in steady:
            change = Change("place", str(rank + 1), str(ranks[rank] + 1))
            yield Finding(Kind.REORDERED, pair.old.item, pair.new.item, (change,))


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """Return the numbers of a longest increasing subsequence."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    rise: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        rise.add(last)
        last = before[last]
    return rise
