"""feeder/permalinks.py: addresses, categories and tags as each generator makes them.

The tables in tests/fixtures/ hold what the generators themselves made of these files: Hugo 0.168, Jekyll 4.3, Hexo 8, Pelican
4.12 and Eleventy 3.1 as they are run, the rest as their sources and documentation say.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from fixtures_reader import read_fixture

from feeder import rulings
from feeder.files import source_from_bytes
from feeder.frontmatter import draft_from_source
from feeder.glance import Glance
from feeder.model import Habits, LeftOut
from feeder.normalize import post_from_draft
from feeder.problems import ConfigurationError, Unsound
from feeder.settings import Posts, Settings, Site
from feeder.survey import card_from_post

if TYPE_CHECKING:
    from feeder.model import Card
    from feeder.rulings import Rules

_PARTS = re.compile(r"(?<!\\); ")
URL = "https://x.example/sub/"
GENERATORS = ("astro", "docusaurus", "eleventy", "hexo", "hugo", "jekyll", "pelican")


class Site_(NamedTuple):
    """The rules of a site, and its files with their front matter."""

    rules: Rules
    files: tuple[tuple[str, str], ...]


def site_from_text(dialect: str, text: str) -> Site_:
    """Return the site that a table's input describes: ``key = value`` for settings, ``path | key: value; ...`` for files."""
    options: dict[str, str] = {}
    permalinks: dict[str, str] = {}
    settings = Settings(site=Site(url=URL, dialect=dialect), posts=Posts(path="posts"))
    files = []
    for line in text.split("\n"):
        if " | " in line or " = " not in line:
            path, _, front = line.partition(" | ")
            files.append((path, "".join(f"{part}\n" for part in _PARTS.split(front) if part).replace("\\;", ";")))
            continue
        key, _, value = line.partition(" = ")
        if key == "posts":
            settings = replace(settings, posts=Posts(path=value))
        elif key == "timezone":
            settings = replace(settings, site=replace(settings.site, timezone=value))
        elif key.startswith("permalinks"):
            permalinks[key.removeprefix("permalinks").strip("[]")] = value
        else:
            options[key] = value
    settings = replace(settings, habits=Habits(permalinks, options))
    return Site_(rulings.rules_from_settings(settings, "/w/posts", ()), tuple(files))


def said(card: Card) -> str:
    """Return a card as the tables have it: path, categories, tags."""
    names = [", ".join(item.name for item in card.categories if item.kind == kind) for kind in ("category", "tag")]
    return f"{card.url.removeprefix(URL.rstrip('/'))} | {names[0]} | {names[1]}".rstrip(" |")


def closely(path: str, text: str, rules: Rules) -> Card | str:
    """Return what a file comes to by the long way: its card, or why it has none."""
    spoken = rules.dialect
    if spoken.is_post and not spoken.is_post(path, rules.root, rules.habits):
        return "no post"
    draft = draft_from_source(source_from_bytes(text.encode(), path, path), headers=spoken.headers)
    assert draft is not None
    try:
        found = post_from_draft(draft, rules)
    except Unsound as unsound:
        return unsound.problems[0].code
    return found.kind if isinstance(found, LeftOut) else card_from_post(found)


CASES = [(name, *case) for name in GENERATORS for case in read_fixture(f"permalinks-{name}.txt")]


@pytest.mark.parametrize(("dialect", "title", "given", "expected"), CASES, ids=[f"{case[0]}: {case[1]}" for case in CASES])
def test_addresses_are_those_of_the_generator(dialect: str, title: str, given: str, expected: str) -> None:
    """Of each file the address, the categories and the tags are those that the generator makes, at a glance or closely."""
    site = site_from_text(dialect, given)
    found = []
    for path, front in site.files:
        text = f"{front}\ntext\n" if site.rules.dialect.headers == "lines" else f"---\n{front}---\ntext\n"
        card = closely(path, text, site.rules)
        found.append(card if isinstance(card, str) else said(card))
        glanced = Glance(site.rules).card(text.encode(), path, path)
        if glanced and card != "no post":
            assert card == glanced, title
    assert expected.split("\n") == found, title


def test_the_zone_is_known() -> None:
    """The zone that the tables are in is there, or dates in addresses would be of another day."""
    assert "Asia/Tokyo" == ZoneInfo("Asia/Tokyo").key
