"""feeder/xmlfeed.py: one test for each trap of feedgen, which also says whether feedgen has it still.

The numbers are those of the table that the work-arounds were made from. A trap that only concerns what feeder
never asks of feedgen has no test but the one that it is not asked.
"""

from __future__ import annotations

import locale
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from feedgen.feed import FeedGenerator
from readback import ATOM, CONTENT, DC, LANG, MEDIA, THREAD, data_of, items, names, rss, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder import Build

POST = """---
title: {title}
date: 2024-01-02 03:04:05
{fields}
---
{body}
"""
CONFIG = """site: {{url: https://site.example/{site}}}
feeds: {{limit: 0{feeds}}}
"""


@pytest.fixture
def one(build: Callable[..., Build]) -> Callable[..., Build]:
    """Return a function that builds a single post from lines of front matter, a body, and configuration."""

    def build_one(
        fields: str = "", body: str = "Text.", site: str = "", feeds: str = "", title: str = "A post"
    ) -> Build:
        post = POST.format(title=title, fields=fields, body=body)
        return build({"a.md": post}, CONFIG.format(site=site, feeds=feeds))

    return build_one


def item(build: Build) -> Any:
    return items(data_of(build, "rss.xml"))[0]


def entry(build: Build) -> Any:
    return items(data_of(build, "atom.xml"))[0]


def plain(**options: Any) -> tuple[FeedGenerator, Any]:
    """Return what feedgen makes without help: a feed and its one entry, complete as far as feedgen asks."""
    feed = FeedGenerator()
    feed.id("https://site.example/")
    feed.title("The Site")
    feed.description("A site")
    feed.link(href="https://site.example/", rel="alternate")
    for extension in options.get("extensions", ()):
        feed.load_extension(extension, atom=True, rss=True)
    added = feed.add_entry()
    added.id("https://site.example/a/")
    added.title("A post")
    added.link(href="https://site.example/a/", rel="alternate", type="text/html")
    return feed, added


def test_trap_01_links_keep_their_attributes(one: Callable[..., Build]) -> None:
    """An Atom entry's links have their rel, type, title and length: an enclosure is no second page."""
    links = entry(one("audio: {url: https://x.example/a.mp3, length: 7, title: Ep}")).findall(f"{ATOM}link")
    assert [
        {"rel": "alternate", "type": "text/html", "href": "https://site.example/a/"},
        {"rel": "enclosure", "type": "audio/mpeg", "href": "https://x.example/a.mp3", "length": "7", "title": "Ep"},
    ] == [dict(link.attrib) for link in links]
    feed, added = plain()
    added.link(href="https://x.example/a.mp3", rel="enclosure", type="audio/mpeg", length="7")
    bare = items(feed.atom_str())[0].findall(f"{ATOM}link")
    assert {("href",)} == {tuple(link.keys()) for link in bare}


def test_trap_02_the_rss_link_is_the_home_page(one: Callable[..., Build]) -> None:
    """The channel's link is the site, whatever other links the feed has."""
    root = tree(data_of(one(feeds=", hub: https://hub.example/"), "rss.xml"))
    assert "https://site.example/" == root.findtext("channel/link")
    feed, _ = plain()
    feed.link(href="https://site.example/rss.xml", rel="self")
    assert "https://site.example/rss.xml" == tree(feed.rss_str()).findtext("channel/link")


def test_trap_03_no_clock_and_no_microseconds(one: Callable[..., Build]) -> None:
    """Feed and entries are as old as the posts say, in whole seconds; feedgen would take the time of the build."""
    built = one("updated: 2024-02-03T04:05:06.789Z")
    assert "Sat, 03 Feb 2024 04:05:06 +0000" == tree(data_of(built, "rss.xml")).findtext("channel/lastBuildDate")
    root = tree(data_of(built, "atom.xml"))
    assert ["2024-02-03T04:05:06Z"] * 2 == [root.findtext(f"{ATOM}updated"), entry(built).findtext(f"{ATOM}updated")]
    year = str(datetime.now(UTC).year).encode()
    assert all(year not in artifact.data for artifact in built.artifacts)
    feed, _ = plain()
    assert "." in tree(feed.atom_str()).findtext(f"{ATOM}updated")


