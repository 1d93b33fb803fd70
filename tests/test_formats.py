"""feeder/formats/: a contract that every format keeps, and what each format's own specification demands."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from readback import ATOM, CONTENT, DC, LANG, MEDIA, THREAD, data_of, items, names, read_all, rss, tree

from feeder.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder import Build
    from feeder.kinds import Format

SCHEMA = json.loads((Path(__file__).parent / "fixtures" / "jsonfeed-1.1.schema.json").read_bytes())
CONFIG = """site:
  url: https://site.example/
  title: use <T> & R&D
  description: About T & R&D
  language: en
  author: [{name: Ann Example, email: ann@site.example, url: "https://ann.example/"}, Bob]
  image: /cover.png
  icon: /icon.png
  logo: /logo.png
  copyright: © The Site & friends
  categories: [Tea, R&D]
  managing_editor: ed@site.example (Ed Itor)
feeds:
  ttl: 60
  hub: [https://hub.example/, https://hub.two.example/]
"""
FULL = """---
title: use <T> & R&D
date: 2024-01-02T03:04:05+01:00
updated: 2024-02-03T04:05:06Z
author: [Ann <ann@x.example>, Bob]
categories: [Tea & talk]
tags: [a, b]
description: The <T> & R&D
image: https://x.example/a.png
thumbnail: https://x.example/t.png
enclosure: [{url: https://x.example/a.mp3, length: 7, title: Ep & 1}, https://x.example/b.mp3]
comments: true
lang: zh-CN
---
A *body* [link](b.html).
"""
PLAIN = "---\ntitle: Plain\ndate: 2024-01-01\n---\n"


@pytest.fixture
def full(build: Callable[..., Build]) -> Build:
    """Return a feed in which everything is set, of a post in which everything is set and one with nothing."""
    return build({"full.md": FULL, "plain.md": PLAIN}, CONFIG)


@pytest.fixture
def bare(build: Callable[..., Build]) -> Build:
    """Return a feed with nothing but a URL, and a post with nothing but a title and a date."""
    return build({"plain.md": PLAIN})


def channel(build: Build) -> Any:
    return tree(data_of(build, "rss.xml")).find("channel")


def feed(build: Build) -> Any:
    return tree(data_of(build, "atom.xml"))


def document(build: Build) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data_of(build, "feed.json"))
    return found


# The contract


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_a_name_a_file_and_a_media_type(name: str) -> None:
    """A format is registered under its own name, has a plain file name of its own and a media type."""
    form: Format = FORMATS[name]
    assert name == form.name
    assert re.fullmatch(r"[a-z]+\.[a-z]+", form.file_name)
    assert re.fullmatch(r"application/[a-z]+\+(xml|json)", form.media_type)
    assert 1 == [other.file_name for other in FORMATS.values()].count(form.file_name)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("case", ["full", "bare", "empty"])
def test_bytes_are_utf_8_with_one_newline_at_the_end(name: str, case: str, build: Callable[..., Build]) -> None:
    """Every file is UTF-8 without a mark, with LF line ends and exactly one at the end, and the same each time."""
    posts = {"full": {"full.md": FULL, "plain.md": PLAIN}, "bare": {"plain.md": PLAIN}, "empty": {}}[case]
    builds = [build(posts, CONFIG if case == "full" else "", formats=[name]) for _ in range(2)]
    artifact, again = (one for built in builds for one in built.artifacts)
    assert artifact == again
    assert (FORMATS[name].file_name, FORMATS[name].media_type) == (artifact.path, artifact.media_type)
    text = artifact.data.decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\\u" not in text


def test_all_formats_say_the_same_of_the_feed(full: Build) -> None:
    """Title, description, home, language and hubs read back as written from every format."""
    for name, found in read_all(full).items():
        expected = ("use <T> & R&D", "About T & R&D", "https://site.example/", "en")
        assert expected == (found.title, found.description, found.home, found.language), name
        assert ("https://hub.example/", "https://hub.two.example/") == found.hubs, name
        assert found.own_url.startswith("https://site.example/")


@pytest.mark.parametrize("path", ["rss.xml", "atom.xml", "feed.json"])
def test_a_feed_names_its_own_address(path: str, full: Build) -> None:
    """The self link is where the file will be."""
    found = {name.partition(" ")[0]: one.own_url for name, one in read_all(full).items()}
    assert f"https://site.example/{path}" in found.values()
    assert 3 == len(set(found.values()))


def test_what_is_served_elsewhere_is_named_so(build: Callable[..., Build]) -> None:
    """A feed directory and a file name of one's own show in the self link."""
    config = (
        "site: {url: https://site.example/blog}\nfeeds: {url: https://site.example/feeds, names: {rss: index.xml}}\n"
    )
    data = data_of(build({"plain.md": PLAIN}, config), "index.xml")
    assert "https://site.example/feeds/index.xml" == tree(data).find(f"channel/{ATOM}link").get("href")
    assert "https://site.example/blog/" == tree(data).findtext("channel/link")


def test_an_empty_feed_is_a_feed(build: Callable[..., Build]) -> None:
    """Without posts all three are valid, and as old as nothing: no clock is asked."""
    built = build({})
    assert all(() == found.entries for found in read_all(built).values())
    assert [] == document(built)["items"]
    jsonschema.validate(document(built), SCHEMA)
    assert channel(built).find("lastBuildDate") is None
    assert "2000-01-01T00:00:00Z" == feed(built).findtext(f"{ATOM}updated")
    assert {"title", "link", "description"} <= set(names(channel(built)))


def test_a_summary_feed_has_summaries_everywhere(build: Callable[..., Build]) -> None:
    """With ``content: summary`` each format has a text to show, and none has the full one."""
    config = "site: {url: https://site.example/}\nfeeds: {content: summary}\n"
    built = build({"full.md": FULL, "plain.md": PLAIN}, config)
    item = items(data_of(built, "rss.xml"))[0]
    assert "The &lt;T&gt; &amp; R&amp;D" == item.findtext("description")
    assert item.find(f"{CONTENT}encoded") is None
    entry = items(data_of(built, "atom.xml"))[0]
    assert "The &lt;T&gt; &amp; R&amp;D" == entry.findtext(f"{ATOM}summary")
    assert entry.find(f"{ATOM}content") is None
    assert "The <T> & R&D" == document(built)["items"][0]["content_text"]
    jsonschema.validate(document(built), SCHEMA)
    assert all(b"body" not in artifact.data for artifact in built.artifacts)


@pytest.mark.parametrize("value", ["''", "Hand & co"])
def test_the_generator_can_be_renamed_and_left_out(value: str, build: Callable[..., Build]) -> None:
    """``generator`` is what the configuration says, and absent where that is empty."""
    built = build({"plain.md": PLAIN}, f"site: {{url: https://site.example/, generator: {value}}}\n")
    expected = None if value == "''" else value
    assert expected == channel(built).findtext("generator")
    assert expected == feed(built).findtext(f"{ATOM}generator")
    assert b"feeder" not in data_of(built, "rss.xml") + data_of(built, "atom.xml")
    assert b"feedgen" not in data_of(built, "rss.xml") + data_of(built, "atom.xml")


def test_the_generator_is_feeder(bare: Build) -> None:
    """By default both name the program that made them."""
    assert "feeder" == channel(bare).findtext("generator") == feed(bare).findtext(f"{ATOM}generator")


# RSS 2.0


def test_rss_channel_has_what_it_needs_in_order(full: Build) -> None:
    """The channel's own elements, each once but links and categories, stand before the items."""
    found = names(channel(full))
    assert ["item", "item"] == found[-2:]
    own = found[:-2]
    assert "item" not in own
    required = {"title", "link", "description", "docs", "generator", "language", "lastBuildDate", "copyright", "ttl"}
    assert required | {"image", "category", "managingEditor", f"{ATOM}link"} == set(own)
    assert {"category": 2, f"{ATOM}link": 3} == {name: own.count(name) for name in set(own) if own.count(name) > 1}
    root = tree(data_of(full, "rss.xml"))
    assert ("rss", "2.0", 1) == (root.tag, root.get("version"), len(root))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("title", "use <T> & R&D"),
        ("description", "About T & R&D"),
        ("link", "https://site.example/"),
        ("docs", "http://www.rssboard.org/rss-specification"),
        ("language", "en"),
        ("lastBuildDate", "Sat, 03 Feb 2024 04:05:06 +0000"),
        ("copyright", "© The Site & friends"),
        ("ttl", "60"),
        ("managingEditor", "ed@site.example (Ed Itor)"),
        ("image/url", "https://site.example/cover.png"),
        ("image/title", "use <T> & R&D"),
        ("image/link", "https://site.example/"),
        ("category", "Tea"),
    ],
)
def test_rss_channel_says(name: str, expected: str, full: Build) -> None:
    """Each element of the channel is as configured; the picture's title and link are the channel's."""
    assert expected == channel(full).findtext(name)


@pytest.mark.parametrize("name", ["textInput", "skipDays", "skipHours", "cloud", "webMaster", "pubDate", "rating"])
def test_rss_channel_has_nothing_that_the_profile_advises_against(name: str, full: Build) -> None:
    """What readers ignore or read wrongly is not there."""
    assert channel(full).find(name) is None


@pytest.mark.parametrize("name", ["copyright", "ttl", "image", "category", "managingEditor"])
def test_rss_channel_leaves_out_what_nobody_configured(name: str, bare: Build) -> None:
    """No element is empty or made up."""
    assert channel(bare).find(name) is None


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("/a.png", "https://site.example/a.png"),
        ("/a.JPG", "https://site.example/a.JPG"),
        ("https://x.example/a.gif", "https://x.example/a.gif"),
        ("/a.webp", None),
        ("/a.svg", None),
    ],
)
def test_rss_image_is_of_a_kind_that_rss_knows(image: str, expected: str | None, build: Callable[..., Build]) -> None:
    """GIF, JPEG and PNG are a channel's image; no size is claimed."""
    found = channel(build({"plain.md": PLAIN}, f"site: {{url: https://site.example/, image: '{image}'}}\n"))
    assert expected == found.findtext("image/url")
    assert found.find("image/width") is None


