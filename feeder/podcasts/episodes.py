"""A podcast's episodes as front matter describes them: the part of `normalize` that only podcasts need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.fields.lookup import Fields, scalar_text
from feeder.fields.references import Roots, picture, references
from feeder.nodes import Node, Scalar, Table, each
from feeder.podcasts.values import Episode, Person, Transcript
from feeder.texts import urls
from feeder.texts.durations import seconds_in
from feeder.texts.languages import language_tag
from feeder.texts.mediatypes import PLAYED
from feeder.texts.plaintext import fold, without_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeder.model import Author, Reference

_KINDS = ("full", "trailer", "bonus")
_NUMBER = re.compile(r"0*([0-9]{1,6}(?:\.[0-9]{1,3})?)")
_WHOLE = re.compile(r"0*([1-9][0-9]{0,5})")
_EXPLICIT = {
    **dict.fromkeys(("true", "yes", "explicit", "1"), True),
    **dict.fromkeys(("false", "no", "clean", "0"), False),
}
_CHAPTERS = "application/json+chapters"
_TRANSCRIPT = "text/html"
"""What a transcript without an extension is: a page, which is no file to look for."""
_PICTURES, _PAGES = ("img", "image", "avatar", "photo"), ("href", "url", "link", "website")


def episode_from(
    fields: Fields, enclosed: tuple[Reference, ...], url: str, roots: Roots, known: Mapping[str, Author]
) -> Episode | None:
    """Return what makes an episode of a post with these enclosures; None where nothing is to be played.

    ``known`` has people for whom a word stands.
    """
    audio = next((item for item in enclosed if item.type.startswith(PLAYED)), None)
    if audio is None:
        if numbered := fields.node("episode") or fields.node("episode_guid"):
            fields.report("episode-without-audio", numbered, "no enclosure is audio or video")
        return None
    chapters = next((reference for _, reference in references(fields, "chapters", url, roots)), None)
    return Episode(
        audio=audio,
        duration=_seconds(audio, fields),
        number=_matched(fields, "episode", _NUMBER, "an episode number must be a number such as 12 or 12.5"),
        season=_matched(fields, "season", _WHOLE, "a season must be a whole number, 1 or more"),
        kind=_kind(fields),
        title=fold(without_markup(fields.text("episode_title"))),
        guid=_guid(fields),
        explicit=_explicit(fields),
        block=bool(fields.flag("block")),
        image=picture(fields, "artwork", url, roots),
        transcripts=tuple(_transcripts(fields, url, roots)),
        chapters=chapters
        and chapters._replace(type=_CHAPTERS if "json" in (chapters.type or "json") else chapters.type),
        people=(
            *_people(fields, "hosts", "host", roots, known),
            *_people(fields, "people", "", roots, known),
            *_people(fields, "guests", "guest", roots, known),
        ),
    )


def _guid(fields: Fields) -> str:
    """Return what apps know the episode by, letter for letter, as the feed had it that it is from; "" for no letter."""
    own, node = fields.text("episode_guid"), fields.node("id")
    guid = own if own.strip() else node.text if isinstance(node, Scalar) else ""
    return guid if guid.strip() else ""


def _seconds(audio: Reference, fields: Fields) -> int:
    seconds = seconds_in(audio.duration) if audio.duration else 0
    if seconds is None:
        message = "a duration must be a number of seconds, or hours, minutes and seconds such as 1:02:03"
        fields.report("episode-value", fields.node("duration") or Scalar(audio.duration, audio.mark), message)
    return seconds or 0


def _matched(fields: Fields, name: str, shape: re.Pattern[str], wanted: str) -> str:
    node = fields.node(name)
    if node is None:
        return ""
    match = shape.fullmatch(scalar_text(node))
    if match is None:
        fields.report("episode-value", node, wanted)
    return match[1] if match else ""


def _kind(fields: Fields) -> str:
    node = fields.node("episode_type")
    kind = scalar_text(node).lower()
    if node is None or kind in _KINDS:
        return kind
    fields.report("episode-value", node, "an episode type must be full, trailer or bonus")
    return ""


def _explicit(fields: Fields) -> bool | None:
    node = fields.node("explicit")
    if node is None:
        return None
    said = _EXPLICIT.get(scalar_text(node).lower())
    if said is None:
        fields.report("episode-value", node, "explicit must be true or false")
    return said


def _transcripts(fields: Fields, url: str, roots: Roots) -> Iterator[Transcript]:
    for node, reference in references(fields, "transcripts", url, roots):
        said = _said(node)
        yield Transcript(
            file=reference if reference.type else reference._replace(type=_TRANSCRIPT, local=""),
            language=language_tag(said.get("language", "")) or "",
            rel="captions" if said.get("rel", "").lower() == "captions" else "",
        )


def _people(fields: Fields, name: str, role: str, roots: Roots, known: Mapping[str, Author]) -> Iterator[Person]:
    for node in fields.nodes(name)[:1]:
        for item in each(node):
            if person := person_from(item, role, roots.site):
                yield person._replace(name=known[person.name].name) if person.name in known else person
            else:
                fields.report("episode-value", item, "a person needs a name")


def person_from(node: Node, role: str, site: str) -> Person | None:
    """Return the person that text or a table names, None where there is no name; ``role`` is theirs unless they say."""
    said = _said(node) if isinstance(node, Table) else {"name": scalar_text(node)}
    name = fold(without_markup(said.get("name", "")))
    return Person(
        name=name,
        role=said.get("role", "").lower() or role,
        group=said.get("group", "").lower(),
        img=_address(said, _PICTURES, site),
        href=_address(said, _PAGES, site),
    ) if name else None  # fmt: skip


def _said(node: Node) -> dict[str, str]:
    return {key.text.casefold(): scalar_text(value) for key, value in node.pairs} if isinstance(node, Table) else {}


def _address(said: dict[str, str], names: tuple[str, ...], site: str) -> str:
    text = next((said[name] for name in names if said.get(name)), "")
    try:
        return urls.site_absolute(text, site) if text else ""
    except urls.BadUrlError:
        return ""
