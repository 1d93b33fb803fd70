"""feeder/storage/commits.py: when git first had a file, and which posts are dated so."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from feeder.storage.commits import first_commits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feeder import Build

CONFIG = "site: {url: https://site.example/, dialect: docusaurus}\n"


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., None]:
    """Return what runs git in the directory of the test, at a time."""

    def run(*arguments: str, at: str = "2020-01-01T00:00:00Z") -> None:
        who = {f"GIT_{role}_{what}": "x@site.test" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        # The author's date is none of the commit's.
        dates = {"GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z", "GIT_COMMITTER_DATE": at}
        subprocess.run(
            ["git", *arguments], cwd=tmp_path, env={**os.environ, **who, **dates}, check=True, capture_output=True
        )

    run("init", "-q", "-b", "main")
    return run


def test_the_commit_that_brought_a_file(tmp_path: Path, write: Callable[..., Path], git: Callable[..., None]) -> None:
    """Its moment is the committer's; it stays when the file changes and is renamed, as ``git log --follow`` tells."""
    write("posts/old.md", "one\ntwo\nthree\nfour\n")
    write("posts/[a] *.md", "other")
    git("add", ".")
    git("commit", "-qm", "x", at="2024-01-02T03:04:05+02:00")
    write("posts/old.md", "one\ntwo\nthree\nfour\nfive\n")
    git("commit", "-qam", "x", at="2024-02-01T00:00:00Z")
    git("mv", "posts/old.md", "posts/new.md")
    git("commit", "-qm", "x", at="2024-03-01T00:00:00Z")
    write("posts/draft.md", "x")
    found = dict(first_commits(str(tmp_path / "posts"), ["new.md", "[a] *.md", "draft.md", "none.md"]))
    assert {"new.md": "2024-01-02T01:04:05+00:00", "[a] *.md": "2024-01-02T01:04:05+00:00"} == found


def test_where_git_does_not_know(tmp_path: Path, write: Callable[..., Path], git: Callable[..., None]) -> None:
    """A shallow clone, a directory that is none, and one outside any repository date no file."""
    for name in ("a.md", "b.md"):
        write(name, name)
        git("add", ".")
        git("commit", "-qm", name)
    git("clone", "-q", "--depth", "1", f"file://{tmp_path}", "clone")
    assert [] == [*first_commits(str(tmp_path / "clone"), ["a.md"])]
    assert ["a.md"] == [path for path, _ in first_commits(str(tmp_path), ["a.md"])]
    assert [] == [*first_commits(str(tmp_path / "none"), ["a.md"])]
    assert [] == [*first_commits("/", ["a.md"])]


def test_docusaurus_dates_posts_by_git(
    build: Callable[..., Build], write: Callable[..., Path], git: Callable[..., None]
) -> None:
    """A post whose name and front matter have no date has that of its commit; what it says itself counts more."""
    posts = {
        "committed.md": "---\ntitle: A\n---\nx",
        "bare.md": "# B\n\ndate: none\n",
        "dated.md": "---\ndate: 2023-05-06\n---\nx",
        "2023-07-08-named.md": "x",
    }
    for name, text in posts.items():
        write(f"posts/{name}", text)
    git("add", ".")
    git("commit", "-qm", "x", at="2024-01-02T03:04:05Z")
    made = build({**posts, "new.md": "---\ntitle: N\n---\nx"}, config=CONFIG)
    assert {
        "bare.md": "2024-01-02T03:04:05", "committed.md": "2024-01-02T03:04:05", "dated.md": "2023-05-06T00:00:00",
        "2023-07-08-named.md": "2023-07-08T00:00:00",
    } == {card.path: card.published.isoformat()[:19] for card in made.published}  # fmt: skip
    assert [("missing-date", True)] == [(item.code, item.path.endswith("new.md")) for item in made.problems]
    assert "https://site.example/blog/committed" in {card.url for card in made.published}
