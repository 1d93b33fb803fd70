"""MDX: imports, exports, components, JSX and expressions, as far as they say something that a feed can show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.bodies.codespans import Span, raw_spans
from feeder.html.htmltags import TAGS
from feeder.markup.assembly import Assembly
from feeder.markup.braces import Braces
from feeder.markup.calls import Call
from feeder.markup.mdxvalues import Values
from feeder.markup.pieces import attribute
from feeder.markup.scanning import MAX_TAGS, ends_line, margin
from feeder.records import NamedTuple
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeder.markup.desk import Desk

_EVENT = re.compile(
    r"\\[{<]|[{<]|\$\$?|^(?:import(?=\s+(?:type\s+)?(?:[\"'{*]|[\w$]+\s*(?:,|from\b)))"
    r"|export(?=\s+(?:default|const|let|var|function|async|class|type|interface|enum)\b|\s*[{*]))",
    re.MULTILINE,
)
_TAG = re.compile(r"<(/?)(>|[A-Za-z][\w.-]*(?=[\s/>]))")
_ATTRIBUTE = re.compile(r"\s*(?:([A-Za-z_][\w:.-]*+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|\{))?|(\{)|(/?>))")
_CLOSING = re.compile(r"</([A-Za-z][\w.-]*)\s*>")
_MATH = {"$": re.compile(r"\$(?=[^\s$])[^$\n]{1,1000}(?<=\S)\$(?!\d)"), "$$": re.compile(r"\$\$(?:(?!\$\$).){1,5000}\$\$", re.DOTALL)}  # fmt: skip
_COMPUTED = re.compile(r"\ssrc\s*=\s*\{")
"""A picture whose address is an expression."""
_TRUNCATE = re.compile(r"\s*(?:<!--|/\*)\s*(?:truncate|more)\s*(?:-->|\*/)\s*", re.IGNORECASE)
_MORE = "<!-- more -->"
_SURELY = re.compile(
    r"import\s[^\n]{0,500}[\"'][^\"'\n]+[\"'];?[ \t]*$|export\s+(?:default|const|let|var|function)\s", re.MULTILINE
)
_INDENT = 4
_CODE = (" " * _INDENT, "\t")
_NEAR = 200
"""Characters before a line that are looked at, to tell whether the line before is blank."""
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_RENAMED = {"classname": "class", "htmlfor": "for", "srcset": "srcset", "tabindex": "tabindex"}
_DROPPED = ("script", "style", "svg", "math", "textarea")


class Element(NamedTuple):
    """A tag of JSX: where it ends, and what it says; a value is None for an expression that feeder cannot tell."""

    name: str
    end: int
    closing: bool
    empty: bool
    attributes: Mapping[str, str | None]
    is_html: bool


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body without MDX: Markdown, with HTML in it."""
    return _Reading(body, desk).whole()


