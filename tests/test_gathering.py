"""feeder/gathering.py: which files of a directory are posts, and what other files say for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from feeder import rulings
from feeder.cli import main
from feeder.gathering import Gathered, gather
from feeder.model import Author, Habits
from feeder.settings import Posts, Settings, Site
from feeder.storage.files import PostsDirectory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feeder.pipeline import Build


def gathered(root: Path, dialect: str, path: str = "posts", **habits: Any) -> Gathered:
    """Return what is gathered from ``root``."""
    settings = Settings(
        site=Site(url="https://x.example/", dialect=dialect), posts=Posts(path=path), habits=Habits(**habits)
    )
    return gather(PostsDirectory(root), rulings.rules_from_settings(settings, str(root), ()))


FILES = (
    "2024-01-02-a.md", "b.md", "b.mdx", "c.html", "d.txt", "e.rst", "_index.md", "_x.md", "dir/index.md", "dir/more.md", "dir/deep/x.md",
    "dir2/post.md", "pages/about.md", "_drafts/idea.md", "f.mkd",
)  # fmt: skip
KEPT = {
    "plain": "2024-01-02-a.md _drafts/idea.md _index.md _x.md b.md b.mdx c.html d.txt dir/deep/x.md dir/index.md dir/more.md dir2/post.md e.rst pages/about.md",
    "hexo": "2024-01-02-a.md _drafts/idea.md b.md c.html dir/deep/x.md dir/index.md dir/more.md dir2/post.md pages/about.md",
    "jekyll": "2024-01-02-a.md _drafts/idea.md",
    "hugo": "2024-01-02-a.md _drafts/idea.md _x.md b.md c.html dir/index.md dir2/post.md pages/about.md",
    "eleventy": "2024-01-02-a.md _drafts/idea.md _index.md _x.md b.md c.html dir/deep/x.md dir/index.md dir/more.md dir2/post.md pages/about.md",
    "astro": "2024-01-02-a.md b.md b.mdx dir/deep/x.md dir/index.md dir/more.md dir2/post.md pages/about.md",
    "docusaurus": "2024-01-02-a.md b.md b.mdx dir/deep/x.md dir/index.md dir/more.md dir2/post.md pages/about.md",
    "pelican": "2024-01-02-a.md _drafts/idea.md _index.md _x.md b.md c.html dir/deep/x.md dir/index.md dir/more.md dir2/post.md e.rst f.mkd",
}


@pytest.mark.parametrize("dialect", KEPT)
def test_each_generator_has_its_own_posts(dialect: str, tmp_path: Path, write: Callable[..., Path]) -> None:
    """By its name and place a file is a post of one generator, and a page, a part or nothing of another."""
    for name in FILES:
        write(name, "")
    assert KEPT[dialect].split() == gathered(tmp_path, dialect).paths


@pytest.mark.parametrize("dialect", ["pelican", "plain"])
def test_restructured_text_without_docutils_is_said_once(
    dialect: str, tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has no docutils hears it in one line, however many files there are, and the others are published."""
    monkeypatch.setattr("feeder.markup.restructuredtext.is_there", lambda: False)
    for name in ("b.rst", "a/c.rst", "d.md"):
        write(name, "")
    found = gathered(tmp_path, dialect)
    assert ["d.md"] == found.paths
    assert [
        (
            "unread-format",
            "this post and 1 other are in no feed: reading reStructuredText needs docutils: pip install 'feeder[rst]'",
        )
    ] == [(problem.code, problem.message) for problem in found.problems]


