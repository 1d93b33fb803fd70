"""The part of the configuration that only a podcast has, beside `feeder.settings`: loaded where there is one."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003
from typing import Any

from feeder.model import Author  # noqa: TC001
from feeder.problems import Mark  # noqa: TC001
from feeder.records import NamedTuple
from feeder.settings import key


class Podcast(NamedTuple):
    """``podcast:`` a feed of the posts that have audio or video, as podcast apps want it. Without it there is none."""

    path: str = key("file", "Its file, below the output directory.", "podcast.xml")
    title: str = key("text", "The name of the show.", "", shown="`site.title`")
    description: str = key("text", "What the show is about, up to 4000 bytes.", "", shown="`site.description`")
    link: str = key("web", "The page of the show.", "", shown="`site.url`")
    language: str = key("language", "The spoken language.", "", shown="`site.language`")
    author: str = key("text", "Who makes the show.", "", shown="the names in `site.author`")
    owner: tuple[Author, ...] = key(
        "people", "Apple's contact: a name and an email address, which the feed makes public.", (),
        shown="the first of `site.author` with an address",
    )  # fmt: skip
    image: str = key("picture", "The artwork: a square JPEG or PNG of 1400 to 3000 pixels. Required.", "")
    category: tuple[tuple[str, str], ...] = key(
        "apple categories",
        "Apple's categories, such as `Technology` or `Society & Culture > Documentary`, or a list of these. Required.",
        (),
    )
    explicit: bool = key("flag", "Whether the show is unsuitable for children.", default=False)
    type: str = key("choice", "`episodic`: newest first; `serial`: in order, by number.", "episodic",
                    choices=("episodic", "serial"))  # fmt: skip
    copyright: str = key("text", "The copyright line.", "", shown="`site.copyright`")
    block: bool = key("flag", "`true` asks directories to leave the show out.", default=False)
    complete: bool = key("flag", "`true` says that there will be no more episodes.", default=False)
    locked: bool = key("flag", "`true` forbids other hosts from importing the show.", default=False)
    new_feed_url: str = key("web", "Where the feed has moved to.", "")
    guid: str = key("uuid", "The show's UUID.", "", shown="made from the feed's URL, as Podcasting 2.0 says")
    medium: str = key("choice", "What the feed is.", "podcast",
                      choices=("podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "course"))  # fmt: skip
    funding: tuple[tuple[str, str], ...] = key(
        "funding", "Where listeners can pay: a URL, a table of `url` and `text`, or a list of these.", ()
    )
    people: tuple[Any, ...] = key(
        "persons",
        "Who can be heard: a name, a table of `name`, `role`, `group`, `img`, `href`, or a list of these.",
        (),
    )
    media_url: str = key("url", "Where recordings with a relative path are, if not next to the posts.", "")
    limit: int = key("count", "How many episodes the feed holds; 0 for all.", 0)
    shown: str = ""
    """No key: the file that says all this."""
    marks: Mapping[str, Mark] = {}
    """No key: where it says it, by the key's name; the whole is at ""."""


DEFAULT = Podcast()
"""What `feeder.settings.section_of` gives for a section that is not there."""
