"""Podcasts: what podcast apps read in the feed of a site's episodes, and that its other feeds say nothing of it."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import warnings
import wave
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from readback import data_of, items, tree

import feeder
from feeder import check as checking
from feeder import config, explain, pipeline
from feeder.cache import Cache
from feeder.difference import difference
from feeder.finished import finished_feed
from feeder.frontmatter import draft_from_source
from feeder.glance import Glance
from feeder.model import Post
from feeder.normalize import post_from_draft
from feeder.podcasts.show import guid_of
from feeder.published.places import Names, from_disk
from feeder.rulings import rules_from_settings
from feeder.storage.files import source_from_bytes
from feeder.survey import card_from_post
from feeder.texts.durations import seconds_in
from feeder.texts.fieldnames import EPISODE

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import feedparser

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder import Build
    from feeder.settings import Settings

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
CONFIG = """
site: {url: "https://tea.example/", title: Tea, author: {name: Ada Example, email: ada@tea.example}}
podcast: {image: "https://cdn.example/cover.jpg", category: Society & Culture > Documentary%s}
"""
CASE = Path(__file__).parent / "cases" / "podcast"
FRAME = b"\xff\xfb\x90\xc0" + bytes(413)
"""A silent frame of MPEG 1, layer 3, 128 kbit/s, 44100 Hz: 1152 samples."""


def episode(front: str = "audio: https://cdn.example/a.mp3", date: str = "2026-01-05", title: str = "A kettle") -> str:
    return f"---\ntitle: {title}\ndate: {date}\n{front}\n---\nAbout *it*.\n"


def silence(seconds: int) -> bytes:
    """Return a WAV file."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", ""))
        sound.writeframes(b"\x80" * 8000 * seconds)
    return stream.getvalue()


