"""feeder/flavors/: each flavour of Markdown reads what its writers mean, and gives nothing worse than the other."""

from __future__ import annotations

import html
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from fixtures_reader import read_fixture
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown as made_by_markdown
from markdown.treeprocessors import InlineProcessor

from feeder.content import MAX_BODY, Body, Written, all_rendered, rendered
from feeder.flavors import FLAVORS, commonmark, python_markdown
from feeder.html.excerpts import summary_of
from feeder.html.rawhtml import BodyTooDeepError
from feeder.settings import Markdown, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feeder import Build

BASE = "https://site.example/2024/post/"
SECONDS = 10
"""In which any body is done; a slow machine and a loaded one included."""
SIGNS = st.sampled_from(
    "* ** _ ~ ~~ ` ``` [ ] ( ) ![ [^1] [^1]: [a]: | - -|- : # > < & &amp; \\ // http:// www. a@b.c a é 中 </b> <b> <!-- --> "
    "<pre> <li> {#a} *[a]: \t".split(" ")
) | st.sampled_from(["\n", "\n\n", "\n    ", "\n- ", "\n1. ", "\n> ", "\n- [ ] ", "  \n", "\r\n", "\0", "\u2028"])
TEXT = st.text(st.characters(codec="utf-8"), max_size=40) | st.lists(SIGNS, max_size=40).map("".join)
each_flavor = pytest.mark.parametrize(
    "flavor", ["python-markdown", "commonmark", "kramdown"]
)  # the others do less of the same


def body_of(markdown: str, flavor: str) -> Body:
    return rendered(markdown, "post.md", BASE, "p1-", flavor)


def html_of(markdown: str, flavor: str = "commonmark") -> str:
    return body_of(markdown, flavor).html


# What each says


def cases() -> Iterator[tuple[str, str, str, str]]:
    """Yield title, flavour, Markdown and HTML: what is expected stands under the flavour's name, that of one that it
    is like, or under ``(both)``."""
    for title, markdown, expected in read_fixture("flavors.txt"):
        _, *parts = re.split(rf"^\((both|{'|'.join(FLAVORS)})\)\n", expected, flags=re.MULTILINE)
        by_name = dict(zip(parts[::2], parts[1::2], strict=True))
        for flavor in FLAVORS:
            named = next(name for name in (flavor, *_LIKE.get(flavor, ()), "both") if name in by_name)
            yield title, flavor, markdown, by_name[named].removesuffix("\n")


_LIKE = {"smartypants": ("commonmark",), "definitions": ("commonmark",), "kramdown": ("smartypants", "commonmark"), "kramdown-straight": ("kramdown", "smartypants", "commonmark"), "goldmark": ("kramdown", "smartypants", "commonmark"), "markdown-it": ("goldmark", "kramdown", "smartypants", "commonmark")}  # fmt: skip


@pytest.mark.parametrize(
    ("flavor", "markdown", "expected"),
    [case[1:] for case in cases()],
    ids=[f"{case[0]}, {case[1]}" for case in cases()],
)
def test_a_flavor_reads_what_its_writers_mean(flavor: str, markdown: str, expected: str) -> None:
    """The table shows where the flavours differ, and that they agree on the rest."""
    assert expected == html_of(markdown, flavor)


@pytest.mark.parametrize("flavor", FLAVORS)
def test_line_ends_can_be_line_breaks(flavor: str) -> None:
    """As Hexo has them; they stay line ends elsewhere, and in code."""
    body = Written("one\ntwo\n\n- a\n  b\n\n```\nc\nd\n```\n", "a.md", BASE, "p1-")
    (made,) = all_rendered([body], flavor, breaks=True)
    assert made is not None
    assert 2 == made.html.count("<br>")
    assert re.search(r"one<br>\s*two", made.html)
    assert "c\nd" in made.html
    assert "<br>" not in html_of("one\ntwo", flavor)


