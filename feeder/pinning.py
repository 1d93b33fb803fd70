"""A post's bytes and an id -> its bytes with the id in its front matter: one line more, and nothing else changed.

What is written is read back by feeder's own parsers and compared before anybody gets it, so a file that holds more than
this module foresees is refused, not spoiled.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING

from feeder.docinfo import told
from feeder.frontmatter import FENCES, draft_from_source
from feeder.nodes import Items, Node, Scalar
from feeder.problems import START, Unsound, problem
from feeder.records import NamedTuple
from feeder.storage.files import encoding_of, source_from_bytes
from feeder.texts.postnames import is_restructured
from feeder.texts.urls import is_uri, uri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.model import Draft, Source

KEY, ANY_KEY = "id", "guid"
"""Where an id goes; and where one goes that is no URI, or in whose place is what is no id."""
_LINE_END = r"(?:\r\n?|\n)"  # what `feeder.texts.plaintext.clean` takes for one
_NOTHING = rf"(?:[ \t]*(?:#[^\r\n]*)?{_LINE_END})*"
_FIRST_KEY = re.compile(rf"{_NOTHING}( *)")
_BRACE = re.compile(rf"{_NOTHING}[ \t]*\{{")
_ON_LINES_OF_ITS_OWN = re.compile(rf"[ \t]*({_LINE_END})(?:[ \t]*{_LINE_END})*([ \t]*)")
_PAGES = (".html", ".htm")


class _Pin(NamedTuple):
    key: str
    identity: str

    @property
    def quoted(self) -> str:
        """The id in quotes: a string of JSON is one of YAML and of TOML, too."""
        return json.dumps(self.identity, ensure_ascii=False)


def pinned(data: bytes, path: str, shown: str, identity: str, *, headers: str = "") -> bytes:
    """Return a post's file with ``id`` in its front matter, as a new first line of it.

    JSON and YAML in braces that stand on one line get it into that line; a text without front matter gets front matter,
    or, where front matter may be ``headers``, such a line; reStructuredText gets a field.
    ``path`` and ``shown`` name the file as in `Source`. Raises `Unsound` where that is not all that would change.
    """
    source = source_from_bytes(data, path, shown)
    before = draft_from_source(source, headers=headers)
    if before is None:
        raise _refused(shown, "no front matter, and without it this file is not a post")
    key = KEY if is_uri(identity) else ANY_KEY
    given = before.fields.get(KEY)
    if isinstance(given, Scalar) and not uri(given.text.strip()):
        key, given = ANY_KEY, None  # a number of another program's, which is no id
    if given := given or before.fields.get(key):
        problem_at = problem(shown, given.mark, "not-pinned", f"the key {key} already exists and is never changed")
        raise Unsound(problem_at)
    if (headers == "lines" or not before.fields) and path.lower().endswith(_PAGES) and _fence(source) is None:
        raise _refused(shown, "an HTML page without front matter: it is served as it is, so none is added")
    mark_length, encoding = encoding_of(data)
    raw = data[mark_length:].decode(encoding)
    reason = "the id does not read back unchanged"
    pin = _Pin(key, identity)
    for offset, addition in _offers(raw, source, before, headers, pin):
        at = mark_length + len(raw[:offset].encode(encoding))
        result = data[:at] + addition.encode(encoding) + data[at:]
        try:
            after = draft_from_source(source_from_bytes(result, path, shown), headers=headers)
        except Unsound as unsound:
            reason = unsound.problems[0].message
            continue
        if after and _adds_nothing_else(before, after, pin):
            return result
    raise _refused(shown, f"no line can be added to its front matter without changing the rest: {reason}")


def _refused(shown: str, message: str) -> Unsound:
    return Unsound(problem(shown, START, "not-pinned", message))


def _offers(raw: str, source: Source, before: Draft, headers: str, pin: _Pin) -> Iterator[tuple[int, str]]:
    """Yield where the id may go, best first, and what to put there, by the kind of front matter that there is."""
    fence = _fence(source)
    if fence is None and headers == "comments" and before.fields:
        return _as_field(raw, before, pin)
    if is_restructured(source.path) and (fence is None or told(source.text)):
        return _as_field(raw, before, pin)
    if fence is None and (headers == "lines" or before.fields):
        return _as_header(raw, before, pin)
    return _places(raw, fence, pin)


def _fence(source: Source) -> tuple[str, int] | None:
    """Return the syntax of a file's front matter, and how many lines come before what is in it."""
    for fence in FENCES:
        if opening := fence.opening.match(source.text):
            return fence.syntax, opening[0].count("\n") if fence.closing else 0
    return None


