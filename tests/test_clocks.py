"""What generators make of dates: where they and ISO 8601 disagree, feeder says what readers of the site have seen."""

from __future__ import annotations

from datetime import UTC, datetime

import dateutil.parser  # type: ignore[import-untyped]  # noqa: TID251 - what Pelican asks
import pytest

from feeder.dialects import dialect
from feeder.frontmatter import draft_from_source
from feeder.model import Source
from feeder.nodes import Items, Scalar
from feeder.texts.dates import parse_date, zone_named

# As Hexo 8.1 and Jekyll 4.3 have them, for a site in Asia/Shanghai.
MOMENTS = [
    ("hexo", "2024-03-05 12:13:14", "2024-03-05T04:13:14"),
    ("hexo", "2024-03-05T12:13:14Z", "2024-03-05T04:13:14"),
    ("hexo", "2024-03-05T00:30:00+09:00", "2024-03-04T07:30:00"),
    ("hexo", "2024-03-05 12:13:14 +08:00", "2024-03-04T20:13:14"),
    ("hexo", "2024-03-05 12:13:14 +0800", "2024-03-05T04:13:14"),
    ("hexo", "2024-03-05", "2024-03-04T16:00:00"),
    ("jekyll", "2024-03-05 12:13:14", "2024-03-05T12:13:14"),
    ("jekyll", "2024-03-05T12:13:14Z", "2024-03-05T12:13:14"),
    ("jekyll", "2024-03-05 12:13:14 +0100", "2024-03-05T11:13:14"),
    ("jekyll", "2024-03-05 12:13", "2024-03-05T04:13:00"),
    ("jekyll", "2024-03-05", "2024-03-04T16:00:00"),
    ("eleventy", "5 March, 2024", "2024-03-04T16:00:00"),
    ("astro", "05 Mar, 2024", "2024-03-04T16:00:00"),
]


@pytest.mark.parametrize(("name", "text", "expected"), MOMENTS)
def test_a_date_is_what_the_generator_takes_it_for(name: str, text: str, expected: str) -> None:
    """Hexo takes what a clock in UTC shows for local time, Jekyll a time without a zone for one in UTC."""
    clock = dialect(name).clock
    assert clock is not None
    moment = parse_date(clock(text), zone_named("Asia/Shanghai"))
    assert datetime.fromisoformat(expected).replace(tzinfo=UTC) == moment


@pytest.mark.parametrize(
    "text",
    [
        "24-05-2015", "08-02-21 15:00", "03/04/2024", "31.12.2019", "31/1/15 8:05", "2024-03-05 12:13", "2024-03-05_12:13",
        "12-31-1999", "Thu 12 March 2020", "March 5, 2024 3:07 pm", "5 Mar 2024", "2024/3/5",
    ],
)  # fmt: skip
def test_pelicans_dates_are_those_of_dateutil(text: str) -> None:
    """Of days and months in numbers, dateutil takes the month first, unless it can be none."""
    clock = dialect("pelican").clock
    assert clock is not None
    assert dateutil.parser.parse(text.replace("_", " ")).replace(tzinfo=UTC) == parse_date(clock(text), UTC)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("2024-01-02-the-boats.md", "The Boats"),
        ("news/2024-01-02-título-ñandú.markdown", "Título Ñandú"),
        ("2024-01-01-titled_case of-NAME.md", "Titled_case of Name"),
    ],
)
def test_jekyll_makes_a_title_of_a_name(path: str, title: str) -> None:
    """Every word of the name has one capital letter; what is between hyphens is a word."""
    titled = dialect("jekyll").titled
    assert titled is not None
    assert title == titled(path)


def test_front_matter_of_hexo_may_lack_its_opening_fence() -> None:
    """Older posts of Hexo's have the closing fence only."""
    text = "title: Old\ntags:\n- a\n---\n\nBody\n---\n"
    draft = draft_from_source(Source("a.md", "a.md", text), headers="unopened")
    assert draft is not None
    assert (["title", "tags"], "\nBody\n---\n") == ([*draft.fields], draft.body)
    title = draft.fields["title"]
    assert isinstance(title, Scalar)
    assert ("Old", (1, 8)) == (title.text, (title.mark.line, title.mark.column))


@pytest.mark.parametrize("fence", ["", "---\n"])
def test_tabs_indent_front_matter_of_hexo(fence: str) -> None:
    """Hexo reads tabs that begin a line as spaces; places are those of the file, and tabs of the body stay."""
    draft = draft_from_source(Source("a.md", "a.md", f"{fence}tags:\n\t- a\n\t- b\n---\n\tx\n"), headers="unopened")
    assert draft is not None
    tags = draft.fields["tags"]
    assert isinstance(tags, Items)
    line = fence.count("\n") + 2
    assert [("a", (line, 4)), ("b", (line + 1, 4))] == [
        (item.text, (item.mark.line, item.mark.column)) for item in tags.items if isinstance(item, Scalar)
    ]
    assert "\tx\n" == draft.body


@pytest.mark.parametrize("fence", ["", "---\n"])
def test_a_tab_is_two_spaces_to_hexo(fence: str) -> None:
    """Lines that begin with either are one list; the body begins where it does, and its tabs stay."""
    text = f"{fence}tags:\n  - a\n\t- b\nby:\n\tnick: x\n---\n\ty\n"
    draft = draft_from_source(Source("a.md", "a.md", text), headers="unopened")
    assert draft is not None
    tags = draft.fields["tags"]
    assert isinstance(tags, Items)
    assert ["a", "b"] == [item.text for item in tags.items if isinstance(item, Scalar)]
    assert "\ty\n" == draft.body


@pytest.mark.parametrize("text", ["Title: it is\n", "A heading\n---\n", "Note: [a\n---\n", "one\n\ntwo: 2\n---\n"])
def test_what_is_no_front_matter_stays_in_the_body(text: str) -> None:
    """Without a closing fence, or where it closes no table, a text is all body."""
    draft = draft_from_source(Source("a.md", "a.md", text), headers="unopened")
    assert draft is not None
    assert ({}, text) == (draft.fields, draft.body)
