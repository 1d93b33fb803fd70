"""feeder/fields/people.py: authors in every shape, and no address in a name."""

from __future__ import annotations

import re
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeder.dialects.plain import DIALECT
from feeder.fields.lookup import Fields
from feeder.fields.people import authors
from feeder.frontmatter import draft_from_source
from feeder.model import Author, Draft, Source
from feeder.nodes import Scalar
from feeder.problems import START

if TYPE_CHECKING:
    from feeder.nodes import Node

ADA = Author(name="Ada", email="ada@x.example")


def look(front_matter: str) -> Fields:
    """Return the fields of a front matter, whose first line is the file's second."""
    draft = draft_from_source(Source(path="p.md", shown="p.md", text=f"---\n{front_matter}\n---\n"))
    assert draft is not None
    return Fields(draft, DIALECT)


@pytest.mark.parametrize(
    ("expected", "given_authors"),
    [
        ([], ""), ([], '""'), ([], "[]"), ([], "['', ~]"), ([], "{}"), ([], "{name: , web: ~}"),
        ([Author(name="Ada")], "Ada"), ([Author(name="Ada")], "'  Ada '"), ([Author(name="Ada B")], '"<b>Ada</b>\\n B"'),
        ([Author(name="R&D <T>")], "R&amp;D <T>"), ([Author(name="李白")], "李白"), ([Author(name="Doe, John")], "'Doe, John'"),
        ([Author(name="Ada (@a)", url="https://a.example/a")], "Ada ([@a](https://a.example/a))"),
        ([Author(name="Ada, Bo")], "'[Ada](https://a.example/), [Bo](https://b.example/)'"),
        ([ADA], "Ada <ada@x.example>"), ([ADA], "ada@x.example (Ada)"), ([ADA], "'\"Ada\" <ada@x.example>'"),
        ([Author(name="ada", email="ada@x.example")], "ada@x.example"), ([Author(name="ada", email="ada@x.example")], "'<ada@x.example>'"),
        ([Author(name="Doe, John", email="j@x.example")], "'\"Doe, John\" <j@x.example>'"),
        ([Author(name="Ada <no address>")], "Ada <no address>"),
        ([ADA], "Ada ada@x.example"), ([ADA], "ada@x.example Ada"), ([ADA], "'Ada, ada@x.example.'"), ([ADA], "Ada mailto:ada@x.example"),
        ([ADA], "Ada ada&#64;x.example"), ([ADA], "{name: Ada ada@x.example}"), ([ADA], "Ada b@x.example <ada@x.example>"),
        ([Author(name="Ada, Bo")], "Ada <ada@x.example>, Bo <b@x.example>"), ([Author(name="ada, b")], "'ada@x.example, b@x.example'"),
        ([Author(name="@ada@social.example")], "'@ada@social.example'"), ([Author(name="Ada (@ada@social.example)")], "Ada (@ada@social.example)"),
        ([Author(name="Ada"), Author(name="Bob")], "[Ada, Bob, Ada]"), ([Author(name="Ada"), Author(name="ada")], "[Ada, ada]"),
        ([ADA], "{name: Ada, email: ada@x.example}"), ([ADA], "{Name: Ada, EMAIL: ada@x.example, twitter: '@ada'}"),
        ([ADA], "{name: Ada <ada@x.example>}"), ([Author(name="Ada", email="b@x.example")], "{name: Ada <ada@x.example>, email: b@x.example}"),
        ([Author(name="ada", email="ada@x.example")], "{email: ada@x.example}"),
        ([Author(name="Ada", url="https://site.example/blog/ada")], "{name: Ada, url: /ada}"),
        ([Author(name="Ada", url="https://ada.example/")], "{name: Ada, url: 'https://ada.example'}"),
        ([Author(name="Ada"), Author(name="Bob", email="b@x.example")], "[Ada, {name: Bob, email: b@x.example}]"),
    ],
)  # fmt: skip
def test_authors(expected: list[Author], given_authors: str) -> None:
    """Authors are a name, a mailbox, a table, or a list of these; each stands there once, in the author's order."""
    fields = look(f"author: {given_authors}")
    assert (tuple(expected), []) == (authors(fields, "https://site.example/blog/"), fields.problems)


