"""The dialects of front matter, one file each. A new one is a file and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.dialects import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeder.kinds import Dialect

DIALECTS: Mapping[str, Dialect] = {
    "plain": plain.DIALECT,
}
"""Name in ``site.dialect`` -> dialect."""
