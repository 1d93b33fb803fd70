"""The forms in which problems are reported, one file each. A new one is a file and a line here.

Each is a pure function from problems to text, and is loaded when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from feeder.problems import Problem

REPORTS = {
    "text": "one problem per line, with a hint",
    "github": "workflow commands of GitHub Actions, which become annotations",
    "gitlab": "GitLab's code quality report",
    "sarif": "SARIF 2.1.0, for code scanning",
    "json": "one JSON document",
    "junit": "JUnit XML, one test per file",
}
"""Name of a form, and of its module -> what it is."""


def report(name: str, problems: Sequence[Problem], version: str) -> str:
    """Return the report of ``problems``, which are sorted, in the form ``name``; ``version`` is feeder's."""
    made: Callable[[Sequence[Problem], str], str] = import_module(f"feeder.reports.{name}").report
    return made(problems, version)
