"""YAML text -> tree, from the parser's events, so that nothing is ever constructed from a tag."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from feeder.nodes import Items, Node, Scalar, Table, each
from feeder.problems import Mark
from feeder.texts.fieldnames import folded_key
from feeder.texts.plaintext import clean
from feeder.trees import plainyaml
from feeder.trees.places import MAX_DEPTH, MAX_NODES, Lines, SyntaxFault, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.nodes import Repeated

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_HARMLESS_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
)


def parse(text: str, repeated: list[Repeated] | None = None) -> Node:
    """Return the tree of a YAML text; `feeder.trees.parse` says what ``repeated`` is. Raises `SyntaxFault`."""
    return plainyaml.parse(text) or parse_events(text, repeated)


def parse_events(text: str, repeated: list[Repeated] | None = None) -> Node:
    """Return the tree of any YAML text, by PyYAML's parser. Raises `SyntaxFault`."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    lines = Lines(text)
    try:
        return _YamlTree(yaml, lines, repeated).build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        bracket = _unclosed(text, error)
        open_quote = "quoted scalar" in (error.context or "") and "escape" not in (error.problem or "")
        place = (error.context_mark if open_quote or bracket else None) or error.problem_mark or error.context_mark
        offset = min(place.index if place else 0, len(text))
        raise _yaml_fault(text, lines, offset, bracket or error.problem or "it cannot be parsed") from error
    except yaml.reader.ReaderError as error:
        raise SyntaxFault("front-matter-syntax", f"not valid YAML: {error.reason}", Mark(1, 1)) from error


def _unclosed(text: str, error: Any) -> str:
    """Return what is wrong with a list or a table in brackets that goes on to the end, or into another key; else ""."""
    if not re.search("flow (?:sequence|mapping)", error.context or "") or not (
        error.context_mark and error.problem_mark
    ):
        return ""
    at = error.problem_mark.index
    line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    elsewhere = error.problem_mark.line > error.context_mark.line
    if text[at:].strip() and not (elsewhere and re.match(r"[A-Za-z][\w-]*:(?:\s|$)", line)):
        return ""
    return f"{text[error.context_mark.index]} is opened and never closed"


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the bounds of each value in quotes or in a block, as far as the text can be read: no ``#`` in it begins a comment."""
    import yaml

    spans: list[tuple[int, int]] = []
    events: Iterator[Any] = yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    with suppress(yaml.YAMLError):
        spans.extend(
            (event.start_mark.index, event.end_mark.index)
            for event in events
            if getattr(event, "style", None)  # quotes, or the sign of a block
        )
    return spans


def _yaml_fault(text: str, lines: Lines, offset: int, problem: str) -> SyntaxFault:
    """Return the fault in words that say what to do, where the parser's own do not."""
    mark = lines.mark(offset)
    lines_of_text = text.split("\n")
    line = lines_of_text[mark.line - 1]
    above = lines_of_text[mark.line - 2].strip() if mark.line > 1 else ""
    if "mapping values" in problem and above and ":" not in above and line.count(":") == 1:
        mark, line, problem = Mark(mark.line - 1, 1), above, "could not find expected ':'"
    # libyaml names the place where it noticed; a tab or an open quote lies before it.
    rules: tuple[tuple[bool, str], ...] = (
        ("\t" in line[: len(line) - len(line.lstrip())] or ("that cannot start any token" in problem and "\t" in line),
         "not valid YAML: tabs are not allowed for indentation; use spaces"),
        ("mapping values are not allowed" in problem,
         'not valid YAML: a value that contains ": " must be quoted'),
        ("found unexpected end of stream" in problem or "unexpected document separator" in problem,
         "not valid YAML: a quote is opened and never closed"),
        ("could not find expected ':'" in problem,
         "not valid YAML: a key without a colon, or a continued value that is not indented"),
        ("undefined alias" in problem or "that cannot start any token" in problem or "alphabetic or numeric" in problem
         or re.match(r"[^:]*:\s+[*&]", line) is not None,
         "not valid YAML: a value that begins with one of @ ` % * & ! must be quoted"),
        (re.match(r"[^:]*:\s+[\[{].*[\]}]\s*\S", line) is not None,
         "not valid YAML: a value that begins with [ or { and is not a list or table must be quoted"),
        ("expected <block end>" in problem or "did not find expected key" in problem,
         "not valid YAML: quotes inside a quoted value must be doubled, and keys of a table must be indented alike"),
    )  # fmt: skip
    if begun := re.match(r"[^:]*:\s+(?=[*&@`%!])", line):
        mark = Mark(mark.line, begun.end() + 1)
    message = next((said for applies, said in rules if applies), f"not valid YAML: {problem}")
    return SyntaxFault("front-matter-syntax", message, mark, line.strip() or None)


