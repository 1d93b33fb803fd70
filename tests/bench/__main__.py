"""``python -m tests.bench``: feeder and its peers on the same posts, in turn, as ratios within one run.

Whole processes, interleaved (A B A B); medians of wall time and of the ratio pair by pair, CPU time, peak memory.
"""

from __future__ import annotations

import argparse
import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from . import chart, page
from .compare import Plan, compare, take_turns
from .peers import OWN, PEERS
from .peers.feeder import FEEDER, command
from .peers.hugo import binary
from .posts import Posts
from .rows import Report, Row, dumps, machine, merged, rows
from .scenarios import RUNS, SCENARIOS, Scenario, Site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .compare import Prepare

_WHAT = "a: newest 20; b: all; c: per category; formats: feeder's formats in a and c; help: start-up"


def _list(text: str) -> list[str]:
    return [name for name in text.split(",") if name]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--posts", default="1000,10000,100000", help="numbers of posts, with commas: %(default)s")
    parser.add_argument(
        "--peers",
        default="hugo,jekyll,pelican,naive",
        help="of %(default)s; those not installed are left out. feeder is always there, in every flavour of Markdown "
        f"unless some are named ({', '.join(OWN)})",
    )
    parser.add_argument("--scenarios", default="a,b,c,formats,help", help=f"of %(default)s ({_WHAT})")
    parser.add_argument("--runs", default=",".join(RUNS), help="of %(default)s; cold keeps neither output nor cache")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each: %(default)s")
    parser.add_argument(
        "--patience",
        type=float,
        default=60,
        help="a program that takes more seconds gets one round, and no more posts: %(default)s",
    )
    parser.add_argument("--from", dest="saved", nargs="+", type=Path, metavar="FILE", help="run nothing; read --json's")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print rows for --from and for other machines")
    shape.add_argument("--markdown", action="store_true", help="print the table, which is what is done anyway")
    parser.add_argument("--chart", type=Path, metavar="FILE", help="write an SVG of time against number of posts")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put what --markdown prints into a page")
    options = parser.parse_args(arguments)
    for name, known in (("peers", {*PEERS}), ("scenarios", {*SCENARIOS, "formats", "help"}), ("runs", {*RUNS})):
        if unknown := sorted({*_list(getattr(options, name))} - known):
            parser.error(f"--{name}: there is no {', '.join(unknown)}")
    if options.rounds < 1 or not all(number.isdecimal() and int(number) >= 20 for number in _list(options.posts)):
        parser.error("--rounds is above 0, and --posts are numbers from 20")
    return options


def _wanted(names: list[str]) -> list[str]:
    """Return the programs to measure, feeder first."""
    own = [name for name in OWN if name in names] or list(OWN)
    wanted = [*own, *(name for name in names if name not in OWN)]
    installed = [name for name in wanted if PEERS[name].version()]
    for name in wanted:
        if name not in installed:
            print(f"{name} is not installed and left out", file=sys.stderr)
    return installed


class _Bench:
    """A whole run, and what it has found so far."""

    def __init__(self, options: argparse.Namespace, work: Path) -> None:
        self.rows: list[Row] = []
        self.refused: list[str] = []
        self.programs = _wanted(_list(options.peers))
        self._left = list(self.programs)
        runs = [run for run in RUNS if run in _list(options.runs)]
        self._plan = Plan(runs, options.rounds, options.patience)
        self._work = work

    def scenarios(self, number: int, names: list[str]) -> None:
        """Measure building the feeds of a number of posts."""
        slow: list[str] = []
        directory = self._work / "posts"
        posts = Posts(directory, number)
        for name in names:
            if name in SCENARIOS:
                programs: dict[str, Prepare] = {peer: PEERS[peer].prepare for peer in self._left}
                slow += self._compare(programs, posts, name, SCENARIOS[name], self._plan)
            elif name == "formats":
                for inner in "ac":
                    self._compare(
                        _FORMATS, posts, f"{inner}, formats", SCENARIOS[inner], self._plan._replace(runs=["cold"])
                    )
        for name in sorted({*slow}):
            print(f"{name} is slow at {number} posts: one round, and no more posts", file=sys.stderr)
        self._left = [name for name in self._left if name not in slow]
        shutil.rmtree(directory)

    def start_up(self) -> None:
        """Measure ``--help``."""
        commands = {"feeder": [*command(), "--help"], "python -c pass": [sys.executable, "-c", "pass"]}
        if "hugo" in self.programs:
            commands["hugo"] = [binary(), "--help"]
        self.rows += rows(take_turns(commands, self._work, self._plan.rounds), "--help", 0)

    def _compare(
        self, programs: dict[str, Prepare], posts: Posts, name: str, scenario: Scenario, plan: Plan
    ) -> list[str]:
        print(f"{posts.number:,} posts, {name}", file=sys.stderr)
        outcome = compare(programs, posts, scenario, self._work / "sites", plan)
        self.rows += rows(outcome.taken, name, posts.number)
        self.refused += outcome.refused
        return outcome.slow


def _in_all_formats(site: Site) -> Sequence[str | Path]:
    formats = ("rss", "atom", "json")
    return FEEDER.prepare(site._replace(scenario=site.scenario._replace(formats=formats)))


_FORMATS: dict[str, Prepare] = {FEEDER.name: FEEDER.prepare, page.ALL_FORMATS: _in_all_formats}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table or the rows, and return the exit code: 1 when a program was refused."""
    options = _options(arguments)
    if options.saved:
        report, refused = merged(path.read_text(encoding="utf-8") for path in options.saved), []
    else:
        with tempfile.TemporaryDirectory() as directory:
            bench = _Bench(options, Path(directory))
            names = _list(options.scenarios)
            for number in sorted(map(int, _list(options.posts))):
                bench.scenarios(number, names)
            if "help" in names:
                bench.start_up()
        given = shlex.join(sys.argv[1:] if arguments is None else arguments)
        versions = {name: PEERS[name].version() for name in bench.programs}
        report = Report(machine(versions), f"python -m tests.bench {given}".strip(), bench.rows)
        refused = bench.refused
    print(dumps(report) if options.json else page.markdown(report))
    if options.chart:
        options.chart.write_text(chart.draw(report.rows), encoding="utf-8")
    if options.write:
        page.write(options.write, page.markdown(report))
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
