"""Episode -> Recording: what the files that an episode names are; the part of `render` that only podcasts need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feeder.model import Facts, Reference
from feeder.podcast import artwork_fault
from feeder.shows import Recording

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder.model import Enclosure, Picture, Sight
    from feeder.shows import Episode


class Eyes(NamedTuple):
    """How `feeder.render` looks at the files of a post, and where it says what is wrong with them."""

    picture: Callable[[Reference], Picture | None]
    see: Callable[..., Sight]
    hear: Callable[[str], Sight]
    report: Callable[..., None]
    site: str


def recording(episode: Episode, audio: Enclosure, image: Picture | None, eyes: Eyes) -> Recording:
    """Return what is known of an episode's files. ``image`` is the post's: a square one of the right size is artwork."""
    artwork = eyes.picture(episode.image) if episode.image else None
    if episode.image and artwork and artwork.width:
        if fault := artwork_fault(_facts(artwork)):
            eyes.report(episode.image, "podcast-artwork", fault, episode.image.url)
    elif artwork is None and image and not artwork_fault(_facts(image)):
        artwork = image
    return Recording(
        audio=audio,
        duration=_duration(episode, audio, eyes),
        image=artwork,
        transcripts=tuple(item._replace(file=_found(item.file, eyes)) for item in episode.transcripts),
        chapters=episode.chapters and _found(episode.chapters, eyes),
    )


def _facts(picture: Picture) -> Facts:
    return Facts(picture.length, picture.type, picture.width, picture.height)


def _duration(episode: Episode, audio: Enclosure, eyes: Eyes) -> int:
    named = episode.audio
    if not named.local:
        lacking = [name for name, value in (("length", audio.length), ("duration", episode.duration)) if not value]
        if lacking:
            message = f"nothing is fetched, so this must be given: {' and '.join(lacking)}"
            eyes.report(named, "recording-unknown", message)
        return episode.duration
    if episode.duration:
        return episode.duration
    sight = eyes.hear(named.local)
    if sight.there and sight.fault:
        eyes.report(named, "recording-unknown", f"the duration of {named.local.lstrip('/')}: {sight.fault}")
    return sight.facts.duration


def _found(file: Reference, eyes: Eyes) -> Reference:
    """Return a file that goes with an episode at the address where the site has it."""
    if not file.local:
        return file
    sight = eyes.see(file.local, as_picture=False)
    if not sight.there:
        eyes.report(file, "enclosure-missing", "no such file beside the post or in site.assets", file.local)
    return file._replace(url=eyes.site + sight.asset) if sight.asset else file
