"""A character reference that a reader shows as its letters: it was escaped twice."""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.plaintext import escape
from feeder.problems import Code, Mark, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="visible-entity",
    severity=Severity.WARNING,
    meaning="An entity such as `&nbsp;` that was escaped twice, so that readers show its letters.",
    why="Subscribers read `&amp;` or `&nbsp;` in the middle of a sentence.",
    mend="Write the character itself; feeder escapes what needs to be.",
    example="Tea &amp;amp; milk\n--\nTea & milk",
)
_ESCAPED = re.compile(r"(?:&amp;|\\&)(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_PLAIN = re.compile(r"&(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each such entity in the body, the title and the summary."""
    for field, text in (("title", reading.post.title), ("summary", reading.post.summary)):
        if (match := _PLAIN.search(text)) and _is_entity(match[1]):
            yield _found(reading, reading.mark(field), match[0])
    for match in _ESCAPED.finditer(reading.body.prose):
        if _is_entity(match[1]) and escape(f"&{match[1]}") in reading.html:
            yield _found(reading, reading.body.mark(match.start()), match[0])


def _found(reading: Reading, mark: Mark, got: str) -> Problem:
    return problem(reading.post.shown, mark, CODE, "readers will show the letters of this entity", got)


def _is_entity(name: str) -> bool:
    return name.startswith("#") or name in html5


RULE: Rule[Reading] = Rule(code=CODE, check=check)
