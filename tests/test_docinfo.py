"""feeder/docinfo.py and feeder/markup/restructuredtext.py: posts in reStructuredText, by what docutils makes of them."""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from conftest import SITE
from docutils.core import publish_parts
from docutils.parsers.rst import directives, roles
from hypothesis import given
from hypothesis import strategies as st

from feeder import frontmatter
from feeder.addresses import pelicanpaths
from feeder.cli import main
from feeder.docinfo import plain, told
from feeder.headers import headers
from feeder.pinning import pinned
from feeder.problems import Unsound, format_problem
from feeder.storage import files
from feeder.texts.fieldnames import folded_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feeder.pipeline import Build

TITLED = "Tea and *milk*\n==============\n\n:date: 2024-01-31\n:tags: a, b\n:summary: Two\n   lines\n\nText.\n"


def said(text: str) -> dict[str, str]:
    """Return what a text says of itself, by folded key."""
    found: dict[str, str] = {}
    for one in told(text):
        found.setdefault(folded_key(one.key.text), one.value.text)
    return found


@pytest.mark.parametrize(
    ("text", "expected", "body"),
    [
        (TITLED, {"title": "Tea and milk", "date": "2024-01-31", "tags": "a, b", "summary": "Two lines"}, "Text.\n"),
        ("====\nTea\n====\n:date: 2024\n\nx", {"title": "Tea", "date": "2024"}, "x"),
        ("----\n Tea\n----\n\nx", {"title": "Tea"}, "x"),
        ("Tea\n###\nGreen\n-----\n:slug: t\n\nx", {"title": "Tea", "slug": "t"}, "x"),
        ("Tea\n###\n\nGreen\n-----\n\nx", {"title": "Tea"}, "Green\n-----\n\nx"),
        (":date: 2024\n\nTea\n===\n\nx", {"date": "2024", "title": "Tea"}, "x"),
        (".. _tea:\n\n.. a comment\n   of two lines\n\nTea\n===\n:date: 1\n\nx", {"title": "Tea", "date": "1"}, "x"),
        (".. title: Tea\n.. slug: t\n.. tags:\n\nx", {"title": "Tea", "slug": "t", "tags": ""}, "x"),
        (".. note:: x\n\nText", {}, None),
        ("Text\n\n:date: 2024", {}, None),
        ("---\ntitle: Tea\n---\nx", {}, None),
        (":kbd:`x` is a key", {}, None),
        ("Tea ``x <y>`` `z <https://z.example/>`_ \\*\n=================================\n", {"title": "Tea x &lt;y&gt; z *"}, ""),
    ],
)  # fmt: skip
def test_what_a_text_says_of_itself(text: str, expected: dict[str, str], body: str | None) -> None:
    """Title and fields are those around the beginning, wherever they stand there, and the body is what follows."""
    assert expected == said(text)
    found = headers(text, "tea.rst")
    assert body == (text[found.start :] if found else None)


def test_docutils_reads_the_same_title_and_fields() -> None:
    """The title and the number of fields are those that docutils finds."""
    parts = publish_parts(TITLED, writer="html5", settings_overrides={"_disable_config": True})
    assert parts["title"] == "Tea and <em>milk</em>"
    assert {"date", "tags", "summary"} == {*said(TITLED)} - {"title"}


@given(st.text(alphabet="ab=-:. \n`*<>_|\\", max_size=60))
def test_any_text_has_a_beginning_and_an_end(text: str) -> None:
    """Whatever a text begins with, each field has a place in it, and the body begins where they end."""
    for one in told(text):
        assert 0 <= one.start < one.end <= len(text) + 1
        assert "\n" not in plain(one.value.text)


def test_a_title_as_a_field_counts_before_the_heading(rst: Callable[..., Build]) -> None:
    """As with Pelican: what the fields say is the title, and that a heading says another is no problem."""
    build = rst("Heading\n=======\n:title: Field\n:date: 2024-01-31\n\nx")
    assert "Field" == item(build)["title"]
    assert () == build.problems


