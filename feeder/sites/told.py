"""The configuration of a generator as it is written: values by dotted key, each with the file and line that say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.nodes import Items, Node, Scalar, Table, each, type_names
from feeder.problems import START, ConfigurationError, with_got
from feeder.records import NamedTuple
from feeder.sites.directories import is_file, text_in
from feeder.trees import SYNTAXES, SyntaxFault, parse
from feeder.trees.places import Computed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from feeder.nodes import Repeated

_BYTES = 2**20
_PACKAGE = "package.json"
"""The one file whose faults are none of the site's."""
_ENDINGS = {"yml": "yaml", "yaml": "yaml", "toml": "toml", "json": "json", "py": "python"}
"""The endings of files -> their syntax; all others are scripts."""


class Told(NamedTuple):
    """One value of a configuration, under its key as it is spelled, in a file."""

    key: str
    node: Node
    file: str

    @property
    def name(self) -> str:
        """The key as messages name it, without how a script hands it out."""
        return self.key.removeprefix("default.").removeprefix("return.")

    @property
    def place(self) -> str:
        """The file and the line."""
        return f"{self.file}:{self.node.mark.line}"

    @property
    def text(self) -> str:
        """The value, "" for one that is no text or that a program would have to make."""
        return self.node.text if type(self.node) is Scalar else ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts in a list, or the one text."""
        return tuple(item.text for item in each(self.node) if type(item) is Scalar and item.text)

    @property
    def kind(self) -> str:
        """What the value is: text (for a program to make, perhaps), a list or a table."""
        return type_names.get(type(self.node), "text")

    @property
    def computed(self) -> str:
        """The expression of what a program would have to make, "" for plain values."""
        return self.node.text or "…" if isinstance(self.node, Computed) else ""


def flag(text: str) -> bool | None:
    """Return what a flag says, None for what is none."""
    return {"true": True, "false": False}.get(text.lower())


class Book:
    """The tables of one or more files, the later over the earlier: values by dotted key, whatever its case."""

    def __init__(self) -> None:
        self._told: dict[str, Told] = {}

    def __bool__(self) -> bool:
        return bool(self._told)

    def reached(self, key: str) -> tuple[str, str]:
        """Return the mail address and the URL of a person."""
        urls = (f"{key}.{name}" for name in ("url", "uri", "link", "web", "website"))
        return self.text(f"{key}.email"), self.text(*urls)

    def add(self, node: Node, file: str, key: str = "") -> None:
        """Add what a file says, below ``key``."""
        if isinstance(node, Table) and (node.pairs or not key):
            for name, value in node.pairs:
                self.add(value, file, f"{key}.{name.text}" if key else name.text)
            return
        folded = key.casefold()
        if folded in self._told:
            for former in [name for name in self._told if name.startswith(f"{folded}.")]:
                del self._told[former]
        self._told[folded] = Told(key, node, file)
        if isinstance(node, Items):
            for index, item in enumerate(node.items):
                if isinstance(item, (Table, Items)):
                    self.add(item, file, f"{key}.{index}")

    def over(self, name: str) -> None:
        """Tell what is below a key at the top, too, over what is there; a value that is empty leaves what is there."""
        for rest, told in [*self.below(name)]:
            if isinstance(told.node, Scalar) and not told.node.text:
                continue
            folded = rest.casefold()
            for former in [key for key in self._told if key.startswith(f"{folded}.")]:
                del self._told[former]
            self._told[folded] = told._replace(key=rest)

    def with_more(self, other: Book) -> Book:
        """Return a book of all that is told here, and of what the other tells under other keys."""
        book = Book()
        book._told = {**self._told, **{key: told for key, told in other._told.items() if key not in self._told}}
        return book

    def at(self, name: str) -> Book:
        """Return what is told below a key, as a book."""
        book = Book()
        prefix = f"{name.casefold()}."
        book._told = {key.removeprefix(prefix): told for key, told in self._told.items() if key.startswith(prefix)}
        return book

    def get(self, *names: str) -> Told | None:
        """Return what is told under the first of these keys that has a value."""
        found = (self._told.get(name.casefold()) for name in names)
        return next((told for told in found if told and (told.texts or told.computed)), None)

    def any(self, *names: str) -> Told | None:
        """Return what `get` does, and where that is nothing, the list or the table under one of these keys."""
        if told := self.get(*names):
            return told
        for name in names:
            if (told := self.whole(name)) and told.kind != "text":
                return told
            if told := next((told for _, told in self.below(name)), None):
                return Told(name, Table((), told.node.mark), told.file)
        return None

    def plain(self, *names: str) -> Told | None:
        """Return what is told under the first of these keys that needs no program."""
        found = (self._told.get(name.casefold()) for name in names)
        return next((told for told in found if told and told.texts), None)

    def whole(self, name: str) -> Told | None:
        """Return what is told under a key, as it is: lists of tables, too."""
        return self._told.get(name.casefold())

    def has(self, name: str) -> bool:
        """Whether there is a table, or anything, of this key."""
        folded = name.casefold()
        return folded in self._told or any(key.startswith(f"{folded}.") for key in self._told)

    def text(self, *names: str) -> str:
        """Return a text, "" for none."""
        told = self.get(*names)
        return told.text if told else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a list, none where there is none."""
        told = self.get(name)
        return told.texts if told else ()

    def scalars(self) -> Iterator[Told]:
        """Yield all plain texts."""
        return (told for told in self._told.values() if told.text)

    def below(self, name: str) -> Iterator[tuple[str, Told]]:
        """Yield all that is told below a key: the rest of the key as it is spelled, and the value."""
        prefix = f"{name.casefold()}."
        for key, told in self._told.items():
            if key.startswith(prefix):
                yield told.key[len(prefix) :], told


