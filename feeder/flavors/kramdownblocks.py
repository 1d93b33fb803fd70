"""HTML between Markdown, as kramdown takes it apart: an element ends at its end tag -> where CommonMark ends it, at a blank line."""

from __future__ import annotations

import re

_VOID = frozenset("area base col embed hr link meta param source track wbr".split())
_SPAN = (
    "a|abbr|acronym|b|bdo|big|br|button|cite|del|dfn|em|i|img|input|ins|kbd|label|mark|q|s|samp|select|small|span|strong|sub|sup"
    "|time|tt|u|var"
)
_MISSES, _DEEPEST = 20, 200
"""Elements without an end, or with too much in them, after which no other is looked at: each costs a look at what follows."""
_BLANK = re.compile(
    r"(?P<pre><pre\b(?:(?!<pre\b).){0,20000}?</pre>)|\n(?:[ \t]{0,80}\n){1,20}+(?=[ \t]{0,80}<| {4}|\t)",
    re.DOTALL | re.IGNORECASE,
)
_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_BEGINS_BLOCK = re.compile(rf"[ \t]*(?:#|>|```|~~~|[*+-][ \t]|\d+[.)][ \t]|</?(?!(?:{_SPAN})\b)[A-Za-z])")
_NEXT = re.compile(r"[ \t]*\n(?![ \t]*(?:\n|\{:|\Z))[ \t]*|[ \t]*(?=[^\s{])")


_ITEM = re.compile(
    r"^(?P<item>[ ]{0,12}(?:[*+-]|\d{1,9}\.)[ ]{1,4})(?P<tag><(?P<name>div|p|center|section|table|figure|ul|ol|dl)\b)"
    r"(?P<inside>(?:(?!<(?P=name)\b|\n[ \t]*\n).){0,3000}?\n[ ]*</(?P=name)>)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)


def within_items(body: str) -> str:
    """Return a body in which elements that an item of a list begins with are set in as far as the item's text is."""
    return _ITEM.sub(_set_in, body)


def _set_in(match: re.Match[str]) -> str:
    first, *lines = match["inside"].split("\n")
    margin = " " * len(match["item"])
    lines = [line if line.startswith(margin) else margin + line.lstrip(" ") for line in lines]
    return match["item"] + match["tag"] + "\n".join((first, *lines))


def parts(code: str) -> re.Pattern[str]:
    """Return the pattern of what `parted` looks at; ``code`` is that of what it leaves alone."""
    return re.compile(
        rf"(?P<skipped>{code})"
        rf"|^</?(?P<span>{_SPAN})(?:\s[^<>]{{0,2000}})?>[ \t]*\n(?![ \t]*(?:\n|\{{:|\Z))"
        rf"|^<(?P<name>(?!(?:{_SPAN})\b)[A-Za-z][A-Za-z0-9-]{{0,40}})(?P<rest>(?:\s[^<>]{{0,2000}})?>)",
        re.MULTILINE | re.DOTALL | re.IGNORECASE,
    )


def parted(body: str, pattern: re.Pattern[str]) -> str:
    """Return a body with a blank line behind each element, none within, and tags of running text in running text."""
    made: list[str] = []
    at = misses = 0
    while misses < _MISSES and (found := pattern.search(body, at)):
        made.append(body[at : found.start()])
        at = found.end()
        if found["span"]:
            made.append(found[0].rstrip() + ("\n\n" if _BEGINS_BLOCK.match(body, at) else " "))
            at += len(body[at : at + 100]) - len(body[at : at + 100].lstrip(" \t"))
        elif found["name"] and (end := _end(body, found)):
            element = body[found.start() : end]
            behind = _NEXT.match(body, end)
            made += [element if "markdown=" in element else _BLANK.sub(_squeezed, element), "\n\n" if behind else ""]
            at = behind.end() if behind else end
        else:
            made.append(found[0])
            misses += bool(found["name"])
    return "".join((*made, body[at:]))


def _end(body: str, found: re.Match[str]) -> int:
    """Return where an element ends, 0 for nowhere."""
    name = found["name"]
    if name.lower() in _VOID or found["rest"].endswith("/>"):
        return found.end()
    depth = 0
    for tag in re.compile(rf"<(/?){name}\b[^<>]*>", re.IGNORECASE).finditer(body, found.start()):
        depth += -1 if tag[1] else not tag[0].endswith("/>")
        if depth == 0:
            return tag.end()
        if depth > _DEEPEST:
            return 0
    return 0


def _squeezed(found: re.Match[str]) -> str:
    """Return an end of a line without the blank lines behind it; those of code as references."""
    if found["pre"] is None:
        return "\n"
    if "\n" not in found["pre"]:
        return found["pre"]
    return _LINES.sub(lambda lines: "\n" + "&#10;" * (lines[0].count("\n") - 1), found["pre"])
