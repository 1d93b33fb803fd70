"""The kinds of configuration keys: how each is read from a tree, and how a JSON Schema describes it."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

from feeder.addresses.tokens import own_tokens
from feeder.archives import PAGE
from feeder.dialects import DIALECTS
from feeder.feedpatterns import feed_path, feed_title
from feeder.formats import FORMATS
from feeder.nodes import Node, Scalar, Table, each, type_names
from feeder.patterns import pattern
from feeder.problems import CODES, Severity
from feeder.records import NamedTuple
from feeder.rules import RULES
from feeder.texts.dates import zone_named
from feeder.texts.languages import language_tag
from feeder.texts.mailboxes import author_from_text, is_address
from feeder.texts.plaintext import fold
from feeder.texts.urls import BadUrlError, absolute, directory_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from feeder.model import Author

_MAX_NUMBER_LENGTH = 9
_TRUE, _FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
FILE_NAME = r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*"
"""The pattern of a path below the output directory."""
_WHOLE = "^(?:{})$"
_MAILBOX = pattern(r"[^\s@()]+@[^\s@()]+\.[^\s@()]+ \([^()]+\)")


class KeyFaultError(Exception):
    """A value that a key cannot have; ``node`` is the value, the message goes on after the key's name."""

    def __init__(self, node: Node, message: str) -> None:
        super().__init__(message)
        self.node = node
        self.got = node.text if isinstance(node, Scalar) else None


class Kind(NamedTuple):
    """How a key of one kind is read from a tree, and how a JSON Schema describes it."""

    convert: Callable[[Node, Mapping[str, Any]], Any]
    schema: Callable[[Mapping[str, Any]], dict[str, Any]]


def _text(node: Node, _: Mapping[str, Any] | None = None) -> str:
    if not isinstance(node, Scalar):
        raise KeyFaultError(node, f"must be text, not {type_names[type(node)]}")
    return fold(node.text)


