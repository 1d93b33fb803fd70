"""feeder/adopt.py and `feeder adopt`: whose item is whose, never by a guess, and what becomes of the ids."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from click.testing import CliRunner, Result

from feeder.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

SITE = "https://site.example/"
TEXT = "The harbour lay quiet in the morning, and one by one the boats came home with what the night had left them of fish."
TEA = "---\ntitle: Tea in the Hills\ndate: 2024-01-31 08:00\n---\n" + TEXT
BELL = "---\ntitle: The Bell\ndate: 2024-02-03\n---\nShort."


@pytest.fixture
def adopt(tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that writes posts, and adopts a feed: a JSON Feed's items, or a whole feed as text."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FEEDER_URL", raising=False)

    def run(feed: str | list[dict[str, Any]], *arguments: str, **posts: str) -> Result:
        for name, content in (posts or {"tea": TEA, "bell": BELL}).items():
            write(f"posts/{name}.md", content)
        text = (
            feed
            if isinstance(feed, str)
            else json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": feed})
        )
        write("old.feed", text)
        command = ["adopt", "old.feed", "posts", "--url", SITE, "--now", "2026-06-01", *arguments]
        return CliRunner().invoke(main, command, catch_exceptions=False)

    return run


def item(identity: str = "tag:old.example,2020:1", **facts: str) -> dict[str, Any]:
    return {"id": identity, "content_html": "", **facts}


def pinned(path: str) -> str:
    """Return the id in a post's front matter, "" when there is none."""
    lines = Path(path).read_text().splitlines()
    return next((line.removeprefix('id: "').removesuffix('"') for line in lines if line.startswith("id: ")), "")


@pytest.mark.parametrize(
    ("facts", "by"),
    [({"url": f"{SITE}tea/", "title": "Tea in the Hills"}, "its link"),
     ({"url": "http://www.site.example/tea/index.html", "title": "tea in the hills!"}, "its link"),
     ({"url": "https://site.example/tea.html?utm_source=feed", "date_published": "2024-01-31T08:00:00Z"}, "its link"),
     ({"url": "https://old.example/tea", "title": "Tea in the Hills"}, "its link on another host"),
     ({"url": "https://old.example/?p=12", "title": "Tea in the hills", "date_published": "2024-01-31T00:30:00+01:00"}, "its title and date"),
     ({"title": "Harbour", "date_published": "2024-01-31T10:00:00Z", "content_text": " ".join(TEXT.split()[:21]) + " … read on"}, "its date and how its text begins"),
     ({"title": "Harbour", "content_html": f"<p>{TEXT.replace('quiet', 'still')}</p>"}, "its text")],
)  # fmt: skip
def test_ways_to_recognise_a_post(adopt: Callable[..., Result], facts: dict[str, str], by: str) -> None:
    """An item is recognised by its link, whatever redesigns did to it, then by title and date, then by its text."""
    result = adopt([item(**facts)], "-v")
    assert (0, "posts/tea.md\n") == (result.exit_code, result.stdout)
    assert f"posts/tea.md: tag:old.example,2020:1, matched by {by}\n" in result.stderr
    assert ("tag:old.example,2020:1", "") == (pinned("posts/tea.md"), pinned("posts/bell.md"))


def test_a_short_text_with_another_title(adopt: Callable[..., Result]) -> None:
    """A few words are enough where all of them are the same, as `feeder diff` has it; and no other post has them."""
    few = " ".join(TEXT.split()[:12])
    feed = [item(title="Harbour", content_html=f"<p>{few}</p>")]
    short = TEA.replace(TEXT, few)
    result = adopt(feed, "-v", tea=short, bell=BELL)
    assert (0, "posts/tea.md\n") == (result.exit_code, result.stdout)
    assert ", matched by its text\n" in result.stderr
    assert 1 == adopt(feed, tea=short, bell=short.replace("Tea", "Bell")).exit_code


