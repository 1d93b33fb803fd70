"""Generators of the npm registry: where their packages are, and how a script runs beside them."""

from __future__ import annotations

import json
import os
from pathlib import Path

from .contract import program


def modules(package: str) -> Path | None:
    """Return the ``node_modules`` that has a package: of ``NODE_PATH``, or of a directory above this one."""
    above = (parent / "node_modules" for parent in Path(__file__).parents)
    for directory in (*(Path(entry) for entry in os.environ.get("NODE_PATH", "").split(os.pathsep) if entry), *above):
        if (directory / package).is_dir():
            return directory
    return None


def version(package: str) -> str:
    """Return the version of a package, the empty string where it or Node is not installed."""
    found = modules(package)
    if not found or not program("node"):
        return ""
    known: str = json.loads((found / package / "package.json").read_text(encoding="utf-8"))["version"]
    return known


def link(site: Path, package: str) -> None:
    """Let a site find what is installed beside a package, as if it were installed there."""
    found = modules(package)
    if found and not (site / "node_modules").exists():
        (site / "node_modules").symlink_to(found.resolve())
