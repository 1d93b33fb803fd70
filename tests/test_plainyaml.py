"""The line parser gives the tree that PyYAML's events give, places included, or gives up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from feeder.trees import plainyaml
from feeder.trees.places import SyntaxFault
from feeder.trees.yaml import parse_events

if TYPE_CHECKING:
    from feeder.nodes import Node

PLAIN = {
    "scalars": "title: A title\ndate: 2024-01-31 18:30:00\ndraft: no\nversion: 1.10\n",
    "quotes": "a: 'it''s'\nb: \"two\"\nc: ''\nd: \"\"\n",
    "lists": "categories:\n - one\n - 'two'\ntags:\n- a\n- b c\n",
    "a list indented": "categories: \n    - 传统媒体\n    - Solidot - 最新消息\nauthor: x\n",
    "lists on one line": "a: [b, c d,e ]\nb:  [ 'x, y', \"z\"]  \nc: []\nd: [null, 1.10, no]\n",
    "nothing": "a:\nb: \nc: null\nd:\n  # a comment\n",
    "blank lines and comments": "\n\n# first\na: 1\n\n  # second\nb: 2\n\n",
    "a colon and a hash inside": "a: b:c\nurl: https://x.example/?a=1#b\n",
    "trailing spaces": "a: 1  \nb: 'x'   \n",
    "a table": "a:\n  b: 1\n  c: 'x'\nd:\n    e:\n",
    "tables in tables": "a:\n  b:\n    c: 1\n\n    d:\n    - x\n  e: 2\n # c\nf: 3\n",
    "a table at the end": "a: 1\nb:\n c:\n  d:\n",
    "a list with blank lines": "a:\n\n - x\n\n # c\n - y\nb: 1\n",
}
BEYOND = {
    "a tab": "a:\t1\n", "a list of lists on one line": "a: [b, [c]]\n", "a table on one line": "a: {b: c}\n", "a list that goes on": "a: [b,\n  c]\n",
    "a list with a comma too many": "a: [b,]\n", "a list with nothing between": "a: [b,, c]\n", "a pair in a list": "a: [b: c]\n",
    "behind a list": "a: [b] c\n", "a list beyond any": f"a: [{'b, ' * 1000}b]\n", "an escape in a list": 'a: ["\\t"]\n', "an address in a list": "a: [https://x.example/]\n", "a table of tables of tables and so on": "".join(f"{' ' * level}a:\n" for level in range(9)),
    "a key that is null": "null: x\n", "a key beyond any": f"{'k' * 1100}: x\n",
    "a ragged table": "a:\n  b: 1\n c: 2\n", "a table behind a value": "a: 1\n  b: 1\n", "a table behind a list": "a:\n - b\n  c: 1\n",
    "an item left of its key": "a:\n  b:\n - c\n", "a duplicate in a table": "a:\n  b: 1\n  b: 2\n", "indented": "  a: 1\n",
    "a block": "a: |\n  b\n", "an anchor": "a: &x 1\n",
    "a tag": "a: !!str 1\n", "continued": "a: b\n  c\n", "a duplicate": "a: 1\na: 2\n", "a quoted key": '"a": 1\n',
    "an escape": 'a: "\\n"\n', "a colon": "a: b: c\n", "a comment behind": "a: b # c\n", "nested lists": "a:\n - - b\n",
    "a table in a list": "a:\n - b: c\n", "text": "just text\n", "a ragged list": "a:\n - b\n  - c\n", "an item alone": "- a\n",
    "a tilde": "a: ~\n", "behind a quote": "a: 'b' c\n", "an open quote": "a: 'b\n", "a line separator": "a: b\u2028c: d\n",
}  # fmt: skip


def by_events(text: str) -> Node | None:
    try:
        return parse_events(text)
    except SyntaxFault:
        return None


@pytest.mark.parametrize("name", PLAIN)
def test_the_plain_subset_is_read_as_pyyaml_reads_it(name: str) -> None:
    """Usual front matter is taken, and gives the very tree."""
    tree = plainyaml.parse(PLAIN[name])
    assert tree is not None
    assert parse_events(PLAIN[name]) == tree


@pytest.mark.parametrize("name", BEYOND)
def test_what_is_beyond_the_subset_is_left_to_pyyaml(name: str) -> None:
    """What is not plain, faults included, is given up."""
    assert plainyaml.parse(BEYOND[name]) is None


KEYS = st.sampled_from(
    [
        "  a",
        " b",
        "  c",
        "    d",
        "null",
        "NULL",
        "k" * 1100,
        "title",
        "date",
        "tags",
        "a",
        "b-c",
        "d_e",
        "é",
        "",
        "'q'",
        "1",
    ]
)
VALUES = st.sampled_from(
    "x|1.10|no|null|~|'a'|'it''s'|\"b\"|\"b\\n\"|a: b|a:b|a #b|a#b|[a, b]|{a: b}|- x|-x|?x|? x|&a x|*a|!t x|%x|@x|`x`|>|||"
    "<<|=|.|..|...|.5|---|--- x|2024-01-31|12:30:00|中文。字|a  b|a'b|\"a\" b|'a' b|'a|#|# c|x:|:|:x|a, b|a]|}|é\u0301|😀|\xa0x|x\xa0"
    .split("|")
) | st.text(st.sampled_from("ab:#-'\" \t[]{},&*!|>%@`?~=.\\é中\u2028\ufeff\x85\xa0"), max_size=8)  # fmt: skip
VALUES |= st.lists(
    st.tuples(st.sampled_from(["", " ", "  "]), VALUES, st.sampled_from(["", " "])).map("".join), max_size=3
).map(lambda items: f"[{','.join(items)}]")
INDENTS = st.sampled_from(["", "", "", " ", "  ", "    ", "\t"])
LINES = st.one_of(
    st.builds(lambda key, gap, value, end: f"{key}:{gap}{value}{end}", KEYS, st.sampled_from([" ", "  ", "", "\t"]), VALUES,
              st.sampled_from(["", "", " ", "  ", " # c"])),
    st.builds(lambda key, end: f"{key}:{end}", KEYS, st.sampled_from(["", " ", "  # c"])),
    st.builds(lambda indent, gap, value: f"{indent}-{gap}{value}", INDENTS, st.sampled_from([" ", "   ", "", "\t"]), VALUES),
    st.builds(lambda indent, value: f"{indent}{value}", INDENTS, VALUES),
)  # fmt: skip


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LINES, max_size=8), st.sampled_from(["", "\n", "\n\n"]))
@example(["a:", "- b", "", "c: d"], "\n")
@example(["a: b", "---", "c: d"], "")
@example(["a: b", "..."], "")
@example(["%x", "a: b"], "")
def test_both_parsers_agree(lines: list[str], end: str) -> None:
    """Whatever the line parser takes, PyYAML takes too, and reads the same tree, places included."""
    text = "\n".join(lines) + end
    tree = plainyaml.parse(text)
    if tree is not None:
        assert by_events(text) == tree
