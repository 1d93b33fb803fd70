"""A picture that says nothing to those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.media.whereabouts import BUNDLED
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="missing-alt",
    severity=Severity.WARNING,
    meaning="A picture in a body without alternative text.",
    why="Screen readers read out its file name, and mail clients that block pictures show an empty box.",
    mend='Describe the picture; for a purely decorative one, write `<img src="…" alt="">`.',
    example="![](harbour.jpg)\n--\n![The harbour at dawn](harbour.jpg)",
)
_MESSAGE = "picture without alternative text"


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each picture without a description."""
    lost = reading.library.beside in BUNDLED  # where feeds lack the picture, its text is all that there is
    for link in reading.body.links:
        shown = reading.url_of(link) and reading.is_shown(link.target)  # within raw HTML, `![]()` is text
        if not link.described and (shown or reading.meant_by(link) or (lost and "{" not in link.target)):
            yield problem(reading.post.shown, reading.body.mark(link.start), CODE, _MESSAGE, link.target)
    for made in reading.body.spoken.made:
        for source in made.undescribed:
            if lost or reading.is_rendered(source):
                _, written = reading.body.naming(source, reading.body.offset(made.mark))
                yield problem(reading.post.shown, made.mark, CODE, _MESSAGE, written or source)


RULE: Rule[Reading] = Rule(code=CODE, check=check)
