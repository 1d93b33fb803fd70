"""A comment that is to switch a rule, and says nothing that feeder knows: it does nothing."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from feeder.bodies.directives import SEVERITIES, Word, comments
from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem
from feeder.trees.places import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeder.subjects import Manuscript

CODE = Code(
    name="unknown-rule",
    severity=Severity.WARNING,
    meaning="A `# feeder:` comment without a known code or severity; it has no effect.",
    why="The problem it was meant to turn off is still reported, or the one it was meant to raise is not.",
    mend="Write `off`, `note`, `warning` or `error`, then one or more problem codes, then optionally `--` and a reason.",
    example="# feeder: off missing-sumary\n--\n# feeder: off missing-summary",
)


def check(subject: Manuscript) -> Iterator[Problem]:
    """Yield a problem for each such comment, at its first word that is out of place."""
    for severity, codes in comments(subject.text, subject.draft.path):
        if severity.text not in SEVERITIES:
            yield _problem(subject, severity, f"a feeder comment must begin with {_WORDS}", SEVERITIES)
        elif not codes:
            yield _problem(subject, severity, "the comment names no problem code", ())
        elif unknown := [code for code in codes if code.text not in subject.codes]:
            several = len(unknown) > 1
            message = "no such codes; put a reason after --" if several else "no such code"
            said = Word(" ".join(code.text for code in unknown), unknown[0].offset)
            yield _problem(subject, said, message, subject.codes)


def _problem(subject: Manuscript, word: Word, message: str, known: Iterable[str]) -> Problem:
    near = get_close_matches(word.text.lower().partition(" ")[0], sorted(known), 1)
    message += f"; did you mean {near[0]!r}?" if near else ""
    return problem(subject.draft.shown, Lines(subject.text).mark(word.offset), CODE, message, word.text)


_WORDS = "off, note, warning or error"

RULE: Rule[Manuscript] = Rule(code=CODE, check=check)
