"""feeder/trees/: YAML, TOML and JSON become the same trees of text, each value with its place, within bounds."""

from __future__ import annotations

import json
import string
import time
import tracemalloc
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeder.nodes import Items, Node, Scalar, Table
from feeder.trees import SYNTAXES, SyntaxFault, json_end, parse
from feeder.trees.places import MAX_DEPTH, MAX_NODES

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS, MEGABYTES = 5, 32
"""What no input of this size may cost; the real figures are far below."""


def plain(node: Node) -> Any:
    """Return a tree as the str, list and dict that it stands for."""
    match node:
        case Scalar():
            return node.text
        case Items():
            return [plain(item) for item in node.items]
        case Table():
            return {key.text: plain(value) for key, value in node.pairs}


def places(node: Node) -> Iterator[tuple[str, int, int]]:
    """Yield the text and place of each key and value, in their order."""
    match node:
        case Scalar():
            yield node.text, node.mark.line, node.mark.column
        case Items():
            yield "[", node.mark.line, node.mark.column
            for item in node.items:
                yield from places(item)
        case Table():
            yield "{", node.mark.line, node.mark.column
            for key, value in node.pairs:
                yield from places(key)
                yield from places(value)


def fault(syntax: str, text: str) -> SyntaxFault:
    with pytest.raises(SyntaxFault) as caught:
        parse(syntax, text)
    return caught.value


# Values


@pytest.mark.parametrize(
    "written",
    ["1.10", "007", "1_000", "0x1F", "0o17", "1e3", "+5", "-0", ".5", ".inf", ".NaN", "12:30:00", "190:20:30", "no",
     "yes", "on", "Off", "y", "true", "False", "2022-01-01", "2024-1-1", "2024-01-31T18:30:00+01:00", "=", "<<", "a#b",
     "http://x.example/?a=b", "C++", "日本語", "😀", "a\u00a0b", "a\u3000b", "NULLS", "nullable", "~x"],
)  # fmt: skip
def test_yaml_scalars_keep_their_characters(written: str) -> None:
    """What YAML would make a number, a date or a truth value stays what the author wrote."""
    assert {"a": written, "b": [written]} == plain(parse("yaml", f"a: {written}\nb: [{written}]\n"))


@pytest.mark.parametrize(
    ("written", "text"),
    [("1.10", "1.10"), ("-0.0", "-0.0"), ("1e3", "1e3"), ("5", "5"), ("true", "true"), ("false", "false"), ("inf", "inf"),
     ("2022-01-01", "2022-01-01"), ('"1.10"', "1.10"), ("'a\\b'", "a\\b"), ('"\\u00e9"', "é"), ('"no"', "no")],
)  # fmt: skip
def test_toml_scalars_keep_their_characters(written: str, text: str) -> None:
    """A TOML number, date or truth value is the text that stands in the file."""
    assert {"a": text} == plain(parse("toml", f"a = {written}\n"))


@pytest.mark.parametrize(
    ("written", "text"),
    [("1.10", "1.10"), ("-0", "-0"), ("1E+3", "1E+3"), ("12345678901234567890", "12345678901234567890"),
     ("true", "true"), ('"\\u00e9\\n\\/"', "é\n/"), ('"\\ud83d\\ude00"', "😀"), ('"tab\there"', "tab\there")],
)  # fmt: skip
def test_json_scalars_keep_their_characters(written: str, text: str) -> None:
    """A JSON number or word is the text that stands in the file."""
    assert {"a": text} == plain(parse("json", f'{{"a": {written}}}'))


@pytest.mark.parametrize("null", ["", "~", "null", "Null", "NULL", " # a comment", "''", '""'])
def test_yaml_nulls_are_absent(null: str) -> None:
    """YAML's nulls and empty strings are empty text."""
    assert {"a": "", "b": "c"} == plain(parse("yaml", f"a: {null}\nb: c\n"))