def square(side: int, height: int | None = None, form: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("L", (side, height or side)).save(stream, form)
    return stream.getvalue()


def first(build: Build, path: str = "podcast.xml") -> Any:
    return items(data_of(build, path))[0]


def texts(parent: Any, *names: str) -> list[str | None]:
    return [parent.findtext(name) for name in names]


def codes(build: Build) -> list[str]:
    return [item.code for item in build.problems]


# What listeners' programs read


def test_a_reader_of_podcasts_finds_what_it_needs() -> None:
    """feedparser, which knows Apple's elements, finds show and episodes whole."""
    build = feeder.build("posts", now=NOW, directory=CASE)
    found = feedparser.parse(data_of(build, "podcast.xml"))
    assert not found.bozo
    show = found.feed
    assert ("Tea & Talk", "Ada Example", "en") == (show.title, show.author, show.language)
    assert ("https://tea.example/blog/cover.png", False) == (show.image.href, bool(show.itunes_explicit))
    assert ["Arts", "Food", "Society & Culture"] == [tag.term for tag in show.tags]
    assert ("ada@tea.example", "Ada Example") == (show.publisher_detail.email, show.publisher_detail.name)
    kettle = found.entries[-1]
    assert ("4", "1", "1", "full") == (
        kettle.itunes_duration, kettle.itunes_episode, kettle.itunes_season, kettle.itunes_episodetype,
    )  # fmt: skip
    (enclosure,) = kettle.enclosures
    assert ("https://tea.example/blog/kettle.mp3", "4412", "audio/mpeg") == (
        enclosure.href, enclosure.length, enclosure.type,
    )  # fmt: skip
    assert str((CASE / "static/kettle.mp3").stat().st_size) == enclosure.length


def test_other_feeds_are_the_same_with_a_podcast_and_without(build: Callable[..., Build]) -> None:
    """No byte of RSS, Atom or JSON depends on there being a podcast, and none of them has an element of it."""
    posts = {
        "a.md": episode("podcast_file: https://cdn.example/a.mp3\nepisode: 3\nseason: 2\nhosts: Ben\nexplicit: true")
    }
    with_podcast = build(posts, CONFIG % "")
    without = build({}, CONFIG.split("podcast:", maxsplit=1)[0])
    assert ["rss.xml", "atom.xml", "feed.json", "podcast.xml"] == [item.path for item in with_podcast.artifacts]
    assert with_podcast.artifacts[:3] == without.artifacts
    assert not any(b"itunes" in item.data or b"podcastindex" in item.data for item in without.artifacts)
    assert "https://cdn.example/a.mp3" == first(without, "rss.xml").find("enclosure").get("url")


def test_only_episodes_are_in_the_podcast(build: Callable[..., Build]) -> None:
    """A post is one by what it encloses; all of them are there, newest first, whatever `feeds.limit` says."""
    posts = {f"{day}.md": episode(date=f"2026-02-{day:02}", title=f"Day {day}") for day in range(1, 9)}
    posts |= {"text.md": episode("tags: x"), "page.md": episode("enclosure: https://cdn.example/a.pdf")}
    made = build(posts, CONFIG % "" + "feeds: {limit: 2}")
    assert [f"Day {day}" for day in range(8, 0, -1)] == [
        item.findtext("title") for item in items(data_of(made, "podcast.xml"))
    ]
    assert 2 == len(items(data_of(made, "rss.xml")))
    assert 3 == len(items(data_of(build({}, CONFIG % ", limit: 3"), "podcast.xml")))


def test_what_bounds_the_other_feeds_takes_nothing_from_the_podcast(build: Callable[..., Build]) -> None:
    """Budget and archives shorten the site's feed; each episode stays in the podcast, with its text."""
    text = ("word " * 400).strip()
    posts = {f"{day}.md": episode(date=f"2026-02-{day:02}", title=f"Day {day}") + text for day in range(1, 9)}
    bounded = build(posts, CONFIG % "" + "feeds: {limit: 2, archive: 2, max_bytes: 6000}")
    free = build(posts, CONFIG % "" + "feeds: {max_bytes: 0}")
    podcast, feed = data_of(bounded, "podcast.xml"), data_of(bounded, "rss.xml")
    assert data_of(free, "podcast.xml") == podcast
    assert 8 == podcast.count(text.encode())
    assert "feed-over-budget" in codes(bounded)
    assert feed.count(text.encode()) < data_of(free, "rss.xml").count(text.encode())
    assert (False, True) == (b"purl.org/syndication/history" in podcast, b"purl.org/syndication/history" in feed)


def test_everything_that_a_show_can_say(build: Callable[..., Build]) -> None:
    """Each key of the configuration is an element, in Apple's and in Podcasting 2.0's words."""
    more = (
        ", type: serial, explicit: true, block: true, complete: true, locked: true, medium: music, language: de, title: T & <t>"
        ", new_feed_url: 'https://new.example/feed.xml', guid: 917393E3-1b1e-5cef-ace4-edaa54e1f810, author: A & B"
        ", owner: Ben <ben@tea.example>, copyright: C, link: 'https://tea.example/show', path: feeds/show.xml, description: D"
        ", funding: {url: 'https://pay.example/', text: Pay}, people: [Ada, {name: Ben, role: Producer, group: Creative Direction, img: /b.png}]"
    )
    channel = tree(
        data_of(build({"a.md": episode("mp3: https://cdn.example/a.mp3\nepisode: 1")}, CONFIG % more), "feeds/show.xml")
    )[0]
    assert "T & <t>" == "".join(channel.find("title").itertext())
    assert ["https://tea.example/show", "D", "de", "C"] == texts(
        channel, "link", "description", "language", "copyright"
    )
    assert ["A & B", "true", "serial", "Yes", "Yes", "https://new.example/feed.xml"] == texts(
        channel, *(ITUNES + name for name in ("author", "explicit", "type", "block", "complete", "new-feed-url"))
    )
    assert ["Ben", "ben@tea.example"] == texts(channel.find(f"{ITUNES}owner"), f"{ITUNES}name", f"{ITUNES}email")
    assert ["917393e3-1b1e-5cef-ace4-edaa54e1f810", "yes", "music", "yes", "Pay"] == texts(
        channel, *(PODCAST + name for name in ("guid", "locked", "medium", "block", "funding"))
    )
    assert "ben@tea.example" == channel.find(f"{PODCAST}locked").get("owner")
    assert [
        ("Ada", {}),
        ("Ben", {"role": "producer", "group": "creative direction", "img": "https://tea.example/b.png"}),
    ] == [(person.text, dict(person.attrib)) for person in channel.iterfind(f"{PODCAST}person")]
    category = channel.find(f"{ITUNES}category")
    assert ("Society & Culture", "Documentary") == (category.get("text"), category[0].get("text"))
    link = channel.find("{http://www.w3.org/2005/Atom}link")
    assert "https://tea.example/feeds/show.xml" == link.get("href")


@pytest.mark.parametrize(
    ("url", "guid"),
    [
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("https://podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("http://podnews.net/rss/", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_a_show_has_the_guid_that_the_specification_gives_it(url: str, guid: str) -> None:
    """The examples of Podcasting 2.0's page on guids: scheme and trailing slashes do not count."""
    assert guid == guid_of(url)


# What front matter may say


SHAPES = {
    "castanet": 'podcast_file: "https://cdn.example/a.mp3"\npodcast_bytes: 99\npodcast_duration: "5:01"',
    "Jekyll-Podcast-Feed": 'podcast_link: https://cdn.example/a.mp3\npodcast_length: 99\npodcast_duration: "5:01"\npodcast_file_size: 1 MB',
    "flat": "file: https://cdn.example/a.mp3\nlength: 99\nduration: 301",
    "mp3": "mp3: https://cdn.example/a.mp3\nbytes: 99\nduration: PT5M1S",
    "audio_url": "audio_url: https://cdn.example/a.mp3\naudio_size: 99\naudio_duration: 0:05:01",
    "audio": "audio: https://cdn.example/a.mp3\nlength: 99\nduration: 5 min 1 s",
    "a table": "audio: {url: https://cdn.example/a.mp3, bytes: 99, duration: '5:01'}",
    "another": "audio:\n  file: https://cdn.example/a.mp3\n  size: 99\n  type: audio/mp3\n  duration: 301",
    "enclosure": "enclosure: {src: https://cdn.example/a.mp3, length: 99, duration: 301.4}",
    "a list": "enclosures:\n  - https://cdn.example/a.pdf\n  - {url: https://cdn.example/a.mp3, length: 99, duration: 301}",
}


@pytest.mark.parametrize("front", SHAPES.values(), ids=SHAPES)
def test_every_shape_of_front_matter_gives_the_recording(build: Callable[..., Build], front: str) -> None:
    """However a site's authors write it: the URL, length, type and duration of what is played."""
    made = build({"a.md": episode(front)}, CONFIG % "")
    item = first(made)
    assert {"url": "https://cdn.example/a.mp3", "length": "99", "type": "audio/mpeg"} == dict(
        item.find("enclosure").attrib
    )
    assert "301" == item.findtext(f"{ITUNES}duration")
    assert [] == codes(made)
    (length,) = [
        found.get("length")
        for found in items(data_of(made, "atom.xml"))[0]
        if found.get("href") == "https://cdn.example/a.mp3"
    ]
    assert "99" == length


@pytest.mark.parametrize(
    ("written", "length", "problems"),
    [("37,998,094", "37998094", []), ("37.998.094", "37998094", []), ("37 998 094", "37998094", []),
     ("37.998", "0", ["recording-unknown", "episode-value"]), ("3,7998,094", "0", ["recording-unknown", "episode-value"])],
)  # fmt: skip
def test_thousands_of_bytes_may_be_set_apart(
    build: Callable[..., Build], written: str, length: str, problems: list[str]
) -> None:
    """A number in groups is that number; one that could be megabytes is none."""
    front = f"file: https://cdn.example/a.mp3\nlength: '{written}'\nduration: 301"
    made = build({"a.md": episode(front)}, CONFIG % "")
    enclosure = first(made).find("enclosure")
    assert length == enclosure.get("length")
    assert problems == codes(made)


@pytest.mark.parametrize(("field", "name"), [(field, name) for field, names in EPISODE.items() for name in names])
def test_every_name_of_an_episodes_field_is_understood(field: str, name: str) -> None:
    """Each field is found by each of its names, with capitals, hyphens or underscores too."""
    values = {
        "recording": "/y.mp3",
        "file": "/y.mp3",
        "media_type": "audio/ogg",
        "episode_type": "bonus",
        "explicit": "true",
    }
    values |= {"block": "true", "artwork": "/a.png", "transcripts": "/a.vtt", "chapters": "/a.json"}
    settings = config.said_in(
        "site: {url: 'https://tea.example/'}\n" + CONFIG.split("\n")[2] % "", "feeder.yml"
    ).settings
    rules = rules_from_settings(settings, "/site/posts", ())

    def read(front: str) -> Post:
        draft = draft_from_source(source_from_bytes(episode(front).encode(), "a.md", "a.md"))
        assert draft
        post = post_from_draft(draft, rules)
        assert isinstance(post, Post)
        return post

    plain = read("enclosure: https://x.example/a.mp3")
    for key in (name.upper(), f"{name[:3]}-{name[3:]}x"[:-1], f"{name[:2]}_{name[2:].title()}"):
        post = read(f"enclosure: https://x.example/a.mp3\n{key}: {values.get(field, '7')}")
        assert () == post.problems
        assert (plain.episode, plain.enclosures) != (post.episode, post.enclosures)
        assert field in post.marks


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1843", 1843), ("30:43", 1843), ("1:02:03", 3723), ("00:30:43", 1843), ("PT30M43S", 1843), ("PT1H", 3600), ("1843.7", 1843),
     ("30 min 43 s", 1843), ("42 minutes", 2520), ("1h 2m", 3720), ("", None), ("soon", None), ("1:2:3:4", None), ("-5", None), ("12 MB", None)],
)  # fmt: skip
def test_durations_are_read_as_people_write_them(text: str, seconds: int | None) -> None:
    """Seconds, a clock, ISO 8601, or units; anything else is none."""
    assert seconds == seconds_in(text)


def test_what_is_wrong_costs_the_value_only(build: Callable[..., Build]) -> None:
    """A value that an episode cannot have is told with its place, and left out; the episode is published."""
    front = "mp3: https://cdn.example/a.mp3\nlength: 1 MB\nduration: long\nepisode: x\nseason: 0\nepisode_type: half\nexplicit: so so"
    made = build({"a.md": episode(front)}, CONFIG % "")
    assert [*["recording-unknown"], *["episode-value"] * 6] == codes(made)
    assert [4, 5, 6, 7, 8, 9, 10] == [item.line for item in made.problems]
    assert {f"{ITUNES}episodeType"} == {child.tag for child in first(made) if ITUNES in child.tag}


def test_such_keys_mean_nothing_where_there_is_no_podcast(build: Callable[..., Build]) -> None:
    """A recipe has a duration, a hike a length, and a lecture a file, and nobody is told that they are wrong."""
    made = build({"a.md": episode("audio: https://cdn.example/a.mp3\nduration: long")})
    assert ("https://cdn.example/a.mp3", []) == (first(made, "rss.xml").find("enclosure").get("url"), codes(made))
    front = (
        "duration: long\nlength: 12 km\nfile: slides.pdf\nepisode: x\nseason: summer\npeople: {a: b}\ntranscript: [1]"
    )
    made = build({"a.md": episode(front)})
    assert [] == codes(made)
    assert None is first(made, "rss.xml").find("enclosure")


def test_an_episode_keeps_the_guid_that_its_author_gave_it(build: Callable[..., Build]) -> None:
    """`episode_guid`, `guid` and `id` are letter for letter in the podcast; other feeds have ids as ever."""
    one, other = "917393e3-1b1e-5cef-ace4-edaa54e1f810", "9b024349-ccf0-5f69-a609-6b82873eab3c"
    posts = {
        "a.md": episode(f"mp3: /a.mp3\nepisode_guid: 42\nid: {one}"),
        "b.md": episode(f"mp3: /b.mp3\nguid: {other}", "2026-01-04"),
        "c.md": episode("mp3: /c.mp3\nepisode_guid: x", "2026-01-03"),
        "d.md": episode("mp3: /d.mp3", "2026-01-02"),
        "e.md": episode('mp3: /e.mp3\nepisode_guid: " a  b "', "2026-01-01"),
        "f.md": episode('mp3: /f.mp3\nepisode_guid: " "', "2025-12-31"),
    }
    made = build(posts, CONFIG % "")
    guids = {
        path: [item.findtext("guid") for item in items(data_of(made, path))] for path in ("podcast.xml", "rss.xml")
    }
    own = "https://tea.example/{}/".format
    assert {
        "podcast.xml": ["42", other, "x", own("d"), " a  b ", own("f")],
        "rss.xml": [f"urn:uuid:{one}", other, *map(own, "cdef")],
    } == guids


def test_of_two_episodes_with_one_guid_the_older_keeps_it(build: Callable[..., Build]) -> None:
    """The newer one is told, and goes by its id, so that no app takes it for the older."""
    front = "mp3: https://cdn.example/a.mp3\nlength: 1\nduration: 1\nepisode_guid: tea-1"
    made = build({"new.md": episode(front, "2026-02-01"), "old.md": episode(front)}, CONFIG % "")
    assert ["https://tea.example/new/", "tea-1"] == [
        item.findtext("guid") for item in items(data_of(made, "podcast.xml"))
    ]
    assert [("duplicate-guid", 7)] == [(item.code, item.line) for item in made.problems]
    assert "posts/old.md" in made.problems[0].message


def test_transcripts_chapters_and_people(build: Callable[..., Build]) -> None:
    """They are Podcasting 2.0's elements; types come from extensions, and the show's hosts are said again beside guests."""
    front = (
        "mp3: https://cdn.example/a.mp3\nlength: 1\nduration: 1\ntranscripts: [https://cdn.example/a.vtt, https://cdn.example/a.srt, https://cdn.example/a.json, https://cdn.example/a]\n"
        "chapters: https://cdn.example/c.json\nguests: [{name: Carl, href: 'https://carl.example/'}]"
    )
    config_text = CONFIG % ", people: [Ada, {name: Ben, role: Producer}]"
    item = first(build({"a.md": episode(front)}, config_text))
    assert ["text/vtt", "application/x-subrip", "application/json", "text/html"] == [
        found.get("type") for found in item.iterfind(f"{PODCAST}transcript")
    ]
    assert {"url": "https://cdn.example/c.json", "type": "application/json+chapters"} == dict(
        item.find(f"{PODCAST}chapters").attrib
    )
    assert [("Ada", None), ("Carl", "guest")] == [
        (found.text, found.get("role")) for found in item.iterfind(f"{PODCAST}person")
    ]
    item = first(build({"a.md": episode(f"{front}\nhost: Dora")}, config_text))
    assert ["Dora", "Carl"] == [found.text for found in item.iterfind(f"{PODCAST}person")]


def test_what_stands_in_place_of_a_file_is_no_file(build: Callable[..., Build]) -> None:
    """Some write chapters or a transcript into the front matter; no file is made of them, and nothing is wrong."""
    front = (
        "mp3: https://cdn.example/a.mp3\nlength: 1\nduration: 1\n"
        "chapters: [{start: 0, title: Tea}]\ntranscript: |\n  One.\n  Two."
    )
    made = build({"a.md": episode(front)}, CONFIG % "")
    assert [] == [child.tag for child in first(made) if PODCAST in child.tag]
    assert [] == codes(made)


@pytest.mark.parametrize(
    "front",
    [
        "podcast: {file: https://cdn.example/a.mp3, length: 7, duration: 62, episode: 3, season: 2}",
        "podcast: {mp3: https://cdn.example/a.mp3, size: 7, duration: '1:02', episode_number: 3, season: 2}",
        "podcast: https://cdn.example/a.mp3\nlength: 7\nduration: 62\nepisode: 3\nseason: 2",
        "audio: {url: https://cdn.example/a.mp3, bytes: 7, duration: 62}\nenclosure_url: https://cdn.example/a.mp3\nepisode: 3\nseason: 2",
    ],
)
@pytest.mark.parametrize("dialect", ["plain", "hugo", "jekyll"])
def test_a_table_may_say_all_of_an_episode(build: Callable[..., Build], dialect: str, front: str) -> None:
    """`podcast` may be a table, or the recording itself; what a table says of one file is not lost where a key names it, too."""
    settings = CONFIG.replace('url: "https://tea.example/"', f'url: "https://tea.example/", dialect: {dialect}') % ""
    made = build({"2026-01-05-one.md": episode(front)}, settings)
    found = first(made)
    assert {"url": "https://cdn.example/a.mp3", "length": "7", "type": "audio/mpeg"} == dict(
        found.find("enclosure").attrib
    )
    assert ["62", "3", "2"] == texts(found, f"{ITUNES}duration", f"{ITUNES}episode", f"{ITUNES}season")
    assert [] == codes(made)


@pytest.mark.parametrize("word", ["true", "Tea and Talk", "{title: Tea}", "[]", "[{title: Tea}]", "{url: /show/}"])
def test_what_else_a_post_calls_podcast_is_no_recording(build: Callable[..., Build], word: str) -> None:
    """A switch, the name of a show, or a table without a file."""
    made = build({"2026-01-05-one.md": episode(f"podcast: {word}")}, CONFIG % "")
    assert ["no-episodes"] == codes(made)


@pytest.mark.parametrize("dialect", ["plain", "hugo", "pelican", "jekyll"])
def test_a_url_of_audio_is_no_address(build: Callable[..., Build], dialect: str) -> None:
    """Nobody has a page at the whole URL of a recording; one that the site itself serves may be anything."""
    front = "url: https://cdn.example/a.mp3?x=1\nlength: 7\nduration: 1:02"
    settings = CONFIG.replace('url: "https://tea.example/"', f'url: "https://tea.example/", dialect: {dialect}') % ""
    made = build({"2026-01-05-one.md": episode(front)}, settings)
    item = first(made, "rss.xml")
    assert item.findtext("link").startswith("https://tea.example/")
    assert {"url": "https://cdn.example/a.mp3?x=1", "length": "7", "type": "audio/mpeg"} == dict(
        item.find("enclosure").attrib
    )
    assert "62" == first(made).findtext(f"{ITUNES}duration")


@pytest.mark.parametrize("key", ["url", "link"])
@pytest.mark.parametrize("dialect", ["jekyll", "hexo", "eleventy", "docusaurus"])
def test_a_url_is_the_recording_where_it_is_no_address(build: Callable[..., Build], dialect: str, key: str) -> None:
    """To these generators a post's `url` says nothing: one that can be played is the recording, and any other is nothing."""
    posts = {
        "2024-01-02-a.md": f"---\nepisode: 1\n{key}: https://cdn.example/u.mp3\nlength: 9\nduration: 1\n---\nx",
        "2024-01-01-b.md": f"---\n{key}: ../../no recording\n---\nx",
    }
    made = build(posts, f"site: {{url: 'https://tea.example', dialect: {dialect}}}")
    assert [] == codes(made)
    found = [item.find("enclosure") for item in items(data_of(made, "rss.xml"))]
    assert ["https://cdn.example/u.mp3", None] == [one if one is None else one.get("url") for one in found]


def test_recordings_may_lie_on_one_host(build: Callable[..., Build]) -> None:
    """Relative paths of recordings are below `podcast.media_url`; what is absolute stays."""
    posts = {
        "a.md": episode("podcast_file: a/b.mp3\nlength: 1\nduration: 1"),
        "b.md": episode("podcast_file: /b.mp3", "2026-01-01"),
    }
    made = build(posts, CONFIG % ", media_url: 'https://cdn.example/mp3'")
    assert ["https://cdn.example/mp3/a/b.mp3", "https://tea.example/b.mp3"] == [
        item.find("enclosure").get("url") for item in items(data_of(made, "podcast.xml"))
    ]


def test_a_hugo_site_says_where_its_recordings_are(tmp_path: Path, write: Callable[..., Path]) -> None:
    """What Castanet puts before each `podcast_file`, `media_prefix`, stands there in ordinary feeds, too."""
    write("hugo.toml", "baseURL = 'https://tea.example/'\n[params]\nmedia_prefix = 'https://cdn.example/tea/'\n")
    write("content/episode/a.md", episode("podcast_file: a.mp3"))
    made = feeder.build(now=NOW, directory=tmp_path, formats=["rss"])
    assert ["https://cdn.example/tea/a.mp3"] == [
        item.find("enclosure").get("url") for item in items(data_of(made, "rss.xml"))
    ]


def test_people_of_a_hugo_site_are_called_as_their_pages_call_them(tmp_path: Path, write: Callable[..., Path]) -> None:
    """Podcasts name hosts and guests by the names of their pages."""
    write("hugo.toml", "baseURL = 'https://tea.example/'\n")
    write("feeder.yml", CONFIG % "")
    write("content/host/ben.md", "+++\ntitle = 'Ben Example'\n+++\n")
    write(
        "content/episode/a.md",
        episode("podcast_file: https://cdn.example/a.mp3\nlength: 1\nduration: 1\nhosts: [ben, cy]"),
    )
    made = feeder.build(now=NOW, directory=tmp_path, formats=["rss"])
    (item,) = items(data_of(made, "podcast.xml"))
    assert ["Ben Example", "cy"] == [one.text for one in item if one.tag.endswith("}person")]


# Files that are looked at


RECORDINGS = {
    "a.wav": (silence(3), "3", "audio/wav"),
    "a.mp3": (FRAME * 200, "5", "audio/mpeg"),
    "a.ogg": ((CASE / "static/cups.ogg").read_bytes(), "7", "audio/ogg"),
    "a.m4a": ((CASE / "posts/teapot/teapot.m4a").read_bytes(), "5", "audio/x-m4a"),
}


@pytest.mark.parametrize("name", RECORDINGS)
def test_local_recordings_are_looked_at(build: Callable[..., Build], write: Callable[..., Path], name: str) -> None:
    """Length and duration are the file's, whatever kind it is, and whatever length the front matter gives."""
    data, duration, kind = RECORDINGS[name]
    write(f"static/{name}", data)
    made = build({"a.md": episode(f"audio: /{name}\nlength: 5")}, CONFIG % "")
    assert (str(len(data)), kind) == tuple(first(made).find("enclosure").get(key) for key in ("length", "type"))
    assert duration == first(made).findtext(f"{ITUNES}duration")
    assert [] == codes(made)


@pytest.mark.parametrize(
    "data", [b"", b"no sound", b"\xff\xfb", b"RIFF\x00\x00", b"OggS" * 9, b"\x00\x00\x00\x18ftypM4A " + bytes(20)]
)
def test_a_file_that_cannot_be_played_is_told(
    build: Callable[..., Build], write: Callable[..., Path], data: bytes
) -> None:
    """Whatever is in it: the episode is published without a duration, with a warning at the place that names the file."""
    write("static/a.mp3", data)
    made = build({"a.md": episode("audio: /a.mp3")}, CONFIG % "")
    assert [("recording-unknown", 4)] == [(item.code, item.line) for item in made.problems]
    assert None is first(made).find(f"{ITUNES}duration")


def test_without_mutagen_it_is_said_what_to_install(
    build: Callable[..., Build], write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A duration that nobody gave is missing then; one that is given takes no library."""
    monkeypatch.setitem(sys.modules, "mutagen", None)
    write("static/a.mp3", FRAME)
    (found,) = build({"a.md": episode("audio: /a.mp3")}, CONFIG % "").problems
    assert "pip install 'feeder[podcast]'" in found.message
    assert () == build({"a.md": episode("audio: /a.mp3\nduration: 1:00")}, CONFIG % "").problems


def test_a_recording_that_changed_is_read_again(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A cache keeps no duration of a file that plays otherwise now, though it is as long as before."""
    write("feeder.yml", CONFIG % "")
    write("posts/a.md", episode("audio: /a.wav"))

    def made() -> str:
        settings = config.load(config.Options(posts="posts"), {}, tmp_path).settings
        means = pipeline.Means(cache=Cache(tmp_path / "cache.sqlite3"), installation="x")
        return str(first(pipeline.build(settings, tmp_path, NOW, "1", means)).findtext(f"{ITUNES}duration"))

    data = silence(4)
    write("static/a.wav", data)
    assert ["4", "4"] == [made(), made()]
    twice_as_fast = data[:24] + (4000).to_bytes(4, "little") + (4000).to_bytes(4, "little") + data[32:]
    write("static/a.wav", twice_as_fast)
    assert "8" == made()


def test_a_recording_behind_a_url_has_its_length() -> None:
    """How long it plays would take reading it: it is said that the duration has to be given."""
    import fsspec

    from feeder.storage.stores import Library

    fsspec.filesystem("memory").pipe_file("/podcast/static/a.mp3", FRAME)
    sight = Library("memory://podcast/posts", ("memory://podcast/static",)).hear("/a.mp3", "a.md")
    assert (True, len(FRAME), 0, True) == (sight.there, sight.facts.length, sight.facts.duration, sight.as_audio)
    assert "it is behind a URL" == sight.fault


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (square(1399), "this is 1399 by 1399"), (square(3001), "this is 3001 by 3001"), (square(1400, 1500), "this is 1400 by 1500"),
        (square(1400, form="GIF"), "this is image/gif"), (b"no picture", "not a recognisable picture"), (None, "no such file in site.assets"),
        (square(1400), ""), (square(3000, form="JPEG"), ""),
    ],
)  # fmt: skip
def test_artwork_is_what_apple_takes(
    build: Callable[..., Build], write: Callable[..., Path], data: bytes | None, said: str
) -> None:
    """A square JPEG or PNG of 1400 to 3000 pixels: a show's and an episode's, each told at its place."""
    write("static/x", "")
    if data:
        write("static/cover.jpg", data)
    config_text = (CONFIG % "").replace("https://cdn.example/cover.jpg", "/cover.jpg")
    made = build(
        {"a.md": episode("mp3: https://x.example/a.mp3\nlength: 1\nduration: 1\nepisode_image: /cover.jpg")},
        config_text,
    )
    assert said in "".join(item.message for item in made.problems)
    shown = [(item.path.rpartition("/")[2], item.line) for item in made.problems]
    assert ([("a.md", 7), ("feeder.yml", 3)] if said else []) == sorted(shown)


def test_a_posts_own_picture_is_artwork_if_it_is_good_for_it(
    build: Callable[..., Build], write: Callable[..., Path]
) -> None:
    """A wide picture is the post's only; nobody is told, since nobody said that it was artwork."""
    write("static/wide.png", square(1600, 900))
    write("static/good.png", square(1500))
    front = "mp3: https://x.example/a.mp3\nlength: 1\nduration: 1\nimage: /{}.png"
    made = build(
        {"a.md": episode(front.format("wide")), "b.md": episode(front.format("good"), "2026-01-01")}, CONFIG % ""
    )
    wide, good = items(data_of(made, "podcast.xml"))
    assert None is wide.find(f"{ITUNES}image")
    assert "https://tea.example/good.png" == good.find(f"{ITUNES}image").get("href")
    assert [] == codes(made)


# Configuration


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("podcast: {category: Arts, owner: A <a@b.example>}", ["feeder.yml:2:10: podcast needs image"]),
        ("podcast:\n  image: /c.png\n  owner: A <a@b.example>", ["feeder.yml:3:3: podcast needs category"]),
        ("podcast:\n  image: /c.png\n  category: Arts\n  owner: Ada", ["feeder.yml:5:3: podcast needs an owner with an email address"]),
        ("podcast: {}", ["needs image", "needs category", "needs an owner"]),
        ("podcast: {image: /c.png, category: Arts, owner: A <a@b.example>, path: RSS.xml}", ["podcast.path must not be that of another feed"]),
        (f"podcast: {{image: /c.png, category: Arts, owner: A <a@b.example>, description: {'x' * 4001}}}", ["at most 4000 bytes"]),
    ],
)  # fmt: skip
def test_what_no_directory_takes_is_no_configuration(build: Callable[..., Build], text: str, said: list[str]) -> None:
    """What Apple refuses a show without is asked for at once, with its place."""
    with pytest.raises(feeder.ConfigurationError) as caught:
        build({"a.md": episode()}, f"site: {{url: 'https://tea.example/'}}\n{text}\n")
    lines = str(caught.value).split("\n")
    assert len(said) == len(lines)
    assert all(words in line for words, line in zip(said, lines, strict=True))


