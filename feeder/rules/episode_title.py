"""An episode's number in its title, where Apple does not want it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="episode-title",
    severity=Severity.WARNING,
    meaning="An episode whose title begins with its number.",
    why="Podcast apps show the number next to the title, so listeners see it twice; Apple asks for titles without it.",
    mend="Remove the number from the title, or give the podcast its own title with `episode_title`.",
    example='title: "Episode 12: Tea"\nepisode: 12\n--\ntitle: Tea\nepisode: 12',
)
_NUMBER = r"(?:s(?:eason)?\s*\d+\W*)?(?:\w+\W{{0,2}}|#|№)?0*{number}(?:\s*[:.)|\u2013\u2014-]|\s+)"
"""A word such as "Episode" or "Folge", the number, and what parts it from the rest."""


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for a title that begins with the number of its episode."""
    episode = reading.post.episode
    if episode is None or episode.title or not episode.number:
        return
    if re.match(_NUMBER.format(number=re.escape(episode.number)), reading.post.title, re.IGNORECASE):
        message = f"the title begins with the episode's number, {episode.number}"
        yield problem(reading.post.shown, reading.mark("title"), CODE, message, reading.post.title)


RULE: Rule[Reading] = Rule(code=CODE, check=check)
