"""Builds one can rely on: killed at any moment, two at once, on a full disk and without permission."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import feedparser
import pytest
from click.testing import CliRunner
from processes import Command

from feeder.cli import main
from feeder.storage.manifest import NAME

CONFIGURATION = "site: {url: 'https://site.example/'}\nfeeds: {categories: true, formats: [rss, json]}\n"
if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS, PAIRS = 200, 20
Files = dict[str, bytes]


def _site(root: Path) -> None:
    """Write two states of one site: each has posts, texts and categories that the other has not."""
    (root / "feeder.yml").write_text(CONFIGURATION)
    for state, shift in (("old", 0), ("new", 2)):
        (root / state).mkdir()
        for number in range(4):
            names = ", ".join(f"C{(number + step) % 4 + shift}" for step in range(2))
            (root / state / f"{number}.md").write_text(
                f"---\ntitle: {state} {number}\ndate: 2024-01-0{number + 1}\ncategories: [{names}]\n---\n"
                + f"{state} text. " * 100
            )


def _build(state: str, output: str = "public") -> None:
    """Build a state in this process, and so load all of which the other processes are copies."""
    arguments = ["build", state, "-o", output, "--no-cache", "--jobs", "1"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert 0 == result.exit_code, result.stderr


def _files(directory: Path) -> Files:
    """Return every file below a directory, hidden ones too; those that vanish meanwhile are not there."""
    found = {}
    for path in sorted(directory.rglob("*")):
        try:
            found[path.relative_to(directory).as_posix()] = path.read_bytes()
        except (IsADirectoryError, FileNotFoundError):
            continue
    return found


def _feeds(files: Files) -> Files:
    return {path: data for path, data in files.items() if not path.rpartition("/")[2].startswith(".")}


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    """Return what undisturbed builds of the two states give; programs that are not feeder find it well-formed."""
    root = tmp_path_factory.mktemp("states")
    _site(root)
    here = Path.cwd()
    os.chdir(root)
    try:
        for state in ("old", "new"):
            _build(state, f"out-{state}")
    finally:
        os.chdir(here)
    found = {state: _files(root / f"out-{state}") for state in ("old", "new")}
    for files in found.values():
        assert {path for path in files if path.startswith(".")} == {NAME}
        for path, data in _feeds(files).items():
            if path.endswith(".json"):
                assert json.loads(data)["items"]
            else:
                ET.fromstring(data)
                assert feedparser.parse(data).entries
    assert set(found["old"]) - set(found["new"])
    assert set(found["new"]) - set(found["old"])
    return found


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in the site."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    _site(tmp_path)
    return tmp_path


def _assert_whole(output: Path, states: dict[str, Files]) -> None:
    """Each feed is, byte for byte, one that an undisturbed build gives; the manifest can be read."""
    files = _files(output)
    for path, data in _feeds(files).items():
        assert data in {state.get(path) for state in states.values()}, path
    if NAME in files:
        assert {"version", "files"} <= set(json.loads(files[NAME]))
    for path in set(files) - set(_feeds(files)) - {NAME}:
        assert path.endswith(".tmp")


def _as_ever() -> None:
    """Build in as many processes as there are processors."""


def _alone() -> None:
    """Build in one process, which is quicker here."""
    os.cpu_count = lambda: 1


def test_a_build_that_is_killed_leaves_whole_feeds_and_the_next_completes(site: Path, states: dict[str, Files]) -> None:
    """200 kills at random moments, in turns of a site's two states: every feed is whole, nothing is left behind."""
    chance = random.Random(20)
    killed = unfinished = 0
    duration = 0.0
    for number in range(KILLS):
        state, former = ("new", "old") if number % 2 else ("old", "new")
        if number % 40 == 0:
            shutil.rmtree(site / "public", ignore_errors=True)  # also the first build of all
        arguments, first = (("build", "--no-cache"), _alone) if number % 8 else (("build",), _as_ever)
        if number % 40 == 0:
            began = time.monotonic()
            assert 0 == Command(site / "log", *arguments, former, first=first).wait()
            duration = time.monotonic() - began
        run = Command(site / "log", *arguments, state, first=first)
        time.sleep(chance.uniform(0, duration))
        in_time = run.kill() == -signal.SIGKILL
        killed += in_time
        duration *= 1.05 if in_time else 0.9  # so that most are, however much the machine has to do
        _assert_whole(site / "public", states)
        manifest = site / "public" / NAME
        unfinished += manifest.exists() and "unfinished" in json.loads(manifest.read_bytes())
        _build(state)
        assert states[state] == _files(site / "public")
        if number % 4 == 0:  # so that the next one removes as much as it writes
            _build(former)
    assert KILLS // 2 < killed
    assert 5 < unfinished


