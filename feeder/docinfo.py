"""What a text in reStructuredText says of itself: its title and the fields around it, or comments, as Nikola has them.

Part of `headers`. Lines are enough for it, so no post is parsed but those that some feed shows, and each field has its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.nodes import Scalar
from feeder.patterns import pattern
from feeder.problems import Mark
from feeder.records import NamedTuple
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RULE = pattern(r"([!-/:-@\[-`{-~])\1+")
"""A line that is under a title, or above it, too."""
_FIELD = pattern(r":(?P<key>(?![: ])(?:[^:\\`]|\\.|:(?![ \t`]|$))+):(?:[ \t]+(?P<value>.*)|$)")
_COMMENT = pattern(r"\.\. (?P<key>[a-z][\w-]*):(?![:\w])[ \t]*(?P<value>.*)")
"""A comment of Nikola's, which is no directive."""
_EXPLICIT = pattern(r"\.\.(?: |$)(?![^\n`]*::)")
"""A comment, or the target of a link."""
_SHORTEST = 4
"""Signs that are enough below a title that is longer."""
_ROLE = re.compile(r":[\w.:+-]+:(?=`)|(?<=`):[\w.:+-]+:")
_LINKED = re.compile(r"`([^`<]*?)\s*<[^`<>]*>`__?")
_MARKED = re.compile(r"``(.+?)``|`([^`]+)`_{0,2}|(?<![\w*])\*\*?(\S(?:[^*]*\S)?)\*\*?(?![\w*])")
_ESCAPE = re.compile(r"\\(?:\s|(.))")


class Told(NamedTuple):
    """A field, or the title, with its key: where it begins in the text, and where what follows it does."""

    key: Scalar
    value: Scalar
    start: int
    end: int


class _Line(NamedTuple):
    number: int
    start: int
    end: int
    text: str


def told(text: str) -> list[Told]:
    """Return what a text says of itself before it begins, what counts first: the fields, of which a later one goes before.

    Last is its title, which a field may give, too.
    """
    lines = list(_lines(text))
    fields: list[Told] = []
    titles: list[Told] = []
    at = 0
    while at < len(lines):
        if not lines[at].text:
            at += 1
        elif found := _field(lines, at):
            fields.append(found)
            at = _past_block(lines, at)
        elif found := _heading(lines, at):
            below = lines[at].number + text.count("\n", found.start, found.end) - 1
            if titles and not _field(lines, _next(lines, below)):
                break  # a section of the text; else a second title
            titles.append(found)
            at = below
        elif not titles and _EXPLICIT.match(lines[at].text):
            at = _past_block(lines, at)
        else:
            break
    return [*reversed(fields), *titles[:1]]


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        yield _Line(number, start, start + len(line) + 1, line.rstrip())
        start += len(line) + 1


def _field(lines: Sequence[_Line], at: int) -> Told | None:
    """Return the field that begins in a line, with what is indented below it, None where there is none."""
    if at >= len(lines):
        return None
    line = lines[at]
    more = [one for one in lines[at + 1 : _past_block(lines, at)] if one.text]
    match = _FIELD.fullmatch(line.text) or (None if more else _COMMENT.fullmatch(line.text))
    if match is None:
        return None
    value = (match["value"] or "").strip()
    place = Mark(line.number, max(match.start("value"), match.end("key") + 1) + 1)
    if more and not value:
        place = Mark(more[0].number, len(more[0].text) - len(more[0].text.lstrip()) + 1)
    whole = " ".join(filter(None, (value, *(one.text.strip() for one in more))))
    key = Scalar(match["key"].strip(), Mark(line.number, match.start("key") + 1))
    return Told(key, Scalar(plain(whole), place), line.start, (more or [line])[-1].end)


def _heading(lines: Sequence[_Line], at: int) -> Told | None:
    """Return the title that begins in a line, None where there is none."""
    first, second, third = (line.text for line in (*lines[at : at + 3], *(_Line(0, 0, 0, ""),) * 2)[:3])
    if _RULE.fullmatch(first) and first == third and len(first) >= min(len(second), _SHORTEST) and second:
        number, end = at + 1, at + 2
    elif second and _RULE.fullmatch(second) and first[0] != " " and len(second) >= min(len(first), _SHORTEST):
        number, end = at, at + 1
    else:
        return None
    line = lines[number]
    mark = Mark(line.number, len(line.text) - len(line.text.lstrip()) + 1)
    # As docutils hands it on: what is no markup here must not be taken for that of HTML.
    text = escape(plain(line.text.strip()))
    return Told(Scalar("title", mark), Scalar(text, mark), lines[at].start, lines[end].end)


def _past_block(lines: Sequence[_Line], at: int) -> int:
    """Return the number of the line behind those that are indented below one."""
    at += 1
    while at < len(lines) and (not lines[at].text or lines[at].text[0] in " \t"):
        at += 1
    return at


def _next(lines: Sequence[_Line], at: int) -> int:
    return next((number for number in range(at, len(lines)) if lines[number].text), len(lines))


def plain(text: str) -> str:
    """Return a line of reStructuredText as text, without the marks of emphasis, code and links."""
    if "`" in text:
        text = _LINKED.sub(r"\1", _ROLE.sub("", text))
    if "`" in text or "*" in text:
        text = _MARKED.sub(lambda match: match[1] or match[2] or match[3], text)
    return _ESCAPE.sub(lambda match: match[1] or "", text) if "\\" in text else text
