"""Lines that kramdown takes otherwise than CommonMark by what they begin with -> those that mean the same; of `kramdown`.

A number alone in its line begins no list; a list within another may begin with any number; a tab in a quote is an indent.
"""

from __future__ import annotations

import re

_SOME = re.compile(
    r"^[ ]{0,3}>[ >]*\t|^[ ]{0,3}\d{1,9}\.$|^[ ]{2,12}(?!1\.)\d{1,9}\.[ ]", re.MULTILINE
)  # fmt: skip
"""What a body has that has any of these lines."""
_LINES = (
    r"|(?P<tab>^(?:[ ]{0,3}>[ ]?){1,5})\t"
    r"|(?P<alone>^[ ]{0,3}\d{1,9})\.$"
    r"|(?P<outer>^(?P<margin>[ ]{0,3})(?:[*+-]|\d{1,9}\.)[ ]+[^\n]*\n(?P=margin)[ ]{2,9})(?!1\.)\d{1,9}(?=\.[ ])"
)


def with_lines_of_commonmark(body: str, code: str) -> str:
    """Return a body with numbers and tabs as CommonMark has them where lines begin; ``code`` matches what stays."""
    if _SOME.search(body) is None:
        return body
    return re.sub(f"(?P<code>{code}){_LINES}", _rewritten, body, flags=re.MULTILINE | re.DOTALL)


def _rewritten(match: re.Match[str]) -> str:
    if match["tab"]:
        return f"{match['tab'].rstrip(' ')}     "
    if match["alone"]:
        return f"{match['alone']}\\."
    return f"{match['outer']}1" if match["outer"] else match[0]
