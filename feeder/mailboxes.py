"""People as text: ``Name``, ``Name <mail>``, ``Name (mail)``, ``mail (Name)`` or ``mail`` -> authors."""

from __future__ import annotations

import re

from feeder.model import Author
from feeder.patterns import pattern
from feeder.plaintext import fold, without_markup

_MAILBOX = pattern(
    r"(?:([^<>]*)<([^<>\s]*@[^<>\s]*)>|([^<>@\s()]+@[^<>@\s()]+) ?(?:\(([^()]+)\))?"
    r"|([^<>@()]*[^<>@()\s]) ?\(([^<>@\s()]+@[^<>@\s()]+)\))"
)
_ADDRESS = pattern(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]+", re.ASCII)


_LINK = pattern(r"\[([^\[\]]+)\]\((https?://[\w.~:/?#@!$&*+,;=-]+)\)", re.ASCII)


def author_from_text(text: str) -> Author | None:
    """Return the author that ``text`` names, None for none; a name never holds an address, and a link in it is theirs."""
    text = fold(text)
    if "](" in text and (found := _LINK.findall(text)):
        author = author_from_text(_LINK.sub(r"\1", text))
        return author._replace(url=found[0][1]) if author and len(found) == 1 else author
    if match := _MAILBOX.fullmatch(text):
        email = match[2] or match[3] or match[6]
        name = match[1] or match[4] or match[5] or ""
        return Author(name=fold(name.strip("\"' ")) or email.partition("@")[0], email=email)
    name = without_markup(text)
    return Author(name=name) if name else None


def is_address(text: str) -> bool:
    """Whether ``text`` is a mail address as feeds may carry one (RFC 5322 addr-spec, with a domain that has a dot)."""
    return _ADDRESS.fullmatch(text) is not None
