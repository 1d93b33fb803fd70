"""feeder/rules/: what every rule promises, and for each one posts that break it and posts that do not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from feeder import rules
from feeder.kinds import Cards
from feeder.model import Post
from feeder.problems import START, Mark, Problem
from feeder.rules import CARDS, RULES, rule
from feeder.survey import card_from_post


def post(name: str = "a", year: int = 2024, **more: Any) -> Post:
    """Return a post with an address of its own."""
    date = datetime(year, 1, 1, tzinfo=UTC)
    values: dict[str, Any] = {
        "path": f"{name}.md",
        "id": f"urn:x:{name}",
        "url": f"https://x.example/{name}/",
        "title": name,
        "published": date,
        "updated": date,
    }
    values |= more
    return Post(shown=f"posts/{values['path']}", **values)


def found_by(name: str, posts: list[Post]) -> list[Problem]:
    """Return what a rule finds in posts, whose places are their own marks."""
    marks = {item.path: item.marks for item in posts}
    cards = Cards(
        [card_from_post(item) for item in posts], lambda card, field: marks[card.path].get(field, START), lambda *_: "x"
    )
    return list(rule(name).check(cards))


BROKEN: dict[str, list[tuple[list[Post], list[tuple[str, int, int]]]]] = {
    "duplicate-permalink": [
        (
            [post("b", 2025, url="https://x.example/a/", marks={"url": Mark(4, 12)}), post("a", 2024)],
            [("posts/b.md", 4, 12)],
        ),
        (
            [post("c", 2025, url="https://x.example/a/"), post("b", 2024, url="https://x.example/a/"), post("a", 2023)],
            [("posts/b.md", 1, 1), ("posts/c.md", 1, 1)],
        ),
        (
            [post("b", 2025, url="https://x.example/a/index.html"), post("a", 2024, url="https://x.example/a")],
            [("posts/b.md", 1, 1)],
        ),
    ],
    "implausible-date": [
        ([post(year=1989, marks={"published": Mark(3, 7)})], [("posts/a.md", 3, 7)]),
        ([post("b", 2024), post("a", 1)], [("posts/a.md", 1, 1)]),
    ],
    "path-case": [
        ([post(path="a.md"), post("b", path="A.md")], [("posts/a.md", 1, 1)]),
        ([post(path="Dir/a.md"), post("b", path="dir/a.md")], [("posts/dir/a.md", 1, 1)]),
        ([post(path="É.md"), post("b", path="e\u0301.md")], [("posts/É.md", 1, 1)]),
    ],
}
SOUND: dict[str, list[list[Post]]] = {
    "duplicate-permalink": [
        [post("a"), post("b")],
        [post("a"), post("b", url="https://x.example/A/")],
    ],
    "implausible-date": [[post(year=1990)], [post(year=2024), post("b", year=9999)]],
    "path-case": [
        [post(path="a.md"), post("b", path="b.md")],
        [post(path="a.md"), post("b", path="d/a.md")],
        [post(path="a.md"), post("b", path="a.html")],
    ],
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_keeps_its_contract(name: str) -> None:
    """A rule is registered by its code, and says what it means, why readers care, what to do, wrong and right."""
    code = rule(name).code
    assert name == code.name
    assert all((code.meaning, code.why, code.mend))
    assert 2 == len(code.example.split("\n--\n"))


def test_every_file_is_a_rule() -> None:
    """What lies among the rules is registered, each once."""
    files = {path.stem.replace("_", "-") for path in Path(rules.__file__).parent.glob("*.py")} - {"--init--"}
    assert files == set(RULES)
    assert len(RULES) == len(set(RULES))


@pytest.mark.parametrize("name", CARDS)
def test_a_rule_is_put_to_the_test(name: str) -> None:
    """Every rule has posts here that break it, and posts that do not."""
    assert len(BROKEN[name]) >= 2
    assert len(SOUND[name]) >= 2


@pytest.mark.parametrize(
    ("name", "posts", "places"), [(name, *case) for name, cases in BROKEN.items() for case in cases]
)
def test_a_rule_finds_what_breaks_it(name: str, posts: list[Post], places: list[tuple[str, int, int]]) -> None:
    """A rule reports each breach once, at its place, under its own code and severity, in a message."""
    found = found_by(name, posts)
    assert places == sorted((item.path, item.line, item.column) for item in found)
    assert {(name, rule(name).code.severity)} == {(item.code, item.severity) for item in found}
    assert all(item.message for item in found)


@pytest.mark.parametrize(("name", "posts"), [(name, posts) for name, cases in SOUND.items() for posts in cases])
def test_a_rule_is_silent_on_what_is_sound(name: str, posts: list[Post]) -> None:
    """A rule says nothing of posts that do not break it."""
    assert [] == found_by(name, posts)


def test_a_date_is_shown_as_it_is_written() -> None:
    """What was got is what the author wrote."""
    (found,) = found_by("implausible-date", [post(year=1924)])
    assert "x" == found.got


def test_a_duplicate_names_the_other_place() -> None:
    """Of two posts at one address the newer is reported, with where the older says so."""
    older = post("a", 2023, url="https://x.example/", marks={"url": Mark(7, 8)})
    (found,) = found_by("duplicate-permalink", [post("b", url="https://x.example/"), older])
    assert ("same address as posts/a.md:7:8", "https://x.example/") == (found.message, found.got)
