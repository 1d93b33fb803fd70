"""feeder/trees/javascript.py and python.py: programs as data, of which nothing is run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeder.nodes import Items, Scalar, Table
from feeder.trees import SyntaxFault, javascript, parse
from feeder.trees.places import Computed

if TYPE_CHECKING:
    from feeder.nodes import Node


def plain(node: Node) -> Any:
    """Return what a tree holds; what a program would make is in angle brackets."""
    match node:
        case Computed():
            return f"<{node.text}>"
        case Scalar():
            return node.text
        case Items():
            return [plain(item) for item in node.items]
    assert isinstance(node, Table)
    return {key.text: plain(value) for key, value in node.pairs}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("'a'", "a"), ('"a\\n\\u00e9\\x41\\u{1F600}\\\'"', "a\né" + "A😀'"), ("'\\ud83d\\ude00'", "😀"), ("`a\nb`", "a\nb"), ("`a${b}`", "<`a${b}`>"), ("`${`}`}`", "<`${`}`}`>"),
     ("1", "1"), ("-1.5e3", "-1.5e3"), ("1_000", "1000"), ("1px", "<1px>"), ("true", "true"), ("null", ""), ("undefined", ""),
     ("[]", []), ("[1, 'a', [2],]", ["1", "a", ["2"]]), ("[...x, ,2]", ["<x>", "<>", "2"]), ("{}", {}), ("{a: 1, 'b-c': 2, 3: 4, 0.82: 5,}", {"a": "1", "b-c": "2", "3": "4", "0.82": "5"}),
     ("{a: 1, a: 2}", {"a": "2"}), ("{a, b}", {"a": "<a>", "b": "<b>"}), ("{größe: 1, $x: 2}", {"größe": "1", "$x": "2"}), ("{f() { return {a: '}'} }, b: 1}", {"f": "<f() { return {a: '}'} }>", "b": "1"}),
     ("{async f(x, y) {}, get g() { return 1 }, *h() {}, async: 1, get: 2}", {"f": "<async f(x, y) {}>", "g": "<get g() { return 1 }>", "h": "<*h() {}>", "async": "1", "get": "2"}),
     ("{[k]: 1, b: 2}", {"[": "1", "b": "2"}), ("{a: (x) => ({b: 1}), c: 2}", {"a": "<(x) => ({b: 1})>", "c": "2"}), ("{a: function () { return ',' }, b: 1}", {"a": "<function () { return ',' }>", "b": "1"}),
     ("{a: x ? 'b' : 'c', d: 1}", {"a": "<x ? 'b' : 'c'>", "d": "1"}), ("{a: /[,}/]'/g, b: 1 / 2, c: 3}", {"a": "<>", "b": "<1 / 2>", "c": "3"}),
     ("{a: 'b' + \"c\" + 1, d: 'e' + f}", {"a": "bc1", "d": "<'e' + f>"}), ("{a: ('b'), c: (d, e)}", {"a": "b", "c": "<(d, e)>"}),
     ("{a: 1 /* , } */, // b: 2\n c: 3}", {"a": "1", "c": "3"}), ("{a: 'b' as const, c: {d: 1} satisfies E<F, G>, h: 2}", {"a": "b", "c": {"d": "1"}, "h": "2"}),
     ("defineConfig({a: 1})", {"a": "1"}), ("withX({a: 1}, {b: 2})", "<withX({a: 1}, {b: 2})>"), ("make({a: 1})", "<make({a: 1})>"), ("new X({a: 1})", "<new X({a: 1})>"),
     ("{a: 1 b: 2}", {"a": "<1 b: 2>"}), ("process.env.X", "<process.env.X>"), ("process.env.X || 'y'", "y"),
     ("{a: process.env.X ?? import.meta.env.Y ?? b, c: process.env.X && 'y', d: x || 'y'}", {"a": "<b>", "c": "<process.env.X && 'y'>", "d": "<x || 'y'>"})],
)  # fmt: skip
def test_what_is_plain_in_javascript(text: str, expected: Any) -> None:
    """Literals, names of literals, sums of texts, and what stands in for the environment; anything else is the expression itself."""
    if "/[,}/]" in text:
        found = plain(javascript.parse(f"export default {text}"))["default"]
        assert (expected["b"], expected["c"]) == (found["b"], found["c"])
        assert found["a"].startswith("</[,}/]")
    else:
        assert expected == plain(javascript.parse(f"export default {text}"))["default"]
        assert expected == plain(javascript.parse(f"module.exports = {text};\n"))["default"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("const a = 'x'\nconst b = {a, c: a}\nexport default b", {"a": "x", "c": "x"}),
     ("const h = {n: 'x.y'}\nconst u = 'https://' + h.n + '/'\nexport default {u, v: `${u}z`, w: `${later}z`}", {"u": "https://x.y/", "v": "https://x.y/z", "w": "<`${later}z`>"}),
     ("const a: Record<string, {b: string}> = {b: 1}\nexport default a", {"b": "1"}),
     ("const a = {b: {c: 1}}\nexport default {d: a.b.c, e: a?.b, f: a.x, ...a, g: 2}", {"d": "1", "e": {"c": "1"}, "f": "<a.x>", "b": {"c": "1"}, "g": "2"}),
     ("// export default {a: 1}\nconst s = 'export default {a: 2}'; /* export default 3 */ export default {a: 4}", {"a": "4"}),
     ("const a = 1; function f() { const a = 2 }\nexport default {a}", {"a": "<a>"}),
     ("const a = b\nconst b = a\nexport default {a}", {"a": "<…>"}), ("export default {a}\nconst a = process.env.X", {"a": "<process.env.X>"})],
)  # fmt: skip
def test_names_stand_for_what_is_bound_to_them(text: str, expected: Any) -> None:
    """Constants of the script, wherever they stand; a name that is given twice, or to itself, has no value."""
    assert expected == plain(javascript.parse(text))["default"]


def test_what_a_function_returns_is_found() -> None:
    """The largest table of those that are returned."""
    text = "module.exports = function (c) { c.on(() => { return {x: 1} }); return { dir: {input: 'src'}, b: 2 } }"
    assert {"dir": {"input": "src"}, "b": "2"} == plain(javascript.parse(text))["return"]


def test_places_are_those_of_the_file() -> None:
    """A value's line is where it stands, or where its name does."""
    tree = javascript.parse("const u = 'x';\nexport default {\n  a: u,\n  b: 1,\n};\n")
    table = next(value for key, value in tree.pairs if key.text == "default")
    assert isinstance(table, Table)
    assert [(3, 6), (4, 6)] == [tuple(value.mark) for _, value in table.pairs]


