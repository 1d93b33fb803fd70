"""A post's body as its author wrote it -> links and pictures with their places, code and comments left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, cached_property
from typing import TYPE_CHECKING

from feeder.plaintext import resolve_references
from feeder.records import NamedTuple
from feeder.trees.places import Lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from feeder.problems import Mark

HIDDEN = "\ufdd0"
"""Stands in for each character of code and comments: a noncharacter, which no text that was read has."""
_OPENING_HTML = r"(?P<comment><!--)|<(?P<tag>pre|code|script|style|textarea|svg|math)\b"
_OPENING = re.compile(
    rf"^[ \t>*+-]*(?P<fence>`{{3,}}(?=[^`\n]*$)|~{{3,}})[^\n]*$|{_OPENING_HTML}|(?<![`\\])(?P<ticks>`+)",
    re.MULTILINE | re.IGNORECASE,
)
_OPENING_IN_HTML = re.compile(_OPENING_HTML, re.IGNORECASE)
_TICKS = re.compile("`+")
_BLANK = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"[ \t]*(?:[*+-]|\d+[.)])[ \t]|:[ \t]|\[\^")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)[ \t]*\S")
_TARGET = r"<?(?P<{name}>[^\s<>()]*(?:\([^\s()]*\)[^\s()<>]*)*)"
_LINK = re.compile(rf"(?<!\\)\]\([ \t]*{_TARGET.format(name='inline')}"
                   rf"|^[ ]{{0,3}}\[(?P<label>[^\]\[^\n][^\]\n]*)\]:[ \t]+{_TARGET.format(name='defined')}"
                   r"|<(?P<auto>https?://[^\s<>]+)>"
                   r"|(?<![\w\"'=(<\[:/])(?P<bare>https?://[^\s<>\"')\]]+)", re.MULTILINE)  # fmt: skip
_TAG = re.compile(r"<(?P<name>a|area|img|source|track|video|audio)\b(?P<rest>[^<>]{0,3000})>", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?<![\w-])(?P<name>href|src|poster|srcset)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
_CANDIDATE = re.compile(r"[^\s,]\S*[^\s,]|[^\s,]")
_DESCRIPTOR = re.compile(r"\d+(?:\.\d+)?[wxh]")
_LABELLED = re.compile(r"(?<!\\)!\[(?P<text>[^\]\[]*)\](?!\()(?:[ \n]?\[(?P<label>[^\]\[]*)\])?")
"""A picture that is defined elsewhere: ``![text][label]``, ``![label][]`` and ``![label]``."""
_ALT = re.compile(r"(?<![\w-])alt(?![\w-])(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?", re.IGNORECASE)
_BRACKET = re.compile(r"(?<!\\)[\[\]]")


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
    shown: bool = False
    """Whether it is shown or played in its place: a picture in any size, a sound, a film, what stands for one."""


class Span(NamedTuple):
    """A part of a body that is no running text: its bounds, and what it is.

    ``kind`` is fence, ticks, comment, tag (an element such as ``<pre>``), verbatim (a block of the site's generator), or
    indented.
    """

    start: int
    end: int
    kind: str


class Verbatim(NamedTuple):
    """Tags of a site's generator whose inside is code: a pattern that names ``verbatim``, and what ends it, by that name."""

    opening: str
    closing: str


class BodyText:
    """The body that begins at ``start`` in ``text``, the text of its file.

    ``syntaxes`` are what `feeder.markup` replaces in it, ``verbatim`` its generator's blocks of code.
    """

    def __init__(
        self, text: str, start: int, *, html: bool, syntaxes: Collection[str] = (), verbatim: Verbatim | None = None
    ) -> None:
        self.text = text
        self.start = start
        self._html = html
        self._verbatim = verbatim
        self.syntaxes = syntaxes

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def mark(self, offset: int) -> Mark:
        """Return the place of the character at ``offset`` of the file's text."""
        return self._lines.mark(offset)

    @cached_property
    def prose(self) -> str:
        """The file's text as long as it is, with every letter hidden that is not of the body's running text."""
        body = self.text[self.start :]
        body = _without(body, raw_spans(body, html=self._html, verbatim=self._verbatim))
        if not self._html:
            body = _without(body, indented_spans(body))
        return _hidden(self.text[: self.start]) + body

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links and pictures of the body, in their order."""
        found = [*_in_tags(self.prose), *(() if self._html else _in_markdown(self.prose))]
        return tuple(sorted(found, key=lambda link: link.offset))


def _hidden(text: str) -> str:
    return re.sub(r"\S", HIDDEN, text)


def _without(body: str, spans: Iterable[Span]) -> str:
    """Return a body with the letters of the spans hidden."""
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += [body[at : span.start], _hidden(body[span.start : span.end])]
        at = span.end
    return "".join([*parts, body[at:]])


def code_spans(body: str, *, html: bool, verbatim: Verbatim | None = None) -> list[Span]:
    """Return what of a body is no running text, in its order."""
    raw = list(raw_spans(body, html=html, verbatim=verbatim))
    return raw if html else sorted([*raw, *indented_spans(_without(body, raw))])


@cache
def _openings(verbatim: Verbatim, *, html: bool) -> re.Pattern[str]:
    usual = _OPENING_IN_HTML if html else _OPENING
    return re.compile(f"{verbatim.opening}|{usual.pattern}", usual.flags)


def raw_spans(body: str, *, html: bool, verbatim: Verbatim | None = None) -> Iterator[Span]:
    """Yield comments and code, but for indented code. What is opened and never closed hides nothing, but a fence."""
    openings = _openings(verbatim, html=html) if verbatim else _OPENING_IN_HTML if html else _OPENING
    at = 0
    hopeless: set[tuple[str, int]] = set()
    blanks = [blank.start() for blank in _BLANK.finditer(body)] + [len(body)]
    while opening := openings.search(body, at):
        kind = str(opening.lastgroup)
        limit = blanks[bisect_left(blanks, opening.end())] if kind == "ticks" else len(body)
        end = _end(body, opening, limit, hopeless, verbatim)
        if end >= 0:
            yield Span(opening.start(), end, kind)
        at = max(end, opening.end())


def _end(
    body: str, opening: re.Match[str], limit: int, hopeless: set[tuple[str, int]], verbatim: Verbatim | None
) -> int:
    """Return where what is opened ends before ``limit``, -1 if it does not; ``hopeless`` keeps what need not be looked for again."""
    kind = str(opening.lastgroup)
    if kind == "fence":
        closing = re.compile(rf"^[ \t>]*{opening[kind]}[`~]*[ \t]*$", re.MULTILINE).search(body, opening.end())
        return closing.end() if closing else len(body)
    sought = (opening[kind].lower(), limit)
    if sought in hopeless:
        return -1
    if kind == "ticks":
        runs = _TICKS.finditer(body, opening.end(), limit)
        end = next((run.end() for run in runs if run[0] == opening[kind]), -1)
    elif kind == "comment":
        found_at = body.find("-->", opening.end())
        end = found_at + len("-->") if found_at >= 0 else -1
    else:
        pattern = verbatim.closing if verbatim and kind == "verbatim" else r"</{}\s*>"
        found = re.compile(pattern.replace("{}", opening[kind]), re.IGNORECASE).search(body, opening.end())
        end = found.end() if found else -1
    if end < 0:
        hopeless.add(sought)
    return end


def indented_spans(body: str) -> Iterator[Span]:
    """Yield the lines of indented code in a Markdown body whose other code is hidden; in a list, an indent is not one of code."""
    blank, listed, code = True, False, False
    at = 0
    for line in body.splitlines(keepends=True):
        start, at = at, at + len(line)
        if not line.strip():
            blank = True
            continue
        indented = _INDENTED.match(line) is not None
        code = indented and not listed and (blank or code)
        if not indented:
            listed = _ITEM.match(line) is not None or (listed and not blank)
        blank = False
        if code:
            yield Span(start, at, "indented")


def _in_markdown(prose: str) -> Iterator[Link]:
    pairs = _brackets(prose)
    labels = {_label(match["label"] or match["text"]) for match in _LABELLED.finditer(prose)} if "![" in prose else ()
    for match in _LINK.finditer(prose):
        name = match.lastgroup or ""
        target = match[name].rstrip(".,;:!?") if name == "bare" else match[name]
        offset = match.start(name)
        if name != "inline":
            shown = name == "defined" and _label(match["label"]) in labels
            yield Link(target, offset, match.start(), shown=shown)
            continue
        start = pairs.get(match.start(), -1)
        if start < 0:
            continue
        text = prose[start + 1 : match.start()]
        if start and prose[start - 1] == "!":
            yield Link(target, offset, start - 1, text, described=bool(text.strip()), shown=True)
        else:
            yield Link(target, offset, start)


def _label(text: str) -> str:
    """Return a label as all ways of writing it agree."""
    return " ".join(text.split()).casefold()


def _brackets(prose: str) -> dict[int, int]:
    """Return the offset of the opening bracket by that of the one that closes it."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for bracket in _BRACKET.finditer(prose):
        if bracket[0] == "[":
            opened.append(bracket.start())
        elif opened:
            pairs[bracket.start()] = opened.pop()
    return pairs


def _in_tags(prose: str) -> Iterator[Link]:
    for tag in _TAG.finditer(prose):
        name = tag["name"].lower()
        alt = _ALT.search(tag["rest"]) if name == "img" else None
        text = (alt[alt.lastindex] if alt and alt.lastindex else "") if name == "img" else None
        told = False  # of the sizes of a picture, one says what it shows
        for address in _ADDRESS.finditer(tag["rest"]):
            group = address.lastindex or 0
            several = address["name"].lower() == "srcset"
            for match in _CANDIDATE.finditer(address[group]) if several else (None,):
                written = match[0] if match else address[group].strip()
                if match and _DESCRIPTOR.fullmatch(written):
                    continue
                yield Link(
                    target=resolve_references(written),
                    offset=tag.start("rest") + address.start(group) + (match.start() if match else 0),
                    start=tag.start(),
                    alt=text,
                    described=told or name != "img" or alt is not None,
                    shown=name not in {"a", "area"},
                )
                told = True
