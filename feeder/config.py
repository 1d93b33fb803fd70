"""feeder.yml, the command line and the environment -> Settings, strict and with a place for every complaint."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from feeder.formats import FORMATS
from feeder.keykinds import KINDS, KeyFaultError, directory_url
from feeder.model import Node, Scalar, Table, type_names
from feeder.placenames import is_remote, place_from_text
from feeder.plaintext import clean
from feeder.problems import ConfigurationError, Mark, shortened
from feeder.settings import Settings, keys_of, section_of
from feeder.trees import SyntaxFault, parse
from feeder.urls import BadUrlError, absolute

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_NAMES = ("feeder.yml", "feeder.yaml")
POSTS_DIRECTORIES = (
    "posts", "_posts", "source/_posts", "content/posts", "content/post", "content/blog", "content", "src/content/blog",
)  # fmt: skip
"""Where posts are looked for when nobody says where they are, best first."""


class Options(NamedTuple):
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
    options = options._replace(posts=options.posts and place_from_text(options.posts))
    path = _file(options, directory)
    settings = read(path, directory) if path else Settings()
    posts = place_from_text(options.posts or settings.posts.path)
    if not posts:
        posts = _usual_posts(directory)
        notes.append(f"reading posts from {posts}")
        if path is None and (path := _first_file(directory / posts)):
            settings = read(path, directory)
    _check(options, directory / posts, posts)
    settings = _overridden(settings, options, posts)
    url = options.url or environ.get("FEEDER_URL") or settings.site.url
    if not url and (derived := _github_url(environ, directory, settings.site.assets)):
        url, origin = derived
        notes.append(f"the site's URL is {url}, from {origin}")
    if not url:
        raise ConfigurationError(_NO_URL)
    settings = _with_url(settings, _site_url(url))
    if settings.podcast:
        import_module("feeder.podcastkeys").check(settings)
    return Loaded(settings, tuple(notes))


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
        message = f"{shown}:{fault.mark.line}:{fault.mark.column}: {fault.message}" + (
            "" if fault.got is None else f" (got {shortened(fault.got)!r})"
        )
        raise ConfigurationError(message) from fault
    reader = _Reader(shown)
    settings: Settings = reader.section(tree, Settings(), "")
    if reader.faults:
        raise ConfigurationError("\n".join(reader.faults))
    return settings


# Finding things


def _file(options: Options, directory: Path) -> Path | None:
    if options.config:
        return directory / options.config
    return _first_file(directory) or (
        _first_file(directory / options.posts) if options.posts and not is_remote(options.posts) else None
    )


def _first_file(directory: Path) -> Path | None:
    return next((directory / name for name in FILE_NAMES if _is_file(directory / name)), None)


def _check(options: Options, posts: Path, shown: str) -> None:
    """Raise `ConfigurationError` for options that no build can have."""
    try:
        good = is_remote(shown) or posts.is_dir()
        what = "" if good else "not a directory" if posts.exists() else "no such directory"
    except OSError as error:
        what = error.strerror or str(error)
    if what:
        message = f"cannot read posts: {shortened(shown)}: {what}"
        raise ConfigurationError(message)
    if unknown := set(options.formats) - set(FORMATS):
        message = f"no such format: {', '.join(sorted(unknown))}; the formats are {', '.join(FORMATS)}"
        raise ConfigurationError(message)
    if options.limit is not None and options.limit < 0:
        message = f"the limit must be 0 or more, not {options.limit}"
        raise ConfigurationError(message)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False  # no name a file can have, or in a place that cannot be looked into


def _host(text: str) -> str:
    """Return the host that a ``CNAME`` file names: its first line that is none of a comment's."""
    lines = (line.strip() for line in text.splitlines())
    return next((line for line in lines if re.fullmatch(r"[\w.-]+", line)), "")


def _usual_posts(directory: Path) -> str:
    for name in POSTS_DIRECTORIES:
        if (directory / name).is_dir():
            return name
    message = f"no directory of posts here; looked for {', '.join(POSTS_DIRECTORIES)}. Name it: feeder build DIRECTORY"
    raise ConfigurationError(message)