def test_a_podcast_without_episodes_is_told(build: Callable[..., Build]) -> None:
    """Apple refuses it; the place is that of the podcast in the configuration."""
    (found,) = build({"a.md": episode("tags: x")}, CONFIG % "").problems
    assert ("no-episodes", 3) == (found.code, found.line)


def test_a_numbered_post_without_a_recording_is_told(build: Callable[..., Build]) -> None:
    """It was meant for the podcast, and is not in it."""
    made = build(
        {
            "a.md": episode("episode: 3\nvideo: https://x.example/watch"),
            "b.md": episode("mp3: /x.mp3\nduration: 1", "2026-01-01"),
        },
        CONFIG % "",
    )
    assert ("episode-without-audio", 4) in [(item.code, item.line) for item in made.problems]
    assert 1 == len(items(data_of(made, "podcast.xml")))


# The rest of feeder


def test_a_check_takes_the_feed_and_finds_what_is_wrong_with_another() -> None:
    """The podcast's feed breaks no rule on feeds; taken apart, each breach is told."""
    settings = config.load(config.Options(posts="posts"), {}, CASE).settings
    found = checking.check(settings, CASE, NOW, "1", pipeline.Means())
    assert [] == [item for item in found.problems if item.code.startswith("feed-")]
    artifact = next(
        item for item in feeder.build("posts", now=NOW, directory=CASE).artifacts if item.path == "podcast.xml"
    )
    data = artifact.data.decode()
    for old, new, fault in (
        ("<itunes:explicit>false</itunes:explicit>\n    <itunes:type>", "<itunes:type>", "needs itunes:explicit"),
        ('<itunes:image href="https://tea.example/blog/cover.png"/>', "", "needs itunes:image"),
        ("<itunes:email>ada@tea.example</itunes:email>", "", "itunes:owner with itunes:email"),
        ("<podcast:guid>", "<podcast:guid>x", "podcast:guid, a UUID"),
        (
            "<itunes:duration>4<",
            "<itunes:duration>0:04<",
            "itunes:duration has a value that Apple does not accept: 0:04",
        ),
        ('type="text/vtt"', "", "podcast:transcript needs a url and a type"),
        ('type="audio/ogg"', 'type="text/plain"', "an enclosure of audio or video"),
    ):
        broken = artifact._replace(data=data.replace(old, new, 1).encode())
        feed = finished_feed(broken, "podcast", "https://tea.example/blog/podcast.xml", settings, NOW)
        assert [fault] == [fault for said in feed.faults if fault in said], fault
        assert 1 == len(feed.faults)


