"""A post without a picture, on a site whose posts have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import START, Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Site

CODE = Code(
    name="missing-picture",
    severity=Severity.NOTE,
    meaning="A post without a picture in its front matter or body, where most posts have one. Raise the severity to report every post.",
    why="Readers that show articles as cards leave a grey box instead of a picture.",
    mend="Give the post an `image`, or set `site.image` for all posts without one.",
    example="title: Tea\n--\ntitle: Tea\nimage: tea.jpg",
)


def check(site: Site) -> Iterator[Problem]:
    """Yield a problem for each post without one, where it is a habit to give it."""
    pages = site.wanted
    having = [page for page in pages if "picture" in page.has]
    if site.is_habit(CODE.name, having, pages):
        for page in pages:
            if "picture" not in page.has:
                yield problem(page.shown, page.marks.get("title", START), CODE, "this post has no picture")


RULE: Rule[Site] = Rule(code=CODE, check=check)
