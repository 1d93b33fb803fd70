"""The feeds in the hands of strangers: xmllint, feedparser, newsboat and sfeed see what the posts say, once."""

from __future__ import annotations

import sqlite3
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from conftest import needs
from readback import ReadEntry, data_of, read_all

import feeder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feeder import Build

POSTS: dict[str, str | bytes] = {
    "plain.md": "---\ntitle: Plain\ndate: 2024-01-01\n---\nJust a line.\n",
    "2024/markup.md": """---
title: use <T> & R&D
date: 2024-01-02T03:04:05+08:00
updated: 2024-02-03T04:05:06Z
author: [Ann <ann@x.example>, Bob]
categories: [Tea & talk, C++]
tags: [a, b]
description: About <T> & R&D
image: https://x.example/a.png
enclosure: {url: https://x.example/a.mp3, length: 7}
comments: true
---
A *body* with `<T> & R&D`, a [link](b.html), a note[^1].

[^1]: The note.
""",
    "zh.md": "\n---\ntitle: 茶马古道\ndate: Wed, 03 Jan 2024 10:00:00 +0800\ncategories: [' 茶']\nlang: zh-CN\n---\n古老的商路。\n",
    "page.html": "---\ntitle: A page\ndate: 2024-01-04\n---\n<div><p>One</p><iframe src='https://x.example/f'></iframe></div>\n",
    "windows.md": b"---\r\ntitle: Windows\r\ndate: 2024-01-05\r\n---\r\n```\r\n\ta\r\n\r\n\tb\r\n```\r\n",
    "empty.md": "---\ntitle: Empty\ndate: 2024-01-06\n---\n",
    "emoji.md": "---\ntitle: '\U0001f469\u200d\U0001f4bb & co'\ndate: 2024-01-07\n---\n]]> &amp;amp; \U0001f600\n",
    "id.md": "---\ntitle: An id\nid: urn:uuid:8b4f9b5e-3c2f-4a63-9d52-0f6c1ad2f0a1\nurl: https://other.example/x?a=1&b=2\ndate: 2024-01-08\n---\nx\n",
    "draft.md": "---\ntitle: Draft\ndraft: true\ndate: 2024-01-09\n---\nx\n",
}
CONFIG = "site: {url: https://site.example/, title: use <T> & R&D, description: About it & more}\nfeeds: {hub: https://hub.example/}\n"
COUNT = len(POSTS) - 1
TITLES = [
    "An id",
    "\U0001f469\u200d\U0001f4bb & co",
    "Empty",
    "Windows",
    "A page",
    "茶马古道",
    "use <T> & R&D",
    "Plain",
]
MARKUP = ReadEntry(
    id="https://site.example/2024/markup/",
    url="https://site.example/2024/markup/",
    title="use <T> & R&D",
    published=datetime(2024, 1, 1, 19, 4, 5, tzinfo=UTC),
    updated=datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC),
    summary="About <T> & R&D",
    html="",
    categories=("Tea & talk", "C++", "a", "b"),
    authors=("Ann", "Bob"),
    enclosures=(("https://x.example/a.mp3", "audio/mpeg", 7),),
    image="https://x.example/a.png",
    comments="https://site.example/2024/markup/#comments",
)


@pytest.fixture
def site(build: Callable[..., Build]) -> Build:
    """Return a small site that has a post of every shape."""
    built = build(POSTS, CONFIG)
    assert () == built.problems
    return built


@pytest.fixture
def public(site: Build, tmp_path: Path) -> Path:
    """Return the directory that the site was written to."""
    feeder.write(site.artifacts, tmp_path / "public")
    return tmp_path / "public"


def run(*command: str | Path, given: bytes = b"", home: Path | None = None) -> bytes:
    """Return what a program prints; it must be content."""
    environment = {"PATH": "/usr/bin:/bin:/usr/local/bin", "LC_ALL": "C.UTF-8", "HOME": str(home or "/nonexistent")}
    done = subprocess.run(command, input=given, capture_output=True, check=False, timeout=60, env=environment)
    assert (0, b"") == (done.returncode, done.stderr), done.stdout
    return done.stdout


def test_every_reader_sees_what_the_posts_say(site: Build) -> None:
    """Ids, titles, dates, people, categories, files and pictures are the same for each reader of each format."""
    for name, found in read_all(site).items():
        assert ("use <T> & R&D", "About it & more") == (found.title, found.description), name
        assert TITLES == [entry.title for entry in found.entries], name
        entry = next(entry for entry in found.entries if entry.id == MARKUP.id)
        assert "<code>&lt;T&gt; &amp; R&amp;D</code>" in entry.html, name
        expected = MARKUP
        if name.startswith("JSON"):
            expected = replace(expected, comments="")
        if name == "RSS by feedparser_feed":
            # feedparser knows one dc:creator per item and takes only its name; those of Atom it has all.
            assert "Ann" in entry.authors[0]
            entry = replace(entry, authors=expected.authors)
        assert expected == replace(entry, html=""), name


