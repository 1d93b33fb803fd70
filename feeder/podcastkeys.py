"""The kinds of configuration keys that only a podcast has, and what Apple demands of all of them together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feeder.formats import FORMATS
from feeder.keykinds import FILE_NAME, WEB, KeyFaultError, Kind
from feeder.keykinds import KINDS as COMMON
from feeder.nodes import Node, Scalar, Table, each
from feeder.problems import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeder.podcasts.settings import Podcast
    from feeder.problems import Mark
    from feeder.settings import Settings

APPLE: Mapping[str, tuple[str, ...]] = {
    "Arts": ("Books", "Design", "Fashion & Beauty", "Food", "Performing Arts", "Visual Arts"),
    "Business": ("Careers", "Entrepreneurship", "Investing", "Management", "Marketing", "Non-Profit"),
    "Comedy": ("Comedy Interviews", "Improv", "Stand-Up"),
    "Education": ("Courses", "How To", "Language Learning", "Self-Improvement"),
    "Fiction": ("Comedy Fiction", "Drama", "Science Fiction"),
    "Government": (),
    "Health & Fitness": ("Alternative Health", "Fitness", "Medicine", "Mental Health", "Nutrition", "Sexuality"),
    "History": (),
    "Kids & Family": ("Education for Kids", "Parenting", "Pets & Animals", "Stories for Kids"),
    "Leisure": (
        "Animation & Manga", "Automotive", "Aviation", "Crafts", "Games", "Hobbies", "Home & Garden", "Video Games",
    ),
    "Music": ("Music Commentary", "Music History", "Music Interviews"),
    "News": (
        "Business News", "Daily News", "Entertainment News", "News Commentary", "Politics", "Sports News", "Tech News",
    ),
    "Religion & Spirituality": (
        "Buddhism", "Christianity", "Hinduism", "Islam", "Judaism", "Religion", "Spirituality",
    ),
    "Science": (
        "Astronomy", "Chemistry", "Earth Sciences", "Life Sciences", "Mathematics", "Natural Sciences", "Nature",
        "Physics", "Social Sciences",
    ),
    "Society & Culture": ("Documentary", "Personal Journals", "Philosophy", "Places & Travel", "Relationships"),
    "Sports": (
        "Baseball", "Basketball", "Cricket", "Fantasy Sports", "Football", "Golf", "Hockey", "Rugby", "Running",
        "Soccer", "Swimming", "Tennis", "Volleyball", "Wilderness", "Wrestling",
    ),
    "Technology": (),
    "True Crime": (),
    "TV & Film": ("After Shows", "Film History", "Film Interviews", "Film Reviews", "TV Reviews"),
}  # fmt: skip
"""Apple's categories and their subcategories, letter for letter."""
_MAX_DESCRIPTION = 4000
"""Bytes of a show's description that Apple takes."""
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_SUPPORT = "Support the show"


def _text(node: Node) -> str:
    return str(COMMON["text"].convert(node, {}))


def _web(node: Node, _: Mapping[str, Any] | None = None) -> str:
    if not isinstance(node, Scalar):
        raise KeyFaultError(node, "must be a URL")
    return str(COMMON["urls"].convert(node, {})[0])


def _file(node: Node, _: Mapping[str, Any]) -> str:
    if not re.fullmatch(FILE_NAME, text := _text(node)):
        raise KeyFaultError(node, "must be a plain file name below the output directory")
    return text


def _uuid(node: Node, _: Mapping[str, Any]) -> str:
    if not re.fullmatch(_UUID, text := _text(node)):
        raise KeyFaultError(node, "must be a UUID, such as 917393e3-1b1e-5cef-ace4-edaa54e1f810")
    return text.lower()


