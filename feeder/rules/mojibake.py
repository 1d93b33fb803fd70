"""Text that was decoded wrongly somewhere on its way: Ã© for é, or characters that are lost."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from feeder.bodies.codespans import code_spans
from feeder.kinds import Rule
from feeder.nodes import Scalar, walk
from feeder.problems import Code, Problem, Severity, problem
from feeder.texts.postnames import is_no_markdown
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
# What UTF-8's bytes are called in Windows-1252 and Windows-1251: a first byte's letter, and the signs that go on with it.
_GOES_ON = "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
_GOES_ON_1251 = bytes(set(range(0x80, 0xC0)) - {0x98}).decode("cp1251")
_TYPOGRAPHY = "\u00a0\u00ab\u00bb\u00b7\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u201a\u201e\u2039\u203a\u2022"
_USUAL = f"{_TYPOGRAPHY}\u00a2-\u00aa\u00ae-\u00b6\u00b9\u00ba\u2020\u2021\u2122\u20ac\u2030"
"""Signs that may well follow a letter: « À QUI EST LÂ… », 5 Å², CAFÉ™."""
_GARBLED = re.compile(
    rf"\ufffd|\u00ef\u00bb\u00bf|\u00e2[\u20ac\u201a\u201e][{_GOES_ON}]|\u00f0\u0178[{_GOES_ON}]{{2}}"
    rf"|(?P<two>(?:[\u00c4-\u00df][{_GOES_ON}]){{2,}})|[\u00c2-\u00c3][{_GOES_ON}]"
    rf"|[\u00c4\u00c5](?:(?![{_USUAL}]|[^\W\d_])[{_GOES_ON}]|[\u0152-\u017e\u0192\u02c6\u201a-\u201e\u00a2-\u00b1](?=[a-z]))"
    rf"|(?P<three>(?:[\u00e0-\u00ef][{_GOES_ON}]{{2}})+)"
    rf"|(?:[\u0420\u0421][{_GOES_ON_1251}]){{3,}}|\u0432\u0402[{_GOES_ON_1251}]"
)
_FAR = frozenset("\u00ce\u00cf\u00d0\u00d1\u00d7\u00d8\u00d9")
"""First bytes of letters of Greek, Cyrillic, Hebrew and Arabic: two words' worth of them in a row are no accident."""
_SIGNS = re.compile(f"[{_USUAL}]")
_CAPITALS = "\u00c2\u00c3\u00c4\u00c5"
_OPENED = {"\u203a": "\u2039", "\u00bb": "\u00ab", "\u201d": "\u201c\u201e"}
"""What ends a quote -> what may have opened it."""
_QUOTED = 1_000
"""Characters that a quote may have."""
_FIRST, _RARE = "\u0900", range(0x3400, 0x4DC0)
"""Where scripts begin whose signs take three bytes; signs that hardly any text has."""


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
        message = "text decoded with the wrong encoding" + _advice(garbled)
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
    for node in chain.from_iterable(map(walk, nodes)):
        if isinstance(node, Scalar) and not node.text.isascii():
            for match in _GARBLED.finditer(node.text):
                if _is_garbled(match, node.text):
                    yield match[0], node.mark


def _is_garbled(match: re.Match[str], text: str) -> bool:
    said, before, after = match[0], text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if match["two"]:
        return _meant(said).isalpha() and (said[0] in _FAR or len(_SIGNS.findall(said)) < len(said) / 2)
    if match["three"]:
        meant = _meant(said)
        if not meant or any(one < _FIRST or ord(one) in _RARE for one in meant):
            return False
        alone = len(meant) == 1 and len(_SIGNS.findall(said)) == 2  # noqa: PLR2004 - both signs, as of quotes that end
        return not alone or after.isalpha() or not _closes(said, text[max(match.start() - _QUOTED, 0) : match.start()])
    if said[0] not in _CAPITALS or not before.isupper():
        return True
    two = text[max(match.start() - 2, 0) : match.start()]
    in_capitals = two.isalpha() and two.isupper() and not after.isalpha()  # BRASÃ® is a name and its sign
    return said[1] not in f"{_TYPOGRAPHY}\u0160\u0152\u017d" and not (in_capitals and _SIGNS.match(said[1]))


def _closes(signs: str, before: str) -> bool:
    """Whether quotes that end were opened before."""
    return all(any(opening in before for opening in _OPENED[sign]) for sign in signs if sign in _OPENED)


def _meant(garbled: str) -> str:
    """Return what was read wrongly, "" where it was not, or nobody can tell."""
    for encoding in ("cp1252", "cp1251"):
        try:
            return b"".join(_byte(character, encoding) for character in garbled).decode()
        except UnicodeError:
            continue
    return ""


def _advice(garbled: str) -> str:
    """Return what to put in the place of garbled text, "" where nobody can tell."""
    meant = _meant(garbled)
    if meant == "\ufeff":
        return f"; {garbled!r} is a byte order mark: remove it"
    if "\ufffd" in meant:
        return f"; {garbled!r} stands for characters that are lost: look them up"
    return f"; {garbled!r} should be {meant!r}" if meant else ""


def _byte(character: str, encoding: str) -> bytes:
    return character.encode("latin-1" if character < "\u0100" and encoding == "cp1252" else encoding)


RULE: Rule[Manuscript] = Rule(code=CODE, check=check)
