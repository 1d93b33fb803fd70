"""Block quotes for Python-Markdown, as its own, but that each alert is a quote of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import SubElement

from markdown.blockprocessors import BlockQuoteProcessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ALERT = re.compile(r"\s*>[ ]?\[![A-Za-z][\w-]{0,30}\]")
"""What GitHub's alerts and Obsidian's callouts begin with."""


class Quotes(BlockQuoteProcessor):
    """Takes a quote behind a quote for more of it, as Python-Markdown does, unless an alert begins there."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Add the quote that the first block has to ``parent``."""
        if _ALERT.match(blocks[0]):
            SubElement(parent, "blockquote")
        super().run(parent, blocks)
