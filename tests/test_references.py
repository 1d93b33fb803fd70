"""feeder/fields/references.py: pictures and enclosures as references, and no path that leaves its roots."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeder.dialects.plain import DIALECT
from feeder.fields.lookup import Fields
from feeder.fields.references import Roots, enclosures, picture
from feeder.frontmatter import draft_from_source
from feeder.model import Draft, Reference, Source
from feeder.nodes import Scalar
from feeder.problems import START, Mark

SITE = "https://x.example/blog/"
ROOTS = Roots(SITE, "/w/posts", ("/w/static", "/w/themes/a/static"))


def look(front_matter: str, path: str = "p.md") -> Fields:
    """Return the fields of a front matter, whose first line is the file's second."""
    draft = draft_from_source(Source(path=path, shown=path, text=f"---\n{front_matter}\n---\n"))
    assert draft is not None
    return Fields(draft, DIALECT)


def faults(fields: Fields) -> list[tuple[str, int, int]]:
    """Return what is wrong, with its place."""
    return [(item.code, item.line, item.column) for item in fields.problems]


@pytest.mark.parametrize(
    ("url", "local", "given_image", "path"),
    [
        ("https://c.example/a.png", "", "https://c.example/a.png", "p.md"),
        ("https://c.example/%C3%A4%20b.png", "", "HTTPS://c.example:443/ä b.png", "p.md"),
        ("https://c.example/a.png", "", "//c.example/a.png", "p.md"),
        (SITE + "p/a.png", "a.png", "a.png", "p.md"),
        (SITE + "p/a.png", "./a.png", "./a.png", "p.md"),
        (SITE + "p/img/a%20b.png", "img/a b.png", "img/a b.png", "p.md"),
        (SITE + "p/img/a%20b.png", "img/a b.png", "img/a%20b.png", "p.md"),
        (SITE + "p/a.png?v=1", "a.png", "a.png?v=1", "p.md"),
        (SITE + "d/p/a.png", "a.png", "a.png", "d/p.md"),
        (SITE + "d/a.png", "../a.png", "../a.png", "d/p.md"),
        (SITE + "img/a.png", "/img/a.png", "/img/a.png", "d/p.md"),
        (SITE + "img/a.png", "/img/a.png", "/blog/img/a.png", "p.md"),
        (SITE + "blogger/a.png", "/blogger/a.png", "/blogger/a.png", "p.md"),
        (SITE + "a.png", "/a.png", "../static/a.png", "p.md"),
        (SITE + "img/a%20%C3%A4.png", "/img/a ä.png", "../static/img/a ä.png", "p.md"),
        (SITE + "img/100%25.png", "/img/100%.png", "../static/img/100%25.png", "p.md"),
        (SITE + "a.png", "/a.png", "../static/img/../a.png", "p.md"),
        (SITE + "a.png", "/a.png", "../../static/a.png", "d/p.md"),
        (SITE + "a.png", "/a.png", "../themes/a/static/a.png", "p.md"),
    ],
)
def test_a_picture(url: str, local: str, given_image: str, path: str) -> None:
    """A picture has an absolute URL, and a path to look for: beside the post, at the site's root, or in the assets."""
    fields = look(f"image: {given_image}", path)
    post_url = SITE + path.removesuffix(".md") + "/"
    assert Reference(url=url, local=local, mark=Mark(2, 8), type="image/png") == picture(
        fields, "image", post_url, ROOTS
    )
    assert [] == fields.problems


@pytest.mark.parametrize(
    ("url", "local", "given_image"),
    [(SITE + "y/post/a.png", "a.png", "a.png"), (SITE + "y/post/img/a%20b.png", "img/a b.png", "/blog/y/post/img/a b.png"),
     (SITE + "y/postal/a.png", "/y/postal/a.png", "/blog/y/postal/a.png"), (SITE + "a.png", "/a.png", "../../a.png"),
     (SITE + "x/a.png?v=1", "/x/a.png", "../../x/a.png?v=1"), (SITE + "y/a.png", "../a.png", "../a.png"),
     ("https://x.example/a.png", "", "../../../a.png")],
)  # fmt: skip
def test_a_picture_of_a_bundle(url: str, local: str, given_image: str) -> None:
    """What a bundle's own address leads to is a part of it, and what a path out of it leads to is what a browser would find."""
    fields = look(f"image: {given_image}", "d/index.md")
    found = picture(fields, "image", SITE + "y/post/", ROOTS._replace(beside="bundle"))
    assert found is not None
    assert (url, local) == (found.url, found.local)
    assert [] == fields.problems


