"""Markdown that Python-Markdown and CommonMark read alike, which comrak renders thirty times as fast.

What is known to be read alike is taken out of a body, from the innermost outwards. If nothing is left that means
anything, and the lines follow each other as both expect, the whole is read alike. This need not find all such bodies, but
must find no other: that both make the same HTML of those that it finds is a property test.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

# Noncharacters, which no author writes, stand for what is taken out.
_PART = "\ufdd2"
"""A part of a line that emphasis may hold."""
_WHOLE = "\ufdd3"
"""One that it may not."""
_FENCED, _DEFINED = "\ufdd4", "\ufdd5"
"""A line that is fenced code, or defines the address of references."""

_TEXT = r"(?:[^\n\\*_\[\]<{&`\ufdd3-\ufdd5]|(?<=[^\W_])_(?=[^\W_])|&(?![#\w])|<(?=[ =]))"
_URL = r'(?:[A-Za-z0-9:/?#.=,+~@!$_-]|%[0-9A-Fa-f]{2}|&(?!#|\w+;))+(?: "[^"\n\\<&*_`\[\]\ufdd2-\ufdd5]*")?'
_LABEL = r"[A-Za-z0-9][A-Za-z0-9 .-]*"
_NO_LINK = r"(?!\s?\[|[(:{])"
"""Behind brackets: no address, definition or second brackets, of which one of the two makes a link across a space."""

_FENCE = pattern(r"^(```|~~~)(?:[A-Za-z][\w+#-]*)? *\n(?:(?! *\1)[^\n]*\n)*\1 *$", re.MULTILINE)
_BLANK = pattern(r"^ +$", re.MULTILINE)
_DEFINITION = pattern(rf"^\[({_LABEL})\]: {_URL}$", re.MULTILINE)
_LABELLED = pattern(r"\]\[([^\]\n]+)\]")
_CODE = pattern(r"`(?<!``)(?!\s)(?:[^`&\n]|&(?!#))+(?<!\s)`(?!`)")
_IMAGE = pattern(rf"!\[(?!\^)[^\n\\*_\[\]<{{&`\ufdd2-\ufdd5]*\]\({_URL}\)")
_LINK = pattern(rf"\[(?<!!\[)(?!\^){_TEXT}*\]\({_URL}\)|<https?://[A-Za-z0-9:/?#.=,+~@$_-]+>")
_BRACKETS = pattern(rf"\[(?<!!\[)(?!\^)(?:{_TEXT}+\]\[(?:{_LABEL})?|[^\n\\*_\[\]<{{&`\ufdd2-\ufdd5]*)\]{_NO_LINK}")
_STARS = [
    pattern(
        rf"{star}(?<!\*{star})(?:(?=\w)|(?<![^\s(]{star})(?=[^\s*])){_TEXT}+?"
        rf"(?:(?<=\w){star}(?!\*)|(?<=[^\s*]){star}(?![^\s.,;:!?)]))"
    )
    for star in (r"\*\*", r"\*")
]
_LOW_LINES = [pattern(rf"{line}(?<![^\s(]{line})(?=\w){_TEXT}+?(?<=\w){line}(?![^\s.,;:!?)])") for line in ("__", "_")]
"""Where nothing beside the signs makes one of the two take them otherwise."""
_MEANING = r"\\\[\]{`\t\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff"
_LEFT = pattern(  # a class first, by which the text is searched ten times as fast
    rf"[{_MEANING}*_&<](?:(?<=[{_MEANING}])|(?<=\*)(?<!\n\*)(?<!\n    \*)"
    r"|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))|(?<=&)(?=[#\w])|(?<=<)(?![ =]))"
)
"""What means something, or might. A star that begins a line can only be a bullet: a line of text has none there."""


def _lines() -> str:
    """Return the pattern of lines that both take for the same blocks; two empty ones stand before the first."""
    line = r"(?![#>=:|~+*\ufdd4\ufdd5-]|\d+[.)])\S[^\n]*\n"
    text = rf"{line}(?: {{1,8}}{line})*"
    names = iter(("outer", "within", "below"))

    def kinds(margin: str = "") -> Iterator[tuple[str, str]]:
        """Yield what tells the sign of a list, and what begins its items: one sign all through."""
        yield rf"(?={margin}(?P<{(name := next(names))}>[-*+]))", rf"{margin}(?P={name}) {{1,3}}"
        yield rf"(?={margin}1\.)", rf"{margin}\d{{1,4}}\. {{1,2}}"

    def inner() -> str:
        return f"(?:{'|'.join(f'{sign}(?:{item}{line})+' for sign, item in kinds('    '))})?"

    lists = (rf"{sign}(?:{item}{text}(?:\n+{item}{text})+|(?:{item}{text}{inner()})+)" for sign, item in kinds())
    heading = r"#{1,6} +(?=[^\s#])[^\n]*(?<![#\s])\n"
    after_lists = r"(?!\n*(?: |[-*+] |\d+[.)]|\ufdd5))"
    alone = rf"(?:(?:{'|'.join(lists)}){after_lists}|(?:> {line})+(?!\n*[>\ufdd5])|-{{3,}} *\n|(?:{_DEFINED}\n)+)"
    return rf"(?>(?:\n|{_FENCED}\n|{heading}|(?<=\n\n){alone}(?=\n|\Z)|(?:{line})+)*)"


_LINES = pattern(_lines())


def is_alike(body: str) -> bool:
    """Whether Python-Markdown and CommonMark make the same of a body, but for white space that nobody sees."""
    text = "\n\n" + body.rstrip(" \n") + "\n"
    if "```" in text or "~~~" in text:
        text = _FENCE.sub(_FENCED, text)
    if "\n " in text:
        text = _BLANK.sub("", text)
    if "]: " in text:
        labels = [label.lower() for label in _DEFINITION.findall(text)]
        if len(set(labels)) < len(labels) or not {label.lower() for label in _LABELLED.findall(text)} <= set(labels):
            return False  # which one is meant differs, or what brackets mean before those of an unknown label
        text = _DEFINITION.sub(_DEFINED, text)
    if "`" in text:
        text = _CODE.sub(_PART, text)
    if "[" in text or "<" in text:
        text = _BRACKETS.sub(_WHOLE, _LINK.sub(_PART, _IMAGE.sub(_PART, text)))
    for sign, patterns in (("*", _STARS), ("_", _LOW_LINES)):
        if sign in text:
            for emphasis in patterns:
                text = emphasis.sub(_WHOLE, text)
    return not _LEFT.search(text) and _LINES.fullmatch(text) is not None
