"""posts/* -> what is wrong with each, by the rules on single posts, and a Page of each for the rules on all of them.

A pure function of files and settings, wherever it runs. Where `survey` and `items` do as little as they can, this
reads and renders every post.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from feeder import frontmatter, normalize, render
from feeder.bodies.bodytext import BodyText
from feeder.bodies.spoken import Spoken
from feeder.content import is_html
from feeder.fields.categories import names_in_text
from feeder.fields.lookup import Fields
from feeder.html.excerpts import text_of
from feeder.markup import UnansweredError, syntaxes, translated, verbatim
from feeder.model import Draft, LeftOut
from feeder.neighbours import Answered, Asked
from feeder.nodes import Scalar
from feeder.permalinks import former
from feeder.problems import CODES, Mark, Problem, Unsound
from feeder.provisional import legible, provisional, wrong_with_draft
from feeder.records import NamedTuple
from feeder.rules import MANUSCRIPTS, READINGS, RULES, rule
from feeder.rulings import inherited_by
from feeder.storage import files
from feeder.subjects import Manuscript, Page, Reading, Spot, anchor, scalars
from feeder.survey import card_from_post
from feeder.texts.plaintext import nfkd, resolve_references

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from feeder.items import RenderContext
    from feeder.markup import Answer, Question, Translation
    from feeder.model import Card, Entry, Post, Source
    from feeder.render import Rendered
    from feeder.rulings import Rules

_ID = re.compile(r'<[a-z][^<>]*\sid="(?:p[0-9a-f]{8}-)?([^"]*)"')
_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_PICTURES = re.compile("[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff]")
_WRITTEN_ID = re.compile(r"\{:?[^{}\n]*#([\w:.-]+)[^{}\n]*\}|\s(?:id|name)=[\"']([^\"'<>]+)[\"']")
_TIME = re.compile(r"\d:\d\d")
_ZONE = re.compile(r"\d\d(?:[.,]\d+)?\s*(?:[+-]\d\d:?(?:\d\d)?|[A-Za-z]+(?:/[\w+-]+)*)(?:\s+\d{4})?$")
_TERM = re.compile(r"<dt\b[^>]*>(.*?)</dt>", re.DOTALL)
_TERMS_HAVE_IDS = "markup.goldmark.parser.autoDefinitionTermID"
"""Hugo's setting by which terms of definition lists have ids as headings do."""
_FROM_ANYWHERE = re.compile(r"^(?:/|#|\w+:)|\.(?:md|markdown|mdx)(?:#|$)")
"""Links that lead to the same place whatever the address of the post."""
_ON_DRAFTS = tuple(code for code in READINGS if code != "missing-title")
_ON_BODIES = tuple(code for code in _ON_DRAFTS if not code.startswith("title-"))
_MORE = re.compile(r"<!--\s*(?:more|truncate)\s*-->|\{/\*\s*truncate\s*\*/\}", re.IGNORECASE)


_APART = ("unknown-tag", "link-missing")
"""What a build tells of tags: in a check each stands by itself, and a draft may lead to what is not there yet."""


class Studied(NamedTuple):
    """What is wrong with one post, and what others need to know of it: None when too little of it can be read."""

    problems: tuple[Problem, ...]
    page: Page | None = None
    barred: Card | None = None
    """What choosing would know of a post that an error keeps out; None for any other."""
    aside: Card | None = None
    """The same of one that its author keeps out."""


def study(context: RenderContext, tasks: Sequence[str | Answered]) -> list[Studied | Asked]:
    """Return what is wrong with each file, by its path, beside what reading it found, which `feeder.survey` tells.

    For one whose body names posts without answers, it is questions. A step is done with all of them before the next.
    """
    settings = context.settings
    feeds, images = settings.feeds._replace(content="full"), settings.images._replace(thumbnail_width=0)
    whole = context._replace(settings=settings._replace(feeds=feeds, images=images))
    told = [_told(whole, *(task if isinstance(task, Answered) else (task, {}))) for task in tasks]
    texts = [render.Text(item.found.post, item.found.draft, item.text.body) for item in told if isinstance(item, _Told)]
    made = iter(render.entries_from_posts(texts, whole.settings, whole.library))
    return [_judged(whole, item, next(made)) if isinstance(item, _Told) else item for item in told]


