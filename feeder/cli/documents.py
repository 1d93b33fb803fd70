"""What ``--json`` prints: one JSON document, which says by which version, and problems in one form for all commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feeder import __version__
from feeder.cli.printing import results

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from feeder.problems import Problem


def document(said: Mapping[str, Any]) -> None:
    """Print a document to standard output."""
    import json  # for those who ask for it

    results([json.dumps({"version": __version__, **said}, indent=2, ensure_ascii=False)])


def listed(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as documents list them."""
    return [
        {
            "path": item.path,
            "line": item.line,
            "column": item.column,
            "severity": str(item.severity),
            "code": item.code,
            "message": item.message,
            "got": item.got,
        }
        for item in problems
    ]
