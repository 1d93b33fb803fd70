"""feeder/permalinks.py: addresses, categories and tags as each generator makes them.

The tables in tests/fixtures/ hold what the generators themselves made of these files: Hugo 0.168, Jekyll 4.3, Hexo 8, Pelican
4.12 and Eleventy 3.1 as they are run, the rest as their sources and documentation say.
"""

from __future__ import annotations

import pickle
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from fixtures_reader import read_fixture
from hypothesis import given, settings
from hypothesis import strategies as st

from feeder import rulings
from feeder.frontmatter import draft_from_source
from feeder.glance import Glance
from feeder.kinds import Traits
from feeder.model import Habits, LeftOut
from feeder.normalize import post_from_draft
from feeder.permalinks import address
from feeder.problems import ConfigurationError, Unsound
from feeder.settings import Posts, Settings, Site
from feeder.storage.files import source_from_bytes
from feeder.survey import card_from_post
from feeder.texts import urls

if TYPE_CHECKING:
    from feeder.model import Card
    from feeder.rulings import Rules

_PARTS = re.compile(r"(?<!\\); ")
URL = "https://x.example/sub/"
GENERATORS = ("astro", "docusaurus", "eleventy", "hexo", "hugo", "jekyll", "pelican")


class Described(NamedTuple):
    """The rules of a site, and its files with their front matter."""

    rules: Rules
    files: tuple[tuple[str, str], ...]


def site_from_text(dialect: str, text: str) -> Described:
    """Return the site that a table's input describes: ``key = value`` for settings, ``path | key: value; ...`` for files."""
    options: dict[str, str] = {}
    permalinks: dict[str, str] = {}
    made = Settings(site=Site(url=URL, dialect=dialect), posts=Posts(path="posts"))
    files = []
    for line in text.split("\n"):
        if " | " in line or " = " not in line:
            path, _, front = line.partition(" | ")
            files.append((path, "".join(f"{part}\n" for part in _PARTS.split(front) if part).replace("\\;", ";")))
            continue
        key, _, value = line.partition(" = ")
        if key == "posts":
            made = made._replace(posts=Posts(path=value))
        elif key == "timezone":
            made = made._replace(site=made.site._replace(timezone=value))
        elif key.startswith("permalinks"):
            permalinks[key.removeprefix("permalinks").strip("[]")] = value
        else:
            options[key] = value
    made = made._replace(habits=Habits(permalinks, options))
    return Described(rulings.rules_from_settings(made, "/w/posts", ()), tuple(files))


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


@pytest.mark.parametrize(
    ("dialect", "title", "given", "expected"), CASES, ids=[f"{case[0]}: {case[1]}" for case in CASES]
)
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


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("categories: [[Tea, Green], [Cups]]", ["Hexo uses the path that it read last; that is Cups if no other post uses these paths"]),
        ("categories: [[Tea, Green], Tea]", []), ("categories: [Tea, Green]", []), ("categories: [[Tea, Green]]", []),
        ("categories: [[Tea], [Cups]]\npermalink: own/", []),
    ],
)  # fmt: skip
def test_an_address_that_hexo_alone_knows_is_told(front: str, expected: list[str]) -> None:
    """Of several paths Hexo takes one by what it knew before; of one path, or where the post says its address, there is no doubt."""
    site = site_from_text("hexo", "permalinks[] = :category/:title/")
    text = f"---\ndate: 2024-01-02\n{front}\n---\nx\n"
    draft = draft_from_source(source_from_bytes(text.encode(), "a.md", "a.md"))
    assert draft
    found = post_from_draft(draft, site.rules)
    assert not isinstance(found, LeftOut)
    assert expected == [item.message for item in found.problems]


