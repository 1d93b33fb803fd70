"""A post that is scheduled for years ahead: its year was mistyped."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import START, Code, Problem, Severity, problem
from feeder.texts.dates import format_rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Site

CODE = Code(
    name="far-future",
    severity=Severity.WARNING,
    meaning="A post dated more than two years ahead; it is left out until then.",
    why="Such a date is almost always a typo, and nobody will see the post.",
    mend="Correct the year.",
    example="date: 2042-01-31\n--\ndate: 2024-01-31",
)
AHEAD = timedelta(days=2 * 365)


def check(site: Site) -> Iterator[Problem]:
    """Yield a problem for each post that is to be published more than `AHEAD` from now."""
    for page in site.pages:
        if page.published - site.moment > AHEAD:
            mark = page.marks.get("published", START)
            message = "more than two years ahead; the post is left out until then"
            yield problem(page.shown, mark, CODE, message, format_rfc3339(page.published))


RULE: Rule[Site] = Rule(code=CODE, check=check)
