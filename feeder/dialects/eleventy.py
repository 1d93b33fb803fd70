"""Eleventy: posts anywhere, what the site says in JavaScript."""

from __future__ import annotations

from feeder.fieldnames import COMMON
from feeder.kinds import Dialect

DIALECT = Dialect.of("eleventy", COMMON, flavor="commonmark")