NOTES = {
    "morning": "---\ndate: 2024-01-31 08:00:07\n---\nGood morning.",
    "again": "---\ndate: 2024-02-01 08:01:12\n---\nGood morning.",
    "photo": "---\ndate: 2024-02-02 18:30\n---\n![](https://site.example/photos/IMG_1.jpg)",
    "link": "---\ndate: 2024-02-03\n---\n[Worth reading](https://other.example/a)",
    "edited": "---\ndate: 2024-02-04 19:12:55\n---\nSnow, at last, and much of it.",
}


@pytest.mark.parametrize(
    ("path", "facts", "by"),
    [("morning", {"content_html": "<p>Good morning!</p>", "date_published": "2024-01-31T07:00:07Z"}, "few words and date"),
     ("again", {"content_html": "Good morning.", "date_published": "2024-02-01T08:01:12Z"}, "few words and date"),
     ("photo", {"content_html": "<img src='https://old.example/wp/img_1.jpg?w=300' alt='Snow'>", "date_published": "2024-02-02T17:30:00Z"}, "few words and date"),
     ("link", {"content_html": '<a href="http://www.other.example/a/">Worth reading</a>', "date_published": "2024-02-03T00:00:00+01:00"}, "few words and date"),
     ("edited", {"content_html": "Snow at last!", "date_published": "2024-02-04T20:12:55+01:00"}, "time")],
)  # fmt: skip
def test_a_note_without_a_title(adopt: Callable[..., Result], path: str, facts: dict[str, str], by: str) -> None:
    """All of its few words, pictures and links tell it with its date, whatever zone that is in; else the very second."""
    result = adopt([item(**facts)], "-v", **NOTES)
    assert (0, f"posts/{path}.md\n") == (result.exit_code, result.stdout)
    assert f", matched by its {by}\n" in result.stderr


@pytest.mark.parametrize(
    ("facts", "reason"),
    [({"content_html": "Good morning."}, "; a text this short can only be matched together with a date"),
     ({"content_html": "Good morning.", "date_published": "2024-02-09T08:00:00Z"}, "or its text\n"),
     ({"content_html": "Good morning.", "date_published": "2024-01-31T20:00:00Z"}, "it could be posts/again.md or posts/morning.md"),
     ({"content_html": "Good evening.", "date_published": "2024-02-03T00:00:00Z"}, "or its text\n"),
     ({"content_html": "Rain.", "date_published": "2024-02-04T19:12:55Z"}, "or its text\n")],
    ids=["no date", "another date", "both are near", "other words", "other words in that second"],
)  # fmt: skip
def test_a_note_that_nothing_tells(adopt: Callable[..., Result], facts: dict[str, str], reason: str) -> None:
    """What is said often is not taken for one post by its words, nor anything by a date alone; the reason says so."""
    result = adopt([item(**facts)], **NOTES)
    assert (1, "") == (result.exit_code, result.stdout)
    assert reason in result.stderr


def test_an_id_that_is_the_permalink_is_pinned_too(adopt: Callable[..., Result]) -> None:
    """An id that happens to be today's permalink would change with it, so it is written down; once."""
    feed = [item(f"{SITE}tea/", title="Tea in the Hills")]
    result = adopt(feed)
    assert (0, "posts/tea.md\n", f"{SITE}tea/") == (result.exit_code, result.stdout, pinned("posts/tea.md"))
    before = Path("posts/tea.md").read_bytes()
    again = adopt(feed, bell=BELL)
    assert (0, "", before) == (again.exit_code, again.stdout, Path("posts/tea.md").read_bytes())
    assert "Adopted 1 of 1 items.\n" == again.stderr.splitlines(keepends=True)[-1]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [({"title": "Weekly", "date_published": "2024-05-01T12:00:00Z"}, "it could be posts/a.md or posts/b.md, and feeder does not guess"),
     ({"title": "Weekly", "date_published": "2024-06-01T12:00:00Z"}, "no published post has its link, its title and date, or its text"),
     ({"title": "Weekly"}, "no published post has its link, its title and date, or its text"),
     ({"url": f"{SITE}a/", "title": "Quite another thing"},
      "posts/a.md has its link, but too little else in common with it; if it is the same post, write its id there")],
    ids=["two posts", "another date", "no date", "a link that another post has now"],
)  # fmt: skip
def test_nothing_is_guessed(adopt: Callable[..., Result], facts: dict[str, str], reason: str) -> None:
    """An item that may be two posts, or is like none enough, is listed, and no file is touched."""
    weekly = "---\ntitle: Weekly\ndate: 2024-05-01\n---\n"
    result = adopt([item(**facts)], a=weekly, b=weekly)
    assert (1, "") == (result.exit_code, result.stdout)
    address = facts.get("url", "tag:old.example,2020:1")
    assert f'not adopted: "{facts["title"]}" ({address}): {reason}\n' in result.stderr
    assert weekly == Path("posts/a.md").read_text() == Path("posts/b.md").read_text()


