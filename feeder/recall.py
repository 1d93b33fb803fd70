"""Surveying and rendering with a memory: what a former build found out stands where nothing that it rests on changed.

What is recalled is the very value that would be made anew, so no byte of a feed depends on there being a cache.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any

from feeder.cache import Kept
from feeder.items import Item, Order, RenderContext, RenderTask, documents, is_same, items, load
from feeder.markup import Answer, Question
from feeder.model import Artifact, Card, Category, Facts, LeftOut, Sight
from feeder.neighbours import Neighbours
from feeder.problems import Problem, Severity
from feeder.survey import Seen, SurveyContext, Task, digest_in, still_holds, survey
from feeder.workers import Forked, in_chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from feeder.cache import Cache
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
        self._kitchen = context._replace(survey=context.survey._replace(since=cache.since))
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
        config = self._kitchen.survey
        prefix = config.directory.shown("-")[:-1]
        seen: list[Seen | None] = []
        tasks: list[Task] = []
        for path, kept in self._along(paths):
            before = _seen_from_bytes(kept, prefix + path) if kept and path.isprintable() else None
            if before and still_holds(before.trace, config.directory.stamp(path)):
                seen.append(before)
            else:
                seen.append(None)
                tasks.append((path, before) if before else path)
        if isinstance(workers, Forked) and len(tasks) == len(paths):
            workers = partial(workers, meanwhile=partial(load, self._kitchen))  # nothing is known, so much is rendered
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
        known = {key: item for key, data in self._cache.items(keys) if (item := _item_from_bytes(data))}
        where = dict(zip(keys, cards, strict=True))
        known = {key: item for key, item in known.items() if self._holds(item, where[key])}
        tasks = [RenderTask(card, digest_in(traces[card.path])) for key, card in where.items() if key not in known]
        if len(tasks) > _RENDERED:
            load(self._kitchen)
        size = max(_RENDERED, min(_SURVEYED // 4, len(tasks) // 32))
        fresh: list[Item] = self.neighbours.asking(workers, partial(items, self._kitchen), tasks, size, progress)
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
                    Kept(path, item.trace, _bytes_from_seen(item))
                    for path, item, before in zip(self._paths, self._seen, self._recalled, strict=True)
                    if before is None and item.trace
                ),
                self._gone,
                chain(((key, _bytes_from_item(item)) for key, item in self._made), self._documents),
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
        return all(is_same(sight, card, self._kitchen.library) for sight in item.sights) and all(
            answer == self.neighbours.answer(question) for question, answer in item.links
        )

    @cached_property
    def neighbours(self) -> Neighbours:
        """The posts of the site, for those whose bodies name others."""
        return Neighbours.among(self._kitchen.survey, self._paths, self._seen)


def _rests_on(config: SurveyContext) -> Iterator[object]:
    """Yield what a `Seen` follows from beside the file; not where the checkout lies."""
    roots = config.rules.roots
    yield config.rules._replace(roots=roots._replace(posts="", assets=()))
    yield config.directory.shown("")
    yield from (os.path.relpath(asset, roots.posts) for asset in roots.assets)


def _fingerprint(*values: object) -> bytes:
    return sha256(repr(values).encode("utf-8", "backslashreplace")).digest()[:16]


# What is kept is text, since nothing that is read from a file may run. A sound post, which nearly all are, is a row of
# its card's values; anything else is JSON, which takes ten times as long. No value has control characters.

_BETWEEN, _WITHIN, _INNERMOST = "\x1f\x1e\x1d"


def _bytes_from_seen(seen: Seen) -> bytes:
    row = _row_from_card(seen.found) if isinstance(seen.found, Card) else ""
    if row and not seen.problems:
        return row.encode()
    left_out = [seen.found.kind, seen.found.reason] if isinstance(seen.found, LeftOut) else []
    return json.dumps([row, left_out, [_list_from_problem(item) for item in seen.problems]]).encode()


def _seen_from_bytes(kept: Kept, shown: str) -> Seen | None:
    """Return what was seen of a file, None when it cannot be read any more."""
    try:
        said = kept.said.decode()
        if not said.startswith("["):
            return Seen(_card_from_row(said, kept.path, shown), (), kept.trace)
        row, left_out, problems = json.loads(said)
        found: Card | LeftOut | None = _card_from_row(row, kept.path, shown) if row else None
        if left_out:
            found = LeftOut(path=shown, kind=left_out[0], reason=left_out[1])
        return Seen(found, tuple(map(_problem_from_list, problems)), kept.trace)
    except (ValueError, TypeError, IndexError):
        return None


def _row_from_card(card: Card) -> str:
    return _BETWEEN.join((
        card.id,
        "" if card.url == card.id else card.url,
        card.published.isoformat(),
        "" if card.updated is card.published else card.updated.isoformat(),
        card.expires.isoformat() if card.expires else "",
        card.language,
        _WITHIN.join(card.authors),
        _WITHIN.join([f"{item.kind}{_INNERMOST}{item.name}" for item in card.categories]),
        card.episode,
    ))  # fmt: skip


def _card_from_row(row: str, path: str, shown: str) -> Card:
    identity, url, published, updated, expires, language, authors, categories, episode = row.split(_BETWEEN)
    date = _moment(published)
    return Card(
        path, shown, identity, url or identity, date, _moment(updated) if updated else date,
        _moment(expires) if expires else None, language, _names(authors), _categories(categories),
        episode,
    )  # fmt: skip


# The same object for the same text: there are many posts, and few authors and categories.


@lru_cache(4096)
def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(_WITHIN)) if text else ()


@lru_cache(4096)
def _categories(text: str) -> tuple[Category, ...]:
    pairs = (item.split(_INNERMOST) for item in text.split(_WITHIN)) if text else ()
    return tuple(Category(name=name, kind=kind) for kind, name in pairs)


@lru_cache(4096)
def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _list_from_problem(item: Problem) -> list[Any]:
    return list(item)


def _problem_from_list(value: list[Any]) -> Problem:
    found = Problem(*value)
    return found._replace(severity=Severity(found.severity))


def _bytes_from_item(item: Item) -> bytes:
    head = {
        "lengths": {name: len(data) for name, data in item.data.items()},
        "problems": [_list_from_problem(found) for found in item.problems],
        "digest": item.digest.hex(),
        "sights": item.sights,
        "thumbnails": [[file.path, file.media_type, len(file.data)] for file in item.thumbnails],
        "links": item.links,
    }
    return b"".join([json.dumps(head).encode(), b"\n", *item.data.values(), *(file.data for file in item.thumbnails)])


def _sight(values: list[Any]) -> Sight:
    sight = Sight(*values)
    return sight._replace(facts=Facts(*sight.facts), stamp=tuple(sight.stamp))


def _link(values: list[Any]) -> tuple[Question, Answer]:
    (paths, name, titled, files), answer = values
    return Question(tuple(paths), name, titled, tuple(files)), Answer(*answer)


def _item_from_bytes(data: bytes) -> Item | None:
    """Return a rendered post, None when it cannot be read any more."""
    try:
        at = data.index(b"\n")
        head = json.loads(data[:at])
        parts: dict[str, bytes] = {}
        at += 1
        for name, length in head["lengths"].items():
            parts[name] = data[at : at + length]
            at += length
        thumbnails: list[Artifact] = []
        for path, media_type, length in head["thumbnails"]:
            thumbnails.append(Artifact(path, media_type, data[at : at + length]))
            at += length
        problems = tuple(map(_problem_from_list, head["problems"]))
        sights = tuple(map(_sight, head["sights"]))
        links = tuple(map(_link, head["links"]))
        return Item(parts, problems, bytes.fromhex(head["digest"]), sights, links, tuple(thumbnails))
    except (ValueError, TypeError, KeyError):
        return None
