"""A link or a picture in a body whose URL no feed may carry."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem
from feeder.texts import urls
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.bodies.bodytext import Link
    from feeder.subjects import Reading

CODE = Code(
    name="unusable-url",
    severity=Severity.WARNING,
    meaning="A link, picture or recording in a body whose URL has no host, or a scheme that is not allowed in feeds.",
    why="Subscribers see link text that leads nowhere, and no picture.",
    mend="Use an https:// URL, or the path of a file on the site.",
    example="[the harbour](htp://example.org/harbour)\n--\n[the harbour](https://example.org/harbour)",
)
_NO_LINK = re.compile(r"<a(?![^>]*\s(?:href|id|name)=)[^>]*>")
_NOWHERE = re.compile(r"javascript:\s*(?:void\b[^;]*|//)?;?\s*$|about:", re.IGNORECASE)
"""What leads nowhere on the page either: the addresses of buttons."""
_USUAL = ("http", "https", "mailto")


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each such URL that the rendered body has lost."""
    for link in reading.body.links:
        if (fault := _fault(link, reading)) and _is_lost(link, reading):
            yield problem(reading.post.shown, reading.body.mark(link.offset), CODE, fault, link.target)


def _fault(link: Link, reading: Reading) -> str:
    """Return why a feed cannot have a link's URL, "" when it can, or when nobody meant it to."""
    target = link.target
    if ":" not in target or "{" in target or _NOWHERE.match(target):
        return ""
    try:
        urls.absolute(target, reading.post.url, urls.WEB if link.shown else urls.LINKS)
    except urls.BadUrlError as error:
        scheme = urls.scheme(target)
        if len(scheme) == 1 or scheme == "file":
            return "this file is on the author's machine; nobody else can open it"
        meant = next(iter(get_close_matches(scheme, _USUAL, 1, 0.7)), "") if scheme not in urls.WEB else ""
        return f"{error}; did you mean {meant}:?" if meant else str(error)
    return ""


def _is_lost(link: Link, reading: Reading) -> bool:
    """Whether a link was rendered as one without an address, or a picture as none; what stayed text is neither."""
    if reading.body.spoken.meant(link.target) not in {"", link.target}:
        return False  # the site's generator has another name for it
    if not link.shown:
        return _NO_LINK.search(reading.html) is not None
    replaced = reading.body.text[link.start] == "<" and urls.scheme(link.target) == "data"  # by what a script loads
    return not replaced and escape(link.target) not in reading.html


RULE: Rule[Reading] = Rule(code=CODE, check=check)
