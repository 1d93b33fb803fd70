"""A link or a picture whose address stands elsewhere in the text, and does not: readers see its brackets."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from feeder.bodies.codespans import HIDDEN
from feeder.kinds import Rule
from feeder.patterns import pattern
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="undefined-reference",
    severity=Severity.WARNING,
    meaning="A link or picture such as `[text][label]` without a line `[label]: address` that says where it leads.",
    why="Readers show the brackets and the label, and there is no link to follow.",
    mend="Add a line with the label and the address, or correct the label; put a backslash before literal brackets.",
    example="See [the harbour][harbor].\n\n[harbour]: /harbour/\n--\nSee [the harbour][harbour].\n\n[harbour]: /harbour/",
)
_REFERENCE = pattern(
    r"(?<![\\\w\])])!?\[(?P<text>(?:[^\[\]\n\\]|\n(?![ \t]*\n)|\\.){1,300})\]\[(?P<label>[^\[\]\n\\]{0,100})\](?![\w(\[:])"
)
"""Two pairs of brackets that are not an index of a name's, nor part of a longer row."""
_DEFINITION = pattern(r"^[ \t>]*\[([^\]\n]+)\]:", re.MULTILINE)
_FORMULA = pattern(r"\$\$.+?\$\$|\$[^$\n]+\$|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)
_LETTERS = pattern(r"[^\W\d_]{2}")


_MANY = 20
"""Places that are told; more are those of a text whose definitions are lost, as in a block of code that is never closed."""


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each such link that the rendered text has as it is written, of more than `_MANY` for the first so many."""
    prose, text = reading.body.prose, reading.body.text
    if "][" not in prose or reading.body.html or "][" not in reading.text:
        return
    prose = _FORMULA.sub(lambda formula: " " * len(formula[0]), prose)
    defined = {_folded(text[slice(*match.span(1))]) for match in _DEFINITION.finditer(prose)}
    found = [
        (match, label)
        for match in _REFERENCE.finditer(prose)
        if (label := text[slice(*match.span("label" if match["label"] else "text"))])
        and _folded(label) not in defined
        and f"][{match['label']}]" in reading.text
        and _is_meant(match, defined, prose)
    ]
    for number, (match, label) in enumerate(found[:_MANY], start=1):
        near = get_close_matches(_folded(label), defined, 1)
        message = f"no line begins with [{' '.join(label.split())}]:"
        message += f"; did you mean [{near[0]}]?" if near else ""
        message += f"; and {len(found) - _MANY} more" if number == _MANY < len(found) else ""
        got = " ".join(text[slice(*match.span())].split())
        yield problem(reading.post.shown, reading.body.mark(match.start()), CODE, message, got)


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()


def _is_meant(match: re.Match[str], defined: Collection[str], prose: str) -> bool:
    """Whether two pairs of brackets are a link: by what is in them, or since the text has other links of the kind."""
    text, label = match["text"], match["label"]
    if text[0] in "^/#" or label[:1] in ("^", "@", "/") or f"[/{label or text}]" in prose:
        return False  # notes, citations, tags of forums
    if not (_LETTERS.search(text) or HIDDEN in text):
        return False
    several = len(text.split()) > 1 or match[0][0] == "!" or HIDDEN in text
    return bool(defined) or several or not label or label.isdecimal() or _folded(label) == _folded(text)


RULE: Rule[Reading] = Rule(code=CODE, check=check)
