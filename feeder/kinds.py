"""The contracts of what is pluggable: a format, a dialect, a rule, and the places that posts, pictures and feeds lie in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path  # noqa: TC003 - annotations of a protocol are read at run time
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from feeder.model import Artifact, Card, Channel, Content, Entry, Feed, Sight, Stamp, Written
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
    """How one generator's authors write posts: the folded keys of each field of front matter, best first."""

    name: str
    names: Mapping[str, tuple[str, ...]]
    ranks: Mapping[str, tuple[str, int]]
    """The same by key: the field that it is a key of, and its place among the keys of that."""
    flavor: str = "commonmark"
    """The flavour of Markdown that bodies are in."""

    @classmethod
    def of(cls, name: str, names: Mapping[str, tuple[str, ...]], **more: Any) -> Dialect:
        """Return the dialect with these names; ``more`` are its other fields."""
        ranks = {key: (field, rank) for field, keys in names.items() for rank, key in enumerate(keys)}
        return cls(name, names, ranks, **more)


class Cards(NamedTuple):
    """All posts that are to be published, newest first, and what tells the places of their fields."""

    posts: Sequence[Card]
    places: Places


Subject = TypeVar("Subject")


class Rule(NamedTuple, Generic[Subject]):
    """A check of one kind of subject: `Cards`, or one of those in `feeder.subjects`. It yields problems of its own ``code`` only."""

    code: Code
    check: Callable[[Subject], Iterable[Problem]]


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

    def hear(self, local: str, post_path: str) -> Sight:
        """Return what is there for a post that names ``local``, and how long it plays."""

    def __hash__(self) -> int: ...


class Outlet(Protocol):
    """Where feeds go: paths are relative to it, with ``/``. Methods raise `feeder.problems.ConfigurationError`."""

    @property
    def lockable(self) -> Path | None:
        """The directory of which builds can take turns, None where they cannot."""

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, None when there is none that feeder could have written."""

    def write(self, artifacts: Iterable[Artifact]) -> Iterator[Written]:
        """Write each artifact whole or not at all, and leave an identical file untouched."""

    def remove(self, path: str) -> None:
        """Remove a file, and the directories that are empty without it."""

    def same(self, path: str, other: str) -> bool:
        """Return whether two paths are one file, as where case does not count."""

    def sweep(self, paths: Iterable[str]) -> None:
        """Remove what a killed `write` of these paths left beside them. Nobody else may be writing."""

    def shown(self, path: str) -> str:
        """Return the path as messages name it."""
