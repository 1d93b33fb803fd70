"""A post's path -> how it is read: each field with its value and where that comes from, and what readers make of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from feeder.addresses.tokens import DEFAULT
from feeder.bodies.headings import first_heading
from feeder.fields.lookup import Fields
from feeder.fields.titles import title_from_text
from feeder.frontmatter import draft_from_source
from feeder.gathering import unread
from feeder.html.excerpts import pictures_of
from feeder.markup import UnansweredError, translated
from feeder.model import Draft, LeftOut, Post, Reference
from feeder.nodes import walk
from feeder.normalize import NEVER, post_from_draft
from feeder.picks import Pick, picks
from feeder.problems import Mark, Problem, Unsound
from feeder.provisional import provisional, wrong_with_draft
from feeder.records import NamedTuple
from feeder.render import entry_from_post
from feeder.rulings import date_in, inherited_by
from feeder.storage.files import source_from_bytes
from feeder.survey import as_chosen
from feeder.texts import urls
from feeder.texts.dates import format_rfc3339

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from feeder.items import RenderContext
    from feeder.markup import Translation
    from feeder.model import Entry
    from feeder.pipeline import Chosen
    from feeder.podcasts.values import Episode, Recording

_FLAGS = ("draft", "public", "status", "listed", "unlisted", "feed")
_ENCLOSING = ("enclosures", "file", "recording")
_REFUSALS = frozenset(
    ("bad-date", "bad-language", "bad-url", "id-not-uri", "outside", "updated-before-published", "updated-in-future", "wrong-type")
)  # fmt: skip
"""Codes of problems that say that a value is not used."""


class Line(NamedTuple):
    """A field, its value as text ("" for none), and where it comes from: a key and a line, or what stands in for them."""

    name: str
    value: str
    origin: str


class Explanation(NamedTuple):
    """How a post is read. One with errors has no picks, and no lines either when its front matter cannot be read."""

    shown: str
    verdict: str
    lines: tuple[Line, ...]
    unused: tuple[Line, ...]
    """Keys of the front matter that give no field its value."""
    picks: tuple[Pick, ...]
    problems: tuple[Problem, ...]


def explain(chosen: Chosen, path: str) -> Explanation:
    """Return how the post at ``path``, below the posts directory, is read."""
    survey = chosen.context.survey
    shown = survey.directory.shown(path)
    found = Explanation(shown, _verdict(chosen, path), (), (), (), ())
    if missing := unread(survey.directory, path):
        return found._replace(verdict="not read", problems=(missing,))
    problems = [item for item in chosen.problems if item.path == shown]
    refused = {Mark(item.line, item.column) for item in problems if item.code in _REFUSALS}
    card = next((card for card in chosen.choice.posts if card.path == path), None)
    try:
        draft = draft_from_source(
            source_from_bytes(survey.directory.read(path).data, path, shown), headers=survey.rules.dialect.headers
        )
    except Unsound as unsound:
        return found._replace(problems=tuple(problems or unsound.problems))
    if draft is None:
        return found._replace(verdict="not a post: a README, or plain text, without front matter")
    placed = True
    try:
        post = post_from_draft(draft, survey.rules)
    except Unsound:
        post, placed = provisional(draft, survey.rules)
    if isinstance(post, LeftOut):  # a draft is when one asks what it would be
        as_if = provisional(draft._replace(path=draft.path.replace("_drafts/", "")), survey.rules)
        post, placed = as_if
        problems += wrong_with_draft(as_if)
    if card:
        post = as_chosen(post, card)
    refused |= {Mark(item.line, item.column) for item in post.problems if item.code in _REFUSALS}
    text = _text(post, draft, chosen)
    rendered = entry_from_post(post, draft, text.body, chosen.context.settings, chosen.context.library)
    told = Told(draft, rendered.entry, chosen.context, refused, placed=placed)
    return found._replace(
        lines=tuple(told.lines()),
        unused=tuple(told.unused()),
        picks=tuple(picks(rendered.entry)) if placed and post.published != NEVER else (),
        problems=(*problems, *text.problems, *rendered.problems),
    )


def _text(post: Post, draft: Draft, chosen: Chosen) -> Translation:
    """Return the body, with the addresses of the posts that it names."""
    settings, dialect = chosen.context.settings, chosen.context.survey.rules.dialect
    try:
        return translated(post, draft, settings, dialect, {})
    except UnansweredError as unanswered:
        answers = {question: chosen.recall.neighbours.answer(question) for question in unanswered.questions}
        return translated(post, draft, settings, dialect, answers)


def _verdict(chosen: Chosen, path: str) -> str:
    """Return whether a post is published, and where or why not."""
    if any(card.path == path for card in chosen.choice.posts):
        feeds = (feed for feed in chosen.feeds if any(card.path == path for card in feed.posts))
        named = ", ".join(feed.path or feed.directory or "the site's feed" for feed in feeds)
        return f"published, in {named}" if named else "published, but beyond feeds.limit and so in no feed"
    shown = chosen.context.survey.directory.shown(path)
    reason = next((item.reason for item in chosen.left_out if item.path == shown), "it has errors")
    return f"not published: {reason}"


class Told:
    """Tells where the fields of a post come from."""

    def __init__(
        self, draft: Draft, entry: Entry, context: RenderContext, refused: Collection[Mark], *, placed: bool
    ) -> None:
        self._draft = draft
        self._entry = entry
        self._settings = context.settings
        self._rules = context.survey.rules
        self._dialect = self._rules.dialect
        self._look = Fields(draft, self._dialect, inherited_by(draft.path, self._rules))
        self._refused = refused
        self._placed = placed
        self._used: set[str] = {key for name in (*_FLAGS, "slug") for key in self._dialect.names[name]}

    def lines(self) -> Iterator[Line]:
        """Yield the fields of the post, each with its origin; of a value that leaves nothing, where that stands."""
        for line in self._lines():
            node = None if line.value else self._look.node(line.name)
            if node is not None:
                named = self._named(self._look.keys[line.name], node.mark)
                line = line._replace(origin=f"{named}: cannot be used")  # noqa: PLW2901 - the same line, with more
            yield line

    def _lines(self) -> Iterator[Line]:
        post = self._entry.post
        address = post.url if self._placed else ""
        identity = self._given("id")
        yield Line("id", post.id if identity else address, identity or "the permalink")
        yield Line("url", address, self._given("url") or self._pattern())
        yield Line("title", post.title, self._title())
        published, updated = (format_rfc3339(date) if date != NEVER else "" for date in (post.published, post.updated))
        yield Line(
            "published", published, (self._given("published") or self._late() or "the file name") if published else ""
        )
        yield Line("updated", updated, (self._given("updated") or "same as published") if updated else "")
        yield Line("expires", format_rfc3339(post.expires) if post.expires else "", self._given("expires"))
        yield Line("language", post.language, self._given("language") or "site.language")
        authors = "; ".join(" ".join(filter(None, author)) for author in post.authors)
        yield Line("authors", authors, self._given("authors") or ("site.author" if post.authors else ""))
        for name, kind in (("categories", "category"), ("tags", "tag")):
            names = ", ".join(item.name for item in post.categories if item.kind == kind)
            yield Line(name, names, self._given(name))
        yield self._picture("image", post.image)
        yield self._picture("thumbnail", post.thumbnail)
        named = (self._holding(name, item.mark) for item in post.enclosures for name in _ENCLOSING)
        origin = "; ".join(dict.fromkeys(filter(None, named)))
        yield Line("enclosures", ", ".join(item.url for item in self._entry.enclosures), origin)
        if post.episode and self._entry.recording:
            yield from self._episode(post.episode, self._entry.recording)
        yield Line("summary", self._entry.summary, self._given("summary") if post.summary else "the text")
        yield Line("comments", post.comments, self._given("comments"))

    def _episode(self, episode: Episode, recording: Recording) -> Iterator[Line]:
        """Yield what the podcast says of an episode."""
        yield Line("media_length", str(recording.audio.length), self._given("media_length") or "the recording")
        yield Line("duration", str(recording.duration or ""), self._given("duration") or "the recording")
        yield Line("episode_guid", episode.guid or self._entry.post.id, self._given("episode_guid") or "the id")
        artwork = recording.image.url if recording.image else ""
        said = "" if episode.explicit is None else str(episode.explicit).lower()
        for name, value in (
            ("episode", episode.number),
            ("season", episode.season),
            ("episode_type", episode.kind or "full"),
            ("episode_title", episode.title),
            ("explicit", said),
            ("block", "true" if episode.block else ""),
            ("artwork", artwork),
            ("transcripts", ", ".join(item.file.url for item in recording.transcripts)),
            ("chapters", recording.chapters.url if recording.chapters else ""),
        ):
            if origin := self._given(name):
                yield Line(name, value, origin)
        if episode.people:
            origins = filter(None, map(self._given, ("hosts", "people", "guests")))
            yield Line("people", ", ".join(one.name for one in episode.people), "; ".join(origins))

    def unused(self) -> Iterator[Line]:
        """Yield the keys that `lines` found no use for."""
        for key, node in self._draft.fields.items():
            if key not in self._used:
                yield Line(self._draft.keys[key].text, "", f"line {node.mark.line}")

    def _late(self) -> str:
        """Return the key that gives the date where the path gives none."""
        if date_in(self._draft.path, self._rules):
            return ""
        return next(filter(None, map(self._given, self._dialect.dates)), "")

    def _pattern(self) -> str:
        """Return what an address comes from that front matter does not give."""
        if own := self._settings.posts.permalink:
            return f"posts.permalink: {own}"
        return f"as {self._dialect.name} generates it" if self._dialect.address else f"posts.permalink: {DEFAULT}"

    def _title(self) -> str:
        title = self._entry.post.title
        given, heading = self._look.text("title"), first_heading(self._draft.body)
        read = partial(title_from_text, path=self._draft.path, habits=self._rules.habits)
        if read(given) == title:
            return self._given("title")
        return "a heading" if read(heading) == title else "the file name"

    def _picture(self, name: str, reference: Reference | None) -> Line:
        picture = getattr(self._entry, name)
        if reference:
            origin = next(filter(None, (self._holding(field, reference.mark) for field in ("image", "thumbnail"))), "")
        elif picture and picture.url in pictures_of(self._entry.html):
            origin = "the first picture in the text"
        else:
            beside = picture and picture.url.startswith(urls.own_address(self._entry.post.url))
            origin = "its name, beside the post" if beside else "site.image" if picture else ""
        size = f" ({picture.width} by {picture.height})" if picture and picture.width else ""
        return Line(name, f"{picture.url}{size}" if picture else "", origin)

    def _given(self, name: str) -> str:
        """Return the key that gives a field, and its line; "" when none does, or what it gives was refused."""
        node = self._look.node(name)
        return self._named(self._look.keys[name], node.mark) if node and node.mark not in self._refused else ""

    def _holding(self, name: str, mark: Mark) -> str:
        """Return the key of a field in whose value a mark is, and the line of the mark."""
        for key, node in self._look.all_pairs(name):
            if any(inner.mark == mark for inner in walk(node)):
                return self._named(key, mark)
        return ""

    def _named(self, key: str, mark: Mark) -> str:
        table, dot, inner = key.partition(".")
        self._used.add(table)
        if table not in self._draft.keys:
            return f"{key}, set by the site for posts like this"
        return f"{self._draft.keys[table].text}{dot}{inner}, line {mark.line}"
