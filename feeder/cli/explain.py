"""``feeder explain``: how a post is read, or what the code of a problem means."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import click

from feeder.cli import building
from feeder.cli.building import PROBLEMS, builds
from feeder.cli.documents import document, listed
from feeder.cli.printing import messages, results
from feeder.explanations import all_codes, code_named
from feeder.problems import CODES, ConfigurationError, Severity, format_problem
from feeder.rules import RULES
from feeder.storage.files import PostsDirectory
from feeder.texts.dates import format_rfc3339
from feeder.texts.plaintext import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeder.cli.building import Request
    from feeder.explain import Explanation
    from feeder.kinds import Directory
    from feeder.problems import Code

_WIDTH, _LONGEST = 12, 200
_CODES = (*CODES, *RULES)
_LIKE_A_CODE = re.compile(r"[a-z]+(?:[-_][a-z]+)+")


@click.command(name="explain", epilog="Example: feeder explain posts/tea.md")
@click.argument("subject", metavar="[POST|CODE]", required=False)
@click.option("--posts", metavar="DIR", help="Directory of the posts; found automatically if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
@builds
@click.pass_context
def command(ctx: click.Context, request: Request, *, subject: str | None, as_json: bool) -> None:
    """Explain how POST is read, or what the problem CODE means. Without either, list all codes.

    For a post: whether it is published, and if not, why; each field with its value and where it comes from, such
    as a key and its line; and the picture, author, link and date that readers pick. POST is a path relative to
    the working directory or the posts directory. For a problem: why it matters to readers and how to fix it, with
    an example.

    Exit code 0: success. 1: the post has errors. 2: usage or configuration error, or no such post.
    """
    if subject is None:
        if as_json:
            document({"codes": [_of_code(code) for code in all_codes()]})
        else:
            results(f"{code.name:<25}{code.severity:<10}{code.meaning}" for code in all_codes())
        return
    if code := _named(subject):
        if as_json:
            document(_of_code(code))
        else:
            results(_code(code))
        return
    from feeder.explain import explain  # a code is explained without what reading posts needs

    chosen = building.choose(request, quiet=as_json)
    found = explain(chosen, _path(subject, chosen.context.survey.directory))
    problems = chosen._replace(problems=found.problems).weighed()
    if as_json:
        document({**_of_post(found), "problems": listed(problems)})
    else:
        results(_lines(found))
    messages(map(format_problem, problems))
    ctx.exit(PROBLEMS if any(item.severity is Severity.ERROR for item in problems) else 0)


def _named(subject: str) -> Code | None:
    """Return the code of that name; None where a post may be meant. Raises `ConfigurationError` for a misspelled one."""
    if not subject:
        message = "an empty name is neither a post nor a problem code; run feeder explain to list all codes"
        raise ConfigurationError(message)
    name = subject.lower()
    if name in _CODES:
        return code_named(name)
    if _LIKE_A_CODE.fullmatch(name) and not os.path.lexists(subject):
        message = f"unknown problem code {subject}{_near(name, _CODES)}; run feeder explain to list all codes"
        raise ConfigurationError(message)
    return None


def _near(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), 3)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _code(code: Code) -> Iterator[str]:
    wrong, _, right = code.example.partition("\n--\n")
    yield from (f"{code.name} ({code.severity})", "", code.meaning, code.why, code.mend)
    yield from ("", "Wrong:", *(f"    {line}" for line in wrong.split("\n")))
    yield from ("Right:", *(f"    {line}" for line in right.split("\n")))


def _path(subject: str, posts: Directory) -> str:
    """Return the path of a post below the posts directory. Raises `ConfigurationError` when there is none."""
    paths, unfit = posts.find()
    named = [os.path.normpath(subject).replace(os.sep, "/")]
    root = posts.root if isinstance(posts, PostsDirectory) else None
    if root:
        named.insert(0, os.path.relpath(subject, root).replace(os.sep, "/"))
    known = {*paths, *(item.path for item in unfit)}
    if path := next((name for name in named if name in known), ""):
        return path
    if os.path.lexists(subject) or (root and os.path.lexists(root / subject)):
        message = f"{subject} is not a post: it is outside the posts directory, hidden or excluded, or has no extension of posts"
        raise ConfigurationError(message)
    near = _near(subject, [*map(posts.shown, paths), *_CODES])
    message = f"cannot find {subject} in the working directory or in {posts.shown('')}{near}"
    raise ConfigurationError(message)


def _lines(found: Explanation) -> Iterator[str]:
    yield f"{found.shown}: {found.verdict}"
    if found.lines:
        yield ""
    for line in found.lines:
        value = shorten(line.value, _LONGEST) or "none"
        yield f"{line.name:<{_WIDTH}} {value}{f'  ({line.origin})' if line.origin else ''}"
    if found.unused:
        yield f"{'not used':<{_WIDTH}} {', '.join(f'{line.name} ({line.origin})' for line in found.unused)}"
    for pick in found.picks:
        yield from ("", f"{pick.reader}:")
        yield f"  {'picture':<{_WIDTH - 2}} {pick.picture or 'none'}  ({pick.place})"
        yield f"  {'author':<{_WIDTH - 2}} {pick.author or 'none'}"
        yield f"  {'link':<{_WIDTH - 2}} {pick.link}"
        yield f"  {'date':<{_WIDTH - 2}} {format_rfc3339(pick.date)}"


def _of_code(code: Code) -> dict[str, Any]:
    """Return what ``--json`` prints of a code."""
    wrong, _, right = code.example.partition("\n--\n")
    said = {"code": code.name, "severity": str(code.severity), "meaning": code.meaning, "why": code.why}
    return {**said, "mend": code.mend, "wrong": wrong, "right": right}


def _of_post(found: Explanation) -> dict[str, Any]:
    """Return what ``--json`` prints of a post."""
    return {
        "path": found.shown,
        "verdict": found.verdict,
        "fields": [line._asdict() for line in found.lines],
        "unused": [{"key": line.name, "origin": line.origin} for line in found.unused],
        "readers": [{**pick._asdict(), "date": format_rfc3339(pick.date)} for pick in found.picks],
    }
