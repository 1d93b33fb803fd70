"""feeder beside the generators that sites are written for: the same items, whatever it is that made the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import needs
from peers import PEERS, truth
from peers.__main__ import main
from peers.contract import Item

import feeder

if TYPE_CHECKING:
    from pathlib import Path

SITES = truth.sites()
INSTALLED = truth.sites(["hugo", "jekyll", "pelican"])  # by .ci/run; `python -m tests.peers` asks those of npm, too
NOISE = re.compile(r"\{%|\{\{|\{/\*|:::|^\s*(?:import|export)\s.*$|</?[A-Z]\w*", re.MULTILINE)
CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL)

each_site = pytest.mark.parametrize("site", SITES, ids=lambda path: path.name)


@each_site
def test_feeder_makes_what_the_generator_makes(site: Path) -> None:
    """Each post has the title, link, date and categories that the site's generator gives it, and no other is there."""
    assert [] == list(truth.differences(site.name, truth.kept(site).items, truth.ours(site)))


@pytest.mark.parametrize("site", INSTALLED, ids=lambda path: path.name)
def test_what_is_kept_is_what_the_generator_makes(site: Path) -> None:
    """What feeder is compared with is what the generator makes."""
    needs(truth.peer_of(site).name)
    assert [] == list(truth.differences(site.name, truth.made(site).items, truth.kept(site).items))


@each_site
def test_no_body_holds_what_is_meant_for_the_generator(site: Path) -> None:
    """Tags, shortcodes, imports and components reach no subscriber, but for those that code shows."""
    build = feeder.build(now=truth.NOW, directory=site, formats=["json"], limit=0)
    bodies = [CODE.sub("", body) for body in truth.bodies(build)]
    assert len(bodies) > 0
    assert [] == [found for body in bodies for found in NOISE.findall(body)]


def test_every_generator_has_a_site() -> None:
    """A generator is compared by one site or more, and each says which version it was compared with."""
    assert {*PEERS} == {truth.kept(site).made_by.split()[0] for site in SITES}


def test_whatever_differs_is_told() -> None:
    """A link, a title, a date, categories, links, an item too many and one too few are each a difference."""
    one = Item("a.md", "A", "https://a.example/", "2024-01-01T00:00:00Z", ("x",), ("y",), "", ("b", "c"))
    theirs = [
        one,
        one._replace(title="B", link="https://b.example/"),
        one._replace(title="C", link="https://c.example/"),
    ]
    ours = [
        one._replace(title="Z", date="2024-01-02T00:00:00Z", categories=("y",), links=("b",)),
        one._replace(title="B", link="https://other.example/", categories=("y", "x"), tags=()),
        one._replace(title="D", link="https://d.example/"),
    ]
    found = [(item.what, item.theirs, item.ours) for item in truth.differences("site", theirs, ours)]
    assert [
        ("item", "https://c.example/", "-"),
        ("item", "-", "https://d.example/"),
        ("title", "A", "Z"),
        ("date", "2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"),
        ("categories", "x, y", "y"),
        ("links", "b c", "b"),
        ("link", "https://b.example/", "https://other.example/"),
    ] == found


def test_posts_of_the_future_are_not_compared() -> None:
    """A generator that publishes what is dated ahead makes no difference, for a feed never does."""
    later = Item("a.md", "A", "https://a.example/", "2999-01-01T00:00:00Z", (), ())
    assert [] == list(truth.differences("site", [later], []))


def test_an_unknown_generator_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    """Names are checked before anything is built."""
    with pytest.raises(SystemExit):
        main(["huggo"])
    assert "there is no huggo" in capsys.readouterr().err
