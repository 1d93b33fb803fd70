"""The contracts of what is pluggable: a format, a dialect, a rule. One record each, made by one file each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence  # noqa: TC003 - fields are read at run time
from dataclasses import dataclass

from feeder.model import Entry, Feed, Post  # noqa: TC001
from feeder.problems import Problem  # noqa: TC001


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A feed format. ``serialize`` takes a feed, its entries in order, and the feed's own URL; it returns the bytes."""

    name: str
    file_name: str
    media_type: str
    serialize: Callable[[Feed, Sequence[Entry], str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one generator's authors write front matter."""

    name: str
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A check over all posts that are to be published, newest first. It yields problems of its own ``code`` only."""

    code: str
    check: Callable[[Sequence[Post]], Iterable[Problem]]
