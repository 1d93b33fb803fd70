"""feeder/recall.py and feeder/cache.py: a build that remembers gives what one that does not gives, whatever happened."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_images import picture

import feeder
from feeder import cache, cachedvalues, config, kinds, pipeline
from feeder import content as content_module
from feeder.cache import Cache, Kept
from feeder.problems import ConfigurationError, Problem, Severity
from feeder.recall import Recall
from feeder.storage import files

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder import Build
    from feeder.model import Stamp

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
OLD = 1_700_000_000
"""Seconds since 1970, long before any cache was opened."""
_PATHS = st.text("ab\u00fc\U0001f375\udc80/", min_size=1, max_size=3)
"""Paths, among them some that are no text."""
CONFIG = "site:\n  url: https://site.example/\n  image: cover.png\nfeeds:\n  categories: true\n  limit: 5\n"
POST = "---\ntitle: {name}\ndate: 2024-01-{day:02}\ncategories:\n- a\n- {name}\n---\nText of {name}, ![p](p.png).\n"


class Site:
    """A site in a directory of its own, built with a cache and without."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.read: list[str] = []
        (root / "posts").mkdir()
        (root / "feeder.yml").write_text(CONFIG)
        for day, name in enumerate(("one", "two", "three", "four", "five", "six", "seven"), 1):
            self.write(f"{name}.md", POST.format(name=name, day=day))
        self.write("p.png", picture("PNG", (9, 9)))

    def write(self, name: str, text: str | bytes, age: float = OLD) -> None:
        """Write a file below the posts that was modified at ``age``."""
        path = self.root / "posts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.utime(path, (age, age))

    def build(self, *, caching: bool = True, installation: str = "1", **options: Any) -> Build:
        """Return a build, with or without the cache."""
        settings = config.load(config.Options(posts="posts", **options), {}, self.root).settings
        means = pipeline.Means(
            cache=Cache(self.root / "cache" / "c.sqlite3") if caching else None, installation=installation
        )
        return pipeline.build(settings, self.root, NOW, "1", means)

    def check(self, **options: Any) -> Build:
        """Return a build with the cache; fail unless one without it, and the next with it, are the same."""
        made = self.build(**options)
        assert self.build(caching=False, **options) == made
        assert self.build(**options) == made
        return made


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return a site that was built once, so that its cache knows it."""
    made = Site(tmp_path)
    made.check()
    return made


@pytest.fixture
def work(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which every read and every rendering of a post adds itself.

    The site was built long ago: its files are no longer so young that they could change within a tick.
    """
    monkeypatch.setattr("feeder.survey._RACY", 0)
    site.build()
    done: list[str] = []
    read, rendered = files.PostsDirectory.read, content_module.all_rendered

    def reading(self: Any, path: str) -> Any:
        done.append(f"read {path}")
        return read(self, path)

    def rendering(bodies: list[content_module.Written], *arguments: Any, **how: Any) -> Any:
        done.extend(f"rendered {body.path}" for body in bodies)
        return rendered(bodies, *arguments, **how)

    monkeypatch.setattr("feeder.storage.files.PostsDirectory.read", reading)
    monkeypatch.setattr("feeder.render.all_rendered", rendering)
    return done


def test_nothing_is_done_again(site: Site, work: list[str]) -> None:
    """Where nothing changed, no post is read or rendered, and all is there again."""
    before = site.build(caching=False)
    work.clear()
    assert before == site.build()
    assert [] == work


def test_one_edit_costs_one_post(site: Site, work: list[str]) -> None:
    """Of an edited post alone the file is read, and rendered; the feeds have the new text."""
    site.write("seven.md", POST.format(name="seven", day=7).replace("Text", "New text"))
    made = site.build()
    assert ["read seven.md", "read seven.md", "rendered seven.md"] == work
    assert b"New text of seven" in next(item.data for item in made.artifacts if item.path == "rss.xml")
    site.check()


def test_a_fresh_checkout_renders_nothing(site: Site, work: list[str]) -> None:
    """New times and new file numbers, as a clone has them, cost the reading, not the rendering."""
    shutil.copytree(site.root / "posts", site.root / "again")
    shutil.rmtree(site.root / "posts")
    (site.root / "again").rename(site.root / "posts")
    site.build()
    assert 7 == len(work)
    assert all(item.startswith("read") for item in work)
    site.check()


