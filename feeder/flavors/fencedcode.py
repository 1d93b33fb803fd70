"""Fenced code for Python-Markdown as writers use it: at any indent, with any info string, its bytes kept.

The extension that ships with it takes one word of info, knows no fence inside a list, and comes after tabs are gone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from feeder.bodies.fences import FENCE, closing
from feeder.flavors.codeinfo import language
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    from markdown import Markdown

_OPENING = re.compile(rf"(?P<indent>[ \t]*)(?P<item>(?:[*+-]|\d{{1,9}}[.)])[ \t]+)?{FENCE}[ \t]*(?P<info>[^\n]*)")
_LIST_ITEM = re.compile(r"[ \t]*(?:[*+-]|\d+[.)])[ \t]+")
_PRE = re.compile(r"<(/?)pre\b", re.IGNORECASE)
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)")
_TAB = 4
TAB = "\ufdd2"
"""Stands in for a tab in raw ``<pre>`` until the Markdown is converted: a noncharacter, which no author writes."""


class FencedCode(Extension):
    """Puts `_Fences` in the place of Python-Markdown's white space preprocessor, whose work it does too."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's name for it
        """Register the preprocessor."""
        md.preprocessors.register(_Fences(md), "normalize_whitespace", 30)


class _Fences(Preprocessor):
    """Stashes fenced code before anything can touch it, and normalizes the white space of the rest."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with a placeholder for each fenced block, on lines of their own."""
        kept: list[str] = []
        at = 0
        raw = False
        endless = ""  # the shortest line of tildes after which no other ends it
        while at < len(lines):
            raw = _raw_after(lines[at], raw=raw)
            if raw:
                kept.append(lines[at].replace("\t", TAB))
                at += 1
                continue
            opening = _OPENING.fullmatch(lines[at])
            depth = _depth(opening["indent"], kept) if opening else None
            if opening is None or depth is None or (endless and opening["fence"].startswith(endless)):
                kept.append(
                    lines[at].expandtabs(_TAB).rstrip(" ") if lines[at].isspace() else lines[at].expandtabs(_TAB)
                )
                at += 1
                continue
            closed = closing(opening)
            end = next((end for end in range(at + 1, len(lines)) if closed.match(lines[end])), len(lines))
            if end == len(lines) and opening["fence"][0] == "~":
                endless = opening["fence"]
                continue
            item = opening["item"] or ""
            code = _without_indent(lines[at + 1 : end], len(opening["indent"] + item))
            block = " " * depth + item + self.md.htmlStash.store(_block(code, opening["info"]))
            kept += [block] if item else ["", block, ""]
            at = end + 1
        return [*kept, "", ""]


def _raw_after(line: str, *, raw: bool) -> bool:
    """Return whether ``<pre>`` is open after a line."""
    for tag in _PRE.finditer(_CODE.sub("", line) if "`" in line and "<" in line else line):
        raw = not tag[1]
    return raw


def _depth(indent: str, before: list[str]) -> int | None:
    """Return the indent that a block must have to stay in its list item, 0 outside lists, None for indented code."""
    width = len(indent.expandtabs(_TAB))
    if not width:
        return 0
    flat = 0 if width < _TAB else None
    below = ""
    for line in reversed(before):
        indented = len(line) - len(line.lstrip(" "))
        if line.strip() and indented < width:
            return -(-width // _TAB) * _TAB if _LIST_ITEM.match(line) else flat
        if (
            not line.strip()
            and below.strip()
            and len(below) - len(below.lstrip(" ")) < _TAB
            and not _LIST_ITEM.match(below)
        ):
            return flat  # a paragraph that is none of the list's to Python-Markdown ended it
        below = line
    return flat


def _without_indent(lines: list[str], width: int) -> list[str]:
    """Return the lines without as much white space as stands before the opening fence, as far as they have it."""
    return [line[min(width, len(line) - len(line.lstrip(" \t"))) :] for line in lines]


def _block(code: list[str], info: str) -> str:
    said = language(info)
    name = f' class="language-{said}"' if said else ""
    text = "".join(f"{line}\n" for line in code)
    return f"<pre><code{name}>{escape(text)}</code></pre>"