@pytest.mark.parametrize(
    ("others", "reason"),
    [("a", "posts/a.md"), ("abc", "posts/a.md, posts/b.md or posts/c.md"),
     ("abcdefg", "posts/a.md, posts/b.md, posts/c.md, posts/d.md or 3 others")],
    ids=["one", "several", "many"],
)  # fmt: skip
def test_posts_with_the_text_of_an_item_are_named(adopt: Callable[..., Result], others: str, reason: str) -> None:
    """A short text, under another title and date, may be that of each post that has it, but for a word."""
    text = "Body text of the post {} which is short and says little more."
    posts = {
        name: f"---\ntitle: Post {name}\ndate: 2024-01-0{n}\n---\n{text.format(n)}" for n, name in enumerate(others, 1)
    }
    facts = {"title": "Changed", "date_published": "2020-01-02T00:00:00Z", "content_html": text.format(1)}
    result = adopt([item(**facts)], **posts)
    assert (1, "") == (result.exit_code, result.stdout)
    assert (
        f": by its text it could be {reason}, but neither title nor date confirms that, and feeder does not guess\n"
        in result.stderr
    )


def test_two_items_of_one_post_are_none(adopt: Callable[..., Result]) -> None:
    """When two items may be the same post, neither is."""
    same = {"title": "The Bell", "date_published": "2024-02-03T00:00:00Z"}
    result = adopt([item("tag:x.example,2020:1", **same), item("tag:x.example,2020:2", **same)])
    assert (1, "", "") == (result.exit_code, result.stdout, pinned("posts/bell.md"))
    assert 2 == result.stderr.count("it could be posts/bell.md, and feeder does not guess")


def test_two_items_of_one_link_are_told_as_that(adopt: Callable[..., Result]) -> None:
    """A feed that repeats a link says nothing of which item the post is."""
    result = adopt([item(f"tag:x.example,2020:{n}", url=f"{SITE}bell/", title=f"No bell {n}") for n in (1, 2)])
    assert (1, "", "") == (result.exit_code, result.stdout, pinned("posts/bell.md"))
    assert 2 == result.stderr.count(
        "2 items have the link of posts/bell.md, and feeder does not guess which of them it is"
    )


@pytest.mark.parametrize(
    ("identity", "posts", "reason"),
    [("tag:a.example,2020:1", {"tea": TEA.replace("title", "guid: tag:b.example,2020:2\ntitle")},
      "posts/tea.md already has its own id, tag:b.example,2020:2, which is never changed"),
     ("tag:a.example,2020:1", {"tea": TEA.replace("title", "id: 7\nguid: 8\ntitle")}, "posts/tea.md already has its own id, 8,"),
     (f"{SITE}bell/", {"tea": TEA, "bell": BELL}, f"posts/tea.md cannot keep its id {SITE}bell/, which now belongs to posts/bell.md")],
    ids=["another id", "another guid", "the id of another post"],
)  # fmt: skip
def test_ids_that_cannot_be_kept(
    adopt: Callable[..., Result], identity: str, posts: dict[str, str], reason: str
) -> None:
    """What no post can publish as its id is listed with what follows for subscribers; no file is touched."""
    result = adopt([item(identity, url=f"{SITE}tea/", title="Tea in the Hills")], **posts)
    assert (1, "") == (result.exit_code, result.stdout)
    assert f'not adopted: "Tea in the Hills" ({SITE}tea/): {reason}' in result.stderr
    assert posts["tea"] == Path("posts/tea.md").read_text()


