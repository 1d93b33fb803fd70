"""Items of a feed that anybody published, and posts -> the ids that the posts are to keep, and the items that are of none.

A match is never a guess: a post and an item are one only if, by some way of recognising, each is the other's only
candidate.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from feeder.comparison.matching import (
    NOTHING,
    Candidate,
    alike,
    at_one_time,
    corroborated,
    dates_near,
    is_same_text,
    may_be_one,
    whole_text,
)
from feeder.comparison.words import similarity
from feeder.items import RenderTask, items
from feeder.neighbours import Neighbours
from feeder.pins import Pinning, pins
from feeder.published.jsonfeeds import feed_from_json
from feeder.records import NamedTuple
from feeder.texts.urls import is_uri

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from feeder.items import RenderContext
    from feeder.model import Card
    from feeder.published.items import PublishedItem

_SAME, _OPENING = 0.9, 20
"""Share of words that two texts of one post have in common; words that an excerpt begins with."""
_MOST_NAMED = 4
"""Posts that a reason names; of more, it says how many."""
_MOST_PAIRS = 1_000_000
"""Comparisons beyond which a way is not taken: it would last for minutes."""


class Way(NamedTuple):
    """A way of recognising a post: items with one ``key`` (an empty one is none) that pass the ``test`` may be one post."""

    by: str
    key: Callable[[Candidate], Hashable]
    test: Callable[[Candidate, Candidate], bool]


def _same_text(item: Candidate, post: Candidate) -> bool:
    few, many = sorted((len(item.words), len(post.words)))
    likeness = similarity(item.counts, post.counts)
    return few >= max(_OPENING, _SAME * _SAME * many) and likeness >= _SAME and corroborated(item, post, likeness)


def _opening(candidate: Candidate) -> tuple[str, ...]:
    return tuple(candidate.words[:_OPENING]) if len(candidate.words) >= _OPENING else ()


WAYS = (
    Way("its id", lambda candidate: candidate.item.id, alike),
    Way("its link", lambda candidate: candidate.link, alike),
    Way("its link on another host", lambda candidate: candidate.path, alike),
    Way("its title and date", lambda candidate: candidate.title, dates_near),
    Way("its date and how its text begins", _opening, dates_near),
    Way("its text", whole_text, is_same_text),
    Way("its text", lambda _look: "any", _same_text),
    Way("its few words and date", lambda candidate: candidate.note, at_one_time),
    Way("its time", lambda candidate: candidate.instant, may_be_one),
)
"""The surest first."""


class Match(NamedTuple):
    """An item, the post that it is of, and by what it was recognised."""

    item: PublishedItem
    post: Card
    by: str


class Left(NamedTuple):
    """An item whose id no post takes over, and the reason."""

    item: PublishedItem
    reason: str


class Adoption(NamedTuple):
    """What adopting comes to: nothing is written yet. ``matches`` are those whose posts have, or get, the item's id."""

    matches: tuple[Match, ...]
    left: tuple[Left, ...]
    pinning: Pinning


def adopt(
    feed: Sequence[PublishedItem], posts: Sequence[Card], context: RenderContext, *, atom: bool = False
) -> Adoption:
    """Return what makes the posts keep the ids of the items, as far as these can be told to be theirs.

    Those of ``atom`` can be kept if they are URIs, as Atom demands.
    """
    matches, left = match(feed, posts, published_items(context, posts))
    ids = Counter(found.item.id for found in matches)
    holders = {post.id: post for post in posts}
    unfit = {found: _unfit(found, ids, holders, atom=atom) for found in matches}
    pinning = pins(context.survey, ((found.post, found.item.id) for found in matches if not unfit[found]))
    refused = {problem.path for problem in pinning.problems}
    kept = set(pinning.kept)
    for found in matches:
        if found.post in kept and found.post.id != found.item.id:
            unfit[found] = f"{found.post.shown} already has its own id, {found.post.id}, which is never changed"
        elif found.post.shown in refused:
            unfit[found] = f"{found.post.shown} cannot be pinned"
    left += (Left(found.item, reason) for found, reason in unfit.items() if reason)
    order = {id(item): place for place, item in enumerate(feed)}
    return Adoption(
        matches=tuple(found for found in matches if not unfit[found]),
        left=tuple(sorted(left, key=lambda one: order[id(one.item)])),
        pinning=pinning,
    )


def published_items(context: RenderContext, posts: Sequence[Card]) -> list[PublishedItem]:
    """Return the posts as a subscriber of a feed without a limit has them, in their order."""
    feeds = context.settings.feeds._replace(formats=("json",), content="full")
    whole = context._replace(settings=context.settings._replace(feeds=feeds))
    made = Neighbours(whole.survey, posts).asking(
        map, partial(items, whole), list(map(RenderTask, posts)), max(1, len(posts)), lambda *_: None
    )
    data = b",".join(item.data["json"] for item in made)
    return list(feed_from_json(b'{"items": [%s]}' % data).items)


