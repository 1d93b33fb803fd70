"""Liquid and Nunjucks, as far as posts use them: tags, variables and their filters, conditions on what is known."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from feeder.markup.assembly import Assembly
from feeder.markup.calls import Call
from feeder.markup.conditions import chosen, holds
from feeder.markup.filters import settled, value_of
from feeder.markup.scanning import Signs, Tag, ends_line, margin, pieces, spans_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeder.bodies.codespans import Span
    from feeder.markup.desk import Desk

_LIQUID = Signs(re.compile(r"\{[%{]"), {"{%": "%}", "{{": "}}"})
_TAGS = Signs(re.compile(r"\{%"), {"{%": "%}"})
_NUNJUCKS = Signs(re.compile(r"\{[%{]|\{#(?=\s)"), {"{%": "%}", "{{": "}}", "{#": "#}"})
_SIGNS = {"liquid": _LIQUID, "nunjucks": _NUNJUCKS, "liquidtags": _TAGS}
_NAME = re.compile(r"[\w-]+")
_END = re.compile(r"\{%[-+]?\s*end([\w-]+)")
_ASSIGNED = re.compile(r"\s*([\w.-]+)\s*=\s*(.+)", re.DOTALL)
_OPENED = re.compile(r"\{%[-+]?\s*([\w-]+)(.*?)[-+]?%\}", re.DOTALL)
_RAW = re.compile(
    r"(?:(?m:^)[ \t]*\{%[-+]?\s*raw\s*-?%\}[ \t]*\n|\{%[-+]?\s*raw\s*-?%\})"
    r"(?P<inner>.{0,20000}?)(?:(?m:^)[ \t]*\{%[-+]?\s*endraw\s*-?%\}[ \t]*\n|\{%[-+]?\s*endraw\s*-?%\})"
    r"|(?m:^)[ \t]*\{%[-+]?\s*(?:end)?raw\s*-?%\}[ \t]*\n|\{%[-+]?\s*(?:end)?raw\s*-?%\}",
    re.DOTALL,
)
"""Within code: what is raw, in which another sign may be shown, and a sign alone, whose other half is elsewhere."""
_SIGN = re.compile(r"""\{\{-?\s*(["'])((?:(?!\1)[^\n]){0,200}?(?:\{[{%]|[%}]\})(?:(?!\1)[^\n]){0,200})\1\s*-?\}\}""")
"""Within code: a text that is put in for the signs in it, so that Liquid does not read them."""
_MANY = 200
"""Signs in one piece of code beyond which all stay."""
LOGIC = frozenset({"if", "case", "loop", "capture", "assign"})
"""The meanings that are no `MEANINGS`, since they decide what becomes of others."""


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body without Liquid; ``nunjucks`` has comments in ``{# #}``, too, and ``liquidtags`` has tags only."""
    return _Reading(body, desk).whole(_SIGNS[name], name)


def filled(text: str, desk: Desk) -> str:
    """Return a file that a body includes without Liquid, which counts within code, too. Raises `feeder.markup.UnknownError`."""
    return _Reading(text, desk, template=True).whole(_LIQUID, "liquid")


class _Reading:
    """Goes through a body once."""

    def __init__(self, body: str, desk: Desk, *, template: bool = False) -> None:
        self._body = body
        self._desk = desk
        self._template = template
        self._tags: Mapping[str, str] = desk.dialect.tags
        self._assembly = Assembly(desk)
        self._ends = {match[1]: match.start() for match in _END.finditer(body)}
        self._branches: list[list[bool | str]] = []

    def whole(self, signs: Signs, syntax: str) -> str:
        spans = spans_of(self._body, self._tags, syntax, html=self._desk.html)
        if self._template:
            spans = [span for span in spans if span.kind == "verbatim"]
        trimmed, text = False, ""
        for piece in pieces(self._body, spans, signs):
            if isinstance(piece, str):
                text = piece.lstrip() if trimmed else piece
                trimmed = trimmed and not text
                continue
            if text:
                self._assembly.add(
                    text.rstrip() if isinstance(piece, Tag) and (piece.text or "").startswith("-") else text
                )
            text = ""
            if isinstance(piece, Tag):
                self._tag(piece)
                trimmed = (piece.text or "").endswith("-")
            else:
                self._code(piece)
                trimmed = False
        self._assembly.add(text)
        return self._assembly.finished()

    def _code(self, span: Span) -> None:
        text = self._body[span.start : span.end]
        opened = _OPENED.match(text) if span.kind == "verbatim" else None
        if opened is None:
            self._assembly.add(self._without_raw(text))
            return
        inner = text[opened.end() : text.rindex("{%")]
        inner = self._without_raw(inner) if self._tags.get(opened[1]) == "code" else inner
        call = self._call(opened[1], opened[2], span.start, span.end)._replace(inner=inner)
        self._assembly.called(call, opened[0])

    def _without_raw(self, code: str) -> str:
        """Return code without the signs of what is raw in it, and of what stands for signs."""
        if self._desk.dialect.name == "hexo":
            return code
        if "raw" in code and code.count("raw") <= _MANY:
            code = _RAW.sub(lambda found: found["inner"] or "", code)
        return _SIGN.sub(r"\2", code) if "{{" in code else code

    def _call(self, name: str, text: str, start: int, end: int) -> Call:
        words, named = settled(text, self._desk)
        space = margin(self._body, start)
        alone = space is not None and (name in self._ends or ends_line(self._body, end))
        return Call(name, start, text.strip(), words, named, None, space if alone else None)

    def _tag(self, tag: Tag) -> None:
        shown = self._body[tag.start : tag.end]
        if tag.text is None:
            self._desk.unknown(shown, tag.start)
        elif tag.sign == "{{" and self._template and self._is_dead():
            return
        elif tag.sign == "{{":
            value = value_of(tag.text.strip("-+"), self._desk)
            fits = not self._template or self._desk.has_room(len(value or ""))
            unknown = not fits or (value is None and not self._is_nothing(tag.text))
            if unknown:
                self._desk.unknown(shown, tag.start)
            self._assembly.add(value or (self._assembly.lost(tag.start) if unknown else ""))
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
            self._branch(name, rest, tag)
        elif meaning == "assign":
            self._assign(rest)
        elif meaning in LOGIC and name in self._ends:
            known = None
            if meaning in {"if", "case"} and not self._is_dead():
                decide = partial(holds, rest, self._desk) if meaning == "if" else partial(chosen, rest, "", self._desk)
                known = self._known(decide, tag)
            if self._assembly.opened(Call(name, tag.start, rest), shown):
                self._branches.append([known is not True if name == "unless" else known is True, meaning, ""])
            if meaning == "loop":
                self._desk.unknown(shown, tag.start)
        elif self._ends.get(name, -1) > tag.start:
            self._assembly.opened(self._call(name, rest, tag.start, tag.end), shown)
        elif meaning not in LOGIC and not (self._template and self._is_dead()):
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
        if meaning == "capture" and not self._is_dead():
            self._desk.variables[frame.call.text.strip()] = text
        elif meaning in {"if", "case"}:
            self._assembly.add(str(kept) + (text if live else ""))

    def _branch(self, name: str, rest: str, tag: Tag) -> None:
        """Begin another branch of the condition that is open."""
        frames = self._assembly.frames
        if not frames or not self._branches or self._tags.get(frames[-1].call.name) not in {"if", "case"}:
            return
        state = self._branches[-1]
        if state[0]:
            state[2] = str(state[2]) + "".join(frames[-1].parts)
            state[0], state[1] = False, "if"
            frames[-1] = frames[-1]._replace(call=frames[-1].call._replace(text="done"))
        elif frames[-1].call.text != "done" and not self._is_dead(1):
            subject = frames[-1].call.text
            decide = partial(chosen, subject, rest, self._desk) if name == "when" else partial(holds, rest, self._desk)
            state[0] = name == "else" or self._known(decide, tag) is True
        frames[-1].parts.clear()

    def _is_nothing(self, expression: str) -> bool:
        """Whether an expression has no value, since what it begins with has none."""
        return self._template and self._desk.is_nothing(expression.strip("-+").partition("|")[0].strip())

    def _known(self, decide: Callable[[], bool], tag: Tag) -> bool | None:
        """Return what is decided, None where it is not known, which is told unless nobody takes the branch anyway."""
        try:
            return decide()
        except ValueError:
            self._desk.unknown(self._body[tag.start : tag.end], tag.start)
            return None

    def _is_dead(self, within: int = 0) -> bool:
        """Whether this is in a branch that nobody takes, or what is around the innermost ``within`` of them."""
        around = self._branches[: len(self._branches) - within]
        return any(live is False and meaning in {"if", "case"} for live, meaning, _ in around)

    def _assign(self, rest: str) -> None:
        if not self._is_dead() and (found := _ASSIGNED.match(rest)):
            value = value_of(found[2], self._desk)
            if value is not None:
                self._desk.variables[found[1]] = value
            elif self._template:
                self._desk.variables.pop(found[1], None)
                if not self._is_nothing(found[2]):
                    self._desk.unknown(rest, 0)
