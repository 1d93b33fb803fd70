"""Emphasis that its writer sees and CommonMark does not -> HTML: beside words and signs, where no space stands."""

from __future__ import annotations

import re

_INSIDE = r"(?:[^*\n\\]|\\.|\n(?![ \t]*\n)){0,300}?"
"""Of emphasis: a few lines of one paragraph."""
EMPHASIS = rf"(?P<emphasis>(?<![*\\])(?P<stars>\*\*?)(?![\s*])(?P<inside>{_INSIDE}[^\s*\\])(?P=stars)(?!\*))"
"""A pattern for `as_html`, a part of those of whole bodies."""
_KEPT_SPACES = re.compile("\u00a0[*_]|[*_]\u00a0")
_SPACED = "|".join(
    rf"{before}(?P<{name}>{sign}{sign}?)(?!{sign})(?P<{name}before>\u00a0[ \u00a0]*)?"
    rf"(?P<{name}inside>[^\s{sign}](?:(?:[^{sign}\n\\]|\\.|\n(?![ \t]*\n)){{0,300}}?[^\s{sign}\\])?)"
    rf"(?P<{name}after>[ \u00a0]*\u00a0)?(?P={name}){after}"
    for name, sign, before, after in (
        ("star", r"\*", r"(?<![*\\])", r"(?!\*)"),
        ("bar", "_", r"(?<![\w\\-])", r"(?!\w)"),
    )
)
_CJK = r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
_STRONG_BESIDE = re.compile(rf"{_CJK}.?\*\*|\*\*.?{_CJK}")
_LETTER = re.compile(_CJK)


def as_html(match: re.Match[str]) -> str:
    """Return emphasis as HTML where CommonMark sees none: a sign within it and a word beside it."""
    inside, text = match["inside"], match.string
    before, after = text[: match.start()][-1:], text[match.end() : match.end() + 1]
    opens = inside[0].isalnum() or not before.isalnum()
    closes = inside[-1].isalnum() or not after.isalnum()
    if opens and closes:
        return match[0]
    name = "strong" if len(match["stars"]) > 1 else "em"
    return f"<{name}>{inside}</{name}>"


def with_spaces_outside(body: str, code: str) -> str:
    """Return a body whose emphasis begins and ends with a word, not with a space that is kept; ``code`` matches what stays.

    For CommonMark, no emphasis has such a space at an end of it. What was written in a word processor often has.
    """
    if _KEPT_SPACES.search(body) is None:
        return body
    return re.sub(rf"(?P<code>{code})|{_SPACED}", _outside, body, flags=re.MULTILINE | re.DOTALL)


def _outside(match: re.Match[str]) -> str:
    name = "star" if match["star"] else "bar"
    before, inside, after = (match[f"{name}{part}"] or "" for part in ("before", "inside", "after"))
    return f"{before}{match[name]}{inside}{match[name]}{after}" if before or after else match[0]


def with_strong(body: str, code: str) -> str:
    """Return a body whose strong emphasis in Chinese, Japanese or Korean is HTML where it has to be; ``code`` matches what stays.

    Other signs stay what CommonMark takes them for: a star may be one of a file's name.
    """
    if _STRONG_BESIDE.search(body) is None:
        return body
    return re.sub(rf"(?P<code>{code})|{EMPHASIS}", _strong, body, flags=re.MULTILINE | re.DOTALL)


def _strong(match: re.Match[str]) -> str:
    if match["code"] is not None or match["stars"] == "*":
        return match[0]
    edges = match.string[max(match.start() - 1, 0) : match.end() + 1].replace(match["inside"][1:-1], "", 1)
    return as_html(match) if _LETTER.search(edges) else match[0]
