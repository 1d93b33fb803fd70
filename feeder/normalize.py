"""Draft -> Post: every field gets its type, its fallbacks and its checks; one function each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from posixpath import basename, dirname, normpath, splitext
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from feeder import urls
from feeder.dates import BadDateError, format_rfc3339, parse_date, zone_named
from feeder.dialects import DIALECTS
from feeder.headings import first_heading
from feeder.languages import language_tag
from feeder.mediatypes import media_type_of
from feeder.model import START, Author, Category, Draft, Items, Mark, Node, Post, Reference, Scalar, Table, type_names
from feeder.plaintext import fold, nfc, without_markup
from feeder.problems import Problem, Unsound, problem
from feeder.slugs import permalink, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from feeder.kinds import Dialect
    from feeder.settings import Settings

_JEKYLL_NAME = re.compile(r"(?:.*/)?(\d{4}-\d{1,2}-\d{1,2})-([^/]+)")
_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})
_DRAFT_DIRECTORY = re.compile(r"(?:.*/)?_drafts/")
_MAILBOX = re.compile(r"\s*(.*?)\s*<([^<>@\s]+@[^<>@\s]+)>\s*|\s*([^<>@\s()]+@[^<>@\s()]+)\s*(?:\(([^()]+)\))?\s*")
_MAX_LENGTH_DIGITS = 15


class Rules(NamedTuple):
    """What normalizing needs of the settings, looked up once for all posts."""

    dialect: Dialect
    zone: tzinfo
    site: str
    language: str
    authors: tuple[Author, ...]
    permalink: str


def rules_from_settings(settings: Settings) -> Rules:
    """Return the rules by which posts are normalized."""
    site = settings.site
    dialect = DIALECTS["plain" if site.dialect == "auto" else site.dialect]
    return Rules(dialect, zone_named(site.timezone), site.url, site.language, site.author, settings.posts.permalink)


def post_from_draft(draft: Draft, rules: Rules) -> Post:
    """Return the post that ``draft`` describes; what is wrong with it and did no harm is in its ``problems``.

    Raises `Unsound` with every problem of the post when its date, address, id or title cannot be had.
    """
    look = _Fields(draft, rules.dialect)
    title = _title(look, draft)
    published = _published(look, rules)
    slug_text = _slug(look, draft)
    url = _permalink(look, rules, title, slug_text, published)
    if look.fatal or published is None:
        raise Unsound(*look.problems)
    updated = _updated(look, rules, published)
    image, thumbnail = _picture(look, "image", url, rules), _picture(look, "thumbnail", url, rules)
    post = Post(
        path=draft.path,
        shown=draft.shown,
        id=_id(look, url),
        url=url,
        title=title,
        published=published,
        updated=updated,
        language=_language(look, rules),
        authors=_authors(look, rules) or rules.authors,
        categories=(*_categories(look, "categories", "category"), *_categories(look, "tags", "tag")),
        image=image or thumbnail,
        thumbnail=thumbnail or image,
        enclosures=_enclosures(look, url, rules),
        summary=fold(without_markup(look.text("summary"))),
        comments=_comments(look, url),
        left_out=_left_out(look, draft),
        expires=_date(look, "expires", rules),
        marks=look.marks,
    )
    if look.fatal:
        raise Unsound(*look.problems)
    return replace(post, problems=tuple(look.problems))


@dataclass(slots=True)
class _Fields:
    """A draft's fields by the dialect's names; collects what is wrong with them."""

    draft: Draft
    dialect: Dialect
    problems: list[Problem] = field(default_factory=list)
    marks: dict[str, Mark] = field(default_factory=dict)
    fatal: bool = False

    def nodes(self, name: str) -> Iterator[Node]:
        """Yield what the front matter gives for a field, best name first; empty text is as good as nothing."""
        for key in self.dialect.names[name]:
            node = self.draft.fields.get(key)
            if node is not None and not (isinstance(node, Scalar) and not node.text.strip()):
                self.marks.setdefault(name, node.mark)
                yield node

    def node(self, name: str) -> Node | None:
        return next(self.nodes(name), None)

    def text(self, name: str, *, fatal: bool = False) -> str:
        """Return the field as text, "" when it is absent or, reported, of another type."""
        node = self.node(name)
        if node is None:
            return ""
        if isinstance(node, Scalar):
            return node.text
        self.wrong_type(node, name, "text", fatal=fatal)
        return ""

    def wrong_type(self, node: Node, name: str, wanted: str, *, fatal: bool = False) -> None:
        self.report("wrong-type", node, f"{name} must be {wanted}, not {type_names[type(node)]}", fatal=fatal)

    def flag(self, name: str) -> bool | None:
        """Return the field as true or false, None when it is absent or something else."""
        node = self.node(name)
        word = node.text.strip().lower() if isinstance(node, Scalar) else ""
        return True if word in _TRUE else False if word in _FALSE else None

    def report(self, code: str, node: Node | None, message: str, *, fatal: bool = False) -> None:
        got = node.text if isinstance(node, Scalar) else None
        mark = node.mark if node is not None else START
        self.problems.append(problem(self.draft.shown, mark, code, message, got))
        self.fatal = self.fatal or fatal


# Title, dates, address, identity


def _title(look: _Fields, draft: Draft) -> str:
    title = without_markup(look.text("title", fatal=True))
    return title or without_markup(first_heading(draft.body)) or _name_title(draft.path)


def _name_title(path: str) -> str:
    """Return the file's name (its directory's, for an index) as words."""
    stem = _below(path).rpartition("/")[2]
    dated = _JEKYLL_NAME.fullmatch(stem)
    return fold(re.sub(r"[-_]+", " ", dated[2] if dated else stem)) or stem or "Untitled"


def _published(look: _Fields, rules: Rules) -> datetime | None:
    if look.node("published") is not None:
        return _date(look, "published", rules, fatal=True)
    if dated := _JEKYLL_NAME.fullmatch(_below(look.draft.path)) or _JEKYLL_NAME.match(look.draft.path):
        try:
            return parse_date(dated[1], rules.zone)
        except BadDateError as error:
            look.report("bad-date", None, f"the file's name: {error}", fatal=True)
            return None
    look.report("missing-date", None, "no date in the front matter and none in the file's name", fatal=True)
    return None


def _updated(look: _Fields, rules: Rules, published: datetime) -> datetime:
    updated = _date(look, "updated", rules) or published
    if updated < published:
        said = f"updated before it was published ({format_rfc3339(published)})"
        look.report("updated-before-published", look.node("updated"), said)
        return published
    return updated


def _date(look: _Fields, name: str, rules: Rules, *, fatal: bool = False) -> datetime | None:
    text = look.text(name, fatal=fatal)
    if not text:
        return None
    try:
        return parse_date(text, rules.zone)
    except BadDateError as error:
        look.report("bad-date", look.node(name), str(error), fatal=fatal)
        return None


def _below(path: str) -> str:
    """Return a post's path without its extension, and without an ``index`` that stands for its directory."""
    stem = splitext(path)[0]
    return dirname(stem) if basename(stem) == "index" and dirname(stem) else stem


