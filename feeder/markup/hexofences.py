"""Fenced code as Hexo takes it out before any Markdown is read: any indent closes it, and its line has a title and a link."""

from __future__ import annotations

import re
from bisect import bisect_left
from textwrap import dedent
from typing import TYPE_CHECKING

from feeder.flavors.codeinfo import language
from feeder.markup import pieces
from feeder.texts.plaintext import escape
from feeder.trees.places import FOLDED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.markup.desk import Desk

SWITCH = "syntax_highlighter"
"""The option that is empty where a site leaves fenced code to Markdown."""
_SPACE = r"[^\S\r\n]"
_FENCE = re.compile(
    rf"^(?P<before>(?:{_SPACE}*>){{0,3}}{_SPACE}*(?:(?:[-*+]|[0-9]+\.){_SPACE}*)?)(?P<fence>`{{3,}}+|~{{3,}}+)"
    rf"{_SPACE}*+(?P<said>(?:[^\n]*[^`\s])?){_SPACE}*$",
    re.MULTILINE,
)
_CLOSING = re.compile(rf"^(?:{_SPACE}*>){{0,3}}{_SPACE}*(?P<fence>`{{3,}}|~{{3,}}){_SPACE}?$", re.MULTILINE)
_EDGE = re.compile(r"<!--|-->|\{%-?\s*(?P<end>end)?(?P<name>codeblock|code|mermaid|raw)\b")
"""Where comments, and code in tags, begin and end: what is in them is no fence."""
_OPTION = re.compile(r"\s(?:line_number|line_threshold|first_line|wrap|mark|language_attr|highlight):\S+")
_LINKED = re.compile(r"(?P<name>\S+)\s+(?P<title>.+?)\s+(?P<url>https?://\S+|/\S+)\s*(?P<text>.+)?")
_TITLED = re.compile(r"(?P<name>\S+)\s*(?P<title>.+)?")
_DEEP = 4
"""Columns from which a block may be taken for the rest of a paragraph, whose signs mean something."""
_BACK = 2_000
"""Characters before a fence in which an item is looked for."""
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]| {2,3}\S")
_CODE = re.compile(r"(.*?<code[^<>]*>)(.*)", re.DOTALL)
_SIGN = re.compile(r"&#?\w+;|</code></pre>|[!-/:-@\[-`{-~]")


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body with blocks of HTML, each on a line of its own, in place of fenced code."""
    if desk.settings.habits.options.get(SWITCH) == "":
        return body
    closings: dict[str, list[re.Match[str]]] = {}
    for match in _CLOSING.finditer(body):
        closings.setdefault(match["fence"], []).append(match)
    starts = {fence: [match.start() for match in found] for fence, found in closings.items()}
    apart = list(_apart(body))
    parts: list[str] = []
    at = 0
    while opening := _FENCE.search(body, at):
        fence, first = opening["fence"], opening.end() + 1
        number = bisect_left(starts.get(fence, ()), first)
        if number == len(starts.get(fence, ())):
            parts.append(body[at : opening.end()])  # it is never closed: Markdown decides
            at = opening.end()
            continue
        closing = closings[fence][number]
        within = bisect_left(apart, (opening.start(), 0)) - 1
        if within >= 0 and apart[within][1] > closing.end():
            parts.append(body[at : closing.end()])
        else:
            lines = body.count("\n", opening.start(), closing.end())
            parts += [body[at : opening.start()], _block(opening, body[first : closing.start()]), FOLDED * lines]
        at = closing.end()
    return "".join([*parts, body[at:]])


def _apart(body: str) -> Iterator[tuple[int, int]]:
    """Yield where each comment, and the code in each tag, begins and ends."""
    opening: re.Match[str] | None = None
    for edge in _EDGE.finditer(body):
        ends = edge["end"] or edge[0] == "-->"
        if opening is None:
            opening = None if ends else edge
        elif ends and opening["name"] == edge["name"]:
            yield opening.start(), edge.end()
            opening = None


def _block(opening: re.Match[str], text: str) -> str:
    before = opening["before"]
    if depth := before.count(">"):
        text = re.sub(rf"(?m)^(?:{_SPACE}*>){{0,{depth}}}(?:{_SPACE}|$)", "", text)
    if before.isspace() and len(before.expandtabs()) >= _DEEP and not _goes_on(opening):
        before = ""  # Markdown would show the block's HTML as code
    code = pieces.code(dedent(text.removesuffix("\n")), *_caption(opening["said"]))
    if not depth and len(before.expandtabs()) >= _DEEP and (found := _CODE.fullmatch(code)):
        code = found[1] + _SIGN.sub(lambda sign: f"&#{ord(sign[0])};" if len(sign[0]) == 1 else sign[0], found[2])
    return f"{before} {code}" if before and before[-1] in "-*+." else before + code


def _goes_on(opening: re.Match[str]) -> bool:
    """Whether a fence is in a paragraph, or the nearest line before it that is not deep in itself is an item's."""
    before = opening.string[max(opening.start() - _BACK, 0) : opening.start()].splitlines()
    if before and before[-1].strip():
        return True
    nearest = next((line for line in reversed(before) if line.strip() and not line.startswith(("    ", "\t"))), "")
    return _ITEM.match(nearest) is not None


def _caption(said: str) -> tuple[str, str, str]:
    """Return the language of what stands behind a fence, the title, and the link as HTML."""
    said = _OPTION.sub("", said).partition("=")[0]
    found = _LINKED.match(said) or _TITLED.match(said)
    if found is None:
        return "", "", ""
    told = found.groupdict()
    link = pieces.link(told["url"], escape(told["text"] or "link")) if told.get("url") else ""
    return language(told["name"]), (told["title"] or "").strip(), link