@pytest.mark.parametrize(
    "given_image",
    ["../../etc/passwd", "../etc/passwd", "../../../../../etc/passwd", "a/../../b.png", "../static2/a.png", "../static/../etc/passwd",
     "../static", "..", "..%2f..%2fetc/passwd", "'%2e%2e/a.png'", "/../etc/passwd", "/a/../../etc/passwd", "/blog/../../etc/passwd", "'%00.png'",
     "..\\..\\etc\\passwd"],
)  # fmt: skip
def test_a_path_that_leaves_its_roots(given_image: str) -> None:
    """A path that climbs out of the posts and the assets is reported, however it is written, and nothing comes of it."""
    fields = look(f"image: {given_image}\nenclosure: {given_image}")
    assert picture(fields, "image", SITE + "p/", ROOTS) is None
    assert () == enclosures(fields, SITE + "p/", ROOTS)
    assert [("outside", 2, 8), ("outside", 3, 12)] == faults(fields)


@given(
    st.lists(st.sampled_from(("..", ".", "a", "static", "%2e%2e", "%2F", "\\", "", "posts", "w")), max_size=8).map(
        "/".join
    )
)
@example("..\\..\\etc\\passwd")
@example("..%2F..%2F../%2e%2e/etc/passwd")
@pytest.mark.parametrize("beside", ["neighbour", "bundle"])
def test_no_path_leaves_its_roots(beside: str, path: str) -> None:
    """Whatever a path is made of, what is looked for lies below the posts or the assets."""
    draft = Draft(path="d/p.md", shown="p.md", fields={"image": Scalar(text=path, mark=START)}, body="")
    found = picture(Fields(draft, DIALECT), "image", SITE + "d/p/", ROOTS._replace(beside=beside))
    if found and found.local:
        depth = 0 if found.local.startswith("/") else 1
        for segment in found.local.replace("\\", "/").split("/"):
            depth += {"..": -1, ".": 0, "": 0}.get(segment, 1)
            assert depth >= 0


@pytest.mark.parametrize(
    "given_image",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", '"java\\tscript:alert(1)"', "data:image/png;base64,AAAA", "vbscript:x", "file:///etc/passwd",
     "https://", "https://x.example:port/a.png", "mailto:a@b.example", "C:\\a.png"],
)  # fmt: skip
def test_a_url_that_no_reader_may_open(given_image: str) -> None:
    """A URL that is not http or https is reported, and the next picture the front matter has is taken."""
    fields = look(f"image: {given_image}\ncover: c.png")
    found = picture(fields, "image", SITE + "p/", ROOTS)
    assert found is not None
    assert (SITE + "p/c.png", Mark(3, 8)) == (found.url, found.mark)
    assert [("bad-url", 2, 8)] == faults(fields)


@pytest.mark.parametrize(
    ("expected", "front_matter"),
    [
        ("a.png", "image: [a.png, b.png]"), ("a.png", "image: {url: a.png, alt: x}"), ("a.png", "image: {alt: x, SRC: a.png}"),
        ("a.png", "image: {path: a.png}"), ("a.png", "cover: {image: a.png, relative: true}"), ("a.png", "image: [{file: a.png}]"),
        ("a.png", "image: []\nbanner: a.png"), ("a.png", "image: ['', a.png]"), ("a.png", "image: ''\nheadimg: a.png"),
        ("a.png", "cover: b.png\nimage: a.png"), ("a.png", "og_image: b.png\nfeatured_image: a.png"), (None, "image: ''"),
        (None, "image: ~"), (None, "image: []"), (None, "title: x"), (None, "image: false"), (None, "image: undefined"),
        (None, "image: {caption: x, focal_point: '', preview_only: true}"),
    ],
)  # fmt: skip
def test_shapes_of_a_picture(expected: str | None, front_matter: str) -> None:
    """A picture is a URL, a table with one, or a list, whose first counts; what is empty or `false` is none."""
    fields = look(front_matter)
    found = picture(fields, "image", SITE, ROOTS)
    assert expected == (found and found.local)
    assert [] == fields.problems


