"""``feeder ping``: what changed since the hubs were last told, told to them, and remembered in the manifest."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

import click

from feeder import __version__, config, hubs, publish
from feeder.archives import is_archive
from feeder.cli.building import PROBLEMS, USAGE
from feeder.cli.documents import document
from feeder.cli.printing import messages, results
from feeder.cli.turns import turn
from feeder.cli.wording import count
from feeder.formats import FORMATS
from feeder.problems import ConfigurationError
from feeder.records import NamedTuple
from feeder.storage import places
from feeder.storage.manifest import NAME, Manifest, manifest_from_bytes
from feeder.texts.urls import quoted_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeder.kinds import Outlet
    from feeder.settings import Settings


class News(NamedTuple):
    """One feed that one hub has not been told of: its URL is the topic; ``path`` and ``sha256`` are the manifest's."""

    hub: str
    topic: str
    path: str
    sha256: str


class Told(NamedTuple):
    """News, and how the hub took it; None when it was not asked."""

    news: News
    answer: hubs.Answer | None


@click.command(name="ping", epilog="Example: feeder ping --dry-run")
@click.option("-o", "--output", metavar="DIR", help="Directory of the built feeds.  [default: public]")
@click.option("-c", "--config", "config_file", metavar="FILE", help="Configuration file.  [default: feeder.yml]")
@click.option("--url", help="The site's URL.  [env var: FEEDER_URL]")
@click.option("--timeout", type=click.FloatRange(0.1, 300), default=10.0, metavar="SECONDS", help="How long to wait for an answer.  [default: 10]")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what would be sent; send nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document instead of lines.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.pass_context
def command(
    ctx: click.Context, output: str | None, config_file: str | None, url: str | None, timeout: float,
    *, dry_run: bool, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Notify the WebSub hubs in feeds.hub of the feeds that changed since they were last notified.

    Run it after publishing the feeds: hubs fetch them at once. What each hub was told is recorded in the manifest,
    .feeder.json in the output directory; if the output is rebuilt from scratch each time, keep that file in a cache.

    A hub that does not answer, or answers with a server error, is tried three times. Exit code 0: all hubs were
    notified, or there was nothing to send. 1: a hub could not be notified; the next run tries again. 2: usage or
    configuration error.
    """
    try:
        options = config.Options(config=config_file, url=url, output=output)
        settings = config.load(options, os.environ, Path()).settings
        outlet = places.outlet(settings.output, Path())
        pending = list(_news(_manifest(outlet), settings))
    except ConfigurationError as error:
        messages([f"error: {error}"])
        ctx.exit(USAGE)
    outcome = [Told(item, None) for item in pending] if dry_run else list(_tell(pending, timeout))
    failed = sum(not (item.answer and item.answer.ok) for item in outcome) if not dry_run else 0
    if as_json:
        document(_said(outcome))
    else:
        untold = "not notified" if dry_run else "not tried, since the hub failed before"
        results(_line(item, untold) for item in outcome if not quiet and (dry_run or (item.answer and item.answer.ok)))
        messages(_line(item, untold) for item in outcome if not dry_run and not (item.answer and item.answer.ok))
    if failed or not quiet:
        again = any(item.answer is None or not item.answer.reachable for item in outcome)
        messages([_summary(len(outcome), failed, again=again, dry_run=dry_run)])
    try:
        _remember(outcome, settings, outlet)
    except ConfigurationError as error:
        messages([f"error: cannot record what was sent, so it will be sent again: {error}"])
        ctx.exit(USAGE)
    ctx.exit(PROBLEMS if failed else 0)


def _manifest(outlet: Outlet) -> Manifest:
    """Return the manifest of a finished build. Raises `ConfigurationError`."""
    data = outlet.read(NAME)
    if data is None:
        message = f"{outlet.shown(NAME)} not found: run feeder build, publish its output, then run feeder ping"
        raise ConfigurationError(message)
    try:
        manifest = manifest_from_bytes(data)
    except ValueError as error:
        message = f"cannot read {outlet.shown(NAME)}: {error}"
        raise ConfigurationError(message) from error
    if manifest.unfinished:
        message = f"the last build did not finish, according to {outlet.shown(NAME)}: run feeder build again"
        raise ConfigurationError(message)
    return manifest


def _news(manifest: Manifest, settings: Settings) -> Iterator[News]:
    """Yield what each hub has to be told. Raises `ConfigurationError` when there is none."""
    if not settings.feeds.hub:
        message = "there is no hub to notify: set feeds.hub in the configuration"
        raise ConfigurationError(message)
    types = {form.media_type for form in FORMATS.values()}
    for hub in settings.feeds.hub:
        known = manifest.pinged.get(hub, {})
        for path, item in sorted(manifest.files.items()):
            if item.media_type in types and known.get(path) != item.sha256 and not is_archive(path):
                yield News(hub, settings.feeds.url + quoted_path(path), path, item.sha256)


def _tell(pending: Iterable[News], timeout: float) -> Iterator[Told]:
    """Yield how each piece of news was taken; a hub that cannot be reached is left alone after the first."""
    means = hubs.Means(timeout, sleep, f"feeder/{__version__}")
    lost: set[str] = set()
    for news in pending:
        answer = None if news.hub in lost else hubs.tell(news.hub, news.topic, means)
        if answer and not answer.reachable:
            lost.add(news.hub)
        yield Told(news, answer)


def _remember(outcome: Iterable[Told], settings: Settings, outlet: Outlet) -> None:
    """Write into the manifest what was told. Raises `ConfigurationError` when that cannot be done."""
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for news, answer in outcome:
        if answer and answer.ok:
            told[news.hub][news.path] = news.sha256
    if told:
        with turn(outlet.lockable):
            publish.record_pings(told, settings.feeds.hub, outlet)


def _line(item: Told, untold: str) -> str:
    said = item.answer.said if item.answer else untold
    return f"{item.news.topic} -> {item.news.hub}: {said}"


def _summary(whole: int, failed: int, *, again: bool, dry_run: bool) -> str:
    if not whole:
        return "Nothing to send: no feed changed since the hubs were last notified."
    if dry_run:
        return f"Would send {count(whole, 'notification')}; sent none because of --dry-run."
    rest = "run feeder ping again for the rest" if again else "the hub refused the rest: see its answers above"
    return f"Sent {whole - failed} of {count(whole, 'notification')}" + (f"; {rest}." if failed else ".")


def _said(outcome: Iterable[Told]) -> dict[str, object]:
    return {
        "pings": [
            {
                "hub": news.hub,
                "topic": news.topic,
                "path": news.path,
                "told": bool(answer and answer.ok),
                "answer": answer.said if answer else None,
            }
            for news, answer in outcome
        ],
    }
