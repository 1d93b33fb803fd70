"""Extensions of Python-Markdown that a Pelican site asks for, beside what Python-Markdown itself makes with them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import markdown
import pytest

import feeder
from feeder import config
from feeder.config import Options
from feeder.flavors import python_markdown
from feeder.flavors.markdownextras import FORMULAS, KNOWN, LAZY_LISTS, NEEDLESS, is_there, packed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SITE = "SITENAME = 'A'\nSITEURL = 'https://a.test'\nTIMEZONE = 'UTC'\n"
POST = "Title: A\nDate: 2024-01-31\n\n"


@pytest.mark.parametrize("body", ["* a\n  1. b\n  2. c\n", "7. a\n- b\n", "1. a\n\n- b\n"])
def test_lists_are_python_markdowns_own(body: str) -> None:
    """Of signs of several kinds, the first says what the list is, where a site does not ask for `sane_lists`."""
    assert markdown.markdown(body) == python_markdown.html(body, extras=packed({LAZY_LISTS: {}}))
    assert markdown.markdown(body, extensions=["sane_lists"]) == python_markdown.html(body)


@pytest.mark.parametrize(
    ("name", "body", "options"),
    [
        ("nl2br", "one\ntwo", {}),
        ("smarty", "\"a\" -- 'b' --- c... <<d>>", {}),
        ("smarty", '"a" -- c...', {"smart_dashes": "false"}),
        ("smarty", '"a" -- c', {"substitutions": {"ndash": "&mdash;", "left-double-quote": "&laquo;"}}),
        ("wikilinks", "[[A Page]] and [[b]]", {}),
        ("wikilinks", "[[A Page]]", {"base_url": "/w/", "end_url": ".html"}),
        ("legacy_em", "_a_b_ _c_", {}),
    ],
)
def test_an_extension_does_what_it_does_alone(name: str, body: str, options: dict[str, Any]) -> None:
    """The HTML is Python-Markdown's own with that extension and its options."""
    flat = {
        key if not below else f"{key}.{below}": text
        for key, value in options.items()
        for below, text in (value if isinstance(value, dict) else {"": value}).items()
    }
    expected = markdown.markdown(body, extensions=[name], extension_configs={name: options}, output_format="html")
    assert markdown.markdown(body) != expected
    assert expected == python_markdown.html(body, extras=packed({name: flat}))


def test_an_admonition_is_a_quote() -> None:
    """Its title is in bold, and what is indented below it belongs to it; no reader has a style for a `<div>`."""
    body = '!!! note "Mind *this*"\n    Text.\n\n    1. [a](/a)\n\n!!! tip ""\n    Bare.\n'
    html = python_markdown.html(body, extras=packed({"admonition": {}}))
    assert "<blockquote>\n<p><strong>Mind <em>this</em></strong></p>" in html
    assert html.index("<ol>") < html.index("</blockquote>")
    assert "<blockquote>\n<p>Bare.</p>\n</blockquote>" in html
    assert "<div" not in html


def test_an_option_that_an_extension_refuses_is_left_out() -> None:
    """What a site says wrongly costs the option, and no post."""
    html = python_markdown.html('"a"', extras=packed({"smarty": {"substitutions": "no", "smart_quotes": "what"}}))
    assert "<p>&ldquo;a&rdquo;</p>" == html


@pytest.mark.parametrize("name", [name for name in sorted(KNOWN) if is_there(name)])
def test_every_known_extension_can_be_had(name: str) -> None:
    """The table names what is there."""
    assert "<p>a</p>" == python_markdown.html("a", extras=packed({name: {}}))
    assert name not in NEEDLESS


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (r"a $p(|x|_{2})$ b $(r_{i})_{i}$", r"<p>a $p(|x|_{2})$ b $(r_{i})_{i}$</p>"),
        ("$$\n\\\\ *y* <z\n$$", "<p>$$\n\\\\ *y* &lt;z\n$$</p>"),
        ("`$a_1_$` or $5 _or_ $6", "<p><code>$a_1_$</code> or $5 <em>or</em> $6</p>"),
    ],
)
def test_formulas_are_kept(body: str, kept: str) -> None:
    """What is between dollars is no Markdown where a site reads formulas; prices are none."""
    assert kept == python_markdown.html(body, extras=packed({FORMULAS: {}}))


@pytest.mark.parametrize(
    "more",
    [
        "MD_EXTENSIONS = ['mathjax']\n",
        "PLUGINS = ['sitemap', 'pelican.plugins.render_math']\n",
        "PLUGINS = ['render-math']\n",
    ],
)
def test_sites_that_read_formulas(more: str, tmp_path: Path, write: Callable[..., Path]) -> None:
    """By an extension of Python-Markdown, or by Pelican's plug-in."""
    loaded = load(tmp_path, write, more)
    assert () == loaded.notes
    assert packed({LAZY_LISTS: {}, FORMULAS: {}}) == loaded.settings.habits.options["MARKDOWN"]


def load(directory: Path, write: Callable[..., Path], more: str) -> config.Loaded:
    write("pelicanconf.py", SITE + more)
    write("content/a.md", POST + '!!! note\n    "Text" -- more\n')
    return config.load(Options(), {}, directory)


def test_what_pelican_is_told_is_taken(tmp_path: Path, write: Callable[..., Path]) -> None:
    """By any of the names that a site may write, with plain options; `TYPOGRIFY` has one dash for two hyphens."""
    more = (
        "MARKDOWN = {'extension_configs': {'markdown.extensions.wikilinks': {'base_url': '/w/'}, 'meta': {},\n"
        "  'markdown.extensions.smarty': {'substitutions': {'ndash': 'x', 'mdash': 'y'}}}, 'extensions': ['admonition']}\n"
    )
    loaded = load(tmp_path, write, more)
    assert () == loaded.notes
    assert packed({
        "admonition": {}, "wikilinks": {"base_url": "/w/"}, "smarty": {"substitutions.ndash": "x", "substitutions.mdash": "y"},
        LAZY_LISTS: {},
    }) == loaded.settings.habits.options["MARKDOWN"]  # fmt: skip
    old = load(
        tmp_path,
        write,
        "MD_EXTENSIONS = ['codehilite(css_class=a)', 'markdown.extensions.nl2br', 'sane_lists']\nTYPOGRIFY = True\n",
    )
    assert (
        packed({"nl2br": {}, "smarty": {"substitutions.ndash": "&mdash;"}}) == old.settings.habits.options["MARKDOWN"]
    )


def test_nothing_that_a_site_names_is_imported(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A module of any other name is told, once, with its place, whether or not it is installed."""
    write("evil.py", "raise SystemExit(3)\n")
    loaded = load(tmp_path, write, "MARKDOWN = {\n  'extension_configs': {'evil': {}, 'os.path': {}, 'toc': {}}}\n")
    (note,) = loaded.notes
    assert note.startswith("pelicanconf.py:5: ")
    assert "evil, os" in note
    assert "evil" not in sys.modules
    assert packed({LAZY_LISTS: {}}) == loaded.settings.habits.options["MARKDOWN"]


def test_a_post_has_what_the_site_asks_for(tmp_path: Path, write: Callable[..., Path]) -> None:
    """An item has its quotes and notes."""
    load(tmp_path, write, "MARKDOWN = {'extensions': ['admonition']}\nTYPOGRIFY = True\n")
    feeds = feeder.build(now=datetime(2025, 1, 1, tzinfo=UTC), directory=tmp_path, formats=["json"]).artifacts
    assert b"<strong>Note</strong></p><p>\xe2\x80\x9cText\xe2\x80\x9d \xe2\x80\x94 more</p>" in feeds[0].data
