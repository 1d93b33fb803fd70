"""A character reference that a reader shows as its letters: it was escaped twice, or is of no character."""

from __future__ import annotations

import re
from difflib import get_close_matches
from html.entities import html5
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.problems import Mark
    from feeder.subjects import Reading

CODE = Code(
    name="visible-entity",
    severity=Severity.WARNING,
    meaning="An entity such as `&nbsp;` that was escaped twice, or that HTML does not define, so that readers show it literally.",
    why="Subscribers read `&amp;` or `&nbsp;` in the middle of a sentence.",
    mend="Write the character itself; feeder escapes it where necessary.",
    example="Tea &amp;amp; milk\n--\nTea & milk",
)
_NAME = r"(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
_WRITTEN = re.compile(rf"(?P<escaped>&amp;|\\&){_NAME}|(?<![A-Z])&{_NAME}")
_PLAIN = re.compile(rf"&{_NAME}")
_TWICE = "readers will show this entity literally"
_UNKNOWN = "not an HTML entity; readers will show it literally"
_MANY = 20
"""Places that are told; more are those of a whole text that was escaped twice."""


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each such entity in the title, the summary, names and the body, of more than `_MANY` for the first so many."""
    found = list(_found(reading))
    for number, (mark, message, got) in enumerate(found[:_MANY], start=1):
        more = f"; and {len(found) - _MANY} more" if number == _MANY < len(found) else ""
        yield problem(reading.post.shown, mark, CODE, message + more, got)


def _found(reading: Reading) -> Iterator[tuple[Mark, str, str]]:
    for field, text in (("title", reading.post.title), ("summary", reading.post.summary)):
        if "&" in text:
            start, written = reading.written(field)
            told = list(_in_text(reading, start, written, text))
            yield from told
            if written and not told and (match := _PLAIN.search(text)) and _is_entity(match[1]):
                yield reading.mark(field), _TWICE, match[0]  # its syntax has another way to write it
    names = " ".join(
        (*(author.name for author in reading.post.authors), *(one.name for one in reading.post.categories))
    )
    for field in ("authors", "categories", "tags") if "&" in names else ():
        yield from _in_text(reading, *reading.written(field), names)
    if "&" in reading.body.prose:
        yield from _in_text(reading, 0, reading.body.prose, reading.text)


def _in_text(reading: Reading, start: int, written: str, shown: str) -> Iterator[tuple[Mark, str, str]]:
    """Yield what is wrong with the entities of a text that begins at an offset of the file, and is ``shown`` so."""
    for match in _WRITTEN.finditer(written):
        name = match[2] or match[3]
        twice = match["escaped"] is not None
        if twice is _is_entity(name) and f"&{name}" in shown:
            mark = reading.body.mark(start + match.start())
            yield mark, _TWICE if twice else _UNKNOWN + _meant(name), match[0]


def _is_entity(name: str) -> bool:
    return name.startswith("#") or name in html5


def _meant(name: str) -> str:
    near = get_close_matches(name, html5, 1, 0.8)
    return f"; did you mean &{near[0]}?" if near else ""


RULE: Rule[Reading] = Rule(code=CODE, check=check)
