"""A time of day without a time zone, on a site that names none and whose other posts do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import START, Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Site

CODE = Code(
    name="date-without-zone",
    severity=Severity.WARNING,
    meaning="A date with a time but no zone, where `site.timezone` is not set and most other dates have a zone; it is read as UTC. Raise the severity to report every post.",
    why="The post appears hours early or late, and near midnight on the wrong day.",
    mend="Add an offset to the time, or set `site.timezone` for all posts.",
    example="date: 2024-01-31 23:30\n--\ndate: 2024-01-31 23:30 +01:00",
)


def check(site: Site) -> Iterator[Problem]:
    """Yield a problem for each such date, where it is a habit to give the zone."""
    timed = [page for page in site.wanted if "time" in page.has]
    zoned = [page for page in timed if "zone" in page.has]
    if site.settings.site.timezone == "UTC" and site.is_habit(CODE.name, zoned, timed):
        for page in timed:
            if "zone" not in page.has:
                mark = page.marks.get("published", START)
                yield problem(page.shown, mark, CODE, "no time zone given; read as UTC")


RULE: Rule[Site] = Rule(code=CODE, check=check)
