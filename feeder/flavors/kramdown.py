"""kramdown's Markdown -> the CommonMark that means the same, where comrak would read it otherwise; and the HTML of that, mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.bodies.fences import FENCE, MARGIN
from feeder.flavors.emphasis import with_spaces_outside
from feeder.flavors.kramdownlines import with_lines_of_commonmark
from feeder.flavors.kramdownsigns import (
    with_bare_addresses,
    with_last_definitions,
    with_references,
    with_signs_of_commonmark,
    with_text_for_open_fences,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_TICKS = 20_000
"""Signs of code beyond which nobody looks for where it ends."""
CODE = (
    rf"^(?![ \t>]*\d+\)){MARGIN}{FENCE}[^\n]*\n(?:.*?^[ \t>]*(?P=fence)[`~]*[ \t]*$|.*\Z)"
    r"|^(?: {4}|\t)[^\n]*$"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).){1,2000}?(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<raw>pre|code|script|style|textarea)\b.{0,20000}?</(?P=raw)>"
)
_WORD = r"(?:[^\s()<>]|\([^()<>\n]{0,200}\)){1,1000}+"
"""Of an address with spaces: what has no end of the address in it."""
_BLOCK = "article|aside|blockquote|details|div|figcaption|figure|footer|header|main|nav|section|summary"
_PARTS = re.compile(
    r"(?=[ \t`~<>\[\]$*+\d-])"  # what any of these begins with
    rf"(?:(?P<code>{CODE})"
    # a title with quotes in it
    rf"|(?P<titled>\]\([ \t]*{_WORD}[ \t]+)(?P<quote>[\"'])(?P<title>(?:(?!(?P=quote)[ \t]*\)|\n[ \t]*\n).){{1,500}})(?P=quote)(?=[ \t]*\))"
    # an address with spaces in it
    rf"|(?P<spaced>\]\([ \t]*{_WORD}(?:(?:[ \t]+|[ \t]*\n[ \t]*)(?![\"']){_WORD}){{1,30}}+)(?=[ \t]*\)|\s+[\"'])"
    # one with spaces, or with parentheses that are not in pairs, in a definition
    r"|(?P<defined>^[ ]{0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*)"
    r"(?P<target>[^\s<>]{1,1000}+(?:[ \t]+(?![\"'])[^\s<>]{1,1000}+){0,30})(?=[ \t]*$|[ \t]+[\"'])"
    r"|\$\$(?P<math>[^$]{1,5000})\$\$"
    r"|(?P<tilde>(?<![^\s\"'(\[])~(?!~)|(?<=\w)~(?=\w{1,9}~(?!~))|(?<=[^\x00-~])~(?!~)|(?<!~)~(?=[^\x00-~]))"
    r"|(?P<abbreviation>^[ ]{0,3}\*\[[^\]\n]{1,200}\]:[^\n]*$\n?)"
    rf"|(?P<open><(?P<element>{_BLOCK}|p)\b[^<>]{{0,500}}?)\smarkdown=[\"']?(?:1|block|span)[\"']?(?P<rest>[^<>]{{0,500}}>)"
    # no item of a list, which a number with a full stop begins
    r"|(?P<numbered>^(?:[ ]{0,3}>){0,5}[ ]{0,3}\d{1,9})\)(?=[ \t]))",
    re.MULTILINE | re.DOTALL,
)
_TABLES = re.compile(
    rf"(?P<code>{CODE})"
    r"|(?:(?<=\n\n)|(?<=-->\n)|\A)(?P<table>"
    # all that begins with a bar, or with a line above its head or its rows, and all that has a line below its head
    r"(?:[ ]{0,3}\|[^\n]*\n|[ ]{0,3}:?-[ \t:+-]*\|[ \t|:+-]*\n(?=[^\n|]*\|)|[ ]{0,3}(?![#>*+~-])[^\s|][^\n|]*\|[^\n]*\n[ ]{0,3}[:|+-][ \t:|+-]*-[ \t:|+-]*\n)"
    r"(?:[^\n|]*\|[^\n]*(?:\n|\Z))*)",
    re.MULTILINE | re.DOTALL,
)
_SIGNS = ("](", "]:", "$$", "~", "*[", "markdown", ") ", ")\t")
"""Of these a body has one that has anything of the kind."""
_HTML = re.compile(r"^</?[A-Za-z]", re.MULTILINE)
_HTML_IN_ITEM = re.compile(r"^[ ]{0,12}(?:[*+-]|\d{1,9}\.)[ ]{1,4}<[A-Za-z]+[^<>\n]*>[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"[|:+-][ \t|:=+-]*")
_IN_CODE = re.compile(r"(?<![`\\])(`+)(?!`)[^`\n].{0,500}?(?<!`)\1(?!`)")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_EMPTY_HEAD = re.compile(r"<thead>\s*<tr>\s*(?:<th[^<>]*></th>\s*)+</tr>\s*</thead>\s*")
_NOWHERE = re.compile(
    # of a single word, `[a][b]`, both may be what the author wants to show
    r"<(?P<code>code|pre)\b.*?</(?P=code)>"
    r"|(?<![\w\])])\[(?P<text>[^\[\]<>\n]{1,200})\]\[(?P<label>[^\[\]<>\n]{0,100})\]",
    re.DOTALL,
)
_AFTER_TAG = re.compile("(</[a-z]+>)(?:\u2018(?=\\w)|\u201c(?=\\s|</|[.,;:!?)]|$))")
_OPENS = re.compile("(?:(?<=[\\s(])|(?<=<p>)|(?<=<li>)|(?<=<td>))\u2019(?=[^\\W\\d]|<[acdes])")


def as_commonmark(body: str) -> str:
    """Return a body with what kramdown reads in a way of its own as CommonMark has it; code stays."""
    if body.count("`") > MAX_TICKS:
        return body
    body = with_text_for_open_fences(body)
    for rewritten in (
        with_spaces_outside,
        with_signs_of_commonmark,
        with_last_definitions,
        with_references,
        with_bare_addresses,
        with_lines_of_commonmark,
    ):
        body = rewritten(body, CODE)
    if _HTML_IN_ITEM.search(body):
        from feeder.flavors.kramdownblocks import within_items  # few bodies have any

        body = within_items(body)
    if _HTML.search(body):
        from feeder.flavors.kramdownblocks import parted, parts  # most bodies have no HTML

        body = parted(body, parts(CODE))
    if "|" in body:
        body = _TABLES.sub(lambda match: _table(match["table"]) if match["table"] else match[0], body)
    if not any(sign in body for sign in _SIGNS):
        return body
    return _PARTS.sub(_rewritten, body)


def mended(html: str, body: str) -> str:
    """Return HTML whose quotes open and close where kramdown's do, without empty heads of tables and links to nowhere.

    Quotes that the author of the ``body`` typed stay as they are.
    """
    html = _EMPTY_HEAD.sub("", html) if "<thead>" in html else html
    html = _NOWHERE.sub(_unlinked, html) if "][" in html else html
    html = _OPENS.sub("\u2018", html) if "\u2019" in html and "\u2019" not in body else html
    return _AFTER_TAG.sub(lambda match: match[1] + ("\u2019" if match[0][-1] == "\u2018" else "\u201d"), html)


def _unlinked(match: re.Match[str]) -> str:
    text = match["text"]
    return match[0] if match["code"] or (match["label"] and " " not in text + match["label"]) else text


def _rewritten(match: re.Match[str]) -> str:
    name = next(name for name in _WRITERS if match[name] is not None)
    return _WRITERS[name](match)


def _spaced(match: re.Match[str]) -> str:
    return "](" + _quoted(re.sub(r"[ \t]*\n[ \t]*", "", match[0][2:].strip()))


def _titled(match: re.Match[str]) -> str:
    """Return a title without the sign in it that is around it."""
    quote = match["quote"]
    return f"{match['titled']}{quote}{match['title'].replace(quote, f'&#{ord(quote)};')}{quote}"


def _quoted(address: str) -> str:
    return re.sub(r"\s+", "%20", address)


def _math(match: re.Match[str]) -> str:
    """Return a formula between the marks that MathJax knows, its signs as references: it may stand in HTML, too."""
    block = match.start() == 0 or match.string[match.start() - 1] == "\n"
    formula = rf"\[{match['math']}\]" if block else rf"\({match['math']}\)"
    return _PUNCTUATION.sub(lambda sign: f"&#{ord(sign[0])};", formula)


def _open(match: re.Match[str]) -> str:
    """Return the tag of an element whose inside is Markdown, apart from that."""
    return "\n\n" if match["element"] == "p" else f"{match['open']}{match['rest']}\n\n"


def _table(text: str) -> str:
    """Return a table with a head, an empty one where it has none, and a line of as many columns below it."""
    rows = [_IN_CODE.sub(_kept, row.strip()) for row in text.rstrip("\n").split("\n")]
    width = max(map(_columns, rows))
    if len(rows) > 1 and _is_rule(rows[0]):
        del rows[0]
    if len(rows) > 1 and _is_rule(rows[1]) and not _is_rule(rows[0]):
        head, rule, *rest = rows
        head += "|" * (not head.endswith("|")) + " |" * (width - _columns(head))
        marks = [mark for mark in rule.strip("|").replace("+", "|").split("|") if mark.strip()]
    else:
        head, marks, rest = f"|{' |' * width}", [], rows
    rest = [row if row.startswith("|") else f"|{row}" for row in rest if not _is_rule(row)]
    if not rest:
        return text
    marks = [*marks, *["---"] * width][:width]
    margin = text[: len(text) - len(text.lstrip(" "))]  # it may be in a list
    return "".join(f"{margin}{row}\n" for row in (head, f"|{'|'.join(marks)}|", *rest))


def _is_rule(row: str) -> bool:
    return _RULE.fullmatch(row) is not None


def _columns(row: str) -> int:
    """Return how many cells a row has; the last may lack its bar."""
    row = row.replace("\\|", "")
    return 0 if _is_rule(row) else row.count("|") + 1 - row.startswith("|") - row.endswith("|")


def _kept(code: re.Match[str]) -> str:
    """Return code within a cell, of which a bar is a part."""
    return re.sub(r"(?<!\\)\|", r"\\|", code[0])


_WRITERS: Mapping[str, Callable[[re.Match[str]], str]] = {
    "code": lambda match: match[0],
    "titled": _titled,
    "spaced": _spaced,
    "defined": lambda match: match["defined"] + _quoted(re.sub(r"(?<!\\)[()]", r"\\\g<0>", match["target"])),
    "math": _math,
    "tilde": lambda _: "&#126;",
    "abbreviation": lambda _: "",
    "open": _open,
    "numbered": lambda match: f"{match['numbered']}&#41;",  # in HTML, too
}
