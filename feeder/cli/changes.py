"""What every report of changes needs: text of strangers made fit for one line, counts in words, what is shown of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.comparison.compare import LABELS, Finding, Kind
from feeder.texts.plaintext import clean, fold, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import tzinfo

    from feeder.comparison.edits import Change
    from feeder.difference import Difference

_MOST_PLACES = 8
LONGEST = 200
"""Characters of a title, an id or an address that a report shows; the JSON report shows all."""


def shown(text: str) -> str:
    """Return text of a feed on one line, without what a terminal would obey, and not too much of it."""
    return shorten(fold(clean(text)), LONGEST)


def title(finding: Finding) -> str:
    """Return by what a person knows the post: its title, else its address or id."""
    item = finding.item
    return shown(item.title or item.url or item.id) or "(a post without title, link or id)"


def date(finding: Finding, zone: tzinfo) -> str:
    """Return the day on which the post was published, in ``zone``; "" when nothing says so."""
    published = finding.item.published
    if published is None:
        return ""
    try:
        return published.astimezone(zone).date().isoformat()
    except OverflowError:  # the first or last day that there is
        return published.date().isoformat()


def listed(paths: Iterable[str]) -> list[str]:
    """Return paths of feeds, those with the same files as one: ``rss.xml, atom.xml in categories/c/, tags/c/``."""
    names: dict[str, list[str]] = {}
    for path in paths:
        directory, slash, name = path.rpartition("/")
        names.setdefault(directory + slash, []).append(name)
    directories: dict[tuple[str, ...], list[str]] = {}
    for directory, files in names.items():
        directories.setdefault(tuple(files), []).append(directory)
    return [", ".join(files) + _where(places) for files, places in directories.items()]


def _where(places: list[str]) -> str:
    below = [place for place in places if place]
    some = ", ".join(below[:_MOST_PLACES]) + (f" and {len(below) - _MOST_PLACES} more" if below[_MOST_PLACES:] else "")
    return f" {'in' if len(below) == len(places) else 'also in'} {some}" if below else ""


def untold(rows: Iterable[str], told: set[str]) -> tuple[list[str], str]:
    """Return the rows of a feed that no feed before it had, and a word that stands for the others, "" for none.

    What happens in a category's feed is mostly what happens in the site's. ``told`` remembers from feed to feed.
    """
    found = list(rows)
    fresh = [row for row in found if row not in told]
    told.update(fresh)
    others = len(found) - len(fresh)
    return fresh, f"{others} change{'' if others == 1 else 's'} listed above" if others else ""


def in_words(counts: Mapping[Kind, int]) -> str:
    """Return how many posts each kind is of, the worst first: ``2 re-sent, 1 edited``."""
    return ", ".join(f"{counts[kind]} {LABELS[kind].lower()}" for kind in Kind if counts.get(kind)) or "no changes"


def headline(difference: Difference) -> str:
    """Return the whole comparison in one sentence."""
    compared = sum(len(group.paths) for group in difference.changed) + len(difference.unchanged)
    feeds = f"{compared} feed{'' if compared == 1 else 's'}"
    counts = difference.counts()
    return f"Compared {feeds} with {shown(difference.against)}: {in_words(counts)}."


def sides(change: Change) -> tuple[str, str]:
    """Return both sides of a change, fit for one line; nothing is shown as that."""
    return shown(change.old) or "none", shown(change.new) or "none"