def test_trap_04_entries_keep_their_order(build: Callable[..., Build]) -> None:
    """The newest entry is first, ties by id; feedgen puts each entry before the last."""
    posts = {
        f"{name}.md": f"---\ntitle: {name}\ndate: 2024-01-0{day}\n---\n"
        for name, day in zip("abcd", "1332", strict=True)
    }
    built = build(posts)
    assert ["b", "c", "d", "a"] == [found.findtext("title") for found in items(data_of(built, "rss.xml"))]
    assert ["b", "c", "d", "a"] == [found.findtext(f"{ATOM}title") for found in items(data_of(built, "atom.xml"))]
    feed, _ = plain()
    second = feed.add_entry()
    second.id("https://site.example/b/")
    second.title("Second")
    assert ["Second", "A post"] == [found.findtext("title") for found in items(feed.rss_str())]


def test_trap_05_content_is_html_and_never_cdata(one: Callable[..., Build]) -> None:
    """Atom's content is of type html, and a body with the end of a CDATA section in it is whole."""
    built = one(body="a `]]>` b")
    content = entry(built).find(f"{ATOM}content")
    assert {"type": "html"} == dict(content.attrib)
    assert "<p>a <code>]]&gt;</code> b</p>" == content.text == item(built).findtext(f"{CONTENT}encoded")
    assert all(b"<![CDATA[" not in artifact.data for artifact in built.artifacts)
    feed, added = plain()
    added.content("x", type="CDATA")
    assert "CDATA" == items(feed.atom_str())[0].find(f"{ATOM}content").get("type")


def test_trap_06_atom_has_no_prefixes(one: Callable[..., Build]) -> None:
    """Everything of Atom stands in the default namespace; only Media RSS has a prefix, its usual one."""
    data = data_of(one("audio: https://x.example/a.mp3\nimage: https://x.example/a.png\ncomments: true"), "atom.xml")
    assert {None: ATOM[1:-1], "media": MEDIA[1:-1]} == {
        prefix: name for prefix, name in tree(data).nsmap.items() if name != THREAD[1:-1]
    }
    assert b"ns0:" not in data
    assert {ATOM, MEDIA} == {found.tag[: found.tag.index("}") + 1] for found in tree(data).iter()}
    feed, _ = plain()
    assert "feed" == feed._create_atom()[0].tag  # in memory still in no namespace


def test_trap_07_one_picture_is_no_group(one: Callable[..., Build]) -> None:
    """Media RSS stands directly below the item: a group would need two pictures."""
    built = one("image: https://x.example/a.png")
    for found in (item(built), entry(built)):
        assert [f"{MEDIA}content", f"{MEDIA}thumbnail"] == names(found)[-2:]
        assert found.find(f"{MEDIA}group") is None
    feed, added = plain(extensions=["media"])
    added.media.content({"url": "https://x.example/a.png", "medium": "image"})
    assert items(feed.rss_str())[0].find(f"{MEDIA}group") is not None


def test_trap_08_sizes_are_numbers_that_feedgen_would_not_take(
    one: Callable[..., Build], write: Callable[..., object]
) -> None:
    """A picture's width, height and bytes are written; feedgen raises for a number."""
    header = b"GIF89a\x14\x00\x0a\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x14\x00\x0a\x00\x00\x02\x00;"
    write("posts/a.gif", header)
    expected = {
        "url": "https://site.example/a/a.gif",
        "type": "image/gif",
        "medium": "image",
        "width": "20",
        "height": "10",
        "fileSize": str(len(header)),
    }
    assert expected == dict(item(one("image: a.gif")).find(f"{MEDIA}content").attrib)
    feed, added = plain(extensions=["media"])
    added.media.content({"url": "https://x.example/a.png", "width": 20}, group=None)
    with pytest.raises(TypeError):
        feed.rss_str()


def test_trap_09_authors_are_creators(one: Callable[..., Build]) -> None:
    """Every author is named in RSS, mail address or not, one ``dc:creator`` each, and no ``author`` beside it."""
    built = one("author: [Ann, Bob <bob@x.example>]")
    assert ["Ann", "Bob"] == [found.text for found in item(built).findall(f"{DC}creator")]
    assert item(built).find("author") is None
    feed, added = plain()
    added.author([{"name": "Ann"}, {"name": "Bob", "email": "bob@x.example"}, {"name": "Cid", "email": "c@x.example"}])
    assert 2 == len(items(feed.rss_str())[0].findall("author"))


