"""What a site says of itself in the configuration of its generator: values, and the places that say them."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feeder.fields.people import author_of
from feeder.model import Habits
from feeder.nodes import Node, Scalar
from feeder.problems import ConfigurationError, with_got
from feeder.records import NamedTuple
from feeder.sites.hosts import chosen_url, host_in, is_sample
from feeder.sites.told import Book, Told, first_book, tree_in
from feeder.texts.dates import zone_named
from feeder.texts.languages import language_tag
from feeder.texts.plaintext import fold, without_markup
from feeder.texts.urls import BadUrlError, directory_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from feeder.cascades import Bequest

_CODE_HOSTS = ("github.com", "gitlab.com", "npmjs.com", "codeberg.org", "bitbucket.org")
"""Hosts of a package's home page that is not the site."""
WHOLE = "*"
"""Stands for every setting, where a configuration as a whole cannot be read."""


class Said(NamedTuple):
    """The value of a setting, and the file and line that say so."""

    value: Any
    place: str


class Found(NamedTuple):
    """All that a generator's configuration says. Keys are those of ``feeder.yml``."""

    dialect: str
    reason: str
    values: Mapping[str, Said] = {}
    habits: Habits = Habits()
    faults: Mapping[str, str] = {}
    """Key -> why it is not known, for what must not be guessed."""
    notes: tuple[str, ...] = ()
    """What a person must be told."""
    details: tuple[str, ...] = ()
    """What a person may want to know."""


