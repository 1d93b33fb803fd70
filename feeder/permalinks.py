"""A post's front matter and path -> its permalink."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.addresses.tokens import DEFAULT, OWN, expanded, one_slash
from feeder.fields.filing import last_path
from feeder.kinds import Traits
from feeder.nodes import Items, Scalar
from feeder.patterns import pattern
from feeder.rulings import address_date, language_in, moment
from feeder.texts import urls
from feeder.texts.dates import BadDateError
from feeder.texts.plaintext import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from feeder.fields.lookup import Fields
    from feeder.model import Draft
    from feeder.rulings import Rules

_TOKEN = pattern(r":(?!//)|\{")
_TEMPLATE = pattern(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|<%.*?(?:%>|$)")
_FORMER = ("aliases", "alias", "redirectfrom")


def permalink(fields: Fields, rules: Rules, known: Traits) -> str:
    """Return the post's address; the site's, reported, when it cannot be had.

    ``known`` has what readers see: the title, the first author, the categories, the date of publication.
    """
    text = nfc(fields.text("url", fatal=True))
    wants = Traits._fields if fields.dialect.url and _TOKEN.search(text) else rules.wants
    try:
        return address(text, _as_written(fields, rules, known, wants), rules)
    except urls.BadUrlError as error:
        fields.report("bad-url", fields.node("url"), str(error), fatal=True)
    except ValueError as error:
        fields.report("bad-permalink", fields.node("url"), f"the address {error}", fatal=True)
    return rules.roots.site


def former(draft: Draft, url: str, site: str) -> Iterator[str]:
    """Yield the addresses that lead to a page's, by its ``aliases`` or ``redirect_from``; a relative one is read in either way."""
    for key in _FORMER:
        node = draft.fields.get(key)
        for value in node.items if isinstance(node, Items) else (node,):
            if not isinstance(value, Scalar) or not value.text.strip():
                continue
            for base in (site, url.rstrip("/")):
                try:
                    yield urls.absolute(value.text.lstrip("/") if base == site else value.text, base)
                except urls.BadUrlError:
                    continue


def address(text: str, traits: Traits, rules: Rules) -> str:
    """Return an address: what front matter says in ``text``, else by feeder's own pattern, else as the dialect makes it.

    Raises `urls.BadUrlError`; `ValueError` for what the dialect cannot make an address of, and for a template.
    """
    dialect, habits, site = rules.dialect, rules.habits, rules.roots.site
    if text:
        text = dialect.url(text, traits, habits) if dialect.url else text
        if template := _TEMPLATE.search(text):
            message = f"has a template in it that nothing fills in: {template[0]}"
            raise ValueError(message)
        return urls.site_absolute(text, site)
    if rules.permalink or not dialect.address:
        path = one_slash(expanded(rules.permalink or DEFAULT, OWN, traits, habits))
    else:
        path = dialect.address(traits, habits)
    return urls.canonical(site + urls.quoted_path(path).lstrip("/"))


def _slug(fields: Fields, rules: Rules) -> str:
    text = fields.text("slug")
    own = rules.permalink or not rules.dialect.address
    if text and own and ("/" in text.strip("/") or "\\" in text or text.strip("/. ") == ""):
        fields.report(
            "bad-slug", fields.node("slug"), "a slug must be a single name, without / and not only dots", fatal=True
        )
    return text


def _as_written(fields: Fields, rules: Rules, known: Traits, wants: tuple[str, ...]) -> Traits:
    """Return the traits of a post as its generator knows them; of those that take time, what ``wants`` names."""
    return known._replace(
        root=rules.root,
        date=address_date(_dated_by(fields, rules, known.date), rules),
        title=known.title if rules.permalink else fields.text("title") if "title" in wants else "",
        slug=_slug(fields, rules),
        categories=last_path(fields, known.categories, told=not (fields.text("url") or rules.permalink))
        if "categories" in wants
        else (),
        language=(fields.text("language") or language_in(known.path, rules)) if "language" in wants else "",
        id=fields.text("id") if "id" in wants else "",
        branches=rules.branches,
        given=fields.plain() if "given" in wants else {},
    )


def _dated_by(fields: Fields, rules: Rules, published: datetime | None) -> datetime | None:
    """Return the date of an address, where one key has that and others come first for the date of publication."""
    node = fields.draft.fields.get(rules.dialect.dated_by)
    if isinstance(node, Scalar) and len(fields.nodes("published")) > 1:
        try:
            return moment(node.text, rules)
        except BadDateError as error:
            fields.report("bad-date", node, str(error))
    return published
