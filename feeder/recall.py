"""Surveying and rendering with a memory: what a former build found out stands where nothing that it rests on changed.

What is recalled is the very value that would be made anew, so no byte of a feed depends on there being a cache.
"""

from __future__ import annotations

import os
from functools import cached_property, partial
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING

from feeder.cache import Kept
from feeder.cachedvalues import bytes_from_item, bytes_from_seen, item_from_bytes, seen_from_bytes
from feeder.items import Item, Order, RenderContext, RenderTask, documents, is_same, items, load
from feeder.neighbours import Neighbours
from feeder.survey import Seen, Task, digest_in, still_holds, survey
from feeder.workers import Forked, in_chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from feeder.cache import Cache
    from feeder.model import Card
    from feeder.survey import SurveyContext
    from feeder.workers import Workers

_SURVEYED, _RENDERED, _FRAMED = 200, 8, 10
"""Posts or files in one task: enough that handing it out costs nothing, few enough that all workers have some."""
_LARGE = 1_000_000
"""Bytes of a document that is made anew each time: putting so many items into a frame takes less than finding it."""


def _unheard(done: int, whole: int) -> None:
    """Take no notice."""


class Recall:
    """The memory of one build: `survey`, then `items` and `documents`, and at last `keep`, each once.

    ``installation`` tells everything from which a value follows beside files and settings.
    """

    def __init__(self, cache: Cache, installation: str, context: RenderContext) -> None:
        self._cache = cache
        self._context = context._replace(survey=context.survey._replace(since=cache.since))
        settings = context.settings
        self._site = _fingerprint(installation, *_rests_on(context.survey))
        self._look = _fingerprint(self._site, settings.site, settings.feeds.formats, settings.feeds.content, settings.markdown, settings.images, context.channel)  # fmt: skip
        self._paths: Sequence[str] = ()
        self._seen: Sequence[Seen] = ()
        self._recalled: Sequence[Seen | None] = ()
        self._gone: list[str] = []
        self._made: list[tuple[bytes, Item]] = []
        self._documents: list[tuple[bytes, bytes]] = []
        self._needed: list[bytes] = []

    def survey(self, paths: Sequence[str], workers: Workers, progress: Callable[[int, int], None]) -> list[Seen]:
        """Return what each file is, looking only into those that changed."""
        config = self._context.survey
        prefix = config.directory.shown("-")[:-1]
        seen: list[Seen | None] = []
        tasks: list[Task] = []
        for path, kept in self._along(paths):
            before = seen_from_bytes(kept, prefix + path) if kept and path.isprintable() else None
            if before and still_holds(before.trace, config.directory.stamp(path)):
                seen.append(before)
            else:
                seen.append(None)
                tasks.append((path, before) if before else path)
        if isinstance(workers, Forked) and len(tasks) == len(paths):
            workers = partial(workers, meanwhile=partial(load, self._context))  # nothing is known, so much is rendered
        size = max(_SURVEYED // 2, min(_SURVEYED, len(tasks) // 32))
        fresh = iter(in_chunks(workers, partial(survey, config), tasks, size, progress))
        whole = [item or next(fresh) for item in seen]
        self._paths, self._seen, self._recalled = paths, whole, seen
        return whole

    def items(self, cards: Sequence[Card], workers: Workers, progress: Callable[[int, int], None]) -> list[Item]:
        """Return an item for each card that was surveyed, rendering only those that changed."""
        wanted = {card.path for card in cards}
        traces = {path: seen.trace for path, seen in zip(self._paths, self._seen, strict=True) if path in wanted}
        keys = [self._key(card, digest_in(traces[card.path])) for card in cards]
        known = {key: item for key, data in self._cache.items(keys) if (item := item_from_bytes(data))}
        where = dict(zip(keys, cards, strict=True))
        known = {key: item for key, item in known.items() if self._holds(item, where[key])}
        tasks = [RenderTask(card, digest_in(traces[card.path])) for key, card in where.items() if key not in known]
        if len(tasks) > _RENDERED:
            load(self._context)
        size = max(_RENDERED, min(_SURVEYED // 4, len(tasks) // 32))
        fresh: list[Item] = self.neighbours.asking(workers, partial(items, self._context), tasks, size, progress)
        self._made = [(self._key(task.card, item.digest), item) for task, item in zip(tasks, fresh, strict=True)]
        self._needed = keys
        new = iter(fresh)
        return [known[key] if key in known else next(new) for key in keys]

    def documents(self, orders: Sequence[Order], workers: Workers) -> list[bytes]:
        """Return the file for each order. Large ones are not worth remembering."""
        keys = [self._document_key(order) for order in orders]
        known = dict(self._cache.items(filter(None, keys)))
        tasks = [order for key, order in zip(keys, orders, strict=True) if key not in known]
        fresh = iter(in_chunks(workers, documents, tasks, _FRAMED, _unheard))
        made = [known[key] if key in known else next(fresh) for key in keys]
        self._documents = [(key, data) for key, data in zip(keys, made, strict=True) if key and key not in known]
        self._needed += filter(None, keys)
        return made

    def _document_key(self, order: Order) -> bytes:
        if not self._cache.since or sum(map(len, order.items)) > _LARGE:
            return b""
        facts = order.feed._replace(posts=())  # the items say all that a document says of them
        return _fingerprint(self._look, order.format, facts, order.url) + sha256(b"\0".join(order.items)).digest()

    def keep(self) -> None:
        """Remember what this build found out."""
        if None in self._recalled or self._gone or self._made or self._documents:
            self._cache.keep(
                self._site,
                (
                    Kept(path, item.trace, bytes_from_seen(item))
                    for path, item, before in zip(self._paths, self._seen, self._recalled, strict=True)
                    if before is None and item.trace
                ),
                self._gone,
                chain(((key, bytes_from_item(item)) for key, item in self._made), self._documents),
                self._needed,
            )
        self._cache.close()

    def _along(self, paths: Sequence[str]) -> Iterator[tuple[str, Kept | None]]:
        """Yield each path with what was kept of it: both come in the order of paths."""
        kept = self._cache.seen(self._site)
        next_kept = next(kept, None)
        for path in paths:
            while next_kept and next_kept.path < path:
                self._gone.append(next_kept.path)
                next_kept = next(kept, None)
            if next_kept and next_kept.path == path:
                yield path, next_kept
                next_kept = next(kept, None)
            else:
                yield path, None
        while next_kept:
            self._gone.append(next_kept.path)
            next_kept = next(kept, None)

    def _key(self, card: Card, digest: bytes) -> bytes:
        chosen = f"{card.path}\0{card.updated.isoformat()}\0{card.episode}"
        return sha256(b"\0".join([self._look, chosen.encode(), digest])).digest()

    def _holds(self, item: Item, card: Card) -> bool:
        """Whether nothing changed on which an item rests."""
        return all(is_same(sight, card, self._context.library) for sight in item.sights) and all(
            answer == self.neighbours.answer(question) for question, answer in item.links
        )

    @cached_property
    def neighbours(self) -> Neighbours:
        """The posts of the site, for those whose bodies name others."""
        return Neighbours.among(self._context.survey, self._paths, self._seen)


def _rests_on(config: SurveyContext) -> Iterator[object]:
    """Yield what a `Seen` follows from beside the file; not where the checkout lies."""
    roots = config.rules.roots
    yield config.rules._replace(roots=roots._replace(posts="", assets=()))
    yield config.directory.shown("")
    yield from (os.path.relpath(asset, roots.posts) for asset in roots.assets)


def _fingerprint(*values: object) -> bytes:
    return sha256(repr(values).encode("utf-8", "backslashreplace")).digest()[:16]
