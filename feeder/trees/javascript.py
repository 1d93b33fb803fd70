"""A script's text -> a table of the constants in it, as far as they are plain data. Nothing of it is ever run.

The names are those of the script; ``default`` is what it exports, ``return`` the table that a function returns and that tells most, and
``starlight()`` what that function is given. What is not plain (a call, a condition) or has a fault is a `Computed`; a fault in
what is exported, or in the only table that is returned, is the script's.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from feeder.nodes import Items, Node, Scalar, Table
from feeder.problems import Mark
from feeder.texts.plaintext import clean
from feeder.trees.bindings import SPREAD, Bindings, Reference, tells_more
from feeder.trees.places import MAX_DEPTH, MAX_NODES, Computed, Lines, SyntaxFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEFAULT, RETURN, GLOBAL = "default", "return", "addGlobalData()"
EXPORTED = frozenset({DEFAULT, "config"})
"""The names of what a configuration hands out."""

_NAME = r"(?:[^\W\d]|\$)[\w$]*"
# Bounds in patterns keep what is no script from taking for ever.
_WHITE = re.compile(r"(?:\s|//[^\n]*|/\*(?:.*?\*/|.*))*+", re.DOTALL)
_STRING = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"", re.DOTALL)
_REGEX = re.compile(r"/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,200}+\]){1,500}+/\w*")
_NUMBER = re.compile(r"-?(?:\d[\d_]*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])")
_PATH = re.compile(rf"{_NAME}(?:\??\.{_NAME})*")
_KEY = re.compile(rf"(?:(?:async|get|set)\s+(?=[\w$'\"\[*])|\*\s*)*({_NAME}|[\d.]+|(?P<quoted>['\"])|(?P<computed>\[))")
_BINDING = re.compile(
    rf"(?P<stop>['\"`/])|\b(?:const|let|var)\s+(?P<name>{_NAME})\s*(?::\s*(?:[\w.$\s|<>\[\],]|\{{[^{{}}]{{0,200}}\}}|(?P<sign>['\"])[\w-]{{0,100}}(?P=sign)){{1,300}}?)?\s*=(?![=>])"
    r"|(?P<default>\bexport\s+default\b|\bmodule\.exports\s*=(?!=))(?:\s*(?:\([\w\s,]{0,100}\)|\w+)\s*=>(?=\s*\(\s*\{))?"
    r"|(?P<return>\breturn\b(?=\s*[({]))"
    r"|\b(?P<call>(?:starlight|starlightBlog|rss|addPlugin(?=\(\s*feedPlugin,))(?=\((?:\s*feedPlugin,)?\s*\{)"
    r"|set(?:Input|Output|Includes|Layouts|Data)Directory|setTemplateFormats)\((?:\s*feedPlugin,)?"
    r"|\baddGlobalData\(\s*['\"](?P<global>[\w-]+)['\"]\s*,(?:\s*\(\)\s*=>)?"
)
_IMPORT = re.compile(
    r"^[ \t]*(?:import\s+(?P<names>[^'\"();]{1,1000}?)\s+from\s+['\"](?P<path>(?:\.{1,2}|[@~])/[^'\"\n]+)"
    rf"|(?:const|let|var)\s+(?P<bound>{_NAME}|\{{[^{{}}]*\}})\s*=\s*require\(\s*['\"](?P<required>\.{{1,2}}/[^'\"\n]+)['\"]\s*\)\s*;?[ \t]*$)",
    re.MULTILINE,
)
_STOPS, _IN_TEMPLATE = re.compile(r"['\"`/(){}\[\],;]|=>"), re.compile(r"\\.|`|\$\{", re.DOTALL)
_CONTINUES = frozenset("+-*/.([?&|<>=,:%^`")
_DEFINES = re.compile(r"(?:define|with)\w+$")
_ENVIRONMENT = ("process.env.", "import.meta.env.")
_MOST_SKIPPED, _SHOWN = 2**22, 1_000
"""Characters of what is not plain that are looked at, over and over; and that are kept for messages."""
_NEXT = re.compile(r"\n(?=(?:export|const|let|var|import|function|module)\b)")  # a statement, where none ends
_TYPE = re.compile(r"(?:as|satisfies)\s+[\w.$]{1,200}(?:<[\w.$\s,<>'\"|]{0,200}>)?(?:\[\])*")
_WORDS = {"true": "true", "false": "false", "null": "", "undefined": ""}
_AFTER_OPERAND = re.compile(r"[\w$)\]}'\"`]")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}


def parse(text: str, known: Mapping[str, Node] | None = None) -> Table:
    """Return what a script binds to names; ``known`` are the values of names that it imports. Raises `SyntaxFault`."""
    try:
        return _Script(text).table(known or {})
    except RecursionError as error:
        raise SyntaxFault("front-matter-too-deep", "nested too deeply", Mark(1, 1)) from error


def imports(text: str) -> Iterator[tuple[str, str, str, Mark]]:
    """Yield each name that a script imports from its site: the name, the file's path, the name there, the place.

    The name there is ``default``, or ``*`` for all of the file's.
    """
    lines = Lines(text)
    for match in _IMPORT.finditer(text):
        path, mark = match["path"] or match["required"], lines.mark(match.start())
        whole, _, braces = (match["names"] or match["bound"]).removeprefix("type ").partition("{")
        if name := re.match(rf"(\*\s*as\s+)?({_NAME})", whole.strip()):
            yield name[2], path, "*" if name[1] else DEFAULT, mark
        for part in filter(None, (part.strip() for part in braces.rstrip("} \t\n").split(","))):
            there, _, here = re.sub(r"\s+as\s+|\s*:\s*", ":", part).partition(":")
            yield here or there, path, there, mark


class _Script:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._nodes = 0
        self._skipped = 0
        self._bound: dict[str, Node] = {}

    def table(self, known: Mapping[str, Node]) -> Table:
        bound = self._bound = dict(known)
        fault: SyntaxFault | None = None
        for name, at in self._bindings():
            try:
                node = self._value(at, 0)[0]
            except SyntaxFault as found:
                if name in EXPORTED:
                    raise
                fault = fault or (found if name == RETURN else None)
                node = self._computed(at, at)
            if name == RETURN:
                if isinstance(node, Table) and tells_more(node, bound.get(RETURN)):
                    bound[RETURN] = node
            elif not (name in known and isinstance(node, Computed)):  # one that is imported by `require` is known
                bound[name] = self._computed(at, at) if name in bound and name != DEFAULT else node
        if fault and RETURN not in bound and not isinstance(bound.get(DEFAULT), Table):
            raise fault
        bindings = Bindings(bound)
        pairs = ((Scalar(name, node.mark), bindings.resolved(node)) for name, node in bound.items())
        return Table(tuple(pairs), self._lines.mark(0))

    def _bindings(self) -> Iterator[tuple[str, int]]:
        """Yield each name and the offset of what is bound to it."""
        at = 0
        while match := _BINDING.search(self._text, at):
            at = self._over(match.start()) if match["stop"] else match.end()
            if not match["stop"]:
                called = (match["call"] and f"{match['call']}()") or (match["global"] and f"{GLOBAL}.{match['global']}")
                yield match["name"] or called or (RETURN if match["return"] else DEFAULT), at

    def _over(self, at: int) -> int:
        """Return the offset behind the string, template, comment or regular expression at ``at``; else the next one."""
        here = self._text[at]
        if here == "`":
            return self._template(at)[1]
        if here == "/":
            if (comment := _WHITE.match(self._text, at)) and comment.end() > at:
                return comment.end()
            before = self._text[max(at - 100, 0) : at].rstrip()[-1:]
            found = None if _AFTER_OPERAND.match(before) else _REGEX.match(self._text, at)
        else:
            found = _STRING.match(self._text, at)
        return found.end() if found else at + 1

    def _value(self, at: int, depth: int) -> tuple[Node, int]:
        """Return the value at ``at`` and the offset of what ends it."""
        at = self._skip(at)
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise SyntaxFault("front-matter-too-deep", "nested too deeply, or too long", self._lines.mark(at))
        node, end = self._operand(at, depth)
        while node is not None:
            behind = self._skip(end)
            rest = self._text[behind : behind + 10]
            if rest[:1] == "+" and isinstance(node, Scalar) and not isinstance(node, Reference):
                more, end = self._operand(self._skip(behind + 1), depth)
                node = None if (text := self._text_of(more)) is None else Scalar(node.text + text, node.mark)
            elif said := _TYPE.match(self._text, behind):
                end = said.end()
            elif rest[:2] in {"||", "??"} and isinstance(node, Reference) and node.text.startswith(_ENVIRONMENT):
                node, end = self._operand(self._skip(behind + 2), depth)  # the site's own, where nobody says another
            elif not rest or rest[0] in ",}]);" or ("\n" in self._text[end:behind] and rest[0] not in _CONTINUES):
                return node, behind
            else:
                break
        return self._computed(at, end := self._end(at)), end

    def _operand(self, at: int, depth: int) -> tuple[Node | None, int]:  # noqa: C901, PLR0911 - one line for each kind of value
        """Return a plain value and the offset behind it; None where there is none."""
        mark, here = self._lines.mark(at), self._text[at : at + 1]
        if here == "{":
            return self._object(at, depth)
        if here == "[":
            return self._array(at, depth)
        if here == "`":
            text, end = self._template(at)
            return (None if text is None else Scalar(clean(text), mark)), end
        if here == "(":
            node, end = self._value(at + 1, depth + 1)
            return (node, end + 1) if self._text[end : end + 1] == ")" else (None, end)
        if string := _STRING.match(self._text, at):
            return Scalar(clean(_unescaped(string[0][1:-1])), mark), string.end()
        if number := _NUMBER.match(self._text, at):
            return Scalar(number[0].replace("_", ""), mark), number.end()
        if not (path := _PATH.match(self._text, at)):
            return None, at
        end = path.end()
        if path[0] in _WORDS:
            return Scalar(_WORDS[path[0]], mark), end
        if self._text[end : end + 1] == "(" and _DEFINES.match(path[0]):  # defineConfig({…}) is what it is given
            node, end = self._value(end + 1, depth + 1)
            return (node, end + 1) if self._text[end : end + 1] == ")" else (None, end)
        if path[0] in {"async", "function", "new", "await", "class", "typeof", "void"}:
            return None, end
        return Reference(path[0].replace("?.", "."), mark), end

    def _object(self, at: int, depth: int) -> tuple[Node, int]:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        mark, position = self._lines.mark(at), self._skip(at + 1)
        while position < len(self._text) and self._text[position] != "}":
            if self._text.startswith("...", position):
                node, position = self._value(position + 3, depth + 1)
                pairs[f"...{len(pairs)}"] = (Scalar(SPREAD, node.mark), node)
            else:
                key, node, position = self._member(position, depth)
                pairs.pop(key.text, None)
                pairs[key.text] = (key, node)
            position = self._skip(position)
            if self._text[position : position + 1] in {",", ";"}:
                position = self._skip(position + 1)
            elif self._text[position : position + 1] != "}":
                raise SyntaxFault("front-matter-syntax", "a table that cannot be read", self._lines.mark(position))
        self._closed(at, position, "a table that is never closed")
        return Table(tuple(pairs.values()), mark), position + 1

    def _member(self, at: int, depth: int) -> tuple[Scalar, Node, int]:
        """Return the key and the value of a table's member, and the offset of what ends it."""
        mark, match = self._lines.mark(at), _KEY.match(self._text, at)
        if not match:
            raise SyntaxFault("front-matter-syntax", "a key is missing", mark)
        name, end = match[1], match.end()
        if match["quoted"] and (string := _STRING.match(self._text, match.start(1))):
            name, end = _unescaped(string[0][1:-1]), string.end()
        elif match["computed"]:
            end = self._end(end) + 1
        end = self._skip(end)
        if self._text[end : end + 1] == ":":
            return Scalar(name, mark), *self._value(end + 1, depth + 1)
        if self._text[end : end + 1] == "(":
            return Scalar(name, mark), self._computed(at, behind := self._end(end)), behind
        return Scalar(name, mark), Reference(name, mark), end

    def _array(self, at: int, depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        mark, position = self._lines.mark(at), self._skip(at + 1)
        while position < len(self._text) and self._text[position] != "]":
            node, end = self._value(position + 3 * self._text.startswith("...", position), depth + 1)
            items.append(node)
            position = self._skip(end)
            if self._text[position : position + 1] == ",":
                position = self._skip(position + 1)
            elif self._text[position : position + 1] != "]":
                raise SyntaxFault("front-matter-syntax", "a list that cannot be read", self._lines.mark(position))
        self._closed(at, position, "a list that is never closed")
        return Items(tuple(items), mark), position + 1

    def _closed(self, at: int, end: int, fault: str) -> None:
        if end >= len(self._text):
            raise SyntaxFault("front-matter-syntax", fault, self._lines.mark(at))

    def _end(self, at: int) -> int:
        """Return the offset of the ``,``, ``;`` or closing bracket that ends the expression at ``at``."""
        depth, start = 0, at
        while (stop := _STOPS.search(self._text, at)) and self._skipped + at - start < _MOST_SKIPPED:
            here, at = stop[0], stop.start()
            if here in "([{":
                depth += 1
            elif here in ",;)]}" and not depth:
                break
            elif here in ")]}":
                depth -= 1
            at = self._over(at) if here in "'\"`/" else stop.end()
        else:
            at = at if stop else len(self._text)
        self._skipped += at - start
        if self._skipped >= _MOST_SKIPPED:
            raise SyntaxFault("front-matter-too-deep", "too long to be read", self._lines.mark(start))
        return at

    def _template(self, at: int) -> tuple[str | None, int]:
        """Return a template's text, None when something is put into it, and the offset behind it."""
        position = done = at + 1
        parts: list[str | None] = []
        while (match := _IN_TEMPLATE.search(self._text, position)) and match[0] != "`":
            position = match.end()
            if match[0] == "${":
                start, position = position, self._end(position) + 1
                text = self._text_of(Reference(self._text[start : position - 1].strip(), self._lines.mark(start)))
                parts += [_unescaped(self._text[done : match.start()]), text]
                done = position
        end = match.end() if match else len(self._text)
        parts.append(_unescaped(self._text[done : end - 1]))
        return (None if None in parts else "".join(filter(None, parts))), end

    def _text_of(self, node: Node | None) -> str | None:
        """Return the text of a plain value, or of a name that stands for one so far; None for any other."""
        value = node and Bindings(self._bound).resolved(node)
        return value.text if type(value) is Scalar else None

    def _computed(self, at: int, end: int) -> Computed:
        text = _NEXT.split(self._text[at : min(end, at + _SHOWN)], maxsplit=1)[0]
        return Computed(" ".join(text.split()), self._lines.mark(self._skip(at)))

    def _skip(self, at: int) -> int:
        match = _WHITE.match(self._text, at)
        return match.end() if match else at


def _unescaped(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        if digits := match[1] or match[2]:
            return chr(point) if (point := int(digits.strip("{}"), 16)) <= sys.maxunicode else ""
        return _ESCAPES.get(match[0][1], match[0][1])

    text = re.sub(r"\\(?:u(\{[0-9A-Fa-f]{1,6}\}|[0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|.)", one, text, flags=re.DOTALL)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two halves of one character
