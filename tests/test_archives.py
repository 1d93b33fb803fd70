"""feeder/archives.py: the whole history of a feed in documents that never change (RFC 5005), as a client finds it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from conftest import SITE
from hypothesis import given
from hypothesis import strategies as st
from readback import ATOM, json_feed, names, tree
from readback import atom as read_atom
from readback import rss as read_rss

from feeder import archives
from feeder.cli import main
from feeder.storage.manifest import NAME

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from feeder import Build

HISTORY = "{http://purl.org/syndication/history/1.0}"
CONFIG = (
    "site: {url: 'https://site.example/', title: Site}\nfeeds: {limit: 4, archive: 5, hub: 'https://hub.example/'}\n"
)
FILES = {"rss.xml": read_rss, "atom.xml": read_atom, "feed.json": json_feed}


def posts(*numbers: int, text: str = "Text") -> dict[str, str | bytes]:
    """Return posts of one day each."""
    return {
        f"p{number}.md": f"---\ntitle: Post {number}\ndate: 2024-{number // 28 + 1:02}-{number % 28 + 1:02}\n---\n{text} {number}.\n"
        for number in numbers
    }


def files(build: Build) -> dict[str, bytes]:
    """Return what was built, by path."""
    return {item.path: item.data for item in build.artifacts}


def links(data: bytes) -> dict[str, str]:
    """Return the paths that a document of XML names by relation."""
    root = tree(data)
    parent = root if root.tag == f"{ATOM}feed" else root.find("channel")
    found = [(link.get("rel"), link.get("href").removeprefix(SITE)) for link in parent.iterfind(f"{ATOM}link")]
    assert len(found) == len(dict(found))
    return dict(found)


def marked(data: bytes) -> list[str]:
    """Return the elements of RFC 5005's namespace in a document, without it."""
    return [element.tag.removeprefix(HISTORY) for element in tree(data).iter(f"{HISTORY}*")]


def walked(built: dict[str, bytes], name: str) -> list[list[str]]:
    """Return the titles in each document, from the feed that is subscribed to back to the first archive."""
    path = name
    found: list[list[str]] = []
    while path:
        assert len(found) < 100
        found.append([entry.title for entry in FILES[name](built[path]).entries])
        if name == "feed.json":
            path = json.loads(built[path]).get("next_url", "").removeprefix(SITE)
        else:
            path = links(built[path]).get("prev-archive", "")
    return found


# Which posts are where


@given(st.integers(0, 300), st.integers(1, 40), st.integers(1, 40))
def test_every_post_is_in_one_document(number: int, limit: int, page: int) -> None:
    """The feed has as many posts as its limit, and fewer than a page beyond; archives are full, the oldest first."""
    everything: Any = list(range(number, 0, -1))
    found = archives.history(everything, limit, page)
    assert everything == [*found.recent, *(post for one in reversed(found.archives) for post in one)]
    assert all(len(one) == page for one in found.archives)
    assert min(number, limit) <= len(found.recent) < limit + page


@given(st.integers(0, 200), st.integers(1, 100), st.integers(0, 30), st.integers(1, 30))
def test_archives_stay_as_they_are(number: int, more: int, limit: int, page: int) -> None:
    """However many posts are published, the archives that there were hold what they held."""
    before, after = (archives.history(list(range(last, 0, -1)), limit, page).archives for last in (number, number + more))  # type: ignore[arg-type]  # fmt: skip
    assert before == after[: len(before)]


def test_a_feed_of_all_posts_has_no_archives() -> None:
    """Without a limit the feed itself is the history."""
    found = archives.history(list(range(500)), 0, 50)  # type: ignore[arg-type]
    assert (500, ()) == (len(found.recent), found.archives)


# As a client finds it