def test_rss_item_is_in_order(full: Build) -> None:
    """An item's elements come in an order that every reader takes: the summary before the full text."""
    assert [
        "title",
        "link",
        "description",
        f"{CONTENT}encoded",
        "guid",
        "category",
        "category",
        "category",
        "comments",
        f"{DC}creator",
        f"{DC}creator",
        "pubDate",
        f"{ATOM}updated",
        f"{DC}language",
        "enclosure",
        f"{MEDIA}content",
        f"{MEDIA}thumbnail",
    ] == names(items(data_of(full, "rss.xml"))[0])


def test_rss_item_says(full: Build) -> None:
    """Each element of an item is as the post says; the publication stays and the edit has its own element."""
    item = items(data_of(full, "rss.xml"))[0]
    assert "use <T> & R&D" == item.findtext("title")
    assert "The &lt;T&gt; &amp; R&amp;D" == item.findtext("description")
    assert '<p>A <em>body</em> <a href="https://site.example/full/b.html">link</a>.</p>' == item.findtext(
        f"{CONTENT}encoded"
    )
    assert ("https://site.example/full/", {"isPermaLink": "false"}) == (
        item.findtext("guid"),
        dict(item.find("guid").attrib),
    )
    assert "https://site.example/full/" == item.findtext("link")
    assert "Tue, 02 Jan 2024 03:04:05 +0100" == item.findtext("pubDate")
    assert "2024-02-03T04:05:06Z" == item.findtext(f"{ATOM}updated")
    assert "https://site.example/full/#comments" == item.findtext("comments")
    assert ["Ann", "Bob"] == [found.text for found in item.findall(f"{DC}creator")]
    assert "zh-CN" == item.findtext(f"{DC}language")
    assert [
        ("Tea & talk", "https://site.example/categories/"),
        *((name, "https://site.example/tags/") for name in "ab"),
    ] == [(found.text, found.get("domain")) for found in item.findall("category")]
    assert [{"url": "https://x.example/a.mp3", "length": "7", "type": "audio/mpeg"}] == [
        dict(found.attrib) for found in item.findall("enclosure")
    ]


