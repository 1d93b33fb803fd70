"""Draft -> Post: every field gets its type, its fallbacks and its checks; one function each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feeder.fields.categories import categories_of
from feeder.fields.filing import labelled, names_of
from feeder.fields.lookup import FALSE, TRUE, Fields, scalar_text
from feeder.fields.people import authors
from feeder.fields.protection import notice_of
from feeder.fields.references import enclosures, picture
from feeder.fields.titles import LONGEST, summary_from_text, title_from_text
from feeder.kinds import Traits
from feeder.model import Draft, LeftOut, Post
from feeder.nodes import Node, Scalar
from feeder.patterns import pattern
from feeder.permalinks import permalink
from feeder.problems import Unsound
from feeder.rulings import date_in, filed_in, inherited_by, language_in, moment
from feeder.texts import urls
from feeder.texts.dates import BadDateError, format_rfc3339, other_reading
from feeder.texts.languages import language_tag
from feeder.texts.pathnames import below, title_in_path
from feeder.texts.plaintext import shorten
from feeder.texts.postnames import DRAFT_DIRECTORY

if TYPE_CHECKING:
    from feeder.model import Reference
    from feeder.podcasts.values import Episode
    from feeder.rulings import Rules

_UNFENCED = pattern(r"\s*[A-Za-z][\w-]*:[^\n]*\n(?:[^\n]*\n){0,40}?-{3,}[ \t]*(?:\n|$)|---[a-z]+\n")
_DAY = pattern(r"\d{4}-\d\d?-\d\d?(?!\d)")


def post_from_draft(draft: Draft, rules: Rules) -> Post | LeftOut:
    """Return the post that ``draft`` describes; what is wrong with it and did no harm is in its ``problems``.

    One that its author keeps out is a `LeftOut`, whatever else it lacks: an idea in ``_drafts/`` has no date yet.
    Raises `Unsound` with every problem of the post when its date, address, id or title cannot be had.
    """
    fields = Fields(draft, rules.dialect, inherited_by(draft.path, rules))
    if kind := _kept_out(fields, rules):
        return LeftOut(path=draft.shown, kind=kind, reason="feed: false" if kind == "opted out" else kind)
    post = as_it_stands(fields, rules)
    for key in draft.late:
        fields.report("repeated-key", key, "duplicate key; this value is ignored")
    if any(key not in rules.dialect.ranks for key in draft.keys):
        from feeder.rules.unknown_key import slips  # most posts have known keys only

        fields.problems.extend(slips(draft, rules.dialect))
    if fields.fatal:
        raise Unsound(*fields.problems)
    return post._replace(problems=tuple(fields.problems))


NEVER = datetime(1, 1, 2, tzinfo=UTC)
"""Stands in for a date that could not be had; there is one in any zone."""


def as_it_stands(fields: Fields, rules: Rules, never: datetime = NEVER) -> Post:
    """Return the post, with something of the kind for what could not be had, and ``never`` for its date.

    What is wrong is in ``look``.
    """
    draft = fields.draft
    tags = names_of(fields, "tags")
    notice = notice_of(fields, tags, rules.habits.options)
    title = _title(fields, draft.body if notice is None else "", rules)
    published = _published(fields, rules) or never
    names = names_of(fields, "categories")
    filed = filed_in(draft.path, names, rules)
    people = authors(fields, rules.roots.site, rules.people) or rules.authors
    known = Traits(draft.path, date=published, title=title, categories=filed, author=people[0].name if people else "")
    url = permalink(fields, rules, known)
    enclosed = enclosures(fields, url, rules.roots, rules.media)
    image, thumbnail = picture(fields, "image", url, rules.roots), picture(fields, "thumbnail", url, rules.roots)
    return Post(
        path=draft.path,
        shown=draft.shown,
        id=id_of(fields, url),
        url=url,
        title=title,
        published=published,
        updated=_updated(fields, rules, published),
        language=_language(fields, rules),
        authors=people,
        categories=(*categories_of(filed, "category"), *categories_of(labelled(tags, rules.labels), "tag")),
        image=image or thumbnail,
        thumbnail=thumbnail or image,
        enclosures=enclosed,
        summary=summary_from_text(fields.text("summary"), draft.path, rules.dialect),
        comments=_comments(fields, url),
        expires=_date(fields, "expires", rules, fatal=True),
        marks=fields.marks,
        episode=_episode(fields, enclosed, url, rules) if rules.podcast else None,
        notice=notice,
    )


# Title, dates, address, identity


def _title(fields: Fields, body: str, rules: Rules) -> str:
    path = fields.draft.path
    if title := title_from_text(fields.text("title", fatal=True), path, rules.habits):
        return title
    if named := titled(path) if (titled := fields.dialect.titled) else "":
        return shorten(named, LONGEST)
    from feeder.bodies.headings import first_heading  # for posts without a title

    return title_from_text(first_heading(body), path, rules.habits) or shorten(title_in_path(path), LONGEST)


def _published(fields: Fields, rules: Rules) -> datetime | None:
    node = fields.node("published")
    undated = isinstance(node, Scalar) and node.text.strip().lower() in fields.dialect.undated
    dated = date_in(fields.draft.path, rules)
    if node is not None and not undated:
        if (said := _date(fields, "published", rules, fatal=not (dated and fields.dialect.named_date))) or fields.fatal:
            return said
        day = _DAY.match(node.text) if isinstance(node, Scalar) else None
        try:
            return moment(day[0], rules) if day else moment(dated, rules)
        except BadDateError:
            pass
    if dated:
        try:
            return moment(dated, rules)
        except BadDateError as error:
            fields.report("bad-date", None, f"in the file name: {error}", fatal=True)
            return None
    if not undated and (late := next((name for name in fields.dialect.dates if fields.node(name) is not None), "")):
        return _date(fields, late, rules, fatal=True)
    _missing_date(fields, undated=undated)
    return None


def _missing_date(fields: Fields, *, undated: bool) -> None:
    hint = "; is its opening --- missing?" if not fields.draft.fields and _UNFENCED.match(fields.draft.body) else ""
    git = ", git (which a shallow clone cannot tell)" if fields.dialect.committed else ""
    node, message = fields.empty("published"), f"no date in the front matter{git} or the file name{hint}"
    if flags := [node for key, node in fields.all_pairs("public") if key.endswith("date")]:
        node, message = flags[0], "a date must be one, not true or false"
    elif undated:
        node = fields.node("published")
        message = "this asks for the file's own date, which differs on every machine; write out the date"
    fields.report("missing-date", node, message, fatal=True)


def _updated(fields: Fields, rules: Rules, published: datetime) -> datetime:
    updated = _date(fields, "updated", rules) or published
    if updated < published:
        said = f"updated before it was published ({format_rfc3339(published)})"
        fields.report("updated-before-published", fields.node("updated"), said)
        return published
    return updated


def _date(fields: Fields, name: str, rules: Rules, *, fatal: bool = False) -> datetime | None:
    text = fields.text(name, fatal=fatal)
    if not text:
        return None
    try:
        found = moment(text, rules)
    except BadDateError as error:
        fields.report("bad-date", fields.node(name), str(error), fatal=fatal)
        return None
    if doubt := other_reading(text, found, rules.zone):
        fields.report("ambiguous-zone", fields.node(name), doubt)
    return found


def id_of(fields: Fields, url: str) -> str:
    """Return the id that the front matter gives, ``url`` when it gives none, or none but one that is no URI, which is reported.

    A guid is what the author wrote, letter for letter: other generators write other things, too, into the key ``id``.
    """
    given = fields.text("id", fatal=True).strip()
    if not given:
        return url
    for key, node in fields.all_pairs("id"):
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if found := text if key.rpartition(".")[2] == "guid" else urls.uri(text):
            fields.marks["id"], fields.keys["id"] = node.mark, key
            return found
    if ":" not in given and fields.dialect.address:  # it is what the site, or one before, calls the post by
        return url
    message = "an id must be a URI (https:…, tag:…, urn:uuid:…); only the key guid takes any other text; the permalink is used instead"
    fields.report("id-not-uri", fields.node("id"), message)
    return url


def _episode(fields: Fields, enclosed: tuple[Reference, ...], url: str, rules: Rules) -> Episode | None:
    from feeder.podcasts.episodes import episode_from  # only podcasts have them

    return episode_from(fields, enclosed, url, rules.roots, rules.people)


# Who, what, in which language


def _language(fields: Fields, rules: Rules) -> str:
    text = fields.text("language") or language_in(fields.draft.path, rules)
    tag = language_tag(text) if text else rules.language
    if tag is None:
        fields.report("bad-language", fields.node("language"), "not a language tag such as en, de-AT or zh-CN")
    return tag or rules.language


def _comments(fields: Fields, url: str) -> str:
    """Return the address of the post's comments: one that is given, the post's own for ``true``, "" otherwise."""
    node = fields.node("comments")
    if not isinstance(node, Scalar):
        return ""
    if fields.flag("comments") is not None:
        return f"{url.partition('#')[0]}#comments" if fields.flag("comments") else ""
    if not (urls.scheme(node.text) or node.text.startswith("/")):
        fields.report("wrong-type", node, "comments must be true, false or a URL")
        return ""
    try:
        return urls.absolute(node.text, url)
    except urls.BadUrlError as error:
        fields.report("bad-url", node, str(error))
        return ""


def _like_a_flag(node: Node) -> bool:
    """Whether a value may have been meant as true or false: ``fales`` may, a date or the path of a feed is not."""
    from difflib import get_close_matches

    return not isinstance(node, Scalar) or bool(get_close_matches(node.text.casefold(), sorted(TRUE | FALSE), 1, 0.7))


def _is_word(node: Node) -> bool:
    """Whether a value is a word: it says something of a flag, though nobody knows what."""
    return isinstance(node, Scalar) and node.text.strip().isalpha()


def _kept_out(fields: Fields, rules: Rules) -> str:
    """Return why the author keeps the post out of the feeds, "" when nothing says so."""
    for name in ("draft", "public", "feed", "unlisted"):
        node = fields.node(name)
        if node is not None and fields.flag(name) is None:
            fatal = name == "draft" or _like_a_flag(node)
            if fatal or _is_word(node):
                fields.report("wrong-type", node, f"{fields.keys[name]} must be true or false", fatal=fatal)
    status = fields.text("status").strip().lower()
    if is_draft(fields, status):
        return "draft"
    if (
        fields.flag("unlisted")
        or any(scalar_text(node).strip().lower() in UNLISTED for node in fields.nodes("listed"))
        or status in fields.dialect.hidden
        or fields.flag("url") is False
    ):
        return "unlisted"
    if fields.flag("feed") is False:
        return "opted out"
    return "page" if fields.dialect.pages is not None and _is_page(fields, rules) else ""


def is_draft(fields: Fields, status: str) -> bool:
    """Whether a file is not to be on the site yet; ``status`` is what it says of that in one word."""
    unready = fields.flag("draft") or fields.flag("public") is False or status == "draft"
    return unready or DRAFT_DIRECTORY.match(fields.draft.path) is not None


def _is_page(fields: Fields, rules: Rules) -> bool:
    """Whether a file without a date is one of the site's pages: at the root of all, or by what one of its keys says."""
    path = fields.draft.path
    place = below(path)
    apart = "/" not in place and not (place and rules.root)
    nodes = [fields.draft.fields[key] for key in fields.dialect.pages or () if key in fields.draft.fields]
    named = any(not isinstance(node, Scalar) or node.text.casefold() not in _OF_POSTS for node in nodes)
    return (apart or named) and fields.node("published") is None and not date_in(path, rules)


_OF_POSTS = frozenset({"post", "posts", "single", "blog", "article", "default"})
"""Layouts that posts have, of which one that lacks its date must be told."""
UNLISTED = FALSE | {"never", "local"}
"""Values of ``listed`` that keep a post out."""