@pytest.mark.parametrize(
    ("name", "why"),
    [("a.rst", "reading reStructuredText needs docutils: pip install 'feeder[rst]'"), ("a.adoc", "feeder does not read .adoc")],
)  # fmt: skip
def test_a_site_of_which_nothing_can_be_read_is_not_built(
    name: str, why: str, tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its feeds would be empty: those of a former build stay as they are, and the exit code says so."""
    monkeypatch.setattr("feeder.markup.restructuredtext.is_there", lambda: False)
    monkeypatch.chdir(tmp_path)
    write(f"posts/{name}", "A\n=\n")
    write("posts/README.org", "")
    write("public/rss.xml", "of a former build")
    ran = CliRunner().invoke(main, ["build", "--url", "https://x.example/", "posts"])
    message = f"posts/{name}: this post is in no feed: {why}; there are no other posts to publish"
    assert f"error: {message}" == ran.stderr.splitlines()[-1]
    assert (2, "of a former build") == (ran.exit_code, (tmp_path / "public/rss.xml").read_text())
    assert ["rss.xml"] == [path.name for path in (tmp_path / "public").iterdir()]


def test_posts_in_formats_that_nobody_reads_are_said_once(tmp_path: Path, write: Callable[..., Path]) -> None:
    """Posts in AsciiDoc, Org or Textile are told in one line, where the generator has posts; what else is so named is not."""
    for name in (
        "_posts/2024-01-02-a.adoc",
        "_posts/2024-01-03-b.ORG",
        "_posts/c.org",
        "README.adoc",
        "_posts/2024-01-04-d.md",
    ):
        write(name, "= A\n")
    found = gathered(tmp_path, "jekyll", "")
    assert ["_posts/2024-01-04-d.md"] == found.paths
    assert [("unread-format", "this post and 1 other are in no feed: feeder does not read .adoc")] == [
        (problem.code, problem.message) for problem in found.problems
    ]


@pytest.mark.parametrize(("dialect", "expected"), [("plain", ["a.meta"]), ("hexo", [])])
def test_what_nikola_says_of_a_post_in_a_file_of_its_own_is_told(
    dialect: str, expected: list[str], tmp_path: Path, write: Callable[..., Path]
) -> None:
    """Without it, the text beside it is no post; a file of this name beside none, or of another generator, is nothing."""
    for name in ("a.txt", "a.meta", "b.meta", "c.png", "c.png.meta", "d.md"):
        write(name, "x")
    found = gathered(tmp_path, dialect)
    assert expected == [one.path.rpartition("/")[2] for one in found.problems]
    assert "a.txt" not in found.paths


@pytest.mark.parametrize(("options", "expected"), [({}, []), ({"MARKUP": "md, ipynb"}, ["b.ipynb"])])
def test_notebooks_are_posts_where_the_site_says_so(
    tmp_path: Path, write: Callable[..., Path], options: dict[str, str], expected: list[str]
) -> None:
    """Beside posts they are files to download; a site of Pelican's whose `MARKUP` has them is told that they are in no feed."""
    for name in ("a.md", "notes/b.ipynb", ".ipynb_checkpoints/b.ipynb"):
        write(name, "{}")
    assert expected == [one.path.rpartition("/")[2] for one in gathered(tmp_path, "pelican", options=options).problems]


def test_posts_in_a_language_for_templates_are_said_in_eleventy(tmp_path: Path, write: Callable[..., Path]) -> None:
    """One that has a date is a post; one without, or of many pages, is a list of posts. No other generator has such posts."""
    for name, front in {
        "a.njk": "date: 2024-01-02",
        "index.njk": "x: y",
        "all.liquid": "date: 2024-01-02\npagination: {size: 1}",
    }.items():
        write(name, f"---\ntitle: A\n{front}\n---\n")
    message = "this post is in no feed: feeder does not read .njk"
    assert [("unread-format", message)] == [(one.code, one.message) for one in gathered(tmp_path, "eleventy").problems]
    assert [] == gathered(tmp_path, "hexo").problems


def test_other_generators_have_no_posts_in_restructured_text(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A file in reStructuredText beside the posts of Hexo is nothing that anybody must be told of."""
    write("b.rst", "")
    assert ([], []) == gathered(tmp_path, "hexo")[:2]


def test_a_bundle_has_one_page(tmp_path: Path, write: Callable[..., Path]) -> None:
    """In each language: what is left beside it by another program, or is named like it, is a part of it."""
    for name in ("a/index.md", "a/index.html", "a/index.knit.md", "a/index.de.md", "a/index.de.html", "b/index.html"):
        write(name, "")
    languages = {"languages.de": "", "defaultContentLanguage": "en"}
    found = gathered(tmp_path, "hugo", "content/posts", options=languages)
    assert ["a/index.de.md", "a/index.md", "b/index.html"] == found.paths


def test_sections_of_their_own_are_known(tmp_path: Path, write: Callable[..., Path]) -> None:
    """Hugo's tokens of sections know which directories have an ``_index``; nobody else looks."""
    for name in ("a/_index.md", "a/b/_index.md", "a/b/x.md", "_index.md"):
        write(name, "")
    known = gathered(tmp_path, "hugo", "content/posts", permalinks={"posts": "/:sections/:slug/"}).rules.branches
    assert ["posts", "posts/a", "posts/a/b"] == [*known]
    assert {} == gathered(tmp_path, "hugo", "content/posts").rules.branches


AUTHORS = "jane:\n  name: Jane Doe\n  url: https://jane.example/\n  image_url: x.png\nbob: {name: Bob, email: b@x.example}\nnobody: {title: x}\n"


def test_authors_have_the_names_that_a_file_gives(build: Callable[..., Build]) -> None:
    """Docusaurus posts name keys of ``authors.yml``, or give tables of their own; both are authors by name."""
    posts = {
        "authors.yml": AUTHORS,
        "2024-01-01-keys.md": "---\nauthors: [jane, bob]\n---\nx",
        "2024-01-02-one.md": "---\nauthors: jane\n---\nx",
        "2024-01-03-own.md": "---\nauthors: [{name: Ann, url: https://ann.example/}, {key: bob, title: x}, Cid]\n---\nx",
    }
    made = build(posts, config="site: {url: https://site.example/, dialect: docusaurus}\n")
    assert () == made.problems
    assert [("Ann", "Bob", "Cid"), ("Jane Doe",), ("Jane Doe", "Bob")] == [card.authors for card in made.published]
    (atom,) = (item.data.decode() for item in made.artifacts if item.path == "atom.xml")
    assert "<uri>https://jane.example/</uri>" in atom


def test_the_authors_that_a_file_gives(tmp_path: Path, write: Callable[..., Path]) -> None:
    """Of each author name, mail and address are known; who has no name is none."""
    write("authors.yml", AUTHORS)
    people = gathered(tmp_path, "docusaurus").rules.people
    assert {"jane": Author("Jane Doe", "", "https://jane.example/"), "bob": Author("Bob", "b@x.example")} == people
    write("people.json", '{"x": {"name": "X"}}')
    assert {"x": Author("X")} == gathered(
        tmp_path, "docusaurus", options={"authorsMapPath": "people.json"}
    ).rules.people


def test_tags_have_the_names_that_a_file_gives(build: Callable[..., Build]) -> None:
    """Docusaurus posts name keys of ``tags.yml``; one without a label is written large, and others stay as they are."""
    posts = {
        "tags.yml": "big: {label: Big things}\nsmall: {description: x}\nplain:\n",
        "2024-01-01-plain.md": "---\ntags: [big, small, plain, other]\n---\nx",
        "2024-01-02-close.md": "---\ntags: [big, {label: Own}]\n---\nx",
    }
    made = build(posts, config="site: {url: https://site.example/, dialect: docusaurus}\n")
    assert () == made.problems
    assert [["Big things", "Own"], ["Big things", "Small", "Plain", "other"]] == [
        [category.name for category in card.categories] for card in made.published
    ]


def test_a_broken_file_of_authors_is_told_of(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A file of authors that cannot be read costs the names, and nothing else."""
    write("authors.yml", "jane: [\n")
    write("2024-01-02-a.md", "")
    found = gathered(tmp_path, "docusaurus")
    assert ["bad-authors"] == [item.code for item in found.problems]
    assert ["2024-01-02-a.md"] == found.paths


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("**/drafts/**", "drafts/a.md"), ("**/*.tmp.md", "b.tmp.md"), ("**/_posts/x", "x/y/a.md"), ("**/foo.md", "q/foo.md"), ("a", ""),
    ],
)  # fmt: skip
def test_hexo_ignores_files_and_directories(pattern: str, left: str) -> None:
    """What `ignore` names, or is in what it names, is no post; as Hexo 8 has it."""
    from feeder.dialects.hexo import is_post
    from feeder.model import Habits

    habits = Habits(options={"ignore": pattern})
    paths = ("a.md", "drafts/a.md", "b.tmp.md", "x/y/a.md", "q/foo.md")
    assert [path for path in paths if path != left] == [path for path in paths if is_post(path, "", habits)]
