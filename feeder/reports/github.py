"""Problems -> workflow commands of GitHub Actions: each becomes an annotation of its line.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.problems import Severity, said_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.problems import Problem

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def report(problems: Sequence[Problem], _: str) -> str:
    """Return one command for each problem."""
    return "\n".join(map(_command, problems))


def _command(item: Problem) -> str:
    hint = f"\n{item.hint}" if item.hint else ""
    properties = f"file={_property(item.path)},line={item.line},col={item.column},title={_property(item.code)}"
    return f"::{_COMMANDS[item.severity]} {properties}::{_data(said_of(item) + hint)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
