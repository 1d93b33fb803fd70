"""feeder/groups.py: which groups have feeds, where, and for how long."""

from __future__ import annotations

import json
import unicodedata
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from test_assemble import NOW, assembled, names, post, tagged

from feeder.cli import main
from feeder.groups import GROUPINGS, patterns
from feeder.model import Author, Category, Feed
from feeder.settings import Feeds, Group, keys_of
from feeder.texts.pathnames import section_in_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder.model import Post


def both(name: str, days: float, *, category: str = "", tag: str = "") -> Post:
    """Return a post with a category, a tag, or both."""
    found = [Category(text, kind) for text, kind in ((category, "category"), (tag, "tag")) if text]
    return post(name, days, categories=tuple(found))


def directories(posts: list[Post], **options: Any) -> list[str]:
    """Return the directories of all feeds but the site's."""
    return [directory for directory in assembled(posts, **options) if directory]


def test_every_kind_is_a_key() -> None:
    """Each kind of groups is switched by the key of its name, and takes a table."""
    keys = keys_of(Feeds())
    assert [item.name for item in GROUPINGS] == [name for name, item in keys.items() if "table" in item]


@pytest.mark.parametrize(
    ("section", "path"),
    [("", "tea.md"), ("news", "news/tea.md"), ("news", "news/2024/tea.md"), ("", "tea/index.md"), ("news", "news/tea/index.md"),
     ("新闻", "新闻/茶.md"), ("", "_posts/2024-01-02-tea.md")],
)  # fmt: skip
def test_a_section_is_the_first_directory(section: str, path: str) -> None:
    """A post in a directory of its own is in no section by that; one outside any has none."""
    assert section == section_in_path(path)


def test_sections_have_feeds() -> None:
    """A section's feed has the posts below its directory; posts outside any are in none."""
    posts = [post("News/a"), post("News/b", 2), post("notes/c"), post("d"), post("e/index")]
    made = assembled(posts, sections=True)
    assert ["", "sections/news/", "sections/notes/"] == list(made)
    assert ["News/a", "News/b"] == names(made["sections/news/"].posts)
    assert "Site: News" == made["sections/news/"].title


def test_a_pattern_says_where_and_how_it_is_called() -> None:
    """Path, title, least number of posts and limit are as the table has them."""
    posts = [tagged(f"p{day}", day, "R&D", *(["Rare"] if day == 1 else [])) for day in range(1, 6)]
    plan = Group(path="topic/:slug/feed/", title=":name | :site (:slug)", minimum=2, limit=3)
    made = assembled(posts, categories=plan)
    assert ["", "topic/r-and-d/feed/"] == list(made)
    feed = made["topic/r-and-d/feed/"]
    assert ("R&D | Site (r-and-d)", 3, "categories") == (feed.title, feed.limit, feed.kind)
    assert ["p1", "p2", "p3"] == names(feed.posts)
    assert "https://site.example/topic/r-and-d/feed/" == feed.id


@pytest.mark.parametrize(("minimum", "count"), [(0, 1), (1, 1), (2, 1), (3, 0)])
def test_small_groups_have_no_feed(minimum: int, count: int) -> None:
    """A group of fewer posts than the minimum has no feed, whatever the limit lets in."""
    posts = [tagged("a", 1, "x"), tagged("b", 2, "X")]
    assert count == len(directories(posts, limit=1, categories=Group(minimum=minimum)))


def test_a_small_group_keeps_its_place() -> None:
    """A group that has too few posts for a feed keeps the path that it will have, against a newer one."""
    plan = Group(minimum=2)
    grown = [tagged("a", 9, "C++"), tagged("b", 8, "c plus plus"), tagged("c", 7, "c plus plus")]
    (before,) = directories(grown, categories=plan)
    after = directories([*grown, tagged("d", 6, "C++")], categories=plan)
    assert "categories/c-plus-plus/" != before
    assert {"categories/c-plus-plus/", before} == set(after)


@pytest.mark.parametrize(("older", "newer"), [("category", "tag"), ("tag", "category")])
def test_two_kinds_at_one_path(older: str, newer: str) -> None:
    """Of a category and a tag that want one path the older has it, and no later post changes that."""
    plans = {"categories": Group(path="topics/:slug/"), "tags": Group(path="Topics/:slug/")}
    before = [both("a", 9, **{older: "Tea"})]
    (place,) = directories(before, **plans)
    after = assembled([*before, both("b", 8, **{newer: "tea"}), both("c", 1, category="TEA", tag="TEA")], **plans)
    assert {"category": "categories", "tag": "tags"}[older] == after[place].kind
    assert 2 == len({directory.casefold() for directory in after if directory})
    assert ["c", "a"] == names(after[place].posts)


@pytest.mark.parametrize("name", ["rss.xml", "RSS.xml", "feed.json"])
def test_no_feed_lies_where_the_site_has_a_file(name: str) -> None:
    """A category that is called like the site's own feed has a directory of another name."""
    (directory,) = directories([tagged("a", 1, name)], categories=Group(path=":slug/"))
    assert name.lower() != directory.rstrip("/")
    assert directory.startswith(name.lower())


