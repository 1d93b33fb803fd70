"""feeder.yml, the command line and the environment -> Settings, strict and with a place for every complaint."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from feeder.dates import zone_named
from feeder.dialects import DIALECTS
from feeder.formats import FORMATS
from feeder.languages import language_tag
from feeder.model import Author, Items, Mark, Node, Scalar, Table, type_names
from feeder.plaintext import clean, fold
from feeder.problems import CODES, ConfigurationError, shortened
from feeder.settings import Settings, keys_of
from feeder.slugs import permalink_tokens
from feeder.trees import SyntaxFault, parse
from feeder.urls import BadUrlError, absolute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FILE_NAMES = ("feeder.yml", "feeder.yaml")
POSTS_DIRECTORIES = (
    "posts", "_posts", "source/_posts", "content/posts", "content/post", "content/blog", "content", "src/content/blog",
)  # fmt: skip
"""Where posts are looked for when nobody says where they are, best first."""
_MAX_NUMBER_LENGTH = 9
_TRUE, _FALSE = frozenset({"true", "yes", "on"}), frozenset({"false", "no", "off"})
_MAILBOX = re.compile(r"[^\s@()]+@[^\s@()]+\.[^\s@()]+ \([^()]+\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line says; None where it says nothing."""

    posts: str | None = None
    config: str | None = None
    url: str | None = None
    formats: tuple[str, ...] = ()
    limit: int | None = None
    output: str | None = None


class Loaded(NamedTuple):
    """Complete settings, and what was decided on the way that a person may want to know."""

    settings: Settings
    notes: tuple[str, ...]


def load(options: Options, environ: Mapping[str, str], directory: Path) -> Loaded:
    """Return the settings for a run in ``directory``: command line, then environment, then file, then defaults.

    Raises `ConfigurationError` with every fault of the file at once, and when posts or the site's URL cannot be found.
    """
    notes: list[str] = []
    path = _file(options, directory)
    settings = read(path, directory) if path else Settings()
    posts = options.posts or settings.posts.path
    if not posts:
        posts = _usual_posts(directory)
        notes.append(f"reading posts from {posts}")
        path = path or _first_file(directory / posts)
        settings = read(path, directory) if path else settings
    if not (directory / posts).is_dir():
        what = "not a directory" if (directory / posts).exists() else "no such directory"
        message = f"cannot read posts: {posts}: {what}"
        raise ConfigurationError(message)
    settings = _overridden(settings, options, posts)
    url = options.url or environ.get("FEEDER_URL") or settings.site.url
    if not url and (derived := _github_url(environ, directory, settings.site.assets)):
        url, origin = derived
        notes.append(f"the site's URL is {url}, from {origin}")
    if not url:
        raise ConfigurationError(_NO_URL)
    return Loaded(_with_url(settings, _site_url(url)), tuple(notes))


_NO_URL = """the site's URL is not known, and feeds need it. Give it in one of these ways:
  feeder build --url https://example.org/
  FEEDER_URL=https://example.org/ feeder build
  feeder.yml:  site: {url: "https://example.org/"}"""


def read(path: Path, directory: Path) -> Settings:
    """Return what the file at ``path`` says. Raises `ConfigurationError` with all that is wrong with it."""
    try:
        text = clean(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = f"cannot read {path}: {error.strerror or error}"
        raise ConfigurationError(message) from error
    except UnicodeDecodeError as error:
        message = f"cannot read {path}: not UTF-8 at byte {error.start}"
        raise ConfigurationError(message) from error
    shown = path.relative_to(directory) if path.is_relative_to(directory) else path
    return settings_from_text(text, str(shown))


def settings_from_text(text: str, shown: str) -> Settings:
    """Return the settings that a configuration's YAML gives; ``shown`` names the file in messages."""
    try:
        tree = parse("yaml", text)
    except SyntaxFault as fault:
        message = f"{shown}:{fault.mark.line}:{fault.mark.column}: {fault.message}"
        raise ConfigurationError(message) from fault
    reader = _Reader(shown)
    settings = reader.section(tree, Settings(), "")
    if reader.faults:
        raise ConfigurationError("\n".join(reader.faults))
    return settings


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``feeder.yml``, for editors that complete and check it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "feeder.yml",
        **_section_schema(Settings()),
    }


