"""feeder/assemble.py: which posts are published, in which order, and in which feeds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from feeder import assemble
from feeder.assemble import EMPTY_SINCE, Choice, channel_from_settings, feeds
from feeder.model import Author, Card, Category, Feed, LeftOut, Post
from feeder.problems import START, Mark
from feeder.settings import Feeds, Settings, Site
from feeder.survey import card_from_post

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SITE = Site(url="https://site.example/", title="Site")


def post(name: str, days: float = 1, **more: Any) -> Post:
    """Return a post that was published ``days`` before `NOW`."""
    published = more.pop("published", NOW - timedelta(days=days))
    url = f"https://site.example/{name}/"
    values = {"id": url, "url": url, "title": name, "published": published, "updated": published, **more}
    return Post(path=f"{name}.md", shown=f"posts/{name}.md", **values)


def tagged(name: str, days: float, *categories: str, kind: str = "category") -> Post:
    """Return a post with categories."""
    return post(name, days, categories=tuple(Category(name=item, kind=kind) for item in categories))


def choose(posts: Sequence[Post], now: datetime) -> Choice:
    """Return the choice among posts, whose places are their own marks."""
    marks = {item.path: item.marks for item in posts}
    return assemble.choose(map(card_from_post, posts), now, lambda card, field: marks[card.path].get(field, START))


def assembled(posts: Sequence[Post], **options: Any) -> dict[str, Feed]:
    """Return the feeds of the posts that are published, by directory."""
    settings = Settings(site=SITE, feeds=Feeds(**{"url": "https://site.example/", **options}))
    made = list(feeds(choose(posts, NOW).posts, settings, channel_from_settings(settings, "1.2")))
    assert len(made) == len({feed.directory for feed in made})
    return {feed.directory: feed for feed in made}


def names(posts: Sequence[Card]) -> list[str]:
    """Return the names of posts, in their order."""
    return [item.path.removesuffix(".md") for item in posts]


# Which posts, in which order


def test_newest_first_ties_by_id() -> None:
    """The newest post comes first, whatever its zone; of one instant, the smaller id."""
    east, west = timezone(timedelta(hours=9)), timezone(timedelta(hours=-9))
    posts = [
        post("old", 3),
        post("b", published=datetime(2026, 5, 1, 12, tzinfo=east)),
        post("c", published=datetime(2026, 4, 30, 18, tzinfo=west)),
        post("a", published=datetime(2026, 5, 1, 3, tzinfo=UTC)),
        post("earlier", published=datetime(2026, 5, 1, 4, tzinfo=east)),
        post("last", 40, updated=NOW - DAY),
    ]
    assert ["old", "a", "b", "c", "earlier", "last"] == names(choose(posts, NOW).posts)


@hypothesis_settings(max_examples=50)
@given(st.randoms(use_true_random=False))
def test_the_order_of_files_is_irrelevant(shuffler: random.Random) -> None:
    """The same posts in any order give the same choice, the same problems and the same feeds."""
    posts = [
        *(tagged(f"p{number}", number % 3 + 1, "Ab", ("x", "X", "x!")[number % 3]) for number in range(9)),
        post("twin", 1, id="urn:x:1"), post("twin2", 1, id="urn:x:1"), post("future", -1), post("gone", 2, expires=NOW),
    ]  # fmt: skip
    shuffled = shuffler.sample(posts, len(posts))
    assert choose(posts, NOW) == choose(shuffled, NOW)
    assert assembled(posts, categories=True) == assembled(shuffled, categories=True)


@pytest.mark.parametrize(
    ("kept_out", "made"),
    [
        (None, post("a", 0)),
        (("scheduled", "scheduled for 2026-06-01T12:00:01Z"), post("a", published=NOW + timedelta(seconds=1))),
        (("scheduled", "scheduled for 2026-06-01T23:00:00+09:00"),
         post("a", published=datetime(2026, 6, 1, 23, tzinfo=timezone(timedelta(hours=9))))),
        (("expired", "expired on 2026-06-01T12:00:00Z"), post("a", expires=NOW)),
        (("expired", "expired on 2026-05-31T12:00:00Z"), post("a", 3, expires=NOW - DAY)),
        (None, post("a", expires=NOW + timedelta(seconds=1))),
        (("scheduled", "scheduled for 2026-06-02T12:00:00Z"), post("a", -1, expires=NOW - DAY)),
    ],
)  # fmt: skip
def test_scheduled_and_expired(kept_out: tuple[str, str] | None, made: Post) -> None:
    """A post is out from the second it is dated and until the second it expires; else it is left out, saying why."""
    choice = choose([made], NOW)
    expected = () if kept_out is None else (LeftOut(path="posts/a.md", kind=kept_out[0], reason=kept_out[1]),)
    assert (expected, ()) == (choice.left_out, choice.problems)
    assert (1 if kept_out is None else 0) == len(choice.posts)


def test_what_is_left_out_is_listed_by_path() -> None:
    """What is left out is listed in the order of paths, for a person to read."""
    left_out = choose([post("c", -1), post("a", -2), post("b", 1, expires=NOW)], NOW).left_out
    assert ["posts/a.md", "posts/b.md", "posts/c.md"] == [item.path for item in left_out]


def test_of_two_with_one_id_the_older_is_published() -> None:
    """An id belongs to the oldest post that has it; each later one is reported where it says so, both places named."""
    marks = {"id": Mark(4, 5), "url": Mark(9, 9)}
    posts = [
        post("third", 1, id="urn:x:1", marks={"url": Mark(2, 6)}),
        post("first", 3, id="urn:x:1", marks=marks),
        post("second", 2, id="urn:x:1", marks={"id": Mark(3, 5)}),
        post("other", 2),
    ]
    choice = choose(posts, NOW)
    message = "same id as posts/first.md:4:5, which is older and keeps it"
    assert ["other", "first"] == names(choice.posts)
    assert [
        ("posts/second.md", 3, 5, "duplicate-id", message, "urn:x:1"),
        ("posts/third.md", 2, 6, "duplicate-id", message, "urn:x:1"),
    ] == [(item.path, item.line, item.column, item.code, item.message, item.got) for item in choice.problems]


def test_a_post_that_is_left_out_holds_no_id() -> None:
    """An expired or a scheduled post takes no id from one that is published."""
    posts = [post("gone", 3, id="urn:x:1", expires=NOW), post("here", 2, id="urn:x:1"), post("soon", -1, id="urn:x:1")]
    choice = choose(posts, NOW)
    assert (["here"], ()) == (names(choice.posts), choice.problems)


def test_of_two_twins_the_first_path_is_published() -> None:
    """Of two posts with one id and one date the first in the order of paths is published."""
    assert ["a"] == names(choose([post("b", 1, id="urn:x:1"), post("a", 1, id="urn:x:1")], NOW).posts)


@pytest.mark.parametrize(
    ("updated", "warned"), [(NOW, False), (NOW + timedelta(seconds=1), True), (NOW - DAY / 2, False)]
)
def test_an_update_in_the_future(updated: datetime, warned: bool) -> None:  # noqa: FBT001
    """An update later than the build is reported where it stands, and the publication stands in for it."""
    choice = choose([post("a", 1, updated=updated, marks={"updated": Mark(5, 10)})], NOW)
    assert [NOW - DAY if warned else updated] == [item.updated for item in choice.posts]
    assert [("updated-in-future", 5, 10)] * warned == [(item.code, item.line, item.column) for item in choice.problems]


# Feeds


def test_without_posts() -> None:
    """A feed without posts has a date, the same on every day, and there are no feeds of groups."""
    made = assembled([], categories=True, tags=True, authors=True, languages=True)
    assert [""] == list(made)
    assert (EMPTY_SINCE, ()) == (made[""].updated, made[""].posts)
    assert EMPTY_SINCE < NOW


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (3, 3), (20, 5), (0, 5), (5, 5)])
def test_the_limit(limit: int, count: int) -> None:
    """Every feed holds the newest posts up to the limit, all of them for 0; a category's limit is its own."""
    posts = [tagged(f"p{days}", days, "even" if days % 2 == 0 else "odd") for days in range(1, 6)]
    made = assembled(posts, limit=limit, categories=True)
    assert [f"p{days}" for days in range(1, count + 1)] == names(made[""].posts)
    assert ["p2", "p4"][: limit or None] == names(made["categories/even/"].posts)


