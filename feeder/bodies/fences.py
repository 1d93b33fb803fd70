"""Fenced code in Markdown, at any indent, in lists and quotes: how it begins, ```` ``` ```` or ``~~~``, and how it ends."""

from __future__ import annotations

import re

from feeder.patterns import pattern

MARGIN = r"[ \t]*(?:(?:>|(?:[*+-]|\d{1,9}[.)])(?=[ \t]))[ \t]*)*"
"""What may stand before a fence on its line: signs of the lists and quotes that the code is in."""
FENCE = r"(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})"
"""The fence itself. This and `MARGIN` are parts of patterns; in those of whole bodies, with `re.MULTILINE`."""
OPENING = pattern(MARGIN + FENCE)


def closing(opening: re.Match[str]) -> re.Pattern[str]:
    """Return the pattern of the line that ends what a match of a pattern with `FENCE` opened."""
    fence = opening["fence"]
    quoted = ">" in opening.string[opening.start() : opening.start("fence")]
    return re.compile(rf"^[ \t{'>' if quoted else ''}]*{fence}{fence[0]}*[ \t]*$", re.MULTILINE)
