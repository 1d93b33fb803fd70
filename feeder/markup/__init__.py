"""A body as its author wrote it -> Markdown or HTML: what the site's generator would have replaced is replaced, or removed.

A pure function of a post, the settings, and where the posts are that the body names. Who calls it gets `UnansweredError`
for those, finds them out, and calls again: so nobody needs to know of all posts for the many that name none.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.records import NamedTuple
from feeder.texts.postnames import MARKDOWN
from feeder.trees.places import FOLDED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from feeder.bodies.codespans import Verbatim
    from feeder.bodies.spoken import Made
    from feeder.kinds import Dialect
    from feeder.model import Draft, Habits, Post
    from feeder.problems import Problem
    from feeder.settings import Settings

_SCRIPT = pattern(r"<(/?)script\b[^<>]*>", re.IGNORECASE)
SYNTAXES: Mapping[str, tuple[str, ...]] = {
    "abbreviations": ("*[",),
    "admonitions": (":::",),
    "attrs": ("{",),
    "containers": (":::",),
    "emoji": (":",),
    "filelinks": MARKDOWN,
    "formulas": ("$",),
    "goldmark": ("{#", "{."),
    "hexofences": ("```", "~~~"),
    "kramdown": ("{:", "{#"),
    "liquid": ("{%", "{{"),
    "localaddresses": ("://localhost",),
    "mdx": ("<", "{", "import ", "export "),
    "mdxfences": ("mdx-code-block",),
    "nunjucks": ("{%", "{{", "{#"),
    "liquidtags": ("{%",),
    "pelican": ("{", "|"),
    "remarkdirectives": ("::", "[", "{"),
    "restructuredtext": ("",),
    "rooted": ("](/", "](</", "]: /", "](@site/", "](pathname:", "/static/"),
    "rootedpictures": ("](/", "](</"),
    "shortcodes": ("{{<", "{{%"),
    "titles": ("#", "\n=", "\n ="),
    "typographer": ("(c)", "(C)", "(r)", "(R)", "(tm)", "(TM)", "+-"),
    "toc": ("[toc]", "[TOC]", "[[toc]]", "[[_TOC_]]"),
    "unindented": ("\n    ", "\n\t", "\n \t", "\n  \t", "\n   \t"),
    "unindentedtext": ("\n    ", "\n\t", "\n \t", "\n  \t", "\n   \t"),
    "wideheadings": ("#\u3000",),
    "wikilinks": ("[[",),
    "withinhtml": ("</",),
}
"""What bodies may hold -> text without which a body has none of it. Each is the module of its name, or of `_MODULES`."""
_MODULES = {"abbreviations": "emoji", "localaddresses": "emoji", "wideheadings": "emoji", "typographer": "emoji", "containers": "admonitions", "nunjucks": "liquid", "liquidtags": "liquid", "goldmark": "attributes", "attrs": "attributes", "kramdown": "attributes", "toc": "attributes", "pelican": "filelinks", "rooted": "filelinks", "rootedpictures": "filelinks", "unindentedtext": "unindented"}  # fmt: skip

LEFT: Mapping[str, tuple[str, ...]] = {
    "liquid": ("{%", "{{"),
    "nunjucks": ("{%", "{{"),
    "liquidtags": ("{%",),
    "shortcodes": ("{{&lt;", "{{%", "{%"),
    "mdx": ("&lt;", "import ", "export "),
}
"""What bodies may hold -> text that is in their HTML where something of it may be left."""


class Question(NamedTuple):
    """Another post, as a body names it: paths below the posts directory without extension, best first; else its name alone.

    ``titled`` asks for its title, too. ``files`` are paths below the site's sources: of what may be meant that is no post.
    """

    paths: tuple[str, ...]
    name: str = ""
    titled: bool = False
    files: tuple[str, ...] = ()


class Answer(NamedTuple):
    """Where that is, "" when there is none, and its title if that was asked for; ``why`` what is there has no address."""

    url: str
    title: str = ""
    why: str = ""


class Translation(NamedTuple):
    """A body that is Markdown or HTML, what was wrong with it, and what it rests on beside its file and the settings."""

    body: str
    problems: tuple[Problem, ...] = ()
    links: tuple[tuple[Question, Answer], ...] = ()
    made: Callable[[], Sequence[Made]] = tuple
    """Returns what each of its tags came to; whoever wants to know waits for their places."""
    unknown: tuple[Problem, ...] = ()
    """Each tag that was removed since nothing is known of it, by itself; ``problems`` name them by the handful."""


class UnknownError(Exception):
    """Something that a body includes holds what nobody knows, or is too much."""


class UnansweredError(Exception):
    """A body names other posts, and it was not told where they are."""

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__(f"{len(questions)} posts are named")
        self.questions = tuple(questions)


def source_of(post: Post, draft: Draft) -> str:
    """Return a post's body, as far as everybody may read it; of one that is too large, without the data in its scripts."""
    from feeder.content import MAX_BODY  # which loads the sanitiser, for those who render

    body = draft.body if post.notice is None else post.notice
    if len(body) <= MAX_BODY:
        return body
    kept: list[str] = []
    start = 0  # of what follows the last script; below 0 within one, by where that begins
    for match in _SCRIPT.finditer(body):
        if match[1] and start < 0:
            kept.append("\n" * body.count("\n", ~start, match.end()))
            start = match.end()
        elif not match[1] and start >= 0:
            kept.append(body[start : match.start()])
            start = ~match.start()
    return "".join((*kept, body[start if start >= 0 else ~start :]))


