"""``python -m tests.bench``: feeder and its peers on the same posts, in turn, as ratios within one run.

Whole processes, interleaved (A B A B); medians of wall time and of the ratio pair by pair, CPU time, peak memory.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from .peers import PEERS, SCENARIOS, Peer, Scenario
from .posts import write_posts


class Run(NamedTuple):
    """One process: seconds of wall and CPU time, peak memory in MiB."""

    wall: float
    cpu: float
    memory: float


def measure(command: list[str], directory: Path) -> Run:
    """Run a command to its end and return what it took. Raises `RuntimeError` when it fails."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=directory, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            message = f"{command} failed: {errors.read().decode(errors='replace')[-2000:]}"
            raise RuntimeError(message)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def compare(peers: list[Peer], posts: Path, scenario: Scenario, work: Path, rounds: int) -> dict[str, list[Run]]:
    """Return the runs of each peer, taken in turn, after one of each that does not count."""
    commands: dict[str, list[str]] = {}
    for peer in peers:
        site = work / peer.name
        shutil.rmtree(site, ignore_errors=True)
        site.mkdir(parents=True)
        commands[peer.name] = [str(part) for part in peer.prepare(site, posts, scenario)]
    runs: dict[str, list[Run]] = {peer.name: [] for peer in peers}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            shutil.rmtree(work / name / "public", ignore_errors=True)
            run = measure(command, work / name)
            if turn:
                runs[name].append(run)
    return runs


def rows(runs: dict[str, list[Run]], scenario: str, number: int) -> list[dict[str, Any]]:
    """Return a row for each peer: medians, and the median of feeder's time as a share of its, pair by pair."""
    own = runs["feeder"]
    return [
        {
            "posts": number,
            "scenario": scenario,
            "program": name,
            "wall": round(statistics.median(run.wall for run in taken), 3),
            "cpu": round(statistics.median(run.cpu for run in taken), 3),
            "memory": round(statistics.median(run.memory for run in taken)),
            "feeder_takes": round(statistics.median(a.wall / b.wall for a, b in zip(own, taken, strict=True)), 2),
        }
        for name, taken in runs.items()
    ]


def main() -> None:
    """Print the table, or with ``--json`` the rows."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--posts", default="1000,10000", help="numbers of posts, with commas")
    parser.add_argument(
        "--peers", default="hugo,naive", help=f"of {', '.join(PEERS)}; those not installed are left out"
    )
    parser.add_argument("--scenarios", default="a,b,c", help="a: newest 20; b: all; c: per category")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    wanted = ["feeder", *(name for name in options.peers.split(",") if name and name != "feeder")]
    peers = [PEERS[name] for name in wanted if PEERS[name].installed()]
    for name in wanted:
        if not PEERS[name].installed():
            print(f"{name} is not installed and left out", file=sys.stderr)
    table: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as directory:
        for number in map(int, options.posts.split(",")):
            posts = Path(directory) / f"posts{number}"
            write_posts(posts, number)
            for name in options.scenarios.split(","):
                runs = compare(peers, posts, SCENARIOS[name], Path(directory) / "work", options.rounds)
                table += rows(runs, name, number)
    if options.json:
        print(json.dumps(table, indent=2))
        return
    print("| posts | scenario | program | wall s | CPU s | peak MiB | feeder takes |\n|---|---|---|---|---|---|---|")
    for row in table:
        cells = (
            row["posts"],
            row["scenario"],
            row["program"],
            row["wall"],
            row["cpu"],
            row["memory"],
            row["feeder_takes"],
        )
        print(f"| {' | '.join(map(str, cells))} |")


main()
