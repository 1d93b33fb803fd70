"""A post's body as its author wrote it -> links and pictures with their places, code and comments left out."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from feeder.plaintext import resolve_references
from feeder.trees.places import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.problems import Mark

HIDDEN = "\ufdd0"
"""Stands in for each character of code and comments: a noncharacter, which no text that was read has."""
_RAW = re.compile(
    r"^[ \t>*+-]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?^[ \t>]*(?P=fence)[`~]*[ \t]*$|.*\Z)"
    r"|<!--.*?-->"
    r"|<(?P<tag>pre|code|script|style|textarea|svg|math)\b.{0,50000}?</(?P=tag)\s*>"
    r"|(?<![`\\])(?P<ticks>`{1,8})(?!`)(?:[^`\n]|\n(?![ \t]*\n)|(?!(?P=ticks)(?!`))`)+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_RAW_HTML = re.compile(
    r"<!--.*?-->|<(?P<tag>pre|code|script|style|textarea|svg|math)\b.{0,50000}?</(?P=tag)\s*>",
    re.DOTALL | re.IGNORECASE,
)
_ITEM = re.compile(r"[ \t]*(?:[*+-]|\d+[.)])[ \t]|:[ \t]|\[\^")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)[ \t]*\S")
_TARGET = r"<?(?P<{name}>[^\s<>()]*(?:\([^\s()]*\)[^\s()<>]*)*)"
_LINK = re.compile(rf"(?<!\\)\]\([ \t]*{_TARGET.format(name='inline')}"
                   rf"|^[ ]{{0,3}}\[[^\]\[^\n][^\]\n]*\]:[ \t]+{_TARGET.format(name='defined')}"
                   r"|<(?P<auto>https?://[^\s<>]+)>"
                   r"|(?<![\w\"'=(<\[:/])(?P<bare>https?://[^\s<>\"')\]]+)", re.MULTILINE)  # fmt: skip
_TAG = re.compile(
    r"<(?P<name>a|area|img|source|video|audio)\b(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?<![\w-])(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_ALT = re.compile(r"(?<![\w-])alt(?![\w-])(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?", re.IGNORECASE)
_FAR = 2_000
"""Characters that the text of a link may have."""


class Link(NamedTuple):
    """A link or a picture in a body: where it leads, as it is written, at which offset of the file's text.

    ``alt`` is the text of a picture, None for what is none; ``start`` is where the whole of it begins.
    """

    target: str
    offset: int
    start: int
    alt: str | None = None
    described: bool = True
    """False for a picture that says nothing of itself: ``![](a.png)``, or ``<img>`` without ``alt``."""


class BodyText:
    """The body that begins at ``start`` in ``text``, the text of its file."""

    def __init__(self, text: str, start: int, *, html: bool) -> None:
        self.text = text
        self.start = start
        self._html = html

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def mark(self, offset: int) -> Mark:
        """Return the place of the character at ``offset`` of the file's text."""
        return self._lines.mark(offset)

    @cached_property
    def prose(self) -> str:
        """The file's text as long as it is, with everything but the body's running text hidden."""
        body = (_RAW_HTML if self._html else _RAW).sub(lambda match: _hidden(match[0]), self.text[self.start :])
        if not self._html:
            body = "".join(_without_indented_code(body))
        return _hidden(self.text[: self.start]) + body

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links and pictures of the body, in their order."""
        found = [*_in_tags(self.prose), *(() if self._html else _in_markdown(self.prose))]
        return tuple(sorted(found, key=lambda link: link.offset))


def _hidden(text: str) -> str:
    return re.sub(r"[^\n]", HIDDEN, text)


def _without_indented_code(body: str) -> Iterator[str]:
    """Yield the lines of a Markdown body, those of indented code hidden; in a list, an indent is not one of code."""
    blank, listed, code = True, False, False
    for line in body.splitlines(keepends=True):
        if not line.strip():
            blank = True
            yield line
            continue
        indented = _INDENTED.match(line) is not None
        code = indented and not listed and (blank or code)
        if not indented:
            listed = _ITEM.match(line) is not None or (listed and not blank)
        blank = False
        yield _hidden(line) if code else line


def _in_markdown(prose: str) -> Iterator[Link]:
    for match in _LINK.finditer(prose):
        name = match.lastgroup or ""
        target = match[name].rstrip(".,;:!?") if name == "bare" else match[name]
        offset = match.start(name)
        if name != "inline":
            yield Link(target, offset, match.start())
            continue
        start = _opening(prose, match.start())
        if start < 0:
            continue
        text = prose[start + 1 : match.start()]
        if start and prose[start - 1] == "!":
            yield Link(target, offset, start - 1, text, described=bool(text.strip()))
        else:
            yield Link(target, offset, start)


def _opening(prose: str, closing: int) -> int:
    """Return the offset of the bracket that the one at ``closing`` closes, -1 when there is none near."""
    depth = 0
    for offset in range(closing, max(closing - _FAR, -1), -1):
        if prose[offset] in "[]" and prose[offset - 1 : offset] != "\\":
            depth += 1 if prose[offset] == "]" else -1
            if depth == 0:
                return offset
    return -1


def _in_tags(prose: str) -> Iterator[Link]:
    for tag in _TAG.finditer(prose):
        address = _ADDRESS.search(tag["rest"])
        picture = tag["name"].lower() == "img"
        alt = _ALT.search(tag["rest"]) if picture else None
        if address and address.lastindex:
            yield Link(
                target=resolve_references(address[address.lastindex].strip()),
                offset=tag.start("rest") + address.start(address.lastindex),
                start=tag.start(),
                alt=(alt[alt.lastindex] if alt and alt.lastindex else "") if picture else None,
                described=not picture or alt is not None,
            )