def _slug(look: _Fields, draft: Draft) -> str:
    text = look.text("slug")
    if not text:
        stem = _below(draft.path).rpartition("/")[2]
        dated = _JEKYLL_NAME.fullmatch(stem)
        return dated[2] if dated else stem
    if "/" in text.strip("/") or "\\" in text or text.strip("/. ") == "":
        look.report("bad-slug", look.node("slug"), "a slug is one name, without / and not only dots", fatal=True)
    return slug(text)


def _permalink(look: _Fields, rules: Rules, title: str, slug_text: str, published: datetime | None) -> str:
    node = look.node("url")
    text = look.text("url", fatal=True)
    if text:
        try:
            return urls.site_absolute(nfc(text), rules.site)
        except urls.BadUrlError as error:
            look.report("bad-url", node, str(error), fatal=True)
            return rules.site
    path = nfc(_below(look.draft.path))
    facts = {"path": path, "slug": slug_text, "title": title, "date": published.isoformat() if published else ""}
    return urls.canonical(rules.site + urls.quoted_path(permalink(rules.permalink, facts)).lstrip("/"))


def _id(look: _Fields, url: str) -> str:
    node = look.node("id")
    text = look.text("id", fatal=True).strip()
    if not text:
        return url
    if urls.is_uri(text):
        return text
    try:
        return UUID(text).urn
    except ValueError:
        message = "an id must be a URI (https:…, tag:…, urn:uuid:…); the permalink is used instead"
        look.report("id-not-uri", node, message)
        return url


