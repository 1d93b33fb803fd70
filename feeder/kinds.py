"""The contracts of what is pluggable: a format, a dialect, a rule. One record each, made by one file each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from feeder.model import Card, Channel, Entry, Feed
from feeder.problems import Code, Mark, Problem

Places = Callable[[Card, str], Mark]
"""Tells where a post's front matter gives a field, by the field's name; `feeder.problems.START` where it does not.

A `Card` has no places: they are looked up, by reading the post again, when there is something to say of it.
"""


class Format(NamedTuple):
    """A feed format, in two steps: an item is the same bytes in every feed that has it, and made once."""

    name: str
    file_name: str
    media_type: str
    items: Callable[[Sequence[Entry], Channel], list[bytes]]
    """Takes entries and what all feeds of the site share; returns each entry's bytes."""
    document: Callable[[Feed, Sequence[bytes], str], bytes]
    """Takes a feed, its items in order, and the feed's own URL; returns the finished file."""


class Dialect(NamedTuple):
    """How one generator's authors write front matter: the folded keys of each field, best first."""

    name: str
    names: Mapping[str, tuple[str, ...]]
    ranks: Mapping[str, tuple[str, int]]
    """The same by key: the field that it is a key of, and its place among the keys of that."""

    @classmethod
    def of(cls, name: str, names: Mapping[str, tuple[str, ...]]) -> Dialect:
        """Return the dialect with these names."""
        ranks = {key: (field, rank) for field, keys in names.items() for rank, key in enumerate(keys)}
        return cls(name, names, ranks)


class Cards(NamedTuple):
    """All posts that are to be published, newest first, and what tells the places of their fields."""

    posts: Sequence[Card]
    places: Places


Subject = TypeVar("Subject")


class Rule(NamedTuple, Generic[Subject]):
    """A check of one kind of subject: `Cards`, or one of those in `feeder.subjects`. It yields problems of its own ``code`` only."""

    code: Code
    check: Callable[[Subject], Iterable[Problem]]