@pytest.mark.parametrize("name", FILES)
def test_the_history_is_found_from_the_feed(name: str, build: Callable[..., Build]) -> None:
    """Who follows the links back finds every post once, newest first, and comes to an end."""
    built = files(build(posts(*range(22)), CONFIG))
    found = walked(built, name)
    assert [7, 5, 5, 5] == list(map(len, found))
    assert [f"Post {number}" for number in range(21, -1, -1)] == [title for titles in found for title in titles]


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_each_document_says_what_it_is(name: str, build: Callable[..., Build]) -> None:
    """The feed names the newest archive; an archive is marked, names the feed, and those before and behind it."""
    built = files(build(posts(*range(22)), CONFIG))
    assert {"hub": "https://hub.example/", "self": name, "prev-archive": f"archive/3/{name}"} == {
        rel: href for rel, href in links(built[name]).items() if rel != "alternate"
    }
    assert [] == marked(built[name])
    for number in (1, 2, 3):
        before = {"prev-archive": f"archive/{number - 1}/{name}"} if number > 1 else {}
        assert {
            "self": f"archive/{number}/{name}", "current": name, "next-archive": f"archive/{number + 1}/{name}", **before,
        } == {rel: href for rel, href in links(built[f"archive/{number}/{name}"]).items() if rel != "alternate"}  # fmt: skip
        assert ["archive"] == marked(built[f"archive/{number}/{name}"])


def test_an_archive_is_of_the_same_feed(build: Callable[..., Build]) -> None:
    """It has the id and the title of the feed, and the date of its own newest entry."""
    built = files(build(posts(*range(22)), CONFIG))
    feed, archive = tree(built["atom.xml"]), tree(built["archive/2/atom.xml"])
    for name in ("id", "title"):
        assert feed.findtext(f"{ATOM}{name}") == archive.findtext(f"{ATOM}{name}")
    assert "2024-01-10T00:00:00Z" == archive.findtext(f"{ATOM}updated")
    assert "Wed, 10 Jan 2024 00:00:00 +0000" == tree(built["archive/2/rss.xml"]).findtext("channel/lastBuildDate")


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
@pytest.mark.parametrize(("number", "limit", "complete"), [(8, 4, True), (9, 4, False), (22, 0, True), (0, 4, True)])
def test_a_feed_that_has_everything_says_so(
    name: str, number: int, limit: int, complete: bool, build: Callable[..., Build]  # noqa: FBT001
) -> None:  # fmt: skip
    """As long as no archive is full the feed is complete, and links to none."""
    built = files(build(posts(*range(number)), CONFIG.replace("limit: 4", f"limit: {limit}")))
    assert (["complete"] if complete else []) == marked(built[name])
    assert complete == ("prev-archive" not in links(built[name]))
    assert complete == ("archive/1/atom.xml" not in built)


def test_without_archives_nothing_is_said_of_history(build: Callable[..., Build]) -> None:
    """A site that has no archives has the feeds that it had, to the byte."""
    built = files(build(posts(*range(22)), CONFIG.replace("archive: 5, ", "")))
    assert ["atom.xml", "feed.json", "rss.xml"] == sorted(built)
    assert not any(b"history" in data or b"archive" in data or b"next_url" in data for data in built.values())


def test_what_history_says_stands_before_the_entries(build: Callable[..., Build]) -> None:
    """In both XML formats, where what a feed says of itself belongs."""
    built = files(build(posts(*range(22)), CONFIG))
    for path, item in (("archive/1/rss.xml", "item"), ("archive/1/atom.xml", f"{ATOM}entry")):
        root = tree(built[path])
        children = [child.tag for child in (root.find("channel") if item == "item" else root)]
        assert children.index(f"{HISTORY}archive") < children.index(item)
        assert 3 == children[: children.index(item)].count(f"{ATOM}link") - (item != "item")
    assert "item" in names(tree(built["archive/1/rss.xml"]).find("channel"))


# Documents that never change


def test_new_posts_change_no_archive(build: Callable[..., Build]) -> None:
    """Day by day, what is in an archive stays as it is, to the byte; so it does for a post that comes a bit late."""
    known: dict[str, bytes] = {}
    for number in (*range(1, 31), 29):
        built = files(build({**posts(number), **({"late.md": posts(28)["p28.md"]} if number == 29 else {})}, CONFIG))
        now = {path: data for path, data in built.items() if archives.is_archive(path)}
        assert known == {path: now[path] for path in known}
        known = now
    assert 5 * 3 == len(known)


def test_an_edit_changes_one_archive(build: Callable[..., Build]) -> None:
    """An edited post changes the archive that it is in, and nothing else."""
    before = files(build(posts(*range(22)), CONFIG))
    after = files(build(posts(7, text="Other text"), CONFIG))
    assert {f"archive/2/{name}" for name in FILES} == {path for path, data in after.items() if data != before[path]}


