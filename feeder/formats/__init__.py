"""The feed formats, one file each. A new one is a file and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.formats import atom, json, podcast, rss

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeder.kinds import Format

FORMATS: Mapping[str, Format] = {
    "rss": rss.FORMAT,
    "atom": atom.FORMAT,
    "json": json.FORMAT,
}
"""Name in ``feeds.formats`` and ``--format`` -> format."""
EVERY_FORMAT: Mapping[str, Format] = {**FORMATS, "podcast": podcast.FORMAT}
"""The same with that of a podcast, which has one feed only."""