@pytest.mark.parametrize(
    "front_matter", ["image: {alt: x}", "image: {url: [a.png]}", "image: [[a.png]]", "image: {url: {a: b}}"]
)
def test_what_is_no_picture(front_matter: str) -> None:
    """A table without a URL and a list in a list are reported."""
    fields = look(front_matter)
    assert picture(fields, "image", SITE, ROOTS) is None
    assert ["wrong-type"] == [item.code for item in fields.problems]


@pytest.mark.parametrize(
    ("expected", "front_matter"),
    [
        ([("a.mp3", None, "audio/mpeg", "")], "enclosure: a.mp3"),
        ([("a.mp3", None, "audio/mpeg", ""), ("b.ogg", None, "audio/ogg", "")], "enclosure: [a.mp3, b.ogg, a.mp3]"),
        ([("e.pdf", None, "application/pdf", ""), ("a.mp3", None, "audio/mpeg", ""), ("v.mp4", None, "video/mp4", "")],
         "video: v.mp4\naudio: a.mp3\nenclosure: e.pdf"),
        ([("a.mp3", 12, "audio/mpeg", "T")], "enclosure: {URL: a.mp3, Length: 12, Type: audio/mp3, Title: T}"),
        ([("a.mp3", 0, "audio/mpeg", "")], "audio: {src: a.mp3, length: '0'}"),
        ([("a.bin", None, "audio/flac", "")], "audio: {file: a.bin, type: AUDIO/FLAC}"),
        ([("a.mp3", None, "audio/mpeg", "")], "audio: {url: a.mp3, type: sound}"),
        ([("a.bin", None, "", "")], "enclosure: a.bin"),
        ([("a.mp3", 12, "audio/mpeg", "")], "enclosure: |\n  a.mp3\n  12\n  audio/mpeg"),
        ([("a", 12, "audio/ogg", ""), ("b.mp3", None, "audio/mpeg", "")], 'enclosure:\n- "./a\\n12\\naudio/ogg\\na:1:{s:8:\\"duration\\";}"\n- |\n  b.mp3\n'),
        ([("https://c.example/a.mp3", 12, "audio/mpeg", "")], "enclosure: '|\n\n    https://c.example/a.mp3\n\n    12\n\n    audio/mpeg\n\n    '"),
        ([("https://c.example/play?f=a.mp3", 10, "audio/mpeg", "")], "enclosure: {url: 'https://c.example/play?f=a.mp3', length: 10}"),
        ([], "audio: true\nvideo: 'no'"), ([], "video: gAqcW51NwTE"), ([("a.mp3", None, "audio/mpeg", "")], "video: gAqcW51NwTE\naudio: a.mp3"), ([], "enclosure: ''"), ([], "enclosure: []"), ([], "title: x"),
    ],
)  # fmt: skip
def test_enclosures(expected: list[tuple[str, int | None, str, str]], front_matter: str) -> None:
    """Enclosures come from `enclosure`, `audio` and `video` in every shape, each URL once, with what the author knows."""
    fields = look(front_matter)
    found = [
        (item.url.removeprefix(SITE), item.length, item.type, item.title) for item in enclosures(fields, SITE, ROOTS)
    ]
    assert expected == found
    assert [] == fields.problems


@pytest.mark.parametrize(
    ("kept", "problem", "enclosure"),
    [
        (1, ("wrong-type", 2, 33), "{url: a.mp3, length: '1,000'}"), (1, ("wrong-type", 2, 33), "{url: a.mp3, length: -5}"),
        (1, ("wrong-type", 2, 33), "{url: a.mp3, length: 12 MB}"), (1, ("wrong-type", 2, 33), "{url: a.mp3, length: ١٢}"),
        (1, ("wrong-type", 2, 33), f"{{url: a.mp3, length: {'9' * 5000}}}"), (1, ("wrong-type", 2, 33), "{url: a.mp3, length: [1]}"),
        (0, ("wrong-type", 2, 12), "{length: 5}"), (0, ("wrong-type", 2, 13), "[[a.mp3]]"), (0, ("bad-url", 2, 12), "javascript:x"),
        (0, ("bad-url", 2, 18), "{url: 'data:audio/mpeg;base64,x'}"), (0, ("outside", 2, 18), "{url: ../a.mp3}"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_enclosure(kept: int, problem: tuple[str, int, int], enclosure: str) -> None:
    """A length that is no number is reported and dropped, an enclosure without a usable URL with all it has."""
    fields = look(f"enclosure: {enclosure}")
    found = enclosures(fields, SITE, ROOTS)
    assert [None] * kept == [item.length for item in found]
    assert [problem] == faults(fields)
