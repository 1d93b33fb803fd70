"""How long something plays, as text -> whole seconds."""

from __future__ import annotations

import re

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,]\d+)?")
_UNITS = re.compile(
    r"(?:pt)?(?:(\d{1,3})\s?h(?:ours?|rs?)?)?\s?(?:(\d{1,5})\s?m(?:in(?:ute)?s?)?)?\s?(?:(\d{1,6})(?:[.,]\d+)?\s?s(?:ec(?:ond)?s?)?)?",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"(\d{1,6})(?:[.,]\d+)?")


def seconds_in(text: str) -> int | None:
    """Return the seconds in ``1843``, ``30:43``, ``1:02:03``, ``PT30M43S`` or ``30 min 43 s``, None for anything else."""
    text = text.strip()
    if match := _SECONDS.fullmatch(text):
        return int(match[1])
    match = _CLOCK.fullmatch(text) or _UNITS.fullmatch(text)
    if not text or match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds
