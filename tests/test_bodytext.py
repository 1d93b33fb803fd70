"""feeder/bodies/bodytext.py: links and pictures in bodies, each in its place, and nothing of code."""

from __future__ import annotations

import time

import pytest

from feeder.bodies.bodytext import BodyText


def links(body: str, *, html: bool = False) -> list[tuple[str, str | None]]:
    """Return where each link leads, by what stands at its offset, and the text of a picture."""
    text = f"---\ntitle: A\n---\n{body}"
    found = BodyText(text, len(text) - len(body), html=html).links
    assert all(text.startswith(link.target, link.offset) for link in found)
    return [(link.target, link.alt) for link in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[a](b) ![c](d 'e') [f](<g>)", [("b", None), ("d", "c"), ("g", None)]),
        ("[![a](b)](c)", [("b", "a"), ("c", None)]),
        ("[a](b_(c)) and [d [e] f](g)", [("b_(c)", None), ("g", None)]),
        ("[a]: b\n[^1]: https://c.example/ d", [("b", None), ("https://c.example/", None)]),
        ("<https://a.example/> https://b.example/.", [("https://a.example/", None), ("https://b.example/", None)]),
        ("<a href='b'>c</a> <IMG alt=x SRC=d>", [("b", None), ("d", "x")]),
        (r"\[a](b) \](c)", []),
        ("`[a](b)` ``[c](d) ` [e](f)`` [g](h)", [("h", None)]),
        ("` [a](b)\n\n` [c](d)", [("b", None), ("d", None)]),
        ("```\n[a](b)\n```\n[c](d)\n~~~ x\n[e](f)\n```\n", [("d", None)]),
        ("1. a\n\n    ```\n    [b](c)\n    ```\n\n    [d](e)", [("e", None)]),
        ("1. ~~~\n   [a](b)\n   ~~~\n\n[c](d)", [("d", None)]),
        ("10) ```\n    [a](b)\n\n    [a](b)\n    ```\n\n    [c](d)", [("d", None)]),
        ("> 1. ```\n>    [a](b)\n>\n>    ```\n>    [c](d)", [("d", None)]),
        ("```\n> ```\n[a](b)\n> ```\n```\n[c](d)", [("d", None)]),
        ("2024~~~\n[a](b)\n\n***```\n\n[c](d)", [("b", None), ("d", None)]),
        ("    [a](b)\n\nc\n    [d](e)", [("e", None)]),
        ("- a\n\n    [b](c)\n\nd\n\n    [e](f)", [("c", None)]),
        ("<!-- [a](b) --> <pre>[c](d)</pre> <Code>[e](f)</code> <code> [g](h)", [("h", None)]),
    ],
)
def test_links_are_found(body: str, expected: list[tuple[str, str | None]]) -> None:
    """A link is found where it is one, in Markdown and in tags, and never in code or comments."""
    assert expected == links(body)


def test_html_has_no_markdown() -> None:
    """In a body that is HTML, only tags are links, and white space is no code."""
    assert [("c", None)] == links("<p>[a](b)\n\n    <a href='c'>`d`</a></p>", html=True)


@pytest.mark.parametrize(
    "unit", ["<!--", "<code>", "`", "`` ` ", "](", "[", "<a href='", "```\n", "<img ", "{% ", "![](", "- "]
)
def test_no_body_takes_long(unit: str) -> None:
    """A body of many beginnings without an end is read in seconds."""
    start = time.process_time()
    links(unit * (300_000 // len(unit)))
    assert time.process_time() - start < 20
