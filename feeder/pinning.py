"""A post's bytes and an id -> its bytes with the id in its front matter: one line more, and nothing else changed.

What is written is read back by feeder's own parsers and compared before anybody gets it, so a file that holds more than
this module foresees is refused, not spoiled.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from feeder.docinfo import told
from feeder.files import encoding_of, source_from_bytes
from feeder.frontmatter import FENCES, draft_from_source
from feeder.nodes import Items, Node, Scalar
from feeder.postnames import is_restructured
from feeder.problems import START, Unsound, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.model import Draft, Source

KEY = "id"
_LINE_END = r"(?:\r\n?|\n|\x85)"  # what `feeder.plaintext.clean` takes for one
_NOTHING = rf"(?:[ \t]*(?:#[^\r\n\x85]*)?{_LINE_END})*"
_FIRST_KEY = re.compile(rf"{_NOTHING}( *)")
_BRACE = re.compile(rf"{_NOTHING}[ \t]*\{{")
_ON_LINES_OF_ITS_OWN = re.compile(rf"[ \t]*({_LINE_END})(?:[ \t]*{_LINE_END})*([ \t]*)")
_PAGES = (".html", ".htm")


def pinned(data: bytes, path: str, shown: str, identity: str, *, headers: str = "") -> bytes:
    """Return a post's file with ``id`` in its front matter, as a new first line of it.

    JSON and YAML in braces that stand on one line get it into that line; a text without front matter gets front matter,
    or, where front matter may be ``headers``, such a line; reStructuredText gets a field.
    ``path`` and ``shown`` name the file as in `Source`. Raises `Unsound` where that is not all that would change.
    """
    source = source_from_bytes(data, path, shown)
    before = draft_from_source(source, headers=headers)
    if before is None:
        raise _refused(shown, "no front matter, and without it this file is no post")
    if given := before.fields.get(KEY):
        problem_at = problem(shown, given.mark, "not-pinned", f"the key {KEY} is there; what is there is never changed")
        raise Unsound(problem_at)
    if (headers == "lines" or not before.fields) and path.lower().endswith(_PAGES) and _fence(source) is None:
        raise _refused(shown, "an HTML page without front matter: servers hand it out as it is, so it gets none")
    mark_length, encoding = encoding_of(data)
    raw = data[mark_length:].decode(encoding)
    reason = "the id does not read back as it is"
    for offset, addition in _offers(raw, source, before, headers, identity):
        at = mark_length + len(raw[:offset].encode(encoding))
        result = data[:at] + addition.encode(encoding) + data[at:]
        try:
            after = draft_from_source(source_from_bytes(result, path, shown), headers=headers)
        except Unsound as unsound:
            reason = unsound.problems[0].message
            continue
        if after and _adds_nothing_else(before, after, identity):
            return result
    raise _refused(shown, f"its front matter takes no line more without changing: {reason}")


def _refused(shown: str, message: str) -> Unsound:
    return Unsound(problem(shown, START, "not-pinned", message))


def _offers(raw: str, source: Source, before: Draft, headers: str, identity: str) -> Iterator[tuple[int, str]]:
    """Yield where the id may go, best first, and what to put there, by the kind of front matter that there is."""
    fence = _fence(source)
    if fence is None and headers == "comments" and before.fields:
        return _as_field(raw, before, identity)
    if is_restructured(source.path) and (fence is None or told(source.text)):
        return _as_field(raw, before, identity)
    if fence is None and (headers == "lines" or before.fields):
        return _as_header(raw, before, identity)
    return _places(raw, fence, identity)


def _fence(source: Source) -> tuple[str, int] | None:
    """Return the syntax of a file's front matter, and how many lines come before what is in it."""
    for fence in FENCES:
        if opening := fence.opening.match(source.text):
            return fence.syntax, opening[0].count("\n") if fence.closing else 0
    return None


def _as_header(raw: str, before: Draft, identity: str) -> Iterator[tuple[int, str]]:
    """Yield the first line, where a header goes; a text that has no other gets an empty line behind it."""
    ending = found[0] if (found := re.search(_LINE_END, raw)) else "\n"
    if raw.startswith('"'):  # Hexo's JSON without its opening fence
        yield 0, f'"{KEY}": "{identity}",{ending}'
    yield 0, f"{KEY.title()}: {identity}{ending}" + ("" if before.fields else ending)


def _as_field(raw: str, before: Draft, identity: str) -> Iterator[tuple[int, str]]:
    """Yield where a field goes in reStructuredText: before the first, in its way; else below the title, or at the start."""
    endings = list(re.finditer(_LINE_END, raw))
    ending = endings[0][0] if endings else "\n"
    places = [key.mark for name, key in before.keys.items() if key.mark != before.fields[name].mark]
    line = min(places).line if places else before.origin.line
    start = endings[line - 2].end() if 1 < line <= len(endings) + 1 else 0 if line == 1 else len(raw)
    if places:
        yield start, f"{raw[start : start + min(places).column - 1]}{KEY}: {identity}{ending}"
    else:
        yield start, f":{KEY}: {identity}{ending}{ending}"


def _places(raw: str, found: tuple[str, int] | None, identity: str) -> Iterator[tuple[int, str]]:
    """Yield where the id may go, best first, and what to put there. No URI has a character that quotes must escape."""
    if found is None:
        first_ending = re.search(_LINE_END, raw)
        yield 0, (first_ending[0] if first_ending else "\n").join(("---", f'{KEY}: "{identity}"', "---", ""))
        return
    syntax, lines = found
    endings = list(islice(re.finditer(_LINE_END, raw), lines))
    start, ending = (endings[-1].end(), endings[-1][0]) if endings else (0, "\n")
    if syntax == "toml":  # before the first table's header, which takes all keys below it
        yield start, f'{KEY} = "{identity}"{ending}'
    if syntax == "json" and lines:
        yield start, f'"{KEY}": "{identity}",{ending}'
    if syntax == "yaml":
        first = _FIRST_KEY.match(raw, start)
        for value in (f'"{identity}"', identity):  # without quotes, where what looks like YAML is read by lines
            yield start, f"{first[1] if first else ''}{KEY}: {value}{ending}"
    if brace := _BRACE.match(raw, start):
        yield _in_braces(raw, brace.end(), f'"{KEY}": "{identity}"')


def _in_braces(raw: str, start: int, member: str) -> tuple[int, str]:
    """Return where a first member goes behind the brace that ends at ``start``, and what to put there."""
    alone = raw[start:].lstrip().startswith("}")
    if rest := _ON_LINES_OF_ITS_OWN.match(raw, start):
        return rest.end(1), f"{rest[2] or '  '}{member}{'' if alone else ','}{rest[1]}"
    return start, f"{member}{'' if alone else ', '}"


def _adds_nothing_else(before: Draft, after: Draft, identity: str) -> bool:
    read = {key: _said(node) for key, node in after.fields.items()}
    pin = read.pop(KEY, None)
    kept = {key: _said(node) for key, node in before.fields.items()}
    return (identity, before.body, list(kept.items())) == (pin, after.body, list(read.items()))


def _said(node: Node) -> object:
    """Return what a node says, without its place."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [_said(item) for item in node.items]
    return [(key.text, _said(value)) for key, value in node.pairs]
