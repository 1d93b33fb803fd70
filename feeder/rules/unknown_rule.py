"""A comment that switches a rule, and names one that there is not: it does nothing."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from feeder.directives import directives
from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem
from feeder.trees.places import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Manuscript

CODE = Code(
    name="unknown-rule",
    severity=Severity.WARNING,
    meaning="A `# feeder:` comment that names no code of feeder; it has no effect.",
    why="What it was meant to switch off is still told, or what it was meant to raise is not.",
    mend="Write one of the codes of this page.",
    example="# feeder: off missing-sumary\n--\n# feeder: off missing-summary",
)


def check(subject: Manuscript) -> Iterator[Problem]:
    """Yield a problem for each name in such a comment that is no code."""
    for directive in directives(subject.text):
        if directive.code not in subject.codes:
            near = get_close_matches(directive.code, sorted(subject.codes), 1)
            message = "there is no such code" + (f"; did you mean {near[0]!r}?" if near else "")
            mark = Lines(subject.text).mark(directive.offset)
            yield problem(subject.draft.shown, mark, CODE, message, directive.code)


RULE: Rule[Manuscript] = Rule(code=CODE, check=check)
