"""Chinese, Japanese and Korean text, whose words no spaces part: its quotes and bare addresses, which comrak takes for others."""

from __future__ import annotations

import re
from html import unescape
from unicodedata import category

LETTERS = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
"""Ideographs, syllables and the signs between them, as a part of a set in a regular expression."""
_SIGNS = "\u2018-\u201d\u3000-\u3020\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
_LETTER = re.compile(f"[{LETTERS}]")
_QUOTE = re.compile(r'(?P<end>\n[ \t]*\n)|<[a-zA-Z/!][^<>]*>|"')
_HIDDEN = "\ue004"
"""Stands for a quote that stays as it is typed: a character of nobody's."""
_BARE = re.compile(r'<a href="(?:https?|ftp)://[^"%]*+%[^"]*+">((?:https?://|ftp://|www\.)[^<]*+)</a>')
_MARKED = re.compile(r"<((?:https?|ftp)://[^<>\s]*+)>|\]\(([^()\s]*+)\)")
"""Addresses of which signs tell where they end."""
_BEYOND = {True: re.compile(f"[{LETTERS}{_SIGNS}]"), False: re.compile(f"[{_SIGNS}]")}


def has_unspaced(text: str) -> bool:
    """Whether a text has such letters or signs."""
    return not text.isascii() and _LETTER.search(text) is not None


def with_quotes_hidden(body: str) -> str:
    """Return a body whose quotes stay as they are where none was opened: for comrak, each one within words is an end.

    `with_quotes_shown` takes that back in the HTML.
    """
    opened = 0

    def seen(match: re.Match[str]) -> str:
        nonlocal opened
        if match["end"]:
            opened = 0
        if match[0] != '"':
            return match[0]
        at = match.start()
        before, after = body[max(at - 1, 0) : at] or " ", body[at + 1 : at + 2] or " "
        if not after.isspace() and (before.isspace() or (_is_sign(before) and not _is_sign(after))):
            opened += 1
        elif opened:
            opened -= 1
        elif _LETTER.search(before + after):
            return _HIDDEN
        return match[0]

    return _QUOTE.sub(seen, body)


def with_quotes_shown(html: str) -> str:
    """Return HTML with the quotes that were hidden."""
    return html.replace(_HIDDEN, "&quot;")


def _is_sign(character: str) -> bool:
    return category(character)[0] in "PS"


def with_addresses_ended(html: str, body: str, *, letters: bool) -> str:
    """Return HTML whose bare addresses end before the signs of such a text; with ``letters``, before its letters, too."""
    marked = {address for found in _MARKED.findall(body) for address in found}

    def ended(match: re.Match[str]) -> str:
        address = match[1]
        beyond = _BEYOND[letters].search(address)
        if beyond is None or unescape(address) in marked:
            return match[0]
        own, rest = address[: beyond.start()], address[beyond.start() :]
        return f'<a href="{"http://" if own.startswith("www.") else ""}{own}">{own}</a>{rest}'

    return _BARE.sub(ended, html) if "%" in html else html
