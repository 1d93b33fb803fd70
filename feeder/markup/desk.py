"""What is known while a body is translated: its post and its site; and what is found out: tags, problems, questions."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feeder.bodies.spoken import Made
from feeder.content import MAX_BODY as MAX_BODY  # noqa: PLC0414 - what is longer is not rendered
from feeder.content import is_html
from feeder.markup import Answer, Question, UnknownError
from feeder.markup.nowhere import NOWHERE, within_address
from feeder.markup.targets import files_named, posts_named, stem_of
from feeder.markup.variables import inside_of, of_post, of_site
from feeder.nodes import Node, Scalar
from feeder.problems import START, Mark, Problem, problem, shortened
from feeder.texts.fieldnames import folded_key
from feeder.texts.urls import bare
from feeder.trees.places import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeder.kinds import Dialect
    from feeder.markup.calls import Call
    from feeder.model import Draft, Post
    from feeder.settings import Settings

_HEAD = 300
"""Characters by which a tag is found again in its line."""
_SHOWN = 5
"""Tags that one warning names."""


class Desk:
    """One post on its way through the syntaxes of its dialect."""

    def __init__(
        self, post: Post, draft: Draft, settings: Settings, dialect: Dialect,
        answers: Mapping[Question, Answer],
    ) -> None:  # fmt: skip
        self.post = post
        self.draft = draft
        self.settings = settings
        self.dialect = dialect
        self.html = is_html(draft.body, draft.path, settings.markdown.flavor)
        self.asked: dict[Question, None] = {}
        self.links: dict[Question, Answer] = {}
        self.variables: dict[str, str] = {}
        self._became: list[tuple[Call, str, str]] = []
        self._answers = answers
        self._unknown: dict[str, list[Mark]] = {}
        self._missing: dict[str, tuple[Mark, str]] = {}
        self._sealed: Mark | None = None
        self._refused = False
        self._room = MAX_BODY
        self._body = draft.body
        self._lines: Lines | None = None
        self._included: Mark | None = None
        self._source: list[str] = []
        top, root = dialect.ground(settings.posts.path, settings.habits) if dialect.page else ("", "")
        self._root = root or "." if top else ""
        site = urlsplit(settings.site.url)
        self.origin = f"{site.scheme}://{site.netloc}"
        self.base = site.path.rstrip("/")
        """The path of the site, "" at the root of its host."""

    # What was found out

    def take_up(self, body: str) -> None:
        """Say which body the offsets are of from here on; its lines are those of the file as far as there are problems."""
        self._body, self._lines = body, None

    @contextmanager
    def within(self, text: str, offset: int, values: Mapping[str, str]) -> Iterator[None]:
        """Go on with a text that the body includes at an offset: one unknown tag in it, and the whole is unknown."""
        kept = self._body, self._lines, self._included, self.variables
        self._included = self._mark(offset)
        self._body, self._lines, self.variables = text, None, {**self.variables, **values}
        try:
            yield
        finally:
            self._body, self._lines, self._included, self.variables = kept

    def is_nothing(self, name: str) -> bool:
        """Whether a variable of what is included has no value; one may be missing that only the generator knows."""
        scope, _, rest = name.partition(".")
        if self._included is None or name in self.variables or (scope == "page" and not self.draft.origin.line):
            return False
        return not rest or scope == "include" or (scope == "page" and self.given(rest) is None)

    def given(self, name: str) -> Node | None:
        """Return what the post's front matter says under a name, or has by default; ``a.b`` is what the table ``a`` says."""
        key, *below = map(folded_key, name.split("."))
        return inside_of(self.draft.fields.get(key) or self._inherited.get(key), below)

    def unknown(self, tag: str, offset: int) -> None:
        """Note that nothing is known of a tag, which is removed. Raises `UnknownError` within what is included."""
        if self._included:
            raise UnknownError(tag)
        tag = shortened(" ".join(tag.split()))
        self._unknown.setdefault(tag, []).append(self._mark(offset))

    def sealed(self, offset: int) -> None:
        """Note that a part of the text is for those who know a password."""
        self._sealed = self._sealed or self._mark(offset)

    def missing(self, target: str, offset: int, why: str) -> None:
        """Note that a post that the body names is not there, or why nobody can open it."""
        self._missing.setdefault(target, (self._mark(offset), why))

    def became(self, call: Call, html: str) -> None:
        """Note what a tag came to."""
        if not self._included:
            self._became.append((call, html, self._body))

    def made(self) -> list[Made]:
        """Return what the tags came to, each with its place."""
        places = {id(body): Lines(body) for _, _, body in self._became}
        return [
            Made(self._place(call.offset, body, places[id(body)]), html, call.inner or "", call.said)
            for call, html, body in self._became
        ]

    def has_room(self, length: int) -> bool:
        """Take note of text that comes in from elsewhere, and return whether it is not too much by now."""
        self._room -= length + 1
        return self._room >= 0

    def refused(self) -> str:
        """Note that the body cannot be read, and return what stands for it: nothing."""
        self._refused = True
        return ""

    def problems(self, body: str) -> Iterator[Problem]:
        """Yield one problem for all unknown tags, and one for each post that is not there; ``body`` is what is left."""
        if self._refused:
            message = "too long, or nested too deeply, to be read; nothing of it is published"
            yield problem(self.post.shown, START, "body-too-deep", message)
        if self._sealed:
            message = "a tag protects a part of the text with a password: no feed has that part"
            yield problem(self.post.shown, self._sealed, "protected-post", message)
        tags = [(tag, marks[0]) for tag, marks in self._unknown.items()]
        if tags:
            names = ", ".join(f"{tag} (line {mark.line})" for tag, mark in tags[:_SHOWN])
            message = f"removed unknown tag{'s' if len(tags) > 1 else ''}: {names}"
            message += f", and {len(tags) - _SHOWN} more" if len(tags) > _SHOWN else ""
            message += "" if body.strip() else "; the post's text is now empty"
            yield problem(self.post.shown, min(mark for _, mark in tags), "unknown-tag", message)
        for target, (mark, why) in self._missing.items():
            message = f"{why}; the text is published without the link"
            yield problem(self.post.shown, mark, "link-missing", message, target)

    def each_unknown(self, body: str) -> Iterator[Problem]:
        """Yield a problem for each unknown tag in each of its places; ``body`` is what is left."""
        message = "removed this unknown tag" + ("" if body.strip() else "; the post's text is now empty")
        for tag, marks in self._unknown.items():
            yield from (problem(self.post.shown, mark, "unknown-tag", message, tag) for mark in marks)

    def in_link(self, offset: int) -> bool:
        """Whether what is at an offset is the address of a link, or a part of it."""
        return within_address(self._body, offset)

    def within_html(self, offset: int) -> bool:
        """Whether a line of HTML stands before that of an offset, which a block of its own would end."""
        end = max(self._body.rfind("\n", 0, offset), 0)
        before = self._body[self._body.rfind("\n", 0, end) + 1 : end].strip()
        return (
            before.startswith("<") and not before.startswith("<!--") and "</pre>" not in before
        )  # which end by themselves

    def after_base(self, offset: int) -> bool:
        """Whether ``{{ site.baseurl }}`` stands before an offset, as older releases of Jekyll want it before a post's path."""
        return self._body[max(0, offset - 30) : offset].replace(" ", "").replace("-", "").endswith("site.baseurl}}")

    def _mark(self, offset: int) -> Mark:
        if self._included:
            return self._included
        self._lines = self._lines or Lines(self._body)
        return self.draft.place(self._lines.mark(offset))

    def _place(self, offset: int, body: str, lines: Lines) -> Mark:
        """Return where in the file a tag is: an earlier syntax may have changed what stands before it on its line."""
        mark = self.draft.place(lines.mark(offset))
        start = body[offset : offset + _HEAD].partition("\n")[0]
        self._source = self._source or self.draft.body.split("\n")
        first, margin = self.draft.origin
        number = mark.line - first
        line = self._source[number] if number < len(self._source) else ""
        again = body.count(start, body.rfind("\n", 0, offset) + 1, offset)
        at = -1
        for _ in range(again + 1):
            at = line.find(start, at + 1)
        return mark if at < 0 else Mark(mark.line, at + (margin if number == 0 else 1))

    # Addresses

    def address(
        self, target: str, offset: int, *, named: bool = False, titled: bool = False, only_posts: bool = False
    ) -> Answer:
        """Return where the post is that ``target`` names, by its path or (``named``) its name; the URL is "" when it is nowhere.

        It may be any file of the site, unless it can be ``only_posts``. A fragment stays.
        """
        path, hashed, fragment = target.partition("#")
        path = unquote(path.partition("?")[0]).replace("\\", "/").strip()
        if not path:
            return Answer(f"{self.post.url.partition('#')[0]}{hashed}{fragment}", self.post.title)
        if path == "/":
            return Answer(f"{self.settings.site.url}{hashed}{fragment}", self.settings.site.title)
        name = stem_of(path).rpartition("/")[2] if named else ""
        question = Question(
            tuple(dict.fromkeys(posts_named(path, self.draft.path, self.settings.posts.path))),
            name,
            titled,
            tuple(dict.fromkeys(files_named(path, self.draft.path, self._root)))
            if self._root and not only_posts
            else (),
        )
        if question not in self._answers:
            self.asked[question] = None
            return Answer(NOWHERE)
        answer = self.links[question] = self._answers[question]
        if not answer.url:
            if self.dialect.address:  # without a generator, posts are not all that there is
                self.missing(target, offset, answer.why or f"no such post{', page or file' if question.files else ''}")
            return answer
        return answer._replace(url=f"{answer.url.partition('#')[0]}{hashed}{fragment}" if hashed else answer.url)

    def html_of(self, text: str) -> str | None:
        """Return the HTML of a part that is Markdown by itself, None for one that is nested too deeply."""
        from feeder.flavors import reader  # few bodies have such parts
        from feeder.html.rawhtml import BodyTooDeepError

        marked = self.settings.markdown
        try:
            extras = self.settings.habits.options.get("MARKDOWN", "")
            return reader(marked.flavor, breaks=marked.breaks, extras=extras)(text)
        except BodyTooDeepError:
            return None

    def of_site(self, path: str) -> str:
        """Return the absolute URL of a path that begins at the site's root."""
        return f"{self.origin}{self.base}/{path.lstrip('/')}"

    def rooted(self, path: str) -> str:
        """Return a path that begins at the site's root as one that begins at its host's; any other address as it is."""
        inside = path.startswith((f"{self.base}/", "//")) or not path.startswith("/")
        return path if inside else self.base + path

    def beside(self, name: str) -> str:
        """Return the URL of a file in the post's own directory, which a page ``x.html`` has, too."""
        url = bare(self.post.url).removesuffix("index.html")
        stem, dot, extension = url.rpartition(".")
        if dot and "/" not in extension:
            url = stem
        return f"{url.rstrip('/')}/{name.lstrip('/')}"

    # Variables

    def variable(self, name: str) -> str | None:
        """Return what a variable of the generator's stands for, None when that is not known."""
        if name in self.variables:
            return self.variables[name]
        scope, _, rest = name.partition(".")
        if scope in {"site", "config", "metadata", "meta"} and rest:
            return of_site(rest, self.settings, self.origin, self.base)
        if scope == "jekyll":
            return "production" if rest == "environment" else None
        if scope == "include":
            return None
        return self._of_post(rest if scope in {"page", "post", "frontMatter", "frontmatter"} else name)

    def _page(self) -> str:
        """Return the post's address as Jekyll and Eleventy give it: a path from the site's root, without the base."""
        path = self.post.url.removeprefix(self.settings.site.url)
        return path if path == self.post.url else f"/{path}"

    def _of_post(self, name: str) -> str | None:
        address = self._page() if self.dialect.name in {"jekyll", "eleventy"} else self.post.url
        if (value := of_post(name, self.post, address)) is not None:
            return value
        if not self.draft.origin.line:
            self.unknown(name, 0)  # a closer look will tell
        node = self.given(name)
        return node.text if isinstance(node, Scalar) else None

    @cached_property
    def _inherited(self) -> Mapping[str, Node]:
        """What the site's configuration gives the post by default."""
        dialect, habits = self.dialect, self.settings.habits
        if not habits.bequests:
            return {}
        from feeder.cascades import bequeathed  # few sites have any

        root = dialect.root(self.settings.posts.path, habits) if dialect.root else ""
        place = dialect.place(self.draft.path, root, habits) if dialect.place else f"{root}/{self.draft.path}"
        return bequeathed(place.lstrip("/"), habits.bequests)
