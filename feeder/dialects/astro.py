"""Astro: posts in ``src/content`` or ``src/pages``, what the site says in ``astro.config.mjs``."""

from __future__ import annotations

from feeder.fieldnames import COMMON
from feeder.kinds import Dialect

DIALECT = Dialect.of("astro", COMMON, flavor="commonmark", beside="renamed")