@pytest.mark.parametrize(
    ("text", "place"),
    [("export default {\n a: 1\n b: 2}", (3, 2)), ("export default {a: {", (1, 21)),
     ("export default " + "[" * 100, (1, 48))],
)  # fmt: skip
def test_a_script_that_cannot_be_read_says_where(text: str, place: tuple[int, int]) -> None:
    """With line and column, when it is what the script exports."""
    with pytest.raises(SyntaxFault) as caught:
        javascript.parse(text)
    assert place[0] == caught.value.mark.line


def test_names_of_names_are_bounded() -> None:
    """Ten names of ten names each, ten levels deep, are a fault and no ten thousand million values."""
    levels = "".join(f"const a{level} = [{', '.join([f'a{level + 1}'] * 10)}];\n" for level in range(10))
    with pytest.raises(SyntaxFault, match="more than 20000 values"):
        javascript.parse(f"{levels}const a10 = 'x';\nexport default a0;\n")


def test_imports_are_named() -> None:
    """Those of the site's own files: what they are called here, the file, what they are called there."""
    text = """import a, { b as c, d } from './x';
import * as e from "../y.js"
import type { F } from '@/z'
import g from 'package'
const { h, i: j } = require('./k')
const l = require("./m");
"""
    assert [
        ("a", "./x", "default"), ("c", "./x", "b"), ("d", "./x", "d"), ("e", "../y.js", "*"), ("F", "@/z", "F"),
        ("h", "./k", "h"), ("j", "./k", "i"), ("l", "./m", "default"),
    ] == [found[:3] for found in javascript.imports(text)]  # fmt: skip