class _MergeKey(Scalar):
    """The key ``<<`` without quotes, which takes in the pairs of another table (https://yaml.org/type/merge.html)."""

    __slots__ = ()


def _merged(pairs: list[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
    """Return the pairs of a table with those that it takes in, where it has none of its own by that name.

    Raises `SyntaxFault` for what is no table.
    """
    if not any(isinstance(key, _MergeKey) for key, _ in pairs):
        return pairs
    kept = [(key, value) for key, value in pairs if not isinstance(key, _MergeKey)]
    names = {folded_key(key.text) for key, _ in kept if isinstance(key, Scalar)}
    for key, value in pairs:
        if isinstance(key, _MergeKey):
            for other in each(value):
                if not isinstance(other, Table):
                    message = "the key << needs a table, given by an alias such as *name"
                    got = other.text if isinstance(other, Scalar) else None
                    raise SyntaxFault("front-matter-syntax", message, key.mark, got)
                fresh = [pair for pair in other.pairs if folded_key(pair[0].text) not in names]
                kept += fresh
                names |= {folded_key(name.text) for name, _ in fresh}
    return kept


class _YamlTree:
    """Builds one tree from the events of one document."""

    def __init__(self, yaml: Any, lines: Lines, repeated: list[Repeated] | None) -> None:
        self._yaml = yaml
        self._repeated = repeated
        self._lines = lines
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._nodes = 0
        self._documents = 0

    def build(self, events: Iterator[Any]) -> Node:
        """Return the root, an empty table when there is none."""
        yaml = self._yaml
        root: Node = Table(pairs=(), mark=Mark(1, 1))
        stack: list[tuple[Any, list[Node], int]] = []
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._start_document(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._check_tag(event)
                if len(stack) >= MAX_DEPTH:
                    message = f"nested more than {MAX_DEPTH} levels deep"
                    raise SyntaxFault("front-matter-too-deep", message, self._mark(event))
                stack.append((event, [], self._nodes))
            elif isinstance(event, (yaml.CollectionEndEvent, yaml.NodeEvent)):
                node = self._finished(stack.pop()) if isinstance(event, yaml.CollectionEndEvent) else self._leaf(event)
                if stack:
                    stack[-1][1].append(node)
                elif not (isinstance(node, Scalar) and not node.text):
                    root = node
        return root

    def _start_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            message = "not valid: a second YAML document begins here"
            raise SyntaxFault("front-matter-syntax", message, self._mark(event))

    def _finished(self, opened: tuple[Any, list[Node], int]) -> Node:
        """Return the collection whose end was reached, from its start, its children and the count before it."""
        opening, children, before = opened
        mark = self._mark(opening)
        node: Node
        if isinstance(opening, self._yaml.SequenceStartEvent):
            node = Items(items=tuple(children), mark=mark)
        else:
            pairs = _merged(list(zip(children[::2], children[1::2], strict=True)))
            node = table(pairs, mark, self._repeated)
        self._count(1, opening)
        self._remember(opening, node, self._nodes - before)
        return node

    def _leaf(self, event: Any) -> Node:
        """Return a scalar, or what an alias stands for."""
        if isinstance(event, self._yaml.AliasEvent):
            return self._aliased(event)
        self._check_tag(event)
        absent = event.implicit[0] and event.value in _NULLS
        merges = event.value == "<<" and event.implicit[0]
        node = (_MergeKey if merges else Scalar)(text="" if absent else clean(event.value), mark=self._mark(event))
        self._count(1, event)
        self._remember(event, node, 1)
        return node

    def _mark(self, event: Any) -> Mark:
        return self._lines.mark(event.start_mark.index)

    def _count(self, more: int, event: Any) -> None:
        self._nodes += more
        if self._nodes > MAX_NODES:
            message = f"more than {MAX_NODES} values, aliases counted in full"
            raise SyntaxFault("front-matter-too-deep", message, self._mark(event))

    def _remember(self, event: Any, node: Node, size: int) -> None:
        if event.anchor:
            self._anchors[event.anchor] = (node, size)

    def _aliased(self, event: Any) -> Node:
        if event.anchor not in self._anchors:
            message = f"undefined alias *{event.anchor}; a value that begins with * must be quoted"
            raise SyntaxFault("front-matter-syntax", message, self._mark(event))
        node, size = self._anchors[event.anchor]
        self._count(size, event)
        return node

    def _check_tag(self, event: Any) -> None:
        if event.tag and event.tag not in _HARMLESS_TAGS and event.tag != "!":
            message = "a YAML tag; feeder reads only text, so remove the tag or quote the value"
            raise SyntaxFault("yaml-tag", message, self._mark(event), event.tag)
