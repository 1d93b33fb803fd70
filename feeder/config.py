"""feeder.yml, the command line and the environment -> Settings, strict and with a place for every complaint."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feeder.dialects import dialect
from feeder.formats import FORMATS
from feeder.keykinds import KINDS, KeyFaultError
from feeder.nodes import Node, Scalar, Table, type_names
from feeder.problems import ConfigurationError, Mark, shortened, with_got
from feeder.records import NamedTuple
from feeder.settings import Settings, keys_of, section_of
from feeder.sites.directories import is_file, pages_url, text_in, usual_posts
from feeder.storage.placenames import is_remote, place_from_text
from feeder.texts.urls import BadUrlError, absolute, directory_url
from feeder.trees import SyntaxFault, parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from feeder.sites.inherited import Inherited

FILE_NAMES = ("feeder.yml", "feeder.yaml")


class Options(NamedTuple):
    """What the command line says; None where it says nothing."""

    posts: str | None = None
    config: str | None = None
    url: str | None = None
    formats: tuple[str, ...] = ()
    limit: int | None = None
    output: str | None = None


class Loaded(NamedTuple):
    """Complete settings, and what was decided on the way: ``notes`` for all to know, ``details`` for those who ask."""

    settings: Settings
    notes: tuple[str, ...]
    details: tuple[str, ...] = ()


class _Said(NamedTuple):
    """What ``feeder.yml`` says: settings, and the dotted keys that it gives."""

    settings: Settings = Settings()
    given: frozenset[str] = frozenset()


def load(options: Options, environ: Mapping[str, str], directory: Path) -> Loaded:
    """Return the settings for a run in ``directory``: command line, environment, file, site's generator, then defaults.

    Raises `ConfigurationError` with every fault of the file at once, and when posts or the site's URL cannot be found.
    """
    notes: list[str] = []
    options = options._replace(posts=options.posts and place_from_text(options.posts))
    path = _file(options, directory)
    said = _said(path, directory) if path else _Said()
    settings, generator = _inherited(said, options, directory)
    posts = place_from_text(options.posts or settings.posts.path)
    if not posts:
        try:
            posts = usual_posts(directory)
        except ConfigurationError as error:  # what keeps the generator's own directory from being known comes first
            url = options.url or environ.get("FEEDER_URL") or settings.site.url
            faults = generator.refused(said.given, url) if generator else ()
            told = generator.found.notes if generator else ()
            where = import_module("feeder.sites.strangers").without_posts(directory)
            raise ConfigurationError("\n".join((*faults, str(error), *where, *told))) from error
        notes.append(f"reading posts from {posts}")
    if path is None and not is_remote(posts) and (path := _first_file(directory / posts)):
        said = _said(path, directory)
        settings, generator = _inherited(said, options._replace(posts=posts), directory)
    _check(options, directory / posts, posts)
    settings = _overridden(settings, options, posts)
    url = options.url or environ.get("FEEDER_URL") or settings.site.url
    if not url and (derived := pages_url(environ, directory, settings.site.assets)):
        url, origin = derived
        notes.append(f"the site's URL is {url}, from {origin}")
    if generator:
        notes = [*generator.refuse(said.given, url), *generator.found.notes, *notes]
    elif said.settings.site.dialect == "auto" and not (settings.posts.permalink or "://" in posts or posts[0] in "/."):
        _refuse_strangers(directory, posts)
    if not url:
        from feeder.sites.inherited import NO_URL

        whose = import_module("feeder.sites.strangers").without_url(directory, generator.details if generator else ())
        raise ConfigurationError("\n".join((NO_URL, *whose)))
    settings = _with_url(settings, _site_url(url))
    if settings.podcast:
        import_module("feeder.podcastkeys").check(settings)
    return Loaded(settings, tuple(notes), generator.details if generator else ())


def _refuse_strangers(directory: Path, posts: str) -> None:
    """Raise `ConfigurationError` for a site of a generator that nobody here can ask for addresses."""
    whose = import_module("feeder.sites.generators").detected(directory)
    if whose.unread and (said := import_module("feeder.sites.strangers").unread(whose, posts)):
        raise ConfigurationError(said)


def _inherited(said: _Said, options: Options, directory: Path) -> tuple[Settings, Inherited | None]:
    """Return the settings with what the site's generator is told, whose name and flavour take the place of ``auto``."""
    settings, name, generator = said.settings, said.settings.site.dialect, None
    if name != "plain":
        from feeder.sites.generators import Detected, detected

        whose = detected(directory) if name == "auto" else Detected(name, "set in feeder.yml")
        if (name := whose.dialect) != "plain":
            from feeder.sites.inherited import inherited

            generator = inherited(settings, said.given, whose, directory, options.posts or settings.posts.path)
            settings = generator.settings
    flavor = settings.markdown.flavor
    return settings._replace(
        site=settings.site._replace(dialect=name),
        markdown=settings.markdown._replace(flavor=dialect(name).flavor if flavor == "auto" else flavor),
    ), generator