def _section_schema(section: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the settings' dataclasses
    properties = {}
    for name, item in keys_of(section).items():
        metadata = item.metadata
        if metadata["kind"] == "section":
            properties[name] = _section_schema(getattr(section, name))
        else:
            default = getattr(section, name)
            properties[name] = {
                "description": metadata["doc"],
                **KINDS[metadata["kind"]].schema(metadata),
                **({} if metadata["kind"] == "people" else {"default": list(default) if isinstance(default, tuple) else default}),
            }
    return {"type": "object", "properties": properties, "additionalProperties": False}


# Finding things


def _file(options: Options, directory: Path) -> Path | None:
    if options.config:
        return directory / options.config
    return _first_file(directory) or (_first_file(directory / options.posts) if options.posts else None)


def _first_file(directory: Path) -> Path | None:
    return next((directory / name for name in FILE_NAMES if (directory / name).is_file()), None)


def _usual_posts(directory: Path) -> str:
    for name in POSTS_DIRECTORIES:
        if (directory / name).is_dir():
            return name
    message = (
        f"no directory of posts here; looked for {', '.join(POSTS_DIRECTORIES)}. Name it: feeder build DIRECTORY"
    )
    raise ConfigurationError(message)


def _github_url(environ: Mapping[str, str], directory: Path, assets: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the URL of the GitHub Pages site that this run is for, and what says so."""
    if environ.get("GITHUB_ACTIONS") != "true":
        return None
    for place in ("", *assets, "static", "public", "source", "docs"):
        path = directory / place / "CNAME"
        if path.is_file() and (host := path.read_text(encoding="utf-8", errors="replace").strip()):
            return f"https://{host}/", str(PurePosixPath(place, "CNAME"))
    owner, _, name = environ.get("GITHUB_REPOSITORY", "").partition("/")
    if not (owner and name):
        return None
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" + ("" if name.lower() == host else f"{name}/"), "GITHUB_REPOSITORY"


def _site_url(url: str) -> str:
    try:
        return _directory_url(url)
    except BadUrlError as error:
        message = f"the site's URL {url!r} cannot be used: {error}"
        raise ConfigurationError(message) from error


def _directory_url(url: str) -> str:
    if not re.match("https?://", url.strip(), re.IGNORECASE):
        message = "it must begin with https:// or http://"
        raise BadUrlError(message)
    parts = urlsplit(absolute(url, url))
    if parts.query or parts.fragment:
        message = "it must not have a query or a fragment"
        raise BadUrlError(message)
    return parts._replace(path=parts.path.rstrip("/") + "/").geturl()


def _overridden(settings: Settings, options: Options, posts: str) -> Settings:
    feeds = settings.feeds
    if options.formats:
        feeds = replace(feeds, formats=options.formats)
    if options.limit is not None:
        feeds = replace(feeds, limit=options.limit)
    return replace(
        settings,
        posts=replace(settings.posts, path=posts),
        feeds=feeds,
        output=options.output or settings.output,
    )


def _with_url(settings: Settings, url: str) -> Settings:
    """Return the settings with every URL that the site's URL is the base of, and the title that needs its host."""
    site = replace(
        settings.site,
        url=url,
        title=settings.site.title or urlsplit(url).hostname or url,
        image=settings.site.image and _picture(settings.site.image, url),
        icon=settings.site.icon and _picture(settings.site.icon, url),
        logo=settings.site.logo and _picture(settings.site.logo, url),
    )
    return replace(settings, site=site, feeds=replace(settings.feeds, url=settings.feeds.url or url))


def _picture(reference: str, site: str) -> str:
    return absolute(reference, site) if "://" in reference else absolute(reference.lstrip("/"), site)


# Reading: one converter for each kind of key


class _Reader:
    """Reads a tree into settings, and collects what is wrong with it."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self.faults: list[str] = []

    def fault(self, mark: Mark, message: str, got: str | None = None) -> None:
        shown = "" if got is None else f" (got {shortened(got)!r})"
        self.faults.append(f"{self._shown}:{mark.line}:{mark.column}: {message}{shown}")

    def section(self, tree: Node, default: Any, path: str) -> Any:  # noqa: ANN401 - one of the settings' dataclasses
        if isinstance(tree, Scalar) and not tree.text:
            return default
        if not isinstance(tree, Table):
            self.fault(tree.mark, f"{path or 'the configuration'} must be a table of keys, not {type_names[type(tree)]}")
            return default
        known = keys_of(default)
        values: dict[str, Any] = {}
        for key, node in tree.pairs:
            name = key.text.replace("-", "_")
            if name not in known:
                self._unknown(key, path, list(known))
                continue
            metadata = known[name].metadata
            full = f"{path}{name}"
            if metadata["kind"] == "section":
                values[name] = self.section(node, getattr(default, name), f"{full}.")
            elif not (isinstance(node, Scalar) and not node.text and metadata["kind"] not in {"text", "path"}):
                try:
                    values[name] = KINDS[metadata["kind"]].convert(node, metadata)
                except _FaultError as error:
                    self.fault(error.node.mark, f"{full} {error}", error.got)
        return replace(default, **values)

    def _unknown(self, key: Scalar, path: str, known: list[str]) -> None:
        near = get_close_matches(key.text.casefold(), known, 1, 0.6)
        hint = f'did you mean "{near[0]}"?' if near else f"the keys here are {', '.join(known)}"
        self.fault(key.mark, f'unknown key "{path}{key.text}"; {hint}')


class _FaultError(Exception):
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
        raise _FaultError(node, f"must be text, not {type_names[type(node)]}")
    return fold(node.text)


def _texts(node: Node, _: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(text for text in map(_text, _nodes(node)) if text)


def _nodes(node: Node) -> Iterator[Node]:
    yield from node.items if isinstance(node, Items) else (node,)


def _checked(check: Callable[[str], Any], message: str) -> Callable[[Node, Mapping[str, Any]], Any]:
    """Return a converter of text by ``check``, which returns None or raises for text that is wrong."""

    def convert(node: Node, _: Mapping[str, Any]) -> Any:  # noqa: ANN401
        try:
            value = check(_text(node))
        except (ValueError, KeyError, OSError):
            value = None
        if value is None:
            raise _FaultError(node, message)
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
    safe = re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", text)
    return text if safe else None


def _choice(node: Node, metadata: Mapping[str, Any]) -> str:
    return _one_of(node, metadata["choices"])


def _one_of(node: Node, choices: tuple[str, ...]) -> str:
    text = _text(node).lower()
    if text not in choices:
        near = get_close_matches(text, choices, 1)
        raise _FaultError(node, f"must be one of {', '.join(choices)}" + (f'; did you mean "{near[0]}"?' if near else ""))
    return text


def _formats(node: Node, _: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_one_of(item, tuple(FORMATS)) for item in _nodes(node)))


def _table(node: Node) -> Iterator[tuple[Scalar, Node]]:
    if not isinstance(node, Table):
        raise _FaultError(node, f"must be a table, not {type_names[type(node)]}")
    yield from node.pairs


def _names(node: Node, _: Mapping[str, Any]) -> dict[str, str]:
    convert = _checked(_file_name, "must be a plain file name below the output directory")
    names = {_one_of(key, tuple(FORMATS)): str(convert(value, {})) for key, value in _table(node)}
    files = {**{name: form.file_name for name, form in FORMATS.items()}, **names}
    if len({file.casefold() for file in files.values()}) < len(files):
        raise _FaultError(node, "must give each format a name of its own")
    return names


def _severities(node: Node, _: Mapping[str, Any]) -> dict[str, str]:
    return {_one_of(key, tuple(CODES)): _one_of(value, ("off", "warning", "error")) for key, value in _table(node)}


def _people(node: Node, _: Mapping[str, Any]) -> tuple[Author, ...]:
    return tuple(_person(item) for item in _nodes(node))


def _person(node: Node) -> Author:
    if not isinstance(node, Table):
        return Author(name=_text(node))
    values = {key.text: (key, value) for key, value in node.pairs}
    for name, (key, _) in values.items():
        if name not in {"name", "email", "url"}:
            raise _FaultError(key, "has the keys name, email and url only")
    if "name" not in values or not _text(values["name"][1]):
        raise _FaultError(node, "needs a name")
    url = _web_url(values["url"][1]) if "url" in values else ""
    return Author(name=_text(values["name"][1]), email=_text(values["email"][1]) if "email" in values else "", url=url)


def _web_url(node: Node) -> str:
    try:
        return absolute(_text(node), "https://invalid.invalid/") if "://" in _text(node) else _no_url(node)
    except BadUrlError as error:
        raise _FaultError(node, f"cannot be used: {error}") from error


def _no_url(node: Node) -> str:
    raise _FaultError(node, "must begin with https:// or http://")


def _urls(node: Node, _: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_web_url(item) for item in _nodes(node))


def _base(node: Node, _: Mapping[str, Any]) -> str:
    try:
        return _directory_url(_text(node))
    except BadUrlError as error:
        raise _FaultError(node, f"cannot be used: {error}") from error


def _site_picture(node: Node, _: Mapping[str, Any]) -> str:
    try:
        absolute(_text(node), "https://invalid.invalid/")
    except BadUrlError as error:
        raise _FaultError(node, f"cannot be used: {error}") from error
    return _text(node)


def _permalink(node: Node, _: Mapping[str, Any]) -> str:
    text = _text(node)
    try:
        permalink_tokens(text)
    except ValueError as error:
        raise _FaultError(node, str(error)) from error
    return text


def _plain_schema(kind: str, **more: Any) -> Callable[[Mapping[str, Any]], dict[str, Any]]:  # noqa: ANN401
    return lambda _: {"type": kind, **more}


def _list_schema(**items: Any) -> Callable[[Mapping[str, Any]], dict[str, Any]]:  # noqa: ANN401
    return lambda _: {"oneOf": [{"type": "array", "items": items}, items]}


_PERSON_SCHEMA = {
    "oneOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"name": {"type": "string"}, "email": {"type": "string"}, "url": {"type": "string"}},
            "required": ["name"],
            "additionalProperties": False,
        },
    ]
}
_STRING = _plain_schema("string")

KINDS: Mapping[str, Kind] = {
    "text": Kind(_text, _STRING),
    "texts": Kind(_texts, _list_schema(type="string")),
    "path": Kind(_text, _STRING),
    "paths": Kind(_texts, _list_schema(type="string")),
    "url": Kind(_base, _plain_schema("string", format="uri")),
    "urls": Kind(_urls, _list_schema(type="string", format="uri")),
    "picture": Kind(_site_picture, _plain_schema("string", format="uri-reference")),
    "language": Kind(_checked(language_tag, "must be a language tag such as en, de-AT or zh-CN"), _STRING),
    "timezone": Kind(_checked(_zone_name, "must be the IANA name of a time zone, such as Europe/Berlin"), _STRING),
    "people": Kind(_people, lambda _: {"oneOf": [*_PERSON_SCHEMA["oneOf"], {"type": "array", "items": _PERSON_SCHEMA}]}),
    "mailbox": Kind(
        _checked(lambda text: text if _MAILBOX.fullmatch(text) else None, "must be written as mail@example.org (Name)"),
        _STRING,
    ),
    "dialect": Kind(
        lambda node, _: _one_of(node, ("auto", *DIALECTS)), lambda _: {"enum": ["auto", *DIALECTS]}
    ),
    "permalink": Kind(_permalink, _STRING),
    "count": Kind(
        _checked(_count, "must be a whole number, 0 or more"),
        _plain_schema("integer", minimum=0, maximum=10**_MAX_NUMBER_LENGTH - 1),
    ),
    "flag": Kind(_checked(_flag, "must be true or false"), _plain_schema("boolean")),
    "choice": Kind(_choice, lambda metadata: {"enum": list(metadata["choices"])}),
    "formats": Kind(_formats, lambda _: _list_schema(enum=list(FORMATS))({})),
    "names": Kind(
        _names,
        lambda _: {
            "type": "object",
            "properties": {name: {"type": "string"} for name in FORMATS},
            "additionalProperties": False,
        },
    ),
    "severities": Kind(
        _severities,
        lambda _: {
            "type": "object",
            "properties": {name: {"enum": ["off", "warning", "error"]} for name in CODES},
            "additionalProperties": False,
        },
    ),
}
"""The kinds of keys that `feeder.settings` names."""
