"""Authors as front matter names them: a string, a list, tables of name, email and url."""

from __future__ import annotations

import re
from dataclasses import replace

from feeder import urls
from feeder.fields import Fields, scalar_text
from feeder.model import Author, Items, Node, Scalar, Table
from feeder.plaintext import fold, without_markup

_MAILBOX = re.compile(r"(?:([^<>]*)<([^<>@\s]+@[^<>@\s]+)>|([^<>@\s()]+@[^<>@\s()]+) ?(?:\(([^()]+)\))?)")


def authors(look: Fields, site: str) -> tuple[Author, ...]:
    """Return the authors that the front matter names, each once; a relative URL is one of ``site``."""
    for given in look.nodes("authors"):
        people = [_author(node, look, site) for node in (given.items if isinstance(given, Items) else (given,))]
        if named := tuple(dict.fromkeys(person for person in people if person)):
            return named
    return ()


def _author(node: Node, look: Fields, site: str) -> Author | None:
    if isinstance(node, Scalar):
        return _author_from_text(node.text)
    if isinstance(node, Items):
        look.wrong_type(node, "an author", "a name or a table of name, email and url")
        return None
    values = {key.text.casefold(): value for key, value in node.pairs}
    for key in ("name", "email", "url"):
        if isinstance(values.get(key), Items | Table):
            look.report("wrong-type", values[key], f"an author's {key} must be text")
    name, email, link = (scalar_text(values.get(key)) for key in ("name", "email", "url"))
    found = _author_from_text(name or email)
    if not found and not isinstance(values.get("name"), Items | Table):
        look.report("wrong-type", node, "an author needs a name")
    try:
        url = urls.site_absolute(link, site) if link else ""
    except urls.BadUrlError as error:
        look.report("bad-url", values["url"], str(error))
        url = ""
    return replace(found, email=email or found.email, url=url) if found else None


def _author_from_text(text: str) -> Author | None:
    """Return the author in ``Name``, ``Name <mail>``, ``mail (Name)`` or ``mail``; a name never holds an address."""
    text = fold(text)
    if match := _MAILBOX.fullmatch(text):
        email = match[2] or match[3]
        return Author(name=fold((match[1] or match[4] or "").strip("\"' ")) or email.partition("@")[0], email=email)
    name = without_markup(text)
    return Author(name=name) if name else None
