"""The contracts of what is pluggable: a format, a dialect, a rule, and the places that posts, pictures and feeds lie in."""

from __future__ import annotations

import os  # noqa: TC003 - annotations are read at run time by the tests
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime  # noqa: TC003
from pathlib import Path  # noqa: TC003 - annotations of a protocol are read at run time
from posixpath import normpath
from typing import Any, Generic, Protocol, TypeVar

from feeder.model import Artifact, Card, Channel, Content, Entry, Feed, Habits, Sight, Stamp, Written
from feeder.problems import Code, Mark, Problem
from feeder.records import NamedTuple

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
    short: Callable[[bytes], bytes]
    """Takes an item's bytes; returns those of the item that has its summary only."""


class Traits(NamedTuple):
    """What the address of a post can be made of, as its author wrote it; "" and None where nobody needs it, or it is not there.

    ``path`` is below the posts directory, which is ``root`` below the directory that the generator takes for its content.
    ``date`` is in the zone that the generator puts it in; ``given`` is all plain text of the front matter, by folded key.
    """

    path: str
    root: str = ""
    date: datetime | None = None
    title: str = ""
    slug: str = ""
    categories: tuple[str, ...] = ()
    author: str = ""
    language: str = ""
    id: str = ""
    branches: Mapping[str, str] = {}
    """The directories that are sections of their own, where that depends on what lies in them, and what each is called."""
    given: Mapping[str, str] = {}


