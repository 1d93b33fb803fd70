"""Report -> Markdown: the table, what it says of feeder, and the page that holds both."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from .peers import OWN
from .scenarios import RUNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from .rows import Report, Row

# Ends otherwise than the parts that tests/generated_docs.py writes: this one is measured, and not the code's.
_START, _END = "<!-- generated: benchmark -->", "<!-- end of benchmark -->"


def markdown(report: Report) -> str:
    """Return the machine, the command, the table and the notes."""
    about = [f"- {name}: {value}" for name, value in report.machine.items()]
    command = ["```sh", report.command, "```"]
    notes = [f"- {note}" for note in _notes(report.rows)]
    parts = ["\n".join(part) for part in (about, command, _table(report.rows), notes) if part]
    return "\n\n".join(parts) + "\n"


def write(path: Path, text: str) -> None:
    """Put the text between the page's two markers."""
    page = path.read_text(encoding="utf-8")
    found = re.compile(f"({_START}\n).*?({_END})", re.DOTALL)
    if not found.search(page):
        message = f"{path} has no {_START} before an {_END}"
        raise ValueError(message)
    path.write_text(found.sub(lambda match: f"{match[1]}\n{text}\n{match[2]}", page), encoding="utf-8")


def _table(rows: Sequence[Row]) -> list[str]:
    runs = [run for run in RUNS if any(row.run == run for row in rows)]
    owns = [own for own in OWN if any(own in row.takes for row in rows)]
    head = ["posts", "scenario", "program", *(f"{run} s" for run in runs), "CPU s", "peak MiB"]
    table = [[*head, *(f"{own} takes" for own in owns)]]
    for (number, scenario, program), found in _by_program(rows).items():
        rounds = max(row.rounds for row in rows if (row.posts, row.scenario) == (number, scenario))
        fewer = any(row.rounds < rounds for row in found.values())
        table.append(
            [
                f"{number:,}" if number else "",
                scenario,
                f"{program} (1 round)" if fewer else program,
                *(_short(found[run].wall) if run in found else "" for run in runs),
                _slashed([_short(row.cpu) for row in found.values()]),
                f"{max(row.memory for row in found.values()):.0f}",
                *(_slashed([_share(row.takes.get(own)) for row in found.values()]) for own in owns),
            ]
        )
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    table.insert(1, ["-" * width for width in widths])
    return [f"| {' | '.join(map(str.ljust, cells, widths))} |" for cells in table]


def _by_program(rows: Sequence[Row]) -> dict[tuple[int, str, str], dict[str, Row]]:
    found: dict[tuple[int, str, str], dict[str, Row]] = {}
    for row in rows:
        found.setdefault((row.posts, row.scenario, row.program), {})[row.run] = row
    return found


def _short(seconds: float) -> str:
    return f"{seconds:.2f}" if seconds < 10 else f"{seconds:.1f}"


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.2f}"


def _slashed(cells: Sequence[str]) -> str:
    return " / ".join(cells) if any(cells) else ""


def _notes(rows: Sequence[Row]) -> Iterator[str]:
    """Yield how feeder grows with the number of posts, and what more formats cost it."""
    found = _by_program(rows)
    numbers = sorted({row.posts for row in rows if row.posts})
    for (few, many), own in itertools.product(itertools.pairwise(numbers), OWN):
        for scenario in "abc":
            one, other = found.get((few, scenario, own), {}), found.get((many, scenario, own), {})
            if "cold" in one and "cold" in other:
                yield f"{own}, {scenario}, {few:,} to {many:,} posts: {_growth(one, other)}."
    for number, scenario, program in found:
        if program == ALL_FORMATS:
            more = _times(found, number, scenario)
            yield f"feeder, {scenario}, {number:,} posts: all three formats take {more} times as long as RSS alone."


ALL_FORMATS = "feeder, all formats"
"""The program of that name in the scenario of formats; beside it is feeder with RSS alone."""


def _growth(one: Mapping[str, Row], other: Mapping[str, Row]) -> str:
    few, many = one["cold"], other["cold"]
    memory = (many.memory - few.memory) * 1024 / (many.posts - few.posts)
    return f"{many.wall / few.wall:.1f} times as long, and {memory:.2f} KiB more memory for each post"


def _times(found: Mapping[tuple[int, str, str], Mapping[str, Row]], number: int, scenario: str) -> str:
    return f"{1 / found[number, scenario, ALL_FORMATS]['cold'].takes['feeder']:.2f}"
