"""Draft -> Post: every field gets its type, its fallbacks and its checks; one function each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from feeder import urls
from feeder.categories import categories_from_names, names_in_text
from feeder.dates import BadDateError, format_rfc3339, parse_date, zone_named
from feeder.dialects import dialect
from feeder.fields import FALSE, TRUE, Fields
from feeder.languages import language_tag
from feeder.model import Author, Category, Draft, Habits, Items, LeftOut, Node, Post, Scalar, Table
from feeder.pathnames import date_in_path, facts_of, permalink_by_pattern, slug_in_path, title_in_path
from feeder.patterns import pattern
from feeder.people import authors
from feeder.plaintext import fold, nfc, shorten, without_markup
from feeder.problems import Unsound
from feeder.references import Roots, enclosures, picture
from feeder.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from feeder.kinds import Dialect
    from feeder.model import Reference
    from feeder.settings import Settings
    from feeder.shows import Episode

_LONGEST_TITLE = 1_000
_UNFENCED = pattern(r"\s*[A-Za-z][\w-]*:[^\n]*\n(?:[^\n]*\n){0,40}?-{3,}[ \t]*(?:\n|$)|---[a-z]+\n")
DRAFT_DIRECTORY = pattern(r"(?:.*/)?_drafts/")


class Rules(NamedTuple):
    """What normalizing needs of the settings, looked up once for all posts."""

    dialect: Dialect
    zone: tzinfo
    roots: Roots
    language: str
    authors: tuple[Author, ...]
    permalink: str
    habits: Habits
    podcast: bool = False
    media: str = ""
    """Where a podcast's recordings lie, if not on the site."""


def rules_from_settings(settings: Settings, posts: str, assets: tuple[str, ...]) -> Rules:
    """Return the rules by which posts are normalized; ``posts`` and ``assets`` are the directories' absolute paths."""
    site = settings.site
    return Rules(
        dialect=dialect("plain" if site.dialect == "auto" else site.dialect),
        zone=zone_named(site.timezone),
        roots=Roots(site.url, posts, assets),
        language=site.language,
        authors=site.author,
        permalink=settings.posts.permalink,
        habits=settings.habits,
        podcast=settings.podcast is not None,
        media=settings.podcast.media_url if settings.podcast else "",
    )


def post_from_draft(draft: Draft, rules: Rules) -> Post | LeftOut:
    """Return the post that ``draft`` describes; what is wrong with it and did no harm is in its ``problems``.

    One that its author keeps out is a `LeftOut`, whatever else it lacks: an idea in ``_drafts/`` has no date yet.
    Raises `Unsound` with every problem of the post when its date, address, id or title cannot be had.
    """
    look = Fields(draft, rules.dialect)
    if kind := _kept_out(look, draft):
        return LeftOut(path=draft.shown, kind=kind, reason=kind)
    title = _title(look, draft)
    published = _published(look, rules)
    url = _permalink(look, rules, title, _slug(look, draft), published)
    enclosed = enclosures(look, url, rules.roots, rules.media)
    image, thumbnail = picture(look, "image", url, rules.roots), picture(look, "thumbnail", url, rules.roots)
    post = Post(
        path=draft.path,
        shown=draft.shown,
        id=id_of(look, url),
        url=url,
        title=title,
        published=published or _NEVER,
        updated=_updated(look, rules, published or _NEVER),
        language=_language(look, rules),
        authors=authors(look, rules.roots.site) or rules.authors,
        categories=(*_categories(look, "categories", "category"), *_categories(look, "tags", "tag")),
        image=image or thumbnail,
        thumbnail=thumbnail or image,
        enclosures=enclosed,
        summary=fold(without_markup(look.text("summary"))),
        comments=_comments(look, url),
        expires=_date(look, "expires", rules, fatal=True),
        marks=look.marks,
        episode=_episode(look, enclosed, url, rules) if rules.podcast else None,
    )
    if look.fatal:
        raise Unsound(*look.problems)
    return post._replace(problems=tuple(look.problems))


_NEVER = datetime.min.replace(tzinfo=UTC)
"""Stands in for a date that could not be had, until the post's other problems are found."""


# Title, dates, address, identity


def _title(look: Fields, draft: Draft) -> str:
    return (
        title_from_text(look.text("title", fatal=True))
        or title_from_text(_heading(draft.body))
        or shorten(title_in_path(draft.path), _LONGEST_TITLE)
    )


def _heading(body: str) -> str:
    from feeder.headings import first_heading  # for posts without a title

    return first_heading(body)


def title_from_text(text: str) -> str:
    """Return a title as plain text, "" when nothing of it is left."""
    return shorten(without_markup(text), _LONGEST_TITLE)


def _published(look: Fields, rules: Rules) -> datetime | None:
    if look.node("published") is not None:
        return _date(look, "published", rules, fatal=True)
    if dated := date_in_path(look.draft.path):
        try:
            return parse_date(dated, rules.zone)
        except BadDateError as error:
            look.report("bad-date", None, f"the file's name: {error}", fatal=True)
            return None
    hint = "; is its opening --- missing?" if not look.draft.fields and _UNFENCED.match(look.draft.body) else ""
    look.report("missing-date", None, f"no date in the front matter and none in the file's name{hint}", fatal=True)
    return None


