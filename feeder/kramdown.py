"""kramdown's Markdown -> the CommonMark that means the same, where comrak would read it otherwise; and the HTML of that, mended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_TICKS = 20_000
"""Signs of code beyond which nobody looks for where it ends."""
_CODE = (
    r"^[ ]{0,12}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?^[ ]{0,12}(?P=fence)[`~]*[ \t]*$|.*\Z)"
    r"|^(?: {4}|\t)[^\n]*$"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).){1,2000}?(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<raw>pre|code|script|style|textarea)\b.{0,20000}?</(?P=raw)>"
)
_WORD = r"(?:[^\s()<>]|\([^\s()<>]{0,200}\)){1,1000}+"
"""Of an address with spaces: what has no end of the address in it."""
_BLOCK = "article|aside|blockquote|details|div|figcaption|figure|footer|header|main|nav|section|summary"
_PARTS = re.compile(
    r"(?=[ \t`~<\[\]$*|])"  # what any of these begins with
    rf"(?:(?P<code>{_CODE})"
    # an address with spaces in it
    rf"|(?P<spaced>\]\([ \t]*{_WORD}(?:(?:[ \t]+|[ \t]*\n[ \t]*)(?![\"']){_WORD}){{1,30}}+)(?=[ \t]*\)|\s+[\"'])"
    # one whose parentheses are not in pairs, in a definition
    r"|(?P<defined>^[ ]{0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*)(?P<target>[^\s<>]{0,1000}[()][^\s<>]{0,1000})(?=[ \t]*$|[ \t]+[\"'(])"
    r"|\$\$(?P<math>[^$]{1,5000})\$\$"
    r"|(?P<tilde>(?<![^\s\"'(\[])~(?!~)|(?<=\w)~(?=\w{1,9}~(?!~)))"
    r"|(?P<abbreviation>^[ ]{0,3}\*\[[^\]\n]{1,200}\]:[^\n]*$\n?)"
    rf"|(?P<open><(?P<element>{_BLOCK}|p)\b[^<>]{{0,500}}?)\smarkdown=[\"']?(?:1|block|span)[\"']?(?P<rest>[^<>]{{0,500}}>)"
    r"|(?P<table>(?:(?<=\n\n)|(?<=-->\n)|\A)\|[^\n]*\n(?:\|[^\n]*(?:\n|\Z))*))",
    re.MULTILINE | re.DOTALL,
)
_SIGNS = ("](", "]:", "$$", "~", "*[", "markdown", "|")
"""Of these a body has one that has anything of the kind."""
_HTML = re.compile(r"^</?[A-Za-z]", re.MULTILINE)
_RULE = re.compile(r"\|[ \t|:=+-]*")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_EMPTY_HEAD = re.compile(r"<thead>\s*<tr>\s*(?:<th[^<>]*></th>\s*)+</tr>\s*</thead>\s*")
_NOWHERE = re.compile(
    r"<(?P<code>code|pre)\b.*?</(?P=code)>|(?<![\w\])])\[(?P<text>[^\[\]<>\n]{1,200})\]\[[^\[\]<>\n]{0,100}\]",
    re.DOTALL,
)
_AFTER_TAG = re.compile("(</[a-z]+>)(?:\u2018(?=\\w)|\u201c(?=\\s|</|[.,;:!?)]|$))")


def as_commonmark(body: str) -> str:
    """Return a body with what kramdown reads in a way of its own as CommonMark has it; code stays."""
    if body.count("`") > MAX_TICKS:
        return body
    if _HTML.search(body):
        from feeder.kramdownblocks import parted, parts  # most bodies have no HTML

        body = parted(body, parts(_CODE))
    if not any(sign in body for sign in _SIGNS):
        return body
    return _PARTS.sub(_rewritten, body)


def mended(html: str) -> str:
    """Return HTML whose quotes after an element close, without empty heads of tables and brackets of links to nowhere."""
    html = _EMPTY_HEAD.sub("", html) if "<thead>" in html else html
    html = _NOWHERE.sub(lambda match: match["text"] or match[0], html) if "][" in html else html
    return _AFTER_TAG.sub(lambda match: match[1] + ("\u2019" if match[0][-1] == "\u2018" else "\u201d"), html)


def _rewritten(match: re.Match[str]) -> str:
    name = next(name for name in _WRITERS if match[name] is not None)
    return _WRITERS[name](match)


def _spaced(match: re.Match[str]) -> str:
    return "](" + re.sub(r"\s+", "%20", re.sub(r"[ \t]*\n[ \t]*", "", match[0][2:].strip()))


def _math(match: re.Match[str]) -> str:
    """Return a formula between the marks that MathJax knows, its signs as references: it may stand in HTML, too."""
    block = match.start() == 0 or match.string[match.start() - 1] == "\n"
    formula = rf"\[{match['math']}\]" if block else rf"\({match['math']}\)"
    return _PUNCTUATION.sub(lambda sign: f"&#{ord(sign[0])};", formula)


def _open(match: re.Match[str]) -> str:
    """Return the tag of an element whose inside is Markdown, apart from that."""
    return "\n\n" if match["element"] == "p" else f"{match['open']}{match['rest']}\n\n"


def _table(match: re.Match[str]) -> str:
    """Return a table with a head, an empty one where it has none."""
    rows = match[0].rstrip("\n").split("\n")
    if len(rows) > 1 and _RULE.fullmatch(rows[1].strip()) and not _RULE.fullmatch(rows[0].strip()):
        return match[0]
    rows = [row for row in rows if not _RULE.fullmatch(row.strip())]
    if not rows or not all(row.rstrip().endswith("|") for row in rows):
        return match[0]
    columns = max(row.count("|") for row in rows) - 1
    return "\n".join([f"|{' |' * columns}", f"|{'---|' * columns}", *rows, ""])


_WRITERS: Mapping[str, Callable[[re.Match[str]], str]] = {
    "code": lambda match: match[0],
    "spaced": _spaced,
    "defined": lambda match: match["defined"] + re.sub(r"(?<!\\)[()]", r"\\\g<0>", match["target"]),
    "math": _math,
    "tilde": lambda _: "&#126;",
    "abbreviation": lambda _: "",
    "open": _open,
    "table": _table,
}