def _said(path: Path, directory: Path) -> _Said:
    """Return what the file at ``path`` says. Raises `ConfigurationError` with all that is wrong with it."""
    shown = path.relative_to(directory) if path.is_relative_to(directory) else path
    return said_in(text_in(path, str(path)), str(shown))


def said_in(text: str, shown: str) -> _Said:
    """Return what a configuration in YAML says; ``shown`` names the file in messages. Raises `ConfigurationError`."""
    try:
        tree = parse("yaml", text)
    except SyntaxFault as fault:
        message = with_got(f"{shown}:{fault.mark.line}:{fault.mark.column}: {fault.message}", fault.got)
        raise ConfigurationError(message) from fault
    reader = _Reader(shown)
    settings: Settings = reader.section(tree, Settings(), "")
    if reader.faults:
        raise ConfigurationError("\n".join(reader.faults))
    return _Said(settings, frozenset(reader.given))


# Finding things


def _file(options: Options, directory: Path) -> Path | None:
    if options.config:
        return directory / options.config
    return _first_file(directory) or (
        _first_file(directory / options.posts) if options.posts and not is_remote(options.posts) else None
    )


def _first_file(directory: Path) -> Path | None:
    return next((directory / name for name in FILE_NAMES if is_file(directory / name)), None)


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


def _site_url(url: str) -> str:
    try:
        return directory_url(url)
    except BadUrlError as error:
        message = f"cannot use {url!r} as the site's URL: {error}"
        raise ConfigurationError(message) from error


def _overridden(settings: Settings, options: Options, posts: str) -> Settings:
    feeds = settings.feeds
    if options.formats:
        feeds = feeds._replace(formats=tuple(dict.fromkeys(options.formats)))
    if options.limit is not None:
        feeds = feeds._replace(limit=options.limit)
    return settings._replace(
        posts=settings.posts._replace(path=posts),
        feeds=feeds,
        output=place_from_text(options.output or settings.output),
        site=settings.site._replace(assets=tuple(map(place_from_text, settings.site.assets))),
    )


def _with_url(settings: Settings, url: str) -> Settings:
    """Return the settings with every URL that the site's URL is the base of, and the title that needs its host."""
    site = settings.site._replace(
        url=url,
        title=settings.site.title or urlsplit(url).hostname or url,
        image=settings.site.image and _picture(settings.site.image, url),
        icon=settings.site.icon and _picture(settings.site.icon, url),
        logo=settings.site.logo and _picture(settings.site.logo, url),
    )
    return settings._replace(site=site, feeds=settings.feeds._replace(url=settings.feeds.url or url))


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
    for name, metadata in keys_of(section).items():
        default = getattr(section, name)
        if metadata["kind"] == "section":
            properties[name] = _section_schema(section_of(section, name))
        else:
            said = KINDS[metadata["kind"]].schema(metadata)
            if "table" in metadata:
                said = {"anyOf": [said, _section_schema(metadata["table"]())]}
            if metadata["kind"] != "people" and default is not None:
                said["default"] = list(default) if isinstance(default, tuple) else default
            properties[name] = {"description": metadata["doc"], **said}
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


class _Reader:
    """Reads a tree into settings, and collects what is wrong with it."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self.faults: list[str] = []
        self.given: set[str] = set()

    def fault(self, mark: Mark, message: str, got: str | None = None) -> None:
        self.faults.append(with_got(f"{self._shown}:{mark.line}:{mark.column}: {message}", got))

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
                self.fault(key.mark, f'"{path}{name}" is a duplicate key, first given in line {seen[name].line}')
                continue
            seen[name] = key.mark
            metadata = known[name]
            full = f"{path}{name}"
            if isinstance(node, Scalar) and not node.text and metadata["kind"] != "text":
                continue
            if metadata["kind"] == "section" or ("table" in metadata and isinstance(node, Table)):
                table = metadata["table"]() if "table" in metadata else section_of(default, name)
                values[name] = self.section(node, table, f"{full}.")
            else:
                self.given.add(full)
                try:
                    values[name] = KINDS[metadata["kind"]].convert(node, metadata)
                except KeyFaultError as error:
                    self.fault(error.node.mark, f"{full} {error}", error.got)
        if "marks" in default._fields:
            values |= {"shown": self._shown, "marks": {"": tree.mark, **seen}}
        return default._replace(**values)

    def _unknown(self, key: Scalar, path: str, known: list[str]) -> None:
        from difflib import get_close_matches

        near = get_close_matches(key.text.casefold(), known, 1, 0.6)
        hint = f'did you mean "{near[0]}"?' if near else f"known keys are {', '.join(known)}"
        self.fault(key.mark, f'unknown key "{path}{key.text}"; {hint}')