def test_no_feed_lies_where_an_archive_will_be() -> None:
    """A category leaves the archives room before there are any, so that it never has to move, whatever the case."""
    plan = Group(path="Archive/:slug/")
    posts = [tagged("a", 1, "7", "old")]
    assert ["Archive/7/", "Archive/old/"] == directories(posts, categories=plan)
    moved = directories(posts, categories=plan, archive=10)
    assert "Archive/old/" in moved
    assert "Archive/7/" not in moved


def test_a_file_is_no_directory() -> None:
    """Names that put a feed into a directory of its own keep it apart from the groups'."""
    posts = [tagged("a", 1, "feed"), tagged("b", 2, "rss.xml")]
    made = directories(posts, categories=Group(path="x/:slug/"), names={"rss": "x/rss.xml", "atom": "feed/atom.xml"})
    assert "x/feed/" in made
    assert "x/rss.xml/" not in made


WORDS = st.sampled_from(["tea", "Tea", "TEA", "te\u0301a", "t\u00e9a", "TÉA", "c++", "c plus plus", "rss.xml", "1", "ß", "ss", "ﬁ", "fi", "\u017f", "s"])  # fmt: skip


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=6),
    st.lists(st.sampled_from([":slug/", "topics/:slug/", "TOPICS/:slug/", "Archive/:slug/"]), min_size=5, max_size=5),
)
def test_no_two_feeds_share_a_file(rows: list[tuple[str, str, str, str]], paths: list[str]) -> None:
    """Whatever the patterns and names, no two feeds meet on a file system that folds case and composes characters.

    What a newer post brings moves no feed that was there.
    """
    posts = [
        post(f"{section}/p{number}", 30 - number, language="en", authors=(Author(name=author),),
             categories=(Category(category, "category"), Category(tag, "tag")))
        for number, (category, tag, author, section) in enumerate(rows)
    ]  # fmt: skip
    plans = {item.name: Group(path=path) for item, path in zip(GROUPINGS, paths, strict=True)}
    made = assembled(posts, archive=2, limit=1, **plans)
    files = [
        unicodedata.normalize("NFC", f"{directory}{name}".casefold())
        for directory in made
        for name in ("rss.xml", "atom.xml", "feed.json")
    ]
    assert len(files) == len(set(files))
    assert not any(other.startswith(f"{file}/") for file in files for other in files)
    earlier = assembled(posts[:-1], archive=2, limit=1, **plans)

    def known(feed: Feed) -> tuple[str, str]:
        return feed.kind, unicodedata.normalize("NFC", feed.title.casefold())

    assert {name: known(feed) for name, feed in earlier.items()} == {name: known(made[name]) for name in earlier}


def test_patterns_name_all_directories() -> None:
    """Where feeds may have lain before something was configured is among them."""
    found = patterns(Feeds(categories=Group(path="c/:slug/"), tags=True))
    assert {"c/:slug/", "categories/:slug/", "tags/:slug/", "sections/:slug/", "archive/:slug/"} <= set(found)
    assert len(found) == len(set(found))


def test_posts_of_one_moment_come_in_one_order() -> None:
    """Groups that begin with one post, and groups of different kinds that begin at one moment, have one order."""
    posts = [both("a", 5, category="Tea!", tag="tea?"), both("b", 5, category="tea?", tag="Tea!")]
    plans = {"categories": Group(path=":slug/"), "tags": Group(path=":slug/")}
    first, second = (assembled(order, **plans) for order in (posts, posts[::-1]))
    assert first == second
    assert 5 == len(first)
    assert NOW - timedelta(days=5) == first["tea/"].updated


def test_a_path_that_is_configured_anew_leaves_nothing_behind(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The feeds of the former path are gone to `diff`, by the manifest, and removed; so are those of a group that ends."""
    monkeypatch.chdir(tmp_path)
    write("posts/a.md", "---\ntitle: A\ndate: 2024-01-02\ntags: [x, y]\n---\nText.\n")
    write("posts/b.md", "---\ntitle: B\ndate: 2024-01-01\ntags: x\n---\nText.\n")

    def run(command: str, path: str) -> str:
        write(
            "feeder.yml", f"site: {{url: 'https://site.example/'}}\nfeeds: {{formats: rss, tags: {{path: '{path}'}}}}\n"
        )
        form = ["--format", "json"] if command == "diff" else []
        result = CliRunner().invoke(main, [command, *form, "--now", "2026-06-01", "--no-cache"], catch_exceptions=False)
        return result.stdout if form else result.stderr

    def found() -> list[str]:
        return sorted(path.relative_to("public").as_posix() for path in Path("public").rglob("*.xml"))

    assert "2 in about/ (3 files, 3 changed)" in run("build", "about/:slug/all/")
    assert ["about/x/all/rss.xml", "about/y/all/rss.xml", "rss.xml"] == found()
    assert ["about/x/all/rss.xml", "about/y/all/rss.xml"] == json.loads(run("diff", "of-:slug/"))["gone"]
    assert "2 for tags (3 files, 2 changed, 2 removed)" in run("build", "of-:slug/")
    assert ["of-x/rss.xml", "of-y/rss.xml", "rss.xml"] == found()
    assert not Path("public/about").exists()
    write("posts/a.md", "---\ntitle: A\ndate: 2024-01-02\ntags: x\n---\nText.\n")
    assert ["of-y/rss.xml"] == json.loads(run("diff", "of-:slug/"))["gone"]
    run("build", "of-:slug/")
    assert ["of-x/rss.xml", "rss.xml"] == found()