UNSPACED = [
    ('推送"参数"给', '<p>推送"参数"给</p>'),
    ('公式"Specifying"を。\n\n"1984"年', '<p>公式"Specifying"を。</p>\n<p>“1984”年</p>'),
    ('他说"好"。 "a" b', '<p>他说"好"。 “a” b</p>'),
    ('、"参数"给 `推"中"` <b title="中、/">x</b>', '<p>、“参数”给 <code>推"中"</code> <b title="中、/">x</b></p>'),
    ('![推"中"给](/x.png)', '<p><img src="https://site.example/x.png" alt="推&quot;中&quot;给"></p>'),
    (
        "看http://a.test」、就 www.b.test/c、d",
        '<p>看<a href="http://a.test">http://a.test</a>」、就 <a href="http://www.b.test/c">www.b.test/c</a>、d</p>',
    ),
    (
        "https://c.test/中 <https://c.test/文> [https://d.test/、](https://d.test/、)",
        '<p><a href="https://c.test/">https://c.test/</a>中 <a href="https://c.test/%E6%96%87">https://c.test/文</a> <a href="https://d.test/%E3%80%81">https://d.test/、</a></p>',
    ),
    ("https://d.test/Köln 中", '<p><a href="https://d.test/K%C3%B6ln">https://d.test/Köln</a> 中</p>'),
]


@pytest.mark.parametrize(("markdown", "expected"), UNSPACED)
def test_words_without_spaces_between_them_keep_their_quotes_and_end_addresses(markdown: str, expected: str) -> None:
    """A quote that nothing opened stays as it is typed, and an address ends before what can be no part of it."""
    assert expected == html_of(markdown, "goldmark")


def test_addresses_end_before_signs_of_such_text_in_each_commonmark() -> None:
    """Elsewhere than in Hugo, letters may go on with an address, but no full stop and no bracket does."""
    expected = '<p><a href="http://a.test/%E4%B8%AD">http://a.test/中</a>。</p>'
    assert expected == html_of("http://a.test/中。", "commonmark")


@pytest.mark.parametrize("flavor", [name for name in FLAVORS if name != "python-markdown"])
@pytest.mark.parametrize("marks", ["{}", "<{}>"])
def test_a_picture_in_a_reference_leaves_no_text(flavor: str, marks: str) -> None:
    """However long it is; no feed shows one."""
    where = marks.format("data:image/png;base64," + "A" * 200_000)
    made = html_of(f"One ![][image1] two ![b][x].\n\n[image1]: {where}\n\n[x]: /x.png\n", flavor)
    assert '<p>One  two <img src="https://site.example/x.png" alt="b">.</p>' == made


TABLES = [
    ("|a |b |\n|--|--|--|\n|1|2|3|", ["a", "b", "", "1", "2", "3"]),
    ("a | b\n--|:-:|--\n1|2|3", ["a", "b", "", "1", "2", "3"]),
    ("> |a\n> |-|-|\n> |1|2|", ["a", "", "1", "2"]),
    ("|a|b|\n|-|-|\n|1|2|", ["a", "b", "1", "2"]),
    ("|a|b|c|\n|-|-|\n|1|2|", []),
    ("```\n|a|\n|-|-|\n```", []),
]


@pytest.mark.parametrize(("markdown", "cells"), TABLES)
def test_goldmark_fills_up_the_header_of_a_table(markdown: str, cells: list[str]) -> None:
    """One with too few cells makes a table, and one with too many does not; code stays as it is."""
    made = html_of(markdown, "goldmark")
    assert cells == re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", made)
    assert cells or "|-|-|" in made