def test_a_feed_is_as_new_as_its_newest_update() -> None:
    """A feed's update is the latest of the posts it shows: not the clock, not that of a post beyond the limit."""
    posts = [post("a", 1), post("b", 2, updated=NOW - DAY / 2), post("c", 3, updated=NOW - DAY / 4)]
    assert NOW - DAY / 2 == assembled(posts, limit=2)[""].updated
    assert NOW - DAY / 4 == assembled(posts)[""].updated
    assert NOW - DAY == assembled(posts, limit=1)[""].updated


def test_groups_are_off_unless_asked_for() -> None:
    """Beside the site's feed there are those of the groups that the configuration names, and no others."""
    made = post(
        "a",
        1,
        categories=(Category(name="Cats", kind="category"), Category(name="Tag", kind="tag")),
        authors=(Author(name="Ada"),),
        language="de-AT",
    )
    assert [""] == list(assembled([made]))
    for name, directory in {"categories": "cats", "tags": "tag", "authors": "ada", "languages": "de-at"}.items():
        assert ["", f"{name}/{directory}/"] == list(assembled([made], **{name: True}))


def test_a_groups_feed() -> None:
    """A category's feed is titled so, has an id of its own below the output's URL, and its posts newest first."""
    made = assembled(
        [tagged("b", 2, "新闻"), tagged("a", 1, "新闻"), post("c", 3)], categories=True, url="https://cdn.example/out/"
    )["categories/新闻/"]
    assert "Site: 新闻" == made.title
    assert "https://cdn.example/out/categories/%E6%96%B0%E9%97%BB/" == made.id
    assert "https://site.example/" == made.home
    assert ["a", "b"] == names(made.posts)
    assert NOW - DAY == made.updated


