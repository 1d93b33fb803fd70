"""Which item of one feed is which of another: by id, as readers do, and by what tells that an id changed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feeder.comparison.words import similarity, words
from feeder.html.excerpts import text_of
from feeder.records import NamedTuple
from feeder.texts.plaintext import fold, nfc, resolve_references
from feeder.texts.urls import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
    from datetime import datetime

    from feeder.published.items import PublishedItem

_UNSEEN = re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_SHOWN = re.compile(r"<(a|img|video|audio|source|iframe)\b[^<>]*?\s(?:href|src)\s*=\s*[\"']([^\"'<>]*)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index\.\w{3,5})?$|\.(?:html?|php|aspx?)$")
A_DAY = timedelta(hours=26)
"""What the zone of a date can make of it."""
_HALF, _MOSTLY = 0.5, 0.6
_ENOUGH_WORDS = 10
"""Words of a body by which, with a title or a date, a post is told from another."""
_ANY_ZONE = timedelta(hours=14)
"""What the zone of a date can make of it at most; what is said every day is a day apart."""
_OF_A_CLOCK = 15 * 60
"""Seconds of which a time that a person, or a date without a time, gives is a multiple, in any zone."""
_OPENING = 20
"""Words that a text and an excerpt of it begin with."""
_UNLIKELY = 15
"""Words of a body that tell a post against title and date, if all are the same: others may be a form, filled in each time."""
_MOST_COMPARISONS = 100_000


class Candidate:
    """An item with what it is recognised by; each is found when it is first asked for. ``place`` counts from 0."""

    def __init__(self, item: PublishedItem, place: int) -> None:
        self.item = item
        self.place = place

    @cached_property
    def title(self) -> str:
        """The title without regard to case and punctuation."""
        return " ".join(words(nfc(self.item.title).casefold()))

    @cached_property
    def words(self) -> list[str]:
        """The words of the body."""
        return words(nfc(text_of(_UNSEEN.sub(" ", self.item.html))))

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each of them stands there."""
        return Counter(self.words)

    @cached_property
    def note(self) -> tuple[str, ...]:
        """All that a short body says, shows and links to, in its order; of files the names. Empty for a longer one."""
        if len(self.words) >= _ENOUGH_WORDS:
            return ()
        html = _UNSEEN.sub(" ", self.item.html)
        named = [(tag.lower(), resolve_references(url)) for tag, url in _SHOWN.findall(html)]
        named += (("", url) for url in self.item.enclosures)
        shown = (link_key(url) if tag == "a" else file_name(url) for tag, url in named if url != self.item.url)
        return (*(self.words or filter(None, [text_of(html)])), *shown)

    @property
    def instant(self) -> datetime | None:
        """The date, if a clock gave it."""
        date = self.item.published
        return date if date and date.timestamp() % _OF_A_CLOCK else None

    @cached_property
    def markup(self) -> str:
        """The body's HTML without regard to white space."""
        return fold(self.item.html)

    @cached_property
    def link(self) -> str:
        """The address without what redesigns change: scheme, ``www.``, the end of the path."""
        return link_key(self.item.url)

    @cached_property
    def path(self) -> str:
        """The same without the host; "" for a home page."""
        return self.link.partition("/")[2]


class Pair(NamedTuple):
    """An old item and a new one; ``by`` is what they have in common: "id", or as `_LEVELS` says."""

    old: Candidate
    new: Candidate
    by: str


class Matched(NamedTuple):
    """What became of the items of two feeds: each is in one of these, but that a post whose id was reused may have moved."""

    same: tuple[Pair, ...]
    """One post under one id."""
    moved: tuple[Pair, ...]
    """One post under two ids."""
    reused: tuple[Pair, ...]
    """One id of two posts."""
    gone: tuple[Candidate, ...]
    fresh: tuple[Candidate, ...]