class _Read(NamedTuple):
    """A file as far as it can be read, what no stage tells of it, and the rules on a post in full that can judge it."""

    draft: Draft
    post: Post
    problems: tuple[Problem, ...] = ()
    rules: tuple[str, ...] = READINGS
    placed: bool = True
    whole: bool = True
    barred: bool = False
    """Whether an error keeps it out."""
    aside: bool = False
    """Whether its author does."""
    is_draft: bool = False
    """Whether its author is not done with it: what it names may not be there yet."""


def _read(source: Source, rules: Rules) -> _Read | None:
    """Return a file taken apart, None for what is no post, or cannot be read at all."""
    try:
        draft = frontmatter.draft_from_source(source, headers=rules.dialect.headers)
    except Unsound as unsound:
        return _read_in_part(source, unsound, rules)
    if draft is None:
        return None
    try:
        post = normalize.post_from_draft(draft, rules)
    except Unsound:
        post, placed = provisional(draft, rules)
        return _Read(draft, post, placed=placed, barred=True)
    if isinstance(post, LeftOut):
        if post.kind == "page":
            return None
        found = provisional(draft, rules)
        wrong, is_draft = wrong_with_draft(found), post.kind == "draft"
        return _Read(draft, found.post, wrong, _ON_DRAFTS, found.placed, aside=True, is_draft=is_draft)
    return _Read(draft, post)


def _read_in_part(source: Source, unsound: Unsound, rules: Rules) -> _Read | None:
    """Return a file without what cannot be read in its front matter, None when nobody can tell where that ends."""
    rest = legible(source, unsound, rules)
    if rest is None:
        return None
    found = provisional(rest.draft, rules, whole=rest.whole)
    on_parts = _ON_DRAFTS if "title" in found.post.marks else _ON_BODIES
    aside = False
    try:
        post = normalize.post_from_draft(rest.draft, rules)
        aside = isinstance(post, LeftOut)
        said = wrong_with_draft(found) if isinstance(post, LeftOut) else post.problems
    except Unsound as again:
        said = again.problems
    problems = (*rest.problems, *(item for item in said if rest.whole or not item.code.startswith("missing-")))
    judging = READINGS if rest.whole else on_parts
    return _Read(rest.draft, found.post, problems, judging, found.placed, rest.whole, not aside, aside)


class _Told(NamedTuple):
    """A post on its way to what is wrong with it: what its file holds, what was read of it, and its body, translated."""

    data: bytes
    source: Source
    found: _Read
    answers: Mapping[Question, Answer]
    text: Translation


def _told(context: RenderContext, path: str, answers: Mapping[Question, Answer]) -> _Told | Studied | Asked:
    directory, rules = context.survey.directory, context.survey.rules
    try:
        data = directory.read(path).data
        source = files.source_from_bytes(data, path, directory.shown(path))
    except Unsound:
        return Studied(())
    found = _read(source, rules)
    if found is None:
        return Studied(())
    try:
        text = translated(found.post, found.draft, context.settings, rules.dialect, answers)
    except UnansweredError as unanswered:
        return Asked(unanswered.questions)
    return _Told(data, source, found, answers, text)


def _judged(context: RenderContext, told: _Told, made: Rendered) -> Studied:
    data, source, found, answers, text = told
    rules, draft, path = context.survey.rules, found.draft, source.path
    # What cannot be shown was taken out of the source, and is what a rule may look for.
    raw = (
        data.decode(errors="replace").removeprefix("\ufeff").replace("\r\n", "\n")
        if b"\xef\xbf\xbd" in data
        else source.text
    )
    manuscript = Manuscript(raw, draft, rules.dialect, context.settings, frozenset((*CODES, *RULES)))
    html, blocks = (
        is_html(draft.body, path, context.settings.markdown.flavor),
        verbatim(rules.dialect, path, rules.habits),
    )
    names = syntaxes(rules.dialect, path, rules.habits)
    spoken = Spoken(names, text.made(), partial(_meant, found.post, draft, context, answers))
    body = BodyText(source.text, draft.start, html=html, verbatim=blocks, spoken=spoken)
    reading = Reading(draft, made.entry, body, context.settings, context.library)
    problems = [
        *found.problems,
        *(item for item in text.problems if item.code not in (_APART if found.is_draft else _APART[:1])),
        *text.unknown,
        *made.problems,
        *(problem for code in MANUSCRIPTS for problem in rule(code).check(manuscript)),
        *(problem for code in found.rules for problem in rule(code).check(reading)),
    ]
    fields = Fields(draft, rules.dialect, inherited_by(path, rules))
    page = _page(reading, fields, source.text, found, entire=not text.unknown)
    card = card_from_post(found.post) if found.barred or found.aside else None
    return Studied(tuple(problems), page, *((None, card) if found.aside else (card, None)))


