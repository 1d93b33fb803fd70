"""Authors as front matter names them: a string, a list, tables of name, email and url."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from feeder.fields.lookup import Fields, scalar_text
from feeder.nodes import Items, Node, Scalar, Table, each
from feeder.texts import urls
from feeder.texts.mailboxes import author_from_text, is_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeder.model import Author


_OWN = frozenset({"name", "email", "url", "key"})
"""The keys by which a table says who somebody is."""


def authors(fields: Fields, site: str, known: Mapping[str, Author] = MappingProxyType({})) -> tuple[Author, ...]:
    """Return the authors that the front matter names, each once; a relative URL is one of ``site``.

    ``known`` has those that a name alone stands for.
    """
    fields.node("authors")  # whose place is that of the field
    for key, given in fields.all_pairs("authors"):
        people = [_author(node, fields, site, known) for node in _each(key, given, fields)]
        if named := tuple(dict.fromkeys(person for person in people if person)):
            return named
    return ()


def _each(key: str, given: Node, fields: Fields) -> Iterable[Node]:
    """Return what a key gives, one by one."""
    split = fields.dialect.split if key in fields.dialect.several else None
    if split and isinstance(given, Scalar):
        return [Scalar(name.strip(), given.mark) for name in split(key, given.text) if name.strip()]
    return each(given)


def _author(node: Node, fields: Fields, site: str, known: Mapping[str, Author]) -> Author | None:
    if isinstance(node, Scalar):
        if found := known.get(node.text.strip()):
            return found
        return _reachable(author_from_text(node.text), node, fields)
    if isinstance(node, Items):
        fields.wrong_type(node, "an author", "a name or a table of name, email and url")
        return None
    values = {key.text.casefold(): value for key, value in node.pairs}
    said = {key for key, value in values.items() if not isinstance(value, Scalar) or value.text.strip()}
    if not said or (fields.dialect.address and _OWN.isdisjoint(said)):
        return None  # nobody, or a table of the site's own, for its templates
    if (key := scalar_text(values.get("key"))) in known and "name" not in values:
        return known[key]
    for key in ("name", "email", "url"):
        if isinstance(values.get(key), Items | Table):
            fields.report("wrong-type", values[key], f"an author's {key} must be text")
    name, email, link = (scalar_text(values.get(key)) for key in ("name", "email", "url"))
    found = author_from_text(name or email)
    if not found and not isinstance(values.get("name"), Items | Table):
        fields.report("wrong-type", node, "an author needs a name")
    try:
        url = urls.site_absolute(link, site) if link else ""
    except urls.BadUrlError as error:
        fields.report("bad-url", values["url"], str(error))
        url = ""
    found = found._replace(email=email or found.email, url=url) if found else None
    return _reachable(found, values.get("email", node), fields)


def _reachable(author: Author | None, node: Node, fields: Fields) -> Author | None:
    """Return the author, without a mail address that is none; that is reported."""
    if author and author.email and not is_address(author.email):
        fields.report("bad-email", node, "not an email address that feeds can carry; only the name is published")
        return author._replace(email="")
    return author


def author_of(name: str, email: str, url: str) -> Author | None:
    """Return the author of whom a configuration gives these, "" for what it does not give; None for nobody."""
    try:
        author = author_from_text(name)
        url = urls.absolute(url, "https://invalid.invalid/") if re.match(r"https?://", url) else ""
    except ValueError:
        return None
    if author is None or not author.name:
        return None
    email = author.email or email
    return author._replace(email=email if is_address(email) else "", url=author.url or url)
