"""A recording that Apple does not play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem
from feeder.texts.urls import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="episode-format",
    severity=Severity.WARNING,
    meaning="An episode whose file extension is not MP3, M4A, MP4, M4V or MOV.",
    why="Apple's directory goes by the extension and leaves the episode out.",
    mend="Encode the recording as MP3 or M4A, and give the file that extension.",
    example="audio: tea.ogg\n--\naudio: tea.mp3",
)
_EXTENSIONS = (".mp3", ".m4a", ".mp4", ".m4v", ".mov")


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for a recording that is none of these."""
    recording = reading.entry.recording
    if recording is None or reading.post.episode is None:
        return
    path = bare(recording.audio.url)
    if not path.lower().endswith(_EXTENSIONS):
        message = f"Apple accepts only {', '.join(_EXTENSIONS)}"
        yield problem(reading.post.shown, reading.post.episode.audio.mark, CODE, message, recording.audio.url)


RULE: Rule[Reading] = Rule(code=CODE, check=check)