def test_trap_10_a_managing_editor_only_where_one_is_named(one: Callable[..., Build]) -> None:
    """``managingEditor`` is what the configuration says, never made of an author."""
    author = ", author: {name: Ann, email: ann@x.example}"
    root = tree(data_of(one(site=author), "rss.xml"))
    assert root.find("channel/managingEditor") is None
    editor = author + ", managing_editor: 'ed@x.example (Ed Itor)'"
    root = tree(data_of(one(site=editor), "rss.xml"))
    assert "ed@x.example (Ed Itor)" == root.findtext("channel/managingEditor")
    feed, _ = plain()
    feed.author({"name": "Ann", "email": "ann@x.example"})
    assert b"ann@x.example" not in feed.rss_str()


def test_trap_11_dublin_core_stays_out_of_atom(one: Callable[..., Build]) -> None:
    """Atom has authors of its own: nothing of Dublin Core is repeated there."""
    built = one("author: Ann\nlang: de")
    assert DC[1:-1].encode() not in data_of(built, "atom.xml")
    assert "Ann" == entry(built).findtext(f"{ATOM}author/{ATOM}name")
    feed, added = plain(extensions=["dc"])
    added.dc.dc_creator("Ann")
    assert b"dc:creator" in feed.atom_str()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("UpdatePeriod", id="trap 12"),
        pytest.param("textInput", id="trap 13"),
        pytest.param("skipDays", id="trap 14"),
        pytest.param("skipHours", id="trap 14 too"),
        pytest.param("itunes", id="traps 28 and 29"),
        pytest.param("cloud", id="the profile's advice"),
    ],
)
def test_traps_12_to_14_28_and_29_what_feedgen_gets_wrong_is_not_asked_of_it(
    name: str, one: Callable[..., Build]
) -> None:
    """Elements that feedgen writes in a wrong form are in no feed."""
    data = data_of(one("image: https://x.example/a.png", feeds=", ttl: 60"), "rss.xml")
    assert name.encode() not in data


def test_trap_14_bytes_do_not_depend_on_the_hash_seed() -> None:
    """feedgen still keeps days in a set, whose order is the process's own."""
    script = (
        "from feedgen.feed import FeedGenerator as F\nf=F();f.title('t');f.link(href='h');f.description('d')\n"
        "f.skipDays(['Monday','Tuesday','Friday','Sunday']);f.lastBuildDate('2024-01-01T00:00:00Z')\nprint(f.rss_str())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "1234"
    }
    assert len(outputs) > 1


def test_trap_15_html_is_not_parsed_again(one: Callable[..., Build]) -> None:
    """Entities, void elements and the white space of ``<pre>`` pass as they are, though the XML is indented."""
    built = one(body="<p>a&nbsp;b<br>c</p>\n<pre>\n  x\n\n    y\n</pre>")
    expected = "<p>a&nbsp;b<br>c</p>\n<pre>  x\n\n    y\n</pre>"
    assert expected == entry(built).findtext(f"{ATOM}content")
    assert expected == item(built).findtext(f"{CONTENT}encoded")
    feed, added = plain()
    added.content("<p>a&nbsp;b<br>c</p>", type="xhtml")
    with pytest.raises(SyntaxError):
        feed.atom_str()


def test_trap_16_namespaces_have_their_usual_prefixes(one: Callable[..., Build]) -> None:
    """Elements of extensions stand under the prefixes that every reader's author tested with."""
    data = data_of(one("image: https://x.example/a.png\nauthor: Ann\nupdated: 2024-02-03\nlang: de"), "rss.xml")
    assert {"atom": ATOM, "content": CONTENT, "dc": DC, "media": MEDIA} == {
        prefix: f"{{{name}}}" for prefix, name in tree(data).nsmap.items()
    }
    assert b":ns" not in data


def test_trap_17_characters_that_xml_cannot_carry_are_gone(one: Callable[..., Build]) -> None:
    """Control characters, surrogates and U+FFFE cost nothing but themselves; feedgen raises for them."""
    built = one(
        'author: "A\\x08nn"\ntags: ["x\\uFFFEy"]\ndescription: "d\\x0Be"', body="b\x00o\x0cd\uffffy &#x1; &#xFFFE; é"
    )
    found = rss(data_of(built, "rss.xml")).entries[0]
    assert ("Ann", "xy", "de") == (found.authors[0], found.categories[0], found.summary)
    assert "<p>body   é</p>" == found.html.replace("\ufffd", "")
    feed, added = plain()
    added.title("a\x00b")
    with pytest.raises(ValueError, match="XML compatible"):
        feed.rss_str()