def _as_header(raw: str, before: Draft, pin: _Pin) -> Iterator[tuple[int, str]]:
    """Yield the first line, where a header goes; a text that has no other gets an empty line behind it."""
    ending = found[0] if (found := re.search(_LINE_END, raw)) else "\n"
    if raw.startswith('"'):  # Hexo's JSON without its opening fence
        yield 0, f'"{pin.key}": {pin.quoted},{ending}'
    yield 0, f"{pin.key.title()}: {pin.identity}{ending}" + ("" if before.fields else ending)


def _as_field(raw: str, before: Draft, pin: _Pin) -> Iterator[tuple[int, str]]:
    """Yield where a field goes in reStructuredText: before the first, in its way; else below the title, or at the start."""
    endings = list(re.finditer(_LINE_END, raw))
    ending = endings[0][0] if endings else "\n"
    places = [key.mark for name, key in before.keys.items() if key.mark != before.fields[name].mark]
    line = min(places).line if places else before.origin.line
    start = endings[line - 2].end() if 1 < line <= len(endings) + 1 else 0 if line == 1 else len(raw)
    if places:
        yield start, f"{raw[start : start + min(places).column - 1]}{pin.key}: {pin.identity}{ending}"
    else:
        yield start, f":{pin.key}: {pin.identity}{ending}{ending}"


def _places(raw: str, found: tuple[str, int] | None, pin: _Pin) -> Iterator[tuple[int, str]]:
    """Yield where the id may go, best first, and what to put there."""
    if found is None:
        first_ending = re.search(_LINE_END, raw)
        yield 0, (first_ending[0] if first_ending else "\n").join(("---", f"{pin.key}: {pin.quoted}", "---", ""))
        return
    syntax, lines = found
    endings = list(islice(re.finditer(_LINE_END, raw), lines))
    start, ending = (endings[-1].end(), endings[-1][0]) if endings else (0, "\n")
    if syntax == "toml":  # before the first table's header, which takes all keys below it
        yield start, f"{pin.key} = {pin.quoted}{ending}"
    if syntax == "json" and lines:
        yield start, f'"{pin.key}": {pin.quoted},{ending}'
    if syntax == "yaml":
        first = _FIRST_KEY.match(raw, start)
        for value in (pin.quoted, pin.identity):  # without quotes, where what looks like YAML is read by lines
            yield start, f"{first[1] if first else ''}{pin.key}: {value}{ending}"
    if brace := _BRACE.match(raw, start):
        yield _in_braces(raw, brace.end(), f'"{pin.key}": {pin.quoted}')


def _in_braces(raw: str, start: int, member: str) -> tuple[int, str]:
    """Return where a first member goes behind the brace that ends at ``start``, and what to put there."""
    alone = raw[start:].lstrip().startswith("}")
    if rest := _ON_LINES_OF_ITS_OWN.match(raw, start):
        return rest.end(1), f"{rest[2] or '  '}{member}{'' if alone else ','}{rest[1]}"
    return start, f"{member}{'' if alone else ', '}"


def _adds_nothing_else(before: Draft, after: Draft, pin: _Pin) -> bool:
    read = {name: _said(node) for name, node in after.fields.items()}
    found = read.pop(pin.key, None)
    kept = {name: _said(node) for name, node in before.fields.items()}
    return (pin.identity, before.body, list(kept.items())) == (found, after.body, list(read.items()))


def _said(node: Node) -> object:
    """Return what a node says, without its place."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [_said(item) for item in node.items]
    return [(key.text, _said(value)) for key, value in node.pairs]