def test_quoted_nulls_are_words() -> None:
    """A quoted null is a word like any other."""
    assert {"a": "null", "b": "~"} == plain(parse("yaml", "a: 'null'\nb: \"~\"\n"))
    assert {"a": "null"} == plain(parse("json", '{"a": "null"}'))


def test_json_null_is_absent() -> None:
    """JSON's null is empty text."""
    assert {"a": "", "b": ["", "c"]} == plain(parse("json", '{"a": null, "b": [null, "c"]}'))


@pytest.mark.parametrize(
    ("text", "value"),
    [("a: |\n  x\n   y\n\n  z\n", "x\n y\n\nz\n"), ("a: |-\n  x\n", "x"), ("a: >\n  x\n  y\n\n  z\n", "x y\nz\n"),
     ("a: x\n  y\n", "x y"), ("a: 'it''s'\n", "it's"), ('a: "\\u00e9\\x41\\t"\n', "éA\t"), ("a: x # y\n", "x"),
     ("a:\tx\n", "x"), ("? a\n: x\n", "x")],
)  # fmt: skip
def test_yaml_values_in_every_style(text: str, value: str) -> None:
    """Block, folded, plain, quoted and escaped scalars are read as YAML 1.1 says."""
    assert {"a": value} == plain(parse("yaml", text))


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n", "~\n", "null"])
def test_an_empty_yaml_text_is_an_empty_table(text: str) -> None:
    """Front matter without a value is a table without keys."""
    assert parse("yaml", text) == Table(pairs=(), mark=parse("yaml", text).mark)


@pytest.mark.parametrize(
    ("syntax", "text"),
    [("yaml", 'a: "x\\0\\x07\\e\\uFFFE\\uFFFF\\x80y"\n'), ("toml", 'a = "x\\u0000\\u0007\\u001b\\uFFFE\\uFFFF\\u0080y"\n'),
     ("json", '{"a": "x\\u0000\\u0007\\u001b\\uFFFE\\uFFFF\\u0080\\udfff\\ud800y"}')],
)  # fmt: skip
def test_characters_that_xml_cannot_carry_do_not_come_in_by_escapes(syntax: str, text: str) -> None:
    """Control characters, noncharacters and lone surrogates that an escape makes are cleaned away."""
    assert {"a": "xy"} == plain(parse(syntax, text))


def test_escaped_line_ends_are_line_feeds() -> None:
    """CRLF that comes in by escapes is LF, as everywhere."""
    assert {"a": "x\ny\nz"} == plain(parse("yaml", 'a: "x\\r\\ny\\rz"\n'))
    assert {"a": "x\ny\nz"} == plain(parse("json", '{"a": "x\\r\\ny\\rz"}'))


def test_a_surrogate_escaped_in_yaml_is_refused_or_cleaned() -> None:
    """A lone surrogate never gets through YAML either."""
    try:
        assert {"a": "x"} == plain(parse("yaml", 'a: "\\ud800x"\n'))
    except SyntaxFault as caught:
        assert caught.code == "front-matter-syntax"  # noqa: PT017 - either is right, by the parser's version


@pytest.mark.parametrize("tag", ["!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!", "!<tag:yaml.org,2002:str>"])  # fmt: skip
def test_harmless_tags_change_nothing(tag: str) -> None:
    """Tags of plain values are accepted, and the value stays text."""
    assert {"a": "1.10", "b": "x"} == plain(parse("yaml", f"a: {tag} 1.10\nb: x\n"))


def test_harmless_tags_of_collections_change_nothing() -> None:
    """Tags of plain lists and tables are accepted."""
    assert {"a": ["b"], "c": {}} == plain(parse("yaml", "!!map\na: !!seq [b]\nc: !!map {}\n"))


@pytest.mark.parametrize(
    ("text", "got", "column"),
    [("a: !!python/object/apply:os.system [id]", "tag:yaml.org,2002:python/object/apply:os.system", 4),
     ("a: !!python/name:os.system", "tag:yaml.org,2002:python/name:os.system", 4),
     ("!!python/object:x.y {a: 1}", "tag:yaml.org,2002:python/object:x.y", 1),
     ("a: !!binary aGk=", "tag:yaml.org,2002:binary", 4), ("a: !!set {x}", "tag:yaml.org,2002:set", 4),
     ("a: !env HOME", "!env", 4), ("a: [b, !include /etc/passwd]", "!include", 8), ("!x a: b", "!x", 1),
     ("a: !<tag:evil.example,2024:x> b", "tag:evil.example,2024:x", 4)],
)  # fmt: skip
def test_tags_are_refused(text: str, got: str, column: int) -> None:
    """Every other tag is refused where it stands, and named."""
    caught = fault("yaml", text)
    assert ("yaml-tag", got, (1, column)) == (caught.code, caught.got, caught.mark)


def test_a_tag_handle_does_not_disguise_a_tag() -> None:
    """A %TAG directive cannot make a foreign tag look harmless."""
    assert fault("yaml", "%TAG ! tag:evil.example,2000:\n---\na: !str x\n").code == "yaml-tag"


# Places

SAME_TREE = [
    ("{", 1, 1), ("a", 1, 1), ("1", 1, 4), ("é", 2, 1), ("😀", 2, 4), ("b", 3, 1),
    ("[", 3, 4), ("c", 3, 5), ("d", 3, 8), ("e", 6, 1), ("{", 7, 3), ("f", 7, 3), ("x y", 7, 6),
]  # fmt: skip


def test_places_in_yaml() -> None:
    """Lines and columns count from 1, in characters, whatever the bytes and the blank lines."""
    assert SAME_TREE == list(places(parse("yaml", 'a: 1\né: 😀\nb: [c, d]\n\n   \ne:\n  f: "x y"\n')))


@pytest.mark.parametrize("odd", ["\u2028", "\u2029", "\x85", "é", "😀", "e\u0301"])
def test_places_behind_odd_characters(odd: str) -> None:
    """Characters of many bytes, and those that YAML alone takes for line ends, do not move what follows."""
    assert ("c", 2, 4) == list(places(parse("yaml", f'a: "{odd}x"\nb: c\n')))[-1]
    assert ("c", 1, 11) == list(places(parse("yaml", f"{{a: '{odd[0]}x', c}}\n")))[-2]
    assert ("c", 2, 7) == list(places(parse("json", f'{{"a": "{odd}",\n "b": "c"}}')))[-1]
    assert ("c", 2, 5) == list(places(parse("toml", f'a = "{odd}"\nb = "c"\n'.replace("\x85", "x"))))[-1]


@pytest.mark.parametrize("blank", ["\n", "\n\n\n", "  \n", "# comment: é\n"])
def test_places_behind_blank_lines_and_comments(blank: str) -> None:
    """Blank lines and comments count."""
    line = blank.count("\n") + 1
    assert ("b", line, 4) == list(places(parse("yaml", f"{blank}a: b\n")))[-1]
    assert ("b", line, 5) == list(places(parse("toml", f"{blank}a = 'b'\n")))[-1]
    if "#" not in blank:
        assert ("b", line, 7) == list(places(parse("json", f'{blank}{{"a": "b"}}')))[-1]


def test_places_in_json() -> None:
    """Each key and value of JSON has its place."""
    assert [
        ("{", 1, 1), ("a", 1, 2), ("1", 1, 7), ("é", 2, 2), ("{", 2, 7), ("b", 3, 3), ("[", 3, 8), ("x", 3, 9), ("", 3, 14),
    ] == list(places(parse("json", '{"a": 1,\n "é": {\n  "b": ["x", null]}}')))  # fmt: skip


def test_places_in_toml() -> None:
    """Each TOML value has the place of its value, each table that of its header."""
    text = 'a = 1\n"b c" = "x"\n\n[t]\nd = true\n\n[t.u]\n  e  =  "y"\nf.g = "z"\n'
    found = {text: (line, column) for text, line, column in places(parse("toml", text)) if text != "{"}
    assert {"1": (1, 5), "x": (2, 9), "true": (5, 5), "y": (8, 9), "z": (9, 7)} == {
        name: found[name] for name in ("1", "x", "true", "y", "z")
    }
    assert (4, 2) == found["t"]


def test_a_toml_string_that_looks_like_a_key_is_none() -> None:
    """Text within a multi-line string does not take a value's place."""
    text = 'a = """\ndate = "within"\n"""\ndate = "nonsense"\n'
    assert ("nonsense", 4, 8) == list(places(parse("toml", text)))[-1]


def test_toml_tables_of_one_name_have_their_own_places() -> None:
    """A value in the second ``[[author]]`` stands there, not in the first."""
    text = '[[author]]\nname = "Ada"\n[[author]]\nname = "Bob"\n'
    assert ("Bob", 4, 8) == list(places(parse("toml", text)))[-1]


# Duplicate keys


@pytest.mark.parametrize(
    ("syntax", "text", "place"),
    [("yaml", "a: 1\nb: 2\na: 3\n", (3, 1)), ("yaml", 'a: 1\n"a": 2\n', (2, 1)), ("yaml", "{a: 1,\n b: 2, a: 3}", (2, 8)),
     ("yaml", "é: 1\n\né: 2\n", (3, 1)), ("json", '{"a": 1,\n "b": 2, "a": 3}', (2, 10)),
     ("json", '{"a": 1, "\\u0061": 3}', (1, 10)), ("toml", "a = 1\nb = 2\na = 3\n", (3, 1)),
     ("toml", 'a = 1\n  "a" = 2\n', (2, 3)), ("toml", "[a]\nb = 1\n[a]\nc = 2\n", (3, 2))],
)  # fmt: skip
def test_a_duplicate_key_is_refused_where_it_comes_again(syntax: str, text: str, place: tuple[int, int]) -> None:
    """The place is the second key's, and the message names the line of the first."""
    caught = fault(syntax, text)
    assert ("duplicate-key", place) == (caught.code, caught.mark)
    assert "line 1" in caught.message


def test_a_duplicate_key_within_a_value_is_refused() -> None:
    """Tables within tables are as strict."""
    caught = fault("yaml", "x:\n  a: 1\n  b: 2\n  a: 3\n")
    assert ("duplicate-key", (4, 3), "duplicate key, first given in line 2") == (
        caught.code,
        caught.mark,
        caught.message,
    )


def test_one_key_in_two_tables_is_no_duplicate() -> None:
    """Each table has keys of its own."""
    assert {"x": {"a": "1"}, "y": {"a": "2"}} == plain(parse("yaml", "x: {a: 1}\ny: {a: 2}\n"))


@pytest.mark.parametrize("text", ["[1, 2]: x\n", "? {a: 1}\n: x\n", "{{ page.title }}: x\n"])
def test_what_has_no_text_for_a_key_is_passed_over(text: str) -> None:
    """A list or a table as a key, as an unquoted ``{{ … }}`` makes one: nobody can ask for its value."""
    assert {"y": "z"} == plain(parse("yaml", f"{text}y: z\n"))


# Aliases


def test_aliases_stand_for_their_anchors() -> None:
    """Anchors and aliases of scalars, lists and tables work; the last anchor of a name counts."""
    text = "a: &x 1\nb: *x\nc: &x [*x, 2]\nd: *x\ne: &t {k: v}\nf: [*t, *t]\n"
    assert {
        "a": "1", "b": "1", "c": ["1", "2"], "d": ["1", "2"], "e": {"k": "v"}, "f": [{"k": "v"}, {"k": "v"}],
    } == plain(parse("yaml", text))  # fmt: skip


@pytest.mark.parametrize(("text", "place"), [("a: *x\n", (1, 4)), ("a: &x [b, *x]\n", (1, 11))])
def test_an_alias_of_nothing_is_refused(text: str, place: tuple[int, int]) -> None:
    """An alias without an anchor before it, be it within the anchored value itself, is a fault with a place."""
    caught = fault("yaml", text)
    assert ("front-matter-syntax", place) == (caught.code, caught.mark)


