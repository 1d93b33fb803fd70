"""The benchmark measures programs that do the work, and shows what it found."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from bench.__main__ import main
from bench.compare import Plan, compare
from bench.measure import Refused, Run, check, items, measure
from bench.page import write
from bench.peers import PEERS
from bench.posts import Posts
from bench.rows import Report, Row, dumps, merged, rows
from bench.scenarios import RUNS, SCENARIOS, URL, Site
from conftest import needs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="the benchmark counts with wait4")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what a tiny run printed with ``--json``."""
    path = tmp_path_factory.mktemp("bench") / "rows.json"
    with path.open("w", encoding="utf-8") as file, contextlib.redirect_stdout(file):
        options = ["--posts", "20", "--peers", "feeder,naive", "--scenarios", "a,help", "--runs", "cold,deleted"]
        options += ["--rounds", "1", "--json"]
        assert 0 == main(options)
    return path


def _rows(saved: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(saved.read_text(encoding="utf-8"))["rows"]
    return found


def test_every_program_has_a_row_for_every_run(saved: Path) -> None:
    """Rows name the posts, the scenario, the run and the program, and hold medians and feeder's share."""
    built = [row for row in _rows(saved) if row["scenario"] == "a"]
    assert {(run, name) for run in ("cold", "deleted") for name in ("feeder", "naive")} == {
        (row["run"], row["program"]) for row in built
    }
    for row in built:
        assert (20, 1) == (row["posts"], row["rounds"])
        assert min(row["wall"], row["cpu"], row["memory"], row["takes"]["feeder"]) > 0
    assert {1.0} == {row["takes"]["feeder"] for row in built if row["program"] == "feeder"}


def test_start_up_is_measured_against_that_of_python(saved: Path) -> None:
    """The scenario of help has feeder and a Python that does nothing, and no posts."""
    started = [row["program"] for row in _rows(saved) if row["posts"] == 0]
    assert ["feeder", "python -c pass"] == started


def test_saved_rows_give_the_table_and_the_chart(
    saved: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From a file of rows come the table, the page that holds it and a well-formed SVG; nothing is run."""
    chart, page = tmp_path / "chart.svg", tmp_path / "page.md"
    page.write_text(
        "Before.\n\n<!-- generated: benchmark -->\nstale\n<!-- end of benchmark -->\n\nAfter.\n", encoding="utf-8"
    )
    assert 0 == main(["--from", str(saved), "--markdown", "--chart", str(chart), "--write", str(page)])
    printed = capsys.readouterr().out
    assert re.search(r"\| 20 +\| a +\| naive +\|", printed)
    assert "python -m tests.bench --posts 20" in printed
    assert "{http://www.w3.org/2000/svg}svg" == ET.parse(chart).getroot().tag
    text = page.read_text(encoding="utf-8")
    assert printed.strip() in text
    assert "stale" not in text
    assert (text.startswith("Before."), text.endswith("After.\n")) == (True, True)


def test_a_page_without_markers_is_left_alone(tmp_path: Path) -> None:
    """Where no place is marked for the table, nothing is written."""
    page = tmp_path / "page.md"
    page.write_text("Nothing.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="generated: benchmark"):
        write(page, "table")
    assert "Nothing.\n" == page.read_text(encoding="utf-8")


def test_rows_of_several_files_are_one_report() -> None:
    """Reports are merged in the order of posts; a row that was measured again is the later one."""
    row = Row(100, "a", "cold", "feeder", 1, 1.0, 1.0, 20.0, {"feeder": 1.0})
    help_row, again = row._replace(posts=0, scenario="--help"), row._replace(wall=2.0)
    one = dumps(Report({"Python": "3"}, "one", [help_row, row]))
    other = dumps(Report({"Python": "3"}, "other", [row._replace(posts=10), again]))
    found = merged([one, other])
    assert ["one", "other"] == found.command.splitlines()
    assert [10, 100, 0] == [row.posts for row in found.rows]
    assert again in found.rows


def test_pairs_are_those_that_ran_beside_one_another() -> None:
    """A share is the median of shares pair by pair; a slow program's one round is paired with feeder's first."""
    taken = {
        ("cold", "feeder"): [_run(1), _run(2), _run(6)],
        ("cold", "naive"): [_run(2), _run(8), _run(6)],
        ("cold", "jekyll"): [_run(10)],
    }
    assert {"feeder": 1.0, "naive": 0.5, "jekyll": 0.1} == {
        row.program: row.takes["feeder"] for row in rows(taken, "a", 10)
    }


def _run(wall: float) -> Run:
    return Run(wall, wall, 20)


@pytest.mark.parametrize("number", [20, 41])
def test_posts_are_the_same_in_every_run(tmp_path: Path, number: int) -> None:
    """One seed gives one set of posts, and the same changes to it; after a round there are as many as before."""
    ones, others = Posts(tmp_path / "one", number), Posts(tmp_path / "other", number)
    for posts in (ones, others):
        titles = posts.edit(), posts.add(), posts.delete()
        assert 3 - (titles[0] == titles[2]) == len(set(titles))
        assert number == len(posts) == len(list(posts.directory.iterdir()))
    assert _texts(ones) == _texts(others)


def _texts(posts: Posts) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in posts.directory.iterdir()}


def test_expected_numbers_follow_the_scenario(tmp_path: Path) -> None:
    """A feed holds 20 or all; the categories' feeds are counted with the site's."""
    posts = Posts(tmp_path / "posts", 30)
    assert ([20], [30]) == (posts.expected(SCENARIOS["a"]), posts.expected(SCENARIOS["b"]))
    by_category = posts.expected(SCENARIOS["c"])
    assert len(by_category) > 5
    assert 20 == by_category[-1]


def test_items_are_counted_in_every_feed(tmp_path: Path) -> None:
    """Counted are the items of RSS, in every directory, and of no other format."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "rss.xml").write_text("<rss><item><title/></item><item a='b'/></rss>", encoding="utf-8")
    (tmp_path / "inner" / "rss.xml").write_text("<rss><items/><item></item></rss>", encoding="utf-8")
    (tmp_path / "atom.xml").write_text("<feed><entry/></feed>", encoding="utf-8")
    assert [1, 2] == items(tmp_path)


@pytest.mark.parametrize(
    ("expected", "shown", "gone", "reason"),
    [
        ([2], "", "", "where"),
        ([1], "New", "", "did not publish 'New'"),
        ([1], "", "Old", "still publishes 'Old'"),
    ],
)
def test_wrong_feeds_are_refused(tmp_path: Path, expected: list[int], shown: str, gone: str, reason: str) -> None:
    """Feeds of the wrong size are refused, and those that a change has not reached."""
    (tmp_path / "rss.xml").write_text("<rss><item>Old</item></rss>", encoding="utf-8")
    with pytest.raises(Refused, match=reason):
        check(tmp_path, expected, shown=shown, gone=gone)


def test_feeds_of_summaries_are_refused(tmp_path: Path) -> None:
    """A feed that is too short to hold the bodies of its items was made with less work."""
    (tmp_path / "rss.xml").write_text("<rss><item>Old</item></rss>", encoding="utf-8")
    with pytest.raises(Refused, match="without the whole text"):
        check(tmp_path, [1], length=100)


def test_a_peer_that_makes_the_wrong_feeds_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A program that wins by doing nothing, or fails, has no rows; the others have theirs."""
    posts = Posts(tmp_path / "posts", 3)
    programs = {"idle": _writes(2), "honest": _writes(3), "broken": lambda _: [sys.executable, "-c", "0/0"]}
    outcome = compare(programs, posts, SCENARIOS["b"], tmp_path / "work", Plan(["cold"], rounds=1, patience=60))
    assert {("cold", "honest")} == set(outcome.taken)
    assert ["idle", "broken"] == outcome.refused
    said = capsys.readouterr().err
    assert "idle is refused: made feeds of [2] items where [3] belong" in said
    assert "ZeroDivisionError" in said


def test_a_peer_that_keeps_an_old_post_is_refused(tmp_path: Path) -> None:
    """A cache that hides a change is no cache: three items do not make up for the title that is missing."""
    posts = Posts(tmp_path / "posts", 3)
    plan = Plan(["edited"], rounds=1, patience=60)
    outcome = compare({"stale": _writes(3)}, posts, SCENARIOS["b"], tmp_path / "work", plan)
    assert ["stale"] == outcome.refused


def test_warm_builds_find_the_last_one_and_cold_ones_nothing(tmp_path: Path) -> None:
    """Every kind of run is taken in every round, in order; only a cold one starts without output, and is right."""
    posts, log = Posts(tmp_path / "posts", 20), tmp_path / "log"
    code = (
        "import os, sys; from pathlib import Path; posts, log = map(Path, sys.argv[1:])\n"
        "with log.open('a') as file: print('warm' if Path('public').exists() else 'cold', file=file)\n"
        "os.makedirs('public', exist_ok=True)\n"
        "texts = [path.read_text(encoding='utf-8') for path in posts.iterdir()]\n"
        "Path('public/rss.xml').write_text(''.join('<item>' + text for text in texts), encoding='utf-8')"
    )
    programs = {"honest": lambda _: [sys.executable, "-c", code, str(posts.directory), str(log)]}
    outcome = compare(programs, posts, SCENARIOS["b"], tmp_path / "work", Plan(RUNS, rounds=2, patience=60))
    assert {(run, "honest"): 2 for run in RUNS} == {key: len(runs) for key, runs in outcome.taken.items()}
    states = log.read_text(encoding="utf-8").split()
    assert ["cold", *["cold", "warm", "warm", "warm"] * 2] == states


def test_a_slow_peer_gets_one_round(tmp_path: Path) -> None:
    """A program beyond the patience is named as slow and measured once."""
    posts = Posts(tmp_path / "posts", 3)
    plan = Plan(["cold"], rounds=2, patience=0)
    outcome = compare({"slow": _writes(3)}, posts, SCENARIOS["b"], tmp_path / "work", plan)
    assert (["slow"], 1) == (outcome.slow, len(outcome.taken["cold", "slow"]))


def _writes(number: int) -> Any:
    """Return a program that writes a feed of ``number`` items, whatever the posts are."""

    def prepare(site: Site) -> Sequence[str | Path]:
        code = (
            f"import os; os.makedirs('public'); open('public/rss.xml', 'w').write({number} * ('<item>' + 2000 * ' '))"
        )
        return [sys.executable, "-c", code if not site.output.exists() else "pass"]

    return prepare


def test_measured_programs_may_use_byte_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What slows Python down in development is not passed on, and memory and time are counted."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    run = measure([sys.executable, "-c", "import sys; sys.exit(sys.dont_write_bytecode)"], tmp_path)
    assert min(run.wall, run.cpu) > 0
    assert 3 < run.memory < 100


def test_an_unknown_peer_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    """Names are checked before anything is measured."""
    with pytest.raises(SystemExit):
        main(["--peers", "huggo"])
    assert "there is no huggo" in capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(PEERS))
def test_a_peer_says_what_it_builds(name: str, tmp_path: Path) -> None:
    """Each peer writes its configuration below its site and names its output in its command."""
    peer = PEERS[name]
    if not peer.version():
        needs(name)
    site = Site(tmp_path / "site", tmp_path / "posts", SCENARIOS["c"], cached=True)
    site.directory.mkdir()
    (tmp_path / "posts").mkdir()
    assert str(site.output) in map(str, peer.prepare(site))
    texts = [path.read_text(encoding="utf-8") for path in site.directory.iterdir() if path.is_file()]
    assert name == "naive" or any(URL.rstrip("/") in text for text in texts)