def test_what_is_published_is_compared_feed_by_feed(tmp_path: Path) -> None:
    """The podcast's feed is compared with its own former self, never with the blog's; new, it is added."""
    shutil.copytree(CASE, tmp_path / "site")
    settings = config.load(config.Options(posts="posts"), {}, tmp_path / "site").settings
    build = pipeline.build(settings, tmp_path / "site", NOW, "1", pipeline.Means())
    feeder.write(build.artifacts, tmp_path / "public")
    names = Names.of(settings.feeds, settings.podcast.path if settings.podcast else "")
    same = difference(build, settings, from_disk(tmp_path / "public", names))
    assert ((), 4) == (same.changed, len(same.unchanged))
    (tmp_path / "public/podcast.xml").write_bytes(data_of(build, "podcast.xml").replace(b">tea-001<", b">tea-000<"))
    (changed,) = difference(build, settings, from_disk(tmp_path / "public", names)).changed
    assert ("podcast.xml",) == changed.paths
    (tmp_path / "public/podcast.xml").unlink()
    assert ("podcast.xml",) == difference(build, settings, from_disk(tmp_path / "public", names)).added


@pytest.mark.parametrize("podcast", [CONFIG % "", CONFIG.split("podcast:", maxsplit=1)[0]], ids=["a podcast", "none"])
def test_a_podcast_says_nothing_of_the_limit_of_other_feeds(tmp_path: Path, podcast: str) -> None:
    """That the blog's feeds hold more than before tells of older posts, and of no new ones, beside a podcast too."""
    (tmp_path / "posts").mkdir()
    for day in range(1, 9):
        front = "audio: https://cdn.example/a.mp3\ntags: tea"
        (tmp_path / f"posts/{day}.md").write_text(episode(front, date=f"2026-02-{day:02}", title=f"Day {day}"))

    def built(limit: int) -> tuple[Settings, Build]:
        (tmp_path / "feeder.yml").write_text(podcast + f"feeds: {{limit: {limit}, tags: true}}")
        settings = config.load(config.Options(), {}, tmp_path).settings
        return settings, pipeline.build(settings, tmp_path, NOW, "1", pipeline.Means())

    feeder.write(built(2)[1].artifacts, tmp_path / "public")
    settings, build = built(5)
    found = difference(build, settings, from_disk(tmp_path / "public", Names.of(settings.feeds, "podcast.xml")))
    assert [["older"] * 3] == [[str(finding.kind) for finding in compared.findings] for compared in found.changed]


