"""feeder/render.py: an entry has its text, its summary, its pictures and files with what is known of them."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from readback import data_of

from feeder.content import MAX_BODY

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder import Build


def picture(size: tuple[int, int] = (20, 10), kind: str = "PNG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind)
    return stream.getvalue()


def post(body: str = "Text.", **fields: object) -> str:
    """Return a post's file: its fields as JSON, which YAML is, and its body."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in {"title": "T", **fields}.items()]
    return f"---\n{''.join(lines)}date: 2024-01-02\n---\n{body}"


def item_of(build: Build, number: int = 0) -> dict[str, Any]:
    """Return an item of the JSON feed."""
    found: dict[str, Any] = json.loads(data_of(build, "feed.json"))["items"][number]
    return found


def media_of(build: Build) -> list[dict[str, str]]:
    """Return the attributes of the RSS item's media elements: content, then thumbnail."""
    text = data_of(build, "rss.xml").decode()
    return [dict(re.findall(r'(\w+)="([^"]*)"', found)) for found in re.findall(r"<media:(?:\w+) ([^>]*)/>", text)]


def codes(build: Build) -> list[str]:
    return [problem.code for problem in build.problems]


# Summary


@pytest.mark.parametrize(
    ("fields", "body", "expected"),
    [
        ({"description": "From & for <T>"}, "one\n\n<!-- more -->\n\ntwo", "From & for <T>"),
        ({"summary": "  By *the*\n author "}, "one", "By *the* author"),
        ({"excerpt": "E"}, "one", "E"),
        ({"description": ""}, "one\n\n<!-- more -->\n\ntwo", "one"),
        ({}, "one\n\n<!-- more -->\n\ntwo", "one"),
        ({}, "one\n\ntwo", "one two"),
        ({"description": "a <b>bold</b> word &amp; more"}, "", "a bold word & more"),
    ],
)
def test_a_summary_is_the_first_that_there_is(
    fields: dict[str, str], body: str, expected: str, build: Callable[..., Build]
) -> None:
    """The author's own words, else what comes before ``<!-- more -->``, else the first paragraphs."""
    assert expected == item_of(build({"a.md": post(body, **fields)}))["summary"]


def test_a_summary_of_the_author_is_no_book(build: Callable[..., Build]) -> None:
    """A description that is as long as a text is cut at a word."""
    summary = item_of(build({"a.md": post(description="word " * 2000)}))["summary"]
    assert len(summary) <= 2000
    assert summary.endswith("word…")


def test_a_summary_feed_has_no_full_text(build: Callable[..., Build]) -> None:
    """With ``content: summary`` the body stays at home, and the summary and the pictures come from it still."""
    body = "First.\n\n![x](https://x.example/a.jpg)\n\n## Secret"
    result = build({"a.md": post(body)}, "feeds: {content: summary}\nsite: {url: https://site.example/}\n")
    assert all(b"Secret" not in artifact.data for artifact in result.artifacts)
    item = item_of(result)
    assert ("First.", "https://x.example/a.jpg") == (item["summary"], item["image"])
    assert "First." == item["content_text"]


def test_a_logo_is_no_picture_of_a_post_that_has_another(build: Callable[..., Build]) -> None:
    """Readers show no SVG, so it stands for a post only where nothing else does."""
    logo, photo = "![l](https://x.example/l.svg?a)", "![p](https://x.example/p.jpg)"
    images = [item_of(build({"a.md": post(body)}))["image"] for body in (f"{logo}\n\n{photo}", logo)]
    assert ["https://x.example/p.jpg", "https://x.example/l.svg?a"] == images


# Too much