def test_trap_17_line_ends_are_line_feeds(build: Callable[..., Build]) -> None:
    """CRLF becomes LF everywhere; feedgen writes ``&#13;``."""
    built = build({"a.md": b"---\r\ntitle: |\r\n  a\r\n  b\r\ndate: 2024-01-02\r\n---\r\none\r\ntwo\r\n"})
    for artifact in built.artifacts:
        assert b"\r" not in artifact.data
        assert b"&#13;" not in artifact.data
    feed, added = plain()
    added.content("a\r\nb", type="html")
    assert b"&#13;" in feed.atom_str()


def test_trap_18_lengths_are_numbers_and_one_enclosure_is_the_first(one: Callable[..., Build]) -> None:
    """RSS has the first enclosure, with length and type whatever the author left out; feedgen keeps the last."""
    built = one("enclosure: [https://x.example/a.mp3, {url: https://x.example/b.mp3, length: 7}]")
    assert [{"url": "https://x.example/a.mp3", "length": "0", "type": "audio/mpeg"}] == [
        dict(found.attrib) for found in item(built).findall("enclosure")
    ]
    assert ["a.mp3", "b.mp3"] == [
        link.get("href")[-5:] for link in entry(built).findall(f"{ATOM}link") if link.get("rel") == "enclosure"
    ]
    feed, added = plain()
    added.enclosure("https://x.example/a.mp3")
    with pytest.raises(TypeError):
        feed.rss_str()
    feed, added = plain()
    for name in "ab":
        added.enclosure(f"https://x.example/{name}.mp3", 7, "audio/mpeg")
    assert "https://x.example/b.mp3" == items(feed.rss_str())[0].find("enclosure").get("url")


def test_trap_19_comments_are_replies(one: Callable[..., Build]) -> None:
    """Atom leads to the comments by ``rel=replies``, which feedgen refuses."""
    built = one("comments: true")
    replies = [link for link in entry(built).findall(f"{ATOM}link") if link.get("rel") == "replies"]
    assert [("https://site.example/a/#comments", "text/html")] == [
        (link.get("href"), link.get("type")) for link in replies
    ]
    assert "https://site.example/a/#comments" == item(built).findtext("comments")
    _, added = plain()
    with pytest.raises(ValueError, match="rel"):
        added.link(href="https://site.example/a/#comments", rel="replies")


def test_trap_20_hubs_stand_beside_self(one: Callable[..., Build]) -> None:
    """RSS names its hubs next to its own address, of which there is one."""
    built = one(feeds=", hub: [https://hub.example/, https://hub.two.example/]")
    channel = tree(data_of(built, "rss.xml")).find("channel")
    links = [(link.get("rel"), link.get("href"), link.get("type")) for link in channel.findall(f"{ATOM}link")]
    assert {
        ("self", "https://site.example/rss.xml", "application/rss+xml"),
        ("hub", "https://hub.example/", None),
        ("hub", "https://hub.two.example/", None),
    } == set(links)
    assert 3 == len(links)
    feed, _ = plain()
    feed.link(href="https://site.example/rss.xml", rel="self")
    feed.link(href="https://hub.example/", rel="hub")
    assert 1 == len(tree(feed.rss_str()).findall(f"channel/{ATOM}link"))


def test_trap_21_a_summary_is_html_in_both(one: Callable[..., Build]) -> None:
    """``AT&T <c>`` reads as written where a reader takes it for HTML, as RSS has it and as Atom says it is."""
    built = one("description: AT&T <c> d")
    summary = entry(built).find(f"{ATOM}summary")
    assert ("AT&amp;T &lt;c&gt; d", "html") == (summary.text, summary.get("type"))
    assert "AT&amp;T &lt;c&gt; d" == item(built).findtext("description")
    feed, added = plain()
    added.summary("AT&T <c> d")
    assert "AT&T <c> d" == items(feed.rss_str())[0].findtext("description")


