"""An episode without a number in a show that is told in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="episode-number",
    severity=Severity.WARNING,
    meaning="An episode without a number, where `podcast.type` is `serial`.",
    why="Apps play a serial show in the order of its numbers: an episode without one is played out of order, or never.",
    mend="Number the episode, or make it a `trailer` or a `bonus`.",
    example="title: Tea\naudio: tea.mp3\n--\ntitle: Tea\naudio: tea.mp3\nepisode: 1",
)


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for a whole episode of a serial show without a number."""
    episode = reading.post.episode
    show = reading.settings.podcast
    if show and show.type == "serial" and episode and not episode.number and episode.kind in {"", "full"}:
        yield problem(reading.post.shown, episode.audio.mark, CODE, "an episode of a serial show needs a number")


RULE: Rule[Reading] = Rule(code=CODE, check=check)