@pytest.mark.parametrize("identity", ["12345", "1225c695-cfb8-4ebb-aaaa-80da344efa6a", "/2012/03/tea"])
def test_an_id_that_is_no_uri_is_kept_where_it_can_be(adopt: Callable[..., Result], identity: str) -> None:
    """RSS and JSON Feed show it as it was; Atom, which takes none, shows the permalink, and is valid."""
    result = adopt([item(identity, url=f"{SITE}tea/", title="Tea in the Hills")], tea=TEA)
    assert (0, "posts/tea.md\n") == (result.exit_code, result.stdout)
    assert f'guid: "{identity}"\n' in Path("posts/tea.md").read_text()
    CliRunner().invoke(main, ["build", "--url", SITE, "--now", "2026-06-01"])
    rss, atom = (feedparser.parse(Path("public", name).read_bytes()) for name in ("rss.xml", "atom.xml"))
    assert [identity] == [entry.id for entry in rss.entries]
    assert identity == json.loads(Path("public/feed.json").read_text())["items"][0]["id"]
    assert re.match("urn:uuid:|https://", atom.entries[0].id)


def test_an_atom_feeds_id_that_is_no_uri_cannot_be_kept(adopt: Callable[..., Result]) -> None:
    """Its subscribers get the post again, since what they subscribed to was no Atom; that is told."""
    entry = f'<entry><id>/2012/tea</id><title>Tea in the Hills</title><link href="{SITE}tea/"/></entry>'
    result = adopt(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{entry}</feed>', tea=TEA)
    reason = "posts/tea.md cannot keep its id '/2012/tea', which is not a URI, as Atom requires; subscribers will get the post again"
    assert (1, True) == (result.exit_code, f'not adopted: "Tea in the Hills" ({SITE}tea/): {reason}\n' in result.stderr)


def test_ids_that_a_feed_gives_twice(adopt: Callable[..., Result]) -> None:
    """Two posts cannot share an id, as those of a broken feed do."""
    result = adopt([item(title="The Bell", url="https://o.example/bell"), item(title="Tea in the Hills", url="https://o.example/tea")])  # fmt: skip
    assert (1, "") == (result.exit_code, result.stdout)
    assert 2 == result.stderr.count("which other items of the feed share")


WORDPRESS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Old</title><link>https://old.example</link><description>d</description>
<item><title>Tea in the Hills</title><link>https://old.example/2024/01/31/tea/</link>
<pubDate>Wed, 31 Jan 2024 08:00:00 +0000</pubDate><guid isPermaLink="false">https://old.example/?p=12</guid>
<description>Tea.</description></item>
<item><title>The Bell</title><link>https://old.example/2024/02/03/bell/</link><pubDate>Sat, 03 Feb 2024 00:00:00 +0000</pubDate>
<guid isPermaLink="false">https://old.example/?p=17</guid><description>Bell.</description></item>
</channel></rss>"""
HUGO = """<?xml version="1.0" encoding="utf-8" standalone="yes"?><rss version="2.0"><channel><title>Old</title>
<link>https://site.example/</link><description>d</description>
<item><title>The Bell</title><link>https://site.example/posts/bell/</link><pubDate>Sat, 03 Feb 2024 00:00:00 +0000</pubDate>
<guid>https://site.example/posts/bell/</guid><description>Bell.</description></item></channel></rss>"""
JEKYLL = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>https://site.example/feed.xml</id>
<title>Old</title><updated>2024-02-03T00:00:00+00:00</updated><entry><title type="html">The Bell</title>
<link href="https://site.example/2024/02/03/bell.html" rel="alternate"/><published>2024-02-03T00:00:00+00:00</published>
<updated>2024-02-03T00:00:00+00:00</updated><id>https://site.example/2024/02/03/bell</id>
<content type="html">Bell.</content></entry></feed>"""


@pytest.mark.parametrize("feed", [WORDPRESS, HUGO, JEKYLL], ids=["WordPress", "Hugo", "Jekyll"])
def test_feeds_of_other_generators(adopt: Callable[..., Result], build: Callable[..., Any], feed: str) -> None:
    """After adopting, every item of the old feed is in feeder's RSS and Atom under the id that it had."""
    assert 0 == adopt(feed).exit_code
    artifacts = build({}, now=datetime(2026, 6, 1, tzinfo=UTC)).artifacts
    had = {entry.title: entry.id for entry in feedparser.parse(feed.encode()).entries}
    for artifact in artifacts[:2]:
        has = {entry.title: entry.id for entry in feedparser.parse(artifact.data).entries}
        assert had == {title: identity for title, identity in has.items() if title in had}


def test_posts_beyond_the_limit_and_unpublished_ones(adopt: Callable[..., Result]) -> None:
    """Posts that no feed shows any more keep their ids; those that are not published are nobody's."""
    feed = [item(f"tag:x.example,2020:{name}", url=f"{SITE}{name}/", title=title) for name, title in (("tea", "Tea in the Hills"), ("draft", "A Draft"))]  # fmt: skip
    draft = "---\ntitle: A Draft\ndate: 2024-01-01\ndraft: true\n---\n"
    result = adopt(feed, "--limit", "1", tea=TEA, bell=BELL, draft=draft)
    assert (1, "posts/tea.md\n") == (result.exit_code, result.stdout)
    assert result.stderr.count("not adopted") == result.stderr.count('not adopted: "A Draft"') == 1


def test_dry_run_writes_nothing(adopt: Callable[..., Result]) -> None:
    """`--dry-run` prints the patch, and says what would be."""
    result = adopt(WORDPRESS, "--dry-run")
    assert (0, "Would adopt 2 of 2 items.") == (result.exit_code, result.stderr.splitlines()[-1])
    assert '\n+id: "https://old.example/?p=12"\n title: Tea in the Hills\n' in result.stdout
    assert TEA == Path("posts/tea.md").read_text()


def test_as_json(adopt: Callable[..., Result]) -> None:
    """`--json` says which items were adopted, by what, and which were not and why, beside what `feeder pin` says."""
    result = adopt(WORDPRESS.replace("</channel>", "<item><title>Gone</title><link>https://old.example/gone/</link></item></channel>"), "--json")  # fmt: skip
    said = json.loads(result.stdout)
    assert {"path": "posts/tea.md", "id": "https://old.example/?p=12", "by": "its title and date"} in said["adopted"]
    assert {"path": "posts/tea.md", "id": "https://old.example/?p=12"} in said["pinned"]
    assert ["Gone"] == [item["title"] for item in said["not_adopted"] if item["reason"]]
    assert (1, said["items"]) == (result.exit_code, len(said["adopted"]) + len(said["not_adopted"]))


@pytest.mark.parametrize(("feed", "message"), [("<html></html>", "web page"), ("", "it is empty"), ("x", "neither XML nor JSON")])  # fmt: skip
def test_what_is_no_feed(adopt: Callable[..., Result], feed: str, message: str) -> None:
    """A file that is no feed makes exit code 2, and says what it is."""
    result = adopt(feed)
    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr


def test_a_url_is_not_fetched(adopt: Callable[..., Result]) -> None:
    """Who gives a URL is told how to give what is there."""
    adopt([])
    result = CliRunner().invoke(main, ["adopt", f"{SITE}feed.xml"])
    assert 2 == result.exit_code
    assert f"feeder adopt does not fetch URLs; run: curl -s {SITE}feed.xml | feeder adopt -" in result.stderr


def test_standard_input(adopt: Callable[..., Result]) -> None:
    """`-` reads the feed from standard input, as from curl."""
    adopt([], tea=TEA, bell=BELL)
    result = CliRunner().invoke(main, ["adopt", "-", "posts", "--url", SITE], input=WORDPRESS, catch_exceptions=False)
    assert (0, {"posts/tea.md", "posts/bell.md"}) == (result.exit_code, set(result.stdout.split()))