def link_key(url: str) -> str:
    """Return a URL without scheme, ``www.``, fragment and the end of its path that redesigns change."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url
    query = f"?{parts.query}" if parts.query and not parts.query.startswith("utm_") else ""
    path = _INDEX.sub("", nfc(unquote(parts.path)).rstrip("/") or "/")
    return f"{host}{path.rstrip('/')}/{query}" if host else url


def file_name(url: str) -> str:
    """Return the last name in a URL's path, without regard to case and how it is encoded."""
    return unquote(bare(url)).rpartition("/")[2].casefold()


def match(old: Iterable[PublishedItem], new: Iterable[PublishedItem], known: Collection[str] = ()) -> Matched:
    """Return which items are the same, in the order of the old feed.

    ``known`` are ids of old items that their posts still have, shown or not: these items are no other posts than those.
    """
    before = [Candidate(item, place) for place, item in enumerate(old)]
    after = [Candidate(item, place) for place, item in enumerate(new)]
    by_id: dict[str, Candidate] = {}
    for candidate in after:
        by_id.setdefault(candidate.item.id, candidate)
    whose = _unique(before, _named)
    same: list[Pair] = []
    reused: list[Pair] = []
    for candidate in before:
        other = by_id.pop(candidate.item.id, None) if candidate.item.id else None
        if other:
            is_same = alike(candidate, other) and whose.get(_named(other), candidate) is candidate
            (same if is_same else reused).append(Pair(candidate, other, "id"))
    settled = {id(candidate) for pair in same for candidate in pair[:2]}
    found = _by_likeness([candidate for candidate in before if id(candidate) not in settled and candidate.item.id not in known],
                         [candidate for candidate in after if id(candidate) not in settled])  # fmt: skip
    # What a known id shows now, readers take for an edit: that post is not sent again, but it has not vanished either.
    taken = {id(pair.new) for pair in reused}
    settled.update(id(candidate) for pair in (*found, *reused) for candidate in pair[:2])
    return Matched(
        same=tuple(same),
        moved=tuple(pair for pair in found if id(pair.new) not in taken),
        reused=tuple(reused),
        gone=tuple(candidate for candidate in before if id(candidate) not in settled),
        fresh=tuple(candidate for candidate in after if id(candidate) not in settled),
    )


def _named(candidate: Candidate) -> Hashable:
    """Return a title and a date: an id that has those of another item now was given to its post, however alike both are."""
    return (candidate.title, candidate.item.published) if candidate.title and candidate.item.published else ()


def alike(old: Candidate, new: Candidate) -> bool:
    """Whether two items can be one post: title, date or most of the body is the same, or neither says anything.

    Titles must be equal: those of a series are similar, and an edit leaves something else as it was.
    """
    same_title = old.title == new.title and bool(old.title or old.words == new.words)
    return same_title or _near(old, new, timedelta())


def _near(old: Candidate, new: Candidate, apart: timedelta = A_DAY) -> bool:
    """Whether the dates are not further ``apart`` than this, or most of the bodies is the same, or one begins the other."""
    return dates_near(old, new, apart) or similarity(old.counts, new.counts) >= _HALF or _same_opening(old, new)


def _same_opening(old: Candidate, new: Candidate) -> bool:
    """Whether both bodies begin with the same words, as a text and an excerpt of it do."""
    opening = old.words[:_OPENING]
    return len(opening) == _OPENING and opening == new.words[:_OPENING]


def dates_near(old: Candidate, new: Candidate, apart: timedelta = A_DAY) -> bool:
    """Whether both items have dates, which are not further ``apart`` than this."""
    dates = old.item.published, new.item.published
    return dates[0] is not None and dates[1] is not None and abs(dates[0] - dates[1]) <= apart


def corroborated(old: Candidate, new: Candidate, likeness: float) -> bool:
    """Whether two items whose bodies are alike can be one post: title or date don't speak against it, or all is the same."""
    other_title = bool(old.title and new.title) and old.title != new.title
    dated = old.item.published is not None and new.item.published is not None
    if not (other_title and dated) or dates_near(old, new):
        return True
    return likeness >= 1 and min(len(old.words), len(new.words)) >= _UNLIKELY