def test_a_field_that_is_given_again_is_told(rst: Callable[..., Build]) -> None:
    """The last counts, as with Pelican, and a warning in the place of the other says that it does not."""
    build = rst("Tea\n===\n:date: 2024-01-31\n:Date: 2023-01-31\n\nx")
    assert item(build)["date_published"].startswith("2023")
    assert [(3, 2, "repeated-key", "date")] == [(one.line, one.column, one.code, one.got) for one in build.problems]


@pytest.fixture
def rst(build: Callable[..., Build]) -> Callable[..., Build]:
    """Return what builds a site of one post."""
    return lambda text, **more: build({"tea.rst": text}, **more)


def item(build: Build, number: int = 0) -> dict[str, Any]:
    """Return an item of the JSON feed."""
    (data,) = (one.data for one in build.artifacts if one.path == "feed.json")
    found: dict[str, Any] = json.loads(data)["items"][number]
    return found


PELICAN = "site: {dialect: pelican}\n"
HEAD = "Tea\n===\n:date: 2024-01-31\n\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a* **b** ``c`` H\\ :sub:`2`\\ O", "<p><em>a</em> <strong>b</strong> <code>c</code> H<sub>2</sub>O</p>"),
        ("- a\n- b\n\n  - c", "<ul><li>a</li>\n<li>b<ul><li>c</li>\n</ul>\n</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li>\n<li>b</li>\n</ol>'),
        (".. code-block:: python\n   :linenos:\n\n   f(x < 1)", '<pre><code class="language-python">f(x &lt; 1)\n</code></pre>'),
        (".. code:: python\n\n   f()", '<pre><code class="language-python">f()\n</code></pre>'),
        ("::\n\n   <x>", "<pre><code>&lt;x&gt;\n</code></pre>"),
        ("A\n-\n\nx", '<h2 id="ID-a">A</h2>\n<p>x</p>'),
        (".. image:: https://a.example/x.png\n   :alt: X\n   :width: 30px", '<p><img src="https://a.example/x.png" alt="X" width="30"></p>'),
        (".. figure:: https://a.example/x.png\n\n   A *cap*", '<figure><img src="https://a.example/x.png" alt=""><figcaption>A <em>cap</em></figcaption></figure>'),
        (".. note:: Hot", "<blockquote><p><strong>Note</strong></p>\n<p>Hot</p>\n</blockquote>"),
        ("=  =\nA  B\n=  =\n1  2\n=  =", "<table><thead><tr><th>A</th><th>B</th></tr>\n</thead>\n<tbody><tr><td>1</td><td>2</td></tr>\n</tbody>\n</table>"),
        ("a : b\n  c", "<dl><dt>a : <em>b</em></dt>\n<dd>c</dd>\n</dl>"),
        ("| a\n| b", "<div>a<br>\nb<br>\n</div>"),
        (".. raw:: html\n\n   <b onclick='x()'>a</b><script>x()</script>", "<b>a</b>"),
        (".. contents::\n\nx", "<p>x</p>"),
        (".. youtube:: abcdefghijk", '<p><a href="https://www.youtube.com/watch?v=abcdefghijk"><img src="https://i.ytimg.com/vi/abcdefghijk/hqdefault.jpg" alt="https://www.youtube.com/watch?v=abcdefghijk"></a></p>'),
        (":math:`a^2`", "<p><code>a^2</code></p>"),
    ],
)  # fmt: skip
def test_bodies_become_plain_html(text: str, html: str, rst: Callable[..., Build]) -> None:
    """What reStructuredText has becomes elements that any reader shows, without classes that would need a style sheet."""
    build = rst(HEAD + text)
    prefix = item(build)["content_html"].partition(' id="')[2].partition("a")[0] if "ID-" in html else ""
    assert html.replace("ID-", prefix) == item(build)["content_html"]
    assert () == build.problems


