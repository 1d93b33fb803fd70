"""A title that no list of articles shows in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="title-long",
    severity=Severity.WARNING,
    meaning="A title of more than 150 characters.",
    why="Readers cut off titles in lists, and mail digests cut off the subject line: nobody sees the end.",
    mend="Shorten the title, and move the rest to the summary.",
    example="title: Everything that I have learned about tea, in which order, and from whom (and so on for 150 characters)\n--\ntitle: What I learned about tea",
)
LONGEST = 150


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for a title of more than `LONGEST` characters."""
    if len(reading.post.title) > LONGEST:
        message = f"{len(reading.post.title)} characters; readers cut titles off at {LONGEST} or earlier"
        yield problem(reading.post.shown, reading.mark("title"), CODE, message, reading.post.title)


RULE: Rule[Reading] = Rule(code=CODE, check=check)