class Dialect(NamedTuple):
    """How one generator's authors write posts, and what the generator makes of it.

    Its functions are named in a module, so that a dialect can be sent to another process; None is what `plain` does.
    """

    name: str
    names: Mapping[str, tuple[str, ...]]
    """Field -> its folded keys, best first; ``a.b`` is the key ``b`` of the table ``a``."""
    ranks: Mapping[str, tuple[str, int]]
    """The same by key: the field that it is a key of, and its place among the keys of that."""
    tables: frozenset[str]
    """The keys of tables that hold fields."""
    flavor: str = "commonmark"
    """The flavour of Markdown that bodies are in."""
    extensions: tuple[str, ...] = (".md", ".markdown", ".html", ".htm")
    """What the name of a post ends in."""
    beside: str = "neighbour"
    """How files are kept with posts, and where they are served: a name of `feeder.media.whereabouts.BESIDE`."""
    beside_needs: str = ""
    """The option of the site's own configuration that switches that on: a key of `Habits.options`. "" where it always is."""
    marks: tuple[str, ...] = ()
    """What may stand in braces or bars before the path of a picture and adds nothing to it: the site's root."""
    headers: str = ""
    """What front matter may be beside fenced: ``lines`` as ``Title: value``, ``unopened``, or ``comments`` as Nikola has them."""
    every: frozenset[str] = frozenset()
    """Fields of which all keys count, and not only the first that is there."""
    last_wins: bool = False
    """Whether of a key that is given twice the last counts; elsewhere nobody knows which was meant."""
    named_date: bool = False
    """Whether a date that cannot be read costs the time only, where a file's name has one: its day counts, else that of the name."""
    inherits_by_key: bool = False
    """Whether a post inherits no key that it has itself, be it blank; else it inherits what it says nothing of."""
    added: frozenset[str] = frozenset()
    """Keys whose values by default (`Habits.bequests`) stay with those that a post gives."""
    several: frozenset[str] = frozenset()
    """Keys of authors of which one text names several, as ``split`` says."""
    marked: bool = False
    """Whether a summary in front matter is Markdown, as the body is."""
    paths: bool = False
    """Whether a list of categories is a path from the widest to the narrowest."""
    hidden: frozenset[str] = frozenset({"draft"})
    """Values of ``status`` that keep a post out."""
    dates: tuple[str, ...] = ("published",)
    """The fields that say when a post was published, best first: of some it is known only when they were changed last."""
    dated_by: str = ""
    """The key whose date addresses are made of, where that is not the date of publication."""
    local: bool = True
    """Whether dates in addresses are in the site's zone, and not in the post's own."""
    undated: frozenset[str] = frozenset()
    """Words in place of a date that ask for the file's, which is another on every machine."""
    pages: tuple[str, ...] | None = None
    """The keys by which a file without a date is a page, and no faulty post, as one at the content's root is; None: all are posts."""
    computed: str = ""
    """The table of front matter whose values are templates, and go before all others."""
    templates: bool = False
    """Whether a post may be a page in a language for templates."""
    bundles: bool = False
    """Whether what lies beside an ``index`` is a part of that post, and none itself."""
    committed: bool = False
    """Whether a post without a date has that of the commit that brought it."""
    labels: str = ""
    """The file in the posts directory that has the names of tags by the keys that posts call them."""
    people: str = ""
    """The file in the posts directory that has the authors by the names that posts call them."""
    suited: Callable[[Dialect, Habits], Dialect] | None = None
    """Returns the dialect as one site has it, whose configuration names fields."""
    split: Callable[[str, str], Iterable[str]] | None = None
    """Takes a key and its text; returns the names of categories or tags in it."""
    filed: Callable[[str, tuple[str, ...], Habits], tuple[str, ...]] | None = None
    """Takes a path below the content and the categories that the front matter gives; returns all, those of the path too."""
    root: Callable[[str, Habits], str] | None = None
    """Takes the posts directory as the configuration names it; returns it as it is below the content."""
    source: Callable[[Habits], str] | None = None
    """Returns the directory of all that the site is made of, by whose paths bodies name files; None where that is the content."""
    clock: Callable[[str], str] | None = None
    """Takes a date as it is written; returns it as the generator takes it, where that is not what it says."""
    titled: Callable[[str], str] | None = None
    """Takes a path; returns the title that the generator makes for a post that says none, "" where it makes none."""
    dated: Callable[[str, Habits], str] | None = None
    """Takes a path; returns the date in it, "" for none."""
    named: Callable[[str, Habits], str] | None = None
    """Takes a path; returns the language that the file's name ends in, "" for none."""
    is_post: Callable[[str, str, Habits], bool] | None = None
    """Takes a path and the root; returns whether the generator takes the file for a post."""
    place: Callable[[str, str, Habits], str] | None = None
    """Takes a path and the root; returns the path by which the site's configuration and its sections speak of the post."""
    sections: str = ""
    """What the name of the file of a section begins with, which says something of the posts below it."""
    address: Callable[[Traits, Habits], str] | None = None
    """Returns the path of a post's page, which is not encoded, below the site."""
    page: Callable[[Traits, Habits], str] | None = None
    """Takes the traits of a file of the site that is no post; returns the path of its page, as ``address`` does. Raises `ValueError`."""
    sought: Callable[[str, Habits], Iterable[str]] | None = None
    """Takes a path that a body names; returns the paths below ``source`` that it may stand for, best first."""
    served: bool = False
    """Whether a file without front matter is no page, and served as it lies."""
    url: Callable[[str, Traits, Habits], str] | None = None
    """Takes an address of front matter; returns the URL that the generator makes of it. Raises `ValueError`."""
    wants: Callable[[Habits], frozenset[str]] | None = None
    """Returns the names of the traits that addresses need. Raises `feeder.addresses.tokens.UnknownTokenError`."""
    tags: Mapping[str, str] = {}
    """The generator's tags in bodies -> what each means: a name in `feeder.markup.meanings`, or of `feeder.markup.liquid`'s own."""
    filters: Mapping[str, Callable[..., str]] = {}
    """Filters of its templates that write text as addresses have it. They raise `ValueError` or `LookupError` for what they cannot."""
    syntaxes: Mapping[str, tuple[str, ...]] = {}
    """Extension ("" for all others) -> what bodies hold that is no Markdown: names in `feeder.markup`, in the order of reading."""
    format: str = ""
    """The option by which a site says that files are plain Markdown, for which ``syntaxes`` has ``md``: all of them (``md``),
    or those that are named so (``detect``)."""

    @classmethod
    def of(cls, name: str, names: Mapping[str, tuple[str, ...]], **more: Any) -> Dialect:
        """Return the dialect with these names; ``more`` are its other fields."""
        return cls(name, names, {}, frozenset(), **more).with_names(names)

    def with_names(self, names: Mapping[str, tuple[str, ...]]) -> Dialect:
        """Return the dialect with other names."""
        ranks = {key: (field, rank) for field, keys in names.items() for rank, key in enumerate(keys)}
        tables = frozenset(key.partition(".")[0] for key in ranks if "." in key)
        return self._replace(names=names, ranks=ranks, tables=tables)

    def ground(self, posts: str, habits: Habits) -> tuple[str, str]:
        """Return the directory by whose paths bodies name files of the site, and the posts directory below it.

        ``posts`` is the posts directory as the configuration names it. Both are "" where nobody can tell.
        """
        absolute = posts.startswith("/") or "://" in posts
        place = posts.rstrip("/") if absolute else normpath(posts)
        if self.source and not absolute:
            top = normpath(self.source(habits))
            if top == "." or f"{place}/".startswith(f"{top}/"):
                return top, place if top == "." else place.removeprefix(top).lstrip("/")
        root = self.root(posts, habits) if self.root else ""
        if not root or place == root:
            return (place, "") if not root else (".", root)
        top = place.removesuffix(f"/{root}")
        return (top, root) if top not in {place, ""} else ("", "")

    def __repr__(self) -> str:
        # What a cache holds is keyed by it: functions have addresses, and the name says the rest.
        return f"Dialect({self.name!r})"


