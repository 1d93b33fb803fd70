"""Hugo's shortcodes: ``{{< name >}}``, ``{{% name %}}``, with or without an end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.bodytext import Span
from feeder.markup.calls import Assembly
from feeder.markup.meanings import Call
from feeder.markup.pieces import literal
from feeder.markup.scanning import Signs, Tag, arguments, ends_line, margin, pieces, spans_of

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

_SIGNS = Signs(re.compile(r"\{\{[<%]"), {"{{<": ">}}", "{{%": "%}}"})
_NAME = re.compile(r"\s*(/?)\s*([\w./-]+)")
_END = re.compile(r"\{\{[<%]\s*/\s*([\w./-]+?)\s*[>%]\}\}")
_OPENED = re.compile(r"\{\{[<%]\s*([\w./-]+)(.*?)[>%]\}\}", re.DOTALL)
_SHOWN = re.compile(r"(\{\{[<%])/\*(.{0,2000}?)\*/([>%]\}\})", re.DOTALL)


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body without shortcodes."""
    tags = desk.dialect.tags
    ends = {match[1]: match.start() for match in _END.finditer(body)}
    assembly = Assembly(desk)

    def call_of(name: str, text: str, start: int, end: int) -> Call:
        words, named = arguments(text)
        space = margin(body, start)
        alone = space is not None and (ends.get(name, -1) > start or ends_line(body, end))
        return Call(name, start, text.strip(), words, named, None, space if alone else None)

    for piece in pieces(body, spans_of(body, tags, name, html=desk.html), _SIGNS):
        if isinstance(piece, str):
            assembly.add(piece)
        elif isinstance(piece, Span):
            text = body[piece.start : piece.end]
            opened = _OPENED.match(text) if piece.kind == "verbatim" else None
            if opened:
                inner = text[opened.end() : text.rindex("{{")]
                assembly.called(call_of(opened[1], opened[2], piece.start, piece.end)._replace(inner=inner), opened[0])
            else:
                assembly.add(_SHOWN.sub(r"\1\2\3", text) if "/*" in text else text)
        else:
            _tag(piece, body, ends, assembly, desk, call_of)
    return assembly.finished()


def _tag(tag: Tag, body: str, ends, assembly: Assembly, desk: Desk, call_of) -> None:  # type: ignore[no-untyped-def]
    shown = body[tag.start : tag.end]
    if tag.text is None:
        desk.unknown(shown, tag.start)
        return
    if tag.text.startswith("/*"):
        if _SHOWN.fullmatch(shown):
            assembly.add(literal(_SHOWN.sub(r"\1\2\3", shown)))
        return
    found = _NAME.match(tag.text)
    if found is None:
        desk.unknown(shown, tag.start)
        return
    name, rest = found[2], tag.text[found.end() :]
    if found[1]:
        assembly.closed(name, ends_line=ends_line(body, tag.end))
    elif rest.rstrip().endswith("/"):
        call = call_of(name, rest.rstrip()[:-1], tag.start, tag.end)
        assembly.called(call, shown)
    elif ends.get(name, -1) > tag.start:
        assembly.opened(call_of(name, rest, tag.start, tag.end), shown)
    else:
        assembly.called(call_of(name, rest, tag.start, tag.end), shown)