def test_authors_beat_author() -> None:
    """Of `authors` and `author` the plural counts, unless it names nobody."""
    assert (Author(name="A"),) == authors(look("author: B\nauthors: [A]"), "https://site.example/")
    assert (Author(name="B"),) == authors(look("author: B\nauthors: ''"), "https://site.example/")
    assert (Author(name="B"),) == authors(look("author: B\nauthors: []"), "https://site.example/")


@pytest.mark.parametrize(
    ("expected", "problem", "given_authors"),
    [
        ([Author(name="Ada")], ("bad-url", 2, 26), "{name: Ada, url: javascript:alert(1)}"),
        ([Author(name="Ada")], ("bad-url", 2, 26), "{name: Ada, url: data:text/html,x}"),
        ([Author(name="Ada")], ("bad-url", 2, 26), "{name: Ada, url: 'https://'}"),
        ([Author(name="Ada")], ("wrong-type", 2, 15), "[Ada, [Bob]]"),
        ([], ("wrong-type", 2, 9), "{url: /ada}"),
        ([], ("wrong-type", 2, 9), "{first: {name: Ada}, second: {name: Bob}}"),
        ([], ("wrong-type", 2, 16), "{name: [Ada]}"),
    ],
)
def test_what_is_no_author(expected: list[Author], problem: tuple[str, int, int], given_authors: str) -> None:
    """A list in a list, a table without a name, and a URL that no reader may open are reported where they stand."""
    fields = look(f"author: {given_authors}")
    found = authors(fields, "https://site.example/")
    assert tuple(expected) == found
    assert [problem] == [(item.code, item.line, item.column) for item in fields.problems]


@given(st.text() | st.text("ab@<>()\"' .,;:&\u3000", max_size=30))
def test_any_text_names_one_or_nobody(text: str) -> None:
    """Any text gives one author with a name on one line, or none; a name that came with an address does not hold it."""
    fields: dict[str, Node] = {"author": Scalar(text=text, mark=START)}
    found = authors(Fields(Draft(path="p.md", shown="p.md", fields=fields, body=""), DIALECT), "https://site.example/")
    assert len(found) <= 1
    for author in found:
        assert author.name == author.name.strip() != ""
        assert "\n" not in author.name
        assert not author.email or (author.email not in author.name and author.email.count("@") == 1)
        assert not re.search(r"(?:^|[\s<(])[\w.+-]+@[\w-]+\.\w", author.name)


@pytest.mark.parametrize(
    "part", ["a ", "a <", "<", "a@b.", "a@b.c ", "mailto:", "a@b (", "@", '"', "a\u3000", "\u3000", "<a@"]
)
def test_a_long_name_takes_no_time(part: str) -> None:
    """100,000 characters of anything are read in less than a second."""
    begin = process_time()
    fields: dict[str, Node] = {"author": Scalar(text="x" + part * (100_000 // len(part)) + "x", mark=START)}
    authors(Fields(Draft(path="p.md", shown="p.md", fields=fields, body=""), DIALECT), "https://site.example/")
    assert process_time() - begin < 2


@pytest.mark.parametrize(
    "given_author", ["{name: Bob, email: not-an-email}", "Bob <bob@localhost>", "'bob@host (Bob)'"]
)
def test_an_address_that_is_none_is_dropped_and_reported(given_author: str) -> None:
    """The validator refuses such an address in Atom; the author keeps the name."""
    fields = look(f"author: {given_author}")
    assert (Author(name="Bob"),) == authors(fields, "https://site.example/")
    assert ["bad-email"] == [item.code for item in fields.problems]


def test_a_table_of_a_sites_own_is_no_author() -> None:
    """Where a generator makes the site, ``author`` may be a table for its templates; in a plain directory it lacks a name."""
    from feeder.dialects.eleventy import DIALECT as ELEVENTY

    given = look("author: {web: https://x.example/, feed: true}")
    templated = Fields(given.draft, ELEVENTY)
    assert ((), []) == (authors(templated, "https://site.example/"), templated.problems)
    assert () == authors(given, "https://site.example/")
    assert ["wrong-type"] == [item.code for item in given.problems]
