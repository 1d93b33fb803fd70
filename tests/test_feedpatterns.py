"""feeder/feedpatterns.py: where the feed of a group lies, and what it is called."""

from __future__ import annotations

import pytest

from feeder.feedpatterns import feed_path, feed_title, filled


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("tag/:slug/", "tag/:slug/"),
        ("tag/:slug/", "/tag/:slug"),
        (":slug/", ":slug"),
        ("blog/:slug/feed/", "blog/:slug/feed"),
        ("topic-:slug/", "topic-:slug/"),
        ("v1.0/:slug.d/feed/", "v1.0/:slug.d/feed/"),
        ("\u00e9/:slug/", "e\u0301/:slug/"),
        ("标签/:slug/", "标签/:slug/"),
    ],
)
def test_a_path_is_a_directory_below_the_output(expected: str, text: str) -> None:
    """It is composed, has no slash before it and one behind."""
    assert expected == feed_path(text)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("needs :slug, or all feeds would share one path", "tags/"),
        ("needs :slug", ""),
        ("has the unknown token :slgu; did you mean :slug?", "tags/:slgu/"),
        ("has the unknown token :category; known tokens are :slug", "tags/:category/:slug/"),
        ("has '..', which is not a directory name", "../:slug/"),
        ("has '.', which", "./:slug/"),
        ("has '', which", "a//:slug/"),
        ("has '.hidden', which", ".hidden/:slug/"),
        ("has 'a b', which", "a b/:slug/"),
        (r"has 'a\\\\:slug', which", r"a\:slug"),
        ("has 'a?', which", "a?/:slug/"),
        ("has 'end.', which", "end./:slug/"),
        ("must name a directory: each format has its own file there", "tags/:slug.xml"),
    ],
)
def test_a_path_that_cannot_be(message: str, text: str) -> None:
    """What would leave the output, collide by itself or be no name on some system is refused, with the reason."""
    with pytest.raises(ValueError, match=message.replace("?", r"\?")):
        feed_path(text)


@pytest.mark.parametrize("text", [":name", ":title | :name", ":site: :slug", "Posts", "at 10:30"])
def test_a_title_is_any_text(text: str) -> None:
    """A title need not have a token."""
    assert text == feed_title(text)


@pytest.mark.parametrize(
    ("message", "text"),
    [(r"unknown token :nam; did you mean :name\?", ":nam"), ("known tokens are :name, :site, :slug, :title", ":x"), ("empty", "")],
)  # fmt: skip
def test_a_title_that_cannot_be(message: str, text: str) -> None:
    """An unknown token is named."""
    with pytest.raises(ValueError, match=message):
        feed_title(text)


def test_what_a_token_stands_for_is_no_pattern() -> None:
    """A category that is called ``:site`` stays what it is."""
    assert "R&D \\1 :site at :name" == filled(":name :site", {"name": "R&D \\1 :site", "site": "at :name"})
