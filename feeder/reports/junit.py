"""Problems -> JUnit's XML as Jenkins and GitLab read it: a test for each file that something was found in."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from feeder.problems import Severity, format_problem
from feeder.texts.plaintext import clean, escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeder.problems import Problem


def report(problems: Sequence[Problem], _: str) -> str:
    """Return one suite: errors and warnings are failures, notes are output. Without problems, one test that passes."""
    cases = [(path, list(found)) for path, found in groupby(problems, key=lambda item: item.path)]
    failures = sum(any(item.severity is not Severity.NOTE for item in found) for _, found in cases)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<testsuites>",
        f'  <testsuite name="feeder check" tests="{len(cases) or 1}" failures="{failures}" errors="0">',
        *(line for path, found in cases for line in _case(path, found)),
        *(() if cases else ('    <testcase classname="feeder" name="posts and feeds"/>',)),
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines)


def _case(path: str, found: Sequence[Problem]) -> Iterator[str]:
    yield f'    <testcase classname="feeder" name="{_attribute(path)}">'
    for item in found:
        if item.severity is not Severity.NOTE:
            text = clean(escape("\n".join(filter(None, (format_problem(item), item.hint)))))
            yield f'      <failure type="{item.code}" message="{_attribute(item.message)}">{text}</failure>'
    if notes := [format_problem(item) for item in found if item.severity is Severity.NOTE]:
        yield f"      <system-out>{clean(escape(chr(10).join(notes)))}</system-out>"
    yield "    </testcase>"


def _attribute(text: str) -> str:
    return clean(escape(text)).replace('"', "&quot;").replace("\n", " ")
