"""A script of a site and the files that it imports -> one table of plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.nodes import Items, Node, Scalar, Table, walk
from feeder.patterns import pattern
from feeder.texts.plaintext import clean
from feeder.trees import SyntaxFault, parse
from feeder.trees.javascript import DEFAULT, EXPORTED, RETURN, imports
from feeder.trees.javascript import parse as parse_script
from feeder.trees.places import Computed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feeder.problems import Mark

_DEPTH = 2
"""Imports of imports are followed this far."""
_BYTES = 2**16
_ENDINGS = ("", ".ts", ".js", ".mjs", ".cjs", ".mts", ".json", "/index.ts", "/index.js")
_WHOLE = "*"
_REQUIRED = pattern(r"require\(\s*['\"]([^'\"]+)['\"]\s*\)")
_EXPORTS = EXPORTED | {RETURN, "rss()", "setInputDirectory()"}


def script(directory: Path, name: str, text: str, depth: int = _DEPTH) -> Table:
    """Return what the script ``name`` below ``directory`` binds to names. Raises `SyntaxFault` for its own faults only."""
    found = parse_script(text)
    # Only what is handed out counts, and of an import what that is made of: most of what a script imports are programs.
    outward = found.pairs if depth < _DEPTH else [pair for pair in found.pairs if pair[0].text in _EXPORTS]
    wanted = {root for _, value in outward for root in _roots(value)} if depth else set()
    known: dict[str, Node] = {}
    for here, path, there, mark in imports(text) if wanted else ():
        if not wanted & {here, path}:
            continue
        table = _imported(directory, name, path, depth)
        exports = {key.text: value for key, value in table.pairs} if table else {}
        node = table if there == _WHOLE else exports.get(there)
        if node is None and isinstance(inner := exports.get(DEFAULT), Table):  # as CommonJS exports names
            node = next((value for key, value in inner.pairs if key.text == there), None)
        if node is not None:
            known[here] = _moved(node, mark)
    return parse_script(text, known) if known else found


def _roots(node: Node) -> Iterator[str]:
    """Yield the first name of each value that is nothing but a name, and is not known; the path of one that is imported."""
    texts = (one.text for one in walk(node) if isinstance(one, Computed))
    return (required[1] if (required := _REQUIRED.fullmatch(text)) else text.partition(".")[0] for text in texts)


def _imported(directory: Path, name: str, path: str, depth: int) -> Table | None:
    """Return what a file exports that a script names; None when there is none, or it cannot be read."""
    found = imported_text(directory, name, path)
    if found is None:
        return None
    file, text = found
    try:
        if file.endswith(".json"):
            tree = parse("json", text)
            return Table(((Scalar(DEFAULT, tree.mark), tree),), tree.mark)
        return script(directory, file, text, depth - 1)
    except SyntaxFault:
        return None


def imported_text(directory: Path, name: str, path: str) -> tuple[str, str] | None:
    """Return the file below ``directory`` that a script imports by ``path``, and its text; None when it cannot be had."""
    base = directory / "src" if path[0] in "@~" else (directory / name).parent
    target = path[2:] if path[0] in "@~" else path
    root = directory.resolve()
    for ending in _ENDINGS:
        try:
            file = (base / f"{target}{ending}").resolve()
            if file.is_relative_to(root) and file.is_file() and file.stat().st_size <= _BYTES:
                return str(file.relative_to(root)), clean(file.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError):
            return None
    return None


def _moved(node: Node, mark: Mark) -> Node:
    """Return what another file says as if it stood at ``mark``, where it is imported."""
    match node:
        case Computed():
            return Computed(node.text, mark)
        case Scalar():
            return Scalar(node.text, mark)
        case Items():
            return Items(tuple(_moved(item, mark) for item in node.items), mark)
        case Table():
            return Table(tuple((key, _moved(value, mark)) for key, value in node.pairs), mark)