def test_xmllint_finds_the_xml_well_formed(public: Path) -> None:
    """RSS and Atom are well-formed for a parser that mends nothing."""
    files = sorted(public.rglob("*.xml"))
    assert ["atom.xml", "rss.xml"] == [path.name for path in files]
    assert b"" == run(needs("xmllint"), "--noout", "--pedantic", *files)


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_newsboat_shows_every_post_once(name: str, public: Path, tmp_path: Path) -> None:
    """newsboat has title, link, author, date, file and text of each post; reading again shows nothing new."""
    program = needs("newsboat")
    home = tmp_path / "home"
    home.mkdir()
    (home / "config").touch()
    (home / "urls").write_text(f"file://{public / name}\n")
    command: list[str | Path] = [
        program,
        "-C",
        home / "config",
        "-u",
        home / "urls",
        "-c",
        home / "cache.db",
        "-x",
        "reload",
    ]
    seen = []
    for _ in range(2):
        run(*command, home=home)
        with sqlite3.connect(home / "cache.db") as cache:
            columns = "id, guid, title, author, url, pubDate, enclosure_url, enclosure_type, content"
            seen.append(cache.execute(f"select {columns} from rss_item order by pubDate desc, id").fetchall())
            assert [("use <T> & R&D", "https://site.example/")] == cache.execute(
                "select title, url from rss_feed"
            ).fetchall()
        cache.close()
    assert COUNT == len(seen[0])
    assert seen[0] == seen[1]
    assert TITLES == [row[2] for row in seen[0]]
    _, guid, title, author, url, published, enclosure, media_type, content = seen[0][6]
    assert (MARKUP.id, MARKUP.title, MARKUP.url) == (guid, title, url)
    # Of several dc:creator newsboat keeps the last; of Atom's authors it has all.
    assert ("Bob" if name == "rss.xml" else "Ann, Bob") == author
    assert int(MARKUP.published.timestamp()) == published
    assert ("https://x.example/a.mp3", "audio/mpeg") == (enclosure, media_type)
    assert "<code>&lt;T&gt; &amp; R&amp;D</code>" in content
    assert "urn:uuid:8b4f9b5e-3c2f-4a63-9d52-0f6c1ad2f0a1" == seen[0][0][1]
    assert "https://other.example/x?a=1&b=2" == seen[0][0][4]


def test_newsboat_keeps_its_items_when_one_is_edited(public: Path, tmp_path: Path, build: Callable[..., Build]) -> None:
    """An edited post and a new one: the reader has one item more, and it is the new one."""
    program = needs("newsboat")
    (tmp_path / "config").touch()
    (tmp_path / "urls").write_text(f"file://{public / 'rss.xml'}\n")
    command: list[str | Path] = [
        program,
        "-C",
        tmp_path / "config",
        "-u",
        tmp_path / "urls",
        "-c",
        tmp_path / "cache.db",
        "-x",
        "reload",
    ]
    run(*command, home=tmp_path)
    edited = "---\ntitle: Plain, edited\ndate: 2024-01-01\nupdated: 2024-03-01\n---\nJust another line.\n"
    new = "---\ntitle: New\ndate: 2024-04-01\n---\nx\n"
    feeder.write(build({"plain.md": edited, "new.md": new}, CONFIG).artifacts, public)
    run(*command, home=tmp_path)
    cache = sqlite3.connect(tmp_path / "cache.db")
    assert [(COUNT + 1,)] == cache.execute("select count(*) from rss_item").fetchall()
    cache.close()


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_sfeed_reads_every_field(name: str, site: Build) -> None:
    """sfeed has date, title, link, text, id, author, file and categories of each post, the same at each reading."""
    data = data_of(site, name)
    lines = run(needs("sfeed"), given=data)
    assert lines == run(needs("sfeed"), given=data)
    rows = [line.split("\t") for line in lines.decode().splitlines()]
    assert TITLES == [row[1] for row in rows]
    published, title, link, content, kind, identity, author, enclosure, categories = rows[6]
    assert (str(int(MARKUP.published.timestamp())), MARKUP.title, MARKUP.url) == (published, title, link)
    assert ("html", MARKUP.id, "Ann") == (kind, identity, author)
    assert ("https://x.example/a.mp3", "Tea & talk|C++|a|b") == (enclosure, categories)
    assert "<code>&lt;T&gt; &amp; R&amp;D</code>" in content
    windows = rows[3]
    assert r"<pre><code>\ta\n\n\tb\n</code></pre>" in windows[3]


def test_rss_and_atom_are_the_same_for_sfeed(site: Build) -> None:
    """Whoever changes from one format to the other sees nothing twice: dates, titles, links and ids are equal."""
    needs("sfeed")
    found = [
        [
            line.split("\t")[:3] + line.split("\t")[5:]
            for line in run("sfeed", given=data_of(site, name)).decode().splitlines()
        ]
        for name in ("rss.xml", "atom.xml")
    ]
    assert COUNT == len(found[0])
    assert found[0] == found[1]