@pytest.mark.parametrize(("name", "said"), [("シ", "has the letter 'シ'"), ("中", "takes the package Unidecode")])
def test_an_address_that_nobody_can_spell_is_told(name: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plug-in's table is not here: what Unidecode may spell in another way, or is not installed for, is an error."""
    monkeypatch.setitem(sys.modules, "unidecode", None)
    rules = site_from_text("hexo", "permalink_pinyin.enable = true").rules
    with pytest.raises(ValueError, match=said):
        address("", Traits(f"{name}.md", date=datetime(2024, 1, 2, tzinfo=UTC)), rules)
    assert "/2024/01/02/plain/" in address("", Traits("Plain.md", date=datetime(2024, 1, 2, tzinfo=UTC)), rules)


def test_the_zone_is_known() -> None:
    """The zone that the tables are in is there, or dates in addresses would be of another day."""
    assert "Asia/Tokyo" == ZoneInfo("Asia/Tokyo").key


def test_any_key_of_a_post_is_a_token_of_pelican() -> None:
    """`{number}` is what the front matter says under that key, and a post that says nothing has no address."""
    made = Settings(site=Site(url=URL, dialect="pelican"), habits=Habits({"": "{slug}.{number}/"}))
    rules = rulings.rules_from_settings(made, "/w/posts", ())
    assert "given" in rules.wants
    traits = Traits("a.md", title="A", given={"number": "12"})
    assert address("", traits, rules).endswith("/a.12/")
    with pytest.raises(ValueError, match=r"needs \{number\}, which the front matter does not have"):
        address("", traits._replace(given={}), rules)


UNKNOWN = {
    "hexo": (":yaer/:title/", ":yaer"),
    "jekyll": ("/:titel/", ":titel"),
    "hugo": ("/:slug/:sektions[1:]/", ":sektions"),
    "astro": ("/:collection/:idd/", ":idd"),
    "eleventy": ("/{{ page.titel | slugify }}/", "{{ page.titel | slugify }}"),
    "pelican": ("{date:%Y}/{slugg}.html", "{slugg}"),
}


@pytest.mark.parametrize("dialect", UNKNOWN)
def test_an_unknown_token_is_named(dialect: str) -> None:
    """A pattern of the site's own configuration with an unknown token costs the build, and the message names the token."""
    pattern, token = UNKNOWN[dialect]
    made = Settings(site=Site(url=URL, dialect=dialect), habits=Habits({"": pattern}))
    with pytest.raises(ConfigurationError) as caught:
        rulings.rules_from_settings(made, "/w/posts", ())
    assert f"has the unknown token {token}" in str(caught.value)
    assert repr(pattern) in str(caught.value)
    assert "posts.permalink" in str(caught.value)


@pytest.mark.parametrize("dialect", UNKNOWN)
def test_feeders_own_pattern_wins(dialect: str) -> None:
    """What `posts.permalink` says holds, whatever the site's configuration says, and whether that can be understood."""
    made = Settings(
        site=Site(url=URL, dialect=dialect),
        posts=Posts(permalink="/:year/:slug"),
        habits=Habits({"": UNKNOWN[dialect][0]}),
    )
    rules = rulings.rules_from_settings(made, "/w/posts", ())
    card = closely("2024-01-02-a.md", "---\ntitle: x\ndate: 2024-01-02\n---\n", rules)
    assert not isinstance(card, str)
    assert f"{URL}2024/a" == card.url


def test_a_template_that_needs_its_generator_is_named() -> None:
    """A permalink that only Eleventy can work out costs the post, and the message has the part that nobody else knows."""
    site = site_from_text("eleventy", "posts = posts\na.md | date: 2024-01-02; permalink: '/{{ tags[0] | lower }}/x/'")
    path, front = site.files[0]
    draft = draft_from_source(source_from_bytes(f"---\n{front}---\n".encode(), path, path))
    assert draft is not None
    with pytest.raises(
        Unsound, match=r"3:12: error \[bad-permalink\] the address has the unknown token \{\{ tags\[0\] \| lower \}\}"
    ):
        post_from_draft(draft, site.rules)


@pytest.mark.parametrize("dialect", ["plain", "jekyll", "hugo", "hexo"])
def test_a_template_is_no_address(dialect: str) -> None:
    """Where no generator fills in a permalink's template, the post would have an id that changes once somebody does."""
    rules = rulings.rules_from_settings(Settings(site=Site(url=URL, dialect=dialect)), "/w/posts", ())
    key = "url" if dialect == "hugo" else "permalink"
    source = f"---\ntitle: x\ndate: 2024-01-02\n{key}: /a/{{{{ title | reverse }}}}/\n---\n"
    draft = draft_from_source(source_from_bytes(source.encode(), "2024-01-02-a.md", "a"))
    assert draft is not None
    with pytest.raises(
        Unsound, match=r"error \[bad-permalink\] the address has a template .*: \{\{ title \| reverse \}\}"
    ):
        post_from_draft(draft, rules)


@pytest.mark.parametrize("dialect", GENERATORS)
def test_rules_can_be_remembered_and_sent(dialect: str) -> None:
    """What the rules of a site are is one text in every process, and they read the same posts there."""
    rules = site_from_text(dialect, "posts = posts").rules
    assert f"Dialect({dialect!r})" in repr(rules)
    assert " at 0x" not in repr(rules)
    assert rules == pickle.loads(pickle.dumps(rules))


RULES = {name: site_from_text(name, "posts = content").rules for name in GENERATORS}
NAMES = st.text("aA é中0-_.:/{}[]%#?&+~'\"", min_size=1, max_size=12)


def quoted(text: str) -> str:
    """Return text as YAML takes it whatever it holds."""
    return "'" + text.replace("'", "''") + "'"


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(GENERATORS), NAMES, NAMES, NAMES)
def test_any_name_gives_an_address_or_a_problem(dialect: str, name: str, title: str, slug: str) -> None:
    """Whatever a file, a title and a slug are called, the address is canonical and below the site, or there is a problem."""
    path = "/".join(part for part in name.split("/") if part.strip("."))
    front = f"date: 2024-01-02\ntitle: {quoted(title)}\nslug: {quoted(slug)}\n"
    card = closely(f"2024-01-02-{path}.md", f"---\n{front}---\n", RULES[dialect])
    if not isinstance(card, str):
        assert card.url == urls.canonical(card.url)
        assert card.url.startswith(URL)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(GENERATORS), NAMES)
def test_any_address_in_front_matter_is_one_or_a_problem(dialect: str, text: str) -> None:
    """Whatever front matter gives for an address becomes a canonical one, or there is a problem."""
    front = f"date: 2024-01-02\ntitle: x\n{RULES[dialect].dialect.names['url'][0]}: {quoted(text)}\n"
    card = closely("2024-01-02-a.md", f"---\n{front}---\n", RULES[dialect])
    assert isinstance(card, str) or card.url == urls.canonical(card.url)