KRAMDOWN = [
    ("![p](/i/My Pic (1).png)", '<p><img src="https://site.example/i/My%20Pic%20(1).png" alt="p"></p>'),
    ('[q](/i/it\'s it.png "T") r', '<p><a href="https://site.example/i/it\'s%20it.png" title="T">q</a> r</p>'),
    ("[a](/x 'T (1)') b (c d)", '<p><a href="https://site.example/x" title="T (1)">a</a> b (c d)</p>'),
    ('[a](/x "b" c)', "<p>[a](/x “b” c)</p>"),
    ("[a](/x - y (1 2).pdf)", '<p><a href="https://site.example/x%20-%20y%20(1%202).pdf">a</a></p>'),
    ('[a]\n\n[a]: /x y (z.png "T"\n', '<p><a href="https://site.example/x%20y%20(z.png" title="T">a</a></p>'),
    ("1) one\n2) two", "<p>1) one\n2) two</p>"),
    ("<div>\n1) one\n</div>", "<div>\n1) one\n</div>"),
    ("> 1) one", "<blockquote>\n<p>1) one</p>\n</blockquote>"),
    ("    1) one", "<pre><code>1) one\n</code></pre>"),
    (
        "a 'em, '*b* and '[c](/x) in '90s",
        '<p>a \u2018em, \u2018<em>b</em> and \u2018<a href="https://site.example/x">c</a> in \u201990s</p>',
    ),
    ("a \u2019em", "<p>a \u2019em</p>"),
    (
        "|a|b\n|`c|d`|e",
        "<table>\n<tbody>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n<tr>\n<td><code>c|d</code></td>\n<td>e</td>\n</tr>\n</tbody>\n</table>",
    ),
    (
        "a | b | c\n- | -\n     [d](/x y) | e",
        '<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n<th>c</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><a href="https://site.example/x%20y">d</a></td>\n<td>e</td>\n<td></td>\n</tr>\n</tbody>\n</table>',
    ),
    (
        "[a] [b], [a b]\n[b c] ![p] [b] `[a] [b]` [x] [no] [d][b] [b]\n\n- [x] [b]\n\n# [a]\n[b] [c](/c)\n\n[b]: /b\n[b  C]: /bc",
        '<p><a href="https://site.example/b">a</a>, <a href="https://site.example/bc">a b</a> <img src="https://site.example/b" alt="p"> <code>[a] [b]</code> [x] [no] <a href="https://site.example/b">d</a> <a href="https://site.example/b">b</a></p>\n<ul>\n<li>☑ <a href="https://site.example/b">b</a></li>\n</ul>\n<h1>[a]</h1>\n<p><a href="https://site.example/b">b</a> <a href="https://site.example/c">c</a></p>',
    ),
    (
        "**a:\u00a0**b c **\u00a0d** *e *f. \u00a0*g _h\u00a0_ i _j\u00a0_k `*l\u00a0*`",
        "<p><strong>a:</strong>&nbsp;b c &nbsp;<strong>d</strong> *e <em>f.</em> &nbsp;g <em>h</em>&nbsp; i _j&nbsp;_k <code>*l&nbsp;*</code></p>",
    ),
    (
        "(https://a.b/c\\_d\\_e). `https://a.b/c\\_d` [x][y]\n\n[y]: https://a.b/c_d",
        '<p>(<a href="https://a.b/c_d_e">https://a.b/c_d_e</a>). <code>https://a.b/c\\_d</code> <a href="https://a.b/c_d">x</a></p>',
    ),
    (
        """[a](/x "T "q" t") ![b](/y 'it's') [c](/z "u")""",
        """<p><a href="https://site.example/x" title="T &quot;q&quot; t">a</a> <img src="https://site.example/y" alt="b" title="it's"> <a href="https://site.example/z" title="u">c</a></p>""",
    ),
    (
        "  1. a\n  2. <div>\n      <b>E</b> - t\n    </div>\n\n  3. b",
        "<ol>\n<li>\n<p>a</p>\n</li>\n<li>\n<div>\n <b>E</b> - t\n</div>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>",
    ),
    (
        "[a], [B]\n\n    [a]: /code\n\n[a]: /1\n[b]: /b\n[A]: /2\n[c]: /c\n[a]: /3",
        '<p><a href="https://site.example/3">a</a>, <a href="https://site.example/b">B</a></p>\n<pre><code>[a]: /code\n</code></pre>',
    ),
    ("H~2~O ~~a~~", "<p>H~2~O <del>a</del></p>"),
    ("<p>a</p>\nb *c*", "<p>a</p>\n<p>b <em>c</em></p>"),
    ("<div>a *b*</div> c *d*", "<div>a *b*</div>\n<p>c <em>d</em></p>"),
    ('<img src="/a.png">\nb **c**', '<p><img src="https://site.example/a.png"> b <strong>c</strong></p>'),
    ("<br>\n*a*", "<p><br> <em>a</em></p>"),
    (
        "<div><div>\n\n    <p>a</p>\n</div>\n\n<pre>a\n\nb</pre></div>\n*c*",
        "<div><div>\n    <p>a</p>\n</div>\n<pre>a\n\nb</pre></div>\n<p><em>c</em></p>",
    ),
    ("<hr>\n*a*", "<hr>\n<p><em>a</em></p>"),
    ("<b>\n- a", "<b>\n<ul>\n<li>a</li>\n</ul>\n</b>"),
    ("```ruby\ncode\n\n**b**", "<p>```ruby\ncode</p>\n<p><strong>b</strong></p>"),
    ("~~~\na\n~~~\n\n~~~\n\n**b**", "<pre><code>a\n</code></pre>\n<p>~~~</p>\n<p><strong>b</strong></p>"),
    ("- a\n\n  ```\n  b\n\n*c*", "<ul>\n<li>\n<p>a</p>\n<p>```\nb</p>\n</li>\n</ul>\n<p><em>c</em></p>"),
    ("[a][b(c)] [x][y]", "<p>[a][b(c)] [x][y]</p>"),
    ("a**,** **b:**c **d**e *f.*g", "<p>a<strong>,</strong> <strong>b:</strong>c <strong>d</strong>e <em>f.</em>g</p>"),
    ("`a**,**` **b** c, **d**", "<p><code>a**,**</code> <strong>b</strong> c, <strong>d</strong></p>"),
    ("\\__FILE__", "<p>__FILE__</p>"),
    ("\\**x**", "<p>**x**</p>"),
    ("a\\\\\nb", "<p>a<br>\nb</p>"),
    ("```\n<div>x</div>\ny\n```", "<pre><code>&lt;div&gt;x&lt;/div&gt;\ny\n</code></pre>"),
    (
        "-- | --\na | b\n-- | --\n`1` | 2\n\n- c\n\n  ---|---\n  d | e",
        "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><code>1</code></td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n<ul>\n<li>\n<p>c</p>\n<table>\n<tbody>\n<tr>\n<td>d</td>\n<td>e</td>\n</tr>\n</tbody>\n</table>\n</li>\n</ul>",
    ),
    ("a\n---|---\nb | c", "<p>a\n—|—\nb | c</p>"),
    (
        "> a\n> \n> \tb\n>\n>\tc\n\n```\n> \td\n8.\n```",
        "<blockquote>\n<p>a</p>\n<pre><code>b\n\nc\n</code></pre>\n</blockquote>\n<pre><code>&gt; \td\n8.\n</code></pre>",
    ),
    ("* a\n8.\n* b\n\nc\n8.\nd", "<ul>\n<li>a\n8.</li>\n<li>b</li>\n</ul>\n<p>c\n8.\nd</p>"),
    (
        "- a\n  2. x\n  3. y\n- b",
        "<ul>\n<li>a\n<ol>\n<li>x</li>\n<li>y</li>\n</ol>\n</li>\n<li>b</li>\n</ul>",
    ),
]
"""Markdown, and what kramdown 2.4 makes of it, but for white space, that addresses are absolute and their spaces quoted."""