@pytest.mark.parametrize(
    "change",
    [
        lambda site: site.write("eight.md", POST.format(name="eight", day=8)),
        lambda site: (site.root / "posts" / "six.md").unlink(),
        lambda site: (site.root / "posts" / "six.md").rename(site.root / "posts" / "renamed.md"),
        lambda site: site.write("six.md", "---\ntitle: [\n---\n"),
        lambda site: site.write("six.md", "---\ntitle: x\n---\n"),
        lambda site: site.write("six.md", "---\ndraft: true\n---\n"),
        lambda site: site.write("six.md", "---\ndate: 2024-01-09\nlang: xx-not\nauthor: a@b\n---\nx"),
        lambda site: site.write("six.md", b"\xff"),
        lambda site: site.write("p.png", picture("PNG")),
        lambda site: (site.root / "posts" / "p.png").unlink(),
        lambda site: site.write("feeder.md", POST.format(name="one", day=1)),
        lambda site: (site.root / "feeder.yml").write_text(CONFIG.replace("limit: 5", "limit: 2")),
        lambda site: (site.root / "feeder.yml").write_text(CONFIG.replace("limit: 5", "limit: 2\n  archive: 2\n  max_bytes: 3000")),
        lambda site: (site.root / "feeder.yml").write_text(CONFIG + "markdown:\n  flavor: commonmark\n"),
        lambda site: (site.root / "feeder.yml").write_text(CONFIG + "rules:\n  picture-missing: off\n"),
        lambda site: (site.root / "feeder.yml").write_text(CONFIG.replace("site:", "site:\n  timezone: Asia/Shanghai\n  language: de")),
        lambda site: (site.root / "feeder.yml").write_text(CONFIG.replace("site.example/", "else.example/blog/")),
        lambda site: (site.root / "feeder.yml").write_text(CONFIG + "posts:\n  permalink: /x/:slug/\n"),
        lambda site: (site.root / "static").mkdir(),
        lambda site: shutil.rmtree(site.root / "cache"),
    ],
)  # fmt: skip
def test_any_change_shows(site: Site, change: Callable[[Site], object]) -> None:
    """After any change of posts, pictures or configuration, the cache makes no difference."""
    change(site)
    site.check()


def test_formats_may_differ_from_run_to_run(site: Site) -> None:
    """Builds of one format and of another do not get each other's items."""
    site.check(formats=("json",))
    site.check(formats=("atom", "rss"))
    site.check()


def test_a_picture_that_changes_shows(site: Site) -> None:
    """A picture of another size or kind under the same name, and one that goes away, change the items."""
    for data in (picture("PNG"), picture("PNG", (40, 30)), picture("JPEG", (40, 30)), b"no picture"):
        site.write("p.png", data)
        site.check()
    (site.root / "posts" / "p.png").unlink()
    site.check()


def test_an_edit_that_keeps_the_times_shows(site: Site) -> None:
    """A file of the same length and modification time, written anew or put in the old one's place, is seen."""
    text = POST.format(name="six", day=6)
    site.write("six.md", text.replace("Text", "Tent"))
    assert b"Tent of six" in site.check().artifacts[0].data
    site.write("new.tmp", text.replace("Text", "Test"))
    (site.root / "posts" / "new.tmp").replace(site.root / "posts" / "six.md")
    assert b"Test of six" in site.check().artifacts[0].data


@pytest.mark.parametrize("late", [False, True])
def test_an_edit_in_the_same_moment_shows(site: Site, monkeypatch: pytest.MonkeyPatch, late: bool) -> None:  # noqa: FBT001
    """A file that changes again within the tick of a coarse clock is not taken for what was read of it.

    Nor is one whose modification time was set back (``late``), so that only the time of its facts tells of the change.
    """
    stamp = kinds.stamp_of

    def coarse(facts: os.stat_result) -> Stamp:
        modified, changed, size, inode = stamp(facts)
        return (modified // 10**9 * 10**9, changed // 10**9 * 10**9 if late else 0, size, inode)

    monkeypatch.setattr("feeder.storage.files.stamp_of", coarse)
    age = OLD if late else time.time()
    for text in ("Text", "Tent", "Test", "Tort"):
        site.write("six.md", POST.format(name="six", day=6).replace("Text", text), age)
        assert f"{text} of six".encode() in site.build().artifacts[0].data


def test_a_problem_is_recalled_whole() -> None:
    """Its severity and what to do about it are remembered, too."""
    found = Problem("a.md", 1, 2, Severity.NOTE, "a-code", "It is so.", "got", "Do this.")
    kept = json.loads(json.dumps(cachedvalues._list_from_problem(found)))
    assert found == cachedvalues._problem_from_list(kept)
    assert cachedvalues._problem_from_list(kept).severity is Severity.NOTE


def test_another_installation_renders_anew(site: Site, work: list[str]) -> None:
    """What another version of feeder or of a library made is not taken over."""
    site.build(installation="2")
    assert 7 == len([item for item in work if item.startswith("rendered")])


def test_what_is_installed_is_told_by_code_and_zones(tmp_path: Path) -> None:
    """Another line in a module of feeder, or another release of time zones, is another installation."""
    package = Path(feeder.__file__).parent
    shutil.copytree(package, tmp_path / "feeder", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "zones").mkdir()

    def installed(zones: str = "") -> str:
        code = "import os; from feeder.cli.caching import installed; print(installed(os.environ))"
        environ = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONTZPATH": zones}
        return subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=environ, capture_output=True, text=True, check=True
        ).stdout

    before = installed()
    assert before == installed()
    (tmp_path / "zones" / "tzdata.zi").write_text("# version 2030a\n")
    assert "# version 2030a" in installed(str(tmp_path / "zones")).splitlines()
    module = tmp_path / "feeder" / "content.py"
    module.write_text(module.read_text("utf-8").replace("pictures", "Pictures") + "\n", "utf-8")
    assert before != installed()


