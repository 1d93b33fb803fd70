"""People as text: ``Name``, ``Name <mail>``, ``Name (mail)``, ``mail (Name)``, ``mail``, a mail within a name -> authors."""

from __future__ import annotations

import re

from feeder.model import Author
from feeder.patterns import pattern
from feeder.texts.plaintext import fold, without_markup

_MAILBOX = pattern(
    r"(?:([^<>]*)<([^<>\s]*@[^<>\s]*)>|([^<>@\s()]+@[^<>@\s()]+) ?(?:\(([^()]+)\))?"
    r"|([^<>@()]*[^<>@()\s]) ?\(([^<>@\s()]+@[^<>@\s()]+)\))"
)
_ADDRESS = pattern(r"[\w.!#$%&'*+/=?^`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]+", re.ASCII)
_WITHIN = pattern(
    r"[<(\[\"]?(?:mailto:)?(?<![^\s()<>\[\],;:\"])([^\s@()<>\[\],;:\"]+@[^\s@()<>\[\],;:\"]+\.[^\s@()<>\[\],;:\".]+)[>)\]\"]?(?:\.$)?"
)
"""An address anywhere in a text; what has an ``@`` before it is the name of an account, ``@ada@social.example``."""
_LINK = pattern(r"\[([^\[\]]+)\]\((https?://[\w.~:/?#@!$&*+,;=-]+)\)", re.ASCII)


def author_from_text(text: str) -> Author | None:
    """Return the author that ``text`` names, None for none; a name never holds an address, and a link in it is theirs."""
    text = fold(text)
    if "](" in text and (found := _LINK.findall(text)):
        author = author_from_text(_LINK.sub(r"\1", text))
        return author._replace(url=found[0][1]) if author and len(found) == 1 else author
    if match := _MAILBOX.fullmatch(text):
        email = match[2] or match[3] or match[6]
        name, _ = name_apart(match[1] or match[4] or match[5] or "")
        return Author(name=fold(name.strip("\"' ")) or email.partition("@")[0], email=email)
    name, email = name_apart(without_markup(text))
    return Author(name=name, email=email) if name else None


def name_apart(text: str) -> tuple[str, str]:
    """Return a name without the addresses that stand in it, and the address; "" where there are several, or none."""
    if not (found := _addresses(text)):
        return text, ""
    name = fold(_WITHIN.sub(" ", text)).replace(" ,", ",").replace(" ;", ";").strip(" ,;:|/-\u2013\u2014")
    return name or _WITHIN.sub(lambda one: one[1].partition("@")[0], text), found[0] if len(found) == 1 else ""


def _addresses(text: str) -> list[str]:
    return _WITHIN.findall(text) if "@" in text else []


def has_address(text: str) -> bool:
    """Whether a mail address stands anywhere in ``text``."""
    return bool(_addresses(text))


def is_address(text: str) -> bool:
    """Whether ``text`` is a mail address as feeds may carry one (RFC 5322 addr-spec, with a domain that has a dot)."""
    return _ADDRESS.fullmatch(text) is not None