class Findings:
    """Collects what one generator's configuration says, while it is read. Paths are relative to ``directory``.

    ``named`` is the directory that somebody names as that of the posts, "" if nobody does.
    """

    def __init__(self, directory: Path, named: str = "") -> None:
        self.directory = directory
        self.named = named
        self.values: dict[str, Said] = {}
        self.faults: dict[str, str] = {}
        self.notes: list[str] = []
        self.details: list[str] = []
        self._permalinks: dict[str, str] = {}
        self._places: dict[str, str] = {}
        self._options: dict[str, str] = {}
        self.bequests: tuple[Bequest, ...] = ()
        self.pages: tuple[Bequest, ...] | None = None
        """What pages that are no posts inherit, where that is not the same."""

    def found(self, dialect: str, reason: str) -> Found:
        """Return all of it."""
        options = dict(sorted(self._options.items()))
        habits = Habits(self._permalinks, options, self._places, self.bequests, self.pages)
        return Found(dialect, reason, self.values, habits, self.faults, tuple(self.notes), tuple(self.details))

    # Files

    def first(self, names: Iterable[str], key: str = "", *, mended: Callable[[str], str] = str) -> tuple[Book, str]:
        """Return what the first of these files says, below ``key``, and its name; nothing, and the first name, for none.

        ``mended`` is what the generator does with a file before it reads that. Raises `ConfigurationError` with the place of a fault.
        """
        return first_book(self.directory, tuple(names), key, self.notes, mended)

    def tree(self, name: str) -> Node | None:
        """Return what a file holds, None when there is none. Raises `ConfigurationError` with the place of a fault."""
        return tree_in(self.directory, name)

    def no_table(self, file: str) -> None:
        """Say of a script, if it is there, that it exports nothing that can be read."""
        if (self.directory / file).is_file():
            self.faults[WHOLE] = f"{file}: what it exports cannot be read without running it"

    def is_dir(self, *names: str) -> bool:
        """Whether there is a directory of this name."""
        try:
            return self.directory.joinpath(*names).is_dir()
        except (OSError, ValueError):
            return False

    # Settings

    def give(self, key: str, value: Any, place: str) -> None:
        """Take a value for a key of ``feeder.yml``, if there is none yet."""
        self.values.setdefault(key, Said(value, place))

    def take(self, key: str, told: Told | None, convert: Callable[[str], Any] = fold) -> None:
        """Take a text; ``convert`` returns None, or raises, for one that is none of its kind, which is noted."""
        if told is None or key in self.values:
            return
        if told.computed:
            self._computed(key, told)
            return
        text = next(iter(told.texts), "")
        try:
            value = convert(text)
        except (ValueError, KeyError, OSError):
            value = None
        if value is None:
            self.notes.append(f"{with_got(f'{told.place}: {told.name} ignored', text)}; set {key} in feeder.yml")
        elif value != "":
            self.give(key, value, told.place)

    def site(
        self, *, title: Told | None, description: Told | None, language: Told | None, zone: Told | None = None
    ) -> None:
        """Take what nearly every generator is told of a site."""
        self.take("site.title", title)
        self.take("site.description", description, lambda text: fold(without_markup(text)))
        self.take("site.language", language, language_tag)
        self.take("site.timezone", zone, _zone)

    def url(self, told: Told | None, below: str = "") -> None:
        """Take the site's URL; a path ``below`` it is added, if it does not end in that."""
        if told is None or "site.url" in self.values:
            return
        if told.kind != "text":
            self.misfit("site.url", told)
            return
        chosen = chosen_url(told.computed)
        if told.computed and not chosen:
            self._computed("site.url", told)
            return
        given, path = chosen or told.text.strip(), below.strip("/")
        if "{{" in given or "${" in given:
            said = with_got(f"{told.name} cannot be used: it is made by a template, which feeder does not run", given)
            self.faults["site.url"] = f"{told.place}: {said}"
            return
        try:
            url = directory_url(given)
            if path and "://" not in path and not urlsplit(url).path.endswith(f"/{path}/"):
                url = directory_url(f"{url}{path}/")
        except BadUrlError as error:
            self.faults["site.url"] = with_got(f"{told.place}: {told.name} cannot be used: {error}", given)
            return
        if is_sample(url):
            self.faults["site.url"] = with_got(f"{told.place}: {told.name} is a sample value, not the site's", given)
        else:
            self.give("site.url", url, told.place)

    def author(self, book: Book, *names: str) -> None:
        """Take the author: a text, a list, or a table of ``name``, ``email`` and ``url`` below one of these keys."""
        for name in names:
            told = book.get(f"{name}.name", name, f"{name}.0.name")
            if told is None or told.computed:
                continue
            authors = tuple(filter(None, (author_of(text, *book.reached(name)) for text in told.texts)))
            if authors:
                self.give("site.author", authors, told.place)
                return

    def limit(self, told: Told | None, *, every: tuple[str, ...] = ()) -> None:
        """Take how many posts a feed holds; texts in ``every``, and all below 1, mean all of them."""

        def count(text: str) -> int | None:
            if text.lower() in every:
                return 0
            return max(int(text), 0) if re.fullmatch(r"-?\d{1,9}", text) else None

        self.take("feeds.limit", told, count)

    def assets(self, names: Iterable[str], place: str = "") -> None:
        """Take those of the directories that there are, whose files stand at the site's root."""
        there = tuple(dict.fromkeys(normpath(name) for name in names if inside(name) and self.is_dir(name)))
        if there:
            self.give("site.assets", there, place or "the directories that exist")

    def posts(self, path: str, place: str, include: Iterable[str] = (), exclude: Iterable[str] = ()) -> bool:
        """Take the directory of posts, if it is there; return whether."""
        if not (inside(path) and self.is_dir(path)):
            return False
        self.give("posts.path", normpath(path), place)
        for key, patterns in (("posts.include", tuple(include)), ("posts.exclude", tuple(exclude))):
            if patterns:
                self.give(key, patterns, place)
        return True

    # Addresses

    def permalink(self, told: Told | None, section: str = "") -> None:
        """Take the pattern of the addresses of posts, in the generator's own syntax."""
        if told is None or section in self._permalinks:
            return
        if told.computed:
            self._computed("posts.permalink", told)
        elif told.kind != "text":
            self.misfit("posts.permalink", told)
        elif told.text:
            self.pattern(told.text, told.place, section)

    def pattern(self, text: str, place: str, section: str = "") -> None:
        """Take such a pattern that is known otherwise; nothing is told of one without a ``place``."""
        self._permalinks[section], self._places[section] = text, place
        below = f" below {section}" if section else ""
        if place:
            self.details.append(f"posts{below} are at {text}, from {place}")

    def option(self, name: str, told: Told | None) -> None:
        """Take a setting that decides addresses, under the generator's own dotted name."""
        if told is None:
            return
        if told.computed:
            self._computed("posts.permalink", told)
        else:
            self.let(name, ", ".join(told.texts), told.place)

    def let(self, name: str, value: str, place: str) -> None:
        """Take such a setting that is known otherwise; nothing is told of one without a ``place``."""
        self._options.setdefault(name, value)
        if place:
            self.details.append(f"{name} is {value!r}, from {place}")

    def options(self, book: Book, *names: str) -> None:
        """Take such settings, and all that is below tables of these names."""
        for name in names:
            self.option(name, book.get(name))
            for rest, told in book.below(name):
                if isinstance(told.node, Scalar) or told.texts:
                    self.option(f"{name}.{rest}", told)

    def default(self, bequest: Bequest, whose: str, place: str) -> None:
        """Take front matter that posts have by default, under what is taken later."""
        if bequest.fields:
            self.bequests = (bequest, *self.bequests)
            self.details.append(f"{whose} have {', '.join(bequest.fields)} by default, from {place}")

    def homepage(self) -> None:
        """Take the home page of ``package.json`` for the URL, when nothing better tells and it is not that of the code."""
        if "site.url" in self.values:
            return
        try:
            book, _ = self.first(("package.json",))
        except ConfigurationError:
            return
        told = book.get("homepage")
        host = host_in(told.text) if told else ""
        if told and host and host.removeprefix("www.") not in _CODE_HOSTS and "#" not in told.text:
            self.url(told)

    def people(self, book: Book, table: str) -> None:
        """Take the people that posts name by a key of a table: ``authors.KEY.name``, ``email`` and ``url``."""
        told = {rest.partition(".")[0]: told for rest, told in book.below(table)}
        for key in sorted(told):
            name = book.text(*(f"{table}.{key}.{name}" for name in ("full_name", "fullname", "display_name", "name")))
            if author := author_of(name, *book.reached(f"{table}.{key}")):
                self._options |= {f"authors.{key}.{field}": text for field, text in author._asdict().items()}
        if told:
            self.details.append(f"authors that posts refer to by key are from {next(iter(told.values())).file}")

    def misfit(self, key: str, told: Told, wanted: str = "text") -> None:
        """Say that a value is of another kind than is wanted."""
        said = f"{told.place}: {told.name} cannot be used: it must be {wanted}, not {told.kind}"
        self.faults.setdefault(key, said)

    def _computed(self, key: str, told: Told) -> None:
        said = with_got(f"{told.place}: {told.name} is computed by code, which feeder does not run", told.computed)
        if key in {"site.url", "posts.permalink"}:
            self.faults.setdefault(key, said)
        else:
            self.notes.append(f"{said}; set {key} in feeder.yml")


def _zone(text: str) -> str:
    zone_named(text)
    return text


def inside(path: str) -> bool:
    """Whether a path leads to a place within the site."""
    return not path.startswith(("/", "~")) and ":" not in path and ".." not in path.split("/")
