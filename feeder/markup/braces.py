"""JavaScript in MDX -> where an expression or a statement ends; each part of a body is looked at a few times at the most."""

from __future__ import annotations

import re

_SIGN = re.compile(r"[{}\"'`]|/[/*]")
_IN_STATEMENT = re.compile(r"[{}()\[\]\"'`]|/[/*]|\n(?=[ \t]*(?:\n|\Z))|\Z")
_STRING = {
    '"': re.compile(r'"(?:[^"\\\n]|\\.)*+"'),
    "'": re.compile(r"'(?:[^'\\\n]|\\.)*+'"),
}
_BLANK = re.compile(r"\n[ \t]*(?:\n|\Z)|\Z")
_ADDRESS = re.compile(r"(?:\]\(<?|(?:^|[(*_~])(?:https?://|www\.))[^()<>]*\Z")
"""What a word holds before a brace that is a part of an address: one of a link or a picture, or one for itself."""
_LONG = 2_000
_PATIENCE = 4
"""How often each character may be looked at, on average: a body made to take longer is not looked at further."""


class Braces:
    """Tells the ends of what begins with a brace in one body."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._ends: dict[int, int] = {}
        self._budget = _PATIENCE * len(body) + 10_000
        self._found: dict[str, int] = {}
        self._hurried = False

    def end(self, start: int) -> int:
        """Return the offset behind the brace that closes the one at ``start``, -1 when none does."""
        if start in self._ends:
            return self._ends[start]
        opened: list[int] = []
        at = start
        while self._budget > 0:
            sign = _SIGN.search(self._body, at)
            if sign is None:
                self._budget -= len(self._body) - at
                break
            self._budget -= sign.end() - at
            if sign[0] == "{":
                opened.append(sign.start())
                at = sign.end()
            elif sign[0] == "}":
                self._ends[opened.pop()] = at = sign.end()
                if not opened:
                    return at
            else:
                after = self._behind(sign)
                self._budget -= after - at
                at = after
        for unclosed in opened:
            self._ends[unclosed] = -1
        self._ends.setdefault(start, -1)
        return self._ends[start]

    def statement(self, start: int) -> int:
        """Return where the paragraph of ``import`` and ``export`` ends that begins at ``start``: at a blank line outside brackets."""
        depth = 0
        at = start
        while not self._hurried and self._budget > 0:
            sign = _IN_STATEMENT.search(self._body, at)
            if sign is None or sign.end() == len(self._body):
                break
            self._budget -= sign.end() - at
            at = sign.end()
            if sign[0] in {"{", "(", "["}:
                depth += 1
            elif sign[0] in {"}", ")", "]"}:
                depth -= 1
            elif sign[0] != "\n":
                at = self._behind(sign)
            elif depth <= 0:
                return sign.start()
        if at >= len(self._body) - 1 and depth <= 0:
            return len(self._body)
        self._hurried = True
        blank = _BLANK.search(self._body, start)
        return blank.start() if blank else len(self._body)

    def _behind(self, sign: re.Match[str]) -> int:
        """Return the offset behind the string or comment that a sign begins, behind the sign when it begins none."""
        if sign[0] in _STRING:
            string = _STRING[sign[0]].match(self._body, sign.start())
            return string.end() if string else sign.end()
        closing = {"`": "`", "//": "\n", "/*": "*/"}[sign[0]]
        found = self._found.get(closing, 0)
        if 0 <= found < sign.end():
            found = self._found[closing] = self._body.find(closing, sign.end())
        if found < 0:
            return sign.end()
        return found + (0 if closing == "\n" else len(closing))

    def in_address(self, start: int) -> bool:
        """Return whether a brace is a part of an address, where it begins no expression."""
        word = self._body[max(0, start - _LONG) : start].rsplit(None, 1)[-1:]
        return bool(word and not self._body[start - 1].isspace() and _ADDRESS.search(word[0]))
