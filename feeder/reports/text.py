"""Problems -> lines for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.problems import format_problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeder.problems import Problem


def report(problems: Sequence[Problem], _: str) -> str:
    """Return one line for each problem, and below the first of a code what to do about it."""
    return "\n".join(_lines(problems))


def _lines(problems: Sequence[Problem]) -> Iterator[str]:
    told: set[tuple[str, str]] = set()
    for item in problems:
        yield format_problem(item)
        if item.hint and (item.code, item.hint) not in told:
            told.add((item.code, item.hint))
            yield f"    {item.hint}"