def test_trap_22_a_title_is_text_in_both(one: Callable[..., Build]) -> None:
    """``<`` and ``&`` in an RSS title are numeric references, which no reader and no validator takes for markup."""
    site = ", title: 'use <T> & R&D', description: 'use <T> & R&D'"
    built = one(title="use <T> & R&D", site=site)
    data = data_of(built, "rss.xml")
    assert 2 == data.count(b"<title>use &#x3C;T&gt; &#x26; R&#x26;D</title>")
    root = tree(data)
    assert ["use <T> & R&D"] * 3 == [
        root.findtext(f"channel/{name}") for name in ("title", "description", "item/title")
    ]
    root = tree(data_of(built, "atom.xml"))
    for path in (f"{ATOM}title", f"{ATOM}subtitle", f"{ATOM}entry/{ATOM}title"):
        assert ("use <T> & R&D", "text") == (root.findtext(path), root.find(path).get("type", "text"))
    feed, added = plain()
    added.title("use <T>")
    assert b"<title>use &lt;T&gt;</title>" in feed.rss_str()


def test_trap_23_an_entry_has_a_title(build: Callable[..., Build]) -> None:
    """A post without a title has its heading's or its file's; feedgen raises for an empty one."""
    built = build(
        {"some-name.md": "---\ntitle: ''\ndate: 2024-01-02\n---\n", "b.md": "---\ndate: 2024-01-02\n---\n# *H* & h\n"}
    )
    assert ["H & h", "some name"] == [found.findtext("title") for found in items(data_of(built, "rss.xml"))]
    feed = FeedGenerator()
    feed.id("x")
    feed.title("t")
    feed.link(href="https://site.example/")
    feed.add_entry().id("y")
    with pytest.raises(ValueError, match="Required fields"):
        feed.atom_str()


def test_trap_24_ids_are_unique_and_updates_no_earlier_than_publication(build: Callable[..., Build]) -> None:
    """Every item has a guid that is no link, no two alike; an update before the publication is not published."""
    posts = {
        "a.md": "---\ntitle: A\nid: urn:x:1\ndate: 2024-01-02\nupdated: 2023-01-01\n---\n",
        "b.md": "---\ntitle: B\nid: urn:x:1\ndate: 2024-01-03\n---\n",
        "c.md": "---\ntitle: C\ndate: 2024-01-04\n---\n",
    }
    built = build(posts)
    guids = [found.find("guid") for found in items(data_of(built, "rss.xml"))]
    assert [("https://site.example/c/", "false"), ("urn:x:1", "false")] == [
        (guid.text, guid.get("isPermaLink")) for guid in guids
    ]
    assert ["duplicate-id", "updated-before-published"] == sorted(found.code for found in built.problems)
    for found in items(data_of(built, "atom.xml")):
        moments = [datetime.fromisoformat(found.findtext(f"{ATOM}{name}")) for name in ("published", "updated")]
        assert moments == sorted(moments)
    feed, added = plain()
    added.guid("https://site.example/a/")
    added.published(datetime(2024, 1, 2, tzinfo=UTC))
    added.updated(datetime(2023, 1, 2, tzinfo=UTC))
    twin = feed.add_entry()
    twin.id("https://site.example/a/")
    twin.title("B")
    twin.link(href="https://site.example/b/")
    assert 2 == len(items(feed.atom_str()))


def test_trap_25_no_entry_names_a_source(one: Callable[..., Build]) -> None:
    """A post is its site's own, so no entry has the source element that feedgen writes without id and update."""
    assert b"<source" not in data_of(one(), "atom.xml") + data_of(one(), "rss.xml")


def test_trap_26_categories_are_never_empty_and_never_twice(one: Callable[..., Build]) -> None:
    """Empty and repeated categories are dropped, commas split, and none of them has a comma."""
    built = one("categories: ['', ' Tea ', tea, 'a, b']\ntags: ['TEA', c]")
    assert ["Tea", "a", "b", "c"] == [found.text for found in item(built).findall("category")]
    categories = entry(built).findall(f"{ATOM}category")
    assert (
        ["Tea", "a", "b", "c"]
        == [found.get("term") for found in categories]
        == [found.get("label") for found in categories]
    )
    assert ["https://site.example/categories/"] * 3 + ["https://site.example/tags/"] == [
        found.get("scheme") for found in categories
    ]
    feed, added = plain()
    added.category([{"term": "", "label": ""}])
    assert "" == items(feed.atom_str())[0].find(f"{ATOM}category").get("term")