@pytest.mark.parametrize("zone", ["+05:45", "+12:45", "-03:30", "+00:01", "+08:00"])
def test_rss_dates_have_a_zone_that_readers_know(zone: str, build: Callable[..., Build]) -> None:
    """The moment is the author's; a zone that is no whole or half hour is written as UTC [ProblematicalRFC822Date]."""
    built = build({"a.md": f"---\ntitle: T\ndate: 2024-01-02T12:00:00{zone}\n---\n"})
    text = channel(built).findtext("item/pubDate")
    assert re.fullmatch(r"(Mon|Tue), 0[12] Jan 2024 \d\d:\d\d:\d\d [+-]\d\d[03]0", text)
    assert datetime.fromisoformat(f"2024-01-02T12:00:00{zone}") == rss(data_of(built, "rss.xml")).entries[0].published


def test_rss_text_is_never_taken_for_markup(build: Callable[..., Build]) -> None:
    """``&`` and ``<`` are numeric references in all plain text that validators look at [CharacterData]."""
    config = "site: {url: https://site.example/, copyright: Me & <you>, categories: [a & <b>]}\n"
    built = build({"a.md": PLAIN.replace("Plain", "Plain\ntags: [c & <d>]")}, config)
    for text in (b">Me &#x26; &#x3C;you&gt;<", b">a &#x26; &#x3C;b&gt;<", b">c &#x26; &#x3C;d&gt;<"):
        assert text in data_of(built, "rss.xml")
    assert ["Me & <you>", "a & <b>", "c & <d>"] == [
        channel(built).findtext(name) for name in ("copyright", "category", "item/category")
    ]


