"""A body -> text, code, and tags between signs such as ``{%`` and ``%}``; in time that grows with the body and no faster."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.bodies.codespans import Span, Verbatim, code_spans
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_DEPTH = 40
"""Levels of blocks within blocks."""
MAX_TAGS = 10_000
"""Tags and pieces of code that are looked at: what follows more is left to `feeder.markup.leftovers`."""
_LONGEST = 20_000
"""Characters of a tag; what is longer is none."""
_NEAR = 200
"""Characters before and after a tag that are looked at, to tell whether it stands alone on its line."""
_VERBATIM = frozenset({"raw", "code", "comment"})
"""The meanings of tags that hold no text that is to be read for other tags."""
_BLANK = re.compile(r"\n[ \t]*\n")
_VALUE = re.compile(r"""=\s*+(?:"(?:[^"\\]|\\.)*+"|'[^']*+')""", re.DOTALL)
"""What a tag is told by a name, which may be text of several paragraphs."""
_QUOTES = '"`'
_RAW = re.compile(r"`[^`]*+`")
_OUTSIDE = re.compile(r"""(?>(?:[^"`>%]++|"(?:[^"\\\n]++|\\.)*+"|`[^`]*+`)*)""")
_MANY = 1_000
"""Signs in a tag that might have closed it."""
_ARGUMENT = re.compile(
    r"""(?P<key>[A-Za-z_][\w-]*+)[ \t\n]*=[ \t\n]*(?P<value>"(?:[^"\\]|\\.)*+"|'[^']*'|`[^`]*`|[^\s,"']+)"""
    # as Liquid has it, and tables in Nunjucks; a colon within running text ends no name
    r"""|(?P<mark>["']?)(?P<name>[A-Za-z_][\w-]*+)(?P=mark):\s*(?P<given>"(?:[^"\\]|\\.)*+"|'[^']*'|(?:true|false|-?\d++(?:\.\d++)?)(?=\s*(?:[,}]|$)))"""
    r"""|\{(?=\s*["']?[A-Za-z_][\w-]*+["']?:\s)|\}(?=\s*(?:,|$))"""
    r"""|(?P<quoted>"(?:[^"\\]|\\.)*+"|'[^']*'|`[^`]*`)|(?P<word>[^\s,]+)|,""",
    re.DOTALL,
)


class Tag(NamedTuple):
    """A tag in a body: where it is, the sign that opens it, and what is in it; None for a sign that nothing closes."""

    start: int
    end: int
    sign: str
    text: str | None


class Signs(NamedTuple):
    """A pattern for what opens a tag, and what closes each."""

    opening: re.Pattern[str]
    closing: Mapping[str, str]
    quoted: bool = False
    """Whether what closes a tag, or a blank line, may stand in quotes within it."""


def pieces(body: str, spans: Sequence[Span], signs: Signs) -> Iterator[str | Span | Tag]:
    """Yield a body in its parts: running text, code, and the tags outside code."""
    scan = _Scan(body, signs)
    at = number = 0
    for _ in range(MAX_TAGS):
        opening = scan.opening(at)
        start = opening.start() if opening else len(body)
        while number < len(spans) and spans[number].start < at:
            number += 1  # it begins within a tag
        if number < len(spans) and spans[number].start <= start:
            span = spans[number]
            yield body[at : span.start]
            yield span
            at = span.end
            number += 1
            continue
        yield body[at:start]
        if opening is None:
            return
        tag = scan.tag(opening)
        yield tag
        at = tag.end
    yield body[at:]


