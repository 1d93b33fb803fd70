"""Episode -> Recording: what the files that an episode names are; the part of `render` that only podcasts need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.model import Facts, Reference
from feeder.podcasts.show import artwork_fault
from feeder.podcasts.values import Recording

if TYPE_CHECKING:
    from feeder.model import Enclosure, Picture
    from feeder.pictures import Files
    from feeder.podcasts.values import Episode


def recording(episode: Episode, audio: Enclosure, image: Picture | None, files: Files) -> Recording:
    """Return what is known of an episode's files. ``image`` is the post's: a square one of the right size is artwork."""
    artwork = files.picture(episode.image) if episode.image else None
    if episode.image and artwork and artwork.width:
        if fault := artwork_fault(_facts(artwork)):
            files.report(episode.image.mark, "podcast-artwork", fault, episode.image.url)
    elif artwork is None and image and not artwork_fault(_facts(image)):
        artwork = image
    return Recording(
        audio=audio,
        duration=_duration(episode, audio, files),
        image=artwork,
        transcripts=tuple(item._replace(file=_found(item.file, files)) for item in episode.transcripts),
        chapters=episode.chapters and _found(episode.chapters, files),
    )


def _facts(picture: Picture) -> Facts:
    return Facts(picture.length, picture.type, picture.width, picture.height)


def _duration(episode: Episode, audio: Enclosure, files: Files) -> int:
    named = episode.audio
    if not named.local:
        lacking = [name for name, value in (("length", audio.length), ("duration", episode.duration)) if not value]
        if lacking:
            message = f"feeder does not fetch recordings, so give {' and '.join(lacking)}"
            files.report(named.mark, "recording-unknown", message)
        return episode.duration
    if episode.duration:
        return episode.duration
    sight = files.hear(named.local)
    if sight.there and sight.fault:
        files.report(named.mark, "recording-unknown", f"the duration of {named.local.lstrip('/')}: {sight.fault}")
    return sight.facts.duration


def _found(file: Reference, files: Files) -> Reference:
    """Return a file that goes with an episode at the address where the site has it."""
    if not file.local:
        return file
    sight = files.see(file.local, as_picture=False)
    if not sight.there:
        files.report(file.mark, "enclosure-missing", "no such file next to the post or in site.assets", file.local)
    return file._replace(url=files.served(sight, file.url, moved=True))