@pytest.mark.parametrize("body", ["![x](https://x.example/é.png)", "<p><img src='https://x.example/é.png'></p>"])
def test_urls_are_ascii_everywhere(body: str, build: Callable[..., Build]) -> None:
    """A picture that the body names with other letters is percent-encoded in the metadata [UriNotIri]."""
    built = build({"a.md": PLAIN + body})
    assert {"https://x.example/%C3%A9.png"} == {found.entries[0].image for found in read_all(built).values()}


def test_rss_item_leaves_out_what_the_post_has_not(bare: Build) -> None:
    """A post with nothing but title and date has nothing but these, and an address."""
    assert ["title", "link", "guid", "pubDate"] == names(items(data_of(bare, "rss.xml"))[0])


def test_rss_full_text_is_the_description_where_there_is_no_summary(build: Callable[..., Build]) -> None:
    """A body without a word to sum up is the description itself."""
    item = items(data_of(build({"a.md": PLAIN + "![](https://x.example/a.png)\n"}), "rss.xml"))[0]
    assert '<p><img src="https://x.example/a.png" alt=""></p>' == item.findtext("description")


@pytest.mark.parametrize("path", ["rss.xml", "atom.xml"])
def test_media_stands_directly_below_the_item(path: str, full: Build) -> None:
    """Picture and thumbnail are the item's own children, the picture with its type and medium."""
    item = items(data_of(full, path))[0]
    assert {"url": "https://x.example/a.png", "type": "image/png", "medium": "image"} == dict(
        item.find(f"{MEDIA}content").attrib
    )
    assert {"url": "https://x.example/t.png"} == dict(item.find(f"{MEDIA}thumbnail").attrib)
    assert [] == tree(data_of(full, path)).findall(f".//{MEDIA}group")


