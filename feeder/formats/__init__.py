"""The feed formats, one file each. A new one is a file and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.formats import atom, json, rss

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeder.kinds import Format

FORMATS: Mapping[str, Format] = {
    "rss": rss.FORMAT,
    "atom": atom.FORMAT,
    "json": json.FORMAT,
}
"""Name in ``feeds.formats`` and ``--format`` -> format."""


def format_named(name: str) -> Format:
    """Return the format with a name of `FORMATS`; or ``podcast``, of which a site has one feed if any, and which is loaded then."""
    if name == "podcast":
        from feeder.formats import podcast

        return podcast.FORMAT
    return FORMATS[name]
