"""feeder/headers.py: front matter without a fence, as Python-Markdown and Pelican have it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeder import rulings
from feeder.frontmatter import draft_from_source
from feeder.glance import Glance
from feeder.model import Draft, Source
from feeder.nodes import Scalar
from feeder.normalize import post_from_draft
from feeder.pinning import pinned
from feeder.settings import Posts, Settings, Site
from feeder.storage.files import source_from_bytes
from feeder.survey import card_from_post

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder.pipeline import Build

TEXT = """Title: Tea: a history
Date: 2024-01-02 10:20
Tags: a, b; c
summary: One line,
    and another.
Slug:

Body: this is no header.
"""


def draft(text: str, path: str = "a.md") -> Draft:
    """Return a file taken apart."""
    found = draft_from_source(Source(path, path, text), headers="lines")
    assert found is not None
    return found


def said(found: Draft) -> dict[str, tuple[str, int, int]]:
    """Return what each key says, and where."""
    values = {key: node for key, node in found.fields.items() if isinstance(node, Scalar)}
    return {key: (node.text, node.mark.line, node.mark.column) for key, node in values.items()}


def test_headers_are_front_matter() -> None:
    """Each line says one thing, in its place, up to an empty line; one that is indented goes on with a summary."""
    found = draft(TEXT)
    assert {
        "title": ("Tea: a history", 1, 8),
        "date": ("2024-01-02 10:20", 2, 7),
        "tags": ("a, b; c", 3, 7),
        "summary": ("One line, and another.", 4, 10),
        "slug": ("", 6, 6),
    } == said(found)
    assert "Body: this is no header.\n" == found.body
    assert found.body == TEXT[found.start :]
    assert "Title" == found.keys["title"].text


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ({}, "No header here\n\nTitle: x\n"),
        ({}, ""),
        ({}, "\nTitle: x\n"),
        ({"title": ("x", 2, 8)}, "---\nTitle: x\n---\nbody"),
        ({"title": ("a: b: c", 2, 8)}, "---\nTitle: a: b: c\n---\nbody"),
        ({"title": ("x", 1, 8)}, "Title: x"),
        ({"title": ("x", 1, 8)}, "Title: x\nnot a header\n"),
        ({"title": ("x", 1, 8)}, "Title: x\nTitle: y\n\nbody"),
        ({"title": ("", 1, 7), "tags": ("a", 3, 7)}, "Title:\n    more\nTags: a\n    b\n\nbody"),
    ],
)
def test_what_is_a_header(expected: dict[str, Any], text: str) -> None:
    """Headers begin with the file, perhaps in a fence that holds no YAML; of a key that comes twice the first counts."""
    assert expected == said(draft(text))


HEADERS = st.lists(
    st.sampled_from(
        ["Title: x", "date:2024", "a_b: c: d", "  k-1:  v ", "    more", "Ünï: x", "plain", "", "x:y", "-: z"]
    ),
    max_size=7,
)


@given(HEADERS)
def test_headers_are_those_of_python_markdown(lines: list[str]) -> None:
    """What the library itself takes for headers are headers, and what it leaves is the body."""
    text = "\n".join(lines)
    library = markdown.Markdown(extensions=["meta"])
    rest = library.preprocessors["meta"].run(list(lines))
    meta: dict[str, list[str]] = getattr(library, "Meta", {})
    found = draft(text)
    assert {key.replace("-", "").replace("_", "") for key in meta} == set(found.fields)
    assert "\n".join(rest).strip() == found.body.strip()


PAGE = """<!DOCTYPE html>
<html><head>
  <title>A &amp; B</title>
  <meta name="date" content="2024-01-02" />
  <meta content='x, y' name="keywords">
  <meta charset="utf-8">