def first_book(
    directory: Path,
    names: tuple[str, ...],
    key: str = "",
    notes: list[str] | None = None,
    mended: Callable[[str], str] = str,
) -> tuple[Book, str]:
    """Return what the first of these files says, below ``key``, and its name; nothing, and the first name, for none.

    Keys that are given twice are told in ``notes``. ``mended`` is what the generator does with a file before it reads
    that. Raises `ConfigurationError` with the place of a fault.
    """
    book = Book()
    for name in names:
        if tree := tree_in(directory, name, notes, mended):
            if not isinstance(tree, Table):
                message = (
                    f"{name}:{tree.mark.line}:{tree.mark.column}: must be a table of keys, not {type_names[type(tree)]}"
                )
                raise ConfigurationError(message)
            book.add(tree, name, key)
            return book, name
    return book, names[0] if names else ""


def front_matter_book(directory: Path, names: Iterable[str]) -> Book:
    """Return the front matter of the first of these files that there is, an empty book where it cannot be read."""
    book = Book()
    if name := next((name for name in names if is_file(directory / name)), ""):
        try:
            found = re.match(
                r"\s*---(json|toml|)[ \t]*\n(.*?)^---[ \t]*$", text_in(directory / name, name), re.DOTALL | re.MULTILINE
            )
            book.add(parse(found[1] or "yaml", "\n" + found[2]) if found else Table((), START), name)
        except (SyntaxFault, ConfigurationError):
            return Book()
    return book


def tree_in(
    directory: Path, name: str, notes: list[str] | None = None, mended: Callable[[str], str] = str
) -> Node | None:
    """Return what a file holds, None when there is none; ``notes`` and ``mended`` are as in `first_book`.

    Raises `ConfigurationError` with the place of a fault.
    """
    path = directory / name
    if not is_file(path):
        return None
    if path.stat().st_size > _BYTES:
        message = f"{name}: too large for a configuration file"
        raise ConfigurationError(message)
    text = mended(text_in(path, name))
    try:
        if syntax := _ENDINGS.get(name.rpartition(".")[2]):
            if notes is None or syntax not in SYNTAXES:
                return parse(syntax, text)
            repeated: list[Repeated] = []
            tree = parse(syntax, text, repeated)
            notes += (f"{name}:{key.mark.line}: duplicate key {key.text}, first given in line {first.line}; the last one is used"
                      for key, first in repeated if name != _PACKAGE)  # fmt: skip
            return tree
        from feeder.sites.scripts import script

        return script(directory, name, text)
    except SyntaxFault as fault:
        message = with_got(f"{name}:{fault.mark.line}:{fault.mark.column}: {fault.message}", fault.got)
        raise ConfigurationError(message) from fault
