"""What the cache keeps of files and posts, as bytes, and back: Seen and Item.

What is kept is text, since nothing that is read from a file may run. A sound post, which nearly all are, is a row of
its card's values; anything else is JSON, which takes ten times as long. No value has control characters.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from feeder.items import Item
from feeder.markup import Answer, Question
from feeder.model import Artifact, Card, Category, Facts, LeftOut, Sight
from feeder.problems import Problem, Severity
from feeder.survey import Seen

if TYPE_CHECKING:
    from feeder.cache import Kept

_BETWEEN, _WITHIN, _INNERMOST = "\x1f\x1e\x1d"


def bytes_from_seen(seen: Seen) -> bytes:
    """Return what was seen of a file as bytes, without its trace and its path, which are kept beside."""
    row = _row_from_card(seen.found) if isinstance(seen.found, Card) else ""
    if row and not seen.problems:
        return row.encode()
    left_out = [seen.found.kind, seen.found.reason] if isinstance(seen.found, LeftOut) else []
    return json.dumps([row, left_out, [_list_from_problem(item) for item in seen.problems]]).encode()


def seen_from_bytes(kept: Kept, shown: str) -> Seen | None:
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


def bytes_from_item(item: Item) -> bytes:
    """Return a rendered post as bytes: a line of JSON, then what each format holds of it, and its thumbnails."""
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


def item_from_bytes(data: bytes) -> Item | None:
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