def test_what_nobody_knows_is_told_and_what_it_holds_stays(rst: Callable[..., Build]) -> None:
    """A directive, a role and a target of which nothing is known are named with their lines; their text is published."""
    build = rst(f"{HEAD}:kbd:`Ctrl` x_\n\n.. chart:: a\n   :b: c\n\n   Stays, *too*.\n")
    assert "<p>Ctrl x</p>\n<p>Stays, <em>too</em>.</p>" == item(build)["content_html"]
    message = "warning [unknown-tag] removed unknown tags: :kbd: (line 5), .. chart:: (line 7), x_ (line 5)"
    assert [f"tea.rst:5:1: {message}"] == [format_problem(one._replace(path="tea.rst")) for one in build.problems]


def test_a_substitution_whose_definition_cannot_be_read_costs_nothing_else(rst: Callable[..., Build]) -> None:
    """A definition with a role, or with a substitution, that nobody knows keeps its text, and so does all around it."""
    build = rst(HEAD + "A |x| b.\n\n.. |x| replace:: c |y| |z|\n\n.. |y| replace:: :ruby:`d`\n")
    assert "<p>A c d z b.</p>" == item(build)["content_html"]
    assert ["unknown-tag"] == [one.code for one in build.problems]


@pytest.mark.parametrize(("dashes", "expected"), [("default", "\u2014"), ("oldschool", "\u2013")])
def test_pelicans_typogrify_is_for_restructured_text_too(
    build: Callable[..., Build], write: Callable[..., Path], dashes: str, expected: str
) -> None:
    """Quotes and dashes are typographic, as in its Markdown, and code is not."""
    write(
        "pelicanconf.py",
        f"SITEURL = 'https://a.test'\nTYPOGRIFY = True\nTYPOGRIFY_DASHES = {dashes!r}\nPATH = 'posts'\n",
    )
    made = build({"tea.rst": HEAD + 'It\'s "so" -- ``"x" -- y``'})
    assert f"<p>It\u2019s \u201cso\u201d {expected} <code>&quot;x&quot; -- y</code></p>" == item(made)[
        "content_html"
    ].replace('"', "&quot;")


