"""The site in a directory, as `feeder init` finds it: where its posts are, and what other programs' files say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from feeder.directories import POSTS_DIRECTORIES
from feeder.keykinds import directory_url
from feeder.model import Scalar, Table
from feeder.plaintext import clean, fold
from feeder.problems import ConfigurationError
from feeder.trees import SyntaxFault, parse
from feeder.urls import BadUrlError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILES = (
    ("_config.yml", "yaml"), ("hugo.toml", "toml"), ("hugo.yaml", "yaml"), ("hugo.json", "json"),
    ("config.toml", "toml"), ("package.json", "json"),
)  # fmt: skip
"""Configurations of Hexo and Jekyll, Hugo, and what is built with npm; and their syntax."""
_URL, _TITLE = ("url", "baseurl", "homepage"), ("title",)
"""Keys, in lower case, best first. Jekyll's ``baseurl`` is a path, and goes with its ``url``."""
_BYTES = 2**20
_SAMPLES = (".example", "example.com", "example.net", "example.org", "localhost", "127.0.0.1")
"""Hosts that stand in new sites until somebody puts in the real one."""


class FoundSite(NamedTuple):
    """What could be read with certainty; "" for what could not. ``origin`` names the file that the URL is from."""

    posts: str
    url: str = ""
    title: str = ""
    origin: str = ""


def find(directory: Path) -> FoundSite:
    """Return the site in a directory. Raises `ConfigurationError` when it has no posts."""
    posts = next((name for name in POSTS_DIRECTORIES if (directory / name).is_dir()), "")
    if not posts:
        message = f"no directory of posts here; looked for {', '.join(POSTS_DIRECTORIES)}"
        raise ConfigurationError(message)
    tables = {name: dict(_pairs(directory / name, syntax)) for name, syntax in _FILES}
    urls = [(url, name) for name, table in tables.items() if (url := _site_url(table))]
    url, origin = next(iter(urls), ("", ""))
    title = next((table[key] for table in tables.values() for key in _TITLE if table.get(key)), "")
    return FoundSite(posts, url, fold(title), origin)


def _pairs(path: Path, syntax: str) -> Iterator[tuple[str, str]]:
    """Yield the keys (in lower case) and values of a file's outermost table; none of a file that is not read easily."""
    try:
        if path.is_symlink() or path.stat().st_size > _BYTES:
            return
        tree = parse(syntax, clean(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, SyntaxFault):
        return
    if isinstance(tree, Table):
        yield from ((key.text.lower(), value.text) for key, value in tree.pairs if isinstance(value, Scalar))


def _site_url(table: dict[str, str]) -> str:
    given = next((table[key] for key in _URL if table.get(key)), "")
    below = table.get("baseurl", "")
    if "://" not in below and below.strip("/"):
        given = f"{given.rstrip('/')}/{below.strip('/')}/"
    try:
        url = directory_url(given)
    except BadUrlError:
        return ""
    return "" if (urlsplit(url).hostname or "").endswith(_SAMPLES) else url
