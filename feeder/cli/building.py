"""What every command that builds shares: the options that say what and how, the run, and one answer to bad usage."""

from __future__ import annotations

import os
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feeder import __version__, cache, config, pipeline
from feeder.cli.caching import cache_file, installed
from feeder.cli.clock import current_time
from feeder.cli.printing import messages
from feeder.cli.progress import Progress
from feeder.cli.working import workers_for
from feeder.problems import ConfigurationError
from feeder.records import NamedTuple
from feeder.storage import places
from feeder.texts.dates import BadDateError, parse_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from feeder.settings import Settings

PROBLEMS, USAGE = 1, 2
"""Exit codes: something is wrong with posts or feeds; feeder cannot work with what it was told."""

HERE = Path()


class Moment(click.ParamType[datetime]):
    """A date in any form that front matter may have; without zone, UTC."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return parse_date(value, UTC)
        except BadDateError as error:
            self.fail(str(error), param, ctx)


class Request(NamedTuple):
    """What a command line says of a build: what is built, as if at which time, and by which means."""

    options: config.Options
    now: datetime
    jobs: int | None
    """Processes to work in; None for one per processor."""
    executor: str | None
    """Whose workers to use, if not this machine's."""
    cache: Path | None
    """The cache's file; None to do without."""


class Built(NamedTuple):
    """The settings of a run and all that was built; nothing is written yet."""

    settings: Settings
    build: pipeline.Build


_OPTIONS = (
    click.option("-o", "--output", metavar="DIR", help="Output directory.  [default: public]"),
    click.option("-c", "--config", "config_file", metavar="FILE", help="Configuration file.  [default: feeder.yml]"),
    click.option("--url", help="The site's URL.  [env var: FEEDER_URL]"),
    click.option(
        "--limit",
        type=click.IntRange(0),
        metavar="N",
        help="Maximum number of posts in a feed; 0 for all.  [default: 20]",
    ),
    click.option(
        "--now", type=Moment(), metavar="TIME", help="Build as if it were this time.  [env var: SOURCE_DATE_EPOCH]"
    ),
    click.option(
        "--jobs", type=click.IntRange(1), metavar="N", help="Number of worker processes.  [default: one per processor]"
    ),
    click.option("--executor", metavar="NAME", help="Executor to run on: module:callable, or dask:tcp://HOST:PORT."),
    click.option(
        "--cache",
        "cache_directory",
        metavar="DIR",
        help="Cache directory.  [default: the user's cache directory]",
    ),
    click.option("--no-cache", "caching", is_flag=True, default=True, flag_value=False, help="Do not use the cache."),
)


def builds(function: Callable[..., None]) -> Callable[..., None]:
    """Return a command's function with the options of a build, which reach ``function`` as one `Request`.

    ``posts`` and ``formats``, which commands name in ways of their own, become part of it where there are any. A
    `ConfigurationError` becomes a message and the exit code 2.
    """

    @wraps(function)
    def command(
        *, output: str | None, config_file: str | None, url: str | None, limit: int | None, now: datetime | None,
        jobs: int | None, executor: str | None, cache_directory: str | None, caching: bool,
        posts: str | None = None, formats: Sequence[str] = (), **others: Any,
    ) -> None:  # fmt: skip
        try:
            request = Request(
                options=config.Options(
                    posts=posts, config=config_file, url=url, formats=tuple(formats), limit=limit, output=output
                ),
                now=now or current_time(os.environ),
                jobs=jobs,
                executor=executor,
                cache=cache_file(cache_directory, os.environ) if caching else None,
            )
            function(request=request, **others)
        except ConfigurationError as error:
            messages([f"error: {error}"])
            click.get_current_context().exit(USAGE)

    for option in reversed(_OPTIONS):
        option(command)
    return command


def load_settings(request: Request, *, quiet: bool = False, verbose: bool = False, directory: Path = HERE) -> Settings:
    """Return the settings that the request asks for, of the site in ``directory``. Raises `ConfigurationError`.

    What was decided about them is told on standard error, unless ``quiet``; what each is from, if ``verbose``.
    """
    settings, notes, details = config.load(request.options, os.environ, directory)
    messages(() if quiet else (*(details if verbose else ()), *notes))
    return settings


def build(request: Request, *, quiet: bool = False, directory: Path = HERE, settings: Settings | None = None) -> Built:
    """Return what the request asks for, built from the files below ``directory``. Raises `ConfigurationError`.

    ``settings`` are those of the request, where they have been loaded before.
    """
    settings = settings or load_settings(request, quiet=quiet, directory=directory)
    with means_of(request, settings, directory) as means:
        return Built(settings, pipeline.build(settings, directory, request.now, __version__, means))


def choose(request: Request, *, quiet: bool = False) -> pipeline.Chosen:
    """Return which posts are published, with nothing rendered, by the same words as `build`."""
    settings = load_settings(request, quiet=quiet)
    with means_of(request, settings) as means:
        chosen = pipeline.choose(settings, HERE, request.now, __version__, means)
        if means.cache:
            means.cache.close()
        return chosen


@contextmanager
def means_of(request: Request, settings: Settings, directory: Path = HERE) -> Iterator[pipeline.Means]:
    """Yield the means that the request asks for, for the site in ``directory``. Raises `ConfigurationError`."""
    where = places.roots(settings, directory)
    with closing(Progress()) as progress, workers_for(request.executor, request.jobs, where) as workers:
        yield pipeline.Means(
            workers=workers,
            progress=progress,
            cache=cache.Cache(request.cache) if request.cache else None,
            installation=installed(os.environ) if request.cache else "",
        )