</head>
<body class="x"><p>Text</p></body></html>
"""


def test_a_page_has_its_head() -> None:
    """Of an HTML page the title and the named tags of its head are front matter, and its body is the body."""
    found = draft(PAGE, "a.html")
    assert {"title": ("A & B", 3, 3), "date": ("2024-01-02", 4, 3), "keywords": ("x, y", 5, 3)} == said(found)
    assert "<p>Text</p>" == found.body
    assert PAGE[found.start :].startswith("<p>Text")


def rules() -> rulings.Rules:
    """Return the rules of a Pelican site."""
    settings = Settings(site=Site(url="https://x.example/", dialect="pelican"), posts=Posts(path="content"))
    return rulings.rules_from_settings(settings, "/w/content", ())


def test_headers_are_read_at_a_glance() -> None:
    """Plain headers take no closer look, and give the card that one gives."""
    card = Glance(rules()).card(TEXT.encode(), "news/a.md", "a.md")
    assert card is not None
    assert card_from_post(post_from_draft(draft(TEXT, "news/a.md"), rules())) == card._replace(shown="news/a.md")  # type: ignore[arg-type]


def test_an_id_is_one_header_more() -> None:
    """A post with headers is pinned by another, so that Pelican still reads the rest; a page is left as it is."""
    data = pinned(b"Title: x\r\n\r\nbody\r\n", "a.md", "a.md", "https://x.example/x.html", headers="lines")
    assert b"Id: https://x.example/x.html\r\nTitle: x\r\n\r\nbody\r\n" == data
    assert b"Id: urn:x:1\n\nbody" == pinned(b"body", "a.md", "a.md", "urn:x:1", headers="lines")


def test_pelican_posts_are_published(build: Callable[..., Build]) -> None:
    """Headers and pages come out of a build with their titles, dates and addresses, and without their heads."""
    made = build({"news/a.md": TEXT, "b.html": PAGE}, config="site: {url: https://site.example/, dialect: pelican}\n")
    assert () == made.problems
    assert ["https://site.example/tea-a-history.html", "https://site.example/a-b.html"] == [
        card.url for card in made.published
    ]
    assert [["news", "a", "b", "c"], ["misc", "x", "y"]] == [
        [item.name for item in card.categories] for card in made.published
    ]
    (feed,) = (item.data.decode() for item in made.artifacts if item.path == "feed.json")
    assert "Body: this is no header." in feed
    assert "<title>" not in feed
    assert "Date: 2024" not in feed


def test_other_dialects_have_no_headers() -> None:
    """Elsewhere such lines are text."""
    found = draft_from_source(source_from_bytes(TEXT.encode(), "a.md", str(Path("a.md"))))
    assert found is not None
    assert ({}, TEXT) == (found.fields, found.body)


def test_the_line_of_a_body_below_headers_is_known() -> None:
    """What is wrong in a body below headers is told at its line in the file."""
    assert 8 == draft(TEXT).origin.line
    assert TEXT.splitlines()[7:] == draft(TEXT).body.splitlines()


NOTION = """# My tea

Created time: August 1, 2021 10:00 AM
Due (maybe): August 3, 2021
Tags: one, two
URL: https://elsewhere.example/
Date: January 2, 2024 \u2192 January 5, 2024

Hello: this is text.
"""


def test_properties_of_notion_are_front_matter() -> None:
    """Where one is a date, in a plain directory: title, dates and tags, each with its place, and no address of others'."""
    found = draft_from_source(Source("a.md", "a.md", NOTION), headers="comments")
    assert found
    assert {
        "title": ("My tea", 1, 3),
        "created": ("August 1, 2021 10:00 AM", 3, 15),
        "tags": ("one, two", 5, 7),
        "date": ("January 2, 2024", 7, 7),
    } == said(found)
    assert ("Hello: this is text.\n", 9) == (found.body, found.origin.line)


@pytest.mark.parametrize(
    "text",
    ["# A\n\nNote: this is text\n\nb\n", "# A\n\nCreated: by Ada\n\nb\n", "# A\nDate: 2024-01-02\n", "# A\n\nText\nDate: 2024-01-02\n", "## A\n\nDate: 2024-01-02\n\n"],
)  # fmt: skip
def test_what_is_no_export_of_notion(text: str) -> None:
    """Text below a heading is text, with a colon too, and so it is in any other dialect."""
    for kind, one in (("comments", text), ("", NOTION)):
        found = draft_from_source(Source("a.md", "a.md", one), headers=kind)
        assert found
        assert ({}, one) == (found.fields, found.body)