# Who, what, in which language


def _language(look: _Fields, rules: Rules) -> str:
    text = look.text("language")
    tag = language_tag(text) if text else rules.language
    if tag is None:
        look.report("bad-language", look.node("language"), "not a language tag such as en, de-AT or zh-CN")
    return tag or rules.language


def _authors(look: _Fields, rules: Rules) -> tuple[Author, ...]:
    node = look.node("authors")
    people = [_author(item, look, rules) for item in (node.items if isinstance(node, Items) else (node,)) if item]
    return tuple(dict.fromkeys(person for person in people if person))


def _author(node: Node, look: _Fields, rules: Rules) -> Author | None:
    match node:
        case Scalar():
            return _author_from_text(node.text)
        case Table():
            values = {key.text.casefold(): value for key, value in node.pairs}
            name, email, link = (_scalar_text(values.get(key)) for key in ("name", "email", "url"))
            found = _author_from_text(name or email)
            if link:
                try:
                    link = urls.site_absolute(link, rules.site)
                except urls.BadUrlError as error:
                    look.report("bad-url", values["url"], str(error))
                    link = ""
            return replace(found, email=email or found.email, url=link) if found else None
        case _:
            look.wrong_type(node, "an author", "a name or a table of name, email and url")
            return None


def _author_from_text(text: str) -> Author | None:
    """Return the author in ``Name``, ``Name <mail>``, ``mail (Name)`` or ``mail``; a name never holds an address."""
    text = fold(text)
    if match := _MAILBOX.fullmatch(text):
        email = match[2] or match[3]
        return Author(name=fold((match[1] or match[4] or "").strip("\"'")) or email.partition("@")[0], email=email)
    name = without_markup(text)
    return Author(name=name) if name else None


def _scalar_text(node: Node | None) -> str:
    return fold(node.text) if isinstance(node, Scalar) else ""


def _categories(look: _Fields, name: str, kind: str) -> Iterator[Category]:
    found: dict[str, str] = {}
    for node in look.nodes(name):
        for text in _category_names(node, look, name):
            found.setdefault(text.casefold(), text)
    yield from (Category(name=text, kind=kind) for text in found.values())


def _category_names(node: Node, look: _Fields, name: str) -> Iterator[str]:
    """Yield the names in a string, a comma list, a list (of lists) or a table with a name.

    A comma separates within a list's items too: FreshRSS and Thunderbird split categories there whatever the feed says.
    """
    match node:
        case Scalar():
            yield from filter(None, (nfc(without_markup(part)) for part in re.split("[,\uff0c]", node.text)))
        case Items():
            for item in node.items:
                yield from _category_names(item, look, name)
        case Table():
            named = next((value for key, value in node.pairs if key.text.casefold() in {"name", "title"}), None)
            if isinstance(named, Scalar):
                yield from _category_names(named, look, name)
            else:
                look.report("wrong-type", node, f"a table in {name} needs a name")


# Pictures, enclosures, comments


def _picture(look: _Fields, name: str, post_url: str, rules: Rules) -> Reference | None:
    for node in look.nodes(name):
        if reference := _reference(node, look, post_url, rules, ("url", "src", "path", "image", "file")):
            return reference
    return None


