"""Runs -> rows: medians and ratios, and what they were taken on. What ``--json`` prints and ``--from`` reads."""

from __future__ import annotations

import json
import os
import platform
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .peers import OWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .compare import Taken


class Row(NamedTuple):
    """Medians of one program's runs.

    ``takes`` holds for each flavour of feeder the median of its wall time as a share of the program's, pair by pair.
    """

    posts: int
    scenario: str
    run: str
    program: str
    rounds: int
    wall: float
    cpu: float
    memory: float
    takes: Mapping[str, float]


class Report(NamedTuple):
    """Rows, and the machine and the command that made them."""

    machine: Mapping[str, str]
    command: str
    rows: Sequence[Row]


def rows(taken: Taken, scenario: str, number: int) -> list[Row]:
    """Return a row for each program and kind of run."""
    return [
        Row(
            posts=number,
            scenario=scenario,
            run=run,
            program=name,
            rounds=len(runs),
            wall=round(statistics.median(one.wall for one in runs), 3),
            cpu=round(statistics.median(one.cpu for one in runs), 3),
            memory=round(statistics.median(one.memory for one in runs), 1),
            takes={
                # One that is slow has fewer runs; the first of the other's are those beside them.
                own: round(statistics.median(a.wall / b.wall for a, b in zip(taken[run, own], runs, strict=False)), 3)
                for own in OWN
                if (run, own) in taken
            },
        )
        for (run, name), runs in taken.items()
    ]


def machine(versions: Mapping[str, str]) -> dict[str, str]:
    """Return what was measured on, and with which versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "processor": f"{_processor()}, {cores} cores",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "Python": platform.python_version(),
        **versions,
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def dumps(report: Report) -> str:
    """Return the report as JSON, a row on each line."""
    lines = ",\n  ".join(json.dumps(row._asdict()) for row in report.rows)
    head = json.dumps({"machine": report.machine, "command": report.command}, indent=1)
    return f'{head[:-2]},\n "rows": [\n  {lines}\n ]\n}}'


def merged(texts: Iterable[str]) -> Report:
    """Return what `dumps` wrote, of several runs as one. A later run's rows replace the same ones of an earlier run."""
    found: dict[tuple[Any, ...], Row] = {}
    versions: dict[str, str] = {}
    commands: list[str] = []
    for text in texts:
        report = json.loads(text)
        versions.update(report["machine"])
        commands.append(report["command"])
        for fields in report["rows"]:
            row = Row(**fields)
            found[row.posts, row.scenario, row.run, row.program] = row
    return Report(versions, "\n".join(dict.fromkeys(commands)), sorted(found.values(), key=_place))


def _place(row: Row) -> tuple[bool, int, str]:
    return not row.posts, row.posts, row.scenario