@pytest.mark.parametrize(
    "text",
    [
        ".. include:: {}",
        ".. include:: {}\n   :literal:",
        ".. raw:: html\n   :file: {}",
        ".. csv-table::\n   :file: {}",
        ".. raw:: html\n   :url: file://{}",
        ".. |x| date::\n\n|x|",
        ".. image:: {}\n   :loading: embed",
    ],
)
def test_no_text_reads_files_or_the_clock(
    text: str, rst: Callable[..., Build], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Nothing of the machine gets into a post: no file, whatever names it, and no time of day."""
    secret = tmp_path_factory.mktemp("secret") / "x.svg"
    secret.write_text("<svg>secret</svg>")
    html = item(rst(HEAD + text.format(secret))).get("content_html", "")
    assert "secret</" not in html
    assert "base64" not in html
    assert ":" not in html.replace("https://", "")


def test_texts_do_not_know_each_other(rst: Callable[..., Build]) -> None:
    """A role that one text defines is unknown in all others, and docutils is left as it was found."""
    before = dict(directives._directives), dict(roles._roles)
    build = rst(HEAD + ".. role:: own\n\n:own:`x`")
    assert (() == build.problems, *before) == (True, directives._directives, roles._roles)
    assert ["unknown-tag"] == [one.code for one in rst(HEAD + ":own:`x`").problems]


def test_a_text_that_is_nested_too_deeply_is_told(rst: Callable[..., Build]) -> None:
    """What would take docutils too deep, or too long, is published without its text; nothing else fails."""
    deep = "".join(" " * level + "- x\n\n" for level in range(0, 1900, 2))
    assert ["body-too-deep"] == [one.code for one in rst(HEAD + deep).problems]
    for text in ("word " * 70_000, "a_ " * 10_000):
        assert ["body-too-deep"] == [one.code for one in rst(HEAD + text).problems]


def test_a_long_line_is_read(rst: Callable[..., Build]) -> None:
    """docutils would refuse a whole text for a line of more than ten thousand characters."""
    assert "<p>" + "word " * 4_000 + "end</p>" == item(rst(HEAD + "word " * 4_000 + "end"))["content_html"]


def test_a_readme_without_fields_is_no_post(build: Callable[..., Build]) -> None:
    """A title alone makes no post of a README, as a heading makes none of one in Markdown."""
    found = build({"README.rst": "About\n=====\n\nText.\n", "tea.rst": HEAD + "x"})
    assert ((), "Tea") == (found.problems, item(found)["title"])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TITLED, TITLED.replace(":date:", ":id: a:b\n:date:")),
        ("Tea\n===\n\nx\n", "Tea\n===\n\n:id: a:b\n\nx\n"),
        (":date: 2024\n\nx\n", ":id: a:b\n:date: 2024\n\nx\n"),
        (".. title: Tea\n\nx\n", ".. id: a:b\n.. title: Tea\n\nx\n"),
        ("Text.\n", ":id: a:b\n\nText.\n"),
        ("----\nTea\n----\r\n:date: x\r\n\r\nx", "----\nTea\n----\r\n:id: a:b\n:date: x\r\n\r\nx"),
        ("---\ntitle: Tea\n---\nx", '---\nid: "a:b"\ntitle: Tea\n---\nx'),
    ],
)
def test_pinning_adds_a_field(before: str, after: str) -> None:
    """The id is the first of the fields, in their own way, and nothing else changes."""
    assert after == pinned(before.encode(), "tea.rst", "tea.rst", "a:b", headers="lines").decode()


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("<!--\n.. title: Tea\n.. date: 2024\n-->\nx", "<!--\n.. id: a:b\n.. title: Tea\n.. date: 2024\n-->\nx", "comments"),
        (';;;\n"title": "Tea"\n;;;\nx', ';;;\n"id": "a:b",\n"title": "Tea"\n;;;\nx', "unopened"),
        ('"title": "Tea"\n;;;\nx', '"id": "a:b",\n"title": "Tea"\n;;;\nx', "unopened"),
        ("---\ntitle: Tea #1\n---\nx", "---\nid: a:b\ntitle: Tea #1\n---\nx", "lines"),
        ("x\n", '---\nid: "a:b"\n---\nx\n', "unopened"),
    ],
)  # fmt: skip
def test_pinning_of_what_other_generators_have(before: str, after: str, kind: str) -> None:
    """The id is the first of what there is, as it is written there: in a comment, in JSON, between fences."""
    assert after == pinned(before.encode(), "tea.md", "tea.md", "a:b", headers=kind).decode()


def test_letters_that_take_unidecode_are_told_without_it(
    build: Callable[..., Build], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address is never guessed: the post is an error that says what to install; Latin letters need nothing."""
    monkeypatch.setattr(pelicanpaths, "_ascii", lambda: pelicanpaths._latin)
    pelicanpaths.slugify.cache_clear()
    posts = {"a.rst": HEAD.replace("Tea\n===", "茶\n=="), "b.rst": HEAD.replace("Tea\n===", "Straße\n======")}
    built = build(posts, PELICAN)
    pelicanpaths.slugify.cache_clear()
    assert [("bad-permalink", True)] == [(one.code, "feeder[pelican]" in one.message) for one in built.problems]
    assert f"{SITE}strasse.html" == item(built)["url"]


def test_a_comment_is_front_matter_in_markdown_too(build: Callable[..., Build]) -> None:
    """Nikola has the fields of a post in Markdown in a comment of HTML, with places for what is wrong with them."""
    head = "<!--\n.. title: Tea *time*\n.. slug: tea\n.. date: 2024-01-31 10:00:00 UTC+01:00\n.. tags: a, b\n.. link:\n-->\n\n"
    found = item(build({"tea.md": f"{head}# Not this\n\nText."}))
    assert ("Tea time", ["a", "b"], "2024-01-31T10:00:00+01:00") == (
        found["title"],
        found["tags"],
        found["date_published"],
    )
    (problem,) = build({"tea.md": head.replace("2024", "20x4")}).problems
    assert ("bad-date", 4, 10) == (problem.code, problem.line, problem.column)


def test_pinning_never_changes_what_a_post_says() -> None:
    """Whatever a text begins with, its other fields and its body are the same with the id."""
    lines = ["Tea", "===", "", ":date: 2024", ".. slug: t", "Text", ".. comment", "   more", "====="]
    dice = random.Random(1)
    for _ in range(200):
        text = "\n".join(dice.choices(lines, k=dice.randint(1, 6)))
        source = files.source_from_bytes(text.encode(), "tea.rst", "tea.rst")
        draft = frontmatter.draft_from_source(source)
        assert draft
        try:
            made = pinned(text.encode(), "tea.rst", "tea.rst", "a:b")
        except Unsound:
            continue
        again = frontmatter.draft_from_source(files.source_from_bytes(made, "tea.rst", "tea.rst"))
        assert again
        assert (draft.body, {*draft.fields} | {"id"}) == (again.body, {*again.fields})


def test_links_lead_to_posts(build: Callable[..., Build]) -> None:
    """Pelican's paths of files become addresses, those of posts in reStructuredText and in Markdown."""
    posts = {
        "milk.md": "Title: Milk\nDate: 2024-01-01\nSlug: milk\n\n[t]({filename}tea.rst)",
        "tea.rst": HEAD + "`m <{filename}milk.md>`_ `old <|filename|/milk.md>`_\n\n.. image:: {static}/x.png",
    }
    found = build(posts, PELICAN)
    assert [f'href="{SITE}milk.html"'] * 2 == re.findall(r'href="[^"]*milk[^"]*"', item(found)["content_html"])
    assert f'src="{SITE}x.png"' in item(found)["content_html"]
    assert f'href="{SITE}tea.html"' in item(found, 1)["content_html"]


def test_a_post_has_the_address_that_pelican_gives_it(rst: Callable[..., Build]) -> None:
    """The title is a heading, and the address is made of it as of any other."""
    build = rst("Grüner Tee\n==========\n:date: 2024-01-31\n:category: Tee\n\nx", config=PELICAN)
    assert (f"{SITE}gruner-tee.html", ["Tee"]) == (item(build)["url"], item(build)["tags"])


def test_links_and_pictures_have_their_places(write: Callable[..., Path]) -> None:
    """`feeder check` tells a link that leads nowhere, and a picture without words, in their places; code is left alone."""
    green = write("posts/2024/green.rst", HEAD.replace("Tea\n===", "Green\n=====") + "x")
    code = "``d </2024/gren/>`_``\n\n::\n\n   `c </2024/gren/>`_\n\n.. code-block:: rst\n\n   `c </2024/gren/>`_\n"
    write("posts/2024/tea.rst", f"{HEAD}`a </2024/gren/>`_ b_\n\n.. _b: /2024/green/\n\n.. image:: /cup.png\n\n{code}")
    ran = CliRunner().invoke(main, ["check", str(green.parents[1]), "--url", SITE, "--format", "json"])
    found = [(one["code"], one["line"], one["column"]) for one in json.loads(ran.stdout)["problems"]]
    assert [("broken-link", 5, 5), ("missing-alt", 9, 1)] == [
        one for one in found if one[0] in {"broken-link", "missing-alt"}
    ]


def test_explain_says_what_is_missing(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without docutils, a post is explained by what to install."""
    monkeypatch.setattr("feeder.markup.restructuredtext.is_there", lambda: False)
    ran = CliRunner().invoke(
        main,
        [
            "explain",
            str(write("posts/tea.rst", HEAD + "x")),
            "--posts",
            str(write("posts/a.md", "").parent),
            "--url",
            SITE,
        ],
    )
    assert ("not read" in ran.output, "feeder[rst]" in ran.output) == (True, True)