def test_an_episode_is_explained() -> None:
    """Each of its fields has its value and the line that gives it, and no key of it is unused."""
    settings = config.load(config.Options(posts="posts"), {}, CASE).settings
    chosen = pipeline.choose(settings, CASE, NOW, "1", pipeline.Means())
    told = explain.explain(chosen, "2026-01-05-the-kettle.md")
    lines = {line.name: (line.value, line.origin) for line in told.lines}
    assert "published, in the site's feed, podcast.xml" == told.verdict
    assert ("https://tea.example/blog/kettle.mp3", "podcast_file, line 4") == lines["enclosures"]
    assert ("4", "the recording") == lines["duration"]
    assert ("tea-001", "episode_guid, line 8") == lines["episode_guid"]
    assert ("Carl <Carlo>, Dora", "guests, line 10") == lines["people"]
    assert ["layout"] == [line.name for line in told.unused]


@pytest.mark.parametrize(
    "front", [*SHAPES.values(), "tags: x", "episode: 3", "duration: 3\ntags: x", "file: a.pdf", "enclosure: /a.pdf"]
)
@pytest.mark.parametrize("more", ["", CONFIG.split("\n")[2] % ""], ids=["no podcast", "a podcast"])
def test_a_glance_sees_what_a_close_look_sees(front: str, more: str) -> None:
    """What is taken at a glance is the same card; a post that may be an episode is not taken where it matters."""
    text = episode(front)
    settings = config.said_in("site: {url: 'https://tea.example/'}\n" + more, "feeder.yml").settings
    rules = rules_from_settings(settings, "/site/posts", ())
    draft = draft_from_source(source_from_bytes(text.encode(), "a.md", "a.md"))
    assert draft
    post = post_from_draft(draft, rules)
    assert isinstance(post, Post)
    card = Glance(rules).card(text.encode(), "a.md", "a.md")
    assert card in {None, card_from_post(post)}
    assert bool(more) or post.episode is None


def test_without_a_podcast_none_of_it_is_loaded(tmp_path: Path) -> None:
    """A blog pays nothing for podcasts, though a post of it has audio."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/a.md").write_text(episode("audio: a.mp3"))
    (tmp_path / "posts/a.mp3").write_bytes(FRAME)
    code = (
        "import sys, feeder; from datetime import datetime, UTC\n"
        f"feeder.build('posts', url='https://x.example', now=datetime(2026, 6, 1, tzinfo=UTC), directory={str(tmp_path)!r})\n"
        "print(*(name for name in sys.modules if name.partition('.')[0] in {'feeder', 'mutagen'}))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "feeder.xmlfeed" in loaded
    podcasts = {
        f"feeder.{name}"
        for name in ("episodes", "recorded", "recordings", "podcast", "podcastkeys", "podcastxml", "shows")
    }
    assert set() == {"mutagen", *podcasts} & set(loaded)
