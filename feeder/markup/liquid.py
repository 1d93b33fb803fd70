"""Liquid and Nunjucks, as far as posts use them: tags, variables and their filters, conditions on what is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.codespans import Span
from feeder.markup.assembly import Assembly
from feeder.markup.calls import Call
from feeder.markup.filters import settled, value_of
from feeder.markup.scanning import Signs, Tag, ends_line, margin, pieces, spans_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeder.markup.desk import Desk

_LIQUID = Signs(re.compile(r"\{[%{]"), {"{%": "%}", "{{": "}}"})
_TAGS = Signs(re.compile(r"\{%"), {"{%": "%}"})
_NUNJUCKS = Signs(re.compile(r"\{[%{]|\{#(?=\s)"), {"{%": "%}", "{{": "}}", "{#": "#}"})
_SIGNS = {"liquid": _LIQUID, "nunjucks": _NUNJUCKS, "liquidtags": _TAGS}
_NAME = re.compile(r"[\w-]+")
_END = re.compile(r"\{%[-+]?\s*end([\w-]+)")
_COMPARED = re.compile(r"\s*(?P<left>.+?)\s*(?P<sign>==|!=|contains)\s*(?P<right>.+?)\s*")
_ASSIGNED = re.compile(r"\s*([\w.-]+)\s*=\s*(.+)", re.DOTALL)
_OPENED = re.compile(r"\{%[-+]?\s*([\w-]+)(.*?)[-+]?%\}", re.DOTALL)
_RAW = re.compile(r"(?m:^)[ \t]*\{%[-+]?\s*(?:end)?raw\s*-?%\}[ \t]*\n|\{%[-+]?\s*(?:end)?raw\s*-?%\}")
LOGIC = frozenset({"if", "loop", "capture", "assign"})
"""The meanings that are no `MEANINGS`, since they decide what becomes of others."""


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body without Liquid; ``nunjucks`` has comments in ``{# #}``, too, and ``liquidtags`` has tags only."""
    return _Reading(body, desk).whole(_SIGNS[name], name)


class _Reading:
    """Goes through a body once."""

    def __init__(self, body: str, desk: Desk) -> None:
        self._body = body
        self._desk = desk
        self._tags: Mapping[str, str] = desk.dialect.tags
        self._assembly = Assembly(desk)
        self._ends = {match[1]: match.start() for match in _END.finditer(body)}
        self._branches: list[list[bool | str]] = []

    def whole(self, signs: Signs, syntax: str) -> str:
        trimmed = False
        for piece in pieces(self._body, spans_of(self._body, self._tags, syntax, html=self._desk.html), signs):
            if isinstance(piece, Tag):
                self._tag(piece)
                trimmed = (piece.text or "").endswith("-")
            elif isinstance(piece, Span):
                self._code(piece)
                trimmed = False
            elif piece:
                self._assembly.add(piece.lstrip() if trimmed else piece)
                trimmed = False
        return self._assembly.finished()

    def _code(self, span: Span) -> None:
        text = self._body[span.start : span.end]
        opened = _OPENED.match(text) if span.kind == "verbatim" else None
        if opened is None:
            self._assembly.add(_RAW.sub("", text) if "raw" in text and self._desk.dialect.name != "hexo" else text)
            return
        inner = text[opened.end() : text.rindex("{%")]
        call = self._call(opened[1], opened[2], span.start, span.end)._replace(inner=inner)
        self._assembly.called(call, opened[0])

    def _call(self, name: str, text: str, start: int, end: int) -> Call:
        words, named = settled(text, self._desk)
        space = margin(self._body, start)
        alone = space is not None and (name in self._ends or ends_line(self._body, end))
        return Call(name, start, text.strip(), words, named, None, space if alone else None)

    def _tag(self, tag: Tag) -> None:
        shown = self._body[tag.start : tag.end]
        if tag.text is None:
            self._desk.unknown(shown, tag.start)
        elif tag.sign == "{{":
            value = value_of(tag.text.strip("-+"), self._desk)
            if value is None:
                self._desk.unknown(shown, tag.start)
            self._assembly.add(value or "")
        elif tag.sign == "{%":
            self._statement(tag, tag.text.strip("-+ \t\n"), shown)

    def _statement(self, tag: Tag, text: str, shown: str) -> None:
        found = _NAME.match(text)
        name = found[0] if found else ""
        rest = text[len(name) :]
        meaning = self._tags.get(name, "")
        if name.startswith("end") and name not in self._tags:
            self._end(name[3:], tag, shown)
        elif name in {"else", "elsif", "elif", "when"}:
            self._branch(name, rest)
        elif meaning == "assign":
            self._assign(rest)
        elif meaning in LOGIC and name in self._ends:
            known = self._truth(rest) if meaning == "if" else None
            if self._assembly.opened(Call(name, tag.start, rest), shown):
                self._branches.append([known is not True if name == "unless" else known is True, meaning, ""])
            if meaning == "loop":
                self._desk.unknown(shown, tag.start)
        elif self._ends.get(name, -1) > tag.start:
            self._assembly.opened(self._call(name, rest, tag.start, tag.end), shown)
        elif meaning not in LOGIC:
            self._assembly.called(self._call(name, rest, tag.start, tag.end), shown)

    def _end(self, name: str, tag: Tag, shown: str) -> None:
        frames = self._assembly.frames
        if self._tags.get(name) in LOGIC:
            while frames and frames[-1].call.name != name and any(frame.call.name == name for frame in frames):
                self._assembly.closed(frames[-1].call.name, ends_line=False)
            if frames and frames[-1].call.name == name:
                self._decide()
            return
        if not self._assembly.closed(name, ends_line=ends_line(self._body, tag.end)) and name not in self._tags:
            self._desk.unknown(shown, tag.start)

    def _decide(self) -> None:
        """End a condition, a loop or what is captured: keep of it what is to be kept."""
        frame = self._assembly.frames.pop()
        live, meaning, kept = self._branches.pop() if self._branches else [False, "", ""]
        text = "".join(frame.parts)
        if meaning == "capture":
            self._desk.variables[frame.call.text.strip()] = text
        elif meaning == "if":
            self._assembly.add(str(kept) + (text if live else ""))

    def _branch(self, name: str, rest: str) -> None:
        """Begin another branch of the condition that is open."""
        frames = self._assembly.frames
        if not frames or not self._branches or self._tags.get(frames[-1].call.name) != "if":
            return
        state = self._branches[-1]
        if state[0]:
            state[2] = str(state[2]) + "".join(frames[-1].parts)
            state[0], state[1] = False, "if"
            frames[-1] = frames[-1]._replace(call=frames[-1].call._replace(text="done"))
        elif frames[-1].call.text != "done":
            state[0] = name == "else" or self._truth(rest) is True
        frames[-1].parts.clear()

    def _truth(self, condition: str) -> bool | None:
        if found := _COMPARED.fullmatch(condition):
            left, right = value_of(found["left"], self._desk), value_of(found["right"], self._desk)
            if left is None or right is None:
                return found["sign"] == "!="
            same = right in left if found["sign"] == "contains" else left == right
            return same is not (found["sign"] == "!=")
        if condition.strip() in {"true", "false", "nil"}:
            return condition.strip() == "true"
        value = value_of(condition, self._desk)
        return value is not None and value not in {"false", "nil"}

    def _assign(self, rest: str) -> None:
        if found := _ASSIGNED.match(rest):
            value = value_of(found[2], self._desk)
            if value is not None:
                self._desk.variables[found[1]] = value
