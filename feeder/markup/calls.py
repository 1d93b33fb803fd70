"""A tag as it is called: its name, its arguments, what is in it, and whether it has its lines for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Call(NamedTuple):
    """A tag with its arguments. ``inner`` is what is between it and its end, None where it has none.

    ``margin`` is the white space before a tag that has its lines for itself, None for one within a line.
    """

    name: str
    offset: int
    text: str = ""
    words: tuple[str, ...] = ()
    named: Mapping[str, str] = {}
    inner: str | None = None
    margin: str | None = None
    untold: frozenset[str] = frozenset()
    """The names of values that only a program could tell; ``...`` stands for any."""

    cell: bool = False
    """Whether it is in the row of a table that is made before the tag is."""

    @property
    def said(self) -> frozenset[str]:
        """The names of what the tag is told; an empty word is a text that is empty on purpose."""
        return self.untold.union(self.named, ("alt",) if "" in self.words else ())

    def first(self, *names: str, word: int | None = None) -> str:
        """Return the first of these named values that there is, else a word by its number, else ""."""
        found = next((self.named[name] for name in names if self.named.get(name)), "")
        return found or (self.words[word] if word is not None and word < len(self.words) else "")

    def block(self, html: str) -> str:
        """Return HTML that must stand on lines of its own."""
        if self.margin is None:
            return f"\n\n{html}\n\n"
        return html.replace("\n", f"\n{self.margin}") + "\n" if "markdown=" not in html else _within(html, self.margin)


def _within(html: str, margin: str) -> str:
    """Return a block with Markdown in it, whose lines have their margin already, but for the first and the last ones.

    Nor has one that stands on the line of the tag.
    """
    if not margin:
        return html + "\n"
    first, _, rest = html.partition("\n\n")
    inner, _, last = rest.rpartition("\n\n")
    inner = inner if inner.startswith((margin, "\n")) else margin + inner
    return f"{first.replace(chr(10), chr(10) + margin)}\n\n{inner}\n\n{margin}{last}\n"