class _Scan:
    """Looks for signs, and remembers the next of each, so that none is sought twice."""

    def __init__(self, body: str, signs: Signs) -> None:
        self._body = body
        self._signs = signs
        self._next: re.Match[str] | None = None
        self._fresh = False
        self._found: dict[str, int] = {}

    def opening(self, at: int) -> re.Match[str] | None:
        if not self._fresh or (self._next and self._next.start() < at):
            self._next = self._signs.opening.search(self._body, at)
            self._fresh = True
        return self._next

    def tag(self, opening: re.Match[str]) -> Tag:
        sign = opening[0]
        start, inside = opening.start(), opening.end()
        closing = self._signs.closing[sign]
        end = self._position(closing, inside)
        again = self._position(sign, inside)
        near = 0 <= end <= start + _LONGEST and not 0 <= again < end
        if near and self._signs.quoted and _is_open(self._body[inside:end]):
            end = self._behind_quotes(closing, inside, end)
        if end < 0 or end - start > _LONGEST or 0 <= again < end:
            return Tag(start, inside, sign, None)
        text = self._body[inside:end]
        values = _RAW if self._signs.quoted else _VALUE
        if sign != "{#" and _BLANK.search(text) and _BLANK.search(values.sub("", text)):
            return Tag(start, inside, sign, None)
        return Tag(start, end + len(closing), sign, text)

    def _behind_quotes(self, closing: str, inside: int, end: int) -> int:
        """Return where a tag ends whose quotes count; ``end``, where it closes first, for one that has them unpaired."""
        at = inside
        for _ in range(_MANY):
            part = _OUTSIDE.match(self._body, at, inside + _LONGEST)
            at = part.end() if part else at
            if self._body.startswith(closing, at):
                return at
            if at >= min(len(self._body), inside + _LONGEST) or self._body[at] in _QUOTES:
                break
            at += 1
        return end

    def _position(self, sign: str, at: int) -> int:
        found = self._found.get(sign, 0)
        if 0 <= found < at:
            found = self._found[sign] = self._body.find(sign, at)
        return found


def _is_open(text: str) -> bool:
    """Whether a text may end within quotes."""
    return any(text.count(quote) % 2 for quote in _QUOTES)


def spans_of(body: str, tags: Mapping[str, str], syntax: str, *, html: bool) -> list[Span]:
    """Return what of a body is code, the generator's own blocks of it included."""
    return code_spans(body, html=html, verbatim=verbatim_blocks(tags, (syntax,)))


def verbatim_blocks(tags: Mapping[str, str], syntaxes: Sequence[str]) -> Verbatim | None:
    """Return which tags hold code, in the first of the syntaxes that has such; None when none has."""
    names = tuple(sorted(name for name, meaning in tags.items() if meaning in _VERBATIM))
    syntax = next((name for name in syntaxes if name in {"liquid", "nunjucks", "shortcodes"}), "")
    return _blocks(names, syntax) if names and syntax else None


@lru_cache(16)
def _blocks(names: Sequence[str], syntax: str) -> Verbatim:
    either = "|".join(map(re.escape, names))
    if syntax == "shortcodes":
        return Verbatim(
            rf"\{{\{{[<%]-?\s*(?P<verbatim>{either})(?![\w-])(?:[^{{}}\n/]|/(?![>%])){{0,500}}[>%]\}}\}}",
            r"\{\{[<%]\s*/\s*{}\s*[>%]\}\}",
        )
    return Verbatim(
        rf"\{{%[-+]?\s*(?P<verbatim>{either})(?![\w-])[^{{}}\n]{{0,500}}%\}}",
        r"\{%[-+]?\s*end{}(?:\s[^%\n]{0,100})?-?%\}",
    )


def arguments(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the words and the named values of a tag's arguments, without their quotes."""
    words: list[str] = []
    named: dict[str, str] = {}
    for match in _ARGUMENT.finditer(text):
        if name := match["key"] or match["name"]:
            named[name.lower()] = unquoted(match["value"] or match["given"])
        elif word := match["quoted"] or match["word"]:
            words.append(unquoted(word))
    return tuple(words), named


def unquoted(text: str) -> str:
    """Return text without the quotes around it, and without what keeps a quote from ending it."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'`":
        return text[1:-1].replace('\\"', '"') if text[0] == '"' else text[1:-1]
    return text


def margin(body: str, start: int) -> str | None:
    """Return the white space before a tag that begins its line, None for one that does not."""
    _, newline, before = body[max(0, start - _NEAR) : start].rpartition("\n")
    return None if before.strip(" \t") or not (newline or start <= _NEAR) else before


def ends_line(body: str, end: int) -> bool:
    """Whether nothing follows a tag on its line."""
    after, newline, _ = body[end : end + _NEAR].partition("\n")
    return not after.strip() and bool(newline or end + _NEAR >= len(body))
