"""The contracts of what is pluggable: a format, a dialect, a rule, and the places that posts and pictures lie in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from feeder.model import Card, Channel, Content, Entry, Feed, Sight, Stamp
from feeder.problems import Mark, Problem

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


class Rule(NamedTuple):
    """A check over all posts that are to be published, newest first. It yields problems of its own ``code`` only."""

    code: str
    check: Callable[[Sequence[Card], Places], Iterable[Problem]]


class Directory(Protocol):
    """Posts as they lie somewhere. It is a value: pickled, it reads the same posts in another process or machine.

    A path is below the directory, with ``/``. The rules of `feeder.postnames` hold wherever posts lie.
    """

    def find(self) -> tuple[list[str], list[Problem]]:
        """Return the paths of all posts, sorted, and what could not be looked into.

        Raises `feeder.problems.ConfigurationError` when the directory itself cannot be read.
        """

    def read(self, path: str) -> Content:
        """Return the post at ``path``. Raises `feeder.problems.Unsound`."""

    def stamp(self, path: str) -> Stamp | None:
        """Return the stamp of the file at ``path``, None when it cannot be had: then the file is read to know."""

    def shown(self, path: str) -> str:
        """Return ``path`` as messages name it, printable on one line."""

    def problem(self, path: str, code: str, message: str) -> Problem:
        """Return a problem of a whole file."""


class Shelves(Protocol):
    """Where the files lie that posts name: beside the posts, and in ``site.assets``. A value as `Directory` is one."""

    def see(self, local: str, post_path: str, *, as_picture: bool) -> Sight:
        """Return what is there for a post that names ``local``, looking into the file only ``as_picture``."""