def match(
    feed: Iterable[PublishedItem], posts: Sequence[Card], own: Iterable[PublishedItem]
) -> tuple[list[Match], list[Left]]:
    """Return which item is of which post, and the items that are of none. ``own`` are the posts as items."""
    cards = {post.id: post for post in posts}
    old = [Candidate(item, place) for place, item in enumerate(feed)]
    new = [Candidate(item, place) for place, item in enumerate(own)]
    linked = {candidate.link: cards[candidate.item.id].shown for candidate in new if candidate.link}
    shared = Counter(candidate.link for candidate in old)
    unsure: dict[int, dict[str, None]] = {candidate.place: {} for candidate in old}
    matches: list[Match] = []
    for way in WAYS:
        candidates = _candidates(way, old, new)
        of_item, of_post = (Counter(pair[side].place for pair in candidates) for side in (0, 1))
        sure = [pair for pair in candidates if of_item[pair[0].place] == of_post[pair[1].place] == 1]
        matches += (Match(item.item, cards[post.item.id], way.by) for item, post in sure)
        for item, post in candidates:
            unsure[item.place][cards[post.item.id].shown] = None
        found = {item.place for item, _ in sure}, {post.place for _, post in sure}
        old = [candidate for candidate in old if candidate.place not in found[0]]
        new = [candidate for candidate in new if candidate.place not in found[1]]
    by_text = [post for post in new if whole_text(post)] if len(old) * len(new) <= _MOST_PAIRS else []
    reasons = (
        _unmatched(
            candidate,
            list(unsure[candidate.place]),
            linked.get(candidate.link, ""),
            shared[candidate.link],
            sorted(cards[post.item.id].shown for post in by_text if similarity(candidate.counts, post.counts) >= _SAME),
        )
        for candidate in old
    )
    return matches, [Left(candidate.item, reason) for candidate, reason in zip(old, reasons, strict=True)]


def _candidates(way: Way, old: Sequence[Candidate], new: Sequence[Candidate]) -> list[tuple[Candidate, Candidate]]:
    """Return which items may be of which posts."""
    keyed: dict[Hashable, list[Candidate]] = {}
    for candidate in new:
        keyed.setdefault(way.key(candidate), []).append(candidate)
    pairs = [(item, key) for item in old if (key := way.key(item)) in keyed and key not in NOTHING]
    if sum(len(keyed[key]) for _, key in pairs) > _MOST_PAIRS:
        return []
    return [(item, post) for item, key in pairs for post in keyed[key] if way.test(item, post)]


def _unmatched(candidate: Candidate, candidates: list[str], linked: str, sharing: int, reading: list[str]) -> str:
    """Return why an item is of no post.

    ``linked`` is the post that has its link, which ``sharing`` items have; ``reading`` are the posts that have its text,
    or nearly so, without title or date to confirm it.
    """
    if linked and sharing > 1 and candidates in ([], [linked]):
        return f"{sharing} items have the link of {linked}, and feeder does not guess which of them it is"
    if linked and not candidates:
        return (
            f"{linked} has its link, but too little else in common with it; if it is the same post, write its id there"
        )
    if candidates:
        return f"it could be {_either(candidates)}, and feeder does not guess"
    if reading:
        return f"by its text it could be {_either(reading)}, but neither title nor date confirms that, and feeder does not guess"
    few = (
        "; a text this short can only be matched together with a date"
        if candidate.note and not candidate.item.published
        else ""
    )
    return f"no published post has its link, its title and date, or its text{few}"


def _either(names: list[str]) -> str:
    """Return names as a person lists what one of them is, of many the first."""
    more = [f"{len(names) - _MOST_NAMED} others"] if len(names) > _MOST_NAMED + 1 else []
    *first, last = (*names[:_MOST_NAMED], *more) if more else names
    return f"{', '.join(first)} or {last}" if first else last


def _unfit(found: Match, ids: Mapping[str, int], holders: Mapping[str, Card], *, atom: bool) -> str:
    """Return why a post cannot take over an item's id, "" when it can."""
    identity, post = found.item.id, found.post
    if atom and not is_uri(identity):
        return f"{post.shown} cannot keep its id {identity!r}, which is not a URI, as Atom requires; subscribers will get the post again"
    if ids[identity] > 1:
        return f"{post.shown} cannot keep its id {identity}, which other items of the feed share"
    holder = holders.get(identity, post)
    return f"{post.shown} cannot keep its id {identity}, which now belongs to {holder.shown}" if holder != post else ""
