"""Problems -> GitLab's code quality report, a subset of Code Climate's.

https://docs.gitlab.com/ci/testing/code_quality/
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from feeder.problems import Severity, said_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeder.problems import Problem

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def report(problems: Sequence[Problem], _: str) -> str:
    """Return the report as one JSON array."""
    return json.dumps(list(_issues(problems)), indent=2, ensure_ascii=False)


def _issues(problems: Sequence[Problem]) -> Iterator[dict[str, Any]]:
    # Without the line: a problem is the same one when a line is put in above it.
    alike: Counter[tuple[str, str, str, str | None]] = Counter()
    for item in problems:
        same = (item.path, item.code, item.message, item.got)
        alike[same] += 1
        yield {
            "type": "issue",
            "description": said_of(item),
            "check_name": item.code,
            "fingerprint": sha256(repr((*same, alike[same])).encode("utf-8", "backslashreplace")).hexdigest(),
            "severity": _SEVERITIES[item.severity],
            "categories": ["Style" if item.severity is Severity.NOTE else "Bug Risk"],
            "location": {
                "path": item.path.removeprefix("./"),
                "positions": {
                    "begin": {"line": item.line, "column": item.column},
                    "end": {"line": item.line, "column": item.column},
                },
                "lines": {"begin": item.line, "end": item.line},
            },
        }