def test_another_feeder_changes_no_archive(build: Callable[..., Build], monkeypatch: pytest.MonkeyPatch) -> None:
    """The version of feeder is told by the feed, not by its archives."""
    before = files(build(posts(*range(12)), CONFIG))
    monkeypatch.setattr("feeder.__version__", "99.9")
    monkeypatch.setattr("feeder.library.__version__", "99.9", raising=False)
    after = files(build({}, CONFIG))
    assert {"atom.xml"} == {path for path, data in after.items() if data != before[path]}


def test_archives_keep_within_the_budget_by_themselves(build: Callable[..., Build]) -> None:
    """An archive beyond the budget shortens its own oldest entries, and loses none; new posts change nothing of that."""
    config = CONFIG.replace("limit: 4", "limit: 4, max_bytes: 9000")
    before = files(build(posts(*range(12), text="word " * 500), config))
    after = files(build(posts(*range(12, 22), text="word " * 500), config))
    first = [path for path in before if archives.is_archive(path)]
    assert first
    assert {path: before[path] for path in first} == {path: after[path] for path in first}
    entries = read_atom(after["archive/1/atom.xml"]).entries
    assert 5 == len(entries)
    assert [True, False] == sorted({bool(entry.html) for entry in entries}, reverse=True)
    assert 22 == sum(map(len, walked(after, "atom.xml")))


# The command line


@pytest.fixture
def site(write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory with 22 posts, which is the working directory."""
    write("feeder.yml", CONFIG)
    for name, text in posts(*range(22)).items():
        write(f"posts/{name}", text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Any:
    """Run feeder, and return what it said."""
    return CliRunner().invoke(main, [*arguments, "--now", "2026-06-01", "--no-cache"], catch_exceptions=False)


def test_archives_stay_where_they_are(site: Path, write: Callable[..., Path]) -> None:
    """A later build lists them and touches none; without archives they are removed."""
    said = run("build", "-v").stderr
    assert "3 archives: 9 of 9 files new or changed" in said
    assert "Published 22 posts to public: rss.xml, atom.xml, feed.json, 3 in archive/ (12 files, 12 changed)" in said
    times = {path: path.stat().st_mtime_ns for path in site.glob("public/archive/*/*")}
    write("posts/p22.md", posts(22)["p22.md"])
    assert "3 archives: 0 of 9 files new or changed" in run("build", "-v").stderr
    assert times == {path: path.stat().st_mtime_ns for path in site.glob("public/archive/*/*")}
    assert 9 == sum(path.startswith("archive/") for path in json.loads((site / "public" / NAME).read_text())["files"])
    write("feeder.yml", CONFIG.replace("archive: 5, ", ""))
    assert "9 removed" in run("build").stderr
    assert not (site / "public" / "archive").exists()


@pytest.mark.usefixtures("site")
def test_a_full_archive_is_news_to_nobody(write: Callable[..., Path]) -> None:
    """When posts go from the feed into an archive, `diff` finds none that is lost, and one more feed."""
    run("build")
    for number in (22, 23):
        write(f"posts/p{number}.md", posts(number)[f"p{number}.md"])
    found = json.loads(run("diff", "--format", "json", "--fail-on", "resent,reused,vanished,gone").stdout)
    assert sorted(f"archive/4/{name}" for name in FILES) == sorted(found["added"])
    assert {"new": 2, "aged": 5} == {kind: number for kind, number in found["counts"].items() if number}


def test_check_finds_nothing_wrong_with_archives(site: Path) -> None:
    """The rules on finished feeds hold for archives, too."""
    result = run("check")
    assert "Checked 22 posts and 12 feeds: no problems." in result.stderr
    assert 0 == result.exit_code
    assert (site / "posts").is_dir()


def test_hubs_are_told_of_no_archive(site: Path) -> None:
    """Nobody subscribes to what never changes."""
    run("build")
    told = CliRunner().invoke(main, ["ping", "--dry-run"], catch_exceptions=False).stdout
    assert 3 == len(told.splitlines())
    assert "archive/" not in told
    assert b"hub" not in (site / "public/archive/1/atom.xml").read_bytes()
