"""The rules that posts are checked by, one file each. A new one is a file and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.rules import duplicate_permalink, implausible_date, path_case

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeder.kinds import Rule

RULES: Mapping[str, Rule] = {
    "duplicate-permalink": duplicate_permalink.RULE,
    "implausible-date": implausible_date.RULE,
    "path-case": path_case.RULE,
}
"""Code of the problems that it yields -> rule."""