def test_a_body_beyond_a_million_characters_is_summed_up(build: Callable[..., Build]) -> None:
    """What readers would refuse is published as its summary, with a warning."""
    result = build({"a.md": post("word " * (MAX_BODY // 5 + 1))})
    assert ["body-too-large"] == codes(result)
    item = item_of(result)
    assert "content_html" not in item
    assert item["summary"].startswith("word word")
    assert max(len(artifact.data) for artifact in result.artifacts) < 10_000


def test_a_body_of_which_only_a_part_is_read_is_no_whole(build: Callable[..., Build]) -> None:
    """The first million characters of what holds tags are no body to publish either."""
    words = "word " * (MAX_BODY // 5 + 1)
    result = build({"a.md": post(f"{{{{< ref x >}}}}\n\n{words}")}, "site: {url: https://site.example/, dialect: hugo}")
    assert "body-too-large" in codes(result)
    assert "content_html" not in item_of(result)


def test_the_data_of_scripts_makes_no_body_too_large(build: Callable[..., Build]) -> None:
    """A map or a plot brings its data along, which readers never see."""
    data = '<script type="application/json">{"a": "%s"}\n</SCRIPT >' % ("x" * MAX_BODY)
    result = build({"a.md": post(f"One.\n\n{data}\n\n<script>b</script>\n\nTwo. <script>\n\nThree.")})
    assert [] == codes(result)
    html = item_of(result)["content_html"]
    assert ["One.", "Two.", "Three."] == re.findall(r"\w+\.", html)
    assert "xxx" not in html


def test_a_body_that_is_too_deep_is_published_without_text(build: Callable[..., Build]) -> None:
    """A body that cannot be rendered costs the post its text and no more; the posts around it have all of theirs."""
    posts = {f"b{levels}.md": post(_nested(levels)) for levels in range(300, 306)}
    result = build({"a.md": post("one\n\ntwo"), **posts, "c.md": post("three\n\nfour\n\n- five")})
    assert [("body-too-deep", name) for name in posts] == [(item.code, item.path[-7:]) for item in result.problems]
    assert 8 == len(result.published)
    assert "<p>one</p>\n<p>two</p>" == item_of(result, 0)["content_html"]
    assert "<p>three</p>\n<p>four</p>\n<ul>\n<li>five</li>\n</ul>" == item_of(result, 7)["content_html"]


def _nested(levels: int) -> str:
    return "".join(f"{' ' * 4 * level}- item\n" for level in range(levels))


# Pictures


@pytest.mark.parametrize(
    ("fields", "body", "image", "thumbnail"),
    [
        ({"image": "https://x.example/i.png"}, "", "i.png", "i.png"),
        ({"thumbnail": "https://x.example/t.png"}, "", "t.png", "t.png"),
        ({"image": "https://x.example/i.png", "thumb": "https://x.example/t.png"}, "", "i.png", "t.png"),
        ({"image": "https://x.example/i.png"}, "![b](https://x.example/b.png)", "i.png", "i.png"),
        ({}, "![b](https://x.example/b.png) ![c](https://x.example/c.png)", "b.png", "b.png"),
        ({}, "<img src='https://x.example/pixel.gif'> ![c](https://x.example/c.png)", "c.png", "c.png"),
        ({}, "<img src='data:image/png;base64,iVBOR'> ![c](https://x.example/c.png)", "c.png", "c.png"),
        ({}, "<img src='https://x.example/b.png' width=1 height=1>\n![c](https://x.example/c.png)", "c.png", "c.png"),
        ({}, "no picture", "site.png", "site.png"),
        ({"headimg": ""}, "no picture", "site.png", "site.png"),
    ],
)
def test_a_picture_is_the_best_that_there_is(
    fields: dict[str, str], body: str, image: str, thumbnail: str, build: Callable[..., Build]
) -> None:
    """Picture and thumbnail stand in for one another, then the first real one of the body, then the site's."""
    config = "site: {url: https://site.example/, image: https://x.example/site.png}\n"
    result = build({"a.md": post(body, **fields)}, config)
    assert () == result.problems
    expected = [f"https://x.example/{name}" for name in (image, thumbnail)]
    assert expected == [found["url"] for found in media_of(result)]
    assert expected[0] == item_of(result)["image"]


def test_a_local_picture_is_looked_at(build: Callable[..., Build], write: Callable[..., object]) -> None:
    """A picture beside the post has its type by content, its pixels and its bytes."""
    data = picture((40, 30), "JPEG")
    write("posts/in/a.png", data)
    result = build({"in/a.md": post(image="a.png")})
    assert () == result.problems
    content, thumbnail = media_of(result)
    assert {
        "url": "https://site.example/in/a/a.png",
        "type": "image/jpeg",
        "medium": "image",
        "width": "40",
        "height": "30",
        "fileSize": str(len(data)),
    } == content
    assert {"url": "https://site.example/in/a/a.png", "width": "40", "height": "30"} == thumbnail


def test_a_picture_in_the_assets_has_the_address_of_the_site(
    build: Callable[..., Build], write: Callable[..., object]
) -> None:
    """A file of ``site.assets`` stands at the site's root, whichever way the post names it."""
    write("static/img/ä b.png", picture())
    for name in ("/img/ä b.png", "img/ä b.png"):
        result = build({"in/a.md": post(image=name)})
        assert () == result.problems
        assert "https://site.example/img/%C3%A4%20b.png" == media_of(result)[0]["url"]


def test_a_picture_of_the_body_is_looked_at_where_it_is_local(
    build: Callable[..., Build], write: Callable[..., object]
) -> None:
    """The picture that a body shows has its size too, and one that is not there is told in its place."""
    write("posts/a/b c.png", picture())
    result = build({"a/index.md": post("![x](<b c.png>)\n![y](missing.png)")})
    assert [("body-picture-missing", 6, 6)] == [(item.code, item.line, item.column) for item in result.problems]
    assert ["20", "10"] == [media_of(result)[0].get(name) for name in ("width", "height")]
    assert "https://site.example/a/b%20c.png" == media_of(result)[0]["url"]


@pytest.mark.parametrize(
    ("data", "code"),
    [(None, "picture-missing"), (b"<html>", "picture-unreadable"), (picture()[:20], "picture-unreadable")],
)
def test_a_picture_that_cannot_be_looked_at_is_reported_and_published(
    data: bytes | None, code: str, build: Callable[..., Build], write: Callable[..., object]
) -> None:
    """A missing or broken picture is a warning at its place; the URL is published with what the name says."""
    if data is not None:
        write("posts/p.png", data)
    result = build({"a.md": post(image="p.png")})
    assert [(code, 3)] == [(item.code, item.line) for item in result.problems]
    assert {"url": "https://site.example/a/p.png", "type": "image/png", "medium": "image"} == media_of(result)[0]


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "data:image/png;base64,iVBOR", "../../etc/passwd", "file:///x"]
)
def test_a_picture_that_must_not_be_is_never_published(value: str, build: Callable[..., Build]) -> None:
    """What is no web address and no path inside is an error at its place, and in no feed."""
    result = build({"a.md": post(image=value)})
    assert [3] == [item.line for item in result.problems]
    assert [] == media_of(result)
    for artifact in result.artifacts:
        assert b"passwd" not in artifact.data
        assert b"iVBOR" not in artifact.data


# Enclosures


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://x.example/a.mp3", {"url": "https://x.example/a.mp3", "mime_type": "audio/mpeg"}),
        (
            {"url": "https://x.example/a", "length": 12, "type": "audio/mp3", "title": "Ep & 1"},
            {"url": "https://x.example/a", "mime_type": "audio/mpeg", "title": "Ep & 1", "size_in_bytes": 12},
        ),
        ("https://x.example/a", {"url": "https://x.example/a", "mime_type": "application/octet-stream"}),
        ("a.mp3", {"url": "https://site.example/a/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 7}),
        ("/b.pdf", {"url": "https://site.example/b.pdf", "mime_type": "application/pdf", "size_in_bytes": 3}),
    ],
)
def test_an_enclosure_has_length_and_type(
    value: object, expected: dict[str, object], build: Callable[..., Build], write: Callable[..., object]
) -> None:
    """Length and type are the author's or, for local files, the file's; a length that nobody knows is left out."""
    write("posts/a.mp3", b"1234567")
    write("static/b.pdf", b"123")
    result = build({"a.md": post(enclosure=value)})
    assert () == result.problems
    assert [expected] == item_of(result)["attachments"]


def test_an_enclosure_that_is_not_there_is_reported(build: Callable[..., Build]) -> None:
    """A local file without a length is a warning, and published with none."""
    result = build({"a.md": post(enclosure="a.mp3")})
    assert ["enclosure-missing"] == codes(result)
    assert 'length="0" type="audio/mpeg"' in data_of(result, "rss.xml").decode()


def test_a_name_is_a_category_or_a_tag_once(build: Callable[..., Build]) -> None:
    """A category that is a tag too, in other case, stands in the feed as the category."""
    result = build({"a.md": post(tags=["music", "Tea", "tea"], categories=["Music"])})
    assert ["Music", "Tea"] == item_of(result)["tags"]