@pytest.mark.parametrize(("markdown", "expected"), KRAMDOWN)
def test_kramdown_is_read_as_kramdown_reads_it(markdown: str, expected: str) -> None:
    """Where that is not what CommonMark says."""
    assert expected == html_of(markdown, "kramdown").rstrip("\n")


def test_kramdown_leaves_quotes_straight_where_it_is_told_to() -> None:
    """But not dashes and ellipses; quotes that an author typed stay, and so does what is in code."""
    markdown = """"It's" -- it... 'so' <b title="x">"y"</b> `"c"`"""
    assert '<p>"It\'s" \u2013 it\u2026 \'so\' <b title="x">"y"</b> <code>"c"</code></p>' == html_of(
        markdown, "kramdown-straight"
    ).rstrip("\n")
    assert "<p>\u201ca\u201d 'b'</p>" == html_of("\u201ca\u201d 'b'", "kramdown-straight").rstrip("\n")


def test_the_configuration_names_every_flavor() -> None:
    """What ``markdown.flavor`` may say is what there is."""
    assert ("auto", *FLAVORS) == keys_of(Markdown)["flavor"]["choices"]


def test_the_configured_flavor_is_used(build: Callable[..., Build]) -> None:
    """Without configuration a body is Python-Markdown, with it CommonMark; an HTML body is HTML in either."""
    posts = {
        "a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n~~a~~",
        "b.html": "---\ntitle: B\ndate: 2024-01-03\n---\n~~b~~",
    }
    for config, expected in (("", b"<p>~~a~~</p>"), ("markdown: {flavor: commonmark}", b"<p><del>a</del></p>")):
        data = next(artifact.data for artifact in build(posts, config).artifacts if artifact.path == "feed.json")
        assert expected in data
        assert b'"~~b~~"' in data