def test_trap_27_ttl_is_the_channel_s(one: Callable[..., Build]) -> None:
    """Minutes stand in the channel; those of an entry feedgen forgets."""
    assert "60" == tree(data_of(one(feeds=", ttl: 60"), "rss.xml")).findtext("channel/ttl")
    feed, added = plain()
    added.ttl(60)  # it sets an attribute that nothing reads
    assert b"ttl" not in feed.rss_str()


def test_trap_28_a_channel_s_picture_is_not_lost(one: Callable[..., Build]) -> None:
    """A picture whose address has a query is in the channel as any other of its kind."""
    root = tree(data_of(one(site=", image: 'https://x.example/a.png?v=2'"), "rss.xml"))
    assert "https://x.example/a.png?v=2" == root.findtext("channel/image/url")


def test_trap_30_dates_are_english_and_the_locale_is_left_alone(one: Callable[..., Build]) -> None:
    """Days and months have their English names, and the process's locale is what it was."""
    before = locale.setlocale(locale.LC_ALL)
    built = one()
    assert before == locale.setlocale(locale.LC_ALL)
    assert "Tue, 02 Jan 2024 03:04:05 +0000" == item(built).findtext("pubDate")


def test_trap_31_a_description_is_atom_s_subtitle(one: Callable[..., Build]) -> None:
    """The site's description is in both, as text; what could be taken for markup is declared as escaped in Atom."""
    built = one(site=", description: Tea & talk")
    assert "Tea & talk" == tree(data_of(built, "rss.xml")).findtext("channel/description")
    assert "Tea & talk" == tree(data_of(built, "atom.xml")).findtext(f"{ATOM}subtitle")
    built = one(site=", description: Of & </b>")
    assert "Of & </b>" == tree(data_of(built, "rss.xml")).findtext("channel/description")
    subtitle = tree(data_of(built, "atom.xml")).find(f"{ATOM}subtitle")
    assert ("html", "Of &amp; &lt;/b&gt;") == (subtitle.get("type"), subtitle.text)


def test_trap_32_an_entry_says_its_language_where_it_is_another(one: Callable[..., Build]) -> None:
    """A post in another language has ``xml:lang``, one in the site's has none."""
    assert "zh-CN" == entry(one("lang: zh_cn")).get(LANG)
    assert entry(one("lang: en")).get(LANG) is None
    assert "en" == tree(data_of(one(), "atom.xml")).get(LANG)


def test_trap_33_a_feed_begins_with_its_root(one: Callable[..., Build]) -> None:
    """No processing instruction is asked for, which feedgen could not write: the declaration, then the root."""
    for name in ("rss.xml", "atom.xml"):
        assert 1 == data_of(one(), name).count(b"<?")


def test_trap_34_feeder_s_extension_hides_no_method(one: Callable[..., Build]) -> None:
    """An extension is kept under its own name, which feedgen lets overwrite a method."""
    from feeder import xmlextensions

    assert not hasattr(FeedGenerator, "feeder")
    feed, _ = plain()
    assert callable(feed.link)
    feed.register_extension("link", xmlextensions.FeedExtension, None)
    assert not callable(feed.link)
    assert 3 == len(one().artifacts)


def test_equal_updates_are_told_apart_where_they_can_be(build: Callable[..., Build]) -> None:
    """Atom entries of one moment have distinct texts for it, of which each is that very moment."""
    built = build({f"{number}.md": f"---\ntitle: P{number}\ndate: 2024-01-02\n---\n" for number in range(30)})
    updates = [found.findtext(f"{ATOM}updated") for found in items(data_of(built, "atom.xml"))]
    assert 20 == len(set(updates))
    assert {datetime(2024, 1, 2, tzinfo=UTC)} == {datetime.fromisoformat(text) for text in updates}
    assert all(abs(datetime.fromisoformat(text).utcoffset() or timedelta()) <= timedelta(hours=14) for text in updates)


def test_trap_35_dateutil_is_not_loaded() -> None:
    """feedgen loads dateutil, to read dates from text; it is given none, and everybody else has dateutil as it is."""
    code = (
        "import sys, feeder.xmlfeed; print(*(name for name in sys.modules if name.startswith('dateutil')))\n"
        "import dateutil.parser, dateutil.tz; print(dateutil.parser.parse('2024-01-31').day, dateutil.tz.gettz('UTC'))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ["", "31 tzfile('UTC')"] == [
        line.replace("/usr/share/zoneinfo/", "") for line in result.stdout.split("\n")[:2]
    ]
