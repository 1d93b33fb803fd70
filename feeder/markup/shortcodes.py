"""Hugo's shortcodes: ``{{< name >}}``, ``{{% name %}}``, with or without an end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.bodies.codespans import Span
from feeder.markup.assembly import Assembly
from feeder.markup.calls import Call
from feeder.markup.pieces import literal
from feeder.markup.scanning import Signs, Tag, arguments, ends_line, margin, pieces, spans_of

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

_SIGNS = Signs(re.compile(r"\{\{[<%]"), {"{{<": ">}}", "{{%": "%}}"}, quoted=True)
_NAME = re.compile(r"\s*(/?)\s*([\w./-]+)")
_END = re.compile(r"\{\{[<%]\s*/\s*([\w./-]+?)\s*[>%]\}\}")
_OPENED = re.compile(r"\{\{[<%]\s*([\w./-]+)(.*?)[>%]\}\}", re.DOTALL)
_ROW = 2_000
"""Characters of a line that are looked at, to tell whether it is the row of a table."""
_SHOWN = re.compile(r"(\{\{[<%])/\*(.{0,2000}?)\*/([>%]\}\})", re.DOTALL)


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body without shortcodes."""
    reading = _Reading(body, desk)
    for piece in pieces(body, spans_of(body, desk.dialect.tags, name, html=desk.html), _SIGNS):
        if isinstance(piece, str):
            reading.assembly.add(piece)
        elif isinstance(piece, Span):
            reading.code(piece)
        else:
            reading.tag(piece)
    return reading.assembly.finished()


class _Reading:
    """Goes through a body once."""

    def __init__(self, body: str, desk: Desk) -> None:
        self._body = body
        self._desk = desk
        self._ends = {match[1]: match.start() for match in _END.finditer(body)}
        self.assembly = Assembly(desk)

    def code(self, span: Span) -> None:
        """Add code: a shortcode that is shown in it loses the marks that kept it from being one."""
        text = self._body[span.start : span.end]
        opened = _OPENED.match(text) if span.kind == "verbatim" else None
        if opened is None:
            self.assembly.add(_SHOWN.sub(r"\1\2\3", text) if "/*" in text else text)
            return
        inner = _SHOWN.sub(r"\1\2\3", text[opened.end() : text.rindex("{{")])
        call = self._call(opened[1], opened[2], span.start, span.end)._replace(inner=inner)
        self.assembly.called(call, opened[0])

    def tag(self, tag: Tag) -> None:
        """Add what a shortcode comes to, or begin or end what it holds."""
        body, assembly = self._body, self.assembly
        shown = body[tag.start : tag.end]
        text = tag.text or ""
        found = _NAME.match(text)
        if text.startswith("/*") and _SHOWN.fullmatch(shown):
            code = literal(_SHOWN.sub(r"\1\2\3", shown))
            assembly.add(code.replace("|", "&#124;") if self._in_cell(tag.start) else code)
        elif found is None:
            self._desk.unknown(shown, tag.start)
        elif found[1]:
            assembly.closed(found[2], ends_line=ends_line(body, tag.end))
        else:
            rest = text[found.end() :].rstrip()
            call = self._call(found[2], rest.removesuffix("/"), tag.start, tag.end)
            if rest.endswith("/") or self._ends.get(found[2], -1) <= tag.start:
                assembly.called(call, shown)
            else:
                assembly.opened(call, shown)

    def _call(self, name: str, text: str, start: int, end: int) -> Call:
        words, named = arguments(text)
        space = margin(self._body, start)
        alone = space is not None and (self._ends.get(name, -1) > start or ends_line(self._body, end))
        cell = self._body.startswith("{{<", start) and self._in_cell(start)
        return Call(name, start, text.strip(), words, named, None, space if alone else None, cell=cell)

    def _in_cell(self, start: int) -> bool:
        """Whether the line of a tag begins as the row of a table does: Hugo has made its cells when it fills in the tag."""
        return self._body[max(0, start - _ROW) : start].rpartition("\n")[2].lstrip(" \t>").startswith("|")
