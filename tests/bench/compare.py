"""Programs and posts -> runs: in turn (A B A B), each from the same state of the same posts."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

from .measure import Refused, Run, check, measure
from .posts import LENGTH
from .scenarios import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from .posts import Posts
    from .scenarios import Scenario

    Prepare = Callable[[Site], Sequence[str | Path]]

Taken = dict[tuple[str, str], list[Run]]
"""(which of `RUNS`, program) -> its runs."""


class Plan(NamedTuple):
    """Which of `RUNS`, how often, and after how many seconds a program is slow: it gets one round and no more posts."""

    runs: Sequence[str]
    rounds: int
    patience: float


class Outcome(NamedTuple):
    """What was taken, who was refused (it has no runs), and who was slow."""

    taken: Taken
    refused: list[str]
    slow: list[str]


class _Change(NamedTuple):
    """What a run is named for, the title that must be published after it, and the one that must not."""

    run: str
    shown: str = ""
    gone: str = ""


class _Contest:
    def __init__(self, posts: Posts, scenario: Scenario, work: Path) -> None:
        self.posts, self.scenario, self.work = posts, scenario, work
        self.refused: list[str] = []

    def build(self, name: str, prepare: Prepare, change: _Change, *, checked: bool) -> Run | None:
        """Build in a new place for a cold run, else in the one that the last build left.

        Returns what it took; `None` when the program is refused.
        """
        cold = change.run == "cold"
        site = Site(self.work / name / ("cold" if cold else "warm"), self.posts.directory, self.scenario, not cold)
        site.directory.mkdir(parents=True, exist_ok=True)
        try:
            taken = measure([str(part) for part in prepare(site)], site.directory)
            if checked:
                check(
                    site.output,
                    self.posts.expected(self.scenario),
                    length=LENGTH // 2,
                    shown=change.shown,
                    gone=change.gone,
                )
        except Refused as reason:
            print(f"{name} is refused: {reason}", file=sys.stderr)
            self.refused.append(name)
            return None
        finally:
            if cold:
                shutil.rmtree(site.directory)
        return taken


def compare(programs: Mapping[str, Prepare], posts: Posts, scenario: Scenario, work: Path, plan: Plan) -> Outcome:
    """Return the runs of each program, after one of each that does not count and that warm runs start from.

    A change befalls the posts once for all, so no program sees it before its run is measured. Every kind of run is
    checked in the first round; a program whose feeds are wrong is refused.
    """
    shutil.rmtree(work, ignore_errors=True)
    contest = _Contest(posts, scenario, work)
    first = {name: contest.build(name, prepare, _Change("first"), checked=True) for name, prepare in programs.items()}
    slow = [name for name, run in first.items() if run and run.wall > plan.patience]
    taken: Taken = {}
    for turn in range(plan.rounds):
        for run in plan.runs:
            change = _change(posts, run)
            for name, prepare in programs.items():
                if name in contest.refused or (turn and name in slow):
                    continue
                if built := contest.build(name, prepare, change, checked=not turn):
                    taken.setdefault((run, name), []).append(built)
    shutil.rmtree(work, ignore_errors=True)
    kept = {(run, name): took for (run, name), took in taken.items() if name not in contest.refused}
    return Outcome(kept, contest.refused, slow)


def take_turns(commands: Mapping[str, Sequence[str]], work: Path, rounds: int) -> Taken:
    """Return the runs of commands that build nothing, in turn, after one of each that does not count."""
    taken: Taken = {("cold", name): [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            run = measure(command, work)
            if turn:
                taken["cold", name].append(run)
    return taken


def _change(posts: Posts, run: str) -> _Change:
    """Do to the posts what the run is named for."""
    match run:
        case "edited":
            return _Change(run, shown=posts.edit())
        case "added":
            return _Change(run, shown=posts.add())
        case "deleted":
            return _Change(run, gone=posts.delete())
        case _:
            return _Change(run)
