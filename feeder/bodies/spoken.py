"""What a site's generator makes of one body, for rules that judge it beside what its author wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.records import NamedTuple
from feeder.texts.plaintext import resolve_references

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from feeder.problems import Mark

_LINK = pattern(r'(<a href="([^"]*)")')
_PICTURE = pattern(r"<img\b[^<>]*>")
_SOURCE = pattern(r'\ssrc="([^"]+)"')
_TEXT = pattern(r'\salt="[^"]*[^"\s][^"]*"')


class Made(NamedTuple):
    """What a tag came to: the HTML in place of what begins at ``mark``.

    ``inner`` is what stood between the tag and its end, ``said`` the names of what it was told.
    """

    mark: Mark
    html: str
    inner: str
    said: frozenset[str]

    @property
    def links(self) -> list[str]:
        """Where the tag's own links lead."""
        return [resolve_references(url) for tag, url in _LINK.findall(self.html) if tag not in self.inner]

    @property
    def undescribed(self) -> list[str]:
        """The addresses of the tag's own pictures that say nothing of themselves, though nobody wanted that."""
        if "alt" in self.said or "..." in self.said:
            return []
        pictures = [tag for tag in _PICTURE.findall(self.html) if tag not in self.inner and not _TEXT.search(tag)]
        return [resolve_references(source[1]) for tag in pictures if (source := _SOURCE.search(tag))]


class Spoken(NamedTuple):
    """What is made of one body: ``syntaxes`` are the names of what `feeder.markup` replaces in it."""

    syntaxes: Collection[str] = ()
    made: Sequence[Made] = ()
    """What its tags came to."""
    meant: Callable[[str], str] = str
    """Takes a link's target; returns the address that the generator makes of it, "" where that is not known."""