def test_the_rules_of_time_are_no_memory(site: Site) -> None:
    """Whether a post is scheduled or expired is asked each time."""
    site.write("eight.md", "---\ndate: 2026-06-02\n---\n")
    assert ["scheduled"] == [item.kind for item in site.check().left_out]
    settings = config.load(config.Options(posts="posts"), {}, site.root).settings
    means = pipeline.Means(cache=Cache(site.root / "cache" / "c.sqlite3"), installation="1")
    later = pipeline.build(settings, site.root, datetime(2026, 6, 3, tzinfo=UTC), "1", means)
    assert "eight.md" == later.published[0].path


# The file


def test_any_damage_costs_nothing_but_time(site: Site) -> None:
    """With bytes of the file changed, cut off, or put in front, the feeds are the same, and the cache heals."""
    path = site.root / "cache" / "c.sqlite3"
    whole = path.read_bytes()
    expected = site.build(caching=False)
    chance = random.Random(7)
    for turn in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 20, 2000))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        cut = {0: b"", 1: b"no database", 2: bytes(data[: len(data) // 2]), 3: b"x" + bytes(data)}.get(
            turn, bytes(data)
        )
        path.write_bytes(cut)
        assert expected == site.build(), turn
        assert expected == site.build(), turn


def test_a_file_of_another_version_is_replaced(site: Site, work: list[str]) -> None:
    """A cache that a later feeder wrote is not read; it is made anew."""
    path = site.root / "cache" / "c.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    site.build()
    assert 7 == len([item for item in work if item.startswith("rendered")])
    work.clear()
    site.build()
    assert [] == work


def test_a_place_that_takes_no_file_is_no_fault(site: Site) -> None:
    """Where the cache cannot be, the build goes on without."""
    shutil.rmtree(site.root / "cache")
    (site.root / "cache").write_text("a file")
    site.check()


def test_while_another_build_writes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that finds the cache locked for long keeps nothing, leaves it whole, and says nothing."""
    monkeypatch.setattr(cache, "_PATIENCE", 0.05)
    path = site.root / "cache" / "c.sqlite3"
    other = sqlite3.connect(path, isolation_level=None)
    try:
        for lock in ("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"):
            other.execute(lock)
            site.write("six.md", POST.format(name="six", day=6).replace("Text", lock))
            assert site.build(caching=False) == site.build()
            other.execute("ROLLBACK")
    finally:
        other.close()
    assert path.exists()
    site.check()


def test_two_builds_at_once(site: Site) -> None:
    """Builds that share a cache at one time all make the right feeds, and leave a cache that holds."""
    command = [
        sys.executable, "-m", "feeder", "build", "posts", "--cache", "cache", "--json", "--now", "2026-06-01T12:00:00Z",
    ]  # fmt: skip
    for turn in range(3):
        site.write("six.md", POST.format(name="six", day=6).replace("Text", f"Text {turn}"))
        both = [
            subprocess.Popen([*command, "-o", f"out{number}"], cwd=site.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for number in range(3)
        ]  # fmt: skip
        for process in both:
            _, errors = process.communicate()
            assert 0 == process.returncode, errors
        expected = {item.path: item.data for item in site.build(caching=False).artifacts}
        for number in range(3):
            found = {name: (site.root / f"out{number}" / name).read_bytes() for name in expected}
            strip = [name for name in expected if b"0.1.0" in found[name]]
            assert {name: found[name].replace(b"0.1.0", b"1") for name in strip} == {
                name: expected[name] for name in strip
            }


def test_the_file_stays_within_its_bound(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the file would grow beyond its bound, what this build does not need is thrown out, and then no more is kept."""
    path = site.root / "cache" / "c.sqlite3"
    monkeypatch.setattr(cache, "MAX_BYTES", 200_000)
    for turn in range(12):
        site.write("six.md", POST.format(name="six", day=6) + f"{turn} " * 4_000)
        site.check()
        assert 220_000 >= path.stat().st_size


def test_what_fits_is_kept(site: Site, monkeypatch: pytest.MonkeyPatch, work: list[str]) -> None:
    """Of a site that is larger than the bound, as much is recalled as fits; nothing is thrown out to be made again."""
    monkeypatch.setattr(cache, "MAX_BYTES", 120_000)
    for name in ("one", "two", "three", "four", "five", "six", "seven"):
        site.write(f"{name}.md", POST.format(name=name, day=7) + f"{name} " * 2_000)
    renderings = []
    for _ in range(3):
        work.clear()
        site.check()
        renderings.append(len([item for item in work if item.startswith("rendered")]))
    assert renderings[1] == renderings[2]
    assert 7 < renderings[1] < 21  # seven of them by the build without a cache, and fewer than seven by each with one


def test_posts_that_are_gone_are_forgotten(site: Site) -> None:
    """A deleted post leaves nothing behind."""
    (site.root / "posts" / "six.md").unlink()
    site.build()
    with sqlite3.connect(site.root / "cache" / "c.sqlite3") as connection:
        kept = b"".join(row[0] for row in connection.execute("SELECT data FROM seen"))
    connection.close()
    assert b"five.md" in kept
    assert b"six.md" not in kept


@given(
    st.lists(
        st.tuples(st.dictionaries(_PATHS, st.binary().map(lambda said: said.replace(b"\0", b""))), st.sets(_PATHS)),
        max_size=6,
    )
)
def test_what_was_kept_of_files_comes_back(history: list[tuple[dict[str, bytes], set[str]]]) -> None:
    """Whatever is kept, changed and forgotten, in whatever blocks it lies: the files come back in the order of paths."""
    with TemporaryDirectory() as directory, mock.patch.object(cache, "_BLOCK", 3):
        known: dict[str, bytes] = {}
        for seen, gone in history:
            remembered = Cache(Path(directory) / "c.sqlite3")
            kept = [Kept(path, bytes(range(48)), said) for path, said in sorted(seen.items()) if path not in gone]
            remembered.keep(b"site", kept, sorted(gone), [], [])
            remembered.close()
            known = {path: said for path, said in {**known, **seen}.items() if path not in gone}
            again = Cache(Path(directory) / "c.sqlite3")
            found = list(again.seen(b"site"))
            again.close()
            assert sorted(known.items()) == [(path, said) for path, _, said in found]
            assert all(trace == bytes(range(48)) for _, trace, _ in found)


def test_a_post_that_changes_while_it_is_read_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A post that is sound when it is surveyed and broken when it is rendered ends the build with a message."""
    surveyed = Recall.survey

    def then_broken(self: Any, *arguments: Any) -> Any:
        seen = surveyed(self, *arguments)
        site.write("seven.md", "---\ntitle: [\n---\n")
        return seen

    monkeypatch.setattr(Recall, "survey", then_broken)
    with pytest.raises(ConfigurationError, match="changed while it was read"):
        site.build(caching=False)


def test_random_edits_never_differ(tmp_path: Path) -> None:
    """Through a long history of random edits, deletions, touches and pictures, the cache never makes a difference."""
    site = Site(tmp_path)
    chance = random.Random(3)
    names = [f"{name}.md" for name in ("one", "two", "three", "four", "x/a", "x/b", "_drafts/c", "2024-02-03-d")]
    for turn in range(40):
        name = chance.choice(names)
        match chance.randrange(6):
            case 0:
                (site.root / "posts" / name).unlink(missing_ok=True)
            case 1 if (site.root / "posts" / name).exists():
                os.utime(site.root / "posts" / name, (OLD + turn, OLD + turn))
            case 2:
                site.write("p.png", picture("PNG", (chance.randrange(1, 90), 20)), OLD + turn)
            case _:
                date = f"2024-0{chance.randrange(1, 9)}-{chance.randrange(1, 32):02}"  # not all of them exist
                site.write(name, f"---\ntitle: {turn}\ndate: {date}\ntags: [a, b{turn % 3}]\nlastmod: 2024-06-01\n---\nText {turn}\n", OLD + turn % 2)  # fmt: skip
        site.check()
