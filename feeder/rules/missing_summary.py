"""A post without a summary, on a site whose posts have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import START, Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Site

CODE = Code(
    name="missing-summary",
    severity=Severity.NOTE,
    meaning="A post without a summary, where most posts have one; its first paragraphs are used instead. Raise the severity to report every post.",
    why="Article lists, digests and previews show the summary; the first words of a text seldom make a good one.",
    mend="Give the post a `description` of a sentence or two, or put `<!-- more -->` after its first paragraph.",
    example="title: Tea\n--\ntitle: Tea\ndescription: How to brew it, and why at all.",
)


def check(site: Site) -> Iterator[Problem]:
    """Yield a problem for each post without one, where it is a habit to give it."""
    pages = site.wanted
    having = [page for page in pages if "summary" in page.has]
    if site.is_habit(CODE.name, having, pages):
        for page in pages:
            if "summary" not in page.has:
                yield problem(page.shown, page.marks.get("title", START), CODE, "this post has no summary of its own")


RULE: Rule[Site] = Rule(code=CODE, check=check)
