"""What is built, and from which state."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

URL = "https://bench.example/"
RUNS = ("cold", "edited", "added", "deleted")
"""cold: no output and no cache. The others: all is as the last build left it but for one post."""


class Scenario(NamedTuple):
    """What is built: how many posts a feed holds (0 for all), whether each category has one, and in which formats."""

    limit: int
    categories: bool
    formats: tuple[str, ...] = ("rss",)


SCENARIOS: Mapping[str, Scenario] = {
    "a": Scenario(20, categories=False),
    "b": Scenario(0, categories=False),
    "c": Scenario(20, categories=True),
}
TITLES: Mapping[str, str] = {
    "a": "a: one feed, newest 20",
    "b": "b: one feed, every post",
    "c": "c: per category, 20 each",
}


class Site(NamedTuple):
    """Where one program builds. Nothing outlives a cold build; ``cached`` asks for a cache that the next one finds."""

    directory: Path
    posts: Path
    scenario: Scenario
    cached: bool

    @property
    def output(self) -> Path:
        """The directory of the feeds."""
        return self.directory / "public"

    @property
    def cache(self) -> Path:
        """The directory of a program's cache."""
        return self.directory / "cache"

    def write(self, name: str, text: str) -> Path:
        """Write a file of the site and return its path."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path
