"""``feeder diff``: what subscribers will see when what would be built takes the place of what is published."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from feeder import __version__
from feeder.cli import building, changes_json, changes_markdown, changes_text
from feeder.cli.building import HERE, PROBLEMS, builds
from feeder.cli.changes import headline
from feeder.cli.printing import messages, results
from feeder.comparison.compare import Kind
from feeder.difference import difference
from feeder.model import Artifact
from feeder.problems import ConfigurationError, format_problem
from feeder.published.items import Publication
from feeder.published.places import HINT, Names, NoFeedsError, from_disk
from feeder.storage import files
from feeder.storage.placenames import is_remote

if TYPE_CHECKING:
    from feeder.pipeline import Build
    from feeder.settings import Settings

NEVER = "none"
"""With ``--fail-on``: whatever is found, the exit code is 0."""


class Kinds(click.ParamType[frozenset[Kind]]):
    """Kinds of changes, separated by commas."""

    name = "kinds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[Kind]:
        if isinstance(value, frozenset):
            return value
        names = {name.strip().lower() for name in value.split(",")} - {""}
        if unknown := sorted(names - {*Kind, NEVER}):
            self.fail(f"no such kind: {', '.join(unknown)}; the kinds are {', '.join(Kind)}, {NEVER}", param, ctx)
        if not names:
            self.fail(f"no kind given; use {NEVER} to never fail", param, ctx)
        return frozenset(kind for kind in Kind if kind in names)


@click.command(name="diff", epilog="Example: feeder diff https://example.org/rss.xml --fail-on resent,reused,vanished")
@click.argument("against", required=False)
@click.option("--posts", metavar="DIR", help="Directory of the posts; found automatically if not given.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True,
    help="Output format.",
)  # fmt: skip
@click.option(
    "--fail-on", "fatal", type=Kinds(), default="resent,reused", show_default=True, metavar="KINDS",
    help=f"Exit with 1 on these changes: {', '.join(Kind)}; or {NEVER}.",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Print only the changes.")
@builds
@click.pass_context
def command(
    ctx: click.Context,
    request: building.Request,
    *,
    against: str | None,
    form: str,
    fatal: frozenset[Kind],
    quiet: bool,
) -> None:
    """Show what subscribers would see if you published this build; write nothing.

    AGAINST is what is published now: a directory that feeder wrote (by default the configured output), a feed file, a
    feed URL (https://..., the only thing that is ever fetched), or a git revision (git:HEAD~1, git:main:docs/rss.xml).
    If a revision contains no feeds, its posts are built as they were then.

    The changes go to standard output. Exit code 0: none of the changes that --fail-on names. 1: at least one of them.
    2: usage or configuration error, or nothing to compare with.
    """
    settings, build = building.build(request, quiet=quiet)
    messages(() if quiet else map(format_problem, build.problems))
    found = difference(build, settings, _publication(against, settings, request))
    messages(f"warning: {fault}" for fault in found.faults)
    if form == "json":
        results([changes_json.report(found)])
    elif form == "markdown":
        results(changes_markdown.report(found))
    else:
        results(changes_text.report(found, colours=sys.stdout.isatty() and not os.environ.get("NO_COLOR")))
    if not quiet and form != "text":
        messages([headline(found)])
    ctx.exit(PROBLEMS if any(found.counts()[kind] for kind in fatal) else 0)


def _publication(against: str | None, settings: Settings, request: building.Request) -> Publication:
    """Return what is published. Raises `ConfigurationError`."""
    names = Names.of(settings.feeds, *([settings.podcast.path] if settings.podcast else ()))
    if against and against.partition("://")[0].lower() in {"http", "https"}:
        return _from_web(against, request)
    if against and "://" in against:
        message = f"cannot compare with {against}: only http:// and https:// are fetched. {HINT}"
        raise ConfigurationError(message)
    if against and against.startswith("git:"):
        return _from_git(against.removeprefix("git:"), settings, names, request)
    return from_disk(Path(against or settings.output), names)


def _from_git(revision: str, settings: Settings, names: Names, request: building.Request) -> Publication:
    """Return the feeds that a revision holds, else those that its posts give by its own configuration."""
    from feeder.published.git import export, from_git

    try:
        return from_git(revision, settings.output, HERE, names)
    except NoFeedsError:
        if ":" in revision:
            raise
    with TemporaryDirectory() as place:
        export(revision, HERE, Path(place))
        try:
            build = _built(request, Path(place))
        except ConfigurationError as error:
            message = f"git:{revision} contains no feeds, and its posts cannot be built: {error}"
            raise ConfigurationError(message) from error
    return Publication(f"git:{revision}", {artifact.path: artifact.data for artifact in build.documents}, whole=True)


def _built(request: building.Request, place: Path) -> Build:
    """Return what the request asks for of the copy of a site at ``place``, and of nothing that lies elsewhere."""
    options = request.options
    options = options._replace(posts=_inside(options.posts), config=_inside(options.config))
    request = request._replace(options=options, cache=None)
    settings = building.load_settings(request, quiet=True, directory=place)
    _inside(settings.posts.path)
    return building.build(request, quiet=True, directory=place, settings=settings).build


def _inside(path: str | None) -> str | None:
    """Return a path of the site relative to it, so that it is one of a copy, too. Raises `ConfigurationError` for others."""
    if not path or not (Path(path).is_absolute() or os.pardir in Path(path).parts or is_remote(path)):
        return path
    relative = os.path.relpath(os.path.realpath(path))
    if is_remote(path) or os.pardir in Path(relative).parts:
        message = f"{path} is outside this directory, so it is not part of the revision"
        raise ConfigurationError(message)
    return relative


def _from_web(url: str, request: building.Request) -> Publication:
    """Return what is at a URL; what it was the last time is kept in the cache's directory, for the server to confirm."""
    from feeder.published.web import Fetched, fetch, from_web

    place = request.cache.parent / f"{sha256(url.encode()).hexdigest()}.fetched" if request.cache else None
    known: Fetched | None = None
    if place:
        with suppress(OSError, ValueError):
            etag, last_modified, digest, data = place.read_bytes().split(b"\n", 3)
            if sha256(data).hexdigest().encode() == digest:
                known = Fetched(data, etag.decode("latin-1"), last_modified.decode("latin-1"))
    fetched = fetch(url, known, agent=f"feeder/{__version__}")
    if place and fetched is not known and (fetched.etag or fetched.last_modified):
        head = f"{fetched.etag}\n{fetched.last_modified}\n{sha256(fetched.data).hexdigest()}\n"
        kept = Artifact(place.name, "", head.encode("latin-1", "replace") + fetched.data)
        with suppress(ConfigurationError):  # a cache that cannot be written costs time only
            list(files.write([kept], place.parent))
    return from_web(fetched, url)
