"""What a site's generator is told -> Settings, under what ``feeder.yml`` says."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING, Any

from feeder.model import Author
from feeder.problems import ConfigurationError
from feeder.records import NamedTuple
from feeder.sites.found import WHOLE, Found, Said
from feeder.sites.generators import find

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from feeder.settings import Settings
    from feeder.sites.generators import Detected

_POSTS = ("posts.path", "posts.include", "posts.exclude")


class Inherited(NamedTuple):
    """Settings with what the generator's configuration says, and all that is to be told of it."""

    settings: Settings
    found: Found
    details: tuple[str, ...]

    def refuse(self, given: Container[str], url: str) -> tuple[str, ...]:
        """Return what is wrong with the generator's configuration and does no harm, by what is said elsewhere.

        ``given`` are the keys that feeder's own configuration has. Raises `ConfigurationError` for what would.
        """
        faults, dialect = self.found.faults, self.found.dialect
        lost = [key for key in ("site.url", "posts.permalink") if key not in given and not (key == "site.url" and url)]
        if (whole := faults.get(WHOLE)) and lost:
            message = (
                f"{whole}\nfeeder reads this file because the site's generator is {dialect}: {self.found.reason}. Fix it, or "
                f"set {' and '.join(lost)} in feeder.yml. With `site.dialect: plain`, feeder reads no generator's files."
            )
            raise ConfigurationError(message)
        if (fault := faults.get("posts.permalink")) and "posts.permalink" in lost:
            message = f"{fault}\nIt determines the addresses of posts: set posts.permalink in feeder.yml instead."
            raise ConfigurationError(message)
        if not url and (fault := faults.get("site.url")):
            raise ConfigurationError(f"{fault}\n{NO_URL}")
        return tuple(fault for key, fault in faults.items() if key == WHOLE)

    def refused(self, given: Container[str], url: str) -> tuple[str, ...]:
        """Return all that `refuse` returns or raises."""
        try:
            return self.refuse(given, url)
        except ConfigurationError as error:
            return (str(error),)


NO_URL = """the site's URL is not known, but feeds need it. Set it in one of these ways:
  feeder build --url https://example.org/
  FEEDER_URL=https://example.org/ feeder build
  feeder.yml:  site: {url: "https://example.org/"}"""


def inherited(settings: Settings, given: Container[str], whose: Detected, directory: Path, posts: str) -> Inherited:
    """Return the settings of a site that has a generator; ``posts`` is what somebody names as its posts, "" if nobody."""
    found = find(whose.dialect, whose.reason, directory, posts)
    taken = {key: said for key, said in found.values.items() if key not in given}
    if posts and normpath(posts) != found.values.get("posts.path", Said("", "")).value:
        taken = {key: said for key, said in taken.items() if key not in _POSTS[:2]}
        if (said := taken.pop("posts.exclude", None)) and (
            kept := tuple(text for text in said.value if text[:2] == "*.")
        ):
            taken["posts.exclude"] = said._replace(value=kept)
    details = [f"the site's generator is {whose.dialect}: {whose.reason}"]
    for key, said in taken.items():
        section, _, name = key.partition(".")
        settings = settings._replace(**{section: getattr(settings, section)._replace(**{name: said.value})})
        details.append(f"{key} is {_shown(said.value)}, from {said.place}")
    return Inherited(settings._replace(habits=found.habits), found, (*details, *found.details))


def _shown(value: Any) -> str:
    if isinstance(value, Author):
        return value.name
    return ", ".join(map(_shown, value)) if isinstance(value, tuple) else str(value)
