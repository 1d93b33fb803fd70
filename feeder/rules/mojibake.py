"""Text that was decoded wrongly somewhere on its way: Ã© for é, or characters that are lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.codespans import code_spans
from feeder.kinds import Rule
from feeder.nodes import Items, Scalar
from feeder.postnames import is_no_markdown
from feeder.problems import Code, Problem, Severity, problem
from feeder.trees.places import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeder.nodes import Node
    from feeder.problems import Mark
    from feeder.subjects import Manuscript

CODE = Code(
    name="mojibake",
    severity=Severity.WARNING,
    meaning="Text that was once decoded with the wrong encoding, such as `Ã©` for `é`, or `�`.",
    why="Subscribers see the garbled characters, and search does not find the words.",
    mend="Restore the intended characters, and save the file as UTF-8.",
    example="title: CafÃ©\n--\ntitle: Café",
)
# What UTF-8's bytes are called in Windows-1252: a first byte's letter, and the signs that go on with it.
_GOES_ON = "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
_GARBLED = re.compile(
    rf"\ufffd|\u00ef\u00bb\u00bf|[\u00c2-\u00c3][{_GOES_ON}]|\u00e2[\u20ac\u201a\u201e][{_GOES_ON}]|\u00f0\u0178[{_GOES_ON}]{{2}}"
    rf"|(?:[\u00d0\u00d1\u00ce\u00cf][{_GOES_ON}]){{2,}}"
)
_TYPOGRAPHY = frozenset(
    "\u00a0\u00ab\u00bb\u00b7\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u201a\u201e\u2039\u203a\u2022"
)
"""Signs that may well follow a capital letter: « À QUI EST LÂ… »."""


_MANY = 20
"""Places that are told; more are those of a whole text in the wrong encoding."""


def check(subject: Manuscript) -> Iterator[Problem]:
    """Yield a problem for each place with garbled text, of more than `_MANY` for the first so many."""
    lines = Lines(subject.text)
    found = [(match[0], lines.mark(match.start())) for match in _in_text(subject)]
    found += [
        (garbled, mark) for garbled, mark in _in_values(subject.draft.fields.values()) if garbled not in subject.text
    ]
    for number, (garbled, mark) in enumerate(found[:_MANY], start=1):
        meant = _meant(garbled)
        message = "text decoded with the wrong encoding" + (f"; {garbled!r} should be {meant!r}" if meant else "")
        if number == _MANY < len(found):
            message += f"; and {len(found) - _MANY} more"
        yield problem(subject.draft.shown, mark, CODE, message, garbled)


def _in_text(subject: Manuscript) -> list[re.Match[str]]:
    """Return what is garbled in a file as it is written, but for code, which may be about that."""
    text = subject.text
    found = [] if text.isascii() else [match for match in _GARBLED.finditer(text) if _is_garbled(match, text)]
    if not found:
        return []
    start = min(subject.draft.start, len(text))
    spans = code_spans(text[start:], html=is_no_markdown(subject.draft.path))
    code = [(start + span.start, start + span.end) for span in spans if span.kind != "comment"]
    return [match for match in found if not any(first <= match.start() < end for first, end in code)]


def _in_values(nodes: Iterable[Node]) -> Iterator[tuple[str, Mark]]:
    """Yield what is garbled in the values of front matter, which may be written with escapes, and the place of each."""
    for node in nodes:
        if isinstance(node, Scalar):
            if not node.text.isascii():
                for match in _GARBLED.finditer(node.text):
                    if _is_garbled(match, node.text):
                        yield match[0], node.mark
        else:
            yield from _in_values(node.items if isinstance(node, Items) else (value for _, value in node.pairs))


def _is_garbled(match: re.Match[str], text: str) -> bool:
    before = text[match.start() - 1 : match.start()]
    return not (match[0][0] in "\u00c2\u00c3" and match[0][1] in _TYPOGRAPHY and before.isupper())


def _meant(garbled: str) -> str:
    try:
        return b"".join(_byte(character) for character in garbled).decode()
    except UnicodeError:
        return ""


def _byte(character: str) -> bytes:
    return character.encode("latin-1" if character < "\u0100" else "cp1252")


RULE: Rule[Manuscript] = Rule(code=CODE, check=check)