class Cards(NamedTuple):
    """All posts that are to be published, newest first, and what tells the places of their fields, and their text."""

    posts: Sequence[Card]
    places: Places
    written: Callable[[Card, str], str] = lambda _card, _field: ""
    """Tells what the front matter gives for a field, as it is written; "" where it gives no text."""


Subject = TypeVar("Subject")


class Rule(NamedTuple, Generic[Subject]):
    """A check of one kind of subject: `Cards`, or one of those in `feeder.subjects`. It yields problems of its own ``code`` only."""

    code: Code
    check: Callable[[Subject], Iterable[Problem]]


def stamp_of(facts: os.stat_result) -> Stamp:
    """Return the stamp of a file that the system says this of."""
    return (facts.st_mtime_ns, facts.st_ctime_ns, facts.st_size, facts.st_ino & (2**63 - 1))


class Directory(Protocol):
    """Posts as they lie somewhere. It is a value: pickled, it reads the same posts in another process or machine.

    A path is below the directory, with ``/``. The rules of `feeder.texts.postnames` hold wherever posts lie.
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


class FileStore(Protocol):
    """Where the files lie that posts name: beside the posts, and in ``site.assets``. A value as `Directory` is one."""

    @property
    def beside(self) -> str:
        """The site's way to keep files with posts, a name of `feeder.media.whereabouts.BESIDE`."""

    def see(self, local: str, post_path: str, *, as_picture: bool) -> Sight:
        """Return what is there for a post that names ``local``, looking into the file only ``as_picture``."""

    def hear(self, local: str, post_path: str) -> Sight:
        """Return what is there for a post that names ``local``, and how long it plays."""

    def read(self, local: str, post_path: str) -> bytes:
        """Return all that the file holds which `see` sees. Raises `feeder.problems.UnreadablePictureError`."""

    def __hash__(self) -> int: ...


class Site(NamedTuple):
    """What a site is made of beside its posts, which bodies may name: all ``pages``, and any of its ``files``."""

    pages: Directory
    files: FileStore


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
