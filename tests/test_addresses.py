"""feeder/addresses/tokens.py: patterns of addresses, feeder's own among them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from feeder.addresses.tokens import OWN, expanded, one_slash, own_tokens
from feeder.kinds import Traits
from feeder.model import Habits

DATE = datetime(2024, 1, 5, 10, tzinfo=timezone(timedelta(hours=8)))
TRAITS = Traits("d/e/2024-01-05-hi.md", date=DATE, title="Hi, C++!")


def own(pattern: str, traits: Traits) -> str:
    """Return the path that feeder's own pattern gives."""
    return one_slash(expanded(pattern, OWN, traits, Habits()))


@pytest.mark.parametrize(
    ("expected", "pattern"),
    [
        ("/d/e/2024-01-05-hi/", "/:path/"),
        ("/2024/01/05/hi/", "/:year/:month/:day/:slug/"),
        ("/d/e/2024-01-05-hi.html", "/:dir/:name.html"),
        ("/hi-c-plus-plus/", "/:title/"),
        ("/a/hi", "//a//:slug"),
    ],
)
def test_a_permalink_is_made_of_tokens(expected: str, pattern: str) -> None:
    """Each token stands for its fact; slashes that an empty fact leaves are one."""
    assert set(own_tokens(pattern)) <= set(OWN.tokens)
    assert expected == own(pattern, TRAITS)


def test_a_post_at_the_root_has_no_directory() -> None:
    """The directory of a post beside no other is nothing, not an empty segment."""
    assert "/hi/" == own("/:dir/:name/", TRAITS._replace(path="hi.md"))


@pytest.mark.parametrize(
    ("message", "pattern"),
    [
        ("unknown token :titel; known tokens are :day, :dir, :month, :name, :path, :slug, :title, :year", "/:titel/"),
        ("needs a token such as :path", "/blog/"),
        ("needs a token such as :path", ""),
        ("must not contain ..", "/../:path/"),
    ],
)
def test_a_bad_pattern_is_refused(message: str, pattern: str) -> None:
    """A pattern with an unknown token, with none, or that climbs is refused with a reason."""
    with pytest.raises(ValueError, match=message):
        own_tokens(pattern)
