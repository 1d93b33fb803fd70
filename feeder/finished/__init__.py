"""Artifact -> FinishedFeed: what a stranger reads in a finished file, and what is against its format; one file for each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from feeder.finished.atom import read_atom
from feeder.finished.jsonfeed import read_json
from feeder.finished.rss import read_rss
from feeder.finished.xml import NotWellFormedError
from feeder.problems import Mark
from feeder.subjects import FinishedFeed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from feeder.model import Artifact
    from feeder.settings import Settings

_READERS: Mapping[str, Callable[[FinishedFeed, str], FinishedFeed]] = {
    "rss": read_rss,
    "podcast": read_rss,
    "atom": read_atom,
    "json": read_json,
}
"""Format -> how it is read; a format that is not here is looked at as bytes only."""


def finished_feed(artifact: Artifact, name: str, url: str, settings: Settings, now: datetime) -> FinishedFeed:
    """Return what a stranger reads in a file of the format ``name`` that is served at ``url``."""
    feed = FinishedFeed(
        shown=f"{settings.output}/{artifact.path}", name=name, data=artifact.data, settings=settings, moment=now
    )
    read = _READERS.get(name)
    if read is None:
        return feed
    try:
        return read(feed, url)
    except NotWellFormedError as error:
        return feed._replace(syntax=f"not well-formed XML: {error}", mark=error.mark)
    except json.JSONDecodeError as error:
        return feed._replace(syntax=f"not valid JSON: {error.msg}", mark=Mark(error.lineno, error.colno))
    except UnicodeDecodeError as error:
        return feed._replace(syntax=f"not UTF-8: {error.reason}")