@pytest.mark.parametrize(
    "unit",
    [
        "const a=[",
        "import a ",
        "const a: ",
        "/*",
        "/[",
        "`${",
        "{a:",
        "'",
        "return {",
        "const a = b(",
        "(",
        "a/",
        "export default ",
        " ",
        "const x: {",
    ],
)
def test_what_is_no_script_ends(unit: str) -> None:
    """However much there is of it, it takes no time to speak of."""
    text = unit * (200_000 // len(unit))
    try:
        javascript.parse(text)
    except SyntaxFault as fault:
        assert fault.message  # noqa: PT017 - either is well
    assert isinstance(list(javascript.imports(text)), list)


@given(text=st.text(alphabet="abc{}[]()'\"`$:,;/*\\ \n=.+-<>?|!&0const default export", max_size=200))
def test_any_text_is_a_script_or_a_fault(text: str) -> None:
    """Nothing else comes of it."""
    for source in (text, f"export default {text}"):
        try:
            tree = javascript.parse(source)
        except SyntaxFault as fault:
            assert 1 <= fault.mark.line <= source.count("\n") + 1  # noqa: PT017
        else:
            assert isinstance(tree, Table)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("A = 'x'", {"A": "x"}), ("A: str = 'x'", {"A": "x"}), ("A = B = 1", {"A": "1", "B": "1"}), ("A = 'x' 'y' + 'z'", {"A": "xyz"}), ("A = -1", {"A": "-1"}),
     ("A = True; B = None", {"A": "true", "B": ""}), ("A = (1, 'b', [2])", {"A": ["1", "b", ["2"]]}), ("A = {'b': 1, **C, D(): 2}", {"A": {"b": "1"}}),
     ("A = 'x'\nB = A + '/y'\nC = [A]", {"A": "x", "B": "x/y", "C": ["x"]}), ("A = f'{B}'", {"A": "<f'{B}'>"}), ("A = f(1)", {"A": "<f(1)>"}),
     ("A = 1\nif B:\n    A = 2", {"A": "<'2' if B else '1'>"}), ("A = 1\nA += 2", {"A": "<A += 2>"}), ("A = 1\nA = 3", {"A": "3"}), ("a.b = 1\nA, B = 1, 2", {}),
     ("A = '\\d'", {"A": "\\d"}), ("import os\nA = os.environ['B']", {"A": "<os.environ['B']>"}), ("", {}),
     ("A = 'x'\nB = f'https://{A}/'", {"A": "x", "B": "https://x/"}), ("A = 1\nB = f'{A:02}'", {"A": "1", "B": "<f'{A:02}'>"}),
     ("A = False\nB = 'x' if not A else 'y'", {"A": "false", "B": "x"}), ("A = True\nB = 'x' if not A else 'y'", {"A": "true", "B": "y"}),
     ("A = 'b'\nB = 'x' if A else 'y'", {"A": "b", "B": "<'x' if A else 'y'>"}), ("B = 'x' if C else 'y'", {"B": "<'x' if C else 'y'>"})],
)  # fmt: skip
def test_what_is_plain_in_python(text: str, expected: Any) -> None:
    """Literals, names of literals, texts made of both, and choices by a name for true or false, assigned at the margin."""
    assert expected == plain(parse("python", text))


@pytest.mark.parametrize(
    ("text", "line"), [("A = 1\nprint 'x'\n", 2), ("A = \x00", 1), ("A = " + "(" * 500 + ")" * 500, 1), ("A = " + "+".join("1" * 50_000), 1), ("A = " + "-" * 50_000 + "1", 1)]
)  # fmt: skip
def test_python_that_cannot_be_read_says_where(text: str, line: int) -> None:
    """With the line; what is nested beyond reason has the first."""
    with pytest.raises(SyntaxFault) as caught:
        parse("python", text)
    assert line == caught.value.mark.line
