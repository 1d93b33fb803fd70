"""feeder/frontmatter.py: what is taken off a file, where it stood, and that the body is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fixtures_reader import read_fixture

from feeder.frontmatter import draft_from_source
from feeder.model import Source
from feeder.nodes import Items, Node, Scalar, Table
from feeder.problems import Unsound
from feeder.storage.files import PostsDirectory, source_from_bytes
from feeder.texts.fieldnames import folded_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# What cannot be seen in a fixture: `⌖` is a byte order mark, `␄` the end of a file without a newline.
STAND_INS = {"⌖": "\ufeff", "␍": "\r", "␠": " ", "␉": "\t"}
CASES = read_fixture("frontmatter.txt")


@pytest.mark.parametrize(("given", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_file_is_taken_apart(given: str, expected: str, write: Callable[..., Path]) -> None:
    """Every shape of front matter gives its values with their places, and the body to the byte."""
    for stand_in, meant in STAND_INS.items():
        given = given.replace(stand_in, meant)
    path = write("post.md", given.removesuffix("␄") if given.endswith("␄") else given + "\n")
    assert expected.rstrip() == taken_apart(
        source_from_bytes(PostsDirectory(path.parent).read("post.md").data, "post.md", "post.md")
    )


def taken_apart(source: Source) -> str:
    """Return a draft, or the problem that it has, in the words of the fixtures."""
    try:
        draft = draft_from_source(source)
    except Unsound as unsound:
        return "\n".join(f"{item.code} {item.line}:{item.column} {item.message}" for item in unsound.problems)
    assert draft is not None
    fields = (f"{name} {node.mark.line}:{node.mark.column} {shown(node)}" for name, node in draft.fields.items())
    again = (f"again {placed(key)}, before in line {first.line}" for key, first in draft.repeated)
    return "\n".join([*fields, *again, f"body {draft.body!r}"])


def shown(node: Node) -> str:
    match node:
        case Scalar():
            return repr(node.text)
        case Items():
            return f"[{', '.join(map(placed, node.items))}]"
        case Table():
            return "{" + ", ".join(f"{placed(key)}: {placed(value)}" for key, value in node.pairs) + "}"


def placed(node: Node) -> str:
    return f"{shown(node)} {node.mark.line}:{node.mark.column}"


@pytest.mark.parametrize(
    "name", ["README.md", "readme.txt", "a/b/ReadMe.markdown", "README.html", "notes.txt", "2024/robots.TXT"]
)
def test_a_readme_without_front_matter_is_no_post(name: str) -> None:
    """A README explains a directory, and a plain text is often no post at all; only front matter makes it one."""
    assert draft_from_source(Source(path=name, shown=name, text="# About these files\n")) is None
    draft = draft_from_source(Source(path=name, shown=name, text="---\ntitle: A\n---\n"))
    assert draft is not None
    assert ["title"] == list(draft.fields)


@pytest.mark.parametrize(
    "name",
    ["readme-first.md", "my-readme.md", "readme/post.md", "readme.2024.md", "2024-01-31-tea.txt", "20240131.txt"],
)
def test_a_name_that_only_looks_like_a_readme_is_a_post(name: str) -> None:
    """Files whose name merely contains the word, and texts with a date in it, are posts with or without front matter."""
    draft = draft_from_source(Source(path=name, shown=name, text="Body."))
    assert draft is not None
    assert ("Body.", {}) == (draft.body, draft.fields)


@pytest.mark.parametrize(
    ("key", "folded"),
    [("title", "title"), ("Featured-Image", "featuredimage"), ("featured_image", "featuredimage"),
     ("featuredImage", "featuredimage"), ("__x--", "x"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("日期", "日期")],
)  # fmt: skip
def test_keys_are_folded(key: str, folded: str) -> None:
    """Keys are matched without regard to case, hyphens and underscores."""
    assert folded == folded_key(key)


@pytest.mark.parametrize("front_matter", ["---\ntitle: [\n---\n", "+++\nx\n+++\n", '{"x" }\n'])
def test_a_broken_readme_is_reported(front_matter: str) -> None:
    """A README that has front matter is held to it like any other post."""
    with pytest.raises(Unsound) as caught:
        draft_from_source(Source(path="README.md", shown="posts/README.md", text=front_matter))
    assert [("posts/README.md", "front-matter-syntax")] == [(item.path, item.code) for item in caught.value.problems]