def test_a_flavor_that_is_not_used_is_not_loaded() -> None:
    """The libraries of Markdown are loaded by the first body that is in their flavour, and not before."""
    code = (
        "import sys\nfrom feeder.content import rendered\nloaded = lambda: {'markdown', 'comrak'} & set(sys.modules)\n"
        "assert loaded() == set()\n"
        "rendered('a', 'a.md', 'https://a.example/', 'p-', 'commonmark')\nassert loaded() == {'comrak'}"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# What is true of all


@each_flavor
@settings(max_examples=150, deadline=None)
@given(text=TEXT)
def test_any_text_is_rendered(flavor: str, text: str) -> None:
    """Whatever the author types comes out as HTML, or is refused by name."""
    try:
        body = body_of(text, flavor)
    except BodyTooDeepError:
        return
    assert "<script" not in body.html
    assert [] == [found for found in re.findall(r'<[^>]*\sid="([^"]*)"', body.html) if not found.startswith("p1-")]
    summary_of(body.html)


@each_flavor
@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1)) <javascript:alert(1)> ![x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "- [ ] <img src=x onerror=alert(1)>",
        "[^1]\n\n[^1]: <script>alert(1)</script>",
        "| <script>alert(1)</script> |\n|---|\n| [x](javascript:alert(1)) |",
        'www.x.example/"onmouseover="alert(1) https://x.example/<script>alert(1)</script>',
    ],
)
def test_nothing_that_runs_gets_through(flavor: str, markdown: str) -> None:
    """No flavour is trusted: a script, a handler or a ``javascript:`` URL goes, whatever the library lets through."""
    found = re.findall(r"<[^>]*>", html_of(markdown, flavor))
    assert [] == [tag for tag in found if re.search(r"<script|\son\w+=|=\"javascript:", html.unescape(tag))]


@each_flavor
@pytest.mark.parametrize(
    ("markdown", "expected", "excerpt"),
    [
        ("one *two*\n\n<!-- more -->\n\nthree", "<p>one <em>two</em></p>\n<p>three</p>", "one two"),
        ("one <!--More--> two", "<p>one  two</p>", "one"),
        ("one[^1]\n\n<!-- more -->\n\n[^1]: Note.", None, "one"),
        ("- one\n- two\n\n<!-- more -->\n\nthree", None, "one two"),
        ("# Head\n\none\n\n<!-- more -->\n\nthree", "<h1>Head</h1>\n<p>one</p>\n<p>three</p>", "Head one"),
        ("```\n<!-- more -->\n```", "<pre><code>&lt;!-- more --&gt;\n</code></pre>", None),
    ],
)
def test_the_excerpt_is_what_comes_before_more(
    flavor: str, markdown: str, expected: str | None, excerpt: str | None
) -> None:
    """``<!-- more -->`` ends the excerpt and leaves no sign of itself; in code it is code."""
    found = body_of(markdown, flavor)
    assert expected is None or expected == re.sub(r"\n+", "\n", found.html)
    assert excerpt is None or excerpt == found.excerpt


