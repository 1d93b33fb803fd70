"""A value that YAML 1.1 takes for something else than its characters: other programs read another text than feeder."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem
from feeder.subjects import scalars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Manuscript

CODE = Code(
    name="yaml-value",
    severity=Severity.WARNING,
    meaning="An unquoted value that YAML 1.1 turns into something else, such as `no` or `12:30:00`; feeder uses it as written.",
    why="Other programs that read the file show `false`, `45000` or `1.1`, so the page and the feed differ.",
    mend="Quote the value.",
    example='title: no\n--\ntitle: "no"',
)
_TEXTS = ("title", "summary", "categories", "tags", "authors", "id", "slug", "language")
# https://yaml.org/type/: bool, float, int and timestamp of YAML 1.1, as far as they do not come back as they were.
_OTHER = (
    (re.compile(r"(?:yes|no|on|off|true|false)", re.IGNORECASE), "true or false"),
    (re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"), "a number in base 60"),
    (re.compile(r"[-+]?0[0-7_]+"), "an octal number"),
    (re.compile(r"[-+]?0(?:b[01_]+|x[0-9a-fA-F_]+)"), "a number"),
    (re.compile(r"[-+]?[0-9][0-9]*_[0-9_]*"), "a number"),
    (re.compile(r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*0|[0-9][0-9_]*\.|\.[0-9]+|[0-9][0-9.]*[eE][-+][0-9]+)"), "a decimal number"),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), "a number"),
    (re.compile(r"\d{4}-\d\d-\d\d"), "a date"),
)  # fmt: skip

_BEGINS = frozenset("yntfoYNTFO+-.0123456789")
"""What a value of `_OTHER` begins with."""


def check(subject: Manuscript) -> Iterator[Problem]:
    """Yield a problem for each such value of a field that is text; what is wrong with a date, `bad-date` says."""
    if not subject.text.lstrip().startswith("---"):
        return
    lines = subject.text.split("\n")
    for folded, node in subject.draft.fields.items():
        field = subject.dialect.ranks.get(folded, ("", 0))[0]
        for value in scalars(node):
            written = lines[value.mark.line - 1][value.mark.column - 1 :]
            if not written.startswith(value.text):
                continue  # quoted, folded, or an alias
            kind = _other_kind(value.text) if field in _TEXTS else ""
            if kind and value.text:
                message = f"YAML 1.1 reads this unquoted value as {kind}"
                yield problem(subject.draft.shown, value.mark, CODE, message, value.text)._replace(
                    hint=f'write "{value.text}"'
                )


def _other_kind(text: str) -> str:
    if text[:1] not in _BEGINS:
        return ""
    return next((kind for shape, kind in _OTHER if shape.fullmatch(text)), "")


RULE: Rule[Manuscript] = Rule(code=CODE, check=check)
