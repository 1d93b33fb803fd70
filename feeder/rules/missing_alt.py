"""A picture that says nothing to those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="missing-alt",
    severity=Severity.WARNING,
    meaning="A picture in a body without alternative text.",
    why="Screen readers read out its file name, and mail clients that block pictures show an empty box.",
    mend='Say what is to be seen; of a picture that only decorates, write `<img src="…" alt="">`.',
    example="![](harbour.jpg)\n--\n![The harbour at dawn](harbour.jpg)",
)


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each picture without a description."""
    for link in reading.body.links:
        if not link.described and reading.url_of(link):
            message = "this picture has no alternative text"
            yield problem(reading.post.shown, reading.body.mark(link.start), CODE, message, link.target)


RULE: Rule[Reading] = Rule(code=CODE, check=check)
