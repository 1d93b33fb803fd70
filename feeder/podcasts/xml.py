"""What podcast apps want of RSS beside its own elements: Apple's and Podcasting 2.0's. A service of `xmlfeed`.

feedgen's own extension for podcasts writes ``explicit`` as Apple no longer reads it, and loses pictures silently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from feeder.xmlextensions import ATOM, CONTENT, DC, MEDIA, Dress, EntryExtension, FeedExtension, set_text, sub_element

if TYPE_CHECKING:
    from feeder.podcasts.values import Episode, Person, Recording, Show

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
_I, _P = f"{{{ITUNES}}}", f"{{{PODCAST}}}"
_APPLE_TYPES = {("audio/mp4", ".m4a"): "audio/x-m4a", ("video/mp4", ".m4v"): "video/x-m4v"}
"""Type and extension -> how Apple's list has the type."""
_LONGEST_NAME = 128


class ShowExtension(FeedExtension):
    """Says of a finished channel what makes it a podcast."""

    def extend_rss(self, root: Any) -> Any:
        channel = super().extend_rss(root)[0]
        show = self.feed.channel.show
        if show:
            _say_apple(channel, show)
            _say_index(channel, show)
        return root


def _say_apple(channel: Any, show: Show) -> None:
    sub_element(channel, f"{_I}author", show.author)
    if show.owner:
        owner = sub_element(channel, f"{_I}owner")
        sub_element(owner, f"{_I}name", show.owner.name)
        sub_element(owner, f"{_I}email", show.owner.email)
    sub_element(channel, f"{_I}image", href=show.image)
    above: dict[str, Any] = {}
    for main, below in show.categories:
        if main not in above:
            above[main] = _category(channel, main)
        if below:
            _category(above[main], below)
    sub_element(channel, f"{_I}explicit", _truth(said=show.explicit))
    sub_element(channel, f"{_I}type", show.type)
    if show.block:
        sub_element(channel, f"{_I}block", "Yes")
    if show.complete:
        sub_element(channel, f"{_I}complete", "Yes")
    if show.new_feed_url:
        sub_element(channel, f"{_I}new-feed-url", show.new_feed_url)


def _category(parent: Any, text: str) -> Any:
    element = etree.SubElement(parent, f"{_I}category")
    element.set("text", text)
    return element


def _say_index(channel: Any, show: Show) -> None:
    sub_element(channel, f"{_P}guid", show.guid)
    owner = {"owner": show.owner.email} if show.owner else {}
    sub_element(channel, f"{_P}locked", "yes" if show.locked else "no", **owner)
    sub_element(channel, f"{_P}medium", show.medium)
    if show.block:
        sub_element(channel, f"{_P}block", "yes")
    for link in show.funding:
        sub_element(channel, f"{_P}funding", link.text[:_LONGEST_NAME], url=link.url)
    for person in show.people:
        _say_person(channel, person)


def _say_person(parent: Any, person: Person) -> None:
    said = {"role": person.role, "group": person.group, "img": person.img, "href": person.href}
    attributes = {name: value for name, value in said.items() if value}
    sub_element(parent, f"{_P}person", person.name[:_LONGEST_NAME], **attributes)


class EpisodeExtension(EntryExtension):
    """Says of a finished item what makes it an episode."""

    def extend_rss(self, item: Any) -> Any:
        super().extend_rss(item)
        episode, recording, show = self.entry.post.episode, self.entry.recording, self.channel.show
        if episode is None or recording is None or show is None:
            return item
        if episode.guid:
            item.find("guid").text = episode.guid
        audio = recording.audio
        kind = _APPLE_TYPES.get((audio.type, audio.url.partition("?")[0][-4:].lower()), audio.type)
        for name, value in (("url", audio.url), ("length", str(audio.length)), ("type", kind)):
            item.find("enclosure").set(name, value)
        _say_episode(item, episode, recording)
        for person in _heard(episode, show):
            _say_person(item, person)
        return item


def _say_episode(item: Any, episode: Episode, recording: Recording) -> None:
    whole = episode.number if episode.number.isdigit() and int(episode.number) else ""  # Apple's begin with 1
    if episode.title:
        set_text(sub_element(item, f"{_I}title"), episode.title)
    if recording.image:
        sub_element(item, f"{_I}image", href=recording.image.url)
    for name, value in (
        (f"{_I}duration", str(recording.duration or "")),
        (f"{_I}explicit", "" if episode.explicit is None else _truth(said=episode.explicit)),
        (f"{_I}episode", whole),
        (f"{_I}season", episode.season),
        (f"{_I}episodeType", episode.kind or "full"),
        (f"{_I}block", "Yes" if episode.block else ""),
        (f"{_P}season", episode.season),
        (f"{_P}episode", episode.number),
    ):
        if value:
            sub_element(item, name, value)
    for file, *said in recording.transcripts:
        more = {name: value for name, value in zip(("language", "rel"), said, strict=True) if value}
        sub_element(item, f"{_P}transcript", url=file.url, type=file.type, **more)
    if chapters := recording.chapters:
        sub_element(item, f"{_P}chapters", url=chapters.url, type=chapters.type)


def _heard(episode: Episode, show: Show) -> tuple[Person, ...]:
    """Return who is heard in an episode: where it names anybody, apps forget whom the show names, so hosts are said again."""
    hosted = any(person.role in {"", "host"} for person in episode.people)
    again = (
        () if hosted or not episode.people else tuple(one for one in show.people if one.role in {"", "host", "co-host"})
    )
    return (*again, *episode.people)


def _truth(*, said: bool) -> str:
    return "true" if said else "false"


DRESS = Dress(
    {"atom": ATOM, "content": CONTENT, "dc": DC, "itunes": ITUNES, "media": MEDIA, "podcast": PODCAST},
    ShowExtension,
    EpisodeExtension,
)
"""What makes RSS a podcast's feed."""
