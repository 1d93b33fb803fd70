"""feeder/cascades.py: what posts inherit, by their paths."""

from __future__ import annotations

import re

import pytest

from feeder.cascades import Bequest, bequeathed, bequests, pattern_of
from feeder.nodes import Scalar
from feeder.problems import START
from feeder.trees import parse


def inherited(cascade: str, path: str, below: str = "", language: str = "en") -> dict[str, str]:
    """Return the texts that the post at a path inherits from a cascade in YAML."""
    found = bequeathed(path, tuple(bequests(parse("yaml", cascade), language, below)))
    return {key: node.text for key, node in found.items() if isinstance(node, Scalar)}


@pytest.mark.parametrize(
    ("glob", "fits", "fails"),
    [("/posts/**", "/posts/a/b", "/posts"), ("/*/a", "/x/a", "/x/y/a"), ("{/b,/b/**}", "/b", "/bc"),
     ("{,/**}/_inc{,/**}", "/x/_inc/y", "/x/_incl"), ("/p?st/[a-c]*", "/post/b1", "/post/d1"), ("/[!a]x.y", "/bx.y", "/ax.y"),
     ("/a,b", "/a,b", "/a"), ("/{a,b{1,2}}", "/b2", "/b"), ("/a}", "/a}", "/a"), ("/{a", "/a", "/{a"), ("/\\*", "/*", "/a")],
)  # fmt: skip
def test_patterns_are_those_of_paths(glob: str, fits: str, fails: str) -> None:
    """Two asterisks span directories, one and a question mark do not; braces hold alternatives, brackets characters."""
    assert re.fullmatch(pattern_of(glob), fits)
    assert not re.fullmatch(pattern_of(glob), fails)


@pytest.mark.parametrize(
    "target",
    ["{kind: page}", "{kind: '{section,page}'}", "{path: '/POSTS/**'}", "{environment: production}", "{lang: '{de,en}'}",
     "{sites: {matrix: {languages: [en, de]}}}", "{path: /posts/a, kind: PAGE}"],
)  # fmt: skip
def test_a_target_that_fits(target: str) -> None:
    """A page in production and in the site's language inherits, whatever the case of what the target says."""
    assert {"author": "Ada"} == inherited(f"{{_target: {target}, author: Ada}}", "posts/a")


@pytest.mark.parametrize(
    "target",
    ["{kind: section}", "{path: /posts}", "{environment: development}", "{lang: de}", "{sites: {matrix: {languages: de}}}"],
)  # fmt: skip
def test_a_target_that_does_not(target: str) -> None:
    """All that a target says must fit."""
    assert {} == inherited(f"{{target: {target}, author: Ada}}", "posts/a")


def test_the_first_that_says_something_counts() -> None:
    """Key by key; tables are taken apart, so that of two each gives what the other has not."""
    found = inherited(
        "[{build: {list: never}, a: '1'}, {a: '2', Some_Key: '3', build: {list: always, render: link}}]", "x"
    )
    assert {"build.list": "never", "a": "1", "somekey": "3", "build.render": "link"} == found


def test_only_what_is_below_inherits() -> None:
    """A directory's name is no beginning of another's."""
    assert {"a": "1"} == inherited("a: '1'", "posts/x", below="posts")
    assert {} == inherited("a: '1'", "posts-old/x", below="posts")


def test_what_is_no_table_bequeaths_nothing() -> None:
    """A cascade that is text, or a list with some, has nothing for posts, and costs nothing."""
    assert [] == list(bequests(parse("yaml", "yes"), "en"))
    assert [] == list(bequests(None, "en"))
    assert [Bequest("", "", {"a": Scalar("1", START)})] == list(bequests(parse("yaml", "[x, {a: 1}]"), "en"))


@pytest.mark.parametrize("path", ["/[z-a]*", "/posts/[z-a].md", "/posts/*"])
def test_an_impossible_range_matches_nothing(path: str) -> None:
    """A pattern that nobody could mean costs what is said for it, and no build."""
    known = tuple(bequests(parse("yaml", f"{{target: {{path: '{path}'}}, a: x}}"), "en"))
    assert ({"a"} if path == "/posts/*" else set()) == set(bequeathed("posts/z.md", known))
    assert {} == bequeathed("posts/z.md", [Bequest("", "/posts/[z-a].*", {"a": Scalar("x", START)})])