def _meant(post: Post, draft: Draft, context: RenderContext, answers: Mapping[Question, Answer], target: str) -> str:
    """Return the address that the generator makes of a link's, "" where that is not known."""
    alone = draft._replace(body=f"[-]({target})")
    try:
        made = translated(post, alone, context.settings, context.survey.rules.dialect, answers)
    except UnansweredError:
        return ""
    return "" if made.problems else made.body.removeprefix("[-](").removesuffix(")")


def _page(reading: Reading, fields: Fields, text: str, found: _Read, *, entire: bool) -> Page:
    post, site = reading.post, reading.settings.site.url
    terms = reading.settings.habits.options.get(_TERMS_HAVE_IDS) == "true"
    written = [
        link
        for link in reading.body.links
        if not link.shown and (link.target.startswith(site) or not link.target.startswith(("http://", "https://")))
    ]
    links = ((reading.url_of(link), Spot(link.target, reading.body.mark(link.offset)))
             for link in written if found.placed or _FROM_ANYWHERE.search(link.target))  # fmt: skip
    named = (*((reading.meant_by(link), Spot(link.target, reading.body.mark(link.offset))) for link in written),
             *((reading.absolute(url), Spot(url, made.mark)) for made in reading.body.spoken.made for url in made.links))  # fmt: skip
    return Page(
        path=post.path,
        shown=post.shown,
        url=post.url,
        placed=found.placed,
        whole=found.whole,
        published=post.published,
        marks=post.marks,
        entire=entire,
        anchors=frozenset(_anchors(reading.entry.html, reading.body.prose, terms=terms)),
        spelled=frozenset(_spelled(reading.entry.html)),
        links=tuple((url, spot) for url, spot in links if f"{url}/".startswith(site)),
        named=tuple((url, spot) for url, spot in named if f"{url}/".startswith(site)),
        former=tuple(former(reading.draft, post.url, site)) if found.placed else (),
        names=tuple(_names(fields, text.split("\n"))),
        has=frozenset(_has(reading.entry, fields, reading.draft)),
    )


def _anchors(html: str, source: str, *, terms: bool) -> Iterator[str]:
    """Yield the ids of a body, those that its author wrote and feeds cannot have too, and what generators make of headings."""
    yield from (resolve_references(name) for name in _ID.findall(html))
    yield from (name for names in _WRITTEN_ID.findall(source) for name in names if name)
    named = [match[2] for match in _HEADING.finditer(html)] + (_TERM.findall(html) if terms else [])
    for text in named:
        whole = anchor(text_of(text))
        yield from (whole, _plain(whole), whole.lstrip("0123456789"), _plain(whole.encode("ascii", "ignore").decode()))


def _spelled(html: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind the pictures in headings, which some generators spell out: ``-crab``."""
    for match in _HEADING.finditer(html):
        parts = _PICTURES.split(text_of(match[2]))
        before, after = anchor(parts[0]), anchor(parts[-1])
        pairs = ((before, after), (_plain(before), _plain(after))) if len(parts) > 1 else ()
        yield from (pair for pair in pairs if any(pair))


def _plain(text: str) -> str:
    """Return an anchor as those generators have it that leave out accents, and digits at its beginning."""
    return nfkd(text).encode("ascii", "ignore").decode().lstrip("0123456789")


def _names(fields: Fields, lines: Sequence[str]) -> Iterator[tuple[str, Spot]]:
    """Yield each category and tag, in its own place where one line holds several."""
    for field, kind in (("categories", "category"), ("tags", "tag")):
        for node in fields.nodes(field):
            for value in scalars(node):
                line = lines[value.mark.line - 1]
                at = value.mark.column - 1
                for name in names_in_text(value.text):
                    found = line.find(name, at)
                    at = found + len(name) if found >= 0 else at
                    inside = found >= 0 and ("," in value.text or line[value.mark.column - 1 :][:1] == "[")
                    yield kind, Spot(name, Mark(value.mark.line, found + 1) if inside else value.mark)


def _has(entry: Entry, fields: Fields, draft: Draft) -> Iterator[str]:
    if fields.node("summary") is not None or _MORE.search(draft.body):
        yield "summary"
    if entry.image:
        yield "picture"
    date = fields.node("published")
    text = date.text.strip() if isinstance(date, Scalar) and entry.post.published > normalize.NEVER else ""
    if _TIME.search(text):
        yield "time"
        if _ZONE.search(text):
            yield "zone"