class _Reading:
    """Goes through a body once."""

    def __init__(self, body: str, desk: Desk) -> None:
        self._body = body
        self._desk = desk
        self._assembly = Assembly(desk, dedented=True)
        self._braces = Braces(body)
        self._ends = {match[1]: match.start() for match in _CLOSING.finditer(body)}
        self._spans = list(raw_spans(body, html=False))
        self._values = Values(desk)
        self._fence = 0
        self._statement = 0
        """Where the statement before ended."""

    def whole(self) -> str:
        body = self._body
        at = number = 0
        event = _EVENT.search(body)
        for _ in range(2 * MAX_TAGS):
            if event and event.start() < at:
                event = _EVENT.search(body, at)
            start = event.start() if event else len(body)
            while number < len(self._spans) and self._spans[number].start < at:
                number += 1
            if number < len(self._spans) and self._spans[number].start <= start:
                span = self._spans[number]
                self._assembly.add(body[at : span.start])
                self._span(span)
                at = span.end
                number += 1
                continue
            self._assembly.add(body[at:start])
            if event is None:
                return self._assembly.finished()
            self._fence = next((span.start for span in self._spans[number : number + 1]), len(body))
            at = self._event(event)
        self._assembly.add(body[at:])
        return self._assembly.finished()

    def _span(self, span: Span) -> None:
        text = self._body[span.start : span.end]
        if span.kind == "comment" and _TRUNCATE.fullmatch(text):
            text = _MORE
        elif span.kind == "tag":
            element = self._element(span.start)
            if text[1:].lower().startswith(_DROPPED):
                return
            if element and not element.closing:
                text = _html(element, text[: element.end - span.start]) + text[element.end - span.start :]
        self._assembly.add(text)

    def _event(self, event: re.Match[str]) -> int:
        """Add what an event comes to; return where it ends."""
        sign, start = event[0], event.start()
        if sign[0] == "\\":
            self._assembly.add(sign)
            return event.end()
        if sign[0] == "$":
            return self._math(event)
        if sign == "{":
            return self._expression(start)
        if sign == "<":
            return self._tag(start)
        before = self._body[max(0, start - _NEAR) : start].split("\n")
        if len(before) > 1 and before[-2].strip() and start != self._statement and not _SURELY.match(self._body, start):
            self._assembly.add(sign)  # within a paragraph, it is a word
            return event.end()
        end = self._braces.statement(start)
        text = self._body[start:end]
        self._values.take(text)
        self._assembly.add("\n" * text.count("\n"))
        self._statement = end + 1
        return end

    def _math(self, event: re.Match[str]) -> int:
        formula = _MATH[event[0]].match(self._body, event.start())
        end = formula.end() if formula else event.end()
        self._assembly.add(self._body[event.start() : end])
        return end

    def _expression(self, start: int) -> int:
        if self._braces.in_address(start):
            self._assembly.add("{")
            return start + 1
        end = self._braces.end(start)
        spans_fence = end > self._fence and self._body.startswith(("```", "~~~"), self._fence)
        if end < 0 or spans_fence:
            self._assembly.add("\\{")
            return start + 1
        inside = self._body[start + 1 : end - 1]
        if inside.startswith("#") and "\n" not in inside:
            return end  # a heading's id
        if _TRUNCATE.fullmatch(inside):
            self._assembly.add(_MORE)
            return end
        value = self._values.of(inside)
        if value is None and inside.strip() and not _is_comment(inside):
            self._desk.unknown(self._body[start:end], start)
        self._assembly.add(escape(value or "").replace("{", "&#123;"))
        return end

    def _tag(self, start: int) -> int:
        element = self._element(start)
        if element is None:
            self._assembly.add("<")
            return start + 1
        shown = self._body[start : element.end]
        if element.is_html:
            text = shown if element.closing else _html(element, shown)
            if element.name == "img" and _COMPUTED.search(shown):
                self._desk.became(_call(element, start), text)
            space = margin(self._body, start)
            if space is not None and ends_line(self._body, element.end):
                # In MDX, the lines within an element are Markdown, and make paragraphs; elsewhere, a blank line makes them so.
                text = "" if element.name == "p" else text
                text = f"\n{space}{text}\n" if element.closing else f"{text}\n"
            self._assembly.add(text)
        elif element.closing:
            self._assembly.closed(element.name, ends_line=ends_line(self._body, element.end))
        else:
            self._component(element, start)
        return element.end

    def _component(self, element: Element, start: int) -> None:
        space = margin(self._body, start)
        paired = not element.empty and self._ends.get(element.name, -1) > start
        alone = space is not None and (paired or ends_line(self._body, element.end))
        name = element.name if element.name in self._desk.dialect.tags else element.name.rpartition(".")[2]
        if name not in self._desk.dialect.tags:
            name = element.name
        call = _call(element, start)._replace(name=name, margin=space if alone else None)
        if paired:
            self._assembly.opened(call._replace(name=element.name), f"<{element.name}>")
        elif element.name:
            self._assembly.called(call, f"<{element.name}>")

    def _element(self, start: int) -> Element | None:
        found = _TAG.match(self._body, start)
        if found is None:
            return None
        if found[2] == ">":
            return Element("", found.end(), closing=bool(found[1]), empty=True, attributes={}, is_html=False)
        attributes: dict[str, str | None] = {}
        at = found.end()
        while True:
            said = _ATTRIBUTE.match(self._body, at)
            if said is None:
                return None
            at = said.end()
            if said[4]:
                break
            value: str | None = said[2] or ""
            if value == "{" or said[3]:
                at = self._braces.end(said.end() - 1)
                if at < 0:
                    return None
                value = None if said[3] else self._values.of(self._body[said.end() : at - 1])
            elif value:
                value = value[1:-1]
            attributes.setdefault(said[1] or "...", value)
        name = found[2]
        is_html = name[0].islower() and "." not in name
        return Element(name, at, bool(found[1]), said[4] == "/>", attributes, is_html)


def _call(element: Element, start: int) -> Call:
    """Return how a component is called, its names in lower case; what only a program could tell is said to be untold."""
    told = {key.lower(): value for key, value in element.attributes.items()}
    named = {key: value for key, value in told.items() if value is not None}
    return Call(element.name, start, named=named, untold=frozenset(told).difference(named))


def _is_comment(text: str) -> bool:
    return text.strip().startswith("/*") and text.strip().endswith("*/")


def _html(element: Element, shown: str) -> str:
    """Return a tag of HTML as HTML writes it."""
    if "{" not in shown and not element.empty and "className" not in shown:
        return shown
    kept = []
    for key, value in element.attributes.items():
        name = _RENAMED.get(key.lower(), key.lower())
        if value is not None and not name.startswith("on"):
            kept.append(f' {name}="{attribute(value)}"' if value else f" {name}")
    tail = f"</{element.name}>" if element.empty and element.name not in _VOID else ""
    if element.empty and element.name not in _VOID and element.name not in TAGS:
        return ""
    return f"<{element.name}{''.join(kept)}>{tail}"