def test_the_sites_feed() -> None:
    """The site's feed has the site's title, the output's URL for its id, and what the configuration says of all feeds."""
    made = assembled([post("a")], ttl=60)[""]
    assert ("Site", "https://site.example/", "") == (made.title, made.id, made.directory)
    channel = made.channel
    assert ("https://site.example/", "Site", "en", 60) == (
        channel.link,
        channel.description,
        channel.language,
        channel.ttl,
    )
    assert ("feeder", "1.2") == (channel.generator, channel.generator_version)
    assert "https://site.example/categories/" == channel.category_scheme


def test_a_group_is_shown_as_most_spell_it() -> None:
    """Spellings that differ by case are one group, named as most posts spell it, as the older one does in a tie."""
    posts = [
        tagged("a", 5, "python"),
        tagged("b", 4, "Python"),
        tagged("c", 3, "Python"),
        tagged("d", 2, "go"),
        tagged("e", 1, "Go"),
    ]
    made = assembled(posts, categories=True)
    assert ["", "categories/go/", "categories/python/"] == list(made)
    assert ("Site: Python", "Site: go") == (made["categories/python/"].title, made["categories/go/"].title)
    assert ["c", "b", "a"] == names(made["categories/python/"].posts)


def test_c_and_its_relatives() -> None:
    """C, C++ and C# have a feed each, told apart by words."""
    made = assembled([tagged("a", 1, "C", "C++", "C#")], categories=True)
    assert ["", "categories/c-plus-plus/", "categories/c-sharp/", "categories/c/"] == sorted(made)
    assert {1} == {len(feed.posts) for feed in made.values()}


def test_categories_and_tags_are_apart() -> None:
    """A tag is in no category's feed, and a category in no tag's."""
    made = assembled([tagged("a", 1, "x"), tagged("b", 2, "x", kind="tag")], categories=True, tags=True)
    assert (["a"], ["b"]) == (names(made["categories/x/"].posts), names(made["tags/x/"].posts))


def test_a_post_stands_in_a_feed_once() -> None:
    """A post whose authors differ only by case, or by what else is known of them, stands once in their feed."""
    people = (Author(name="Ada"), Author(name="ada"), Author(name="Ada", email="ada@x.example"))
    made = assembled([post("a", 1, authors=people)], authors=True)
    assert ["a"] == names(made["authors/ada/"].posts)


@pytest.mark.parametrize("older", ["!!!", "C++", "Con", "新闻?", "A!"])
def test_a_slug_stays(older: str) -> None:
    """The feed of a group stays where it is when a newer group comes, and when most posts change how they spell it."""
    before = [tagged("a", 9, older)]
    (directory,) = list(assembled(before, categories=True))[1:]
    rival = {"C++": "c plus plus", "新闻?": "新闻", "A!": "a"}.get(older, "other")
    grown = [*before, tagged("b", 8, rival), *(tagged(f"p{days}", days, older.swapcase()) for days in (1, 2))]
    assert {"a", "p1", "p2"} == set(names(assembled(grown, categories=True)[directory].posts))


def test_a_scheduled_posts_category_has_no_feed() -> None:
    """A category that only unpublished posts have is not announced."""
    assert [""] == list(assembled([tagged("a", -1, "secret")], categories=True))
