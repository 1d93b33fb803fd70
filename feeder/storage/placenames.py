"""Names of places that posts are read from and feeds are written to: a local path, or the URL of a bucket or the like."""

from __future__ import annotations

import os
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from feeder.patterns import pattern
from feeder.problems import ConfigurationError, shortened

_SCHEME = pattern(r"([A-Za-z][A-Za-z0-9+.-]+)://")  # of two letters at least: `C://posts` is a drive of Windows
_LOCAL = frozenset({"file", "local"})
_WEB = frozenset({"http", "https"})
_PASSWORD = pattern(r"(?<=://)([^/:@]*):[^/@]*@")


def is_remote(place: str) -> bool:
    """Whether a place is a URL: the one thing that decides whether `feeder.storage.files` or `feeder.storage.remote` goes there."""
    return _SCHEME.match(place) is not None


def place_from_text(text: str) -> str:
    """Return the place that a person names: a URL without a trailing ``/``, or a path, also for a ``file://`` URL.

    Raises `ConfigurationError` for a URL that is no such place.
    """
    match = _SCHEME.match(text)
    if match is None:
        return text
    scheme, rest = match[1].lower(), text[match.end() :]
    if scheme in _LOCAL:
        if not rest.startswith("/"):
            message = f"cannot use {shortened(text)}: a file:// URL must have three slashes and no host"
            raise ConfigurationError(message)
        path = unquote(rest)
        return path.removeprefix("/") if os.name == "nt" else path
    if scheme in _WEB:
        message = f"cannot use {shortened(text)} as a directory: feeder does not read or write files over HTTP"
        raise ConfigurationError(message)
    return f"{scheme}://{rest.rstrip('/')}"


def beside(place: str, relative: str) -> str:
    """Return the URL of what lies beside a remote place; in it, where it is a whole bucket."""
    scheme, _, rest = place.partition("://")
    return f"{scheme}://{normpath(join(dirname(rest) or rest, relative))}"


def without_password(place: str) -> str:
    """Return a place as messages name it."""
    return _PASSWORD.sub(r"\1@", place)