@each_flavor
def test_footnotes_lead_to_one_another(flavor: str) -> None:
    """Marks and ways back are links whose targets exist, on the post's page and under its prefix."""
    found = html_of("A[^1], B[^b], A[^1], C[^中].\n\n[^1]: One.\n[^b]: Two.\n[^中]: Three.", flavor)
    targets = re.findall(r'\sid="([^"]+)"', found)
    links = [href.partition("#") for href in re.findall(r'href="([^"]+)"', found)]
    assert 7 == len(targets) == len(set(targets))
    assert {BASE} == {page for page, _, _ in links}
    # Browsers look for the fragment as it is, then decoded (HTML, "find a potential indicated element").
    assert set(targets) == {fragment if fragment in targets else unquote(fragment) for _, _, fragment in links}
    assert all(target.startswith("p1-") for target in targets)


@each_flavor
def test_neither_marks_nor_notes_are_part_of_a_summary(flavor: str) -> None:
    """A summary is the running text; superscripts that are no marks belong to it."""
    markdown = (
        "At 10<sup>3</sup> m[^a], all<sup><a href='x.html'>TM</a></sup>[^a] froze.\n\n[^a]: Not quite.\n\n    More."
    )
    assert "At 103 m, allTM froze." == summary_of(html_of(markdown, flavor))


@each_flavor
def test_code_keeps_its_bytes(flavor: str) -> None:
    """A fence keeps tabs, blank lines and trailing spaces, and names its language; so does ``<pre>``."""
    code = "\tx = 1\n\n\n\n\tif x < 1 && y:  \n"
    escaped = "\tx = 1\n\n\n\n\tif x &lt; 1 &amp;&amp; y:  \n"
    assert f'<pre><code class="language-c++">{escaped}</code></pre>' == html_of(f"```c++\n{code}```", flavor)
    assert f"<p>a</p>\n<pre>{escaped}</pre>" == re.sub(
        "\n+<pre>", "\n<pre>", html_of(f"a\n\n<pre>\n{escaped}</pre>", flavor)
    )


@each_flavor
@pytest.mark.parametrize("sign", ["-", "1.", "10."])
def test_a_fence_may_stand_behind_the_sign_of_an_item(flavor: str, sign: str) -> None:
    """What it opens is code, blank lines and all, and the items stay those of one list."""
    margin = " " * (len(sign) + 1)
    code = f"{sign} ```js\n{margin}a\n\n{margin}  <b>\n{margin}```\n"
    found = re.sub(r"\n(?=<)|(?<=>)\n", "", html_of(f"{code}{sign} two\n\ntext", flavor))
    assert '<li><pre><code class="language-js">a\n\n  &lt;b&gt;</code></pre></li>' in found.replace(
        "\n</code>", "</code>"
    )
    assert 1 == found.count("</ul>") + found.count("</ol>")
    assert found.endswith("<p>text</p>")


# Bounded


def _in_time(markdown: str, flavor: str) -> str:
    """Return the HTML, "" when the body is refused by name; fail when either takes too long."""
    start = time.process_time()
    try:
        found = html_of(markdown, flavor)
        summary_of(found)
    except BodyTooDeepError:
        found = ""
    assert time.process_time() - start < SECONDS
    return found


