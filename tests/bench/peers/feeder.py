"""feeder, once for each flavour of Markdown."""

from __future__ import annotations

import functools
import subprocess
import sys
from typing import TYPE_CHECKING

from ..scenarios import URL
from .contract import Peer, program

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ..scenarios import Site


def command() -> list[str]:
    """Return what starts feeder: the installed script, else the module."""
    script = program("feeder")
    return [script] if script else [sys.executable, "-m", "feeder"]


@functools.cache
def _says(*arguments: str) -> str:
    return subprocess.run([*command(), *arguments], capture_output=True, text=True, check=True).stdout


def _knows_flavor(flavor: str) -> bool:
    return f'"{flavor}"' in _says("schema")


def _prepare(site: Site, flavor: str) -> Sequence[str | Path]:
    limit, categories, formats = site.scenario
    configuration: dict[str, object] = {
        "site": {"url": URL, "title": "Bench"},
        "feeds": {"formats": formats, "limit": limit, "max_bytes": 0, "categories": categories},
    }
    if _knows_flavor(flavor):
        configuration["markdown"] = {"flavor": flavor}
    site.write("feeder.yml", "\n".join(_yaml(configuration)) + "\n")
    cache: list[str | Path] = ["--cache", site.cache] if "--cache" in _says("build", "--help") else []
    return [*command(), "build", site.posts, "--output", site.output, "--quiet", *cache]


def _yaml(table: dict[str, object], indent: str = "") -> Iterator[str]:
    """Yield a configuration as people write it: in lines."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _yaml(value, indent + "  ")
        elif isinstance(value, list | tuple):
            yield f"{indent}{key}:"
            yield from (f"{indent}- {item}" for item in value)
        else:
            yield f"{indent}{key}: {str(value).lower() if isinstance(value, bool) else value}"


def _version() -> str:
    return _says("--version").split()[-1]


FEEDER = Peer("feeder", lambda site: _prepare(site, "python-markdown"), _version)
FEEDER_COMMONMARK = Peer(
    "feeder-commonmark",
    lambda site: _prepare(site, "commonmark"),
    lambda: _version() if _knows_flavor("commonmark") else "",
)