# Atom 1.0


def test_atom_feed_says(full: Build) -> None:
    """Each element of the feed is as configured."""
    root = feed(full)
    assert f"{ATOM}feed" == root.tag
    expected = {
        "id": "https://site.example/",
        "title": "use <T> & R&D",
        "subtitle": "About T & R&D",
        "updated": "2024-02-03T04:05:06Z",
        "rights": "© The Site & friends",
        "icon": "https://site.example/icon.png",
        "logo": "https://site.example/logo.png",
        "generator": "feeder",
    }
    assert expected == {name: root.findtext(f"{ATOM}{name}") for name in expected}
    assert "en" == root.get(LANG)
    assert ["Tea", "R&D"] == [found.get("term") for found in root.findall(f"{ATOM}category")]
    authors = root.findall(f"{ATOM}author")
    assert ["Ann Example", "Bob"] == [found.findtext(f"{ATOM}name") for found in authors]
    assert ("ann@site.example", "https://ann.example/") == (
        authors[0].findtext(f"{ATOM}email"),
        authors[0].findtext(f"{ATOM}uri"),
    )


def test_atom_feed_has_one_self_and_one_alternate(full: Build) -> None:
    """The feed leads to itself, with its media type, to its page and to its hubs."""
    links = [(link.get("rel"), link.get("type"), link.get("href")) for link in feed(full).findall(f"{ATOM}link")]
    assert {
        ("self", "application/atom+xml", "https://site.example/atom.xml"),
        ("alternate", "text/html", "https://site.example/"),
        ("hub", None, "https://hub.example/"),
        ("hub", None, "https://hub.two.example/"),
    } == set(links)
    assert 4 == len(links)


def test_atom_metadata_stands_before_the_entries(full: Build) -> None:
    """Streaming readers have all of the feed before its first entry."""
    found = names(feed(full))
    assert [f"{ATOM}entry"] * 2 == found[-2:]
    assert f"{ATOM}entry" not in found[:-2]


def test_atom_entry_says(full: Build) -> None:
    """Each element of an entry is as the post says."""
    entry = items(data_of(full, "atom.xml"))[0]
    expected = {
        "id": "https://site.example/full/",
        "title": "use <T> & R&D",
        "summary": "The &lt;T&gt; &amp; R&amp;D",
        "published": "2024-01-02T03:04:05+01:00",
        "updated": "2024-02-03T04:05:06Z",
        "content": '<p>A <em>body</em> <a href="https://site.example/full/b.html">link</a>.</p>',
    }
    assert expected == {name: entry.findtext(f"{ATOM}{name}") for name in expected}
    assert ["html", "html"] == [entry.find(f"{ATOM}{name}").get("type") for name in ("summary", "content")]
    assert "zh-CN" == entry.get(LANG)
    assert ["Ann", "Bob"] == [found.text for found in entry.findall(f"{ATOM}author/{ATOM}name")]
    assert ["ann@x.example"] == [found.text for found in entry.findall(f"{ATOM}author/{ATOM}email")]
    category = {"term": "Tea & talk", "label": "Tea & talk", "scheme": "https://site.example/categories/"}
    assert category == dict(entry.find(f"{ATOM}category").attrib)


def test_atom_entry_has_every_enclosure_and_one_alternate(full: Build) -> None:
    """Page, files and comments are links, each with its relation and its type."""
    links = [dict(link.attrib) for link in items(data_of(full, "atom.xml"))[0].findall(f"{ATOM}link")]
    for link in links:
        link.pop(f"{THREAD}count", None)
    assert [
        {"rel": "alternate", "type": "text/html", "href": "https://site.example/full/"},
        {"rel": "enclosure", "type": "audio/mpeg", "href": "https://x.example/a.mp3", "length": "7", "title": "Ep & 1"},
        {"rel": "enclosure", "type": "audio/mpeg", "href": "https://x.example/b.mp3", "length": "0"},
        {"rel": "replies", "type": "text/html", "href": "https://site.example/full/#comments"},
    ] == links


