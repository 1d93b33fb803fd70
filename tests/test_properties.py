"""What holds for any posts at all: valid feeds or a problem, never a crash; the same bytes wherever they are made."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from conftest import NOW, REPOSITORY, SITE
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from readback import ReadEntry, data_of, feedparser_feed, items, json_feed, read_all, tree

import feeder
from feeder.content import rendered
from feeder.flavors import FLAVORS
from feeder.html.htmltags import ATTRIBUTES, TAGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeder import Build

SCHEMA = json.loads((Path(__file__).parent / "fixtures" / "jsonfeed-1.1.schema.json").read_bytes())
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(quick, max_examples=20)

ANY_TEXT = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(
    ["use <T> & R&D", "&amp;amp;", "]]>", "<b>x</b>", "\x00", "\ud800", "\ufffe", "\u2028", "a\r\nb", " ", "<!--", "%s", "\uff1a\uff0c"]
)  # fmt: skip
PIECES = st.sampled_from(
    """<p>  </p>  <div>  </div>  <b>  </b>  <a href="#x">  <a href="../y?a=1&b=2">  </a>  <a name="x">  <h2 id="x">  </h2>
    <pre>  </pre>  <img src="a.png">  <img data-src=b.png>  <img srcset="a.png 1x,b.png 2x">  <img srcset="a.png 1..2x">
    <script>  </script>  <style>  </style>  <svg>  </svg>  <noscript>  </noscript>  <iframe src="https://x.example/f">
    </iframe>  <table>  <td>  </table>  <a href="javascript:alert(1)">  <img src=x onerror=alert(1)>  <p style="x">
    <blockquote cite="c.html">  <video poster=p.png>  <!-- -->  <!--more-->  <!--  -->  <![CDATA[  ]]>  <  >  &  "  '
    &lt;  &#x1;  &nbsp;  ```  ~~~  `x`  *a*  **b**  [a](b)  [c]:  ![d](e.png)  [^1]  [^1]: a  #  -  1.  | --- |  a | b  text
    中文  <form>  <input>  <object data=x>  </object>  <q cite="d">  <source srcset="s.png">  <plaintext>  <math>
    <textarea>  <title>  </title>  <img src="">  <h1>Head</h1>""".replace("\n", "  ").split("  ")
) | st.sampled_from(["\n\n", "\n", "\t", "    ", "\u00a0"])  # fmt: skip
SOUP = st.lists(PIECES, max_size=25).map(lambda pieces: " ".join(pieces).replace(" \n", "\n"))
URL_ATTRIBUTES = {"href", "src", "poster", "cite"}
DATES = st.sampled_from(
    ["2024-01-02", "2024-01-02T03:04:05+08:00", "Tue, 02 Jan 2024 03:04:05 -0500", "2025/12/31", "1990-01-01"]
)


def front_matter(fields: Mapping[str, object], body: str) -> bytes:
    """Return a post whose front matter is JSON in ASCII: it can hold any text, lone surrogates too."""
    return (json.dumps(fields, indent=1) + "\n" + body).encode("utf-8", "replace")


def built(posts: Mapping[str, bytes], config: str = "") -> Build:
    """Return a build of posts in a directory of their own, written in their order."""
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        (root / "posts").mkdir()
        for name, data in posts.items():
            (root / "posts" / name).write_bytes(data)
        if config:
            (root / "feeder.yml").write_text(config, "utf-8")
        found = feeder.build("posts", now=NOW, url=SITE, directory=root)
        return found._replace(
            problems=tuple(item._replace(path=item.path.replace(directory, ".")) for item in found.problems),
            published=(), left_out=(), feeds=(),
        )  # fmt: skip


def check_valid(found: Build) -> None:
    """Fail unless all three feeds are valid, and agree."""
    for name in ("rss.xml", "atom.xml"):
        etree.fromstring(data_of(found, name))
        feedparser_feed(data_of(found, name))
    jsonschema.validate(json.loads(data_of(found, "feed.json")), SCHEMA)
    for artifact in found.artifacts:
        assert artifact.data.endswith(b"\n")
        assert b"\r" not in artifact.data
    check_agreement(found)


def check_agreement(found: Build) -> None:
    """Fail unless RSS, Atom and JSON say the same of every entry."""
    feeds = {name: feed for name, feed in read_all(found).items() if "feedparser" not in name}
    (_, first), *others = feeds.items()
    for name, other in others:
        assert [_common(entry) for entry in first.entries] == [_common(entry) for entry in other.entries], name


def _common(entry: ReadEntry) -> tuple[object, ...]:
    """Return what all formats can say; where one has no summary, the standards let each say something else."""
    return (
        entry.id,
        entry.url,
        entry.title,
        entry.published,
        entry.updated,
        entry.categories,
        entry.authors,
        entry.image,
    )


# Any text


@quick
@given(
    fields=st.fixed_dictionaries(
        {
            "title": ANY_TEXT,
            "tags": st.lists(ANY_TEXT, max_size=3),
            "author": ANY_TEXT,
            "description": ANY_TEXT,
            "date": DATES,
        }
    ),
    body=ANY_TEXT,
)
def test_any_text_gives_valid_feeds(fields: dict[str, object], body: str) -> None:
    """Whatever characters a post is made of, it is published in three valid feeds that agree."""
    found = built({"a.md": front_matter(fields, body)})
    # An author such as "0@0" is no address; nothing else that is text is wrong.
    assert {item.code for item in found.problems} <= {"bad-email"}
    check_valid(found)
    assert 1 == len(items(data_of(found, "rss.xml")))


@quick
@given(field=st.sampled_from(["title", "date", "tags", "author", "image", "id", "url", "slug", "lang", "enclosure", "comments",
                              "updated", "summary", "draft", "expires", "thumbnail"]),
       value=ANY_TEXT | st.lists(ANY_TEXT, max_size=3) | st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=3)
       | st.dictionaries(st.sampled_from(["url", "name", "length", "type", "title", "email"]), ANY_TEXT, max_size=4)
       | st.integers() | st.none() | st.booleans() | st.floats())  # fmt: skip
def test_any_value_is_published_or_reported(field: str, value: object) -> None:
    """A field of any type and content gives valid feeds, with or without the post, and never a crash."""
    post = front_matter({"title": "T", "date": "2024-01-02", field: value}, "Text.")
    found = built({"a.md": post})
    check_valid(found)


@quick
@given(head=ANY_TEXT, value=ANY_TEXT, body=ANY_TEXT)
def test_any_yaml_is_published_or_reported(head: str, value: str, body: str) -> None:
    """A file of any text, YAML or not, gives valid feeds, and a problem where it gives no post."""
    text = f"---\ntitle: {value}\n{head}\ndate: 2024-01-02\n---\n{body}"
    found = built({"a.md": text.encode("utf-8", "surrogatepass")})
    check_valid(found)
    assert found.failed or json.loads(data_of(found, "feed.json"))["items"] or "draft" in head


@quick
@given(data=st.binary(max_size=200))
def test_any_bytes_are_published_or_reported(data: bytes) -> None:
    """A file of any bytes is one problem at most, never a crash."""
    found = built({"2024-01-02-a.md": data})
    check_valid(found)


@pytest.mark.parametrize(
    "name", [b"caf\xe9.md", b"\xff\xfe.md", b"a\nb.md", b"a\x01b.md", b"%2e%2e.md", b"a?b#c.md", b" .md"]
)
def test_any_file_name_is_published_or_reported(name: bytes, tmp_path: Path) -> None:
    """A file's name of any bytes, UTF-8 or not, gives valid feeds, and the post or a problem."""
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / os.fsdecode(name)).write_bytes(front_matter({"date": "2024-01-02"}, "Text."))
    found = feeder.build("posts", now=NOW, url=SITE, directory=tmp_path)
    check_valid(found)
    assert 1 == len(found.published) + len(found.problems)