def _enclosures(look: _Fields, post_url: str, rules: Rules) -> tuple[Reference, ...]:
    found: dict[str, Reference] = {}
    for node in look.nodes("enclosures"):
        for item in node.items if isinstance(node, Items) else (node,):
            if isinstance(item, Scalar) and item.text.lower() in _TRUE | _FALSE:
                continue
            if reference := _reference(item, look, post_url, rules, ("url", "src", "file", "path")):
                found.setdefault(reference.url, reference)
    return tuple(found.values())


def _reference(
    node: Node, look: _Fields, post_url: str, rules: Rules, names: Sequence[str]
) -> Reference | None:
    """Return what a URL, or a table of a URL, length, type and title, refers to. A list gives its first."""
    values: dict[str, Any] = {}
    target = node
    if isinstance(node, Items):
        return next((found for item in node.items if (found := _reference(item, look, post_url, rules, names))), None)
    if isinstance(node, Table):
        values = {key.text.casefold(): value for key, value in node.pairs}
        named = next((values[name] for name in names if name in values), None)
        if not isinstance(named, Scalar):
            look.report("wrong-type", node, f"a table here needs one of {', '.join(names)}")
            return None
        target = named
    assert isinstance(target, Scalar)  # noqa: S101 - what is neither list nor table
    text = target.text.strip()
    if not text:
        return None
    try:
        url = urls.site_absolute(text, rules.site) if text.startswith("/") else urls.absolute(text, post_url)
    except urls.BadUrlError as error:
        look.report("bad-url", target, str(error))
        return None
    local = "" if urls.scheme(text) or text.startswith("//") else _local_path(text, rules.site)
    if local and _leaves(look.draft.path, local):
        look.report("outside", target, "this path leaves the posts directory; nothing outside it is read or published")
        return None
    return Reference(
        url=url,
        local=local,
        mark=target.mark,
        length=_length(values.get("length"), look),
        type=_media_type(_scalar_text(values.get("type")), url),
        title=_scalar_text(values.get("title")),
    )


def _local_path(text: str, site: str) -> str:
    """Return the path part of a relative reference, decoded; one that begins with the site's own path loses that."""
    from urllib.parse import unquote, urlsplit  # noqa: PLC0415

    path = unquote(urlsplit(text).path)
    root = urlsplit(site).path
    return "/" + path.removeprefix(root).lstrip("/") if path.startswith("/") else path


def _leaves(post_path: str, local: str) -> bool:
    """Whether a path that front matter gives climbs out of the posts directory."""
    base = "" if local.startswith("/") else dirname(post_path)
    return normpath(f"{base}/{local}".lstrip("/")).split("/")[0] == ".." or "\0" in local


def _length(node: Node | None, look: _Fields) -> int | None:
    text = _scalar_text(node)
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= _MAX_LENGTH_DIGITS:
        return int(text)
    look.report("wrong-type", node, "a length is a number of bytes")
    return None


def _media_type(text: str, url: str) -> str:
    """Return the media type that the author gives, if it is one, else what the URL's extension says, or ""."""
    usual = {"image/jpg": "image/jpeg", "audio/mp3": "audio/mpeg"}
    text = usual.get(text.lower(), text.lower())
    return text if re.fullmatch(r"[a-z]+/[a-z0-9][a-z0-9.+-]*", text) else media_type_of(url)


def _comments(look: _Fields, url: str) -> str:
    """Return the address of the post's comments: one that is given, the post's own for ``true``, "" otherwise."""
    node = look.node("comments")
    if not isinstance(node, Scalar):
        return ""
    if look.flag("comments") is not None:
        return f"{url.partition('#')[0]}#comments" if look.flag("comments") else ""
    if not re.match("https?://|/", node.text):
        return ""
    try:
        return urls.absolute(node.text, url)
    except urls.BadUrlError as error:
        look.report("bad-url", node, str(error))
        return ""


def _left_out(look: _Fields, draft: Draft) -> str:
    if (
        look.flag("draft")
        or look.flag("public") is False
        or look.text("status").strip().lower() == "draft"
        or _DRAFT_DIRECTORY.match(draft.path)
    ):
        return "draft"
    return "feed: false" if look.flag("feed") is False else ""
