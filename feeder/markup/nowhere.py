"""Addresses of which a part is not known: the sanitiser takes a link to nowhere away, and its text stays."""

from __future__ import annotations

import re

from feeder.patterns import pattern

NOWHERE = "nowhere:"
"""The address of what is not there."""
_LONGEST = 300
"""Characters before an offset in which the address may begin."""
_BEFORE = pattern(r"(?:\]\(\s*<?|\]:\s*<?|<|\b(?:href|src|poster)\s*=\s*[\"']?)[^\s\"'<>()]*\Z", re.IGNORECASE)
_PARTLY = pattern(
    rf"(?P<html>\b(?:href|src|poster)\s*=\s*)(?P<quote>[\"'])(?!{NOWHERE}(?P=quote))[^\"'<>\n]*{NOWHERE}[^\"'<>\n]*(?P=quote)"
    rf"|(?P<link>\]\(\s*)(?!{NOWHERE}[\s)])[^()\s]*{NOWHERE}[^()\s]*",
    re.IGNORECASE,
)
_TEXTLESS = pattern(
    rf"<img\b(?=[^<>]*?\bsrc\s*=\s*[\"']{NOWHERE}[\"'])(?:[^<>]*?\balt\s*=\s*(?:\"(?P<double>[^\"<>]*)\"|'(?P<single>[^'<>]*)'))?[^<>]*>"
    rf"|!\[(?P<text>[^\[\]]*)\]\(\s*<?{NOWHERE}>?(?:\s+[^()\n]*)?\)"
    rf"|(?<!\]\()(?<!\]:\s)<[^\s<>\"'=]*{NOWHERE}[^\s<>\"'=]*>",
    re.IGNORECASE,
)
"""A picture that is nowhere, or a bare address, which has no other text."""


def within_address(body: str, offset: int) -> bool:
    """Whether what is at an offset is the address of a link or a picture, or a part of it."""
    return _BEFORE.search(body[max(0, offset - _LONGEST) : offset]) is not None


def without_parts(text: str) -> str:
    """Return a text in which an address leads nowhere of which any part does; for a picture, its description stands."""
    text = _PARTLY.sub(
        lambda found: (
            f"{found['html']}{found['quote']}{NOWHERE}{found['quote']}"
            if found["html"]
            else f"{found['link']}{NOWHERE}"
        ),
        text,
    )
    return _TEXTLESS.sub(lambda found: next(filter(None, found.groups()), ""), text)