@quick
@given(body=SOUP, path=st.sampled_from(["a.md", "a.html"]), flavor=st.sampled_from(sorted(FLAVORS)))
def test_any_soup_of_tags_gives_safe_html(body: str, path: str, flavor: str) -> None:
    """Of any HTML and Markdown of either flavour comes HTML of allowed elements and attributes, with absolute URLs and prefixed ids."""

    class Check(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in TAGS
            for name, value in attrs:
                assert name in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set())
                if name in URL_ATTRIBUTES:
                    assert str(value).startswith("https://"), (name, value)
                if name == "srcset":
                    assert all(part.startswith("https://") for part in str(value).split(", "))
                if name == "id":
                    assert str(value).startswith("p-")

    html = rendered(body, path, SITE + "a/", "p-", flavor).html
    parser = Check()
    parser.feed(html)
    parser.close()


@quick
@given(body=SOUP, flavor=st.sampled_from(sorted(FLAVORS)))
def test_any_soup_of_tags_gives_valid_feeds(body: str, flavor: str) -> None:
    """A post whose body is any HTML and Markdown is published in three valid feeds that agree."""
    posts = {"a.md": front_matter({"title": "T", "date": "2024-01-02"}, body)}
    found = built(posts, f"markdown: {{flavor: {flavor}}}")
    check_valid(found)
    entry = json_feed(data_of(found, "feed.json")).entries[0]
    assert entry.html == _html_of_atom(found)