@pytest.mark.parametrize("config", ["", "site: {url: https://site.example/, author: Ann}\n"])
def test_atom_always_names_an_author(config: str, build: Callable[..., Build]) -> None:
    """RFC 4287 wants an author for every entry: the feed's stands for those that have none; none is empty."""
    root = feed(build({"plain.md": PLAIN}, config))
    found = [author.findtext(f"{ATOM}name") for author in root.findall(f"{ATOM}author")]
    assert ["Ann" if config else "site.example"] == found


def test_atom_entry_without_text_has_its_title_for_a_summary(bare: Build) -> None:
    """An entry with neither content nor summary would be refused by validators."""
    assert "Plain" == items(data_of(bare, "atom.xml"))[0].findtext(f"{ATOM}summary")


# JSON Feed 1.1


@pytest.mark.parametrize("case", ["full", "bare"])
def test_json_feed_is_what_the_specification_says(case: str, request: pytest.FixtureRequest) -> None:
    """The document has the members that JSON Feed 1.1 knows, of the types it wants; none is null or empty."""
    found = document(request.getfixturevalue(case))
    jsonschema.validate(found, SCHEMA)
    assert "version" == next(iter(found))
    assert [] == list(_empty(found))


def _empty(value: Any, path: str = "") -> Any:
    if value in (None, "", [], {}) and path not in {".items", ".items[0].content_text", ".items[1].content_text"}:
        yield path
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _empty(member, f"{path}.{name}")
    if isinstance(value, list):
        for number, member in enumerate(value):
            yield from _empty(member, f"{path}[{number}]")


def test_json_feed_says(full: Build) -> None:
    """The feed's members are as configured, but for the items."""
    found = document(full)
    found.pop("items")
    assert {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "use <T> & R&D",
        "home_page_url": "https://site.example/",
        "feed_url": "https://site.example/feed.json",
        "description": "About T & R&D",
        "icon": "https://site.example/icon.png",
        "favicon": "https://site.example/icon.png",
        "authors": [{"name": "Ann Example", "url": "https://ann.example/"}, {"name": "Bob"}],
        "language": "en",
        "hubs": [
            {"type": "WebSub", "url": "https://hub.example/"},
            {"type": "WebSub", "url": "https://hub.two.example/"},
        ],
    } == found


def test_json_item_says(full: Build) -> None:
    """An item's members are as the post says; the picture that the body lacks is an attachment too, for Miniflux."""
    assert {
        "id": "https://site.example/full/",
        "url": "https://site.example/full/",
        "title": "use <T> & R&D",
        "content_html": '<p>A <em>body</em> <a href="https://site.example/full/b.html">link</a>.</p>',
        "summary": "The <T> & R&D",
        "image": "https://x.example/a.png",
        "banner_image": "https://x.example/a.png",
        "date_published": "2024-01-02T03:04:05+01:00",
        "date_modified": "2024-02-03T04:05:06Z",
        "authors": [{"name": "Ann", "url": "mailto:ann@x.example"}, {"name": "Bob"}],
        "tags": ["Tea & talk", "a", "b"],
        "language": "zh-CN",
        "attachments": [
            {"url": "https://x.example/a.mp3", "mime_type": "audio/mpeg", "title": "Ep & 1", "size_in_bytes": 7},
            {"url": "https://x.example/b.mp3", "mime_type": "audio/mpeg"},
            {"url": "https://x.example/a.png", "mime_type": "image/png"},
        ],
    } == document(full)["items"][0]


def test_a_picture_of_the_body_is_not_attached_again(build: Callable[..., Build]) -> None:
    """What the text shows needs no attachment."""
    item = document(build({"a.md": PLAIN + "![x](https://x.example/a.png)"}))["items"][0]
    assert "https://x.example/a.png" == item["image"]
    assert "attachments" not in item
