"""The configuration of a generator as it is written: values by dotted key, each with the file and line that say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feeder.model import Items, Node, Scalar, Table
from feeder.trees.places import Computed

if TYPE_CHECKING:
    from collections.abc import Iterator


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
        items = self.node.items if isinstance(self.node, Items) else (self.node,)
        return tuple(item.text for item in items if type(item) is Scalar and item.text)

    @property
    def computed(self) -> str:
        """The expression of what a program would have to make, "" for plain values."""
        return self.node.text or "…" if isinstance(self.node, Computed) else ""


class Book:
    """The tables of one or more files, the later over the earlier: values by dotted key, whatever its case."""

    def __init__(self) -> None:
        self._told: dict[str, Told] = {}

    def __bool__(self) -> bool:
        return bool(self._told)

    def add(self, node: Node, file: str, key: str = "") -> None:
        """Add what a file says, below ``key``."""
        if isinstance(node, Table):
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

    def get(self, *names: str) -> Told | None:
        """Return what is told under the first of these keys that has a value."""
        found = (self._told.get(name.casefold()) for name in names)
        return next((told for told in found if told and (told.texts or told.computed)), None)

    def has(self, name: str) -> bool:
        """Whether there is a table, or anything, of this key."""
        folded = name.casefold()
        return folded in self._told or any(key.startswith(f"{folded}.") for key in self._told)

    def text(self, *names: str) -> str:
        """Return a text, "" for none."""
        told = self.get(*names)
        return told.text if told else ""

    def below(self, name: str) -> Iterator[tuple[str, Told]]:
        """Yield all that is told below a key: the rest of the key as it is spelled, and the value."""
        prefix = f"{name.casefold()}."
        for key, told in self._told.items():
            if key.startswith(prefix):
                yield told.key[len(prefix) :], told
