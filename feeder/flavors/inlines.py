"""Inline Markdown for Python-Markdown, as its own, but that no pattern looks through a text that has no sign of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from markdown import Markdown

_SIGNS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
}
"""Pattern -> what a text has that it finds something in."""


class Inlines(InlineProcessor):
    """Applies the inline patterns of a converter, which has all of them by now."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        # As lists: their registry is asked for each pattern and each text, and takes longer than most patterns do.
        self.inlinePatterns = list(md.inlinePatterns)  # type: ignore[assignment] # it is only asked for a number
        self._signs = [_SIGNS.get(item.name, "") for item in md.inlinePatterns._priority]  # type: ignore[attr-defined] # noqa: SLF001

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - its own method
        if isinstance(data, AtomicString):
            return data
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined]
        for index in range(patternIndex, len(self._signs)):
            start, matched = 0, self._signs[index] in data
            while matched:
                data, matched, start = apply(self.inlinePatterns[index], data, index, start)
        return data