def translated(
    post: Post, draft: Draft, settings: Settings, dialect: Dialect, answers: Mapping[Question, Answer]
) -> Translation:
    """Return a post's body, as far as everybody may read it, without its generator's tags.

    Raises `UnansweredError` when it names posts that are not among the ``answers``.
    """
    body = source_of(post, draft)
    names = syntaxes(dialect, draft.path, settings.habits)
    if not any(sign in body for name in names for sign in SYNTAXES[name]):
        return Translation(body)
    from feeder.markup.desk import MAX_BODY, Desk

    body = body[:MAX_BODY]
    desk = Desk(post, draft, settings, dialect, answers)
    for name in names:
        if not any(sign in body for sign in SYNTAXES[name]):
            continue  # asked again for each, since the one before may have brought in what a file holds
        desk.take_up(body)
        body = import_module(f"feeder.markup.{_MODULES.get(name, name)}").translated(body, desk, name)
    if desk.asked:
        raise UnansweredError(tuple(desk.asked))
    body = body.replace(FOLDED, "")
    return Translation(
        body, tuple(desk.problems(body)), tuple(desk.links.items()), desk.made, tuple(desk.each_unknown(body))
    )


def syntaxes(dialect: Dialect, path: str, habits: Habits) -> tuple[str, ...]:
    """Return what the bodies of files like ``path`` hold beside Markdown."""
    if not dialect.syntaxes:
        return ()
    extension = path[path.rfind(".") :].lower()
    if dialect.format and habits.options.get(dialect.format) in ({"md"} if extension == ".mdx" else {"md", "detect"}):
        extension = "md"
    return dialect.syntaxes.get(extension, dialect.syntaxes.get("", ()))


def sweeper(dialect: Dialect, path: str, habits: Habits) -> Callable[[str], str] | None:
    """Return what takes out of rendered HTML the tags that are left, None where there can be none."""
    names = [name for name in syntaxes(dialect, path, habits) if name in LEFT]

    def swept(html: str) -> str:
        found = [name for name in names if any(sign in html for sign in LEFT[name])]
        return import_module("feeder.markup.leftovers").swept(html, found) if found else html

    return swept if names else None


def verbatim(dialect: Dialect, path: str, habits: Habits) -> Verbatim | None:
    """Return which of the generator's blocks hold code, None when it has none."""
    from feeder.markup.scanning import verbatim_blocks

    return verbatim_blocks(dialect.tags, syntaxes(dialect, path, habits))
