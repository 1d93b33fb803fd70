"""The line that opens a block of code -> the language in it: lines to mark, titles and options are for a page's own script."""

from __future__ import annotations

from feeder.patterns import pattern

_BRACED = pattern(
    r"\{[^{}]*?(?:\.|(?:lang|language|class)=[\"']?|(?<=\{))\s*(?P<name>[A-Za-z_][\w#+.-]*)(?![\w#+.-]*=)"
)
_NAME = pattern(r"\.?(?P<name>[\w#+][\w#+.-]*+)(?!=[\"'{\[])")
_SPOILED = pattern(r"<pre><code class=\"language-(?P<info>[^\"]*[^\"\w#+.-][^\"]*|\.[^\"]*|\d+)\">")
_FIRST_LINE = pattern(r"<pre><code>(?:::+|#!)(?!/)(?P<name>[\w#+.-]+)[ \t]*(?:hl_lines=[^\n]*)?\n")


def language(info: str) -> str:
    """Return the name of the language that a fence's info string gives, "" for none."""
    info = info.strip()
    found = _BRACED.match(info) if info.startswith("{") else _NAME.match(info)
    return found["name"] if found and not found["name"].isdecimal() else ""


def with_plain_languages(html: str) -> str:
    """Return HTML whose code has nothing beside its language in the class that says it."""
    from html import unescape

    return (
        _SPOILED.sub(lambda match: _opening(language(unescape(match["info"]))), html) if "language-" in html else html
    )


def without_first_lines(html: str) -> str:
    """Return HTML whose code does not begin with ``:::python`` or ``#!python``, which say the language."""
    if "<pre><code>::" not in html and "<pre><code>#!" not in html:
        return html
    return _FIRST_LINE.sub(lambda match: _opening(match["name"].lower()), html)


def _opening(name: str) -> str:
    return f'<pre><code class="language-{name}">' if name else "<pre><code>"
