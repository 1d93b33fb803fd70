"""Facts of what is played: a local file's duration. With mutagen, which only this module knows and not everybody has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

MISSING = "reading it needs mutagen: pip install 'feeder[podcast]'; or give it as duration: 1:02:03"


class UnknownDurationError(Exception):
    """A file of which it cannot be told how long it plays; the message says why."""


def duration_of_stream(stream: BinaryIO, name: str) -> int:
    """Return the whole seconds that the file in ``stream`` plays. Raises `UnknownDurationError`.

    ``name`` is that of the file: an extension helps to tell what it is.
    """
    try:
        import mutagen
    except ImportError:
        raise UnknownDurationError(MISSING) from None
    try:
        found = mutagen.File(fileobj=stream, filename=name)
        seconds = 0 if found is None else round(found.info.length)  # one without tags is false
    except Exception as error:
        # It is made for files that are what they seem to be: others end in whatever comes up.
        message = f"it cannot be read: {' '.join(str(error).split()) or type(error).__name__}"
        raise UnknownDurationError(message) from error
    if seconds <= 0:
        message = "it is empty or cannot be played"
        raise UnknownDurationError(message)
    return seconds