@each_flavor
@pytest.mark.parametrize(
    "markdown",
    [
        pytest.param("> " * 100_000 + "a", id="quotes within quotes"),
        pytest.param("".join(f"{'  ' * level}- a\n" for level in range(600)), id="lists within lists"),
        pytest.param("[" * 300_000, id="brackets"),
        pytest.param("![" * 150_000, id="pictures"),
        pytest.param("[a](" * 75_000, id="links never closed"),
        pytest.param("*" * 300_000, id="stars"),
        pytest.param("<!--" * 75_000, id="comments never closed"),
        pytest.param("[^" * 150_000, id="marks never closed"),
    ],
)
def test_a_body_that_nests_without_end_takes_seconds(flavor: str, markdown: str) -> None:
    """What a program could write and no person would is rendered or refused, in time and without a crash."""
    assert len(_in_time(markdown, flavor)) < 20 * MAX_BODY


@pytest.mark.parametrize(
    "markdown",
    [
        pytest.param("*a **a " * 50_000, id="emphasis never closed"),
        pytest.param("_a*b " * 60_000, id="emphasis that crosses"),
        pytest.param("~a~~ " * 60_000, id="strikes that cross"),
        pytest.param("`" + "`".join("a" * n for n in range(700)), id="code"),
        pytest.param("- " * 150_000, id="lists in one line"),
        pytest.param("ann@example.org " * 60_000, id="mail addresses"),
        pytest.param("https://example.org/" + ")" * 900_000, id="an address and parentheses"),
        pytest.param("https://example.org/" + ")." * 400_000, id="an address, parentheses and stops"),
        pytest.param(f"https://example.org/{')' * commonmark.MAX_CLOSING} " * 99, id="addresses and parentheses"),
        pytest.param("a|" * 900 + "\n" + "-|" * 900 + "\n" + "a\n" * 400_000, id="a table of empty cells"),
        pytest.param("a|" * 900 + "\r" + "-|" * 900 + "\r" + "a\r" * 400_000, id="the same with old line ends"),
        pytest.param("[^1]: x\n\n" + "[^1] " * 190_000, id="marks of one note"),
        pytest.param("".join(f"[^{n}]: [^{n + 1}]\n\n" for n in range(40_000)) + "[^0]", id="notes within notes"),
        pytest.param('[x]: u "' + "t" * 400_000 + '"\n\n' + "[x]" * 160_000, id="references to a long title"),
    ],
)
def test_commonmark_takes_seconds(markdown: str) -> None:
    """No body makes CommonMark take time or room out of proportion."""
    assert len(_in_time(markdown, "commonmark")) < 20 * MAX_BODY


@pytest.mark.parametrize(
    ("unit", "count"),
    [("Word after word.\n\n", 50_000), ("- [ ] *a* `b`\n", 30_000), ("[a](b.html) **c**\n\n", 40_000)],
)
def test_a_long_body_is_all_there(unit: str, count: int) -> None:
    """A body as long as a book is rendered whole, in CommonMark, in seconds."""
    found = _in_time(unit * count, "commonmark")
    assert count == len(re.findall("Word|☐|<strong>", found))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        pytest.param("a | b\n--|--\n" + "1 | 2\n" * 5_000, 10_000, id="a long table"),
        pytest.param("a|" * 60 + "\n" + "-|" * 60 + "\n" + ("1|" * 60 + "\n") * 2_000, 120_000, id="a wide table"),
    ],
)
def test_tables_that_people_have_are_rendered(markdown: str, expected: int) -> None:
    """The bound on cells is far from what a table holds."""
    assert expected == _in_time(markdown, "commonmark").count("<td")


def test_a_body_that_is_refused_costs_its_text_only(build: Callable[..., Build]) -> None:
    """A body beyond the bounds is reported, and the entry is published without it."""
    post = "---\ntitle: A\ndate: 2024-01-02\n---\n" + "a@b.example " * (commonmark.MAX_SIGNS + 1)
    result = build({"a.md": post}, "markdown: {flavor: commonmark}")
    assert ["body-too-deep"] == [problem.code for problem in result.problems]
    assert 1 == len(result.published)


@given(st.lists(TEXT, min_size=1, max_size=3).map("\n\n".join))
def test_inline_patterns_are_python_markdowns_own(text: str) -> None:
    """A text in which a pattern is not looked for, since it has no sign of it, comes out as Python-Markdown has it."""
    ours, own = python_markdown._converter(0), python_markdown._converter(1)
    own.treeprocessors.register(InlineProcessor(own), "inline", 20)
    assert own.reset().convert(text) == ours.reset().convert(text)


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ("js", "js"), ("js{1,3}", "js"), ('python title="x"', "python"), ("python:main.py", "python"), ("rust,ignore", "rust"),
        ("{.python .numberLines startFrom=1}", "python"), ("{python}", "python"), ("{ .c++ #a }", "c++"), ("java=", "java"),
        ("go{hl_lines=[1]}", "go"), ('js[class="a"]', "js"), ("f#", "f#"), ("html+erb", "html+erb"), (".js", "js"), ("{1,3}", ""),
        ('title="x"', ""), ('hl_lines="1 2"', ""), ("{lang=python}", "python"), ("c# A title https://a.example/", "c#"), ("3", ""),
    ],
)  # fmt: skip
@each_flavor
def test_code_says_its_language_and_nothing_else(flavor: str, info: str, expected: str) -> None:
    """Lines to mark, titles and options are for the page: a reader gets the name of the language, or none."""
    opening = f'<code class="language-{expected}">' if expected else "<code>"
    # Within braces, CommonMark's libraries take the first word for all.
    known = flavor == "python-markdown" or not info.startswith("{ ")
    assert (
        f"<pre>{opening}x < y\n</code></pre>".replace("x <", "x &lt;") == body_of(f"```{info}\nx < y\n```", flavor).html
    ) is known


def test_the_first_line_of_code_may_say_its_language() -> None:
    """As Python-Markdown's extension for Pygments has it, with colons or a sign of Unix; a path of Unix is code."""
    for line in (":::Python", "#!python", '::::python hl_lines="1 2"'):
        assert (
            '<pre><code class="language-python">x\n</code></pre>'
            == body_of(f"    {line}\n    x", "python-markdown").html
        )
    assert "<pre><code>#!/bin/sh\nx\n</code></pre>" == body_of("    #!/bin/sh\n    x", "python-markdown").html
    assert "<pre><code>:::python\nx\n</code></pre>" == body_of("    :::python\n    x", "commonmark").html


@pytest.mark.parametrize(
    "body",
    [
        "~~~~~~ a line ~~~~~~\n\nText *with* signs.\n",
        "~~~~~~~~~~~~\n\nText *with* signs.\n\n~~~~~~~~~\n\nMore.\n",
        "- one\n\n  Of no list, to Python-Markdown.\n\n  ```\n  x\n  ```\n\n- two\n",
    ],
)
def test_what_is_no_fence_in_a_list_or_at_all(body: str) -> None:
    """Tildes that nothing ends are a line across the page; a block stays with the paragraph that it stands below."""
    plain = re.sub("(?m)^  (?=```|x)", "", body)
    expected = made_by_markdown(plain, extensions=["fenced_code"])
    assert _text(expected) == _text(python_markdown.html(body))


def test_a_tag_in_code_hides_no_fence() -> None:
    """A `<pre>` that a post talks about is not one that is open."""
    assert "<p>The <code>&lt;pre&gt;</code> tag.</p>\n<pre><code>x\n</code></pre>" == python_markdown.html(
        "The `<pre>` tag.\n\n```\nx\n```\n"
    )


def test_many_fences_that_nothing_ends_take_no_time() -> None:
    """Each is looked for once, of whatever length: a line of tildes after which no other ends it says so for all."""
    body = "".join(f"{'~' * (3 + number % 50)}a\n" for number in range(20_000))
    assert "~~~a" in python_markdown.html(body)


def _text(html: str) -> str:
    return re.sub(r"\s+", " ", html)
