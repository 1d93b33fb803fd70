"""feeder/texts/slugs.py: names that are safe in URLs and on file systems, told apart, and that stay where they are."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from feeder.texts.slugs import MAX_BYTES, distinct_slug, slug

FORBIDDEN = set('/\\:*?"<>|#%&+ \t\n')
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
names = st.text(max_size=40) | st.text("aAbBßẞé\u0301.-_+#/ 😀中कि", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("c", "C"), ("c-plus-plus", "C++"), ("c-sharp", "C#"), ("f-sharp", "F#"), ("c-plus-plus", "C ++"), ("net", ".NET"),
        ("asp.net", "ASP.NET"), ("node.js", "Node.js"), ("v1.0.0", "v1.0.0"), ("r-and-d", "R&D"), ("at-home", "@home"),
        ("50-percent", "50%"), ("news", " News! "), ("a-b", "a/b"), ("a-b", "a\\b"), ("a-b", "a_b"), ("a-b", "a — b"),
        ("etc-passwd", "../../etc/passwd"), ("中文", "中文"), ("新闻-资讯", "新闻 资讯"), ("日本-語", "日本\u3000語"),
        ("ünïcode", "Ünïcode"), ("é", "e\u0301"), ("strasse", "Straße"), ("12", "\uff11\uff12"), ("новости", "Новости"),
        ("abc", "\u202eabc"), ("हिन्दी", "हिन्दी"), ("ภาษาไทยที่นี่", "ภาษาไทยที่นี่"), ("தமிழ்", "தமிழ்"), ("con-x", "con-x"),
    ],
)  # fmt: skip
def test_a_name_can_be_read_in_its_slug(expected: str, name: str) -> None:
    """Letters, digits and marks of every script stay, in lower case; what stands between words is a hyphen."""
    assert expected == slug(name)


@pytest.mark.parametrize("name", ["😀", "👨\u200d👩\u200d👧", "!!!", "...", "..", "-", "_", "\ud800", "?"])
def test_a_name_that_leaves_nothing_gets_a_hash(name: str) -> None:
    """A name of emoji or punctuation only gets a slug of its own, six hexadecimal digits."""
    assert 6 == len(slug(name))
    assert int(slug(name), 16) >= 0
    assert slug(name) != slug(name + "!")


@pytest.mark.parametrize("name", ["CON", "con", "con.txt", "PRN", "aux.", "nul", "COM1", "com¹", "LPT9.x", "Con."])
def test_a_device_of_windows_is_no_slug(name: str) -> None:
    """A name that Windows keeps for a device is not one in its slug, whatever its extension."""
    text = slug(name)
    assert text.partition(".")[0] not in DEVICES
    assert text[:3] == name[:3].casefold()


@pytest.mark.parametrize("name", ["a" * 300, "中" * 300, "x" * 119 + "é", "word " * 80, "👍a" * 100, "क्षि" * 100])
def test_a_long_name_is_cut(name: str) -> None:
    """A slug has no more than 120 bytes, ends in whole characters, and differs where what was cut off differs."""
    assert slug(name).encode().decode() == slug(name)
    assert len(slug(name).encode()) <= MAX_BYTES == 120
    assert slug(name) != slug(name + "b")
    assert slug(name)[:10] == slug(name + "b")[:10]


@given(names)
def test_a_slug_is_safe(name: str) -> None:
    """A slug is one path segment, NFC and folded, that no URL, shell or file system objects to; dots never lead or end it."""
    text = slug(name)
    assert text == text.strip(".- ") != ""
    assert len(text.encode()) <= MAX_BYTES
    assert not FORBIDDEN & set(text)
    assert text == unicodedata.normalize("NFC", text)
    assert text.isprintable()
    assert text.partition(".")[0] not in DEVICES


def distinct_slugs(names: list[str]) -> dict[str, str]:
    """Return the slugs of names that come one after the other, each where the others left room."""
    given: dict[str, str] = {}
    for name in dict.fromkeys(names):
        given[name] = distinct_slug(name, lambda text: text not in given.values())
    return given


@given(st.lists(names, max_size=8))
@example(["C", "C++", "C#", "c plus plus", "c-plus-plus", "c"])
@example(["A!", "a?", "a", "A"])
@example(["C++", "c plus plus", "c plus plus f1deb7"])
@example(["é", "e\u0301"])
def test_slugs_are_distinct(given_names: list[str]) -> None:
    """No two names share a slug on a file system that folds case or composes characters."""
    slugs = distinct_slugs(given_names)
    assert list(dict.fromkeys(given_names)) == sorted(slugs, key=given_names.index)
    assert len(slugs) == len({unicodedata.normalize("NFC", text.casefold()) for text in slugs.values()})


@given(st.lists(names, min_size=1, max_size=6), names)
@example(["C++"], "c plus plus")
@example(["A!"], "a")
def test_a_newer_name_moves_no_older_one(older: list[str], newer: str) -> None:
    """A name that comes later leaves the slugs of all before it as they were: their feeds have subscribers."""
    assume(newer not in older)
    before, after = distinct_slugs(older), distinct_slugs([*older, newer])
    assert before == {name: after[name] for name in older}


def test_the_older_of_two_keeps_its_slug() -> None:
    """Of two names with one slug the older has it, the other gets a hash behind it."""
    first, second = distinct_slugs(["a!", "a?"]).values()
    assert "a" == first
    assert "a-" == second[:2]
    assert 8 == len(second)