def _texts(node: Node, _: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(text for text in map(_text, each(node)) if text)


def _checked(check: Callable[[str], Any], message: str) -> Callable[[Node, Mapping[str, Any]], Any]:
    """Return a converter of text by ``check``, which returns None or raises for text that is wrong."""

    def convert(node: Node, _: Mapping[str, Any]) -> Any:
        try:
            value = check(_text(node))
        except (ValueError, KeyError, OSError):
            value = None
        if value is None:
            raise KeyFaultError(node, message)
        return value

    return convert


def _flag(text: str) -> bool | None:
    return True if text.lower() in _TRUE else False if text.lower() in _FALSE else None


def _count(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_NUMBER_LENGTH else None


def _zone_name(text: str) -> str:
    zone_named(text)
    return text


def _file_name(text: str) -> str | None:
    return text if re.fullmatch(FILE_NAME, text) else None


def _choice(node: Node, metadata: Mapping[str, Any]) -> str:
    return _one_of(node, metadata["choices"])


def _one_of(node: Node, choices: tuple[str, ...], named: str = "") -> str:
    text = _text(node).lower()
    if text not in choices:
        from difflib import get_close_matches

        near = get_close_matches(text, choices, 1)
        raise KeyFaultError(
            node, f"must be one of {named or ', '.join(choices)}" + (f'; did you mean "{near[0]}"?' if near else "")
        )
    return text


def _formats(node: Node, _: Mapping[str, Any]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(_one_of(item, tuple(FORMATS)) for item in each(node)))
    if not names:
        raise KeyFaultError(node, f"must name at least one of {', '.join(FORMATS)}")
    return names


def _table(node: Node) -> Iterator[tuple[Scalar, Node]]:
    if not isinstance(node, Table):
        raise KeyFaultError(node, f"must be a table, not {type_names[type(node)]}")
    yield from node.pairs


def _names(node: Node, _: Mapping[str, Any]) -> dict[str, str]:
    convert = _checked(_file_name, "must be a plain file name below the output directory")
    names = {_one_of(key, tuple(FORMATS)): str(convert(value, {})) for key, value in _table(node)}
    files = {**{name: form.file_name for name, form in FORMATS.items()}, **names}
    if len({file.casefold() for file in files.values()}) < len(files):
        raise KeyFaultError(node, "must give each format a different name")
    return names


def _severities(node: Node, _: Mapping[str, Any]) -> dict[str, str]:
    codes, named = (*CODES, *RULES), "the codes that feeder explain lists"
    return {_one_of(key, codes, named): _one_of(value, tuple(reversed(Severity))) for key, value in _table(node)}


def _people(node: Node, _: Mapping[str, Any]) -> tuple[Author, ...]:
    return tuple(_person(item) for item in each(node))


def _person(node: Node) -> Author:
    if not isinstance(node, Table):
        return _addressed(author_from_text(_text(node)), node)
    values = {key.text: (key, value) for key, value in node.pairs}
    for name, (key, _) in values.items():
        if name not in {"name", "email", "url"}:
            raise KeyFaultError(key, "may only have the keys name, email and url")
    named = author_from_text(_text(values["name"][1])) if "name" in values else None
    if named is None:
        raise KeyFaultError(node, "needs a name")
    url = _web_url(values["url"][1]) if "url" in values else ""
    email = _text(values["email"][1]) if "email" in values else ""
    return _addressed(named._replace(email=email or named.email, url=url or named.url), node)


def _addressed(author: Author | None, node: Node) -> Author:
    if author is None:
        raise KeyFaultError(node, "needs a name")
    if author.email and not is_address(author.email):
        raise KeyFaultError(node, f"has {author.email!r}, which is not an email address")
    return author


def _web_url(node: Node) -> str:
    try:
        return absolute(_text(node), "https://invalid.invalid/") if "://" in _text(node) else _no_url(node)
    except BadUrlError as error:
        raise KeyFaultError(node, f"cannot be used: {error}") from error


def _no_url(node: Node) -> str:
    raise KeyFaultError(node, "must begin with https:// or http://")


def _urls(node: Node, _: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_web_url(item) for item in each(node))


def _base(node: Node, _: Mapping[str, Any]) -> str:
    try:
        return directory_url(_text(node))
    except BadUrlError as error:
        raise KeyFaultError(node, f"cannot be used: {error}") from error


def _site_picture(node: Node, _: Mapping[str, Any]) -> str:
    try:
        absolute(_text(node), "https://invalid.invalid/")
    except BadUrlError as error:
        raise KeyFaultError(node, f"cannot be used: {error}") from error
    return _text(node)


def _permalink(node: Node, _: Mapping[str, Any]) -> str:
    if _text(node):
        _pattern(own_tokens)(node, {})
    return _text(node)


def _pattern(check: Callable[[str], Any]) -> Callable[[Node, Mapping[str, Any]], Any]:
    """Return a converter of text by ``check``, which says what is wrong with a pattern in its `ValueError`."""

    def convert(node: Node, _: Mapping[str, Any]) -> Any:
        try:
            return check(_text(node))
        except ValueError as error:
            raise KeyFaultError(node, str(error)) from error

    return convert


def _page(text: str) -> int | None:
    flag = _flag(text)
    return _count(text) if flag is None else PAGE * flag


# YAML gives an editor numbers, booleans and nulls where feeder reads the author's characters.
_TEXT = {"type": ["string", "number", "boolean", "null"]}
WEB = {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}
"""The schema of an address on the web."""


def _plain_schema(kind: str | list[str], **more: Any) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    return lambda _: {"type": kind, **more}


def _formats_schema() -> dict[str, Any]:
    name = {"enum": list(FORMATS)}
    return {"anyOf": [{"type": "array", "items": name, "minItems": 1}, name, {"type": "null"}]}


def _list_schema(**items: Any) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    return lambda _: {"anyOf": [{"type": "array", "items": items}, items, {"type": "null"}]}


def _table_schema(properties: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, **more, "additionalProperties": False}


_PERSON = {name: {"type": "string"} for name in ("name", "email", "url")}
_PERSON_SCHEMA = {"oneOf": [{"type": "string"}, _table_schema(_PERSON, required=["name"])]}
_STRING = _plain_schema(["string", "number", "boolean", "null"])


def _of_podcasts(name: str) -> Kind:
    """Return a kind of `feeder.podcastkeys`, which is loaded when a configuration has one."""

    def kind() -> Kind:
        found: Kind = import_module("feeder.podcastkeys").KINDS[name]
        return found

    return Kind(lambda node, metadata: kind().convert(node, metadata), lambda metadata: kind().schema(metadata))


KINDS: Mapping[str, Kind] = {
    "text": Kind(_text, _STRING),
    "texts": Kind(_texts, _list_schema(**_TEXT)),
    "path": Kind(_text, _STRING),
    "paths": Kind(_texts, _list_schema(**_TEXT)),
    "url": Kind(_base, lambda _: {"anyOf": [WEB, {"type": "null"}]}),
    "urls": Kind(_urls, _list_schema(**WEB)),
    "picture": Kind(_site_picture, _STRING),
    "language": Kind(_checked(language_tag, "must be a language tag such as en, de-AT or zh-CN"), _STRING),
    "timezone": Kind(_checked(_zone_name, "must be the IANA name of a time zone, such as Europe/Berlin"), _STRING),
    "people": Kind(
        _people, lambda _: {"oneOf": [*_PERSON_SCHEMA["oneOf"], {"type": "array", "items": _PERSON_SCHEMA}]}
    ),
    "mailbox": Kind(
        _checked(lambda text: text if _MAILBOX.fullmatch(text) else None, "must be written as mail@example.org (Name)"),
        lambda _: {"anyOf": [{"type": "string", "pattern": _WHOLE.format(_MAILBOX.pattern)}, {"type": "null"}]},
    ),
    "dialect": Kind(lambda node, _: _one_of(node, ("auto", *DIALECTS)), lambda _: {"enum": ["auto", *DIALECTS]}),
    "permalink": Kind(_permalink, lambda _: {"anyOf": [{"type": "string", "pattern": "^$|:[a-z_]"}, {"type": "null"}]}),
    "feed_path": Kind(_pattern(feed_path), lambda _: {"type": "string", "pattern": ":slug"}),
    "feed_title": Kind(_pattern(feed_title), lambda _: {"type": "string", "minLength": 1}),
    "archive": Kind(
        _checked(_page, "must be true, false, or how many posts an archive holds"),
        lambda _: {"anyOf": [{"type": "boolean"}, {"type": "integer", "minimum": 0}]},
    ),
    "count": Kind(
        _checked(_count, f"must be a whole number from 0 to {10**_MAX_NUMBER_LENGTH - 1}"),
        _plain_schema("integer", minimum=0, maximum=10**_MAX_NUMBER_LENGTH - 1),
    ),
    "flag": Kind(_checked(_flag, "must be true or false"), _plain_schema("boolean")),
    "choice": Kind(_choice, lambda metadata: {"enum": list(metadata["choices"])}),
    "formats": Kind(_formats, lambda _: _formats_schema()),
    "names": Kind(
        _names,
        lambda _: _table_schema({name: {"type": "string", "pattern": _WHOLE.format(FILE_NAME)} for name in FORMATS}),
    ),
    **{name: _of_podcasts(name) for name in ("file", "web", "uuid", "apple categories", "funding", "persons")},
    "severities": Kind(
        _severities,
        lambda _: _table_schema({name: {"enum": [*reversed(Severity)]} for name in sorted((*CODES, *RULES))}),
    ),
}
"""The kinds of keys that `feeder.settings` names."""