def _html_of_atom(found: Build) -> str:
    return str(items(data_of(found, "atom.xml"))[0].findtext("{http://www.w3.org/2005/Atom}content", ""))


# The same bytes

TITLES = st.lists(
    st.tuples(ANY_TEXT, st.sampled_from(["2024-01-02", "2024-01-03", "2024-01-02T05:00:00+08:00"]), ANY_TEXT),
    min_size=2,
    max_size=6,
)


def some_posts(posts: Iterable[tuple[str, str, str]]) -> dict[str, bytes]:
    return {
        f"{number}.md": front_matter({"title": title, "date": date, "tags": [tag]}, f"Text {number}.")
        for number, (title, date, tag) in enumerate(posts)
    }


CATEGORY_FEEDS = "feeds: {categories: true, tags: true, limit: 3}\n"


@few
@given(posts=TITLES, data=st.data())
def test_the_order_of_files_is_irrelevant(posts: list[tuple[str, str, str]], data: st.DataObject) -> None:
    """Files that were made in another order give the same bytes, and so does a second build."""
    files = some_posts(posts)
    shuffled = {name: files[name] for name in data.draw(st.permutations(list(files)))}
    expected = built(files, CATEGORY_FEEDS)
    assert expected == built(shuffled, CATEGORY_FEEDS)
    assert expected == built(files, CATEGORY_FEEDS)


@few
@given(posts=TITLES, broken=ANY_TEXT)
def test_a_broken_post_changes_no_other(posts: list[tuple[str, str, str]], broken: str) -> None:
    """A post that cannot be published is reported, and every feed is what it were without it."""
    files = some_posts(posts)
    expected = built(files, CATEGORY_FEEDS)
    for text in (f"---\ntitle: {json.dumps(broken)}\ndate: never\n---\n{broken}", f"---\ntitle: [\n{broken}"):
        found = built({**files, "00.md": text.encode("utf-8", "replace")}, CATEGORY_FEEDS)
        assert expected.artifacts == found.artifacts
        assert expected.failed + 1 == found.failed
        assert any(item.path.endswith("/00.md") for item in found.problems)


@few
@given(posts=TITLES)
def test_an_entry_is_the_same_in_every_feed(posts: list[tuple[str, str, str]]) -> None:
    """An entry of the site's feed and of its tag's feed is the same, character by character, but for how Atom writes its time."""
    found = built(some_posts(posts), "feeds: {tags: true}\n")
    by_id: dict[str, set[bytes]] = {}
    for artifact in found.artifacts:
        if artifact.path.endswith("rss.xml"):
            for item in items(artifact.data):
                by_id.setdefault(item.findtext("guid"), set()).add(etree.tostring(item, with_tail=False))
    assert len(posts) == len(by_id)
    assert {1} == {len(forms) for forms in by_id.values()}


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Asia/Shanghai"},
        {"TZ": "America/St_Johns", "LC_ALL": "C"},
        {"LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "0"},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242", "TZ": "UTC"},
    ],
    ids=lambda environment: " ".join(f"{name}={value}" for name, value in environment.items()),
)
def test_the_machine_changes_no_byte(environment: dict[str, str], tmp_path: Path) -> None:
    """Time zone, locale, hash seed and directory leave no trace in a feed."""
    for name in "ab":
        shutil.copytree(REPOSITORY / "posts", tmp_path / name / "posts")
    script = (
        "import sys, feeder, datetime as d\n"
        "built = feeder.build('posts', now=d.datetime(2026, 6, 1, tzinfo=d.UTC), url='https://site.example/')\n"
        "assert built.published\n"
        "sys.stdout.buffer.write(b''.join(a.path.encode() + a.data for a in built.artifacts))\n"
    )
    plain = {
        name: value for name, value in os.environ.items() if name not in {"TZ", "LC_ALL", "LANG", "PYTHONHASHSEED"}
    }
    outputs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**plain, **extra},
            cwd=tmp_path / name,
            capture_output=True,
            check=True,
        ).stdout
        for extra, name in (({}, "a"), (environment, "b"))
    ]
    assert outputs[0] == outputs[1]
    assert tree(outputs[0].partition(b"rss.xml")[2].partition(b"</rss>")[0] + b"</rss>").tag == "rss"