def _categories(node: Node, _: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return Apple's categories that text (``A > B``), tables (``A: [B, C]``) or a list of these name."""
    return tuple(dict.fromkeys(pair for item in each(node) for pair in _pairs(item)))


def _pairs(node: Node) -> Iterator[tuple[str, str]]:
    if isinstance(node, Table):
        for key, value in node.pairs:
            main = _one_of(key.text, tuple(APPLE), key)
            yield from ((main, _one_of(_text(item), APPLE[main], item)) for item in each(value))
        return
    main, _, sub = (part.strip() for part in _text(node).partition(">"))
    main = _one_of(main, tuple(APPLE), node)
    yield main, _one_of(sub, APPLE[main], node) if sub else ""


def _one_of(text: str, choices: tuple[str, ...], node: Node) -> str:
    """Return Apple's own spelling of a category. Raises `KeyFaultError`."""
    folded = {choice.casefold().replace("and", "&"): choice for choice in choices}
    key = " ".join(text.casefold().replace("and", "&").split())
    if key in folded:
        return folded[key]
    from difflib import get_close_matches

    above = [f"{main} > {sub}" for main, subs in APPLE.items() for sub in subs if sub.casefold() == text.casefold()]
    near = above or [folded[found] for found in get_close_matches(key, folded, 1, 0.5)]
    known = f'; did you mean "{near[0]}"?' if near else f": {', '.join(choices) or 'it has no subcategories'}"
    raise KeyFaultError(node, f"has {text!r}, which is not one of Apple's{known}")


def _funding(node: Node, _: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(_link(item) for item in each(node))


def _link(node: Node) -> tuple[str, str]:
    if not isinstance(node, Table):
        return _web(node), _SUPPORT
    values = _values(node, ("url", "text"))
    if "url" not in values:
        raise KeyFaultError(node, "needs a url")
    return _web(values["url"]), (_text(values["text"]) if "text" in values else "") or _SUPPORT


def _persons(node: Node, _: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(_person(item) for item in each(node))


_PERSON = ("name", "role", "group", "img", "href")


def _person(node: Node) -> tuple[str, ...]:
    values = _values(node, _PERSON) if isinstance(node, Table) else {"name": node}
    person = tuple(_text(values[name]) if name in values else "" for name in _PERSON)
    if not person[0]:
        raise KeyFaultError(node, "needs a name")
    for name in ("img", "href"):
        if name in values and _text(values[name]):
            COMMON["picture"].convert(values[name], {})  # a URL, or a path of the site, like a picture's
    return person


def _values(node: Table, names: tuple[str, ...]) -> dict[str, Node]:
    for key, _ in node.pairs:
        if key.text not in names:
            raise KeyFaultError(key, f"may only have the keys {', '.join(names)}")
    return {key.text: value for key, value in node.pairs}


def _table_schema(needed: str, *others: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in (needed, *others)},
        "required": [needed],
        "additionalProperties": False,
    }


def _list_schema(*items: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [*items, {"type": "array", "items": {"anyOf": list(items)}}, {"type": "null"}]}


KINDS: Mapping[str, Kind] = {
    "file": Kind(_file, lambda _: {"type": "string", "pattern": f"^{FILE_NAME}$"}),
    "web": Kind(_web, lambda _: {"anyOf": [WEB, {"type": "null"}, {"const": ""}]}),
    "uuid": Kind(_uuid, lambda _: {"anyOf": [{"type": "string", "pattern": f"^{_UUID}$"}, {"type": "null"}, {"const": ""}]}),
    "apple categories": Kind(
        _categories, lambda _: _list_schema({"type": "string"}, {"type": "object", "propertyNames": {"enum": list(APPLE)}})
    ),
    "funding": Kind(_funding, lambda _: _list_schema(WEB, _table_schema("url", "text"))),
    "persons": Kind(_persons, lambda _: _list_schema({"type": "string"}, _table_schema(*_PERSON))),
}  # fmt: skip
"""The kinds of keys that `feeder.settings.Podcast` has and no other section."""


def check(settings: Settings) -> None:
    """Raise `ConfigurationError` with all that no directory of podcasts would take, each at its place."""
    podcast = settings.podcast
    if podcast is None:
        return
    places = ((f"{podcast.shown}:{mark.line}:{mark.column}", said) for mark, said in _faults(podcast, settings))
    if found := [f"{place}: {said}" for place, said in places]:
        raise ConfigurationError("\n".join(found))


def _faults(podcast: Podcast, settings: Settings) -> Iterator[tuple[Mark, str]]:
    here = podcast.marks[""]
    for name, what in (("image", "the artwork, a square JPEG or PNG"), ("category", "one of Apple's categories")):
        if not getattr(podcast, name):
            yield podcast.marks.get(name, here), f"podcast needs {name}, {what}: Apple requires it"
    people = podcast.owner or settings.site.author
    if not any(person.email for person in people):
        mark = podcast.marks.get("owner", here)
        yield mark, "podcast needs an owner with an email address: {name: …, email: …} here or in site.author"
    if len(podcast.description.encode()) > _MAX_DESCRIPTION:
        yield podcast.marks["description"], f"podcast.description must have at most {_MAX_DESCRIPTION} bytes"
    names = {settings.feeds.names.get(name, form.file_name).casefold() for name, form in FORMATS.items()}
    if podcast.path.casefold() in names:
        yield podcast.marks.get("path", here), f"podcast.path must not be that of another feed, {podcast.path}"
