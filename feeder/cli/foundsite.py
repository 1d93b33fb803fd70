"""The site in a directory, as `feeder init` finds it: what a build would read of it, and what it would miss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.problems import ConfigurationError
from feeder.records import NamedTuple
from feeder.sites.directories import usual_posts
from feeder.sites.found import WHOLE, Findings, Found
from feeder.sites.generators import PLAIN, detected, find, sites_below

if TYPE_CHECKING:
    from pathlib import Path


class FoundSite(NamedTuple):
    """What there is. ``url`` is "" where nothing tells it, and ``origin`` names what does."""

    found: Found
    posts: str
    url: str = ""
    origin: str = ""

    @property
    def generator(self) -> str:
        """The generator whose configuration a build reads, "" for none."""
        return "" if self.found.dialect == PLAIN else self.found.dialect

    @property
    def faults(self) -> tuple[str, ...]:
        """What must not be guessed and is not known."""
        return tuple(fault for key, fault in self.found.faults.items() if not (key == "site.url" and self.url))

    def faulty(self, key: str) -> bool:
        """Whether the generator's configuration ought to say this, and cannot be understood."""
        return key in self.found.faults or WHOLE in self.found.faults

    def reads(self, key: str) -> bool:
        """Whether a build finds the value of a key by itself."""
        return bool(self.generator) and key in self.found.values


def find_site(directory: Path) -> FoundSite:
    """Return the site in a directory. Raises `ConfigurationError` when it has no posts, which names sites below it."""
    dialect, reason, _ = detected(directory)
    if dialect == PLAIN:
        findings = Findings(directory)
        findings.homepage()
        found = findings.found(dialect, reason)
    else:
        found = find(dialect, reason, directory)
    posts = found.values.get("posts.path")
    url = found.values.get("site.url")
    return FoundSite(
        found, posts.value if posts else _posts(directory), url.value if url else "", url.place if url else ""
    )


def _posts(directory: Path) -> str:
    try:
        return usual_posts(directory)
    except ConfigurationError as error:
        from feeder.sites.dated import likely_posts
        from feeder.sites.strangers import without_posts

        if not sites_below(directory) and (found := likely_posts(directory)):
            return found
        raise ConfigurationError("\n".join((str(error), *without_posts(directory)))) from error
