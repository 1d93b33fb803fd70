"""A post's body as its author wrote it -> links and pictures with their places, code and comments left out."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feeder.bodies.codespans import Verbatim, hidden, indented_spans, raw_spans, without
from feeder.bodies.spoken import Spoken
from feeder.records import NamedTuple
from feeder.texts.plaintext import resolve_references
from feeder.trees.places import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.problems import Mark

_CURLY = r"\{\{[^{}\n]{0,300}+\}\}|\{%(?>(?:[^{}%\n]++|%(?!\})){0,300})%\}"
"""A tag of a generator, in which there may be what an address cannot have."""
_TARGET = rf"<?(?P<NAME>(?>(?:[^\s<>(){{]++|{_CURLY}|\{{|\([^\s()]*\))*))"
_LINK = re.compile(r"(?<!\\)\]\([ \t]*<(?P<angled>[^<>{}\s]{0,999}+ [^<>{}\n]{0,999}+)>"  # with spaces, since the angles end it
                   rf"|(?<!\\)\]\([ \t]*{_TARGET.replace('NAME', 'inline')}"
                   rf"|^[ ]{{0,3}}\[(?P<label>[^\]\[^\n][^\]\n]*)\]:[ \t]+{_TARGET.replace('NAME', 'defined')}"
                   r"|<(?P<auto>https?://[^\s<>]+)>"
                   r"|(?<![\w\"'=(<\[:/])(?P<bare>https?://[^\s<>\"')\]]+)", re.MULTILINE)  # fmt: skip
_TAG = re.compile(
    rf"<(?P<name>a|area|img|source|track|video|audio)\b(?P<rest>(?:[^<>{{]{{1,3000}}+|{_CURLY}|\{{){{0,300}}+)>",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?<![\w-])(?P<name>href|src|poster|srcset)\s*=\s*(?:"
    rf"\"((?:[^\"{{]++|{_CURLY}|\{{)*+)\"|'((?:[^'{{]++|{_CURLY}|\{{)*+)'|([^\s\"'>]+))",
    re.IGNORECASE,
)
_CANDIDATE = re.compile(r"[^\s,]\S*[^\s,]|[^\s,]")
_DESCRIPTOR = re.compile(r"\d+(?:\.\d+)?[wxh]")
_LABELLED = re.compile(r"(?<!\\)!\[(?P<text>[^\]\[]*)\](?!\()(?:[ \n]?\[(?P<label>[^\]\[]*)\])?")
"""A picture that is defined elsewhere: ``![text][label]``, ``![label][]`` and ``![label]``."""
_ALT = re.compile(r"(?<![\w-])alt(?![\w-])(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?", re.IGNORECASE)
_RESTRUCTURED = re.compile(
    r"`[^`<]{0,500}<(?P<embedded>[^`<>\s]{1,2000})>`__?|^\.\. _[^:\n]{1,500}:[ ]+(?P<defined>\S+)$|^[ ]+:target:[ ]*(?P<around>\S+)$"
    r"|^[ ]*\.\. (?:\|[^|\n]{1,500}\| )?(?:image|figure|thumbnail)::[ ]*(?P<shown>\S+)(?P<options>(?:\n[ ]+:[^\n]*)*)",
    re.MULTILINE,
)
_LITERAL = re.compile(r"``.+?``|(?<![\w`:])`[^`<>\n]{1,500}`(?![`\w])")
_OPENS_LITERAL = re.compile(r"[ \t]*(?:\.\. (?:code|code-block|sourcecode|math|parsed-literal)::|(?!\.\. ).*::[ \t]*$)")
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_AROUND_PATH = re.compile(r"[\s\"'<>(){}=,|]")
_LONGEST_PATH = 300
_MOST_PLACES = 1_000


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


class BodyText:
    """The body that begins at ``start`` in ``text``, the text of its file.

    ``verbatim`` are its generator's blocks of code, and ``spoken`` what it makes of all else.
    """

    def __init__(
        self, text: str, start: int, *, html: bool, verbatim: Verbatim | None = None, spoken: Spoken | None = None
    ) -> None:
        self.text = text
        self.start = start
        self.html = html
        self._verbatim = verbatim
        self.spoken = spoken or Spoken()

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def mark(self, offset: int) -> Mark:
        """Return the place of the character at ``offset`` of the file's text."""
        return self._lines.mark(offset)

    def offset(self, mark: Mark) -> int:
        """Return the offset in the file's text of the character at a place."""
        return self._lines.offset(mark)

    @cached_property
    def prose(self) -> str:
        """The file's text as long as it is, with every letter hidden that is not of the body's running text."""
        body = self.text[self.start :]
        body = without(body, raw_spans(body, html=self.html, verbatim=self._verbatim))
        if "restructuredtext" in self.spoken.syntaxes:
            body = _without_code(body)
        elif not self.html:
            body = without(body, indented_spans(body))
        return hidden(self.text[: self.start]) + body

    def naming(self, url: str, offset: int) -> tuple[int, str]:
        """Return where the body, from ``offset`` on, names the file that a URL leads to, and how; (-1, "") where it does not.

        Of several places it is the first with a path that the URL ends in; one in code is for want of others.
        """
        at, written = self._naming(url, offset, self.prose)
        return (at, written) if at >= 0 else self._naming(url, max(offset, self.start), self.text)

    @staticmethod
    def _naming(url: str, offset: int, text: str) -> tuple[int, str]:
        path = urlsplit(url).path
        name = path.rpartition("/")[2]
        found = re.finditer("|".join(map(re.escape, {name, unquote(name)})), text[offset:]) if name else ()
        spots = []
        for match in islice(found, _MOST_PLACES):
            before = text[max(offset, offset + match.start() - _LONGEST_PATH) : offset + match.start()]
            written = _AROUND_PATH.split(before)[-1] + match[0]
            spots.append((offset + match.end() - len(written), written))
            if unquote(path).endswith(f"/{unquote(written).lstrip('./')}"):
                return spots[-1]
        return spots[0] if spots else (-1, "")

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links and pictures of the body, in their order."""
        if "restructuredtext" in self.spoken.syntaxes:
            found = [*_in_tags(self.prose), *_in_restructured(self.prose)]
        else:
            found = [*_in_tags(self.prose), *(() if self.html else _in_markdown(self.prose))]
        return tuple(sorted(found, key=lambda link: link.offset))


def _in_markdown(prose: str) -> Iterator[Link]:
    pairs = _brackets(prose)
    labels = {_label(match["label"] or match["text"]) for match in _LABELLED.finditer(prose)} if "![" in prose else ()
    for match in _LINK.finditer(prose):
        name = match.lastgroup or ""
        target = match[name].rstrip(".,;:!?") if name == "bare" else match[name]
        offset = match.start(name)
        if name not in {"angled", "inline"}:
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


def _in_restructured(prose: str) -> Iterator[Link]:
    for match in _RESTRUCTURED.finditer(prose):
        name = next(name for name in ("embedded", "defined", "around", "shown") if match[name])
        if name == "shown":
            described = ":alt:" in match["options"]
            yield Link(match[name], match.start(name), match.start(), "", described=described, shown=True)
        elif not match[name].endswith("_"):  # the name of another
            yield Link(match[name], match.start(name), match.start())


def _without_code(body: str) -> str:
    """Return a text in reStructuredText, what is code hidden, or stands in backticks and is no link."""
    return _LITERAL.sub(lambda match: hidden(match[0]), "".join(_without_literal_blocks(body)))


def _without_literal_blocks(prose: str) -> Iterator[str]:
    """Yield the lines of a text in reStructuredText, those of code hidden."""
    margin = -1
    for line in prose.splitlines(keepends=True):
        indent = len(line) - len(line.lstrip(" \t"))
        if margin >= 0 and (not line.strip() or indent > margin):
            yield hidden(line)
            continue
        margin = indent if _OPENS_LITERAL.match(line) else -1
        yield line


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
