"""Tags that are shown as they are, and what is left of others when all is done: no subscriber reads a tag outside code."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.bodies.codespans import code_spans
from feeder.markup.pieces import literal

if TYPE_CHECKING:
    from collections.abc import Sequence

_CURLY = re.compile(r"\{\{[^{}\n]{0,500}\}\}|\{%[^{}\n]{0,500}%\}|\{%|\{\{[<%]")
_REMOVED = {
    "liquid": r"\{%[^{}<>]{0,500}%\}|\{\{[^{}<>]{0,500}\}\}|\{%|%\}",
    "liquidtags": r"\{%[^{}<>]{0,500}%\}|\{%|%\}",
    "shortcodes": r"\{\{(?:&lt;|%)[^{}<>]{0,500}?(?:&gt;|%)\}\}|\{\{(?:&lt;|%)",
    "mdx": r"(?:(?m:^)|(?<=>))[ \t]{0,200}(?:import\s(?:[^<>\n]{0,500}?\sfrom\s)?\s*[\"'][^\"'<>\n]{1,500}[\"'];?"
    r"|export\s+(?:default|const|let|var|function|async|class)\s[^<>\n]{0,500})[ \t]{0,200}(?=<|&lt;|(?m:$))",
}
_SHOWN = {
    "mdx": r"&lt;/?[A-Z](?:(?!&[lg]t;)[^<>]){0,500}?&gt;",
    "shortcodes": r"\{%[^{}<>]{0,500}%\}|\{%|%\}",  # Liquid, of a site that was Jekyll's: Hugo shows it
}


def shielded(text: str, *, html: bool) -> str:
    """Return text whose tags outside code are shown as code."""
    if "{{" not in text and "{%" not in text:
        return text
    parts: list[str] = []
    at = 0
    for span in code_spans(text, html=html):
        parts += [_CURLY.sub(lambda match: literal(match[0]), text[at : span.start]), text[span.start : span.end]]
        at = span.end
    return "".join([*parts, _CURLY.sub(lambda match: literal(match[0]), text[at:])])


def swept(html: str, syntaxes: Sequence[str]) -> str:
    """Return rendered HTML without the tags of these syntaxes that nobody replaced, outside code."""
    for name in syntaxes:
        html = _pattern("liquid" if name == "nunjucks" else name).sub(_replaced, html)
    return html


@lru_cache(8)
def _pattern(kind: str) -> re.Pattern[str]:
    shown = _SHOWN.get(kind, "(?!)")
    return re.compile(
        rf"(?P<code><(?P<name>code|pre)\b.*?</(?P=name)>)|(?P<shown>{shown})|(?P<removed>{_REMOVED[kind]})", re.DOTALL
    )


def _replaced(match: re.Match[str]) -> str:
    if match["code"]:
        return match[0]
    return f"<code>{match[0]}</code>" if match["shown"] else ""