def _updated(look: Fields, rules: Rules, published: datetime) -> datetime:
    updated = _date(look, "updated", rules) or published
    if updated < published:
        said = f"updated before it was published ({format_rfc3339(published)})"
        look.report("updated-before-published", look.node("updated"), said)
        return published
    return updated


def _date(look: Fields, name: str, rules: Rules, *, fatal: bool = False) -> datetime | None:
    text = look.text(name, fatal=fatal)
    if not text:
        return None
    try:
        return parse_date(text, rules.zone)
    except BadDateError as error:
        look.report("bad-date", look.node(name), str(error), fatal=fatal)
        return None


def _slug(look: Fields, draft: Draft) -> str:
    text = look.text("slug")
    if not text:
        return slug_in_path(draft.path)
    if "/" in text.strip("/") or "\\" in text or text.strip("/. ") == "":
        look.report("bad-slug", look.node("slug"), "a slug is one name, without / and not only dots", fatal=True)
    return slug(text)


def _permalink(look: Fields, rules: Rules, title: str, slug_text: str, published: datetime | None) -> str:
    node = look.node("url")
    text = look.text("url", fatal=True)
    if text:
        try:
            return urls.site_absolute(nfc(text), rules.roots.site)
        except urls.BadUrlError as error:
            look.report("bad-url", node, str(error), fatal=True)
            return rules.roots.site
    return permalink_by_pattern(
        rules.roots.site, rules.permalink, facts_of(look.draft.path, title, slug_text, published)
    )


def id_of(look: Fields, url: str) -> str:
    """Return the id that the front matter gives, ``url`` when it gives none, or one that is no URI, which is reported."""
    node = look.node("id")
    text = look.text("id", fatal=True).strip()
    if not text:
        return url
    if urls.is_uri(text):
        return text
    from uuid import UUID  # rare, and not cheap

    try:
        return UUID(text).urn
    except ValueError:
        message = "an id must be a URI (https:…, tag:…, urn:uuid:…); the permalink is used instead"
        look.report("id-not-uri", node, message)
        return url


def _episode(look: Fields, enclosed: tuple[Reference, ...], url: str, rules: Rules) -> Episode | None:
    from feeder.episodes import episode_from  # only podcasts have them

    return episode_from(look, enclosed, url, rules.roots)


# Who, what, in which language


def _language(look: Fields, rules: Rules) -> str:
    text = look.text("language")
    tag = language_tag(text) if text else rules.language
    if tag is None:
        look.report("bad-language", look.node("language"), "not a language tag such as en, de-AT or zh-CN")
    return tag or rules.language


def _categories(look: Fields, name: str, kind: str) -> tuple[Category, ...]:
    names = (text for node in look.nodes(name) for text in _category_names(node, look, name))
    return categories_from_names(names, kind)


def _category_names(node: Node, look: Fields, name: str) -> Iterator[str]:
    """Yield the names in a string, a comma list, a list (of lists) or a table with a name.

    A comma separates within a list's items too: FreshRSS and Thunderbird split categories there whatever the feed says.
    """
    match node:
        case Scalar():
            yield from names_in_text(node.text)
        case Items():
            for item in node.items:
                yield from _category_names(item, look, name)
        case Table():
            named = next((value for key, value in node.pairs if key.text.casefold() in {"name", "title"}), None)
            if isinstance(named, Scalar):
                yield from _category_names(named, look, name)
            else:
                look.report("wrong-type", node, f"a table in {name} needs a name")


def _comments(look: Fields, url: str) -> str:
    """Return the address of the post's comments: one that is given, the post's own for ``true``, "" otherwise."""
    node = look.node("comments")
    if not isinstance(node, Scalar):
        return ""
    if look.flag("comments") is not None:
        return f"{url.partition('#')[0]}#comments" if look.flag("comments") else ""
    if not (urls.scheme(node.text) or node.text.startswith("/")):
        look.report("wrong-type", node, "comments must be true, false or a URL")
        return ""
    try:
        return urls.absolute(node.text, url)
    except urls.BadUrlError as error:
        look.report("bad-url", node, str(error))
        return ""


def _like_a_flag(node: Node) -> bool:
    """Whether a value may have been meant as true or false: ``fales`` may, a date or the path of a feed is not."""
    from difflib import get_close_matches

    return not isinstance(node, Scalar) or bool(get_close_matches(node.text.casefold(), sorted(TRUE | FALSE), 1, 0.7))


def _kept_out(look: Fields, draft: Draft) -> str:
    """Return why the author keeps the post out of the feeds, "" when nothing says so."""
    for name in ("draft", "public", "feed"):
        node = look.node(name)
        if node is not None and look.flag(name) is None and (name == "draft" or _like_a_flag(node)):
            look.report("wrong-type", node, f"{look.keys[name]} must be true or false", fatal=True)
    if (
        look.flag("draft")
        or look.flag("public") is False
        or (look.node("status") is not None and look.text("status").strip().lower() == "draft")
        or DRAFT_DIRECTORY.match(draft.path)
    ):
        return "draft"
    return "feed: false" if look.flag("feed") is False else ""