def whole_text(candidate: Candidate) -> tuple[str, ...]:
    """Return all words of an item's body, none of one that is too short to be told by them."""
    return tuple(candidate.words) if len(candidate.words) >= _ENOUGH_WORDS else ()


def at_one_time(old: Candidate, new: Candidate) -> bool:
    """Whether two items have one date, whatever its zone was taken for."""
    return dates_near(old, new, _ANY_ZONE)


def may_be_one(old: Candidate, new: Candidate) -> bool:
    """Whether two items of one `Look.instant` can be one post: their bodies are much the same, or pictures only."""
    return similarity(old.counts, new.counts) >= _HALF or not (old.words or new.words)


def is_same_text(old: Candidate, new: Candidate) -> bool:
    """Whether two items of one `whole_text` can be one post."""
    return corroborated(old, new, 1.0)


NOTHING = ("", (), None)
"""Keys of items that lack what a level looks at."""


class _Level(NamedTuple):
    """One way of recognising a post: items with a key that no other item has are one post, if they pass the ``test``."""

    by: str
    key: Callable[[Candidate], Hashable]
    test: Callable[[Candidate, Candidate], bool] = lambda _, __: True


_LEVELS = (
    _Level("link", lambda candidate: candidate.link, alike),
    _Level("link", lambda candidate: candidate.path, alike),  # the site moved to another host
    _Level("title and date", _named),
    _Level("title", lambda candidate: candidate.title, _near),
    _Level("body", whole_text, is_same_text),
    _Level(
        "text and date",
        lambda candidate: (
            (candidate.note, candidate.item.published) if candidate.note and candidate.item.published else ()
        ),
    ),
    _Level("text and date", lambda candidate: candidate.note, at_one_time),
    _Level("time", lambda candidate: candidate.instant, may_be_one),
)
"""The surest first."""


def _by_likeness(old: Sequence[Candidate], new: Sequence[Candidate]) -> list[Pair]:
    """Return the pairs that are one post, in the order of ``old``; none is in two of them."""
    pairs: list[Pair] = []
    for level in _LEVELS:
        before, after = _unique(old, level.key), _unique(new, level.key)
        found = [Pair(candidate, after[key], level.by) for key, candidate in before.items() if key in after]
        found = [pair for pair in found if level.test(pair.old, pair.new)]
        pairs += found
        paired = {id(candidate) for pair in found for candidate in pair[:2]}
        old = [candidate for candidate in old if id(candidate) not in paired]
        new = [candidate for candidate in new if id(candidate) not in paired]
    if len(old) * len(new) <= _MOST_COMPARISONS:
        pairs += _by_body(old, new)
    return sorted(pairs, key=lambda pair: pair.old.place)


def _unique(looks: Iterable[Candidate], key: Callable[[Candidate], Hashable]) -> dict[Hashable, Candidate]:
    keyed = [(key(candidate), candidate) for candidate in looks]
    counts = Counter(found for found, _ in keyed)
    return {found: candidate for found, candidate in keyed if counts[found] == 1 and found not in NOTHING}


def _by_body(old: Sequence[Candidate], new: Sequence[Candidate]) -> list[Pair]:
    """Return the pairs whose bodies have most words in common, the best pairs first served."""
    long_old, long_new = (
        [candidate for candidate in looks if len(candidate.words) >= _ENOUGH_WORDS] for looks in (old, new)
    )
    likeness = [(similarity(one.counts, other.counts), one, other) for one in long_old for other in long_new]
    likely = sorted(
        (found for found in likeness if found[0] >= _MOSTLY and corroborated(found[1], found[2], found[0])),
        key=lambda found: (-found[0], found[1].place, found[2].place),
    )
    taken: set[int] = set()
    pairs: list[Pair] = []
    for _, one, other in likely:
        if not taken & {id(one), id(other)}:
            taken |= {id(one), id(other)}
            pairs.append(Pair(one, other, "body"))
    return pairs
