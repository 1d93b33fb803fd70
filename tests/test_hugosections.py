"""Which sections of a Hugo site hold its posts, where the site does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feeder import config
from feeder.config import Options
from feeder.sites.hugosections import Chosen, sections_with_posts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DATED = "---\ntitle: A\ndate: 2024-01-31\n---\n"
UNDATED = "---\ntitle: A\nweight: 3\n---\ndate: none\n"

SITES = {
    "a blog with a usual name, and documents with dates": (
        {"post/a.md": DATED, "documents/a.md": DATED, "documents/b.md": DATED, "docs/a.md": UNDATED},
        Chosen(("post",), ("documents",)),
    ),
    "two usual names": ({"blog/a.md": DATED, "news/a.md": DATED, "news/b.md": DATED}, Chosen(("blog", "news"))),
    "a usual name without dates": ({"posts/a.md": UNDATED, "other/a.md": DATED}, Chosen(("posts",), ("other",))),
    "two sections by the names of files": (
        {"cn/2024-01-31-a.md": UNDATED, "en/2024-01-31/index.md": DATED, "gallery/a.md": DATED, "docs/a.md": UNDATED},
        Chosen(("cn", "en"), ("gallery",)),
    ),
    "sections by their front matter, and pages in none": (
        {
            "a.md": DATED, "about/index.md": UNDATED, "2013/a.md": '+++\ndate = "2013-12-01"\n+++\n',
            "2014/a/index.md": '{\n"date": "2014-12-01"\n}\n', "2014/_index.md": UNDATED, "docs/a.md": UNDATED,
        },
        Chosen(("", "2013", "2014"), (), exclude=("docs/*", "about/index.md")),
    ),
    "a manual with dates": ({"x/a.md": DATED, "docs/a.md": DATED, "docs/b.md": DATED}, Chosen(("x",), ("docs",))),
    "nothing but a manual": ({"docs/a.md": DATED, "docs/b.md": DATED}, Chosen(("docs",))),
    "a draft is neither": (
        {"a/a.md": DATED, "a/b.md": "---\ndraft: true\n---\n", "docs/a.md": UNDATED},
        Chosen(("a",)),
    ),
    "one section of two, by nine pages of ten": (
        {f"{section}/{number}.md": UNDATED if number < least else DATED for section, least in (("a", 1), ("b", 2))
         for number in range(10)},
        Chosen(("a",)),
    ),
    "no dates": ({"a/a.md": UNDATED, "b/a.md": UNDATED, "b/b/c.html": UNDATED, "c.md": UNDATED}, Chosen(("b",), known=False)),
    "pages about the site beside many posts": (
        {"about.md": DATED, **{f"show/{number}.md": DATED for number in range(30)}}, Chosen(("show",), ("",)),
    ),
    "nothing but pictures": ({"a/a.png": ""}, Chosen(())),
}  # fmt: skip


@pytest.mark.parametrize("name", SITES)
def test_posts_are_in_the_sections_with_dates(name: str, tmp_path: Path, write: Callable[..., Path]) -> None:
    """Usual names go before names of files, these before front matter, and the largest section is the last resort."""
    files, expected = SITES[name]
    for path, text in files.items():
        write(path, text)
    assert expected == sections_with_posts(str(tmp_path))


def test_a_site_without_dates_is_told_that_it_has_no_posts(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A manual is no blog, and many errors about dates alone would not say so."""
    write("hugo.toml", "baseURL = 'https://a.test/'\n")
    write("content/docs/a.md", UNDATED)
    (note,) = config.load(Options(), {}, tmp_path).notes
    assert note.startswith("no section of content seems to hold posts, since no page has a date; content/docs is read")


def test_a_guess_is_told_and_what_the_site_says_is_none(tmp_path: Path, write: Callable[..., Path]) -> None:
    """A note names the sections that were taken and those with dates that were not; `mainSections` ends it."""
    write("hugo.toml", "baseURL = 'https://a.test/'\n")
    for path, text in SITES["two sections by the names of files"][0].items():
        write(f"content/{path}", text)
    loaded = config.load(Options(), {}, tmp_path)
    assert ("content", ("cn/*", "en/*")) == (loaded.settings.posts.path, loaded.settings.posts.include)
    (note,) = loaded.notes
    assert "content/cn and content/en" in note
    assert "content/gallery, which are left out" in note
    for year in range(2010, 2020):
        write(f"content/{year}/{year}-01-01-a.md", DATED)
    (note,) = config.load(Options(), {}, tmp_path).notes
    assert "content/2010, content/2011, content/2012, content/2013, content/2014 and 7 more," in note
    assert () == config.load(Options(posts="content/cn"), {}, tmp_path).notes
    write("hugo.toml", "baseURL = 'https://a.test/'\nparams = {mainSections = ['gallery']}\n")
    loaded = config.load(Options(), {}, tmp_path)
    assert ("content/gallery", ()) == (loaded.settings.posts.path, loaded.notes)


def test_pages_in_no_section_are_posts_by_their_dates(tmp_path: Path, write: Callable[..., Path]) -> None:
    """Sections that hold none are left out, and so are pages about the site."""
    write("hugo.toml", "baseURL = 'https://a.test/'\n")
    for path, text in SITES["sections by their front matter, and pages in none"][0].items():
        write(f"content/{path}", text)
    posts = config.load(Options(), {}, tmp_path).settings.posts
    assert ("content", (), ("docs/*", "about/index.md")) == (posts.path, posts.include, posts.exclude)


def test_a_section_that_a_program_fills_is_meant(tmp_path: Path, write: Callable[..., Path]) -> None:
    """Where no page has a date, a section with a usual name holds the posts, though there is none yet."""
    write("content/news/_content.gotmpl", "")
    write("content/functions/a.md", "---\ntitle: A\n---\n")
    assert Chosen(("news",)) == sections_with_posts(str(tmp_path / "content"))


def test_a_section_whose_pages_a_program_makes_is_told(tmp_path: Path, write: Callable[..., Path]) -> None:
    """Its pages are in no file, whether or not others are."""
    write("hugo.toml", 'baseURL = "https://blog.site.test/"\n')
    write("content/docs/a.md", UNDATED)
    write("content/news/_content.gotmpl", "{{ $.AddPage (dict) }}")
    told = config.load(Options(), {}, tmp_path)
    assert "content/news" == told.settings.posts.path
    assert ["pages of content/news are made by _content.gotmpl"] == [note.split(" in it")[0] for note in told.notes]