def test_two_builds_at_once_never_mix(site: Path, states: dict[str, Files]) -> None:
    """Twenty times two builds of different states: no reader sees a broken feed, and the end is all one or all the other."""
    ends = set()
    for number in range(PAIRS):
        if number % 5 == 0:
            shutil.rmtree(site / "public", ignore_errors=True)
        order = ("old", "new") if number % 2 else ("new", "old")
        pair = [Command(site / state, "build", state) for state in order]
        for _ in range(5):
            _assert_whole(site / "public", states)
        assert [0, 0] == [run.wait() for run in pair], [run.err for run in pair]
        ends.add(next(state for state, files in states.items() if files == _files(site / "public")))
    assert ends <= set(states)
    assert ends


def test_a_full_disk_leaves_the_old_feeds_whole(site: Path, states: dict[str, Files]) -> None:
    """When the system takes no more bytes, the message names the file, the exit code is 2, and the next build completes."""
    assert 0 == Command(site / "log", "build", "old").wait()
    few = len(states["new"]["rss.xml"]) - 1
    limited = Command(
        site / "log", "build", "new", "--no-cache", first=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (few, few))
    )
    assert 2 == limited.wait()
    assert "error: cannot write public/rss.xml: File too large" == limited.err.splitlines()[-1]
    _assert_whole(site / "public", states)
    assert states["old"]["rss.xml"] == (site / "public/rss.xml").read_bytes()
    assert 0 == Command(site / "log", "build", "new").wait()
    assert states["new"] == _files(site / "public")


def _nobody() -> None:
    """Be a user who may read here, and no more."""
    _alone()
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


@pytest.fixture
def open_site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in the site, in a directory that any user may look into."""
    with TemporaryDirectory() as place:
        root = Path(place)
        root.chmod(0o755)
        monkeypatch.chdir(root)
        _site(root)
        yield root
        monkeypatch.undo()


@pytest.mark.usefixtures("states")  # nobody may load what is not
def test_without_permission_nothing_changes(open_site: Path) -> None:
    """Who may not write there is told so; when there is nothing to write it is no matter."""
    public = open_site / "public"
    assert 0 == Command(open_site / "log", "build", "old").wait()
    before = _files(public)
    paths = [public, *public.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for log in ("refused.out", "refused.err", "same.out", "same.err"):
        (open_site / log).touch()
        (open_site / log).chmod(0o666)
    try:
        refused = Command(open_site / "refused", "build", "new", "--no-cache", first=_nobody)
        same = Command(open_site / "same", "build", "old", "--no-cache", first=_nobody)
        assert (2, 0) == (refused.wait(), same.wait()), refused.err + same.err
    finally:
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert f"error: cannot write public/{NAME}: Permission denied" == refused.err.splitlines()[-1]
    assert before == _files(public)


@pytest.mark.usefixtures("states")
def test_without_permission_no_id_is_written(open_site: Path) -> None:
    """`feeder pin` says which post it may not write, with exit code 2, and leaves it whole."""
    pinned = CliRunner().invoke(main, ["pin", "old"], catch_exceptions=False)  # and so all of it is loaded
    assert 0 == pinned.exit_code
    before = _files(open_site / "new")
    (open_site / "new").chmod(0o555)
    refused = Command(open_site / "refused", "pin", "new", "--no-cache", first=_nobody)
    assert 2 == refused.wait(), refused.err
    (open_site / "new").chmod(0o755)
    assert "error: cannot write new/3.md: Permission denied" == refused.err.splitlines()[-1]
    assert before == _files(open_site / "new")