def bomb_of_lists() -> str:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    rows += [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    ]
    return "\n".join(rows)


def bomb_of_tables() -> str:
    rows = ["a: &a {x: y, z: y}"]
    names = string.ascii_letters
    rows += [f"{name}: &{name} {{p: *{before}, q: *{before}}}" for before, name in pairwise(names)]
    return "\n".join(rows)


def bomb_of_merges() -> str:
    rows = ["a0: &a0 {k: [x, x, x, x, x, x, x, x, x, x]}"]
    rows += [f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 10)}]}}" for i in range(1, 12)]
    return "\n".join(rows)


def bomb_within_one_value() -> str:
    return (
        "a: [&a [x], "
        + ", ".join(f"&{y} [{', '.join([f'*{x}'] * 10)}]" for x, y in zip("abcdefgh", "bcdefghi", strict=True))
        + "]"
    )


BOMBS = {
    "lists": bomb_of_lists(),
    "tables": bomb_of_tables(),
    "merges": bomb_of_merges(),
    "one value": bomb_within_one_value(),
    "long text": f"a: &a [{'x, ' * 1000}x]\nb: [{', '.join(['*a'] * 1000)}]\n",
    "deep and wide": "a: &a {b: " + "[" * 29 + "x" + "]" * 29 + "}\nc: [" + ", ".join(["*a"] * 30_000) + "]",
    "many values": "a: [" + "x, " * 100_000 + "]",
    "many keys": "".join(f"k{i}: v\n" for i in range(50_000)),
    "quadratic anchors": "\n".join(f"a{i}: &a{i} [{'*a' + str(i - 1) if i else 'x'}, y]" for i in range(20_000)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_an_alias_bomb_is_refused_fast_and_small(name: str) -> None:
    """What would grow beyond any sensible size is refused before it has grown."""
    start = time.process_time()
    tracemalloc.start()
    try:
        caught = fault("yaml", BOMBS[name])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caught.code == "front-matter-too-deep"
    assert str(MAX_NODES) in caught.message
    assert time.process_time() - start < SECONDS
    assert peak < MEGABYTES * 2**20


# Depth

NESTED = {
    "yaml flow lists": ("yaml", "a: " + "[" * 5000 + "]" * 5000),
    "yaml flow tables": ("yaml", "a: " + "{b: " * 5000 + "}" * 5000),
    "yaml open lists": ("yaml", "[" * 100_000),
    "yaml block lists": ("yaml", "a:\n" + "- " * 5000 + "x"),
    "yaml block tables": ("yaml", "\n".join(" " * i + "a:" for i in range(2000))),
    "yaml keys": ("yaml", "? " * 5000),
    "toml lists": ("toml", "a = " + "[" * 5000 + "]" * 5000),
    "toml tables": ("toml", "a = " + "{b = " * 5000 + "1" + "}" * 5000),
    "toml dotted key": ("toml", "a" + ".b" * 5000 + " = 1"),
    "toml header": ("toml", "[a" + ".b" * 5000 + "]\nc = 1"),
    "toml just too deep": ("toml", "a = " + "[" * 100 + "]" * 100),
    "json lists": ("json", '{"a": ' + "[" * 5000 + "]" * 5000 + "}"),
    "json tables": ("json", '{"a":' * 5000 + "1" + "}" * 5000),
    "json open lists": ("json", "[" * 100_000),
}


@pytest.mark.parametrize("name", NESTED)
def test_a_depth_bomb_is_refused(name: str) -> None:
    """No nesting reaches the interpreter's own limit, in any syntax."""
    start = time.process_time()
    assert fault(*NESTED[name]).code == "front-matter-too-deep"
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_sensible_nesting_is_read(syntax: str) -> None:
    """A dozen levels are read in every syntax."""
    deep = "[" * 12 + '"x"' + "]" * 12
    tree = parse(syntax, {"yaml": f"a: {deep}", "toml": f"a = {deep}", "json": f'{{"a": {deep}}}'}[syntax])
    assert {"a": json.loads(deep)} == plain(tree)


def test_the_bound_of_depth_is_where_it_says() -> None:
    """`MAX_DEPTH` levels are read, one more is not."""
    assert json.loads("[" * MAX_DEPTH + "]" * MAX_DEPTH) == plain(parse("yaml", "[" * MAX_DEPTH + "]" * MAX_DEPTH))
    assert fault("yaml", "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).mark == (1, MAX_DEPTH + 1)


@pytest.mark.parametrize(
    ("syntax", "text"),
    [("toml", "a = " + "9" * 5000), ("toml", "a = 0x" + "f" * 5000), ("toml", "a = -" + "1" * 100_000),
     ("json", '{"a": ' + "9" * 100_000 + "}"), ("yaml", "a: " + "9" * 100_000)],
)  # fmt: skip
def test_a_number_without_end_does_no_harm(syntax: str, text: str) -> None:
    """Numbers beyond what Python converts are read as text or refused, never a crash."""
    try:
        digits = plain(parse(syntax, text))["a"]
    except SyntaxFault as caught:
        assert caught.code in {"front-matter-syntax", "front-matter-too-deep"}  # noqa: PT017 - either is right
    else:
        assert text.rsplit(maxsplit=1)[-1].rstrip("}") == digits


# Syntax errors

YAML_FAULTS = {
    "a tab indents": ("a: 1\n\tb: 2\n", (2, 1), "tabs are not allowed for indentation; use spaces"),
    "a tab indents a list": ("a:\n\t- b\n", (2, 1), "tabs are not allowed for indentation; use spaces"),
    "a bare colon": ("title: A: B\n", (1, 9), 'a value that contains ": " must be quoted'),
    "a bare colon later": ("a: 1\ntitle: Ä: B\n", (2, 9), 'a value that contains ": " must be quoted'),
    "an apostrophe": ("title: 'it's'\n", (1, 12), "quotes inside a quoted value must be doubled"),
    "text behind a quote": ('title: "a" b\n', (1, 12), "quotes inside a quoted value"),
    "a percent sign": ("a: %x\n", (1, 4), "must be quoted"),
    "an at sign": ("a: @x\n", (1, 4), "must be quoted"),
    "a backtick": ("a: `x`\n", (1, 4), "must be quoted"),
    "no colon": ("a: 1\nb\nc: 2\n", (3, 1), "a key without a colon"),
    "an unclosed list": ("a: [b, c\n", (1, 4), "[ is opened and never closed"),
    "an unclosed table before a key": ("a: 1\nb: {c: d\ne: f\n", (2, 4), "{ is opened and never closed"),
    "a list without a comma": ("a: [b\n  c: d\n  e: f]\n", (2, 4), "','"),
    "an unknown escape": ('a: "b\\qc"\n', (1, 6), "unknown escape"),
    "a second document": ("a: 1\n---\nb: 2\n", (2, 1), "a second YAML document begins here"),
    "a second document after dots": ("a: 1\n...\n---\nb: 2\n", (3, 1), "a second YAML document begins here"),
}


@pytest.mark.parametrize("name", YAML_FAULTS)
def test_a_fault_in_yaml_says_what_to_do(name: str) -> None:
    """Each usual slip has its place and words of its own, not the parser's."""
    text, place, message = YAML_FAULTS[name]
    caught = fault("yaml", text)
    assert ("front-matter-syntax", place) == (caught.code, caught.mark)
    assert message in caught.message


@pytest.mark.parametrize("value", ["*very* good", "* good", "& sons", "&sons&"])
def test_a_value_that_begins_with_a_sign_of_yaml_is_said_to_need_quotes(value: str) -> None:
    """Emphasis and ampersands are not taken for aliases and anchors without a word."""
    caught = fault("yaml", f"a: b\ntitle: {value}\n")
    assert ("front-matter-syntax", (2, 8)) == (caught.code, caught.mark)
    assert "must be quoted" in caught.message


@pytest.mark.parametrize("quote", ["'", '"'])
@pytest.mark.parametrize(("before", "line"), [("", 1), ("a: b\n\n", 3)])
def test_a_quote_that_is_never_closed_is_named_where_it_opens(quote: str, before: str, line: int) -> None:
    """The place is that of the quote, not of the end of the text, where the parser noticed."""
    caught = fault("yaml", f"{before}title: {quote}x\ndate: 2024-01-31\n")
    assert "a quote is opened and never closed" in caught.message
    assert (line, 8) == caught.mark


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [('{"a": "x}', (1, 7), "a quote is opened and never closed"), ('{"a" 1}', (1, 6), "a colon is missing"),
     ('{"a": 1\n "b": 2}', (2, 2), "a comma or } is missing"), ('{"a": [1 2]}', (1, 10), "a comma or ] is missing"),
     ('{"a": tru}', (1, 7), "a value is missing or not quoted"), ('{"a": }', (1, 7), "a value is missing"),
     ('{"a": 1,}', (1, 9), "a key in double quotes is missing"), ("{'a': 1}", (1, 2), "a key in double quotes is missing"),
     ('{"a": "\\x"}', (1, 8), "escape"), ('{"é": "\\u12"}', (1, 9), "escape"), ('{"a": 1} b', (1, 9), "text after the end"),
     ('{"a": NaN}', (1, 7), "a value is missing"), ("", (1, 1), "a value is missing"), ('{"a":\n1,\n', (3, 1), "missing")],
)  # fmt: skip
def test_a_fault_in_json_says_what_is_missing(text: str, place: tuple[int, int], message: str) -> None:
    """Each fault has its place and says what belongs there."""
    caught = fault("json", text)
    assert ("front-matter-syntax", place) == (caught.code, caught.mark)
    assert message in caught.message


@pytest.mark.parametrize(
    ("text", "place"),
    [("a\n", (1, 2)), ("a = \n", (1, 5)), ("a = 1\nb = 2024-13-45\n", (2, 9)), ('a = "\\q"\n', (1, 8)),
     ("a = 1 b = 2\n", (1, 7)), ("日 = 1\n", (1, 1)), ("a = [1,\n", (2, 1)), ("é", (1, 1))],
)  # fmt: skip
def test_a_fault_in_toml_has_its_place(text: str, place: tuple[int, int]) -> None:
    """The place is tomllib's, and the end of the text where it names that."""
    caught = fault("toml", text)
    assert ("front-matter-syntax", place) == (caught.code, caught.mark)
    assert caught.message.startswith("not valid TOML: ")
    assert "(at " not in caught.message


def test_the_end_of_a_json_object_is_found() -> None:
    """What follows the object is not looked at."""
    text = '\n {"a": "}", "b": {"c": []}} {"d"'
    assert text.index(' {"d"') == json_end(text)


# Any input

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffd"), max_size=20)
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(WORDS, VALUES, max_size=5))
def test_what_json_says_is_what_is_read(value: dict[str, Any]) -> None:
    """JSON's values come back as they are, and YAML, whose subset it nearly is, reads the same."""
    text = json.dumps(value)
    assert value == plain(parse("json", text))
    assert value == plain(parse("json", json.dumps(value, ensure_ascii=False, indent=1)))


@given(
    st.sampled_from(sorted(SYNTAXES)),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    | st.text("{}[]\"':,-#&*!|>%@=.+ \n\tab1", max_size=60),
)
def test_any_text_is_a_tree_or_a_fault(syntax: str, text: str) -> None:
    """Nothing but `SyntaxFault` ever comes out, and its place lies within the text."""
    try:
        parse(syntax, text)
    except SyntaxFault as caught:
        assert caught.mark.line <= text.count("\n") + 1  # noqa: PT017 - a tree is right as well
        assert caught.mark.column >= 1  # noqa: PT017
