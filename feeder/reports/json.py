"""Problems -> one JSON document, for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.problems import Problem


def report(problems: Sequence[Problem], version: str) -> str:
    """Return the version, and each problem with all that is known of it."""
    listed = [{**item._asdict(), "severity": str(item.severity)} for item in problems]
    return json.dumps({"version": version, "problems": listed}, indent=2, ensure_ascii=False)
