"""Tables whose header has fewer cells than the line below it: goldmark fills it up, and comrak sees no table."""

from __future__ import annotations

import re

from feeder.patterns import pattern

_LINE = r"[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+(?>(?:\|[ \t]*+:?-++:?[ \t]*+)+)\|?[ \t]*+"
_BELOW = pattern(rf"^(?=[^\n]*\|)(?P<header>[^\n]*+)\n(?P<line>{_LINE})$", re.MULTILINE)
_BAR = re.compile(r"(?<!\\)\|")


def with_whole_headers(body: str, code: str) -> str:
    """Return a body whose tables have headers as wide as the lines below them; ``code`` matches what stays as it is."""
    if not any(_lacking(match) for match in _BELOW.finditer(body)):
        return body

    def filled(match: re.Match[str]) -> str:
        if match["code"] is not None or not (cells := _lacking(match)):
            return match[0]
        header = match["header"].rstrip()
        return f"{header}{'' if _BAR.search(header[-1]) else ' |'}{' |' * cells}\n{match['line']}"

    return re.sub(rf"(?P<code>{code})|{_BELOW.pattern}", filled, body, flags=re.MULTILINE | re.DOTALL)


def _lacking(match: re.Match[str]) -> int:
    """Return how many cells a header has too few."""
    return max(0, _cells(match["line"]) - _cells(match["header"]))


def _cells(row: str) -> int:
    row = row.lstrip(" \t>").rstrip()
    return (
        len(_BAR.findall(row))
        + 1
        - row.startswith("|")
        - (len(row) > 1 and row.endswith("|") and not row.endswith("\\|"))
    )
