"""Surveying and rendering with a memory: what a former build found out stands where nothing that it rests on changed.

What is recalled is the very value that would be made anew, so no byte of a feed depends on there being a cache.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from functools import lru_cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from feeder.cache import Kept
from feeder.items import Item, Kitchen, items
from feeder.model import Card, Category, Facts, LeftOut, Sight
from feeder.problems import Problem, Severity
from feeder.survey import Seen, Survey, digest_in, still_holds, survey
from feeder.workers import in_chunks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from feeder.cache import Cache
    from feeder.workers import Workers

_SURVEYED, _RENDERED = 500, 25
"""Posts in one task: enough that handing it out costs nothing, few enough that all workers have some."""


class Recall:
    """The memory of one build. ``installation`` tells everything from which a value follows beside files and settings."""

    def __init__(self, cache: Cache, installation: str, kitchen: Kitchen) -> None:
        self._cache = cache
        self._kitchen = kitchen._replace(survey=kitchen.survey._replace(since=cache.since))
        settings = kitchen.settings
        self._site = _fingerprint(installation, *_rests_on(kitchen.survey))
        self._look = _fingerprint(self._site, settings.site, settings.feeds.formats, settings.feeds.content, kitchen.channel)  # fmt: skip
        self._seen: Sequence[tuple[str, Seen]] = ()
        self._fresh: Sequence[tuple[str, Seen]] = ()
        self._gone: list[str] = []
        self._made: list[tuple[bytes, Item]] = []
        self._needed: list[bytes] = []

    def survey(self, paths: Sequence[str], workers: Workers, progress: Callable[[int, int], None]) -> list[Seen]:
        """Return what each file is, looking only into those that changed."""
        config = self._kitchen.survey
        prefix = config.directory.shown("-")[:-1]
        seen: list[Seen | None] = []
        tasks: list[tuple[str, Seen | None]] = []
        for path, kept in self._along(paths):
            before = _seen_from_bytes(kept, prefix + path) if kept and path.isprintable() else None
            if before and still_holds(before.trace, config.directory.stamp(path)):
                seen.append(before)
            else:
                seen.append(None)
                tasks.append((path, before))
        fresh = iter(in_chunks(workers, partial(survey, config), tasks, _SURVEYED, progress))
        whole = [item or next(fresh) for item in seen]
        self._seen = list(zip(paths, whole, strict=True))
        self._fresh = [new for new, old in zip(self._seen, seen, strict=True) if old is None and new[1].trace]
        return whole

    def items(self, cards: Sequence[Card], workers: Workers, progress: Callable[[int, int], None]) -> list[Item]:
        """Return an item for each card that was surveyed, rendering only those that changed."""
        wanted = {card.path for card in cards}
        traces = {path: seen.trace for path, seen in self._seen if path in wanted}
        keys = [self._key(card, digest_in(traces[card.path])) for card in cards]
        known = {key: item for key, data in self._cache.items(keys) if (item := _item_from_bytes(data))}
        where = dict(zip(keys, cards, strict=True))
        known = {key: item for key, item in known.items() if self._same_sights(item, where[key])}
        tasks = [card for key, card in zip(keys, cards, strict=True) if key not in known]
        fresh = in_chunks(workers, partial(items, self._kitchen), tasks, _RENDERED, progress)
        self._made = [(self._key(card, item.digest), item) for card, item in zip(tasks, fresh, strict=True)]
        self._needed = keys
        new = iter(fresh)
        return [known[key] if key in known else next(new) for key in keys]

    def keep(self) -> None:
        """Remember what this build found out."""
        if self._fresh or self._gone or self._made:
            self._cache.keep(
                self._site,
                (Kept(path, item.trace, _bytes_from_seen(item)) for path, item in self._fresh),
                self._gone,
                ((key, _bytes_from_item(item)) for key, item in self._made),
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
        return sha256(b"\0".join([self._look, card.path.encode(), card.updated.isoformat().encode(), digest])).digest()

    def _same_sights(self, item: Item, card: Card) -> bool:
        library = self._kitchen.library
        return all(sight == library.see(sight.local, card.path, as_picture=sight.as_picture) for sight in item.sights)


def _rests_on(config: Survey) -> Iterator[object]:
    """Yield what a `Seen` follows from beside the file; not where the checkout lies."""
    roots = config.rules.roots
    yield config.rules._replace(roots=roots._replace(posts="", assets=()))
    yield config.directory.shown("")
    yield from (os.path.relpath(asset, roots.posts) for asset in roots.assets)


def _fingerprint(*values: object) -> bytes:
    return sha256(repr(values).encode("utf-8", "backslashreplace")).digest()[:16]


# What is kept is JSON, since nothing that is read from a file may run.


def _bytes_from_seen(seen: Seen) -> bytes:
    value: list[Any]
    match seen.found:
        case Card() as card:
            times = [moment.isoformat() if moment else "" for moment in (card.published, card.updated, card.expires)]
            kinds = [[item.name, item.kind] for item in card.categories]
            value = [card.id, "" if card.url == card.id else card.url, *times, card.language, card.authors, kinds]
        case LeftOut() as left_out:
            value = [left_out.kind, left_out.reason]
        case None:
            value = []
    return json.dumps([value, [_list_from_problem(item) for item in seen.problems]], ensure_ascii=False).encode()


def _seen_from_bytes(kept: Kept, shown: str) -> Seen | None:
    """Return what was seen of a file, None when it cannot be read any more."""
    try:
        value, problems = json.loads(kept.said)
        found: Card | LeftOut | None = None
        if len(value) == 2:  # noqa: PLR2004 - a `LeftOut` as it is written above
            found = LeftOut(path=shown, kind=value[0], reason=value[1])
        elif value:
            identity, url, published, updated, expires, language, authors, kinds = value
            found = Card(
                kept.path, shown, identity, url or identity, _moment(published), _moment(updated),
                _moment(expires) if expires else None, language, tuple(authors), _categories(json.dumps(kinds)),
            )  # fmt: skip
        return Seen(found, tuple(map(_problem_from_list, problems)), kept.trace)
    except (ValueError, TypeError):
        return None


@lru_cache(4096)
def _categories(text: str) -> tuple[Category, ...]:
    return tuple(Category(name=name, kind=kind) for name, kind in json.loads(text))


@lru_cache(4096)
def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _list_from_problem(item: Problem) -> list[Any]:
    return [item.path, item.line, item.column, item.severity, item.code, item.message, item.got]


def _problem_from_list(value: list[Any]) -> Problem:
    path, line, column, severity, code, message, got = value
    return Problem(path=path, line=line, column=column, severity=Severity(severity), code=code, message=message, got=got)  # fmt: skip


def _bytes_from_item(item: Item) -> bytes:
    head = {
        "lengths": {name: len(data) for name, data in item.data.items()},
        "problems": [_list_from_problem(found) for found in item.problems],
        "digest": item.digest.hex(),
        "sights": item.sights,
    }
    return b"".join([json.dumps(head).encode(), b"\n", *item.data.values()])


def _sight(values: list[Any]) -> Sight:
    local, as_picture, there, missing, asset, facts, fault = values
    return Sight(local, as_picture, there, missing, asset, Facts(*facts), fault)


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
        sights = tuple(map(_sight, head["sights"]))
        return Item(parts, tuple(map(_problem_from_list, head["problems"])), bytes.fromhex(head["digest"]), sights)
    except (ValueError, TypeError, KeyError):
        return None
