"""A title in capitals, or with a row of exclamation marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="title-shouting",
    severity=Severity.NOTE,
    meaning="A title of several words all in capitals, or one that ends with several exclamation or question marks.",
    why="Spam filters and feed aggregators take it for advertising, and a screen reader may spell it letter by letter.",
    mend="Write the title in sentence case; use a style sheet for capitals.",
    example="title: ALL YOU NEED IS TEA!!!\n--\ntitle: All you need is tea",
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARKS = re.compile(r"[!?\uff01\uff1f]{3,}\s*$|!!\s*$")
_RUN = re.compile(r"[^\W\d_]{2,}(?:'[^\W\d_]+)? +(?:[^\W\d_]+ +)?[^\W\d_]{2,}")
"""Words as a sentence has them, with nothing between: names in a list are NASA, ESA & JAXA: IBM."""
_FEWEST_WORDS, _FEWEST_LETTERS = 3, 12
"""Below, capitals may well be the names of things: HTML & CSS."""


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for a title that shouts."""
    title = reading.post.title
    words = _WORD.findall(title)
    loud = len(words) >= _FEWEST_WORDS and sum(map(len, words)) >= _FEWEST_LETTERS and all(map(str.isupper, words))
    loud = loud and _RUN.search(title) is not None
    if loud or _MARKS.search(title):
        message = "this title shouts" + (": it is all in capitals" if loud else ": it ends with a row of marks")
        yield problem(reading.post.shown, reading.mark("title"), CODE, message, title)


RULE: Rule[Reading] = Rule(code=CODE, check=check)
