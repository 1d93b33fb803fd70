"""A post whose title is nowhere but in its file's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.bodies.headings import first_heading
from feeder.kinds import Rule
from feeder.problems import START, Code, Problem, Severity, problem
from feeder.texts.plaintext import without_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="missing-title",
    severity=Severity.WARNING,
    meaning="A post without a title in its front matter or a heading in its body; its file name is used as the title.",
    why="The title is all that a list of articles shows, and a file name seldom makes a good one.",
    mend="Give the post a title in its front matter.",
    example="---\ndate: 2024-01-31\n---\n--\n---\ntitle: Tea\ndate: 2024-01-31\n---",
)


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for a post that has neither a title nor a heading that is taken for one."""
    if "title" in reading.post.marks:
        return
    heading = without_markup(first_heading(reading.draft.body))
    if not (heading and heading.startswith(reading.post.title.removesuffix("…"))):
        key = reading.draft.keys.get("title")
        message = f"no title; readers will see {reading.post.title!r}, from the file name"
        yield problem(reading.post.shown, key.mark if key else START, CODE, message)


RULE: Rule[Reading] = Rule(code=CODE, check=check)
