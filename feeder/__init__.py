"""feeder publishes RSS, Atom and JSON feeds from a directory of posts with front matter.

The public names: `build` makes the feeds in memory, `write` puts them on disk. Everything else may change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feeder.library import build, write
    from feeder.model import Artifact, Entry, Feed, LeftOut, Post
    from feeder.pipeline import Build
    from feeder.problems import ConfigurationError, Problem, Severity

__version__ = "0.1.0"

_HOMES = {
    "Artifact": "model",
    "Build": "pipeline",
    "ConfigurationError": "problems",
    "Entry": "model",
    "Feed": "model",
    "LeftOut": "model",
    "Post": "model",
    "Problem": "problems",
    "Severity": "problems",
    "build": "library",
    "write": "library",
}

__all__ = [
    "Artifact",
    "Build",
    "ConfigurationError",
    "Entry",
    "Feed",
    "LeftOut",
    "Post",
    "Problem",
    "Severity",
    "__version__",
    "build",
    "write",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import feeder`` and ``feeder --help`` cost nothing."""
    if name not in _HOMES:
        message = f"module 'feeder' has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    return getattr(import_module(f"feeder.{_HOMES[name]}"), name)