def _github_url(environ: Mapping[str, str], directory: Path, assets: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the URL of the GitHub Pages site that this run is for, and what says so."""
    if environ.get("GITHUB_ACTIONS") != "true":
        return None
    for place in ("", *assets, "static", "public", "source", "docs"):
        path = directory / place / "CNAME"
        if _is_file(path) and (host := _host(path.read_text(encoding="utf-8", errors="replace"))):
            return f"https://{host}/", str(PurePosixPath(place, "CNAME"))
    owner, _, name = environ.get("GITHUB_REPOSITORY", "").partition("/")
    if not (owner and name):
        return None
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" + ("" if name.lower() == host else f"{name}/"), "GITHUB_REPOSITORY"


def _site_url(url: str) -> str:
    try:
        return directory_url(url)
    except BadUrlError as error:
        message = f"the site's URL {url!r} cannot be used: {error}"
        raise ConfigurationError(message) from error


def _overridden(settings: Settings, options: Options, posts: str) -> Settings:
    feeds = settings.feeds
    if options.formats:
        feeds = replace(feeds, formats=tuple(dict.fromkeys(options.formats)))
    if options.limit is not None:
        feeds = replace(feeds, limit=options.limit)
    return replace(
        settings,
        posts=replace(settings.posts, path=posts),
        feeds=feeds,
        output=place_from_text(options.output or settings.output),
        site=replace(settings.site, assets=tuple(map(place_from_text, settings.site.assets))),
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


# Reading and describing the file


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``feeder.yml``, for editors that complete and check it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "feeder.yml",
        **_section_schema(Settings()),
    }


def _section_schema(section: Any) -> dict[str, Any]:
    properties = {}
    for name, item in keys_of(section).items():
        metadata, default = item.metadata, getattr(section, name)
        if metadata["kind"] == "section":
            properties[name] = _section_schema(section_of(section, name))
        else:
            shown = {} if metadata["kind"] == "people" else {"default": list(default) if isinstance(default, tuple) else default}  # fmt: skip
            properties[name] = {"description": metadata["doc"], **KINDS[metadata["kind"]].schema(metadata), **shown}
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


class _Reader:
    """Reads a tree into settings, and collects what is wrong with it."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self.faults: list[str] = []

    def fault(self, mark: Mark, message: str, got: str | None = None) -> None:
        shown = "" if got is None else f" (got {shortened(got)!r})"
        self.faults.append(f"{self._shown}:{mark.line}:{mark.column}: {message}{shown}")

    def section(self, tree: Node, default: Any, path: str) -> Any:
        if isinstance(tree, Scalar) and not tree.text:
            return default
        if not isinstance(tree, Table):
            self.fault(
                tree.mark,
                f"{path.rstrip('.') or 'the configuration'} must be a table of keys, not {type_names[type(tree)]}",
            )
            return default
        known = keys_of(default)
        values: dict[str, Any] = {}
        seen: dict[str, Mark] = {}
        for key, node in tree.pairs:
            name = key.text.replace("-", "_")
            if name not in known:
                self._unknown(key, path, list(known))
                continue
            if name in seen:
                self.fault(key.mark, f'"{path}{name}" was given before, in line {seen[name].line}')
                continue
            seen[name] = key.mark
            metadata = known[name].metadata
            full = f"{path}{name}"
            if isinstance(node, Scalar) and not node.text and metadata["kind"] != "text":
                continue
            if metadata["kind"] == "section":
                values[name] = self.section(node, section_of(default, name), f"{full}.")
            else:
                try:
                    values[name] = KINDS[metadata["kind"]].convert(node, metadata)
                except KeyFaultError as error:
                    self.fault(error.node.mark, f"{full} {error}", error.got)
        if "marks" in default.__slots__:
            values |= {"shown": self._shown, "marks": {"": tree.mark, **seen}}
        return replace(default, **values)

    def _unknown(self, key: Scalar, path: str, known: list[str]) -> None:
        from difflib import get_close_matches

        near = get_close_matches(key.text.casefold(), known, 1, 0.6)
        hint = f'did you mean "{near[0]}"?' if near else f"the keys here are {', '.join(known)}"
        self.fault(key.mark, f'unknown key "{path}{key.text}"; {hint}')
