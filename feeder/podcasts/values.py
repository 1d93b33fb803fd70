"""The values of podcasts, beside `feeder.model`: loaded only where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.records import NamedTuple

if TYPE_CHECKING:
    from feeder.model import Author, Enclosure, Picture, Reference


class Person(NamedTuple):
    """Somebody who is heard in a podcast; ``role`` and ``group`` are the Podcast Taxonomy's, "" for its defaults."""

    name: str
    role: str = ""
    group: str = ""
    img: str = ""
    href: str = ""


class Transcript(NamedTuple):
    """What is said in an episode, as a file; ``language`` where it is not the feed's, ``rel`` "captions" or ""."""

    file: Reference
    language: str = ""
    rel: str = ""


class Episode(NamedTuple):
    """What makes a post an episode of a podcast, as front matter says it; "" and None where it says nothing."""

    audio: Reference
    """What is played: one of the post's enclosures."""
    duration: int = 0
    """Whole seconds, 0 where they are to be found out."""
    number: str = ""
    """A decimal number. Apple's are whole."""
    season: str = ""
    kind: str = ""
    """``full``, ``trailer`` or ``bonus``."""
    title: str = ""
    """The title without the episode's number."""
    guid: str = ""
    """What podcast apps know the episode by, letter for letter: RSS takes any text."""
    explicit: bool | None = None
    block: bool = False
    image: Reference | None = None
    transcripts: tuple[Transcript, ...] = ()
    chapters: Reference | None = None
    people: tuple[Person, ...] = ()


class Recording(NamedTuple):
    """What an episode's feed says of its files, with what is known of them. ``duration`` is 0 when unknown."""

    audio: Enclosure
    duration: int = 0
    image: Picture | None = None
    transcripts: tuple[Transcript, ...] = ()
    chapters: Reference | None = None


class Funding(NamedTuple):
    """Where listeners can pay, and what to call that."""

    url: str
    text: str


class Show(NamedTuple):
    """A podcast, as its feed says of itself; complete, with all that the site lends it."""

    path: str
    """Of its feed, below the output directory."""
    title: str
    description: str
    link: str
    language: str
    author: str
    owner: Author | None
    image: str
    categories: tuple[tuple[str, str], ...]
    """Apple's category, and its subcategory or ""."""
    explicit: bool
    type: str
    copyright: str
    block: bool
    complete: bool
    locked: bool
    new_feed_url: str
    guid: str
    medium: str
    funding: tuple[Funding, ...]
    people: tuple[Person, ...]
